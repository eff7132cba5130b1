//! Capacity: provisioned, on demand and warm.

use super::*;

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
