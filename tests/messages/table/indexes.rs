//! Secondary indexes: their definitions, and changes to them.

use super::*;

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
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: gsi when BillingMode is PAY_PER_REQUEST",
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
fn an_attribute_is_projected_once() {
    let projected = json!([{"IndexName": "gsi", "KeySchema": keys(&[("b", "HASH")]),
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y", "x"]}}]);
    invalid(
        json!({"GlobalSecondaryIndexes": projected}),
        "Duplicate element in NonKeyAttributes: x",
    );
}
