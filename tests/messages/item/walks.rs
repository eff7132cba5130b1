//! What Query and Scan are asked for.

use super::*;

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
