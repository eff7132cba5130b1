//! Tables and indexes over their lives, and what a network that takes time lets a caller see.

use super::door::{ADD_INDEX, Door, INDEXED_TABLE, TABLE, put_body};
use serde_json::json;
use snowglobe::cluster::Network;
use snowglobe::error::{Error, Missing};
use snowglobe::region::RegionOptions;
use snowglobe::request::Operation;

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
        (&json!("UPDATING"), &warm(12_000, "UPDATING"))
    );
    assert_eq!(drop(&mut door), updating);
    let table = update(&mut door, json!({"DeletionProtectionEnabled": false}));
    assert_eq!(
        table["TableStatus"], "UPDATING",
        "protection is switched at once, whatever is under way"
    );
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
