//! Iterators and the pages of records that they give.

use super::*;

#[test]
fn iterators_start_where_they_are_asked_to() {
    let mut engine = Engine::with(&[&table("Example", Some("KEYS_ONLY"))]);
    let stream = arn(&mut engine, "Example");
    for id in 1..=3 {
        put(&mut engine, "Example", &json!({ "Id": { "N": id.to_string() } }));
    }
    let ids = |page: &Value| -> Vec<String> {
        let records = page["Records"].as_array().unwrap().iter();
        let id = |record: &Value| record["dynamodb"]["Keys"]["Id"]["N"].as_str().unwrap().to_owned();
        records.map(id).collect()
    };
    let start = iterator(&mut engine, &stream, &json!({ "ShardIteratorType": "TRIM_HORIZON" }));
    let latest = iterator(&mut engine, &stream, &json!({ "ShardIteratorType": "LATEST" }));
    let page = records(&mut engine, &start);
    assert_eq!(ids(&page), ["1", "2", "3"]);
    let second = page["Records"][1]["dynamodb"]["SequenceNumber"].clone();
    for (kind, expected) in [
        ("AT_SEQUENCE_NUMBER", &["2", "3"][..]),
        ("AFTER_SEQUENCE_NUMBER", &["3"]),
    ] {
        let starting = json!({ "ShardIteratorType": kind, "SequenceNumber": second });
        let found = iterator(&mut engine, &stream, &starting);
        assert_eq!(ids(&records(&mut engine, &found)), expected, "{kind}");
    }
    assert_eq!(ids(&records(&mut engine, &latest)), Vec::<String>::new());
    put(&mut engine, "Example", &json!({ "Id": { "N": "4" } }));
    assert_eq!(ids(&records(&mut engine, &latest)), ["4"]);
    let limited = engine.ok(
        Operation::GetRecords,
        &json!({ "ShardIterator": start, "Limit": 2 }).to_string(),
    );
    assert_eq!(ids(&limited), ["1", "2"]);
    let next = limited["NextShardIterator"].as_str().unwrap().to_owned();
    assert_eq!(ids(&records(&mut engine, &next)), ["3", "4"]);
}

#[test]
fn an_iterator_at_a_timestamp_takes_no_other_parameter() {
    let mut engine = Engine::with(&[&table("Example", Some("KEYS_ONLY"))]);
    let stream = arn(&mut engine, "Example");
    put(&mut engine, "Example", &json!({ "Id": { "N": "1" } }));
    let shard = shard(&mut engine, &stream)["ShardId"].clone();
    let asked = |kind: &str, more: Value| {
        let mut body = json!({ "StreamArn": stream, "ShardId": shard, "ShardIteratorType": kind });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body.to_string()
    };
    let number = "100000000000000100000";
    let fault = |rest: &str| format!("One or more parameter values were invalid: {rest}");
    for (kind, more, rest) in [
        (
            "AT_TIMESTAMP",
            json!({}),
            "Timestamp should be passed for this iterator type",
        ),
        (
            "AT_TIMESTAMP",
            json!({ "Timestamp": null }),
            "Timestamp should be passed for this iterator type",
        ),
        (
            "AT_TIMESTAMP",
            json!({ "Timestamp": 1_893_456_000, "SequenceNumber": number }),
            "SequenceNumber should not be passed for this iterator type",
        ),
        (
            "AT_TIMESTAMP",
            json!({ "Timestamp": 1_893_456_000.001 }),
            "Timestamp should not be in the future",
        ),
        (
            "AT_TIMESTAMP",
            json!({ "Timestamp": 1e300 }),
            "Timestamp should not be in the future",
        ),
        (
            "LATEST",
            json!({ "Timestamp": 1_893_456_000 }),
            "Timestamp should not be passed for this iterator type",
        ),
        (
            "TRIM_HORIZON",
            json!({ "Timestamp": 0 }),
            "Timestamp should not be passed for this iterator type",
        ),
        (
            "AFTER_SEQUENCE_NUMBER",
            json!({ "Timestamp": 1_893_456_000, "SequenceNumber": number }),
            "Timestamp should not be passed for this iterator type",
        ),
    ] {
        engine.invalid(Operation::GetShardIterator, &asked(kind, more), &fault(rest));
    }
    for early in [json!(1_893_456_000), json!(1_893_455_999.9), json!(0), json!(-1e300)] {
        let found = iterator(
            &mut engine,
            &stream,
            &json!({ "ShardIteratorType": "AT_TIMESTAMP", "Timestamp": early }),
        );
        let page = records(&mut engine, &found);
        assert_eq!(page["Records"].as_array().unwrap().len(), 1, "{early}");
    }
    let (name, message) = engine.refusal(
        Operation::GetShardIterator,
        &asked("AT_TIMESTAMP", json!({ "Timestamp": "2030-01-01T00:00:00Z" })),
    );
    assert_eq!(name, "SerializationException");
    assert_eq!(message, "STRING_VALUE cannot be converted to Date");
}

#[test]
fn a_page_of_records_ends_at_a_megabyte_or_a_thousand() {
    let mut engine = Engine::with(&[&table("Example", Some("NEW_IMAGE"))]);
    let stream = arn(&mut engine, "Example");
    for id in 0..1_001 {
        put(&mut engine, "Example", &json!({ "Id": { "N": id.to_string() } }));
    }
    let count = |page: &Value| page["Records"].as_array().unwrap().len();
    let start = iterator(&mut engine, &stream, &json!({ "ShardIteratorType": "TRIM_HORIZON" }));
    assert_eq!(count(&records(&mut engine, &start)), 1_000);
    let latest = iterator(&mut engine, &stream, &json!({ "ShardIteratorType": "LATEST" }));
    let body = "x".repeat(300_000);
    for id in 0..5 {
        put(
            &mut engine,
            "Example",
            &json!({ "Id": { "N": id.to_string() }, "body": { "S": body } }),
        );
    }
    let page = records(&mut engine, &latest);
    assert_eq!(count(&page), 3);
    let next = page["NextShardIterator"].as_str().unwrap().to_owned();
    assert_eq!(count(&records(&mut engine, &next)), 2);
}
