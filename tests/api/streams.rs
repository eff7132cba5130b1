//! The streams API, and the settings of tables that streams and expiring items are.

use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation;

fn table(name: &str, view: Option<&str>) -> String {
    let mut body = json!({ "TableName": name, "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "Id", "AttributeType": "N" }],
        "KeySchema": [{ "AttributeName": "Id", "KeyType": "HASH" }] });
    if let Some(view) = view {
        body["StreamSpecification"] = json!({ "StreamEnabled": true, "StreamViewType": view });
    }
    body.to_string()
}

fn arn(engine: &mut Engine, name: &str) -> String {
    let described = engine.ok(Operation::DescribeTable, &json!({ "TableName": name }).to_string());
    described["Table"]["LatestStreamArn"].as_str().unwrap().to_owned()
}

fn put(engine: &mut Engine, name: &str, item: &Value) {
    engine.ok(
        Operation::PutItem,
        &json!({ "TableName": name, "Item": item }).to_string(),
    );
}

fn shard(engine: &mut Engine, arn: &str) -> Value {
    let described = engine.ok(Operation::DescribeStream, &json!({ "StreamArn": arn }).to_string());
    described["StreamDescription"]["Shards"][0].clone()
}

fn iterator(engine: &mut Engine, arn: &str, starting: &Value) -> String {
    let mut body = json!({ "StreamArn": arn, "ShardId": shard(engine, arn)["ShardId"] });
    for (name, value) in starting.as_object().unwrap() {
        body[name] = value.clone();
    }
    let answer = engine.ok(Operation::GetShardIterator, &body.to_string());
    answer["ShardIterator"].as_str().unwrap().to_owned()
}

fn records(engine: &mut Engine, iterator: &str) -> Value {
    engine.ok(Operation::GetRecords, &json!({ "ShardIterator": iterator }).to_string())
}

/// The documented example, whose sizes are known: 26, 59 and 38 bytes.
#[test]
fn records_have_the_documented_shape() {
    let expected = [
        ("KEYS_ONLY", [None, None, None], [None, None, None], [5, 5, 5]),
        (
            "NEW_IMAGE",
            [Some("New item!"), Some("This item has changed"), None],
            [None, None, None],
            [26, 38, 5],
        ),
        (
            "OLD_IMAGE",
            [None, None, None],
            [None, Some("New item!"), Some("This item has changed")],
            [5, 26, 38],
        ),
        (
            "NEW_AND_OLD_IMAGES",
            [Some("New item!"), Some("This item has changed"), None],
            [None, Some("New item!"), Some("This item has changed")],
            [26, 59, 38],
        ),
    ];
    for (view, new, old, sizes) in expected {
        let mut engine = Engine::with(&[&table("Example", Some(view))]);
        let item = |message: &str| json!({ "Id": { "N": "101" }, "Message": { "S": message } });
        put(&mut engine, "Example", &item("New item!"));
        put(&mut engine, "Example", &item("New item!"));
        put(&mut engine, "Example", &item("This item has changed"));
        let key = json!({ "TableName": "Example", "Key": { "Id": { "N": "101" } } }).to_string();
        engine.ok(Operation::DeleteItem, &key);
        engine.ok(Operation::DeleteItem, &key);
        let arn = arn(&mut engine, "Example");
        let start = iterator(&mut engine, &arn, &json!({ "ShardIteratorType": "TRIM_HORIZON" }));
        let page = records(&mut engine, &start);
        let found = page["Records"].as_array().unwrap();
        assert_eq!(found.len(), 3, "a write that changes nothing leaves no record");
        let mut numbers = Vec::new();
        for (at, name) in ["INSERT", "MODIFY", "REMOVE"].into_iter().enumerate() {
            let mut change = json!({ "ApproximateCreationDateTime": 1_893_456_000, "Keys": { "Id": { "N": "101" } },
                "SequenceNumber": found[at]["dynamodb"]["SequenceNumber"], "SizeBytes": sizes[at], "StreamViewType": view });
            if let Some(message) = new[at] {
                change["NewImage"] = item(message);
            }
            if let Some(message) = old[at] {
                change["OldImage"] = item(message);
            }
            let record = json!({ "awsRegion": "us-east-1", "eventID": found[at]["eventID"], "eventName": name,
                "eventSource": "aws:dynamodb", "eventVersion": "1.1", "dynamodb": change });
            assert_eq!(found[at], record);
            assert_eq!(record["eventID"].as_str().unwrap().len(), 32);
            numbers.push(record["dynamodb"]["SequenceNumber"].as_str().unwrap().to_owned());
        }
        assert!(numbers.is_sorted() && numbers.iter().all(|number| number.len() >= 21));
        assert!(page["NextShardIterator"].is_string());
    }
}

#[test]
fn a_stream_is_described() {
    let mut engine = Engine::with(&[&table("Example", Some("KEYS_ONLY"))]);
    let arn = arn(&mut engine, "Example");
    assert_eq!(
        arn,
        "arn:aws:dynamodb:us-east-1:123456789012:table/Example/stream/2030-01-01T00:00:00.000"
    );
    let shard = shard(&mut engine, &arn);
    assert!(shard["ShardId"].as_str().unwrap().len() >= 28);
    assert!(shard["SequenceNumberRange"].get("EndingSequenceNumber").is_none());
    let described = engine.ok(Operation::DescribeStream, &json!({ "StreamArn": arn }).to_string());
    assert_eq!(
        described,
        json!({ "StreamDescription": { "StreamArn": arn, "StreamLabel": "2030-01-01T00:00:00.000",
            "StreamStatus": "ENABLED", "StreamViewType": "KEYS_ONLY", "CreationRequestDateTime": 1_893_456_000,
            "TableName": "Example", "KeySchema": [{ "AttributeName": "Id", "KeyType": "HASH" }], "Shards": [shard] } })
    );
}

#[test]
fn streams_are_listed_by_table_and_page() {
    let names = ["Aaa", "Bbb", "Ccc"];
    let mut engine = Engine::new();
    for name in names {
        engine.ok(Operation::CreateTable, &table(name, Some("KEYS_ONLY")));
    }
    let switch = |on: bool| {
        let mut specification = json!({ "StreamEnabled": on });
        if on {
            specification["StreamViewType"] = json!("NEW_IMAGE");
        }
        json!({ "TableName": "Bbb", "StreamSpecification": specification }).to_string()
    };
    let described = engine.ok(Operation::UpdateTable, &switch(false));
    assert!(described["TableDescription"].get("StreamSpecification").is_none());
    assert!(described["TableDescription"]["LatestStreamArn"].is_string());
    engine.ok(Operation::UpdateTable, &switch(true));
    let mut found = Vec::new();
    let mut start = Value::Null;
    loop {
        let body = json!({ "Limit": 1, "ExclusiveStartStreamArn": start }).to_string();
        let page = engine.ok(Operation::ListStreams, &body);
        let streams = page["Streams"].as_array().unwrap();
        assert_eq!(streams.len(), 1);
        found.push(streams[0]["TableName"].as_str().unwrap().to_owned());
        match page.get("LastEvaluatedStreamArn") {
            Some(last) => start = last.clone(),
            None => break,
        }
    }
    assert_eq!(found, ["Aaa", "Bbb", "Bbb", "Ccc"]);
    let one = engine.ok(Operation::ListStreams, r#"{"TableName":"Bbb"}"#);
    assert_eq!(one["Streams"].as_array().unwrap().len(), 2);
    let none = engine.ok(Operation::ListStreams, r#"{"TableName":"Absent"}"#);
    assert_eq!(none, json!({ "Streams": [] }));
}

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

#[test]
fn an_unchanged_item_in_another_order_leaves_no_record() {
    let mut engine = Engine::with(&[&table("Example", Some("KEYS_ONLY"))]);
    let stream = arn(&mut engine, "Example");
    let put_text = |engine: &mut Engine, item: &str| {
        engine.ok(
            Operation::PutItem,
            &format!(r#"{{"TableName":"Example","Item":{item}}}"#),
        );
    };
    put_text(&mut engine, r#"{"Id":{"N":"1"},"a":{"S":"x"},"b":{"SS":["p","q"]}}"#);
    put_text(&mut engine, r#"{"b":{"SS":["q","p"]},"a":{"S":"x"},"Id":{"N":"1.0"}}"#);
    engine.ok(
        Operation::UpdateItem,
        r#"{"TableName":"Example","Key":{"Id":{"N":"1"}},"UpdateExpression":"SET a = :x",
            "ExpressionAttributeValues":{":x":{"S":"x"}}}"#,
    );
    let start = iterator(&mut engine, &stream, &json!({ "ShardIteratorType": "TRIM_HORIZON" }));
    assert_eq!(records(&mut engine, &start)["Records"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_wrong_with_a_request_to_a_stream_is_said() {
    let mut engine = Engine::with(&[&table("Example", Some("KEYS_ONLY"))]);
    let stream = arn(&mut engine, "Example");
    put(&mut engine, "Example", &json!({ "Id": { "N": "1" } }));
    let shard = shard(&mut engine, &stream)["ShardId"].as_str().unwrap().to_owned();
    let absent = "arn:aws:dynamodb:us-east-1:123456789012:table/Example/stream/2030-01-01T00:00:00.001";
    for (operation, body, name, message) in [
        (
            Operation::DescribeStream,
            json!({ "StreamArn": absent }),
            "ResourceNotFoundException",
            format!("Requested resource not found: Stream: {absent} not found"),
        ),
        (
            Operation::GetShardIterator,
            json!({ "StreamArn": absent, "ShardId": shard, "ShardIteratorType": "LATEST" }),
            "ResourceNotFoundException",
            format!("Requested resource not found: Stream: {absent} not found"),
        ),
        (
            Operation::GetShardIterator,
            json!({ "StreamArn": stream, "ShardId": "shardId-00000001414562045508-2bac9cd2", "ShardIteratorType": "LATEST" }),
            "ResourceNotFoundException",
            format!(
                "Requested resource not found: Shard: shardId-00000001414562045508-2bac9cd2 in Stream: {stream} not found"
            ),
        ),
        (
            Operation::GetShardIterator,
            json!({ "StreamArn": stream, "ShardId": shard, "ShardIteratorType": "AT_SEQUENCE_NUMBER" }),
            "ValidationException",
            "One or more parameter values were invalid: Invalid SequenceNumber".to_owned(),
        ),
        (
            Operation::GetShardIterator,
            json!({ "StreamArn": stream, "ShardId": shard, "ShardIteratorType": "AFTER_SEQUENCE_NUMBER",
                "SequenceNumber": "000000000000000000001" }),
            "ValidationException",
            "One or more parameter values were invalid: Invalid SequenceNumber".to_owned(),
        ),
        (
            Operation::GetShardIterator,
            json!({ "StreamArn": stream, "ShardId": shard, "ShardIteratorType": "LATEST",
                "SequenceNumber": "100000000000000100000" }),
            "ValidationException",
            "One or more parameter values were invalid: SequenceNumber should not be passed for this iterator type"
                .to_owned(),
        ),
        (
            Operation::GetRecords,
            json!({ "ShardIterator": "nonsense" }),
            "ValidationException",
            "Invalid ShardIterator".to_owned(),
        ),
        (
            Operation::GetRecords,
            json!({ "ShardIterator": format!("{stream}|1|AAAA") }),
            "ValidationException",
            "Invalid ShardIterator".to_owned(),
        ),
        (
            Operation::DescribeStream,
            json!({ "StreamArn": stream, "ShardFilter": { "Type": "CHILD_SHARDS" } }),
            "ValidationException",
            "One or more parameter values were invalid: ShardFilter must contain Type and ShardId".to_owned(),
        ),
    ] {
        assert_eq!(engine.refusal(operation, &body.to_string()), (name, message), "{body}");
    }
}

#[test]
fn a_stream_is_enabled_and_disabled_once() {
    let mut engine = Engine::with(&[&table("Example", None)]);
    let update =
        |specification: Value| json!({ "TableName": "Example", "StreamSpecification": specification }).to_string();
    engine.invalid(
        Operation::UpdateTable,
        &update(json!({ "StreamEnabled": false })),
        "Table has no stream to disable: TableName: Example",
    );
    engine.invalid(
        Operation::UpdateTable,
        &update(json!({ "StreamEnabled": true })),
        "One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required",
    );
    engine.invalid(
        Operation::UpdateTable,
        &update(json!({ "StreamEnabled": false, "StreamViewType": "KEYS_ONLY" })),
        "One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified",
    );
    engine.ok(
        Operation::UpdateTable,
        &update(json!({ "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" })),
    );
    engine.invalid(
        Operation::UpdateTable,
        &update(json!({ "StreamEnabled": true, "StreamViewType": "NEW_IMAGE" })),
        "Table already has an enabled stream: TableName: Example",
    );
}

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
        "Table is not in a valid state to enable Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.",
    );
    let microseconds = body(json!({ "UpdateKinesisStreamingConfiguration": precision("MICROSECOND") }));
    engine.invalid(
        Operation::UpdateKinesisStreamingDestination,
        &microseconds,
        &format!("Table is not in a valid state to enable Kinesis Streaming Destination: No streaming destination with streamArn: {arn}"),
    );
    let enabled = engine.ok(Operation::EnableKinesisStreamingDestination, &body(json!({})));
    assert_eq!(
        enabled,
        json!({ "TableName": "Example", "StreamArn": arn, "DestinationStatus": "ENABLING",
            "EnableKinesisStreamingConfiguration": {} })
    );
    assert_eq!(
        described(&mut engine),
        json!([{ "StreamArn": arn, "DestinationStatus": "ACTIVE" }]),
        "a precision that nobody named is not shown"
    );
    // A table has one destination at a time.
    for stream in [arn, "arn:aws:kinesis:us-east-1:123456789012:stream/another"] {
        engine.invalid(
            Operation::EnableKinesisStreamingDestination,
            &json!({ "TableName": "Example", "StreamArn": stream }).to_string(),
            "Table is not in a valid state to enable Kinesis Streaming Destination: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.",
        );
    }
    let milliseconds = body(json!({ "UpdateKinesisStreamingConfiguration": precision("MILLISECOND") }));
    let (_, message) = engine.refusal(Operation::UpdateKinesisStreamingDestination, &milliseconds);
    assert!(message.starts_with("Invalid Request: Precision is already set to the desired value of MILLISECOND"));
    engine.invalid(
        Operation::UpdateKinesisStreamingDestination,
        &body(json!({})),
        "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
    );
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
    engine.invalid(
        Operation::UpdateKinesisStreamingDestination,
        &milliseconds,
        "Table is not in a valid state to enable Kinesis Streaming Destination: Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: Example, kdsArn: arn:aws:kinesis:us-east-1:123456789012:stream/changes",
    );
    engine.invalid(
        Operation::DisableKinesisStreamingDestination,
        &body(json!({ "EnableKinesisStreamingConfiguration": precision("MICROSECOND") })),
        "Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters",
    );
    let again = body(json!({ "EnableKinesisStreamingConfiguration": precision("MICROSECOND") }));
    let enabled = engine.ok(Operation::EnableKinesisStreamingDestination, &again);
    assert_eq!(enabled["EnableKinesisStreamingConfiguration"], precision("MICROSECOND"));
    engine.invalid(
        Operation::DisableKinesisStreamingDestination,
        &json!({ "TableName": "Example", "StreamArn": "not-an-arn" }).to_string(),
        "Table is not in a valid state to enable Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.",
    );
    let bad = body(json!({ "EnableKinesisStreamingConfiguration": precision("SECOND") }));
    engine.invalid(
        Operation::EnableKinesisStreamingDestination,
        &bad,
        "1 validation error detected: Value 'SECOND' at 'enableKinesisStreamingConfiguration.approximateCreationDateTimePrecision' failed to satisfy constraint: Member must satisfy enum value set: [MICROSECOND, MILLISECOND]",
    );
}
