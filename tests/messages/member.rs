//! Members that break their own constraint, as us-east-1 answers. Recorded in October 2026 unless said otherwise.

use super::{check, well_formed};
use snowglobe::request::Operation::{self, *};

pub(super) fn refused(operation: Operation, body: &str, message: &str) {
    check(operation, body, "ValidationException", Some(message));
}

const KEY: &str = r#""Key":{"pk":{"S":"a"}}"#;
const ITEM: &str = r#""Item":{"pk":{"S":"a"}}"#;

#[test]
fn an_empty_table_name_on_the_newer_layer_stands_alone() {
    let message = "1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1";
    let bodies = [
        (
            PutItem,
            format!(r#"{{"TableName":"",{ITEM},"ReturnValues":"INVALID"}}"#),
        ),
        (PutItem, r#"{"TableName":"","ReturnConsumedCapacity":"x"}"#.to_owned()),
        (
            UpdateItem,
            format!(r#"{{"TableName":"",{KEY},"ReturnValues":"INVALID"}}"#),
        ),
        (DeleteItem, format!(r#"{{"TableName":"",{KEY}}}"#)),
        (GetItem, format!(r#"{{"TableName":"",{KEY}}}"#)),
        (Query, r#"{"TableName":"","Limit":0}"#.to_owned()),
    ];
    for (operation, body) in bodies {
        refused(operation, &body, message);
    }
}

#[test]
fn a_missing_long_or_odd_table_name_stands_alone_in_the_older_form() {
    let constraint = "failed to satisfy constraint: Member must";
    let long = "x".repeat(256);
    for operation in [PutItem, UpdateItem, DeleteItem, GetItem] {
        let rest = format!(r#"{ITEM},{KEY},"ReturnValues":"x","ReturnConsumedCapacity":"x""#);
        refused(
            operation,
            &format!("{{{rest}}}"),
            &format!("1 validation error detected: Value null at 'tableName' {constraint} not be null"),
        );
        refused(
            operation,
            &format!(r#"{{"TableName":"{long}",{rest}}}"#),
            &format!(
                "1 validation error detected: Value '{long}' at 'tableName' {constraint} have length less than or equal to 255"
            ),
        );
        refused(
            operation,
            &format!(r#"{{"TableName":"a!",{rest}}}"#),
            &format!(
                "1 validation error detected: Value 'a!' at 'tableName' {constraint} satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
            ),
        );
    }
}

#[test]
fn an_arn_may_stand_for_a_table_name() {
    let arn = format!("arn:aws:dynamodb:us-east-1:000000000000:table/{}", "x".repeat(250));
    well_formed(GetItem, &format!(r#"{{"TableName":"{arn}",{KEY}}}"#));
    well_formed(DescribeTable, &format!(r#"{{"TableName":"{arn}"}}"#));
    well_formed(GetItem, &format!(r#"{{"TableName":"a",{KEY}}}"#));
    let long = format!("arn:aws:dynamodb:us-east-1:000000000000:table/{}", "x".repeat(1024));
    let bodies = [
        (GetItem, format!(r#"{{"TableName":"{long}",{KEY}}}"#)),
        (Scan, format!(r#"{{"TableName":"{long}"}}"#)),
        (DescribeTable, format!(r#"{{"TableName":"{long}"}}"#)),
    ];
    for (operation, body) in bodies {
        refused(
            operation,
            &body,
            &format!(
                "1 validation error detected: Value '{long}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 1024"
            ),
        );
    }
}

/// Single values are shown like those of an item.
#[test]
fn a_value_shows_its_datatype() {
    let parameter = r#"{"M":{"x":{"BOOL":true},"y":{"SS":["a","b"]}}}"#;
    let statements = vec![format!(r#"{{"Statement":"s","Parameters":[{parameter}]}}"#); 26].join(",");
    let inner = "x=AttributeValue(s=null, n=null, b=null, sS=null, nS=null, bS=null, m=null, l=null, nULL=null, bOOL=true), y=AttributeValue(s=null, n=null, b=null, sS=[a, b], nS=null, bS=null, m=null, l=null, nULL=null, bOOL=null)";
    let shown = format!(
        "BatchStatementRequest(statement=s, parameters=[AttributeValue(s=null, n=null, b=null, sS=null, nS=null, bS=null, m={{{inner}}}, l=null, nULL=null, bOOL=null)], consistentRead=null, returnValuesOnConditionCheckFailure=null)"
    );
    refused(
        BatchExecuteStatement,
        &format!(r#"{{"Statements":[{statements}]}}"#),
        &format!(
            "1 validation error detected: Value '[{}]' at 'statements' failed to satisfy constraint: Member must have length less than or equal to 25",
            vec![shown; 26].join(", ")
        ),
    );
}

#[test]
fn names_of_attributes_are_bounded_wherever_they_stand() {
    let long = "x".repeat(65_536);
    let listed = r#"{"ComparisonOperator":"NULL"}"#;
    let keys = "failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 65535]";
    let shown = "Condition(attributeValueList=null, comparisonOperator=NULL)";
    for (operation, member, path) in [
        (Query, "KeyConditions", "keyConditions"),
        (Query, "QueryFilter", "queryFilter"),
        (Scan, "ScanFilter", "scanFilter"),
    ] {
        refused(
            operation,
            &format!(r#"{{"TableName":"t","{member}":{{"{long}":{listed}}}}}"#),
            &format!("1 validation error detected: Value '{{{long}={shown}}}' at '{path}' {keys}"),
        );
    }
    refused(
        UpdateItem,
        &format!(r#"{{"TableName":"t",{KEY},"AttributeUpdates":{{"{long}":{{"Action":"DELETE"}}}}}}"#),
        &format!(
            "1 validation error detected: Value '{{{long}=AttributeValueUpdate(value=null, action=DELETE)}}' at 'attributeUpdates' {keys}"
        ),
    );
    refused(
        GetItem,
        &format!(r#"{{"TableName":"t",{KEY},"AttributesToGet":["a","{long}"]}}"#),
        &format!(
            "1 validation error detected: Value '{long}' at 'attributesToGet.2.member' failed to satisfy constraint: Member must have length less than or equal to 65535"
        ),
    );
}

#[test]
fn put_item_joins_its_enums_and_update_item_shows_one() {
    refused(
        PutItem,
        &format!(
            r#"{{"TableName":"t",{ITEM},"ReturnValues":"X","ReturnConsumedCapacity":"Y","ReturnItemCollectionMetrics":"Z"}}"#
        ),
        "3 validation errors detected: Value 'Y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'Z' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]; Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
    );
    for capacity in ["TOTAL", "BOGUS"] {
        refused(
            UpdateItem,
            &format!(r#"{{"TableName":"t",{KEY},"ReturnValues":"X","ReturnConsumedCapacity":"{capacity}"}}"#),
            "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
        );
    }
}

#[test]
fn update_item_without_a_key_answers_in_the_older_form() {
    refused(
        UpdateItem,
        r#"{"TableName":"","ReturnValues":"X","ReturnConsumedCapacity":"Y","ConditionalOperator":"XOR"}"#,
        "5 validation errors detected: Value 'Y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]; Value null at 'key' failed to satisfy constraint: Member must not be null",
    );
    refused(
        UpdateItem,
        r#"{"TableName":"","ReturnValues":"X"}"#,
        "3 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value null at 'key' failed to satisfy constraint: Member must not be null",
    );
}

/// A list of lists: a value of one level more than that.
fn deep(levels: usize) -> String {
    format!(r#"{}{{"S":"x"}}{}"#, r#"{"L":["#.repeat(levels), "]}".repeat(levels))
}

/// Requests with a very deep value in each place that holds values, without the bracket that ends them.
fn deep_requests() -> Vec<(Operation, String)> {
    let deep = deep(100);
    let members = [
        (PutItem, format!(r#""Item":{{"pk":{{"S":"a"}},"d":{deep}}}"#)),
        (
            PutItem,
            format!(r#"{ITEM},"ExpressionAttributeValues":{{":v":{deep}}}"#),
        ),
        (PutItem, format!(r#"{ITEM},"Expected":{{"a":{{"Value":{deep}}}}}"#)),
        (
            PutItem,
            format!(r#"{ITEM},"Expected":{{"a":{{"AttributeValueList":[{deep}],"ComparisonOperator":"EQ"}}}}"#),
        ),
        (UpdateItem, format!(r#""Key":{{"pk":{deep}}}"#)),
        (
            UpdateItem,
            format!(r#"{KEY},"ExpressionAttributeValues":{{":v":{deep}}}"#),
        ),
        (
            UpdateItem,
            format!(r#"{KEY},"AttributeUpdates":{{"a":{{"Value":{deep}}}}}"#),
        ),
        (DeleteItem, format!(r#""Key":{{"pk":{deep}}}"#)),
        (DeleteItem, format!(r#"{KEY},"Expected":{{"a":{{"Value":{deep}}}}}"#)),
    ];
    members
        .map(|(operation, members)| (operation, format!(r#"{{"TableName":"t",{members}"#)))
        .to_vec()
}

#[test]
fn a_very_deep_value_brings_the_older_form_back() {
    let values = "Value 'BOGUS' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]";
    let operator = "Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]";
    for (operation, request) in deep_requests() {
        refused(
            operation,
            &format!(r#"{request},"ReturnValues":"BOGUS"}}"#),
            &format!("1 validation error detected: {values}"),
        );
        refused(
            operation,
            &format!(r#"{request},"ConditionalOperator":"XOR","ReturnValues":"BOGUS"}}"#),
            &format!("2 validation errors detected: {values}; {operator}"),
        );
    }
    refused(
        UpdateItem,
        &format!(
            r#"{{"TableName":"t",{KEY},"ExpressionAttributeValues":{{":v":{}}},"ReturnValues":"BOGUS"}}"#,
            deep(40)
        ),
        "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
    );
}

/// As the regions answer that have not got the newer form of an empty name.
#[test]
fn put_item_in_the_older_form_has_the_table_name_behind_the_values_to_return() {
    refused(
        PutItem,
        &format!(
            r#"{{"TableName":"","Item":{{"d":{}}},"ReturnValues":"INVALID"}}"#,
            deep(100)
        ),
        "2 validation errors detected: Value 'INVALID' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
}

#[test]
fn an_unknown_conditional_operator_matters_where_it_joins_two_conditions() {
    let one = r#"{"a":{"AttributeValueList":[{"S":"x"}],"ComparisonOperator":"EQ"}}"#;
    let two = r#"{"a":{"AttributeValueList":[{"S":"x"}],"ComparisonOperator":"EQ"},"b":{"ComparisonOperator":"NULL"}}"#;
    let set = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";
    refused(
        Query,
        &format!(r#"{{"TableName":"t","QueryFilter":{two},"ConditionalOperator":"XOR","Select":"BOGUS"}}"#),
        set,
    );
    refused(
        PutItem,
        &format!(r#"{{"TableName":"t",{ITEM},"Expected":{two},"ConditionalOperator":"XOR"}}"#),
        &format!("1 validation error detected: {set}"),
    );
    let key = r#"{"pk":{"AttributeValueList":[{"S":"x"}],"ComparisonOperator":"EQ"}}"#;
    refused(
        Query,
        &format!(r#"{{"TableName":"t","KeyConditions":{key},"QueryFilter":{one},"ConditionalOperator":"XOR"}}"#),
        "ConditionalOperator can only be used when Filter or Expected has two or more elements",
    );
    refused(
        Scan,
        &format!(r#"{{"TableName":"t","ScanFilter":{one},"ConditionalOperator":"XOR"}}"#),
        "1 validation error detected: Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]",
    );
}

#[test]
fn limits_and_selects() {
    refused(
        Query,
        r#"{"TableName":"t","Limit":0}"#,
        "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
    refused(
        Scan,
        r#"{"TableName":"t","Limit":0}"#,
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
    refused(
        Query,
        r#"{"TableName":"t","Select":"ALL"}"#,
        "1 validation error detected: Value 'ALL' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
    );
    refused(
        ListTables,
        r#"{"Limit":101,"ExclusiveStartTableName":""}"#,
        "3 validation errors detected: Value '' at 'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'exclusiveStartTableName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
}

#[test]
fn create_table_joins_its_members_and_puts_global_indexes_first() {
    let index = |name: &str| {
        format!(
            r#"[{{"IndexName":"{name}","KeySchema":[{{"AttributeName":"a","KeyType":"HASH"}}],"Projection":{{"ProjectionType":"ALL"}}}}]"#
        )
    };
    let table = r#""TableName":"Movie","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#;
    refused(
        CreateTable,
        &format!(
            r#"{{{table},"LocalSecondaryIndexes":{},"GlobalSecondaryIndexes":{}}}"#,
            index("l1"),
            index("g1")
        ),
        "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value 'l1' at 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    );
    refused(
        CreateTable,
        r#"{"TableName":"Movie","AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"},{"AttributeName":"c","KeyType":"FOO"}]}"#,
        "2 validation errors detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=FOO)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2; Value 'FOO' at 'keySchema.3.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
    );
    refused(
        CreateTable,
        &format!(r#"{{{table},"BillingMode":"FREE","ProvisionedThroughput":{{"ReadCapacityUnits":0}}}}"#),
        "3 validation errors detected: Value null at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must not be null; Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1; Value 'FREE' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]",
    );
}

#[test]
fn table_names_on_the_control_plane() {
    let required = "The parameter 'TableName' is required but was not present in the request";
    let length = "TableName must be at least 3 characters long and at most 255 characters long";
    let pattern = |name: &str| {
        format!(
            "1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        )
    };
    for operation in [CreateTable, UpdateTable, DescribeTable, DeleteTable] {
        refused(operation, "{}", required);
        refused(operation, r#"{"TableName":"a;c"}"#, &pattern("a;c"));
    }
    for operation in [UpdateTable, DescribeTable, DeleteTable] {
        refused(operation, r#"{"TableName":"ab"}"#, length);
        refused(operation, r#"{"TableName":""}"#, length);
        refused(operation, &format!(r#"{{"TableName":"{}"}}"#, "x".repeat(256)), length);
    }
    refused(
        CreateTable,
        r#"{"TableName":"ab","BillingMode":"FREE"}"#,
        "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    );
}
