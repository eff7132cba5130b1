//! The streams API, and the settings of tables that streams and expiring items are.

mod expiry;
mod iterators;
mod kinesis;

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
            "Requested resource not found: Shard does not exist".to_owned(),
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
        "Table does not have a stream to disable: Example",
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
        "Table already has an enabled stream: Example",
    );
}
