//! What SearchVectors refuses, as us-east-1 answers.

use super::check;
use super::vector::{VALIDATION, engine, refused};
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

fn search(members: Value) -> Value {
    let mut body = json!({"TableName": "t-1", "IndexName": "near", "SearchVector": [{"N": "1"}, {"N": "0"}, {"N": "0"}],
        "TopK": 5, "SearchConditionExpression": "tenant = :t", "ExpressionAttributeValues": {":t": {"S": "x"}}});
    let body_members = body.as_object_mut().unwrap();
    for (name, value) in members.as_object().unwrap() {
        match value {
            Value::Null => drop(body_members.remove(name)),
            value => drop(body_members.insert(name.clone(), value.clone())),
        }
    }
    body
}

#[test]
fn searches() {
    let refused = |members: Value, sentence: &str| refused(SearchVectors, &search(members), sentence);
    refused(
        json!({"TopK": 101}),
        "Provided TopK value '101' is out of valid range. The value must be between 1 and 100 inclusive",
    );
    refused(
        json!({"SearchConditionExpression": null, "ExpressionAttributeValues": null}),
        "SearchConditionExpression must be provided when SearchSchema has a HASH key",
    );
    refused(
        json!({"SearchConditionExpression": "tenant > :t"}),
        "Invalid SearchConditionExpression: Invalid comparator used in SearchConditionExpression",
    );
    refused(
        json!({"SearchVector": [{"N": "1"}, {"N": "2"}]}),
        "Input search vector dimension 2 does not match vector index dimension 3",
    );
    refused(
        json!({"SearchConditionExpression": "tenant = :t AND colour = :t"}),
        "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: colour",
    );
    for value in [
        json!({"S": "1"}),
        json!({"N": "1e39"}),
        json!({"N": "many"}),
        json!({"NULL": true}),
    ] {
        refused(
            json!({"SearchVector": [{"N": "1"}, value, {"N": "0"}]}),
            "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute",
        );
    }
    refused(
        json!({"IndexName": "absent"}),
        "The table does not have the specified index: absent",
    );
    refused(
        json!({"ExpressionAttributeValues": {":t": {"N": "1"}}}),
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    );
    refused(
        json!({"ExpressionAttributeNames": {"#unused": "id"}}),
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}",
    );
    refused(
        json!({"ProjectionExpression": "id, id"}),
        "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [id], path two: [id]",
    );
    assert_eq!(
        engine().refusal(SearchVectors, &search(json!({"TableName": "absent"})).to_string()),
        ("ResourceNotFoundException", "Requested resource not found".to_owned())
    );
}

#[test]
fn members_of_searches() {
    let refused = |body: &str, sentence: &str| check(SearchVectors, body, VALIDATION, Some(sentence));
    refused(
        &search(json!({"TopK": 0})).to_string(),
        "1 validation error detected: Value '0' at 'topK' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
    refused(
        &search(json!({"IndexName": "ix"})).to_string(),
        "1 validation error detected: Value 'ix' at 'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    );
    refused(
        &search(json!({"SearchVector": []})).to_string(),
        "1 validation error detected: Value '[]' at 'searchVector' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    let value = "AttributeValue(s=null, n=1, b=null, sS=null, nS=null, bS=null, m=null, l=null, nULL=null, bOOL=null)";
    refused(
        &search(json!({"SearchVector": vec![json!({"N": "1"}); 4097]})).to_string(),
        &format!(
            "1 validation error detected: Value '[{}]' at 'searchVector' failed to satisfy constraint: Member must have length less than or equal to 4096",
            vec![value; 4097].join(", ")
        ),
    );
}

/// They are missed at the end of the request, before any constraint is looked at.
#[test]
fn members_that_a_search_misses() {
    for (body, sentence) in [
        ("{}", "missing field `TableName` at line 1 column 2"),
        (
            r#"{"TableName":"t-1"}"#,
            "missing field `IndexName` at line 1 column 19",
        ),
        (
            r#"{"TableName":"t-1","IndexName":"i"}"#,
            "missing field `SearchVector` at line 1 column 35",
        ),
        (
            r#"{"TableName":"t-1","IndexName":"i","SearchVector":[]}"#,
            "missing field `TopK` at line 1 column 53",
        ),
        // A missing name comes before one that is too short.
        (
            r#"{"IndexName":"i","SearchVector":[],"TopK":1}"#,
            "missing field `TableName` at line 1 column 44",
        ),
        // Blanks and members that nobody knows count.
        (
            r#"{ "IndexName" : "i", "Stranger" : 1 }  "#,
            "missing field `TableName` at line 1 column 37",
        ),
        (
            "{\n\"IndexName\":\"i\"\n }\n",
            "missing field `TableName` at line 3 column 2",
        ),
    ] {
        check(SearchVectors, body, VALIDATION, Some(sentence));
    }
}

/// The reader of this operation's JSON is another one than the others'.
#[test]
fn nulls_are_no_absent_members_of_a_search() {
    let refused = |body: &str, sentence: &str| check(SearchVectors, body, "SerializationException", Some(sentence));
    refused(
        r#"{"TableName":null}"#,
        "invalid type: null, expected a string at line 1 column 17",
    );
    refused(
        "{\n\"TopK\": null}",
        "invalid type: null, expected i32 at line 2 column 12",
    );
    refused(
        r#"{"TableName":"t-1","SearchVector":null}"#,
        "invalid type: null, expected a sequence at line 1 column 38",
    );
    refused(
        r#"{"ProjectionExpression":null}"#,
        "invalid type: null, expected a string at line 1 column 28",
    );
}

/// Not recorded, but for the limit.
#[test]
fn an_answer_above_16_mb() {
    let mut engine = engine();
    let filler = "x".repeat(390_000);
    for number in 0..44 {
        let item = json!({"id": {"S": number.to_string()}, "filler": {"S": filler},
            "v": {"L": [{"N": "1"}, {"N": "0"}, {"N": number.to_string()}]}});
        engine.ok(PutItem, &json!({"TableName": "t-1", "Item": item}).to_string());
    }
    let search = |most: usize| {
        json!({"TableName": "t-1", "IndexName": "plain", "TopK": most,
            "SearchVector": [{"N": "1"}, {"N": "0"}, {"N": "0"}]})
    };
    let found = engine.ok(SearchVectors, &search(40).to_string());
    assert_eq!(found["SearchResults"].as_array().map(Vec::len), Some(40));
    engine.invalid(
        SearchVectors,
        &search(44).to_string(),
        "The response exceeds the maximum size of 16 MB",
    );
}
