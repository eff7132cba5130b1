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
    // Observed.
    const UNDEFINED: &str = "Invalid KeySchema: Some index key attribute have no definition";
    refused(json!({"AttributeDefinitions": []}), UNDEFINED);
    let alike = keys(&[("a", "HASH"), ("a", "RANGE")]);
    refused(
        json!({"KeySchema": alike, "AttributeDefinitions": definitions(&["a"])}),
        UNDEFINED,
    );
    refused(
        json!({"KeySchema": alike}),
        "Both the Hash Key and the Range Key element in the KeySchema have the same name",
    );
    invalid(
        json!({"KeySchema": keys(&[("a", "HASH"), ("z", "RANGE")])}),
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [a, z], AttributeDefinitions: [a, b]",
    );
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
    let mut engine = Engine::new();
    let mut body = json!({"TableName": "t-1", "AttributeDefinitions": definitions(&["a", "b"]), "KeySchema": keys(&[("a", "HASH")]),
        "ProvisionedThroughput": {"ReadCapacityUnits": 40_001, "WriteCapacityUnits": 50_000},
        "GlobalSecondaryIndexes": [{"IndexName": "gsi", "KeySchema": keys(&[("b", "HASH")]), "Projection": {"ProjectionType": "ALL"},
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 40_001}}]});
    const HIGHER: &str =
        "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";
    assert_eq!(
        engine.refusal(CreateTable, &body.to_string()),
        (
            "LimitExceededException",
            format!(
                "The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. Per table maximum: 40000. {HIGHER}"
            )
        )
    );
    body["ProvisionedThroughput"] = capacity.clone();
    assert_eq!(
        engine.refusal(CreateTable, &body.to_string()),
        (
            "LimitExceededException",
            format!(
                "The requested WriteCapacityUnits for index gsi, 40001, is above the per index maximum for the account in us-east-1. Per index maximum: 40000. {HIGHER}"
            )
        )
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
    engine.invalid(UpdateTable, off, "Table has no stream to disable: TableName: t-1");
    engine.ok(UpdateTable, on);
    engine.invalid(UpdateTable, on, "Table already has an enabled stream: TableName: t-1");
    engine.ok(UpdateTable, off);
}

#[test]
fn changes_of_tables() {
    let mut engine = Engine::with(&[INDEXED]);
    engine.invalid(
        UpdateTable,
        r#"{"TableName":"t-1"}"#,
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
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

/// UpdateTable with these members is refused with that sentence, behind what such sentences begin with.
fn update_invalid(engine: &mut Engine, table: &str, members: Value, sentence: &str) {
    update_refused(
        engine,
        table,
        members,
        &format!("One or more parameter values were invalid: {sentence}"),
    );
}

fn update_refused(engine: &mut Engine, table: &str, mut members: Value, sentence: &str) {
    members["TableName"] = table.into();
    engine.invalid(UpdateTable, &members.to_string(), sentence);
}

/// A table of provisioned capacity 2 and 2, with an index that has as much.
fn provisioned(name: &str) -> String {
    let capacity = json!({"ReadCapacityUnits": 2, "WriteCapacityUnits": 2});
    json!({"TableName": name, "AttributeDefinitions": definitions(&["a", "b"]), "KeySchema": keys(&[("a", "HASH")]),
        "ProvisionedThroughput": capacity, "GlobalSecondaryIndexes": [{"IndexName": "gsi", "KeySchema": keys(&[("b", "HASH")]),
            "Projection": {"ProjectionType": "ALL"}, "ProvisionedThroughput": capacity}]})
    .to_string()
}

// From here on, recorded in October 2026 in us-east-1 and us-west-2.

#[test]
fn definitions_and_keys_recorded_in_2026() {
    refused(
        json!({"AttributeDefinitions": definitions(&["a", "b", "a"])}),
        "Attribute Name is duplicated: a",
    );
    let names: Vec<String> = (0..5).map(|number| format!("k{number}")).collect();
    let indexed = |key: &[(&str, &str)]| {
        let mut all = vec!["a", "b"];
        all.extend(
            key.iter()
                .map(|(name, _)| *name)
                .filter(|name| !["a", "b"].contains(name)),
        );
        json!({"AttributeDefinitions": definitions(&all), "GlobalSecondaryIndexes": [index("gsi", keys(key))]})
    };
    // What is defined for nothing is told before anything else that is wrong about indexes and capacity.
    let mut masked = indexed(&[("b", "HASH")]);
    masked["AttributeDefinitions"] = definitions(&["a", "b", "c"]);
    masked["GlobalSecondaryIndexes"][0]["Projection"] = json!({"ProjectionType": "INCLUDE"});
    masked["ProvisionedThroughput"] = json!({"ReadCapacityUnits": 1, "WriteCapacityUnits": 1});
    invalid(
        masked,
        "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]",
    );
    refused(
        indexed(&[("b", "HASH"), ("b", "RANGE")]),
        "The KeySchema contains multiple key attributes with the same name",
    );
    invalid(
        indexed(&[("k0", "HASH"), ("k1", "RANGE"), ("k2", "HASH")]),
        "All HASH key attributes must precede RANGE key attributes in the KeySchema",
    );
    for (first, kind) in [(0, "HASH"), (1, "RANGE")] {
        let mut key = vec![("b", "HASH"); first];
        key.extend(names.iter().map(|name| (name.as_str(), kind)));
        invalid(
            indexed(&key),
            &format!("The KeySchema exceeds the maximum allowed number of {kind} key attributes"),
        );
    }
}

#[test]
fn warm_throughput() {
    let below = "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than";
    invalid(
        json!({"WarmThroughput": {"ReadUnitsPerSecond": 1, "WriteUnitsPerSecond": 1}}),
        &format!(
            "{below} initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial"
        ),
    );
    invalid(
        json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
            "WarmThroughput": {"ReadUnitsPerSecond": 4, "WriteUnitsPerSecond": 5}}),
        &format!("{below} ReadCapacityUnits of ProvisionedThroughput"),
    );
    let mut engine = Engine::with(&[INDEXED]);
    update_invalid(
        &mut engine,
        "t-1",
        json!({"WarmThroughput": {"ReadUnitsPerSecond": 11_999, "WriteUnitsPerSecond": 4_000}}),
        &format!("{below} current WarmThroughput, decreasing WarmThroughput is not supported"),
    );
    update_invalid(
        &mut engine,
        "t-1",
        json!({"GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "gsi", "WarmThroughput": {"WriteUnitsPerSecond": -1}}}]}),
        "Requested WriteUnitsPerSecond for WarmThroughput for index gsi is lower than current WarmThroughput, decreasing WarmThroughput is not supported",
    );
    update_invalid(
        &mut engine,
        "absent",
        json!({"GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "ghost", "WarmThroughput": {}}}]}),
        "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: ghost",
    );
    // A structure without members is a failure alone, and nothing beside something else.
    for empty in [json!({"WarmThroughput": {}}), json!({"OnDemandThroughput": {}})] {
        let mut body = empty.clone();
        body["TableName"] = "t-1".into();
        assert_eq!(
            engine.refusal(UpdateTable, &body.to_string()),
            ("InternalFailure", String::new())
        );
        body["DeletionProtectionEnabled"] = false.into();
        engine.ok(UpdateTable, &body.to_string());
    }
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

#[test]
fn changes_of_indexes() {
    let mut engine = Engine::with(&[INDEXED, &provisioned("t-2")]);
    let changes = |update: Value| json!({"GlobalSecondaryIndexUpdates": [update]});
    let delete = json!({"IndexName": "gsi"});
    update_invalid(
        &mut engine,
        "t-1",
        changes(json!({})),
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
    );
    update_invalid(
        &mut engine,
        "t-1",
        changes(
            json!({"Delete": delete, "Update": {"IndexName": "gsi", "OnDemandThroughput": {"MaxReadRequestUnits": 5}}}),
        ),
        "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
    );
    update_invalid(
        &mut engine,
        "t-1",
        json!({"GlobalSecondaryIndexUpdates": [], "DeletionProtectionEnabled": true}),
        "List of GlobalSecondaryIndexUpdates is empty",
    );
    update_invalid(
        &mut engine,
        "t-1",
        changes(json!({"Update": delete})),
        "The only Updates for index: gsi when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput",
    );
    update_invalid(
        &mut engine,
        "t-2",
        changes(json!({"Update": delete})),
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: gsi",
    );
    let charged =
        json!({"IndexName": "gsi", "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}});
    update_invalid(
        &mut engine,
        "t-1",
        changes(json!({"Update": charged})),
        "The only Updates for index: gsi when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput",
    );
    let mut charged = index("another", keys(&[("a", "HASH")]));
    let defined = definitions(&["a"]);
    update_invalid(
        &mut engine,
        "t-2",
        json!({"AttributeDefinitions": defined, "GlobalSecondaryIndexUpdates": [{"Create": charged}]}),
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: another",
    );
    charged["ProvisionedThroughput"] = json!({"ReadCapacityUnits": 1, "WriteCapacityUnits": 1});
    update_invalid(
        &mut engine,
        "t-1",
        json!({"AttributeDefinitions": defined, "GlobalSecondaryIndexUpdates": [{"Create": charged}]}),
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: another when BillingMode is PAY_PER_REQUEST",
    );
    update_refused(
        &mut engine,
        "t-2",
        changes(
            json!({"Update": {"IndexName": "gsi", "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2}}}),
        ),
        "The provisioned throughput for the index gsi will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index gsi: 2. Requested ReadCapacityUnits: 2. Current WriteCapacityUnits provisioned for index gsi: 2. Requested WriteCapacityUnits: 2. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
    );
    update_invalid(
        &mut engine,
        "t-2",
        changes(json!({"Update": {"IndexName": "gsi", "OnDemandThroughput": {"MaxReadRequestUnits": 5}}})),
        "MaxReadRequestUnits for OnDemandThroughput for index: gsi cannot be specified when the table BillingMode is PROVISIONED",
    );
    update_invalid(
        &mut engine,
        "t-1",
        changes(json!({"Update": {"IndexName": "gsi", "OnDemandThroughput": {"MaxReadRequestUnits": 0}}})),
        "Requested MaxReadRequestUnits for OnDemandThroughput for index : gsi is outside of valid range",
    );
    update_invalid(
        &mut engine,
        "t-1",
        changes(json!({"Create": index("another", keys(&[("pk", "HASH")]))})),
        "AttributeDefinitions is not specified for index: another",
    );
    for (action, verb) in [("Delete", "delete"), ("Update", "update")] {
        update_refused(
            &mut engine,
            "t-1",
            changes(json!({action: {"IndexName": "lsi"}})),
            &format!("Cannot {verb} an index that is not a GlobalSecondaryIndex: lsi"),
        );
    }
    let ghost = json!({"TableName": "t-1", "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "ghost"}}]});
    assert_eq!(
        engine.refusal(UpdateTable, &ghost.to_string()),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Index ghost for table t-1".to_owned()
        )
    );
    // Switching to provisioned capacity takes capacity for the table and each index.
    update_invalid(
        &mut engine,
        "t-1",
        json!({"BillingMode": "PROVISIONED"}),
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    );
    update_invalid(
        &mut engine,
        "t-2",
        json!({"BillingMode": "PROVISIONED"}),
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    );
    update_invalid(
        &mut engine,
        "t-1",
        json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}),
        "ProvisionedThroughput must be specified for index: gsi",
    );
}

#[test]
fn encryption_and_class() {
    let sse = |specification: Value| json!({"SSESpecification": specification});
    invalid(
        sse(json!({"Enabled": false, "SSEType": "KMS"})),
        "SSEType can not be specified if Enabled is false",
    );
    invalid(
        sse(json!({"Enabled": false, "KMSMasterKeyId": "k"})),
        "KMSMasterKeyId can not be specified if Enabled is false",
    );
    invalid(
        sse(json!({"Enabled": true, "KMSMasterKeyId": "k"})),
        "SSEType KMS is required if KMSMasterKeyId is specified",
    );
    invalid(sse(json!({"SSEType": "AES256"})), "SSEType AES256 is not supported");
    let mut engine = Engine::with(&[INDEXED]);
    update_invalid(
        &mut engine,
        "t-1",
        sse(json!({"Enabled": false})),
        "Table is already encrypted by default",
    );
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let with_key = sse(json!({"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key}));
    let mut body = with_key.clone();
    body["TableName"] = "t-1".into();
    engine.ok(UpdateTable, &body.to_string());
    update_invalid(
        &mut engine,
        "t-1",
        with_key,
        "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
    );
    refused(
        json!({"TableClass": "GLACIER"}),
        "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
    );
}

#[test]
fn projections_and_streams_recorded_in_2026() {
    let projected = json!([{"IndexName": "gsi", "KeySchema": keys(&[("b", "HASH")]),
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y", "x"]}}]);
    invalid(
        json!({"GlobalSecondaryIndexes": projected}),
        "Duplicate element in NonKeyAttributes: x",
    );
    invalid(
        json!({"StreamSpecification": {"StreamEnabled": true}}),
        "Table is being created with a stream enabled, UpdateViewType is required",
    );
    let mut engine = Engine::with(&[INDEXED]);
    update_invalid(
        &mut engine,
        "t-1",
        json!({"StreamSpecification": {"StreamEnabled": true}}),
        "If stream is being enabled then UpdateViewType is required",
    );
    update_invalid(
        &mut engine,
        "t-1",
        json!({"StreamSpecification": {"StreamEnabled": false, "StreamViewType": "KEYS_ONLY"}}),
        "If stream is being disabled, then UpdateViewType must not be specified",
    );
}

#[test]
fn one_index_too_many() {
    let mut body = json!({"TableName": "t-1", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": definitions(&["a"]), "KeySchema": keys(&[("a", "HASH")])});
    body["GlobalSecondaryIndexes"] = (0..20)
        .map(|number| index(&format!("index-{number}"), keys(&[("a", "HASH")])))
        .collect();
    let mut engine = Engine::with(&[&body.to_string()]);
    let update = json!({"TableName": "t-1", "AttributeDefinitions": definitions(&["a"]),
        "GlobalSecondaryIndexUpdates": [{"Create": index("one-more", keys(&[("a", "HASH")]))}]});
    let sentence = "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20";
    assert_eq!(
        engine.refusal(UpdateTable, &update.to_string()),
        ("LimitExceededException", sentence.to_owned())
    );
}

/// Not recorded: worded after its neighbours.
#[test]
fn too_many_projected_attributes_in_all() {
    let of = |from: usize, count: usize| {
        let names: Vec<String> = (from..from + count).map(|number| format!("p{number}")).collect();
        json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": names})
    };
    let including = |number: usize, projection: Value| {
        let mut index = index(&format!("index-{number}"), keys(&[("a", "HASH")]));
        index["Projection"] = projection;
        index
    };
    const SENTENCE: &str = "Number of NonKeyAttributes across all secondary indexes exceeds per-table limit of 100";
    let five: Vec<Value> = (0..5).map(|number| including(number, of(20 * number, 20))).collect();
    let mut six = five.clone();
    six.push(including(5, of(0, 1)));
    let members = |indexes: Vec<Value>| {
        json!({"AttributeDefinitions": definitions(&["a"]), "KeySchema": keys(&[("a", "HASH")]),
            "GlobalSecondaryIndexes": indexes})
    };
    invalid(members(six), SENTENCE);
    let mut body = members(five);
    body["TableName"] = json!("t-1");
    body["BillingMode"] = json!("PAY_PER_REQUEST");
    let update = json!({"TableName": "t-1", "AttributeDefinitions": definitions(&["a"]),
        "GlobalSecondaryIndexUpdates": [{"Create": including(5, of(0, 1))}]});
    Engine::with(&[&body.to_string()]).invalid(
        UpdateTable,
        &update.to_string(),
        &format!("One or more parameter values were invalid: {SENTENCE}"),
    );
}

#[test]
fn warm_throughput_and_a_new_index() {
    let update = json!({"TableName": "t-1", "WarmThroughput": {"ReadUnitsPerSecond": 20_000},
        "AttributeDefinitions": definitions(&["x"]),
        "GlobalSecondaryIndexUpdates": [{"Create": index("by-x", keys(&[("x", "HASH")]))}]});
    Engine::with(&[INDEXED]).invalid(
        UpdateTable,
        &update.to_string(),
        "One or more parameter values were invalid: Create global secondary index cannot be specified when updating WarmThroughput",
    );
}
