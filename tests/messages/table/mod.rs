//! Definitions of tables and changes to them. Long known on AWS unless said otherwise. "Observed", warm throughput, what goes
//! alone, changes of indexes, encryption, classes and the counts of indexes and attributes were recorded in October 2026 in us-east-1
//! and us-west-2.

mod capacity;
mod changes;
mod indexes;
mod keys;
mod settings;

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
