//! Indexes that are not there, and attributes of their keys.

use super::*;

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
