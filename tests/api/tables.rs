//! CreateTable, UpdateTable, DescribeTable, DeleteTable, ListTables and the calls about the region.

use super::engine::Engine;
use serde_json::json;
use snowglobe::request::Operation::*;

pub const PLAIN: &str = r#"{"TableName":"plain","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}"#;

#[test]
fn a_plain_table_is_described_as_aws_does() {
    let mut engine = Engine::new();
    let made = engine.ok(CreateTable, PLAIN);
    let description = &made["TableDescription"];
    let id = description["TableId"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 36);
    assert_eq!(
        engine.ok(DescribeTable, r#"{"TableName":"plain"}"#),
        json!({"Table": {
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "TableName": "plain",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "TableStatus": "ACTIVE",
            "CreationDateTime": 1893456000,
            "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
            "TableSizeBytes": 0,
            "ItemCount": 0,
            "TableArn": "arn:aws:dynamodb:us-east-1:123456789012:table/plain",
            "TableId": id,
            "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime": 1893456000},
            "DeletionProtectionEnabled": false,
            "WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"},
        }})
    );
}

#[test]
fn everything_that_a_table_can_have_is_described() {
    let mut engine = Engine::new();
    engine.ok(
        CreateTable,
        r#"{"TableName":"full","AttributeDefinitions":[
            {"AttributeName":"c","AttributeType":"B"},{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"}],
        "LocalSecondaryIndexes":[{"IndexName":"local","KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"c","KeyType":"RANGE"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}],
        "GlobalSecondaryIndexes":[{"IndexName":"global","KeySchema":[
            {"AttributeName":"c","KeyType":"HASH"},{"AttributeName":"b","KeyType":"HASH"},{"AttributeName":"a","KeyType":"RANGE"}],
            "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["y","x"]},
            "ProvisionedThroughput":{"ReadCapacityUnits":3,"WriteCapacityUnits":4}}],
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6},
        "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
        "SSESpecification":{"Enabled":true,"SSEType":"KMS","KMSMasterKeyId":"1234abcd-12ab-34cd-56ef-1234567890ab"},
        "TableClass":"STANDARD_INFREQUENT_ACCESS","DeletionProtectionEnabled":true,"Tags":[{"Key":"k","Value":"v"}]}"#,
    );
    let described = engine.ok(DescribeTable, r#"{"TableName":"full"}"#);
    let table = &described["Table"];
    assert_eq!(table.get("BillingModeSummary"), None, "always was provisioned");
    let defined = |name, kind| json!({"AttributeName": name, "AttributeType": kind});
    assert_eq!(
        table["AttributeDefinitions"],
        json!([defined("a", "S"), defined("b", "N"), defined("c", "B")]),
        "by name"
    );
    assert_eq!(
        table["WarmThroughput"],
        json!({"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"})
    );
    assert_eq!(
        table["LocalSecondaryIndexes"],
        json!([{
            "IndexName": "local",
            "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}, {"AttributeName": "c", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
            "IndexSizeBytes": 0, "ItemCount": 0,
            "IndexArn": "arn:aws:dynamodb:us-east-1:123456789012:table/full/index/local",
        }])
    );
    assert_eq!(
        table["GlobalSecondaryIndexes"],
        json!([{
            "IndexName": "global",
            "KeySchema": [{"AttributeName": "c", "KeyType": "HASH"}, {"AttributeName": "b", "KeyType": "HASH"},
                {"AttributeName": "a", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y"]},
            "IndexStatus": "ACTIVE",
            "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
            "IndexSizeBytes": 0, "ItemCount": 0,
            "IndexArn": "arn:aws:dynamodb:us-east-1:123456789012:table/full/index/global",
            "WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"},
        }])
    );
    assert_eq!(
        table["StreamSpecification"],
        json!({"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    );
    assert_eq!(table["LatestStreamLabel"], "2030-01-01T00:00:00.000");
    assert_eq!(
        table["LatestStreamArn"],
        "arn:aws:dynamodb:us-east-1:123456789012:table/full/stream/2030-01-01T00:00:00.000"
    );
    assert_eq!(
        table["SSEDescription"],
        json!({"Status": "ENABLED", "SSEType": "KMS",
            "KMSMasterKeyArn": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"})
    );
    assert_eq!(
        table["TableClassSummary"],
        json!({"TableClass": "STANDARD_INFREQUENT_ACCESS"})
    );
    assert_eq!(table["DeletionProtectionEnabled"], true);
}

#[test]
fn deleting_answers_without_definitions_and_frees_the_name() {
    let mut engine = Engine::with(&[PLAIN]);
    let deleted = engine.ok(DeleteTable, r#"{"TableName":"plain"}"#);
    let description = &deleted["TableDescription"];
    assert_eq!(description["TableStatus"], "DELETING");
    assert_eq!(description.get("KeySchema"), None);
    assert_eq!(description.get("AttributeDefinitions"), None);
    assert_eq!(
        engine.refusal(DescribeTable, r#"{"TableName":"plain"}"#),
        (
            "ResourceNotFoundException",
            "Requested resource not found: Table: plain not found".to_owned()
        )
    );
    engine.ok(CreateTable, PLAIN);
}

#[test]
fn a_protected_table_is_deleted_only_once_protection_is_off() {
    let mut engine = Engine::with(&[PLAIN]);
    engine.ok(UpdateTable, r#"{"TableName":"plain","DeletionProtectionEnabled":true}"#);
    engine.invalid(
        DeleteTable,
        r#"{"TableName":"plain"}"#,
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
    engine.ok(
        UpdateTable,
        r#"{"TableName":"plain","DeletionProtectionEnabled":false}"#,
    );
    engine.ok(DeleteTable, r#"{"TableName":"plain"}"#);
}

#[test]
fn tables_are_listed_by_name_in_pages() {
    let tables: Vec<String> = ["ccc", "aaa", "bbb"].map(|name| PLAIN.replace("plain", name)).to_vec();
    let mut engine = Engine::with(&tables.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        engine.ok(ListTables, "{}"),
        json!({"TableNames": ["aaa", "bbb", "ccc"]})
    );
    assert_eq!(
        engine.ok(ListTables, r#"{"Limit":2}"#),
        json!({"TableNames": ["aaa", "bbb"], "LastEvaluatedTableName": "bbb"})
    );
    assert_eq!(
        engine.ok(ListTables, r#"{"Limit":2,"ExclusiveStartTableName":"bbb"}"#),
        json!({"TableNames": ["ccc"]})
    );
    // The name need not be a table's.
    assert_eq!(
        engine.ok(ListTables, r#"{"ExclusiveStartTableName":"bba"}"#),
        json!({"TableNames": ["bbb", "ccc"]})
    );
}

#[test]
fn limits_and_endpoints_are_the_regions() {
    let mut engine = Engine::new();
    assert_eq!(
        engine.ok(DescribeLimits, "{}"),
        json!({"AccountMaxReadCapacityUnits": 80000, "AccountMaxWriteCapacityUnits": 80000,
            "TableMaxReadCapacityUnits": 40000, "TableMaxWriteCapacityUnits": 40000})
    );
    assert_eq!(
        engine.ok(DescribeEndpoints, "{}"),
        json!({"Endpoints": [{"Address": "dynamodb.us-east-1.amazonaws.com", "CachePeriodInMinutes": 1440}]})
    );
}

#[test]
fn an_arn_names_the_table_and_comes_back_as_the_name() {
    let mut engine = Engine::with(&[PLAIN]);
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/plain";
    let described = engine.ok(DescribeTable, &format!(r#"{{"TableName":"{arn}"}}"#));
    assert_eq!(described["Table"]["TableName"], "plain");
    let put = engine.ok(
        PutItem,
        &format!(r#"{{"TableName":"{arn}","Item":{{"pk":{{"S":"a"}}}},"ReturnConsumedCapacity":"TOTAL"}}"#),
    );
    assert_eq!(put["ConsumedCapacity"], json!({"TableName": arn, "CapacityUnits": 1.0}));
}

#[test]
fn an_arn_names_the_table_to_make() {
    let mut engine = Engine::new();
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/plain";
    let made = engine.ok(CreateTable, &PLAIN.replace("\"plain\"", &format!("\"{arn}\"")));
    assert_eq!(made["TableDescription"]["TableName"], "plain");
    assert_eq!(made["TableDescription"]["TableArn"], arn);
    assert_eq!(engine.ok(ListTables, "{}"), json!({"TableNames": ["plain"]}));
    assert_eq!(
        engine.refusal(CreateTable, PLAIN),
        ("ResourceInUseException", "Table already exists: plain".to_owned())
    );
    // Nothing else that begins like an ARN is a name.
    for name in [
        "arn:aws:s3:::plain",
        "arn:aws:dynamodb:us-east-1:123456789012:table/ab",
        "arn:aws:dynamodb:us-east-1:123456789012:table/plain/index/gsi",
        "arn:",
    ] {
        engine.invalid(
            CreateTable,
            &PLAIN.replace("\"plain\"", &format!("\"{name}\"")),
            &format!(
                "1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
            ),
        );
    }
}
