//! Indexes that come and go on a table in use.

use super::door::{ADD_INDEX, Door, INDEXED_TABLE, TABLE, network, put_body};
use snowglobe::cluster::Network;
use snowglobe::region::RegionOptions;
use snowglobe::request::Operation;
use snowglobe::table::IndexStatus;

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
