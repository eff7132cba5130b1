//! Vector indexes and searches. Recorded on AWS between August and October 2026.

use super::check;
use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation::{self, *};

pub(super) const VALIDATION: &str = "ValidationException";

pub(super) fn index(members: Value) -> Value {
    let mut index = json!({"IndexName": "near", "VectorAttribute": {"AttributeName": "v"}, "Dimensions": 3,
        "DistanceFunction": "COSINE", "Projection": {"ProjectionType": "ALL"},
        "SearchSchema": [{"AttributeName": "tenant", "SearchSchemaElementType": "HASH"}]});
    index
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    index
}

pub(super) fn table(indexes: Value, members: Value) -> Value {
    let mut table = json!({"TableName": "t-1", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "tenant", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "VectorIndexes": indexes});
    table
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    table
}

/// `near` with a partition key, `plain` without one.
pub(super) fn engine() -> Engine {
    let plain = index(json!({"IndexName": "plain", "SearchSchema": null}));
    Engine::with(&[&table(json!([index(json!({})), plain]), json!({})).to_string()])
}

pub(super) fn refused(operation: Operation, body: &Value, sentence: &str) {
    engine().invalid(operation, &body.to_string(), sentence);
}

#[test]
fn definitions() {
    let refused = |indexes: Value, members: Value, sentence: &str| {
        let sentence = format!("One or more parameter values were invalid: {sentence}");
        Engine::new().invalid(CreateTable, &table(indexes, members).to_string(), &sentence);
    };
    let provisioned = json!({"BillingMode": "PROVISIONED",
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}});
    refused(
        json!([index(json!({}))]),
        provisioned,
        "Vector indexes are only supported for PAY_PER_REQUEST tables",
    );
    // Names that no definition could have among them.
    for name in ["colour", "", "x".repeat(256).as_str()] {
        refused(
            json!([index(
                json!({"SearchSchema": [{"AttributeName": name, "SearchSchemaElementType": "INLINE_FILTER"}]})
            )]),
            json!({}),
            "One element in SearchSchema is not defined in attribute definitions",
        );
    }
    refused(
        json!([index(json!({"Dimensions": 4097}))]),
        json!({}),
        "Number of dimensions must be between 1 and 4096 inclusive.",
    );
    let six: Vec<Value> = (0..6)
        .map(|at| index(json!({"IndexName": format!("index-{at}")})))
        .collect();
    refused(
        json!(six),
        json!({}),
        "VectorIndex count exceeds the per-table limit of 5",
    );
    refused(
        json!([index(json!({})), index(json!({"IndexName": "other", "Dimensions": 4}))]),
        json!({}),
        "Conflicting attribute definition for 'v'. All VectorIndexes on the same vector attribute must use the same dimensions.",
    );
    refused(
        json!([index(json!({})), index(json!({}))]),
        json!({}),
        "Duplicate index name: near",
    );
    let global = json!([{"IndexName": "near", "KeySchema": [{"AttributeName": "tenant", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}}]);
    refused(
        json!([index(json!({}))]),
        json!({"GlobalSecondaryIndexes": global}),
        "Duplicate index name: near",
    );
}

/// The developer guide's quotas of a vector index; what AWS says about them is not recorded.
#[test]
fn search_attributes_are_counted() {
    let body = |hashes: usize, filters: usize| {
        let names = |kind: &'static str, count: usize| (0..count).map(move |at| (format!("{kind}{at}"), kind));
        let all: Vec<(String, &str)> = names("HASH", hashes).chain(names("INLINE_FILTER", filters)).collect();
        let schema: Vec<Value> = all
            .iter()
            .map(|(name, kind)| json!({"AttributeName": name, "SearchSchemaElementType": kind}))
            .collect();
        let mut definitions = vec![json!({"AttributeName": "id", "AttributeType": "S"})];
        definitions.extend(
            all.iter()
                .map(|(name, _)| json!({"AttributeName": name, "AttributeType": "N"})),
        );
        table(
            json!([index(json!({"SearchSchema": schema}))]),
            json!({"AttributeDefinitions": definitions}),
        )
    };
    Engine::with(&[&body(1, 18).to_string()]);
    for (hashes, filters, sentence) in [
        (2, 0, "HASH count in SearchSchema exceeds the per-index limit of 1"),
        (
            1,
            19,
            "INLINE_FILTER count in SearchSchema exceeds the per-index limit of 18",
        ),
    ] {
        let body = body(hashes, filters);
        let sentence = format!("One or more parameter values were invalid: {sentence}");
        Engine::new().invalid(CreateTable, &body.to_string(), &sentence);
        let create = json!({"TableName": "t-1", "AttributeDefinitions": body["AttributeDefinitions"],
            "VectorIndexUpdates": [{"Create": index(json!({"IndexName": "other",
                "SearchSchema": body["VectorIndexes"][0]["SearchSchema"]}))}]});
        refused(UpdateTable, &create, &sentence);
    }
}

#[test]
fn members_of_definitions() {
    let one = |path: &str, value: &str, constraint: &str| {
        format!(
            "1 validation error detected: Value '{value}' at 'vectorIndexes.1.member.{path}' failed to satisfy constraint: {constraint}"
        )
    };
    let refused = |members: Value, sentence: String| {
        let body = table(json!([index(members)]), json!({})).to_string();
        check(CreateTable, &body, VALIDATION, Some(&sentence));
    };
    refused(
        json!({"Dimensions": 0}),
        one("dimensions", "0", "Member must have value greater than or equal to 1"),
    );
    refused(
        json!({"IndexName": "ix"}),
        one("indexName", "ix", "Member must have length greater than or equal to 3"),
    );
    refused(
        json!({"DistanceFunction": "MANHATTAN"}),
        one(
            "distanceFunction",
            "MANHATTAN",
            "Member must satisfy enum value set: [COSINE, DOT_PRODUCT, EUCLIDEAN]",
        ),
    );
}

#[test]
fn changes() {
    let update = |updates: Value| json!({"TableName": "t-1", "VectorIndexUpdates": updates});
    let create = |members: Value| json!({"Create": index(members)});
    refused(
        UpdateTable,
        &update(json!([create(json!({}))])),
        "Attempting to create an index which already exists",
    );
    refused(
        UpdateTable,
        &update(json!([create(json!({"IndexName": "other", "Dimensions": 7}))])),
        "One or more parameter values were invalid: Conflicting attribute definition for 'v'. All VectorIndexes on the same vector attribute must use the same dimensions.",
    );
    refused(
        UpdateTable,
        &json!({"TableName": "t-1", "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}),
        "One or more parameter values were invalid: Vector indexes are only supported for PAY_PER_REQUEST tables",
    );
    let refusal = |body: Value| engine().refusal(UpdateTable, &body.to_string());
    assert_eq!(
        refusal(update(json!([{"Delete": {"IndexName": "absent"}}]))),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Index absent for table t-1".to_owned()
        )
    );
    let both = update(json!([create(json!({"IndexName": "third"})), {"Delete": {"IndexName": "near"}}]));
    assert_eq!(
        refusal(both),
        (
            "LimitExceededException",
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
                .to_owned()
        )
    );
}

#[test]
fn written_vectors() {
    let put = |members: Value| {
        let mut item = json!({"id": {"S": "a"}, "tenant": {"S": "x"}});
        item.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        json!({"TableName": "t-1", "Item": item})
    };
    let vector = |elements: Value| json!({"v": {"L": elements}});
    let cases = [
        (
            vector(json!([{"N": "1"}, {"N": "2"}])),
            "One or more parameter values were invalid. Invalid size for parameter v, Expected: 3, Actual: 2 IndexName: near",
        ),
        (
            vector(json!([{"N": "1"}, {"S": "2"}, {"N": "3"}])),
            "One or more parameter values were invalid. Invalid type for parameter v[1], Expected: 32-bit floating point number, Actual: S. IndexName: near",
        ),
        (
            vector(json!([{"N": "1"}, {"N": "2"}, {"N": "1e39"}])),
            "One or more parameter values were invalid. Invalid type for parameter v[2], Expected: 32-bit floating point number, Actual: N. IndexName: near",
        ),
        (
            json!({"v": {"S": "vector"}}),
            "One or more parameter values were invalid. Invalid type for parameter v, Expected: 32-bit floating point number list IndexName: near",
        ),
        (
            json!({"tenant": {"S": ""}}),
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: near, IndexKey: tenant",
        ),
        (
            json!({"tenant": {"N": "1"}}),
            "One or more parameter values were invalid: Type mismatch for Index Key tenant Expected: S Actual: N IndexName: near",
        ),
    ];
    for (members, sentence) in cases {
        refused(PutItem, &put(members.clone()), sentence);
        let batch = json!({"RequestItems": {"t-1": [{"PutRequest": {"Item": put(members)["Item"]}}]}});
        refused(BatchWriteItem, &batch, sentence);
    }
    refused(
        UpdateItem,
        &json!({"TableName": "t-1", "Key": {"id": {"S": "a"}}, "UpdateExpression": "SET v = :v",
            "ExpressionAttributeValues": {":v": {"L": [{"N": "1"}]}}}),
        "One or more parameter values were invalid. Invalid size for parameter v, Expected: 3, Actual: 1 IndexName: near",
    );
}

/// Not recorded: worded after their neighbours.
#[test]
fn lists_and_updates_that_say_nothing() {
    let of_table = "One or more parameter values were invalid: List of VectorIndexes is empty";
    Engine::new().invalid(CreateTable, &table(json!([]), json!({})).to_string(), of_table);
    let create = index(json!({"IndexName": "third"}));
    for update in [json!({}), json!({"Create": create, "Delete": {"IndexName": "near"}})] {
        refused(
            UpdateTable,
            &json!({"TableName": "t-1", "VectorIndexUpdates": [update]}),
            "One or more parameter values were invalid: One and only one of Create and Delete is required for a vector index update",
        );
    }
}
