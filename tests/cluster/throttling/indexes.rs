//! Global indexes that cannot follow: which writes they hold up, alone, in batches and in transactions.

use super::{
    INDEXES_SENTENCE, TABLE_ARN, call, cancelled, expected, get, indexed, ok, on_demand, passing, put, told, units,
    with,
};
use serde_json::json;
use snowglobe::request::Operation::*;

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
