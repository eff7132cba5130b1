//! The key that a page starts behind.

use super::*;

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
fn a_page_behind_the_only_row() {
    refused(
        Query,
        r#""KeyConditionExpression":"pk = :a AND sk = :one","ExpressionAttributeValues":{":a":{"S":"a"},":one":{"N":"1"}},
            "ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"N":"1"}}"#,
        "The query can return at most one row and cannot be restarted",
    );
}
