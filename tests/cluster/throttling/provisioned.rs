//! Provisioned capacity: what a table saves, what it is charged, what flows in again.

use super::{
    TABLE_ARN, TABLE_SENTENCE, call, expected, get, ok, passing, provisioned, put, throttling, told, units, with,
};
use crate::door::START;
use proptest::prelude::*;
use serde_json::json;
use snowglobe::request::Operation::*;

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
