//! Bodies that are no requests, to every operation that is supported, those to come among them: each is answered by a refusal
//! that can be read, or taken, and the region goes on.

use super::service::{Response, Service};
use serde_json::{Value, json};
use snowglobe::request::Operation;

fn supported() -> impl Iterator<Item = Operation> {
    Operation::ALL
        .iter()
        .copied()
        .filter(|operation| operation.is_supported())
}

/// The response is an answer or the service's own refusal.
fn judged(operation: Operation, what: &str, response: &Response) {
    let name = operation.name();
    assert!(
        matches!(response.status, 200 | 400),
        "{name} {what}: {}",
        response.status
    );
    if response.status == 400 {
        let body: Value = serde_json::from_str(&response.body).expect("a refusal is JSON");
        let kind = body["__type"].as_str().unwrap_or_default();
        assert!(kind.ends_with("Exception"), "{name} {what}: {body}");
    }
}

/// A table that most operations can find.
fn region() -> Service {
    let mut service = Service::new();
    let table = json!({
        "TableName": "Bad", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    });
    assert_eq!(service.post("CreateTable", table.to_string().as_bytes()).status, 200);
    service
}

#[test]
fn no_json_is_a_serialization_exception() {
    let mut service = region();
    let bodies: [&[u8]; 14] = [
        b"{",
        b"[",
        b"nonsense",
        b"{\"TableName\"",
        b"{\"a\":1,}",
        b"{'a':1}",
        b"{\"a\":01}",
        b"{} x",
        b"{\"a\":\"\\x\"}",
        b"{\"a\":NaN}",
        b"[]",
        b"5",
        b"{\"TableName\":\"\xff\"}",
        b"{\"TableName\":\"\xed\xa0\x80\"}",
    ];
    for operation in supported() {
        for body in bodies {
            let response = service.call(operation, body);
            judged(operation, &String::from_utf8_lossy(body), &response);
            assert_eq!(
                response.status,
                400,
                "{} {}",
                operation.name(),
                String::from_utf8_lossy(body)
            );
        }
    }
}

/// Names of members that operations have, and values of every kind, whether or not they suit.
#[test]
fn members_of_every_other_type_are_survived() {
    const MEMBERS: [&str; 24] = [
        "TableName",
        "Item",
        "Key",
        "RequestItems",
        "TransactItems",
        "Statement",
        "Statements",
        "TransactStatements",
        "ExclusiveStartKey",
        "ExpressionAttributeValues",
        "ExpressionAttributeNames",
        "KeyConditions",
        "ScanFilter",
        "Expected",
        "AttributeUpdates",
        "Limit",
        "KeySchema",
        "AttributeDefinitions",
        "ResourceArn",
        "Tags",
        "StreamArn",
        "ShardIterator",
        "SearchVector",
        "TimeToLiveSpecification",
    ];
    let values = [
        json!(null),
        json!(5),
        json!(-1.5),
        json!(true),
        json!("text"),
        json!(""),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": null}),
        json!({"a": {"S": "a", "N": "1"}}),
        json!({"Bad": {"Keys": [{}]}}),
        json!({"Bad": [{}]}),
        json!([{}]),
        json!([{"Put": {}}]),
        json!(1e300),
        json!({"a": {"L": [{"M": {"": {"NULL": false}}}]}}),
    ];
    let mut service = region();
    for operation in supported().filter(|operation| *operation != Operation::DeleteTable) {
        for member in MEMBERS {
            for value in &values {
                let mut body = json!({"TableName": "Bad"});
                body[member] = value.clone();
                let text = body.to_string();
                let response = service.call(operation, text.as_bytes());
                judged(operation, &text, &response);
            }
        }
        let twice = br#"{"TableName":"Bad","TableName":"Bad","Key":{"id":{"S":"a"},"id":{"S":"b"}}}"#;
        judged(operation, "members twice", &service.call(operation, twice));
    }
    let put = json!({"TableName": "Bad", "Item": {"id": {"S": "alive"}}});
    assert_eq!(service.post("PutItem", put.to_string().as_bytes()).status, 200);
}

#[test]
fn deep_and_long_bodies_are_survived() {
    let mut service = region();
    let nested = |open: &str, close: &str, depth: usize| {
        format!(
            r#"{{"TableName":"Bad","Item":{}1{}}}"#,
            open.repeat(depth),
            close.repeat(depth)
        )
    };
    let bodies = [
        nested("[", "]", 20_000),
        nested(r#"{"a":{"M":"#, "}}", 5_000),
        "[".repeat(50_000),
        format!(r#"{{"TableName":"{}"}}"#, "x".repeat(200_000)),
        format!(r#"{{"Limit":{}}}"#, "9".repeat(5_000)),
        format!(r#"{{"Limit":1e{}}}"#, "9".repeat(50)),
    ];
    for operation in supported() {
        for body in &bodies {
            let response = service.call(operation, body.as_bytes());
            judged(operation, body.get(..60).unwrap_or_default(), &response);
        }
    }
}
