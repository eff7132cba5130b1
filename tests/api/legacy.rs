//! The parameters that expressions have replaced.

use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

fn sample() -> Engine {
    let mut engine = Engine::with(&[PLAIN, super::capacity::INDEXED]);
    for item in [
        json!({"pk": {"S": "a"}, "n": {"N": "5"}, "s": {"S": "hello"}, "tags": {"SS": ["x", "y"]}}),
        json!({"pk": {"S": "b"}, "n": {"N": "50"}, "l": {"L": [{"N": "1"}]}}),
        json!({"pk": {"S": "c"}}),
    ] {
        engine.ok(PutItem, &json!({"TableName": "plain", "Item": item}).to_string());
    }
    engine
}

/// Partition keys of what a ScanFilter lets through, sorted.
fn scanned(engine: &mut Engine, filter: Value, operator: Option<&str>) -> Vec<String> {
    let mut body = json!({"TableName": "plain", "ScanFilter": filter, "ConsistentRead": true});
    if let Some(operator) = operator {
        body["ConditionalOperator"] = json!(operator);
    }
    let answer = engine.ok(Scan, &body.to_string());
    let mut keys: Vec<String> = answer["Items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["pk"]["S"].as_str().unwrap().to_owned())
        .collect();
    keys.sort();
    keys
}

#[test]
fn each_comparison_filters_as_its_expression_would() {
    let mut engine = sample();
    let with = |operator: &str, values: Value| json!({"ComparisonOperator": operator, "AttributeValueList": values});
    let cases = [
        ("n", with("EQ", json!([{"N": "5.0"}])), "a"),
        ("n", with("NE", json!([{"N": "5"}])), "bc"),
        ("n", with("LT", json!([{"N": "6"}])), "a"),
        ("n", with("LE", json!([{"N": "50"}])), "ab"),
        ("n", with("GT", json!([{"N": "5"}])), "b"),
        ("n", with("GE", json!([{"N": "5"}])), "ab"),
        ("n", with("BETWEEN", json!([{"N": "4"}, {"N": "6"}])), "a"),
        ("n", with("IN", json!([{"N": "50"}, {"N": "7"}])), "b"),
        ("s", with("BEGINS_WITH", json!([{"S": "he"}])), "a"),
        ("s", with("CONTAINS", json!([{"S": "ell"}])), "a"),
        ("tags", with("CONTAINS", json!([{"S": "x"}])), "a"),
        ("tags", with("NOT_CONTAINS", json!([{"S": "x"}])), ""),
        ("tags", with("NOT_CONTAINS", json!([{"S": "z"}])), "a"),
        ("n", json!({"ComparisonOperator": "NULL"}), "c"),
        ("n", json!({"ComparisonOperator": "NOT_NULL"}), "ab"),
    ];
    for (attribute, condition, expected) in cases {
        let found = scanned(&mut engine, json!({attribute: condition}), None).concat();
        assert_eq!(found, expected, "{attribute} {condition}");
    }
    let two = json!({"n": with("EQ", json!([{"N": "5"}])), "l": {"ComparisonOperator": "NOT_NULL"}});
    assert_eq!(scanned(&mut engine, two.clone(), None).concat(), "");
    assert_eq!(scanned(&mut engine, two, Some("OR")).concat(), "ab");
}

#[test]
fn names_that_expressions_would_refuse_are_plain_here() {
    let mut engine = sample();
    let item = json!({"pk": {"S": "d"}, "name": {"S": "x"}, "a.b": {"N": "1"}, "#x": {"N": "1"}});
    engine.ok(PutItem, &json!({"TableName": "plain", "Item": item}).to_string());
    for (attribute, value) in [
        ("name", json!({"S": "x"})),
        ("a.b", json!({"N": "1"})),
        ("#x", json!({"N": "1"})),
    ] {
        let filter = json!({attribute: {"ComparisonOperator": "EQ", "AttributeValueList": [value]}});
        assert_eq!(scanned(&mut engine, filter, None).concat(), "d");
    }
    let got = engine.ok(
        GetItem,
        r##"{"TableName":"plain","Key":{"pk":{"S":"d"}},"AttributesToGet":["a.b","name","absent"],"ConsistentRead":true}"##,
    );
    assert_eq!(got, json!({"Item": {"a.b": {"N": "1"}, "name": {"S": "x"}}}));
}

#[test]
fn expected_guards_a_write() {
    let mut engine = sample();
    let put = |expected: Value| {
        json!({"TableName": "plain", "Item": {"pk": {"S": "a"}, "n": {"N": "5"}}, "Expected": expected}).to_string()
    };
    engine.ok(PutItem, &put(json!({"n": {"Value": {"N": "5"}}})));
    engine.ok(PutItem, &put(json!({"zz": {"Exists": false}})));
    engine.ok(
        PutItem,
        &put(json!({"n": {"ComparisonOperator": "LT", "Value": {"N": "6"}}})),
    );
    let failed = engine.refusal(PutItem, &put(json!({"n": {"Exists": false}})));
    assert_eq!(failed.0, "ConditionalCheckFailedException");
}

#[test]
fn attribute_updates_put_add_and_delete() {
    let mut engine = sample();
    let updated = engine.ok(
        UpdateItem,
        &json!({"TableName": "plain", "Key": {"pk": {"S": "a"}}, "ReturnValues": "ALL_NEW", "AttributeUpdates": {
            "n": {"Action": "ADD", "Value": {"N": "2"}},
            "new": {"Action": "ADD", "Value": {"N": "1"}},
            "s": {"Action": "DELETE"},
            "tags": {"Action": "DELETE", "Value": {"SS": ["x"]}},
            "size": {"Value": {"S": "reserved"}},
            "list": {"Action": "ADD", "Value": {"L": [{"N": "1"}]}}}})
        .to_string(),
    );
    assert_eq!(
        updated["Attributes"],
        json!({"pk": {"S": "a"}, "n": {"N": "7"}, "new": {"N": "1"}, "tags": {"SS": ["y"]}, "size": {"S": "reserved"},
            "list": {"L": [{"N": "1"}]}})
    );
    engine.invalid(
        UpdateItem,
        r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"AttributeUpdates":{"size":{"Action":"ADD","Value":{"N":"1"}}}}"#,
        "Type mismatch for attribute to update",
    );
}

#[test]
fn key_conditions_query() {
    let mut engine = sample();
    for sk in 0..5 {
        let item = json!({"pk": {"S": "a"}, "sk": {"N": sk.to_string()}, "x": {"N": (sk % 2).to_string()}});
        engine.ok(PutItem, &json!({"TableName": "indexed", "Item": item}).to_string());
    }
    let query = |keys: Value, filter: Option<Value>| {
        let mut body =
            json!({"TableName": "indexed", "KeyConditions": keys, "ConsistentRead": true, "AttributesToGet": ["sk"]});
        if let Some(filter) = filter {
            body["QueryFilter"] = filter;
        }
        body.to_string()
    };
    let pk = json!({"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]});
    let range = json!({"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "1"}, {"N": "3"}]});
    let odd = json!({"x": {"ComparisonOperator": "EQ", "AttributeValueList": [{"N": "1"}]}});
    let answer = engine.ok(Query, &query(json!({"pk": pk, "sk": range}), Some(odd)));
    assert_eq!(answer["Items"], json!([{"sk": {"N": "1"}}, {"sk": {"N": "3"}}]));
    assert_eq!(answer["ScannedCount"], 3);
}
