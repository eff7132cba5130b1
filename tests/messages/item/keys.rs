//! Keys: their shape, their sizes, and that they stay as they are.

use super::*;

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
        "One or more parameter values were invalid: Size limit exceeded for Index Key l Actual Size: 1025 bytes Max Size: 1024 bytes IndexName: lsi",
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
