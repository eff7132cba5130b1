//! Requests with two faults: which one is reported. The phases, in AWS's order: members, parameters that exclude each other and the
//! syntax of expressions, values, unused names and values, the table, keys and index keys and duplicates, sizes, the condition.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

#[path = "../api/engine.rs"]
#[allow(dead_code, reason = "each test crate uses its part")]
mod engine;
mod transactions;

use engine::Engine;
use snowglobe::request::Operation::{self, *};

const TABLE: &str = r#"{"TableName":"tab","AttributeDefinitions":[
        {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"g","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST",
    "GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]}"#;

/// The sentence that a call with several faults is refused with begins like that, the envelope aside.
fn wins(operation: Operation, body: &str, beginning: &str) {
    let mut engine = Engine::with(&[TABLE]);
    engine.ok(PutItem, r#"{"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}"#);
    let (_, message) = engine.refusal(operation, body);
    let sentence = message
        .strip_prefix("1 validation error detected: ")
        .unwrap_or(message.as_str());
    assert!(sentence.starts_with(beginning), "{operation:?} {body}: {message}");
}

/// A PutItem of the key and more members.
fn put(members: &str) -> String {
    format!(r#"{{"TableName":"tab","Item":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}}}},{members}}}"#)
}

#[test]
fn members_before_parameters() {
    wins(
        PutItem,
        &put(r#""ReturnConsumedCapacity":"X","Expected":{},"ConditionExpression":"a = = b""#),
        "Value 'X' at 'returnConsumedCapacity'",
    );
    wins(
        Query,
        r#"{"TableName":"tab","Limit":0,"KeyConditionExpression":"","AttributesToGet":["a"]}"#,
        "Value at 'Limit'",
    );
}

#[test]
fn parameters_before_syntax() {
    wins(
        PutItem,
        &put(r#""Expected":{},"ConditionExpression":"a = = b""#),
        "Can not use both expression and non-expression",
    );
    wins(
        PutItem,
        &put(r#""ReturnValues":"ALL_NEW","ConditionExpression":"a = = b""#),
        "ReturnValues can only be",
    );
    wins(
        Query,
        r##"{"TableName":"tab","AttributesToGet":["a"],"ProjectionExpression":"#"}"##,
        "Can not use both expression and non-expression",
    );
}

#[test]
fn syntax_before_values() {
    wins(
        PutItem,
        r#"{"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"x"}},"ConditionExpression":"a = = b"}"#,
        "Invalid ConditionExpression: Syntax error",
    );
    wins(
        PutItem,
        &put(r#""ConditionExpression":"a = = b","ExpressionAttributeValues":{":v":{"SS":[]}}"#),
        "Invalid ConditionExpression: Syntax error",
    );
    wins(
        DeleteItem,
        r#"{"TableName":"tab","Key":{"pk":{"N":"x"}},"ConditionExpression":"a = :undefined"}"#,
        "Invalid ConditionExpression: An expression attribute value used in expression is not defined",
    );
}

#[test]
fn an_earlier_expression_before_a_later_one() {
    let update = |update: &str, condition: &str| {
        format!(
            r#"{{"TableName":"tab","Key":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}}}},"UpdateExpression":"{update}","ConditionExpression":"{condition}"}}"#
        )
    };
    wins(
        UpdateItem,
        &update("SET a = :u", "b = :c"),
        "Invalid UpdateExpression: An expression attribute value",
    );
    wins(
        UpdateItem,
        &update("SET a = :u", "b = = c"),
        "Invalid UpdateExpression: An expression attribute value",
    );
    wins(
        UpdateItem,
        &update("SET = a", "b = = c"),
        "Invalid UpdateExpression: Syntax error",
    );
    wins(
        UpdateItem,
        &update("SET a = b", "b = :c"),
        "Invalid ConditionExpression: An expression attribute value",
    );
}

#[test]
fn values_before_what_nothing_uses() {
    wins(
        PutItem,
        r#"{"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"x"}},"ConditionExpression":"a = :v",
            "ExpressionAttributeValues":{":v":{"S":"a"},":unused":{"S":"a"}}}"#,
        "The parameter cannot be converted to a numeric value: x",
    );
}

#[test]
fn everything_of_the_request_before_the_table() {
    wins(
        PutItem,
        r#"{"TableName":"absent","Item":{"pk":{"S":"a"}},"ConditionExpression":"a = :v","ExpressionAttributeValues":{":v":{"S":"a"},":u":{"S":"a"}}}"#,
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}",
    );
    wins(
        Scan,
        r#"{"TableName":"absent","Segment":5,"TotalSegments":5}"#,
        "The Segment parameter is zero-based",
    );
    wins(
        Query,
        r#"{"TableName":"absent","KeyConditionExpression":"pk = :a OR sk = :a","ExpressionAttributeValues":{":a":{"S":"a"}}}"#,
        "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR",
    );
    wins(
        BatchGetItem,
        r#"{"RequestItems":{"absent":{"Keys":[{"pk":{"S":"a"}}]},"tab":{"Keys":[{"pk":{"N":"x"}}]}}}"#,
        "The parameter cannot be converted",
    );
}

#[test]
fn the_table_before_keys_and_keys_before_sizes() {
    wins(
        PutItem,
        r#"{"TableName":"absent","Item":{"pk":{"N":"1"}}}"#,
        "Requested resource not found",
    );
    let big = "x".repeat(410_000);
    wins(
        PutItem,
        &format!(r#"{{"TableName":"tab","Item":{{"pk":{{"S":""}},"sk":{{"N":"1"}},"v":{{"S":"{big}"}}}}}}"#),
        "One or more parameter values are not valid. The AttributeValue for a key attribute",
    );
    wins(
        PutItem,
        &format!(
            r#"{{"TableName":"tab","Item":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}},"g":{{"N":"1"}},"v":{{"S":"{big}"}}}}}}"#
        ),
        "One or more parameter values were invalid: Type mismatch for Index Key g",
    );
    wins(
        PutItem,
        r#"{"TableName":"tab","Item":{"pk":{"N":"1"},"sk":{"N":"1"},"g":{"N":"1"}}}"#,
        "One or more parameter values were invalid: Type mismatch for key pk",
    );
}

#[test]
fn a_table_before_its_indexes() {
    let capacity = r#"{"ReadCapacityUnits":1,"WriteCapacityUnits":1}"#;
    let create = r#"{"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}"#;
    for action in [
        r#""Delete":{"IndexName":"absent"}"#.to_owned(),
        format!(r#""Update":{{"IndexName":"absent","ProvisionedThroughput":{capacity}}}"#),
        format!(r#""Create":{create}"#),
    ] {
        let body = format!(r#"{{"TableName":"absent","GlobalSecondaryIndexUpdates":[{{{action}}}]}}"#);
        wins(
            UpdateTable,
            &body,
            "Requested resource not found: Table: absent not found",
        );
    }
    wins(
        UpdateTable,
        r#"{"TableName":"absent","VectorIndexUpdates":[{"Delete":{"IndexName":"absent"}}]}"#,
        "Requested resource not found: Table: absent not found",
    );
    wins(
        DescribeContributorInsights,
        r#"{"TableName":"absent","IndexName":"absent"}"#,
        "Requested resource not found: Table: absent not found",
    );
}

#[test]
fn sizes_before_the_condition() {
    let big = "x".repeat(410_000);
    for (operation, members) in [
        (
            PutItem,
            format!(
                r#""Item":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}},"v":{{"S":"{big}"}}}},"ConditionExpression":"attribute_not_exists(pk)""#
            ),
        ),
        (
            UpdateItem,
            format!(
                r#""Key":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}}}},"UpdateExpression":"SET v = :v","ExpressionAttributeValues":{{":v":{{"S":"{big}"}}}},"ConditionExpression":"attribute_not_exists(pk)""#
            ),
        ),
    ] {
        wins(operation, &format!(r#"{{"TableName":"tab",{members}}}"#), "Item size");
    }
}

#[test]
fn the_condition_before_what_an_update_cannot_do() {
    wins(
        UpdateItem,
        r#"{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"1"}},"UpdateExpression":"SET a = absent_one","ConditionExpression":"attribute_not_exists(pk)"}"#,
        "The conditional request failed",
    );
}

#[test]
fn in_a_query_the_index_the_key_the_starting_key_then_the_filter() {
    let query =
        |members: &str| format!(r#"{{"TableName":"tab","ExpressionAttributeValues":{{":a":{{"S":"a"}}}},{members}}}"#);
    wins(
        Query,
        &query(r#""IndexName":"nope","ConsistentRead":true,"KeyConditionExpression":"zz = :a""#),
        "The table does not have the specified index: nope",
    );
    wins(
        Query,
        &query(r#""IndexName":"gsi","ConsistentRead":true,"KeyConditionExpression":"zz = :a""#),
        "Consistent reads are not supported",
    );
    wins(
        Query,
        &query(r#""KeyConditionExpression":"zz = :a","ExclusiveStartKey":{"pk":{"S":"a"}}"#),
        "Query condition missed key schema element",
    );
    wins(
        Query,
        &query(
            r#""KeyConditionExpression":"pk = :a","FilterExpression":"pk = :a","ExclusiveStartKey":{"pk":{"S":"a"}}"#,
        ),
        "The provided starting key is invalid",
    );
    wins(
        Query,
        &query(
            r##""KeyConditionExpression":"pk = :a","Select":"SPECIFIC_ATTRIBUTES","ExpressionAttributeNames":{"#u":"u"}"##,
        ),
        "Value provided in ExpressionAttributeNames unused",
    );
}

#[test]
fn one_bad_member_refuses_a_whole_batch() {
    let mut engine = Engine::with(&[TABLE]);
    let good = r#"{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}}"#;
    let body = |bad: &str| format!(r#"{{"RequestItems":{{"tab":[{good},{bad}]}}}}"#);
    for bad in [
        r#"{"PutRequest":{"Item":{"pk":{"S":"a"}}}}"#,
        r#"{"DeleteRequest":{"Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}"#,
        r#"{"PutRequest":{"Item":{"pk":{"S":"b"},"sk":{"N":"1"},"g":{"S":""}}}}"#,
        r#"{}"#,
    ] {
        assert_eq!(engine.refusal(BatchWriteItem, &body(bad)).0, "ValidationException");
    }
    let scan = engine.ok(Scan, r#"{"TableName":"tab","ConsistentRead":true}"#);
    assert_eq!(scan["Count"], 0, "nothing was written");
}

/// A search with other members put over a plain one of an index that is not there.
fn search(members: &str) -> String {
    format!(r#"{{"TableName":"tab","IndexName":"absent","SearchVector":[{{"N":"1"}}],"TopK":1{members}}}"#)
}

#[test]
fn searches_are_judged_in_the_order_of_the_phases() {
    let comparator = r#","SearchConditionExpression":"g > :g","ExpressionAttributeValues":{":g":{"S":"x"}}"#;
    let no_table = search(comparator).replace(r#""tab""#, r#""none""#);
    // Members, expressions, the table, the index.
    wins(
        SearchVectors,
        &no_table.replace(r#""TopK":1"#, r#""TopK":0"#),
        "Value '0' at 'topK'",
    );
    wins(SearchVectors, &no_table, "Invalid SearchConditionExpression");
    wins(
        SearchVectors,
        &search("").replace(r#""tab""#, r#""none""#),
        "Requested resource not found",
    );
    wins(
        SearchVectors,
        &search(""),
        "The table does not have the specified index",
    );
}
