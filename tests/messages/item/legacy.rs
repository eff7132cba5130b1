//! The parameters that expressions have replaced.

use super::*;

#[test]
fn expressions_and_what_they_replaced() {
    refused(
        GetItem,
        &format!(r#"{KEY},"AttributesToGet":["a"],"ProjectionExpression":"b""#),
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
    );
    refused(
        PutItem,
        &format!(r#"{ITEM},"Expected":{{}},"ConditionalOperator":"OR","ConditionExpression":"attribute_exists(pk)""#),
        "1 validation error detected: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected, ConditionalOperator} Expression parameters: {ConditionExpression}",
    );
    let mut engine = Engine::with(&[INDEXED]);
    engine.invalid(
        BatchGetItem,
        r#"{"RequestItems":{"t-1":{"Keys":[{"pk":{"S":"a"},"sk":{"N":"1"}}],"AttributesToGet":["a"]},
            "t-2":{"Keys":[{"pk":{"S":"a"}}],"ProjectionExpression":"b"}}}"#,
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
    );
    refused(
        PutItem,
        &format!(r##"{ITEM},"ExpressionAttributeNames":{{"#a":"a"}}"##),
        "1 validation error detected: ExpressionAttributeNames can only be specified when using expressions",
    );
    refused(
        PutItem,
        &format!(r#"{ITEM},"ExpressionAttributeValues":{{":a":{{"S":"a"}}}}"#),
        "1 validation error detected: ExpressionAttributeValues can only be specified when using expressions",
    );
    refused(
        Scan,
        r#""ExpressionAttributeValues":{":a":{"S":"a"}}"#,
        "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
    );
    // Long known.
    refused(
        GetItem,
        &format!(r#"{KEY},"AttributesToGet":["a","b","a"]"#),
        "One or more parameter values were invalid: Duplicate value in attribute name: a",
    );
}

#[test]
fn malformed_expected() {
    let cases = [
        (
            r#"{"Exists":true}"#,
            "Value must be provided when Exists is true for Attribute: a",
        ),
        (
            r#"{"Exists":false,"Value":{"S":"a"}}"#,
            "Value cannot be used when Exists is false for Attribute: a",
        ),
        (
            r#"{"Value":{"S":"a"},"AttributeValueList":[{"S":"a"}],"ComparisonOperator":"EQ"}"#,
            "Value and AttributeValueList cannot be used together for Attribute: a",
        ),
        (
            r#"{"ComparisonOperator":"LE"}"#,
            "Value or AttributeValueList must be used with ComparisonOperator: LE for Attribute: a",
        ),
        (
            r#"{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"S":"a"}]}"#,
            "Invalid number of argument(s) for the BETWEEN ComparisonOperator",
        ),
        // Local, from here on.
        (r#"{}"#, "Value must be provided when Exists is null for Attribute: a"),
        (
            r#"{"Exists":true,"ComparisonOperator":"NULL"}"#,
            "Exists and ComparisonOperator cannot be used together for Attribute: a",
        ),
        (
            r#"{"AttributeValueList":[{"S":"a"}]}"#,
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
        ),
        (
            r#"{"ComparisonOperator":"LT","Value":{"BOOL":true}}"#,
            "ComparisonOperator LT is not valid for BOOL AttributeValue type",
        ),
        (
            r#"{"ComparisonOperator":"IN","AttributeValueList":[{"S":"a"},{"N":"1"}]}"#,
            "AttributeValues inside AttributeValueList must be of same type",
        ),
    ];
    for (expected, sentence) in cases {
        refused(
            PutItem,
            &format!(r#"{ITEM},"Expected":{{"a":{expected}}}"#),
            &format!("1 validation error detected: One or more parameter values were invalid: {sentence}"),
        );
    }
}

#[test]
fn legacy_parameters_as_dynamodb_local_words_them() {
    refused(
        Scan,
        r#""ScanFilter":{"a":{"ComparisonOperator":"NULL"}},"ConditionalOperator":"OR""#,
        "ConditionalOperator can only be used when Filter or Expected has two or more elements",
    );
    refused(
        Scan,
        r#""ConditionalOperator":"OR""#,
        "ConditionalOperator cannot be used without Filter or Expected",
    );
    refused(
        Scan,
        r#""ScanFilter":{"a":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"S":"b"},{"S":"a"}]}}"#,
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    );
    let update = |update: &str, sentence: &str| {
        refused(
            UpdateItem,
            &format!(r#"{KEY},"AttributeUpdates":{{"s":{update}}}"#),
            sentence,
        );
    };
    update(
        r#"{"Action":"PUT"}"#,
        "1 validation error detected: One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified",
    );
    update(
        r#"{"Action":"ADD","Value":{"S":"a"}}"#,
        "1 validation error detected: One or more parameter values were invalid: ADD action is not supported for the type STRING",
    );
    update(
        r#"{"Action":"DELETE","Value":{"N":"1"}}"#,
        "1 validation error detected: One or more parameter values were invalid: DELETE action with value is not supported for the type NUMBER",
    );
    update(
        r#"{"Action":"ADD","Value":{"N":"1"}}"#,
        "Type mismatch for attribute to update",
    );
}
