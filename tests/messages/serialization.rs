//! Bodies that cannot be read: the sentences of the framework in front of the service, long known.

use super::{check, well_formed};
use snowglobe::request::Operation::{self, *};

fn refused(operation: Operation, body: &str, message: &str) {
    check(operation, body, "SerializationException", Some(message));
}

#[test]
fn a_body_that_is_no_json_has_no_sentence() {
    for body in [
        "",
        "   ",
        "{",
        "{\"TableName\"",
        "{\"TableName\":}",
        "{}{}",
        "{} x",
        "nope",
        "{\"TableName\":\"\\x\"}",
    ] {
        check(GetItem, body, "SerializationException", None);
    }
}

#[test]
fn a_body_that_is_no_object_is_an_unexpected_token() {
    for body in ["[]", "1", "\"a\"", "true", "null"] {
        refused(GetItem, body, "Unexpected token received from parser");
    }
}

#[test]
fn scalars_of_another_kind() {
    let cases = [
        (r#"{"TableName":1}"#, "NUMBER_VALUE cannot be converted to String"),
        (r#"{"TableName":1.5}"#, "DECIMAL_VALUE cannot be converted to String"),
        (r#"{"TableName":true}"#, "TRUE_VALUE cannot be converted to String"),
        (r#"{"TableName":false}"#, "FALSE_VALUE cannot be converted to String"),
        (
            r#"{"TableName":[]}"#,
            "Unrecognized collection type class java.lang.String",
        ),
        (
            r#"{"TableName":{}}"#,
            "Start of structure or map found where not expected",
        ),
        (
            r#"{"ConsistentRead":"true"}"#,
            "STRING_VALUE cannot be converted to Boolean",
        ),
        (r#"{"ConsistentRead":1}"#, "NUMBER_VALUE cannot be converted to Boolean"),
        (
            r#"{"ConsistentRead":[]}"#,
            "Unrecognized collection type class java.lang.Boolean",
        ),
        (r#"{"Limit":"1"}"#, "STRING_VALUE cannot be converted to Integer"),
        (r#"{"Limit":true}"#, "TRUE_VALUE cannot be converted to Integer"),
        (
            r#"{"Limit":[]}"#,
            "Unrecognized collection type class java.lang.Integer",
        ),
    ];
    for (body, message) in cases {
        refused(Query, body, message);
    }
    refused(
        CreateTable,
        r#"{"ProvisionedThroughput":{"ReadCapacityUnits":"1"}}"#,
        "STRING_VALUE cannot be converted to Long",
    );
}

#[test]
fn lists_maps_and_structures_of_another_kind() {
    let cases = [
        (Query, r#"{"AttributesToGet":"a"}"#, "Unexpected field type"),
        (
            Query,
            r#"{"AttributesToGet":{}}"#,
            "Start of structure or map found where not expected",
        ),
        (Query, r#"{"ExclusiveStartKey":"a"}"#, "Unexpected field type"),
        (
            Query,
            r#"{"ExclusiveStartKey":[]}"#,
            "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
        ),
        (
            Query,
            r#"{"KeyConditions":[]}"#,
            "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.Condition>",
        ),
        (
            Query,
            r#"{"ExpressionAttributeNames":[]}"#,
            "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>",
        ),
        (
            CreateTable,
            r#"{"ProvisionedThroughput":"a"}"#,
            "Unexpected value type in payload",
        ),
        (
            CreateTable,
            r#"{"ProvisionedThroughput":[]}"#,
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.ProvisionedThroughput",
        ),
        (PutItem, r#"{"Item":{"a":"b"}}"#, "Unexpected value type in payload"),
        (
            PutItem,
            r#"{"Item":{"a":[]}}"#,
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
        ),
        (
            PutItem,
            r#"{"Item":{"a":{"N":1}}}"#,
            "NUMBER_VALUE cannot be converted to String",
        ),
        (
            PutItem,
            r#"{"Item":{"a":{"NULL":"x"}}}"#,
            "STRING_VALUE cannot be converted to Boolean",
        ),
        (
            PutItem,
            r#"{"Item":{"a":{"L":[1]}}}"#,
            "Unexpected value type in payload",
        ),
        (
            PutItem,
            r#"{"Item":{"a":{"SS":[1]}}}"#,
            "NUMBER_VALUE cannot be converted to String",
        ),
        (PutItem, r#"{"Item":{"a":{"M":1}}}"#, "Unexpected field type"),
    ];
    for (operation, body, message) in cases {
        refused(operation, body, message);
    }
}

#[test]
fn binary_that_is_no_base64() {
    let only = "only base-64-encoded strings are convertible to bytes";
    let cases = [
        ("1", only.to_owned()),
        ("true", only.to_owned()),
        (
            "\"AAA\"",
            "Base64 encoded length is expected a multiple of 4 bytes but found: 3".to_owned(),
        ),
        ("\"+/+=\"", "Invalid last non-pad Base64 character dectected".to_owned()),
        ("\"=+/=\"", "Invalid last non-pad Base64 character dectected".to_owned()),
        ("\"a*b=\"", "Invalid Base64 character: '*'".to_owned()),
        (
            "[]",
            "Unrecognized collection type class java.nio.ByteBuffer".to_owned(),
        ),
    ];
    for (value, message) in cases {
        refused(PutItem, &format!(r#"{{"Item":{{"a":{{"B":{value}}}}}}}"#), &message);
        refused(PutItem, &format!(r#"{{"Item":{{"a":{{"BS":[{value}]}}}}}}"#), &message);
    }
}

#[test]
fn the_first_fault_in_the_document_is_the_one_reported() {
    refused(
        PutItem,
        r#"{"Item":{"a":{"S":1}},"TableName":false}"#,
        "NUMBER_VALUE cannot be converted to String",
    );
    refused(
        PutItem,
        r#"{"TableName":false,"Item":{"a":{"S":1}}"#,
        "FALSE_VALUE cannot be converted to String",
    );
}

#[test]
fn members_that_the_api_does_not_have_may_be_anything() {
    well_formed(DescribeTable, r#"{"Stranger":[{"TableName":1}],"TableName":"Movie"}"#);
}
