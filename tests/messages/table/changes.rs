//! What UpdateTable takes together, and what it does not.

use super::*;

#[test]
fn changes_of_tables() {
    let mut engine = Engine::with(&[INDEXED]);
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"t-1"}"#,
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
    );
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"t-1","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"gsi"}},{"Delete":{"IndexName":"gsi"}}]}"#,
        "One or more parameter values were invalid: Only one global secondary index update per index is allowed simultaneously. Index: gsi",
    );
    assert_eq!(
        engine.refusal(
            UpdateTable,
            r#"{"TableName":"t-1","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"one"}},{"Delete":{"IndexName":"two"}}]}"#
        ),
        (
            "LimitExceededException",
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table".to_owned()
        )
    );
    assert_eq!(
        engine
            .refusal(
                UpdateTable,
                r#"{"TableName":"t-1","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"absent"}}]}"#
            )
            .0,
        "ResourceNotFoundException"
    );
    // Observed, but for the tail: the new index's keys must be in the request, even those that the table defines.
    let create = json!({"TableName": "t-1", "AttributeDefinitions": definitions(&["new"]), "GlobalSecondaryIndexUpdates": [
        {"Create": index("another", keys(&[("new", "HASH"), ("pk", "RANGE")]))}]});
    engine.invalid(
        UpdateTable,
        &create.to_string(),
        "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [new, pk], AttributeDefinitions: [new]",
    );
    // Observed.
    let provisioned = r#"{"TableName":"t-2","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}"#;
    engine.ok(CreateTable, provisioned);
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"t-2","OnDemandThroughput":{"MaxReadRequestUnits":5}}"#,
        "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED",
    );
    assert_eq!(
        engine.refusal(CreateTable, provisioned),
        ("ResourceInUseException", "Table already exists: t-2".to_owned())
    );
}

#[test]
fn most_changes_go_alone() {
    let mut engine = Engine::with(&[INDEXED, &provisioned("t-2")]);
    let stream = json!({"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"});
    let drop_index = json!([{"Delete": {"IndexName": "gsi"}}]);
    let warm = json!({"ReadUnitsPerSecond": 13_000});
    let alone = |what: &str| format!("{what} must be the only operation in the request");
    for (members, sentence) in [
        (
            json!({"SSESpecification": {"Enabled": true}, "DeletionProtectionEnabled": true}),
            alone("Server-Side Encryption modification"),
        ),
        (
            json!({"TableClass": "STANDARD", "DeletionProtectionEnabled": true}),
            alone("TableClass modification"),
        ),
        (
            json!({"DeletionProtectionEnabled": true, "StreamSpecification": stream}),
            alone("DeletionProtection modification"),
        ),
        (
            json!({"WarmThroughput": warm, "DeletionProtectionEnabled": true}),
            alone("DeletionProtection modification"),
        ),
        (
            json!({"WarmThroughput": warm, "StreamSpecification": stream}),
            alone("WarmThroughput"),
        ),
        (
            json!({"OnDemandThroughput": {"MaxReadRequestUnits": 5}, "StreamSpecification": stream}),
            "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request".to_owned(),
        ),
        (
            json!({"StreamSpecification": stream, "GlobalSecondaryIndexUpdates": drop_index}),
            "You cannot create or delete index while changing stream status".to_owned(),
        ),
    ] {
        update_invalid(&mut engine, "t-1", members, &sentence);
    }
    let capacity = json!({"ReadCapacityUnits": 3, "WriteCapacityUnits": 3});
    update_invalid(
        &mut engine,
        "t-2",
        json!({"ProvisionedThroughput": capacity, "StreamSpecification": stream}),
        "You cannot modify stream status while updating table IOPS",
    );
    update_invalid(
        &mut engine,
        "t-2",
        json!({"ProvisionedThroughput": capacity, "GlobalSecondaryIndexUpdates": drop_index}),
        "You cannot create or delete index while updating table IOPS",
    );
    // Billing by the request goes with a stream, and with ceilings.
    engine.ok(
        UpdateTable,
        &json!({"TableName": "t-2", "BillingMode": "PAY_PER_REQUEST", "StreamSpecification": stream}).to_string(),
    );
    engine.ok(
        UpdateTable,
        &json!({"TableName": "t-2", "BillingMode": "PAY_PER_REQUEST", "OnDemandThroughput": {"MaxReadRequestUnits": 5}}).to_string(),
    );
}
