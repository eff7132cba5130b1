//! Admission control: each limit, with its exception, sentence and reasons; what flows in again; what comes back of batches; what
//! holds up whom.

use super::door::{Door, START};
use super::storage::{restore, snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::region::RegionOptions;
use snowglobe::request::Operation::{self, *};
use snowglobe::value::flat::Writer;

const TABLE_SENTENCE: &str = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
const INDEXES_SENTENCE: &str = "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";
const SCALING_SENTENCE: &str = "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
const TABLE_ARN: &str = "arn:aws:dynamodb:local-1:000000000000:table/Tab";

/// A region that throttles.
fn throttling() -> Door {
    Door::new(RegionOptions {
        throttling: true,
        seed: 7,
        ..RegionOptions::default()
    })
}

/// A table of a partition key, with a global index on `g`; `more` is merged into its CreateTable.
fn table(more: Value) -> Value {
    let mut body = json!({"TableName": "Tab", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn units(read: u64, write: u64) -> Value {
    json!({"ReadCapacityUnits": read, "WriteCapacityUnits": write})
}

fn provisioned(read: u64, write: u64) -> Value {
    table(json!({"ProvisionedThroughput": units(read, write)}))
}

/// A table of plenty with an index of little.
fn indexed(read: u64, write: u64) -> Value {
    table(json!({"ProvisionedThroughput": units(1_000, 1_000),
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
        "GlobalSecondaryIndexes": [{"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"}, "ProvisionedThroughput": units(read, write)}]}))
}

fn on_demand(more: Value) -> Value {
    let mut body = table(json!({"BillingMode": "PAY_PER_REQUEST"}));
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn with(table: &Value) -> Door {
    let mut door = throttling();
    door.ok(CreateTable, &table.to_string());
    door
}

fn call(door: &mut Door, operation: Operation, body: &Value) -> Result<Value, Error> {
    door.call(operation, &body.to_string())
}

fn ok(door: &mut Door, operation: Operation, body: &Value) -> Value {
    door.ok(operation, &body.to_string())
}

/// An item of `kb` write units.
fn item(pk: &str, kb: usize) -> Value {
    // Less the name and the key: the rest fits the last of the kilobytes.
    json!({"pk": {"S": pk}, "v": {"S": "v".repeat(kb * 1024 - 100)}})
}

fn put(pk: &str, kb: usize) -> Value {
    json!({"TableName": "Tab", "Item": item(pk, kb)})
}

fn get(pk: &str) -> Value {
    json!({"TableName": "Tab", "Key": {"pk": {"S": pk}}, "ConsistentRead": true})
}

/// Exception, sentence and reasons, as a caller gets them.
fn told(result: Result<Value, Error>) -> (&'static str, String, Vec<(String, String)>) {
    let error = result.expect_err("it is throttled");
    let reasons = error.throttling_reasons().iter();
    (
        error.name(),
        error.message().unwrap_or_default().into_owned(),
        reasons.map(|reason| (reason.name(), reason.resource.clone())).collect(),
    )
}

fn expected(
    name: &'static str,
    sentence: &str,
    reasons: &[(&str, &str)],
) -> (&'static str, String, Vec<(String, String)>) {
    let reasons = reasons.iter();
    (
        name,
        sentence.to_owned(),
        reasons
            .map(|(name, arn)| ((*name).to_owned(), (*arn).to_owned()))
            .collect(),
    )
}

/// How many of these calls pass before one is throttled.
fn passing(door: &mut Door, operation: Operation, body: &Value) -> usize {
    let mut passed = 0;
    while passed < 100_000 {
        match call(door, operation, body) {
            Ok(_) => passed += 1,
            Err(error) if error.is_throttling() => return passed,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("nothing is ever throttled");
}

#[test]
fn a_new_table_serves_a_second_and_an_idle_one_saves_five_minutes() {
    let mut door = with(&provisioned(5, 10));
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 10);
    assert_eq!(
        told(call(&mut door, PutItem, &put("b", 1))),
        expected(
            "ProvisionedThroughputExceededException",
            TABLE_SENTENCE,
            &[("TableWriteProvisionedThroughputExceeded", TABLE_ARN)]
        )
    );
    assert_eq!(passing(&mut door, GetItem, &get("a")), 5, "reads have their own");
    assert_eq!(
        told(call(&mut door, GetItem, &get("a"))),
        expected(
            "ProvisionedThroughputExceededException",
            TABLE_SENTENCE,
            &[("TableReadProvisionedThroughputExceeded", TABLE_ARN)]
        )
    );
    door.advance_ms(1_000);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 10);
    door.advance_ms(30_000);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 300);
    door.advance_ms(1_000_000_000);
    assert_eq!(
        passing(&mut door, GetItem, &get("a")),
        1_500,
        "300 seconds, however long it was idle"
    );
}

#[test]
fn what_was_consumed_is_charged_and_what_is_owed_flows_in_first() {
    let mut door = with(&provisioned(1, 10));
    // Reads are charged when it is known what they have read.
    ok(&mut door, PutItem, &put("big", 40));
    assert!(call(&mut door, PutItem, &put("a", 1)).is_err(), "30 are owed");
    ok(&mut door, GetItem, &get("big"));
    assert!(call(&mut door, GetItem, &get("none")).is_err(), "9 are owed");
    door.advance_ms(3_000);
    assert!(
        call(&mut door, PutItem, &put("a", 1)).is_err(),
        "all is paid, and nothing is left"
    );
    door.advance_ms(1);
    ok(&mut door, PutItem, &put("a", 1));
    door.advance_ms(5_990);
    assert!(call(&mut door, GetItem, &get("none")).is_err());
    door.advance_ms(1_000);
    ok(&mut door, GetItem, &get("none"));
    // What is refused costs nothing, and what is refused for its condition costs a write.
    door.advance_ms(20_000);
    let refused =
        json!({"TableName": "Tab", "Key": {"pk": {"S": "a"}}, "ConditionExpression": "attribute_not_exists(pk)"});
    let mut refusals = 0;
    while !matches!(call(&mut door, DeleteItem, &refused), Err(error) if error.is_throttling()) {
        refusals += 1;
    }
    // 68.91 were there before.
    assert_eq!(refusals, 269);
}

#[test]
fn eventually_consistent_reads_cost_half_and_transactions_twice() {
    let mut door = with(&provisioned(10, 10));
    let eventual = json!({"TableName": "Tab", "Key": {"pk": {"S": "a"}}});
    assert_eq!(passing(&mut door, GetItem, &eventual), 20);
    let transaction = json!({"TransactItems": [{"Put": put("a", 1)}]});
    for _ in 0..5 {
        ok(&mut door, TransactWriteItems, &transaction);
    }
    assert!(call(&mut door, TransactWriteItems, &transaction).is_err());
    assert!(
        call(&mut door, PutItem, &put("a", 1)).is_err(),
        "it is the same capacity"
    );
}

#[test]
fn local_indexes_are_a_part_of_their_table() {
    let mut door = throttling();
    let body = json!({"TableName": "Tab", "ProvisionedThroughput": units(10, 10),
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "l", "AttributeType": "S"}],
        "LocalSecondaryIndexes": [{"IndexName": "local", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}]}]});
    ok(&mut door, CreateTable, &body);
    let mut passed = 0;
    let put = |number: usize| json!({"TableName": "Tab", "Item": {"pk": {"S": "a"}, "sk": {"S": number.to_string()}, "l": {"S": "x"}}});
    while call(&mut door, PutItem, &put(passed)).is_ok() {
        passed += 1;
    }
    assert_eq!(passed, 5, "each writes a row and an entry");
    let query = json!({"TableName": "Tab", "IndexName": "local", "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "a"}}});
    assert_eq!(passing(&mut door, Query, &query), 20);
}

#[test]
fn a_partition_has_its_own_limits_however_much_the_table_has() {
    for (table, name, sentence) in [
        (
            provisioned(9_000, 3_000),
            "ProvisionedThroughputExceededException",
            TABLE_SENTENCE,
        ),
        (on_demand(json!({})), "ThrottlingException", SCALING_SENTENCE),
    ] {
        let mut door = with(&table);
        assert_eq!(passing(&mut door, PutItem, &put("hot", 100)), 10);
        assert_eq!(
            told(call(&mut door, PutItem, &put("hot", 1))),
            expected(name, sentence, &[("TableWriteKeyRangeThroughputExceeded", TABLE_ARN)])
        );
        // Somewhere among other keys there is one that lies elsewhere.
        let elsewhere = (0..50).filter(|number| call(&mut door, PutItem, &put(&format!("k{number}"), 1)).is_ok());
        let elsewhere = elsewhere.count();
        assert!((20..50).contains(&elsewhere), "{elsewhere}");
        // A strongly consistent read of 100 KB is 25 units.
        assert_eq!(passing(&mut door, GetItem, &get("hot")), 120);
        assert_eq!(
            told(call(&mut door, GetItem, &get("hot"))),
            expected(name, sentence, &[("TableReadKeyRangeThroughputExceeded", TABLE_ARN)])
        );
        door.advance_ms(100_000);
        assert_eq!(
            passing(&mut door, GetItem, &get("hot")),
            120,
            "a partition saves nothing"
        );
    }
}

#[test]
fn on_demand_a_new_table_serves_its_warm_throughput_over_all_partitions() {
    let mut door = with(&on_demand(json!({})));
    let mut passed = 0;
    for number in 0..2_000 {
        passed += usize::from(call(&mut door, PutItem, &put(&format!("k{number}"), 10)).is_ok());
    }
    assert_eq!(passed, 400, "4,000 units");
    door.advance_ms(1_000);
    ok(
        &mut door,
        UpdateTable,
        &json!({"TableName": "Tab", "WarmThroughput": {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 8_000}}),
    );
    let mut passed = 0;
    for number in 0..2_000 {
        passed += usize::from(call(&mut door, PutItem, &put(&format!("k{number}"), 10)).is_ok());
    }
    assert_eq!(passed, 800, "8,000 units");
}

#[test]
fn on_demand_a_ceiling_holds_and_can_be_moved() {
    let ceilings = |read: i64, write: i64| json!({"OnDemandThroughput": {"MaxReadRequestUnits": read, "MaxWriteRequestUnits": write}});
    let mut door = with(&on_demand(ceilings(2, 3)));
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 3);
    let sentence = "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
    assert_eq!(
        told(call(&mut door, PutItem, &put("a", 1))),
        expected(
            "ThrottlingException",
            sentence,
            &[("TableWriteMaxOnDemandThroughputExceeded", TABLE_ARN)]
        )
    );
    assert_eq!(passing(&mut door, GetItem, &get("a")), 2);
    assert_eq!(
        told(call(&mut door, GetItem, &get("a"))),
        expected(
            "ThrottlingException",
            sentence,
            &[("TableReadMaxOnDemandThroughputExceeded", TABLE_ARN)]
        )
    );
    door.advance_ms(100_000);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 3, "a ceiling saves nothing");
    let mut update = ceilings(-1, 5);
    update["TableName"] = json!("Tab");
    ok(&mut door, UpdateTable, &update);
    door.advance_ms(1_000);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 5);
    assert_eq!(passing(&mut door, GetItem, &get("a")), 3_000, "what a partition serves");
}

#[test]
fn on_demand_the_account_has_a_ceiling_too() {
    let warm = json!({"WarmThroughput": {"ReadUnitsPerSecond": 600_000, "WriteUnitsPerSecond": 200_000}});
    let mut door = with(&on_demand(warm));
    let mut written = 0;
    let refusal = loop {
        match call(&mut door, PutItem, &put(&format!("k{written}"), 100)) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(written, 400);
    assert_eq!(
        told(Err(refusal)),
        expected(
            "RequestLimitExceeded",
            "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support request a limit increase",
            &[("TableWriteAccountLimitExceeded", TABLE_ARN)]
        )
    );
}

#[test]
fn new_capacity_counts_at_once_and_another_billing_begins_anew() {
    let mut door = with(&provisioned(5, 5));
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 5);
    let more = json!({"TableName": "Tab", "ProvisionedThroughput": units(5, 50)});
    ok(&mut door, UpdateTable, &more);
    assert!(
        call(&mut door, PutItem, &put("a", 1)).is_err(),
        "nothing has flowed in yet"
    );
    door.advance_ms(1_000);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 50);
    door.advance_ms(1_000_000);
    let less = json!({"TableName": "Tab", "ProvisionedThroughput": units(5, 1)});
    ok(&mut door, UpdateTable, &less);
    assert_eq!(
        passing(&mut door, PutItem, &put("a", 1)),
        300,
        "saved capacity is cut to the new measure"
    );
    ok(
        &mut door,
        UpdateTable,
        &json!({"TableName": "Tab", "BillingMode": "PAY_PER_REQUEST"}),
    );
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 1_000);
    let back = json!({"TableName": "Tab", "BillingMode": "PROVISIONED", "ProvisionedThroughput": units(5, 7)});
    ok(&mut door, UpdateTable, &back);
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 7);
    ok(&mut door, DeleteTable, &json!({"TableName": "Tab"}));
    ok(&mut door, CreateTable, &provisioned(5, 5));
    assert_eq!(
        passing(&mut door, PutItem, &put("a", 1)),
        5,
        "another table of that name owes nothing"
    );
}

#[test]
fn an_index_that_cannot_follow_holds_up_its_table() {
    let mut door = with(&indexed(5, 2));
    let entry = |number: usize| json!({"TableName": "Tab", "Item": {"pk": {"S": format!("p{number}")}, "g": {"S": format!("g{number}")}}});
    ok(&mut door, PutItem, &entry(1));
    ok(&mut door, PutItem, &entry(2));
    let index_arn = format!("{TABLE_ARN}/index/by-g");
    assert_eq!(
        told(call(&mut door, PutItem, &entry(3))),
        expected(
            "ProvisionedThroughputExceededException",
            INDEXES_SENTENCE,
            &[("IndexWriteProvisionedThroughputExceeded", &index_arn)]
        )
    );
    assert_eq!(ok(&mut door, GetItem, &get("p3")), json!({}), "nothing was written");
    // What leaves the index alone is not held up: an item without an entry, an update beside it, the same again.
    ok(&mut door, PutItem, &put("sparse", 1));
    ok(&mut door, PutItem, &entry(1));
    let update = |set: &str| json!({"TableName": "Tab", "Key": {"pk": {"S": "p1"}}, "UpdateExpression": set, "ExpressionAttributeValues": {":v": {"S": "v"}}});
    ok(&mut door, UpdateItem, &update("SET x = :v"));
    for (operation, body) in [
        (UpdateItem, update("SET g = :v")),
        (DeleteItem, json!({"TableName": "Tab", "Key": {"pk": {"S": "p1"}}})),
        (PutItem, put("p1", 1)),
    ] {
        assert_eq!(told(call(&mut door, operation, &body)).2.len(), 1, "{body}");
    }
    // Moving an entry takes two units.
    door.advance_ms(1_000);
    ok(&mut door, UpdateItem, &update("SET g = :v"));
    assert!(call(&mut door, PutItem, &entry(4)).is_err());
    let more = json!({"TableName": "Tab", "GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "by-g", "ProvisionedThroughput": units(5, 100)}}]});
    ok(&mut door, UpdateTable, &more);
    door.advance_ms(20);
    ok(&mut door, PutItem, &entry(4));
    // The index's reads are its own.
    let query = json!({"TableName": "Tab", "IndexName": "by-g", "KeyConditionExpression": "g = :g", "ExpressionAttributeValues": {":g": {"S": "g2"}}});
    assert_eq!(
        passing(&mut door, Query, &query),
        21,
        "5 units, and a little more than a second's"
    );
    assert_eq!(
        told(call(&mut door, Query, &query)),
        expected(
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the index was exceeded",
            &[("IndexReadProvisionedThroughputExceeded", &index_arn)]
        )
    );
    ok(&mut door, GetItem, &get("p1"));
}

#[test]
fn a_hot_key_of_an_index_holds_up_the_writes_that_meet_it() {
    let mut door = with(&on_demand(json!({
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
        "GlobalSecondaryIndexes": [{"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}]})));
    let entry = |number: usize, g: &str| {
        let mut entry = put(&format!("p{number}"), 50);
        entry["Item"]["g"] = json!({"S": g});
        entry
    };
    let mut written = 0;
    let refusal = loop {
        match call(&mut door, PutItem, &entry(written, "hot")) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(written, 20);
    let index_arn = format!("{TABLE_ARN}/index/by-g");
    assert_eq!(
        told(Err(refusal)),
        expected(
            "ThrottlingException",
            "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is automatically scaling your index so please try again shortly",
            &[("IndexWriteKeyRangeThroughputExceeded", &index_arn)]
        )
    );
    let passed =
        (0..20).filter(|number| call(&mut door, PutItem, &entry(1_000 + number, &format!("g{number}"))).is_ok());
    assert!(passed.count() > 5, "other keys of the index lie elsewhere");
}

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
fn an_index_sends_back_what_it_cannot_take_of_a_batch() {
    let mut door = with(&indexed(5, 1));
    let write = |number: usize, g: bool| {
        let mut item = json!({"pk": {"S": format!("p{number}")}});
        if g {
            item["g"] = json!({"S": "g"});
        }
        json!({"PutRequest": {"Item": item}})
    };
    ok(
        &mut door,
        BatchWriteItem,
        &json!({"RequestItems": {"Tab": [write(1, true)]}}),
    );
    let answer = ok(
        &mut door,
        BatchWriteItem,
        &json!({"RequestItems": {"Tab": [write(2, true), write(3, false)]}}),
    );
    assert_eq!(answer["UnprocessedItems"], json!({"Tab": [write(2, true)]}));
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

/// The codes and sentences of a cancelled transaction.
fn cancelled(result: Result<Value, Error>) -> Vec<(&'static str, Option<String>)> {
    match result {
        Err(Error::TransactionCanceledException { reasons }) => reasons
            .iter()
            .map(|reason| (reason.code(), reason.message().map(Into::into)))
            .collect(),
        other => panic!("{other:?}"),
    }
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

#[test]
fn an_index_cancels_a_transaction_with_its_own_sentence() {
    let mut door = with(&indexed(5, 1));
    let entry = |pk: &str| json!({"Put": {"TableName": "Tab", "Item": {"pk": {"S": pk}, "g": {"S": "g"}}}});
    let plain = json!({"Put": {"TableName": "Tab", "Item": {"pk": {"S": "plain"}}}});
    ok(
        &mut door,
        TransactWriteItems,
        &json!({"TransactItems": [entry("a"), entry("b")]}),
    );
    let reasons = cancelled(call(
        &mut door,
        TransactWriteItems,
        &json!({"TransactItems": [plain, entry("c")]}),
    ));
    assert_eq!(
        reasons,
        [
            ("None", None),
            ("ProvisionedThroughputExceeded", Some(INDEXES_SENTENCE.to_owned()))
        ]
    );
    assert_eq!(ok(&mut door, GetItem, &get("plain")), json!({}));
}

#[test]
fn pages_are_throttled_before_they_begin_and_charged_when_they_end() {
    let mut door = with(&provisioned(10, 1_000));
    for number in 0..10 {
        ok(&mut door, PutItem, &put(&format!("k{number}"), 40));
    }
    door.advance_ms(300_000);
    // 400 KB, eventually consistent: 50 units.
    let scan = json!({"TableName": "Tab"});
    assert_eq!(passing(&mut door, Scan, &scan), 60);
    door.advance_ms(1);
    assert_eq!(ok(&mut door, Scan, &scan)["Count"], 10);
    door.advance_ms(100);
    assert_eq!(
        told(call(&mut door, Scan, &scan)),
        expected(
            "ProvisionedThroughputExceededException",
            TABLE_SENTENCE,
            &[("TableReadProvisionedThroughputExceeded", TABLE_ARN)]
        )
    );
    door.advance_ms(4_890);
    assert!(call(&mut door, Scan, &scan).is_err());
    door.advance_ms(10);
    ok(&mut door, Scan, &scan);
}

#[test]
fn throttled_keys_are_counted() {
    for (mode, accessed) in [("ACCESSED_AND_THROTTLED_KEYS", 3), ("THROTTLED_KEYS", 0)] {
        let mut door = with(&provisioned(1, 2));
        let enable =
            json!({"TableName": "Tab", "ContributorInsightsAction": "ENABLE", "ContributorInsightsMode": mode});
        ok(&mut door, UpdateContributorInsights, &enable);
        ok(&mut door, PutItem, &put("a", 1));
        ok(&mut door, PutItem, &put("b", 1));
        for pk in ["a", "c", "c", "b", "c"] {
            assert!(call(&mut door, PutItem, &put(pk, 1)).is_err());
        }
        ok(&mut door, GetItem, &get("a"));
        assert!(call(&mut door, GetItem, &get("a")).is_err());
        let writes = json!({"RequestItems": {"Tab": [{"PutRequest": {"Item": item("d", 1)}}]}});
        assert!(call(&mut door, BatchWriteItem, &writes).is_err());
        let transaction = json!({"TransactItems": [{"Put": put("e", 1)}]});
        assert!(call(&mut door, TransactWriteItems, &transaction).is_err());
        let counted = serde_json::to_value(door.region.contributors("Tab", None).unwrap()).unwrap();
        let throttled = counted["throttledPartitions"].as_array().unwrap().iter();
        let throttled: Vec<_> = throttled
            .map(|one| (one["key"]["pk"]["S"].clone(), one["count"].clone()))
            .collect();
        let expected = [("c", 3), ("a", 2), ("b", 1), ("d", 1), ("e", 1)];
        assert_eq!(throttled, expected.map(|(pk, count)| (json!(pk), json!(count))));
        let seen = counted["accessedPartitions"].as_array().unwrap().iter();
        let seen: u64 = seen.map(|one| one["count"].as_u64().unwrap()).sum();
        assert_eq!(seen, accessed, "{mode}");
    }
}

#[test]
fn whoever_is_throttled_is_noted() {
    let mut door = with(&indexed(5, 1));
    let before = door.region.chronicle(0).noted;
    let entry = json!({"TableName": "Tab", "Item": {"pk": {"S": "p"}, "g": {"S": "g"}}});
    ok(&mut door, PutItem, &entry);
    let other = json!({"TableName": "Tab", "Item": {"pk": {"S": "q"}, "g": {"S": "g"}}});
    assert!(call(&mut door, PutItem, &other).is_err());
    let notes = door.region.chronicle(before).notes;
    assert_eq!(notes.len(), 1);
    let note = &notes[0];
    assert_eq!((note.event, note.actor), ("throttled", "router"));
    assert_eq!(
        (note.table.as_deref(), note.index.as_deref()),
        (Some("Tab"), Some("by-g"))
    );
    assert_eq!(note.reason.as_deref(), Some("IndexWriteProvisionedThroughputExceeded"));
}

#[test]
fn forks_go_on_with_what_is_left_and_restored_regions_begin_anew() {
    let mut door = with(&provisioned(5, 10));
    door.advance_ms(10_000);
    for _ in 0..50 {
        ok(&mut door, PutItem, &put("a", 1));
    }
    let mut fork = Door {
        region: door.region.fork(),
        now: door.now,
    };
    assert_eq!(passing(&mut door, PutItem, &put("a", 1)), 60);
    assert_eq!(passing(&mut fork, PutItem, &put("a", 1)), 60);
    let options = RegionOptions {
        throttling: true,
        ..RegionOptions::default()
    };
    let mut restored = Door {
        region: restore(&snapshot(&door), options),
        now: door.now,
    };
    assert_eq!(passing(&mut restored, PutItem, &put("a", 1)), 10);
}

#[test]
fn without_the_option_nothing_is_throttled() {
    let mut door = Door::new(RegionOptions::default());
    ok(&mut door, CreateTable, &provisioned(1, 1));
    for _ in 0..50 {
        ok(&mut door, PutItem, &put("a", 10));
        ok(&mut door, GetItem, &get("a"));
    }
}

/// Everything that is answered to a mixed load, errors in their written form.
fn replay(seed: u64) -> Vec<u8> {
    let network = super::door::network([1.0, 9.0], 0.1, 0.1);
    let mut door = Door::new(RegionOptions {
        throttling: true,
        network,
        seed,
        ..RegionOptions::default()
    });
    ok(&mut door, CreateTable, &indexed(3, 2));
    let mut answers = Vec::new();
    for number in 0..200_usize {
        let body = match number % 3 {
            0 => (
                PutItem,
                json!({"TableName": "Tab", "Item": {"pk": {"S": format!("p{}", number % 7)}, "g": {"S": format!("g{}", number % 5)}}}),
            ),
            1 => (GetItem, get(&format!("p{}", number % 11))),
            _ => (
                Query,
                json!({"TableName": "Tab", "IndexName": "by-g", "KeyConditionExpression": "g = :g", "ExpressionAttributeValues": {":g": {"S": "g1"}}}),
            ),
        };
        match call(&mut door, body.0, &body.1) {
            Ok(answer) => answers.extend(answer.to_string().into_bytes()),
            Err(error) => {
                let mut writer = Writer::new();
                error.write_flat(&mut writer);
                answers.extend_from_slice(writer.bytes());
            }
        }
        door.advance_ms(number as u64 % 40);
    }
    answers.extend(door.region.trace().noted().to_le_bytes());
    answers
}

#[test]
fn the_same_seed_throttles_the_same_requests() {
    let first = replay(11);
    let word = b"ThroughputExceeded";
    assert!(
        first.windows(word.len()).any(|window| window == word),
        "something was throttled"
    );
    assert_eq!(first, replay(11));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Over no span of time is more written than was ever saved, what flowed in, and one request.
    #[test]
    fn no_bucket_gives_more_than_it_has(
        rate in 1u64..20,
        steps in prop::collection::vec((0u64..4_000, 1usize..30), 1..60),
    ) {
        let mut door = with(&provisioned(1, rate));
        let mut written: Vec<(u64, u64)> = Vec::new();
        for (number, (ms, kb)) in steps.into_iter().enumerate() {
            door.advance_ms(ms);
            if call(&mut door, PutItem, &put(&format!("k{number}"), kb)).is_ok() {
                written.push((door.now.micros() - START.micros(), kb as u64));
            }
        }
        for first in 0..written.len() {
            let mut sum = 0;
            for (at, units) in &written[first..] {
                let inflow_micros = (at - written[first].0) * rate;
                prop_assert!(sum * 1_000_000 <= rate * 300 * 1_000_000 + inflow_micros);
                sum += units;
            }
        }
        // And from the beginning, when there was one second's worth.
        let last = written.last().map_or((0, 0), |last| *last);
        let sum: u64 = written.iter().map(|(_, units)| units).sum();
        prop_assert!((sum - last.1) * 1_000_000 <= rate * 1_000_000 + last.0 * rate);
        prop_assert!(!written.is_empty());
    }
}
