//! What UpdateTable changes, and what it answers meanwhile.

use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

#[test]
fn billing_changes_keep_what_each_mode_has() {
    let mut engine = Engine::with(&[PLAIN]);
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"plain","BillingMode":"PROVISIONED"}"#,
        "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    );
    engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","OnDemandThroughput":{"MaxReadRequestUnits":7,"MaxWriteRequestUnits":8}}"#,
    );
    let lifted = engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","OnDemandThroughput":{"MaxReadRequestUnits":-1}}"#,
    );
    assert_eq!(
        lifted["TableDescription"]["OnDemandThroughput"],
        json!({"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": 8})
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
    assert_eq!(
        described["Table"]["OnDemandThroughput"],
        json!({"MaxWriteRequestUnits": 8})
    );
    engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6}}"#,
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
    let table = &described["Table"];
    assert_eq!(table["BillingModeSummary"]["BillingMode"], "PROVISIONED");
    assert_eq!(
        table.get("OnDemandThroughput"),
        None,
        "ceilings do not outlive on-demand billing"
    );
    assert_eq!(table["ProvisionedThroughput"]["ReadCapacityUnits"], 5);
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"plain","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6}}"#,
        "The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
    );
    engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","ProvisionedThroughput":{"ReadCapacityUnits":4,"WriteCapacityUnits":9}}"#,
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
    assert_eq!(
        described["Table"]["ProvisionedThroughput"],
        json!({"NumberOfDecreasesToday": 1, "ReadCapacityUnits": 4, "WriteCapacityUnits": 9,
            "LastIncreaseDateTime": 1893456000, "LastDecreaseDateTime": 1893456000})
    );
}

/// What AWS answers to a change is the table on its way: some of it as it will be, most of it as it was.
#[test]
fn changes_are_answered_as_the_table_stands_meanwhile() {
    let mut engine = Engine::new();
    let made = engine.ok(CreateTable, PLAIN);
    let made = &made["TableDescription"];
    assert_eq!(made.get("WarmThroughput"), None, "told once the table is there");
    assert_eq!(made["BillingModeSummary"], json!({"BillingMode": "PAY_PER_REQUEST"}));
    let warmed =
        PLAIN
            .replace("plain", "warmed")
            .replacen('{', r#"{"WarmThroughput":{"ReadUnitsPerSecond":12001},"#, 1);
    let made = engine.ok(CreateTable, &warmed);
    assert_eq!(
        made["TableDescription"]["WarmThroughput"],
        json!({"ReadUnitsPerSecond": 12001, "WriteUnitsPerSecond": 4000, "Status": "UPDATING"})
    );

    let mut update = |members: Value| {
        let mut body = members;
        body["TableName"] = "plain".into();
        let answered = engine.ok(UpdateTable, &body.to_string());
        let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
        (answered["TableDescription"].clone(), described["Table"].clone())
    };
    let units = |read: u64, write: u64| json!({"ReadCapacityUnits": read, "WriteCapacityUnits": write});
    let at = 1893456000;
    let (answered, described) = update(json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": units(5, 6)}));
    assert_eq!(answered["TableStatus"], "UPDATING");
    assert_eq!(answered["BillingModeSummary"], json!({"BillingMode": "PROVISIONED"}));
    assert_eq!(
        answered["ProvisionedThroughput"]["ReadCapacityUnits"], 5,
        "a switch shows what it brings"
    );
    assert_eq!(
        described["BillingModeSummary"],
        json!({"BillingMode": "PROVISIONED", "LastUpdateToPayPerRequestDateTime": at})
    );
    assert_eq!(
        described["WarmThroughput"]["ReadUnitsPerSecond"], 12000,
        "what is warm stays warm"
    );

    let (answered, described) = update(json!({"ProvisionedThroughput": units(4, 20_000)}));
    assert_eq!(
        answered["ProvisionedThroughput"],
        json!({"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 6,
            "LastIncreaseDateTime": at, "LastDecreaseDateTime": at})
    );
    assert_eq!(answered["WarmThroughput"]["WriteUnitsPerSecond"], 4000);
    assert_eq!(described["ProvisionedThroughput"]["NumberOfDecreasesToday"], 1);
    assert_eq!(described["ProvisionedThroughput"]["WriteCapacityUnits"], 20_000);
    assert_eq!(
        described["WarmThroughput"]["WriteUnitsPerSecond"], 20_000,
        "warm throughput follows"
    );

    for at_once in [
        json!({"DeletionProtectionEnabled": true}),
        json!({"DeletionProtectionEnabled": false}),
    ] {
        let (answered, described) = update(at_once);
        assert_eq!(answered["TableStatus"], "ACTIVE");
        assert_eq!(
            answered["DeletionProtectionEnabled"],
            described["DeletionProtectionEnabled"]
        );
    }
}

/// As the developer guide raises both in one call.
#[test]
fn warm_throughput_of_a_table_and_its_indexes_is_raised_in_one_call() {
    let mut engine = Engine::new();
    let table = json!({"TableName": "GameScores", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "UserId", "AttributeType": "S"}, {"AttributeName": "GameTitle", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "UserId", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [{"IndexName": "GameTitleIndex", "KeySchema": [{"AttributeName": "GameTitle", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}]});
    engine.ok(CreateTable, &table.to_string());
    let mut update = json!({"TableName": "GameScores", "WarmThroughput": {"ReadUnitsPerSecond": 12_345, "WriteUnitsPerSecond": 4_567},
        "GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "GameTitleIndex", "WarmThroughput": {"ReadUnitsPerSecond": 12_088}}}]});
    let warm = |table: &Value| {
        let index = &table["GlobalSecondaryIndexes"][0];
        let of = |warm: &Value| (warm["ReadUnitsPerSecond"].clone(), warm["Status"].clone());
        (
            of(&table["WarmThroughput"]),
            of(&index["WarmThroughput"]),
            index["IndexStatus"].clone(),
        )
    };
    let answered = engine.ok(UpdateTable, &update.to_string());
    let updating = |units: u64| (json!(units), json!("UPDATING"));
    assert_eq!(
        warm(&answered["TableDescription"]),
        (updating(12_000), updating(12_000), json!("ACTIVE"))
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"GameScores"}"#);
    let active = |units: u64| (json!(units), json!("ACTIVE"));
    assert_eq!(
        warm(&described["Table"]),
        (active(12_345), active(12_088), json!("ACTIVE"))
    );
    update["GlobalSecondaryIndexUpdates"][0]["Update"]["OnDemandThroughput"] = json!({"MaxReadRequestUnits": 5});
    engine.invalid(
        UpdateTable,
        &update.to_string(),
        "One or more parameter values were invalid: WarmThroughput must be the only operation in the request",
    );
}

#[test]
fn an_index_comes_and_goes_with_the_definitions_only_it_uses() {
    let mut engine = Engine::with(&[PLAIN]);
    let create = r#"{"TableName":"plain","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"N"},
        {"AttributeName":"pk","AttributeType":"N"},{"AttributeName":"unused","AttributeType":"S"}],
        "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},
            {"AttributeName":"pk","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}}]}"#;
    engine.ok(UpdateTable, create);
    let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
    assert_eq!(
        described["Table"]["AttributeDefinitions"],
        json!([{"AttributeName": "g", "AttributeType": "N"}, {"AttributeName": "pk", "AttributeType": "S"}]),
        "the stored type wins, and what nothing uses is dropped"
    );
    assert_eq!(described["Table"]["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
    engine.invalid(
        UpdateTable,
        create,
        "Attempting to create an index which already exists",
    );
    engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-g"}}]}"#,
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"plain"}"#);
    assert_eq!(described["Table"].get("GlobalSecondaryIndexes"), None);
    assert_eq!(
        described["Table"]["AttributeDefinitions"],
        json!([{"AttributeName": "pk", "AttributeType": "S"}])
    );
}
