//! Definitions of tables and changes to them. Long known on AWS unless said otherwise; "observed" was recorded in 2026.

use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

/// Keys pk and sk; `lsi` on l, `gsi` on g and gn, both keys only.
pub const INDEXED: &str = r#"{"TableName":"t-1","AttributeDefinitions":[
        {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"l","AttributeType":"S"},
        {"AttributeName":"g","AttributeType":"S"},{"AttributeName":"gn","AttributeType":"N"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
    "LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"KEYS_ONLY"}}],
    "GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"gn","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"KEYS_ONLY"}}],
    "BillingMode":"PAY_PER_REQUEST"}"#;

fn definitions(names: &[&str]) -> Value {
    names
        .iter()
        .map(|name| json!({"AttributeName": name, "AttributeType": "S"}))
        .collect()
}

fn keys(elements: &[(&str, &str)]) -> Value {
    elements
        .iter()
        .map(|(name, kind)| json!({"AttributeName": name, "KeyType": kind}))
        .collect()
}

fn index(name: &str, key: Value) -> Value {
    json!({"IndexName": name, "KeySchema": key, "Projection": {"ProjectionType": "ALL"}})
}

/// CreateTable of keys a and b, with members put over that, is refused with that sentence.
fn refused(members: Value, sentence: &str) {
    let mut body = json!({"TableName": "t-1", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": definitions(&["a", "b"]), "KeySchema": keys(&[("a", "HASH"), ("b", "RANGE")])});
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    Engine::new().invalid(CreateTable, &body.to_string(), sentence);
}

fn invalid(members: Value, sentence: &str) {
    refused(
        members,
        &format!("One or more parameter values were invalid: {sentence}"),
    );
}

#[test]
fn keys_and_their_definitions() {
    refused(
        json!({"KeySchema": keys(&[("a", "RANGE"), ("b", "HASH")])}),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
    );
    refused(
        json!({"KeySchema": keys(&[("a", "HASH"), ("b", "HASH")])}),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
    );
    const UNDEFINED: &str = "Invalid KeySchema: Some index key attribute have no definition";
    refused(json!({"KeySchema": keys(&[("a", "HASH"), ("z", "RANGE")])}), UNDEFINED);
    // Observed.
    refused(json!({"KeySchema": keys(&[("a", "HASH"), ("a", "RANGE")])}), UNDEFINED);
    invalid(
        json!({"AttributeDefinitions": definitions(&["a", "b", "c"])}),
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
    let with_index = |names: &[&str], key: &[(&str, &str)]| json!({"AttributeDefinitions": definitions(names), "GlobalSecondaryIndexes": [index("gsi", keys(key))]});
    invalid(
        with_index(&["a", "b"], &[("c", "HASH")]),
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [c], AttributeDefinitions: [a, b]",
    );
    invalid(
        with_index(&["a", "b", "c"], &[("b", "HASH")]),
        "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]",
    );
}

#[test]
fn local_indexes() {
    let local = |key: &[(&str, &str)]| json!({"LocalSecondaryIndexes": [index("lsi", keys(key))]});
    // Observed.
    invalid(
        json!({"AttributeDefinitions": definitions(&["a", "b"]), "KeySchema": keys(&[("a", "HASH")]),
            "LocalSecondaryIndexes": [index("lsi", keys(&[("a", "HASH"), ("b", "RANGE")]))]}),
        "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
    invalid(
        local(&[("a", "HASH")]),
        "Index KeySchema does not have a range key for index: lsi",
    );
    invalid(
        local(&[("b", "HASH"), ("a", "RANGE")]),
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: lsi. index hash key: b, table hash key: a",
    );
    invalid(
        json!({"LocalSecondaryIndexes": []}),
        "List of LocalSecondaryIndexes is empty",
    );
    let key = keys(&[("a", "HASH"), ("b", "RANGE")]);
    // Observed.
    invalid(
        json!({"LocalSecondaryIndexes": [index("same", key.clone())], "GlobalSecondaryIndexes": [index("same", key.clone())]}),
        "Duplicate index name: same",
    );
    let six: Value = (0..6)
        .map(|number| index(&format!("lsi{number}"), key.clone()))
        .collect();
    invalid(
        json!({"LocalSecondaryIndexes": six}),
        "Number of LocalSecondaryIndexes exceeds per-table limit of 5",
    );
}

#[test]
fn global_indexes_and_projections() {
    invalid(
        json!({"GlobalSecondaryIndexes": []}),
        "List of GlobalSecondaryIndexes is empty",
    );
    let key = keys(&[("b", "HASH")]);
    let many: Value = (0..21)
        .map(|number| index(&format!("gsi{number}"), key.clone()))
        .collect();
    invalid(
        json!({"GlobalSecondaryIndexes": many}),
        "GlobalSecondaryIndex count exceeds the per-table limit of 20",
    );
    let projected = |projection: Value| json!({"GlobalSecondaryIndexes": [{"IndexName": "gsi", "KeySchema": key, "Projection": projection}]});
    invalid(projected(json!({})), "Unknown ProjectionType: null");
    // Observed.
    invalid(
        projected(json!({"ProjectionType": "INCLUDE"})),
        "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
    );
    for projection in ["ALL", "KEYS_ONLY"] {
        invalid(
            projected(json!({"ProjectionType": projection, "NonKeyAttributes": ["x"]})),
            &format!("ProjectionType is {projection}, but NonKeyAttributes is specified"),
        );
    }
}

#[test]
fn capacity_and_billing() {
    let capacity = json!({"ReadCapacityUnits": 1, "WriteCapacityUnits": 1});
    // Observed.
    invalid(
        json!({"ProvisionedThroughput": capacity}),
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
    invalid(
        json!({"BillingMode": "PROVISIONED"}),
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
    let mut charged = index("gsi", keys(&[("b", "HASH")]));
    invalid(
        json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": capacity, "GlobalSecondaryIndexes": [charged.clone()]}),
        "ProvisionedThroughput is not specified for index: gsi",
    );
    charged["ProvisionedThroughput"] = capacity.clone();
    invalid(
        json!({"GlobalSecondaryIndexes": [charged]}),
        "ProvisionedThroughput should not be specified for index: gsi when BillingMode is PAY_PER_REQUEST",
    );
    refused(
        json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 1_000_000_000_001u64, "WriteCapacityUnits": 1}}),
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
    );
    // Observed.
    invalid(
        json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": capacity, "OnDemandThroughput": {"MaxWriteRequestUnits": 0}}),
        "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.",
    );
    for units in [0, -1, -2] {
        invalid(
            json!({"OnDemandThroughput": {"MaxReadRequestUnits": units, "MaxWriteRequestUnits": 0}}),
            "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range",
        );
    }
}

#[test]
fn streams() {
    // Observed.
    invalid(
        json!({"StreamSpecification": {"StreamEnabled": false, "StreamViewType": "KEYS_ONLY"}}),
        "Table is being created with a stream disabled, UpdateViewType should not be specified",
    );
    let mut engine = Engine::with(&[INDEXED]);
    let on = r#"{"TableName":"t-1","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}"#;
    let off = r#"{"TableName":"t-1","StreamSpecification":{"StreamEnabled":false}}"#;
    engine.invalid(UpdateTable, off, "Table does not have a stream to disable: t-1");
    engine.ok(UpdateTable, on);
    engine.invalid(UpdateTable, on, "Table already has an enabled stream: t-1");
    engine.ok(UpdateTable, off);
}

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
