//! Whole regions: forks, restored ones, those that do not throttle, and those of one seed.

use super::{call, get, indexed, ok, passing, provisioned, put, with};
use crate::door::{Door, network};
use crate::storage::{restore, snapshot};
use serde_json::json;
use snowglobe::region::RegionOptions;
use snowglobe::request::Operation::*;
use snowglobe::value::flat::Writer;

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
    let network = network([1.0, 9.0], 0.1, 0.1);
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
