//! Members of batches that break their own constraint, as us-east-1 answers. Recorded in October 2026 unless said otherwise.

use super::member::refused;
use super::{refusal, well_formed};
use snowglobe::request::Operation::*;

#[test]
fn batches_without_requests_or_with_too_many() {
    refused(
        BatchGetItem,
        r#"{"RequestItems":{}}"#,
        "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    refused(
        BatchGetItem,
        "{}",
        "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be null",
    );
    refused(
        BatchWriteItem,
        r#"{"RequestItems":{}}"#,
        "The requestItems parameter is required for BatchWriteItem",
    );
    let keys = |count: usize| vec![r#"{"pk":{"S":"a"}}"#; count].join(",");
    refused(
        BatchGetItem,
        &format!(r#"{{"RequestItems":{{"Movie":{{"Keys":[{}]}}}}}}"#, keys(101)),
        "1 validation error detected: Value at 'RequestItems.Movie.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    );
    refused(
        BatchGetItem,
        r#"{"RequestItems":{"Movie":{"Keys":[]}}}"#,
        "1 validation error detected: Value at 'RequestItems.Movie.member.Keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    refused(
        BatchWriteItem,
        r#"{"RequestItems":{"Movie":[]}}"#,
        "1 validation error detected: Value '{Movie=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]",
    );
    refused(
        BatchWriteItem,
        r#"{"RequestItems":{"Movie":[{"PutRequest":{}},{"DeleteRequest":{}}]}}"#,
        "2 validation errors detected: Value null at 'requestItems.Movie.member.1.member.putRequest.item' failed to satisfy constraint: Member must not be null; Value null at 'requestItems.Movie.member.2.member.deleteRequest.key' failed to satisfy constraint: Member must not be null",
    );
}

#[test]
fn batches_over_too_many_tables() {
    let tables = |count: usize, block: &str| {
        let blocks: Vec<String> = (0..count).map(|n| format!(r#""tab{n}":{block}"#)).collect();
        format!(r#"{{"RequestItems":{{{}}}}}"#, blocks.join(","))
    };
    let keys = r#"{"Keys":[{"pk":{"S":"a"}}]}"#;
    refused(
        BatchGetItem,
        &tables(101, keys),
        "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length less than or equal to 100",
    );
    well_formed(BatchGetItem, &tables(100, keys));
    let write = r#"[{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}]"#;
    let error = refusal(BatchWriteItem, &tables(26, write));
    let sentence = error.message().unwrap_or_default();
    assert!(
        sentence.starts_with("1 validation error detected: Value '{tab0=[WriteRequest(putRequest=null, ")
            && sentence.ends_with(
                "]}' at 'requestItems' failed to satisfy constraint: Member must have length less than or equal to 25"
            ),
        "{sentence}"
    );
    well_formed(BatchWriteItem, &tables(25, write));
}

#[test]
fn odd_table_names_in_batches() {
    let names = "failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
    refused(
        BatchGetItem,
        r#"{"RequestItems":{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}}"#,
        &format!(
            r#"1 validation error detected: Value '{{"bad!name":{{"Keys":[{{"pk":{{"S":"a"}}}}]}}}}' at 'requestItems' {names}"#
        ),
    );
    refused(
        BatchGetItem,
        r#"{"ReturnConsumedCapacity":"X","RequestItems":{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}}"#,
        &format!(
            r#"2 validation errors detected: Value '{{"bad!name":{{"Keys":[{{"pk":{{"S":"a"}}}}]}}}}' at 'requestItems' {names}; Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"#
        ),
    );
    let write = r#""RequestItems":{"bad!name":[{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}]}"#;
    refused(
        BatchWriteItem,
        &format!("{{{write}}}"),
        &format!(
            "1 validation error detected: Value '{{bad!name=[WriteRequest(putRequest=null, deleteRequest=DeleteRequest(key={{pk=AttributeValue(s=a, n=null, b=null, sS=null, nS=null, bS=null, m=null, l=null, nULL=null, bOOL=null)}}))]}}' at 'requestItems' {names}"
        ),
    );
    refused(
        BatchWriteItem,
        &format!(r#"{{{write},"ReturnItemCollectionMetrics":"X","ReturnConsumedCapacity":"Y"}}"#),
        "2 validation errors detected: Value 'Y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'X' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]",
    );
}
