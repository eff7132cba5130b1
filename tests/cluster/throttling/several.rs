//! Requests of several parts: what is throttled of a batch comes back, what is throttled of a transaction cancels it.

use super::{TABLE_ARN, TABLE_SENTENCE, call, cancelled, expected, item, ok, on_demand, provisioned, put, told, with};
use serde_json::json;
use snowglobe::request::Operation::*;

#[test]
fn what_is_throttled_of_a_batch_comes_back() {
    let mut door = with(&provisioned(2, 3));
    let write = |number: usize| json!({"PutRequest": {"Item": item(&format!("k{number}"), 1)}});
    let writes = |numbers: std::ops::Range<usize>| json!({"RequestItems": {"Tab": numbers.map(write).collect::<Vec<_>>()}, "ReturnConsumedCapacity": "TOTAL"});
    let answer = ok(&mut door, BatchWriteItem, &writes(0..5));
    assert_eq!(answer["UnprocessedItems"], json!({"Tab": [write(3), write(4)]}));
    assert_eq!(
        answer["ConsumedCapacity"],
        json!([{"TableName": "Tab", "CapacityUnits": 3.0}])
    );
    assert_eq!(
        told(call(&mut door, BatchWriteItem, &writes(3..5))),
        expected(
            "ProvisionedThroughputExceededException",
            TABLE_SENTENCE,
            &[("TableWriteProvisionedThroughputExceeded", TABLE_ARN)]
        ),
        "all of it"
    );
    let key = |number: usize| json!({"pk": {"S": format!("k{number}")}});
    let reads = json!({"RequestItems": {"Tab": {"Keys": (0..4).map(key).collect::<Vec<_>>(), "ConsistentRead": true,
        "ProjectionExpression": "pk"}}, "ReturnConsumedCapacity": "TOTAL"});
    let answer = ok(&mut door, BatchGetItem, &reads);
    assert_eq!(answer["Responses"], json!({"Tab": [key(0), key(1)]}));
    assert_eq!(
        answer["UnprocessedKeys"],
        json!({"Tab": {"Keys": [key(2), key(3)], "ConsistentRead": true, "ProjectionExpression": "pk"}})
    );
    assert_eq!(
        answer["ConsumedCapacity"],
        json!([{"TableName": "Tab", "CapacityUnits": 2.0}])
    );
    assert_eq!(
        told(call(&mut door, BatchGetItem, &reads)).2,
        [(
            "TableReadProvisionedThroughputExceeded".to_owned(),
            TABLE_ARN.to_owned()
        )]
    );
}

#[test]
fn statements_of_a_batch_are_throttled_one_by_one() {
    let mut door = with(&provisioned(1, 2));
    let statement = |number: usize| json!({"Statement": format!("INSERT INTO Tab VALUE {{'pk': 'k{number}'}}")});
    let batch = json!({"Statements": (0..3).map(statement).collect::<Vec<_>>(), "ReturnConsumedCapacity": "TOTAL"});
    let answer = ok(&mut door, BatchExecuteStatement, &batch);
    let throttled =
        json!({"TableName": "Tab", "Error": {"Code": "ProvisionedThroughputExceeded", "Message": TABLE_SENTENCE}});
    assert_eq!(answer["Responses"][1], json!({"TableName": "Tab"}));
    assert_eq!(answer["Responses"][2], throttled);
    assert_eq!(
        answer["ConsumedCapacity"],
        json!([{"TableName": "Tab", "CapacityUnits": 2.0}])
    );
    let reads = json!({"Statements": [{"Statement": "SELECT * FROM Tab WHERE pk = 'k0'", "ConsistentRead": true},
        {"Statement": "SELECT * FROM Tab WHERE pk = 'k1'", "ConsistentRead": true}]});
    let answer = ok(&mut door, BatchExecuteStatement, &reads);
    assert_eq!(answer["Responses"][0]["Item"], json!({"pk": {"S": "k0"}}));
    assert_eq!(answer["Responses"][1], throttled);
    let answer = ok(&mut door, BatchExecuteStatement, &reads);
    assert_eq!(
        answer["Responses"],
        json!([throttled, throttled]),
        "even if all of them are"
    );
    let select = json!({"Statement": "SELECT * FROM Tab WHERE pk IN ['k0', 'k1']"});
    assert_eq!(
        told(call(&mut door, ExecuteStatement, &select)).0,
        "ProvisionedThroughputExceededException"
    );
}

#[test]
fn a_transaction_that_is_throttled_is_cancelled_whole() {
    let mut door = with(&provisioned(2, 2));
    let mut other = on_demand(json!({"OnDemandThroughput": {"MaxReadRequestUnits": 1, "MaxWriteRequestUnits": 1}}));
    other["TableName"] = json!("Other");
    ok(&mut door, CreateTable, &other);
    let in_other = |pk: &str| json!({"Put": {"TableName": "Other", "Item": {"pk": {"S": pk}}}});
    let both = json!({"TransactItems": [{"Put": put("a", 1)}, in_other("a")]});
    ok(&mut door, TransactWriteItems, &both);
    let table = (
        "ProvisionedThroughputExceeded",
        Some("The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API".to_owned()),
    );
    let ceiling = (
        "ThrottlingError",
        Some("Throughput exceeds the maximum OnDemandThroughput configured on table or index".to_owned()),
    );
    assert_eq!(
        cancelled(call(&mut door, TransactWriteItems, &both)),
        [table, ceiling.clone()]
    );
    door.advance_ms(1_000);
    let again = call(&mut door, TransactWriteItems, &both);
    assert_eq!(
        cancelled(again),
        [("None", None), ceiling.clone()],
        "the other table owes one"
    );
    door.advance_ms(1);
    ok(&mut door, TransactWriteItems, &both);
    let read = |table: &str| json!({"Get": {"TableName": table, "Key": {"pk": {"S": "a"}}}});
    let reads = json!({"TransactItems": [read("Tab"), read("Other")]});
    ok(&mut door, TransactGetItems, &reads);
    assert_eq!(
        cancelled(call(&mut door, TransactGetItems, &reads)),
        [("None", None), ceiling]
    );
    let invalid =
        json!({"TransactItems": [{"Put": put("a", 1)}, {"Put": {"TableName": "Other", "Item": {"pk": {"N": "1"}}}}]});
    let reasons = cancelled(call(&mut door, TransactWriteItems, &invalid));
    assert_eq!(
        (reasons[0].0, reasons[1].0),
        ("None", "ValidationError"),
        "what is invalid is told first"
    );
}
