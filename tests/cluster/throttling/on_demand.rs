//! Capacity on demand: warm throughput, the limits of a partition, ceilings of tables and of the account.

use super::{TABLE_ARN, TABLE_SENTENCE, call, expected, get, ok, on_demand, passing, provisioned, put, told, with};
use serde_json::json;
use snowglobe::request::Operation::*;

const SCALING_SENTENCE: &str = "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

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
