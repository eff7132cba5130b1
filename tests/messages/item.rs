//! Items, keys and the parameters of calls on them. Recorded on AWS in October 2026 unless said otherwise; "Local" is DynamoDB
//! Local's wording, taken where AWS's was not recorded.

use super::engine::Engine;
use super::table::INDEXED;
use snowglobe::request::Operation::{self, *};

/// A call on the table `t` (keys pk: S and sk: N; lsi on l: S; gsi on g: S and gn: N) that is refused with that sentence.
fn refused(operation: Operation, members: &str, message: &str) {
    let mut engine = Engine::with(&[INDEXED]);
    engine.ok(
        PutItem,
        r#"{"TableName":"t-1","Item":{"pk":{"S":"a"},"sk":{"N":"1"},"s":{"S":"x"}}}"#,
    );
    engine.invalid(operation, &format!(r#"{{"TableName":"t-1",{members}}}"#), message);
}

const KEY: &str = r#""Key":{"pk":{"S":"a"},"sk":{"N":"1"}}"#;
const ITEM: &str = r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"}}"#;
const HASH: &str = r#""KeyConditionExpression":"pk = :a","ExpressionAttributeValues":{":a":{"S":"a"}}"#;
const GLOBAL: &str =
    r#""IndexName":"gsi","KeyConditionExpression":"g = :a","ExpressionAttributeValues":{":a":{"S":"a"}}"#;

#[test]
fn keys_of_another_shape() {
    const MISMATCH: &str = "The provided key element does not match the schema";
    for operation in [GetItem, UpdateItem, DeleteItem] {
        for key in [
            r#"{"pk":{"S":"a"}}"#,
            r#"{"pk":{"S":"a"},"sk":{"S":"1"}}"#,
            r#"{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"N":"1"}}"#,
            r#"{"pk":{"S":"a"},"x":{"N":"1"}}"#,
            r#"{}"#,
        ] {
            refused(operation, &format!(r#""Key":{key}"#), MISMATCH);
        }
    }
    refused(
        PutItem,
        r#""Item":{"sk":{"N":"1"}}"#,
        "One or more parameter values were invalid: Missing the key pk in the item",
    );
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"S":"1"}}"#,
        "One or more parameter values were invalid: Type mismatch for key sk expected: N actual: S",
    );
    refused(
        PutItem,
        r#""Item":{"pk":{"BOOL":true},"sk":{"N":"1"}}"#,
        "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: BOOL",
    );
    let mut engine = Engine::with(&[INDEXED]);
    for request in [
        r#"{"PutRequest":{"Item":{"pk":{"S":"a"}}}}"#,
        r#"{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"L":[]}}}}"#,
        r#"{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}"#,
    ] {
        engine.invalid(
            BatchWriteItem,
            &format!(r#"{{"RequestItems":{{"t-1":[{request}]}}}}"#),
            MISMATCH,
        );
    }
    engine.invalid(
        BatchGetItem,
        r#"{"RequestItems":{"t-1":{"Keys":[{"pk":{"S":"a"}}]}}}"#,
        MISMATCH,
    );
}

#[test]
fn empty_and_oversized_key_values() {
    const EMPTY: &str = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk";
    refused(PutItem, r#""Item":{"pk":{"S":""},"sk":{"N":"1"}}"#, EMPTY);
    refused(GetItem, r#""Key":{"pk":{"S":""},"sk":{"N":"1"}}"#, EMPTY);
    let long = "x".repeat(2049);
    // Long known.
    refused(
        PutItem,
        &format!(r#""Item":{{"pk":{{"S":"{long}"}},"sk":{{"N":"1"}}}}"#),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
    );
    refused(
        PutItem,
        &format!(
            r#""Item":{{"pk":{{"S":"a"}},"sk":{{"N":"1"}},"l":{{"S":"{}"}}}}"#,
            &long[..1025]
        ),
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
    );
}

#[test]
fn index_keys_on_writes() {
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"},"g":{"N":"1"}}"#,
        "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: gsi",
    );
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"},"g":{"S":""}}"#,
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: gsi, IndexKey: g",
    );
    refused(
        UpdateItem,
        &format!(r#"{KEY},"UpdateExpression":"SET g = :v","ExpressionAttributeValues":{{":v":{{"L":[]}}}}"#),
        "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: L IndexName: gsi",
    );
    refused(
        UpdateItem,
        &format!(r#"{KEY},"UpdateExpression":"SET g = :v","ExpressionAttributeValues":{{":v":{{"S":""}}}}"#),
        "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
    );
}

#[test]
fn updates_of_keys_and_return_values() {
    refused(
        UpdateItem,
        &format!(r#"{KEY},"UpdateExpression":"SET sk = :v","ExpressionAttributeValues":{{":v":{{"N":"2"}}}}"#),
        "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key",
    );
    for (operation, rest) in [(PutItem, ITEM), (DeleteItem, KEY)] {
        refused(
            operation,
            &format!(r#"{rest},"ReturnValues":"ALL_NEW""#),
            "1 validation error detected: ReturnValues can only be ALL_OLD or NONE",
        );
    }
}

#[test]
fn absent_tables_and_indexes() {
    let mut engine = Engine::with(&[INDEXED]);
    for (operation, members) in [(GetItem, KEY), (PutItem, ITEM), (Query, HASH), (Scan, r#""Limit":1"#)] {
        assert_eq!(
            engine.refusal(operation, &format!(r#"{{"TableName":"absent",{members}}}"#)),
            ("ResourceNotFoundException", "Requested resource not found".to_owned())
        );
    }
    refused(
        Scan,
        r#""IndexName":"nope""#,
        "The table does not have the specified index: nope",
    );
    refused(
        Query,
        &format!(r#"{GLOBAL},"ConsistentRead":true"#),
        "Consistent reads are not supported on global secondary indexes",
    );
}

#[test]
fn duplicates_in_a_batch() {
    const DUPLICATES: &str = "Provided list of item keys contains duplicates";
    let mut engine = Engine::with(&[INDEXED]);
    engine.invalid(
        BatchGetItem,
        r#"{"RequestItems":{"t-1":{"Keys":[{"pk":{"S":"a"},"sk":{"N":"1"}},{"sk":{"N":"1"},"pk":{"S":"a"}}]}}}"#,
        DUPLICATES,
    );
    engine.invalid(
        BatchWriteItem,
        &format!(r#"{{"RequestItems":{{"t-1":[{{"PutRequest":{{{ITEM}}}}},{{"DeleteRequest":{{{KEY}}}}}]}}}}"#),
        DUPLICATES,
    );
}

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

#[test]
fn key_conditions() {
    refused(
        Query,
        r#""Limit":1"#,
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
    );
    let query = |condition: &str, values: &str, sentence: &str| {
        refused(
            Query,
            &format!(r#""KeyConditionExpression":"{condition}","ExpressionAttributeValues":{{{values}}}"#),
            sentence,
        );
    };
    query(
        "sk = :s",
        r#"":s":{"N":"1"}"#,
        "Query condition missed key schema element: pk",
    );
    query("pk < :a", r#"":a":{"S":"a"}"#, "Query key condition not supported");
    query(
        "pk = :a AND sk = :s AND x = :s",
        r#"":a":{"S":"a"},":s":{"N":"1"}"#,
        "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
    );
    query(
        "pk = :a",
        r#"":a":{"N":"1"}"#,
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    );
    query(
        "pk = :a",
        r#"":a":{"S":""}"#,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
    );
    // Local.
    refused(
        Query,
        r#""IndexName":"gsi","KeyConditionExpression":"g = :a","ExpressionAttributeValues":{":a":{"S":""}}"#,
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: gsi, IndexKey: g",
    );
}

#[test]
fn what_to_select() {
    refused(
        Query,
        &format!(r#"{HASH},"Select":"SPECIFIC_ATTRIBUTES""#),
        "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
    refused(
        Scan,
        r#""Select":"SPECIFIC_ATTRIBUTES""#,
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
    for select in ["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"] {
        refused(
            Scan,
            &format!(r#""Select":"{select}","ProjectionExpression":"a""#),
            &format!("Cannot specify the ProjectionExpression when choosing to get {select}"),
        );
    }
    // Local.
    refused(
        Scan,
        r#""Select":"COUNT","AttributesToGet":["a"]"#,
        "Cannot specify the AttributesToGet when choosing to get only the Count",
    );
    refused(
        Scan,
        r#""Select":"ALL_PROJECTED_ATTRIBUTES""#,
        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
    );
    // Local, from here on.
    refused(
        Query,
        &format!(r#"{GLOBAL},"Select":"ALL_ATTRIBUTES""#),
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index gsi because its projection type is not ALL",
    );
    refused(
        Query,
        &format!(r#"{GLOBAL},"ProjectionExpression":"x, g, y""#),
        "One or more parameter values were invalid: Global secondary index gsi does not project [x, y]",
    );
    refused(
        Query,
        &format!(r#"{GLOBAL},"FilterExpression":"x = :a""#),
        "One or more parameter values were invalid: Secondary index gsi does not project one or more filter attributes: [x]",
    );
    refused(
        Query,
        &format!(r#"{HASH},"FilterExpression":"sk = :a""#),
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk",
    );
}

#[test]
fn starting_keys() {
    for key in [
        r#"{"pk":{"S":"a"}}"#,
        r#"{"pk":{"S":"a"},"sk":{"S":"1"}}"#,
        r#"{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"N":"1"}}"#,
    ] {
        refused(
            Query,
            &format!(r#"{HASH},"ExclusiveStartKey":{key}"#),
            "The provided starting key is invalid",
        );
        refused(
            Scan,
            &format!(r#""ExclusiveStartKey":{key}"#),
            "The provided starting key is invalid: The provided key element does not match the schema",
        );
    }
    refused(
        Scan,
        r#""IndexName":"gsi","ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"1"}}"#,
        "The provided starting key is invalid: The provided key element does not match the schema",
    );
    // Long known, from here on.
    refused(
        Query,
        &format!(r#"{HASH},"ExclusiveStartKey":{{"pk":{{"S":"b"}},"sk":{{"N":"1"}}}}"#),
        "The provided starting key is outside query boundaries based on provided conditions",
    );
    refused(
        Query,
        r#""KeyConditionExpression":"pk = :a AND sk < :s","ExpressionAttributeValues":{":a":{"S":"a"},":s":{"N":"5"}},
            "ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"9"}}"#,
        "The provided starting key does not match the range key predicate",
    );
}

#[test]
fn segments() {
    refused(
        Scan,
        r#""Segment":0"#,
        "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
    refused(
        Scan,
        r#""TotalSegments":5"#,
        "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
    refused(
        Scan,
        r#""Segment":5,"TotalSegments":5"#,
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5",
    );
    let start = r#""ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"1"}}"#;
    let mut engine = Engine::with(&[INDEXED]);
    let refusals = (0..4).filter_map(|segment| {
        let body = format!(r#"{{"TableName":"t-1","Segment":{segment},"TotalSegments":4,{start}}}"#);
        engine.call(Scan, &body).err().map(|error| (segment, error.message()))
    });
    let refusals: Vec<_> = refusals.collect();
    assert_eq!(refusals.len(), 3, "the key lies in one segment");
    for (segment, message) in refusals {
        let expected = format!(
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: 4 Segment: {segment}"
        );
        assert_eq!(message.as_deref(), Some(expected.as_str()));
    }
}

#[test]
fn values_are_worded_by_the_operations_layer() {
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"abc"}}"#,
        "1 validation error detected: The parameter cannot be converted to a numeric value: abc",
    );
    refused(
        GetItem,
        r#""Key":{"pk":{"S":"a"},"sk":{"N":"abc"}}"#,
        "The parameter cannot be converted to a numeric value: abc",
    );
    refused(
        Scan,
        r#""FilterExpression":"a = :v","ExpressionAttributeValues":{":v":{"N":"abc"}}"#,
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: abc for key :v",
    );
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"},"x":{}}"#,
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
    refused(
        UpdateItem,
        &format!(r#"{KEY},"UpdateExpression":"SET a = absent_one""#),
        "The provided expression refers to an attribute that does not exist in the item",
    );
}

#[test]
fn a_page_behind_the_only_row() {
    refused(
        Query,
        r#""KeyConditionExpression":"pk = :a AND sk = :one","ExpressionAttributeValues":{":a":{"S":"a"},":one":{"N":"1"}},
            "ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"1"}}"#,
        "The query can return at most one row and cannot be restarted",
    );
}
