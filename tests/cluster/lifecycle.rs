//! Tables and indexes over their lives, and what a network that takes time lets a caller see.

use super::door::{ADD_INDEX, Door, INDEXED_TABLE, TABLE, get_body, network, put_body};
use serde_json::json;
use snowglobe::cluster::Network;
use snowglobe::error::{Error, Missing};
use snowglobe::region::{Answer, RegionOptions};
use snowglobe::replica::RoleName;
use snowglobe::request::Operation;
use snowglobe::table::IndexStatus;

#[test]
fn a_new_table_reads_creating_and_is_there_by_the_next_call() {
    let mut door = Door::on(Network::default());
    let made = door.ok(Operation::CreateTable, INDEXED_TABLE);
    assert_eq!(made["TableDescription"]["TableStatus"], "CREATING");
    door.put(1, "red");
    let table = door.describe();
    assert_eq!(table["TableStatus"], "ACTIVE");
    assert_eq!(table["ItemCount"], 1);
    assert_eq!(table["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
    assert_eq!(table["GlobalSecondaryIndexes"][0]["ItemCount"], 1);
    assert_eq!(table["LocalSecondaryIndexes"][0]["ItemCount"], 1);
}

#[test]
fn transient_states_pass_with_time() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, TABLE);
    assert_eq!(door.describe()["TableStatus"], "CREATING");
    let early = door.call(Operation::PutItem, &put_body(1, "red"));
    assert_eq!(early.err(), Some(Error::ResourceNotFoundException(Missing::Resource)));
    door.advance_ms(60_000);
    assert_eq!(door.describe()["TableStatus"], "ACTIVE");
    for number in 0..300 {
        door.put(number, "red");
    }

    let updating = door.ok(Operation::UpdateTable, ADD_INDEX);
    assert_eq!(updating["TableDescription"]["TableStatus"], "UPDATING");
    let index = |door: &mut Door| {
        let table = door.describe();
        let index = &table["GlobalSecondaryIndexes"][0];
        (
            table["TableStatus"].clone(),
            index["IndexStatus"].clone(),
            index["Backfilling"].clone(),
        )
    };
    assert_eq!(index(&mut door), ("UPDATING".into(), "CREATING".into(), false.into()));
    door.advance_ms(6_000);
    assert_eq!(index(&mut door), ("ACTIVE".into(), "CREATING".into(), true.into()));
    // Writes go on while the index is filled.
    door.put(1_000, "green");
    door.advance_ms(60_000);
    let (table, status, backfilling) = index(&mut door);
    assert_eq!((table, status), ("ACTIVE".into(), "ACTIVE".into()));
    assert!(backfilling.is_null());
    assert_eq!(door.scan_count(Some("by-colour")), 301);

    let deleting = door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    assert_eq!(deleting["TableDescription"]["TableStatus"], "DELETING");
    assert_eq!(door.describe()["TableStatus"], "DELETING");
    door.advance_ms(60_000);
    let gone = door.call(Operation::DescribeTable, r#"{"TableName":"Things"}"#);
    assert!(matches!(gone, Err(Error::ResourceNotFoundException(_))));
    assert!(door.region.describe().partitions.is_empty());
}

/// The index is on its way twice: while its resources are made, and while it is filled.
#[test]
fn an_index_on_its_way_refuses_reads_other_indexes_and_the_end_of_its_table() {
    let other = ADD_INDEX.replace("by-colour", "another");
    let vector = r#"{"TableName":"Things","VectorIndexUpdates":[{"Create":{"IndexName":"near","VectorAttribute":{"AttributeName":"v"},
        "Dimensions":2,"DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"}}}]}"#;
    let query = r#"{"TableName":"Things","IndexName":"by-colour","KeyConditionExpression":"colour = :c",
        "ExpressionAttributeValues":{":c":{"S":"red"}}}"#;
    let scan = r#"{"TableName":"Things","IndexName":"by-colour"}"#;
    let select = r#"{"Statement":"SELECT * FROM \"Things\".\"by-colour\" WHERE colour = 'red'"}"#;
    let cancel = r#"{"TableName":"Things","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-colour"}}]}"#;
    let class = r#"{"TableName":"Things","TableClass":"STANDARD"}"#;
    let delete = r#"{"TableName":"Things"}"#;
    let observe = r#"{"TableName":"Things","IndexName":"by-colour","ContributorInsightsAction":"ENABLE"}"#;
    const UNOBSERVED: &str = "ValidationException: Table or Index is not in a valid state to update Key Access Insights: IndexStatus must be ACTIVE to enable ContributorInsights.";
    const ONE: &str = "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    const INDEXES: &str = "ResourceInUseException: Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.";
    const ALLOCATING: &str = "ResourceInUseException: Attempt to change a resource which is still in use: Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: Things Index: by-colour";
    const UPDATED: &str =
        "ResourceInUseException: Attempt to change a resource which is still in use: Table is being updated: Things";
    const MISSING: &str = "ValidationException: The table does not have the specified index";
    const FILLING: &str = "ValidationException: Cannot read from backfilling global secondary index: by-colour";
    let missing = format!("{MISSING}: by-colour");
    use Operation::{DeleteTable, ExecuteStatement, Query, Scan, UpdateContributorInsights, UpdateTable};
    let always = [
        (UpdateTable, other.as_str(), ONE),
        (UpdateTable, vector, ONE),
        (DeleteTable, delete, INDEXES),
        (UpdateContributorInsights, observe, UNOBSERVED),
    ];
    let while_resources_are_made = [
        (UpdateTable, cancel, ALLOCATING),
        (UpdateTable, class, UPDATED),
        (Query, query, missing.as_str()),
        (Scan, scan, missing.as_str()),
        (ExecuteStatement, select, MISSING),
    ];
    let while_filled = [
        (Query, query, FILLING),
        (Scan, scan, FILLING),
        (ExecuteStatement, select, FILLING),
    ];
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(6_000);
    door.put(1, "red");
    door.ok(UpdateTable, ADD_INDEX);
    for rows in [&while_resources_are_made[..], &while_filled[..]] {
        for (operation, body, refusal) in always.iter().chain(rows) {
            let error = door.call(*operation, body).expect_err(body);
            let told = format!("{}: {}", error.name(), error.message().unwrap_or_default());
            assert_eq!(&told, refusal, "{body}");
        }
        door.advance_ms(6_000);
    }
    door.advance_ms(60_000);
    for (operation, body, _) in while_filled {
        door.ok(operation, body);
    }
    door.ok(UpdateTable, cancel);
    let dropped = door.call(DeleteTable, delete).expect_err("the index is being dropped");
    assert!(
        dropped.message().unwrap_or_default().ends_with("or deleted."),
        "{dropped}"
    );
}

/// What a change under way shows: capacity, class and key as they were; and what else is taken meanwhile.
#[test]
fn a_change_under_way_shows_what_there_was() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    let update = |door: &mut Door, members: serde_json::Value| {
        let mut body = members;
        body["TableName"] = "Things".into();
        door.ok(Operation::UpdateTable, &body.to_string())["TableDescription"].clone()
    };
    let drop = |door: &mut Door| {
        let error = door.call(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
        error
            .expect_err("a change is under way")
            .message()
            .unwrap_or_default()
            .into_owned()
    };
    const STILL: &str = "Attempt to change a resource which is still in use: ";
    let updating = format!("{STILL}Table: Things is in the process of being updated.");
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(60_000);

    let warm =
        |read: u64, status: &str| json!({"ReadUnitsPerSecond": read, "WriteUnitsPerSecond": 4_000, "Status": status});
    let table = update(&mut door, json!({"WarmThroughput": {"ReadUnitsPerSecond": 13_000}}));
    assert_eq!(
        (&table["TableStatus"], &table["WarmThroughput"]),
        (&json!("ACTIVE"), &warm(12_000, "UPDATING"))
    );
    assert_eq!(drop(&mut door), updating);
    let table = update(&mut door, json!({"DeletionProtectionEnabled": false}));
    assert_eq!(table["TableStatus"], "ACTIVE", "protection is switched at once");
    door.advance_ms(6_000);
    assert_eq!(door.describe()["WarmThroughput"], warm(13_000, "ACTIVE"));

    let table = update(&mut door, json!({"SSESpecification": {"Enabled": true}}));
    assert_eq!(
        (&table["TableStatus"], &table["SSEDescription"]),
        (&json!("ACTIVE"), &json!({"Status": "UPDATING"}))
    );
    assert_eq!(drop(&mut door), updating);
    door.advance_ms(6_000);
    assert_eq!(door.describe()["SSEDescription"]["Status"], "ENABLED");
    let managed = door.describe()["SSEDescription"]["KMSMasterKeyArn"].clone();
    let table = update(&mut door, json!({"SSESpecification": {"Enabled": false}}));
    assert_eq!(
        table["SSEDescription"],
        json!({"Status": "UPDATING", "SSEType": "KMS", "KMSMasterKeyArn": managed})
    );
    door.advance_ms(6_000);
    assert_eq!(door.describe().get("SSEDescription"), None);

    let table = update(&mut door, json!({"TableClass": "STANDARD_INFREQUENT_ACCESS"}));
    assert_eq!(
        (&table["TableStatus"], table.get("TableClassSummary")),
        (&json!("UPDATING"), None)
    );
    door.advance_ms(6_000);
    assert_eq!(
        door.describe()["TableClassSummary"]["TableClass"],
        "STANDARD_INFREQUENT_ACCESS"
    );

    update(
        &mut door,
        json!({"StreamSpecification": {"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"}}),
    );
    assert_eq!(
        drop(&mut door),
        format!("{STILL}Cannot delete table while stream is being enabled/disabled.")
    );
    // Not all that is asked for meanwhile has to wait.
    let table = update(&mut door, json!({"DeletionProtectionEnabled": false}));
    assert_eq!(table["TableStatus"], "UPDATING");
    let expire = r#"{"TableName":"Things","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}}"#;
    door.ok(Operation::UpdateTimeToLive, expire);
    door.advance_ms(6_000);
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
}

#[test]
fn the_count_of_decreases_is_that_of_the_day() {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, TABLE);
    for read in [9, 8] {
        let body = json!({"TableName": "Things", "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": {"ReadCapacityUnits": read, "WriteCapacityUnits": 1}});
        door.ok(Operation::UpdateTable, &body.to_string());
    }
    let count = |door: &mut Door| door.describe()["ProvisionedThroughput"]["NumberOfDecreasesToday"].clone();
    assert_eq!(count(&mut door), 1);
    door.advance_ms(24 * 3_600_000);
    assert_eq!(count(&mut door), 0);
}

#[test]
fn nothing_is_told_of_the_indexes_of_a_table_that_is_being_dropped() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    let mut table: serde_json::Value = serde_json::from_str(INDEXED_TABLE).unwrap();
    table["VectorIndexes"] = serde_json::json!([{"IndexName": "near", "VectorAttribute": {"AttributeName": "v"},
        "Dimensions": 2, "DistanceFunction": "COSINE", "Projection": {"ProjectionType": "ALL"}}]);
    door.ok(Operation::CreateTable, &table.to_string());
    door.advance_ms(60_000);
    const INDEXES: [&str; 3] = ["LocalSecondaryIndexes", "GlobalSecondaryIndexes", "VectorIndexes"];
    let active = door.describe();
    assert_eq!(
        INDEXES.map(|member| active[member].as_array().map(Vec::len)),
        [Some(1); 3]
    );
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    let deleting = door.describe();
    assert_eq!(deleting["TableStatus"], "DELETING");
    assert_eq!(INDEXES.map(|member| deleting.get(member)), [None; 3]);
    assert!(deleting.get("KeySchema").is_some());
}

#[test]
fn a_table_that_is_being_dropped_is_not_observed_any_more() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(60_000);
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    let observe = r#"{"TableName":"Things","ContributorInsightsAction":"ENABLE"}"#;
    let refusal = door.call(Operation::UpdateContributorInsights, observe);
    assert_eq!(
        refusal.unwrap_err().message().as_deref(),
        Some(
            "Table or Index is not in a valid state to update Key Access Insights: TableStatus must be ACTIVE to enable ContributorInsights."
        )
    );
}

#[test]
fn a_name_is_taken_until_its_table_is_gone() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    let told = |door: &mut Door| {
        let error = door.call(Operation::CreateTable, TABLE).expect_err("the name is taken");
        assert_eq!(error.name(), "ResourceInUseException");
        error.message().unwrap_or_default().into_owned()
    };
    const STILL: &str = "Attempt to change a resource which is still in use: Table is being";
    door.ok(Operation::CreateTable, TABLE);
    assert_eq!(told(&mut door), format!("{STILL} created: Things"));
    door.advance_ms(60_000);
    assert_eq!(told(&mut door), "Table already exists: Things");
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    assert_eq!(told(&mut door), "Table already exists: Things");
    door.advance_ms(60_000);
    door.ok(Operation::CreateTable, TABLE);
}

#[test]
fn an_index_added_to_a_full_table_loses_nothing_that_is_written_meanwhile() {
    let mut seen_creating = 0;
    for seed in 0..20 {
        let mut door = Door::new(RegionOptions {
            seed,
            network: network([1.0, 20.0], 0.1, 0.2),
            partitions: 2,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, TABLE);
        for number in 0..400 {
            door.begin(Operation::PutItem, &put_body(number, "red"));
        }
        door.settle();
        door.ok(Operation::UpdateTable, ADD_INDEX);
        let table = door.region.catalog().usable("Things").unwrap();
        let backfilling = IndexStatus::Creating { backfilling: true };
        seen_creating += u32::from(table.global_indexes[0].status == backfilling);
        // Moves entries the copy may or may not have passed, and adds some.
        for number in (0..500).step_by(3) {
            door.begin(Operation::PutItem, &put_body(number, "green"));
            door.advance_ms(1);
        }
        door.settle();
        assert_eq!(door.describe()["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
        let rows = door.scan_count(None);
        assert_eq!(door.scan_count(Some("by-colour")), rows, "SEED {seed}");
        assert_eq!(door.describe()["GlobalSecondaryIndexes"][0]["ItemCount"], rows);
    }
    assert!(seen_creating > 10, "writes come while the index is filled");
}

#[test]
fn a_dropped_index_frees_the_log() {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, TABLE);
    door.ok(Operation::UpdateTable, ADD_INDEX);
    door.put(1, "red");
    let dropped = r#"{"TableName":"Things","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-colour"}}]}"#;
    door.ok(Operation::UpdateTable, dropped);
    assert!(door.describe().get("GlobalSecondaryIndexes").is_none());
    assert_eq!(door.region.cluster().propagators().count(), 0);
    for number in 0..100 {
        door.put(number, "red");
    }
    let description = door.region.describe();
    assert_eq!(description.partitions.len(), 1, "the index's partitions are gone");
    for replica in &description.partitions[0].replicas {
        let replica = door.region.cluster().replica(replica.id).unwrap();
        assert!(
            replica.log_entries() <= 2,
            "{} entries are kept for nobody",
            replica.log_entries()
        );
    }
}

#[test]
fn latency_shows_stale_reads_and_index_lag_and_both_pass() {
    let mut door = Door::on(network([1.0, 20.0], 0.0, 0.0));
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    door.settle();
    let (mut stale, mut lag) = (0, 0);
    for number in 0..40 {
        door.put(number, "red");
        let consistent = door.begin(Operation::GetItem, &get_body(number, true));
        let eventual = door.begin(Operation::GetItem, &get_body(number, false));
        let (Answer::Pending(consistent), Answer::Pending(eventual)) = (consistent, eventual) else {
            panic!("reads take time");
        };
        lag += u64::from(number) + 1 - door.scan_count(Some("global"));
        door.settle();
        while let Some((ticket, result)) = door.region.next_completion() {
            let found = result.unwrap().windows(3).any(|bytes| bytes == b"red");
            assert!(
                found || ticket != consistent,
                "a consistent read sees what was acknowledged"
            );
            stale += u32::from(!found && ticket == eventual);
        }
        assert_eq!(door.scan_count(Some("global")), u64::from(number) + 1);
        door.settle();
    }
    assert!(stale > 0, "a follower is behind while the commit is on its way");
    assert!(lag > 0, "an index is behind its table");
}

#[test]
fn the_default_network_answers_at_once_and_leaves_nothing_under_way() {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    for number in 0..50 {
        assert!(matches!(
            door.begin(Operation::PutItem, &put_body(number, "red")),
            Answer::Done(_)
        ));
        assert!(door.region.next_deadline().is_none());
        assert_eq!(door.scan_count(Some("global")), u64::from(number) + 1);
    }
}

#[test]
fn requests_for_a_table_that_is_deleted_meanwhile_are_told_so() {
    let (mut served, mut refused) = (0, 0);
    for seed in 0..10 {
        let mut door = Door::new(RegionOptions {
            seed,
            network: network([1.0, 50.0], 0.0, 0.0),
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, TABLE);
        door.settle();
        door.begin(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
        let mut pending = 1;
        for number in 0..60 {
            let calls = [
                door.begin(Operation::PutItem, &put_body(number, "red")),
                door.begin(Operation::GetItem, &get_body(number, true)),
                door.begin(Operation::Scan, r#"{"TableName":"Things"}"#),
            ];
            for answer in calls {
                match answer {
                    Answer::Pending(_) => pending += 1,
                    Answer::Failed(error) => {
                        assert_eq!(error, Error::ResourceNotFoundException(Missing::Resource));
                    }
                    Answer::Done(_) => panic!("nothing is answered at once here"),
                }
            }
            door.advance_ms(2);
        }
        door.settle();
        while let Some((_, result)) = door.region.next_completion() {
            pending -= 1;
            match result {
                Ok(_) => served += 1,
                Err(error) => {
                    assert_eq!(error, Error::ResourceNotFoundException(Missing::Resource));
                    refused += 1;
                }
            }
        }
        assert_eq!(
            (pending, door.region.pending()),
            (0, 0),
            "everything is answered, one way or the other"
        );
    }
    assert!(
        served > 0 && refused > 0,
        "{served} came in time, {refused} came too late"
    );
}

#[test]
fn the_description_shows_three_replicas_in_three_zones() {
    let mut door = Door::new(RegionOptions {
        partitions: 2,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    for number in 0..40 {
        door.put(number, "red");
    }
    let description = door.region.describe();
    let names: Vec<_> = description
        .partitions
        .iter()
        .map(|partition| (partition.table.as_str(), partition.index.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            ("Things", None),
            ("Things", None),
            ("Things", Some("global")),
            ("Things", Some("global"))
        ]
    );
    assert_eq!(
        description.partitions[0].hash_range,
        ["0000000000000000", "7fffffffffffffff"]
    );
    assert_eq!(
        description.partitions[1].hash_range,
        ["8000000000000000", "ffffffffffffffff"]
    );
    let mut written = 0;
    for partition in &description.partitions {
        let zones: Vec<_> = partition.replicas.iter().map(|replica| replica.zone.as_str()).collect();
        assert_eq!(zones, ["a", "b", "c"]);
        let leaders = partition
            .replicas
            .iter()
            .filter(|replica| replica.role == RoleName::Leader);
        assert_eq!(leaders.map(|leader| leader.id).collect::<Vec<_>>(), [partition.leader]);
        for replica in &partition.replicas {
            assert_eq!(replica.appended, replica.applied);
            assert_eq!(replica.committed, replica.applied);
        }
        if partition.index.is_none() {
            written += partition.replicas[0].applied.0;
        }
    }
    assert_eq!(written, 40);
    let json = serde_json::to_value(&description).unwrap();
    assert_eq!(json["partitions"][0]["replicas"][0]["role"], "leader");
    assert!(json["partitions"][0].get("index").is_none());
}

/// Observed: the sentences about a table that is not there yet, or not for long.
#[test]
fn expiry_has_sentences_of_its_own_for_a_table_that_comes_or_goes() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    let told = |door: &mut Door, operation, body| {
        let error = door.call(operation, body).expect_err("the table is not ACTIVE");
        format!("{}: {}", error.name(), error.message().unwrap_or_default())
    };
    let named = r#"{"TableName":"Things"}"#;
    let expire = r#"{"TableName":"Things","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"until"}}"#;
    door.ok(Operation::CreateTable, TABLE);
    assert_eq!(
        told(&mut door, Operation::DescribeTimeToLive, named),
        "ValidationException: Cannot describe time to live while table is in CREATING state: Current table state is CREATING"
    );
    assert_eq!(
        told(&mut door, Operation::UpdateTimeToLive, expire),
        "ResourceInUseException: Attempt to change a resource which is still in use: Table Things is being created"
    );
    door.advance_ms(6_000);
    door.ok(Operation::UpdateTimeToLive, expire);
    door.ok(Operation::DeleteTable, named);
    assert_eq!(
        told(&mut door, Operation::DescribeTimeToLive, named),
        "ValidationException: Cannot describe time to live while table is in DELETING state: Current table state is DELETING"
    );
}
