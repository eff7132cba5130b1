//! Consumed capacity, as AWS was seen to charge it.

use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

/// Keys pk, sk; a local index on `l` and a global one on `g`, both of keys and `x`; a global one of everything on `g`.
pub const INDEXED: &str = r#"{"TableName":"indexed","AttributeDefinitions":[
        {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
        {"AttributeName":"l","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
    "LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]}}],
    "GlobalSecondaryIndexes":[
        {"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]}},
        {"IndexName":"all","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}],
    "BillingMode":"PAY_PER_REQUEST"}"#;

fn put(engine: &mut Engine, item: Value) -> Value {
    let body = json!({"TableName": "indexed", "Item": item, "ReturnConsumedCapacity": "INDEXES"});
    engine.ok(PutItem, &body.to_string())["ConsumedCapacity"].clone()
}

/// Shortened: total, table, local arms, global arms.
fn arms(consumed: &Value) -> (f64, f64, Value, Value) {
    let units = |value: &Value| value["CapacityUnits"].as_f64().unwrap();
    let map = |name: &str| match consumed.get(name) {
        None => Value::Null,
        Some(arms) => arms
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, arm)| (name.clone(), json!(units(arm))))
            .collect(),
    };
    (
        units(consumed),
        units(&consumed["Table"]),
        map("LocalSecondaryIndexes"),
        map("GlobalSecondaryIndexes"),
    )
}

fn big(bytes: usize) -> Value {
    json!({"S": "v".repeat(bytes)})
}

#[test]
fn index_arms_follow_the_entry_and_not_the_item() {
    let mut engine = Engine::with(&[INDEXED]);
    let key = json!({"pk": {"S": "a"}, "sk": {"N": "1"}});
    let with = |more: Value| {
        let mut item = key.clone();
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let absent = Value::Null;
    assert_eq!(
        arms(&put(&mut engine, with(json!({})))),
        (1.0, 1.0, absent.clone(), absent.clone()),
        "sparse"
    );
    assert_eq!(
        arms(&put(
            &mut engine,
            with(json!({"l": {"S": "1"}, "g": {"S": "1"}, "big": big(3000)}))
        )),
        (8.0, 3.0, json!({"lsi": 1.0}), json!({"all": 3.0, "gsi": 1.0})),
        "entries appear, each with its own size"
    );
    assert_eq!(
        arms(&put(
            &mut engine,
            with(json!({"l": {"S": "1"}, "g": {"S": "1"}, "big": big(2000)}))
        )),
        (6.0, 3.0, absent.clone(), json!({"all": 3.0})),
        "what is not projected does not change an entry; a change in place costs the larger"
    );
    assert_eq!(
        arms(&put(
            &mut engine,
            with(json!({"l": {"S": "2"}, "g": {"S": "1"}, "x": {"N": "1"}}))
        )),
        (7.0, 2.0, json!({"lsi": 2.0}), json!({"all": 2.0, "gsi": 1.0})),
        "another key is a deletion and an insertion"
    );
    assert_eq!(
        arms(&put(
            &mut engine,
            with(json!({"l": {"S": "2"}, "g": {"S": "1"}, "x": {"N": "1"}}))
        )),
        (1.0, 1.0, absent.clone(), absent.clone()),
        "the same again changes no entry"
    );
    let deletion = json!({"TableName": "indexed", "Key": key, "ReturnConsumedCapacity": "INDEXES"}).to_string();
    assert_eq!(
        arms(&engine.ok(DeleteItem, &deletion)["ConsumedCapacity"]),
        (4.0, 1.0, json!({"lsi": 1.0}), json!({"all": 1.0, "gsi": 1.0}))
    );
    assert_eq!(
        arms(&engine.ok(DeleteItem, &deletion)["ConsumedCapacity"]),
        (1.0, 1.0, absent.clone(), absent),
        "nothing was there"
    );
}

#[test]
fn a_set_in_another_order_is_no_change() {
    let mut engine = Engine::with(&[INDEXED]);
    let item = |x: Value| json!({"pk": {"S": "a"}, "sk": {"N": "1"}, "g": {"S": "1"}, "x": x});
    put(&mut engine, item(json!({"SS": ["a", "b"]})));
    assert_eq!(
        arms(&put(&mut engine, item(json!({"SS": ["b", "a"]})))),
        (1.0, 1.0, Value::Null, Value::Null)
    );
}

#[test]
fn reads_round_items_one_by_one_and_pages_once() {
    let mut engine = Engine::with(&[INDEXED]);
    for sk in 0..3 {
        put(
            &mut engine,
            json!({"pk": {"S": "a"}, "sk": {"N": sk.to_string()}, "l": {"S": "l"}, "big": big(1500)}),
        );
    }
    let get = |consistent: bool, sk: usize| {
        json!({"TableName": "indexed", "Key": {"pk": {"S": "a"}, "sk": {"N": sk.to_string()}}, "ConsistentRead": consistent,
            "ReturnConsumedCapacity": "TOTAL"})
        .to_string()
    };
    let total = |answer: Value| answer["ConsumedCapacity"]["CapacityUnits"].as_f64().unwrap();
    assert_eq!(total(engine.ok(GetItem, &get(true, 0))), 1.0);
    assert_eq!(total(engine.ok(GetItem, &get(false, 0))), 0.5);
    assert_eq!(
        total(engine.ok(GetItem, &get(false, 9))),
        0.5,
        "missing items cost a step"
    );
    let query = |more: &str| {
        format!(
            r#"{{"TableName":"indexed","KeyConditionExpression":"pk = :a","ExpressionAttributeValues":{{":a":{{"S":"a"}}}},
                "ConsistentRead":true,"ReturnConsumedCapacity":"INDEXES"{more}}}"#
        )
    };
    // Three items of about 1,520 bytes: 4,560 bytes in two steps.
    assert_eq!(
        arms(&engine.ok(Query, &query(""))["ConsumedCapacity"]),
        (2.0, 2.0, Value::Null, Value::Null)
    );
    assert_eq!(
        arms(&engine.ok(Query, &query(r#","Select":"COUNT""#))["ConsumedCapacity"]).0,
        2.0
    );
    assert_eq!(
        arms(&engine.ok(Query, &query(r#","IndexName":"lsi""#))["ConsumedCapacity"]),
        (1.0, 0.0, json!({"lsi": 1.0}), Value::Null)
    );
    assert_eq!(
        arms(&engine.ok(Query, &query(r#","IndexName":"lsi","Select":"ALL_ATTRIBUTES""#))["ConsumedCapacity"]),
        (4.0, 3.0, json!({"lsi": 1.0}), Value::Null),
        "each base item is fetched and rounded by itself"
    );
}

#[test]
fn a_batch_is_charged_by_table() {
    let mut engine = Engine::with(&[INDEXED, super::tables::PLAIN]);
    let written = engine.ok(
        BatchWriteItem,
        r#"{"RequestItems":{"plain":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},{"PutRequest":{"Item":{"pk":{"S":"b"}}}}],
            "indexed":[{"DeleteRequest":{"Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}]},"ReturnConsumedCapacity":"TOTAL"}"#,
    );
    assert_eq!(
        written,
        json!({"UnprocessedItems": {}, "ConsumedCapacity": [
            {"TableName": "plain", "CapacityUnits": 2.0}, {"TableName": "indexed", "CapacityUnits": 1.0}]})
    );
    let read = engine.ok(
        BatchGetItem,
        r#"{"RequestItems":{"plain":{"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"zz"}}],"ConsistentRead":true}},"ReturnConsumedCapacity":"INDEXES"}"#,
    );
    assert_eq!(
        read,
        json!({"Responses": {"plain": [{"pk": {"S": "a"}}]}, "UnprocessedKeys": {}, "ConsumedCapacity": [
            {"TableName": "plain", "CapacityUnits": 2.0, "Table": {"CapacityUnits": 2.0}}]})
    );
}
