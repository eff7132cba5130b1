//! Time to live, switched on and off.

use super::*;

#[test]
fn expiry_is_switched_on_and_described() {
    let mut engine = Engine::with(&[&table("Example", None)]);
    let update = |enabled: bool, attribute: &str| {
        let specification = json!({ "Enabled": enabled, "AttributeName": attribute });
        json!({ "TableName": "Example", "TimeToLiveSpecification": specification }).to_string()
    };
    engine.invalid(
        Operation::UpdateTimeToLive,
        &update(false, "ttl"),
        "TimeToLive is already disabled",
    );
    let changed = engine.ok(Operation::UpdateTimeToLive, &update(true, "ttl"));
    assert_eq!(
        changed,
        json!({ "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "ttl" } })
    );
    let described = engine.ok(Operation::DescribeTimeToLive, r#"{"TableName":"Example"}"#);
    assert_eq!(
        described,
        json!({ "TimeToLiveDescription": { "TimeToLiveStatus": "ENABLED", "AttributeName": "ttl" } })
    );
    engine.invalid(
        Operation::UpdateTimeToLive,
        &update(true, "ttl"),
        "TimeToLive is already enabled",
    );
    for enabled in [true, false] {
        engine.invalid(
            Operation::UpdateTimeToLive,
            &update(enabled, "other"),
            "TimeToLive is active on a different AttributeName: current AttributeName is ttl",
        );
    }
    engine.invalid(
        Operation::UpdateTimeToLive,
        &update(false, "ttl"),
        "Time to live has been modified multiple times within a fixed interval",
    );
    assert_eq!(
        engine.refusal(Operation::DescribeTimeToLive, r#"{"TableName":"Absent"}"#),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Table: Absent not found".to_owned()
        )
    );
}
