//! Kinesis destinations.

use super::*;

#[test]
fn a_kinesis_destination_is_enabled_updated_and_disabled() {
    let mut engine = Engine::with(&[&table("Example", None)]);
    let arn = "arn:aws:kinesis:us-east-1:123456789012:stream/changes";
    let named = json!({ "TableName": "Example" }).to_string();
    let body = |more: Value| {
        let mut body = json!({ "TableName": "Example", "StreamArn": arn });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body.to_string()
    };
    let precision = |is: &str| json!({ "ApproximateCreationDateTimePrecision": is });
    let described = |engine: &mut Engine| {
        engine.ok(Operation::DescribeKinesisStreamingDestination, &named)["KinesisDataStreamDestinations"].clone()
    };
    assert_eq!(described(&mut engine), json!([]));
    engine.invalid(
        Operation::DisableKinesisStreamingDestination,
        &body(json!({})),
        "Table is not in a valid state to disable Kinesis Streaming Destination: EnableKinesisStreamingDestination must be ACTIVE to perform DISABLE operation.",
    );
    let enabled = engine.ok(Operation::EnableKinesisStreamingDestination, &body(json!({})));
    assert_eq!(
        enabled,
        json!({ "TableName": "Example", "StreamArn": arn, "DestinationStatus": "ENABLING" })
    );
    assert_eq!(
        described(&mut engine),
        json!([{ "StreamArn": arn, "DestinationStatus": "ACTIVE", "ApproximateCreationDateTimePrecision": "MILLISECOND" }])
    );
    engine.invalid(
        Operation::EnableKinesisStreamingDestination,
        &body(json!({})),
        "Table is not in a valid state to enable Kinesis Streaming Destination: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.",
    );
    engine.invalid(
        Operation::UpdateKinesisStreamingDestination,
        &body(json!({})),
        "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
    );
    let microseconds = body(json!({ "UpdateKinesisStreamingConfiguration": precision("MICROSECOND") }));
    let updated = engine.ok(Operation::UpdateKinesisStreamingDestination, &microseconds);
    assert_eq!(
        updated,
        json!({ "TableName": "Example", "StreamArn": arn, "DestinationStatus": "UPDATING",
            "UpdateKinesisStreamingConfiguration": precision("MICROSECOND") })
    );
    let (name, message) = engine.refusal(Operation::UpdateKinesisStreamingDestination, &microseconds);
    assert_eq!(name, "ValidationException");
    assert!(
        message
            .starts_with("Invalid Request: Precision is already set to the desired value of MICROSECOND for tableId: ")
    );
    assert_eq!(
        engine.ok(Operation::ListStreams, "{}"),
        json!({ "Streams": [] }),
        "nobody else sees it"
    );
    let disabled = engine.ok(Operation::DisableKinesisStreamingDestination, &body(json!({})));
    assert_eq!(disabled["DestinationStatus"], "DISABLING");
    assert_eq!(described(&mut engine)[0]["DestinationStatus"], "DISABLED");
    let again = body(json!({ "EnableKinesisStreamingConfiguration": precision("MICROSECOND") }));
    let enabled = engine.ok(Operation::EnableKinesisStreamingDestination, &again);
    assert_eq!(enabled["EnableKinesisStreamingConfiguration"], precision("MICROSECOND"));
    engine.invalid(
        Operation::EnableKinesisStreamingDestination,
        &json!({ "TableName": "Example", "StreamArn": "arn:aws:sns:us-east-1:123456789012:a-topic" }).to_string(),
        "One or more parameter values were invalid: StreamArn must be the ARN of a Kinesis data stream",
    );
    let bad = body(json!({ "EnableKinesisStreamingConfiguration": precision("SECOND") }));
    engine.invalid(
        Operation::EnableKinesisStreamingDestination,
        &bad,
        "1 validation error detected: Value 'SECOND' at 'enableKinesisStreamingConfiguration.approximateCreationDateTimePrecision' failed to satisfy constraint: Member must satisfy enum value set: [MICROSECOND, MILLISECOND]",
    );
}
