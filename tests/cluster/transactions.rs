//! Transactions half-way: who meets them, what is left of them when their coordinator is lost, what forks and snapshots hold.
//!
//! A transfer is stopped after every single message in turn, so that nothing depends on which moments somebody thought of.

use super::door::{Door, START, TABLE, network};
use super::storage::{restore, snapshot};
use serde_json::{Value, json};
use snowglobe::cluster::Ticket;
use snowglobe::error::Error;
use snowglobe::region::{Answer, RegionOptions};
use snowglobe::request::Operation::{self, *};
use snowglobe::time::Span;

/// Two accounts in two of the partitions, and one that is only looked at.
const ACCOUNTS: [&str; 3] = ["from", "to", "seal"];

fn options() -> RegionOptions {
    RegionOptions {
        network: network([1.0, 1.0], 0.0, 0.0),
        partitions: 7,
        seed: 5,
        ..RegionOptions::default()
    }
}

fn key(account: &str) -> Value {
    json!({"pk": {"S": account}, "sk": {"N": "0"}})
}

fn bank() -> Door {
    let mut door = Door::new(options());
    door.ok(CreateTable, TABLE);
    for account in ACCOUNTS {
        let mut item = key(account);
        item["balance"] = json!({"N": "100"});
        door.ok(PutItem, &json!({"TableName": "Things", "Item": item}).to_string());
    }
    // The first transaction has the ledger made; the others are alike.
    door.ok(TransactWriteItems, &transfer("warm-up", 0));
    door.settle();
    door
}

fn add(account: &str, amount: i64) -> Value {
    json!({"Update": {"TableName": "Things", "Key": key(account), "UpdateExpression": "ADD balance :n",
        "ExpressionAttributeValues": {":n": {"N": amount.to_string()}}}})
}

fn transfer(token: &str, amount: i64) -> String {
    let check = json!({"ConditionCheck": {"TableName": "Things", "Key": key("seal"), "ConditionExpression": "balance = :n",
        "ExpressionAttributeValues": {":n": {"N": "100"}}}});
    json!({"ClientRequestToken": token, "TransactItems": [add("from", -amount), add("to", amount), check]}).to_string()
}

fn balance(door: &mut Door, account: &str) -> i64 {
    let read = json!({"TableName": "Things", "Key": key(account), "ConsistentRead": true});
    let item = door.ok(GetItem, &read.to_string());
    item["Item"]["balance"]["N"].as_str().unwrap().parse().unwrap()
}

fn balances(door: &mut Door) -> [i64; 3] {
    ACCOUNTS.map(|account| balance(door, account))
}

/// Begins a call that cannot be answered at once.
fn begin(door: &mut Door, operation: Operation, body: &str) -> Ticket {
    match door.begin(operation, body) {
        Answer::Pending(ticket) => ticket,
        other => panic!("{body} was answered {other:?}"),
    }
}

/// Delivers the next message.
fn step(door: &mut Door) -> bool {
    let Some(next) = door.region.next_deadline() else {
        return false;
    };
    door.now = door.now.max(next);
    door.region.step(door.now);
    true
}

/// A transfer of 10 after that many moments, and whether it has come to its end by then.
fn half_way(steps: usize) -> (Door, Ticket, bool) {
    let mut door = bank();
    let ticket = begin(&mut door, TransactWriteItems, &transfer("t", 10));
    let goes_on = (0..steps).all(|_| step(&mut door));
    (door, ticket, !goes_on)
}

/// Runs a check after every moment of a transfer.
fn at_every_moment(mut check: impl FnMut(Door, Ticket, usize)) {
    for steps in 0.. {
        let (door, ticket, ended) = half_way(steps);
        check(door, ticket, steps);
        if ended {
            assert!(steps > 10, "a transfer takes more moments than {steps}");
            return;
        }
    }
}

const BEFORE: [i64; 3] = [100, 100, 100];
const AFTER: [i64; 3] = [90, 110, 100];

#[test]
fn a_lost_coordinator_leaves_nothing_half_done_and_nothing_held() {
    let mut seen = [0; 2];
    at_every_moment(|mut door, ticket, steps| {
        let mut answers = Vec::new();
        while let Some(answer) = door.region.next_completion() {
            answers.push(answer);
        }
        door.region.lose_coordinator();
        door.settle();
        while let Some(answer) = door.region.next_completion() {
            answers.push(answer);
        }
        assert_eq!(answers.len(), 1, "{steps}: the caller is answered once");
        assert_eq!(answers[0].0, ticket);
        let found = balances(&mut door);
        assert!(found == BEFORE || found == AFTER, "{steps}: {found:?}");
        match &answers[0].1 {
            Ok(_) => assert_eq!(found, AFTER, "{steps}: what was acknowledged has happened"),
            Err(error) => assert_eq!(*error, Error::InternalServerError),
        }
        seen[usize::from(found == AFTER)] += 1;
        // The caller sends it again, as clients do: it has happened once, whatever was the case before.
        door.ok(TransactWriteItems, &transfer("t", 10));
        assert_eq!(balances(&mut door), AFTER, "{steps}");
        door.ok(TransactWriteItems, &transfer("another", 10));
        assert_eq!(balances(&mut door), [80, 120, 100], "{steps}: no row is held");
        assert_eq!(door.region.cluster().coordinator().pending(), 0);
    });
    assert!(
        seen.iter().all(|count| *count > 0),
        "some are cancelled and some committed: {seen:?}"
    );
}

#[test]
fn a_coordinator_that_is_lost_again_and_again_comes_to_an_end() {
    at_every_moment(|mut door, _, steps| {
        for _ in 0..3 {
            door.region.lose_coordinator();
            for _ in 0..4 {
                step(&mut door);
            }
        }
        door.settle();
        let found = balances(&mut door);
        assert!(found == BEFORE || found == AFTER, "{steps}: {found:?}");
        door.ok(TransactWriteItems, &transfer("t", 10));
        assert_eq!(balances(&mut door), AFTER, "{steps}");
    });
}

#[test]
fn a_snapshot_holds_a_transaction_whole_or_not_at_all() {
    let mut seen = [0; 2];
    at_every_moment(|door, _, steps| {
        let mut opened = Door {
            region: restore(&snapshot(&door), RegionOptions::default()),
            now: door.now,
        };
        let found = balances(&mut opened);
        assert!(found == BEFORE || found == AFTER, "{steps}: {found:?}");
        seen[usize::from(found == AFTER)] += 1;
        opened.ok(TransactWriteItems, &transfer("fresh", 1));
    });
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn a_snapshot_between_recoveries_holds_a_transaction_whole_or_not_at_all() {
    at_every_moment(|mut door, _, steps| {
        door.region.lose_coordinator();
        for _ in 0..30 {
            let mut opened = Door {
                region: restore(&snapshot(&door), RegionOptions::default()),
                now: door.now,
            };
            let found = balances(&mut opened);
            assert!(found == BEFORE || found == AFTER, "{steps}: {found:?}");
            step(&mut door);
        }
    });
}

#[test]
fn a_fork_ends_what_is_under_way_and_goes_on_with_tokens() {
    at_every_moment(|door, _, steps| {
        let mut fork = Door {
            region: door.region.fork(),
            now: door.now,
        };
        fork.settle();
        assert_eq!(balances(&mut fork), AFTER, "{steps}");
        fork.ok(TransactWriteItems, &transfer("t", 10));
        assert_eq!(
            balances(&mut fork),
            AFTER,
            "{steps}: the token stands for the transfer there too"
        );
    });
}

/// A door on a transfer that all partitions have prepared and none has ended.
fn prepared() -> Door {
    (0..)
        .map(|steps| half_way(steps).0)
        .find(|door| {
            let cluster = door.region.cluster();
            let partitions = cluster.layout().iter().flat_map(|(_, partitions)| partitions.all());
            let held = partitions.filter_map(|partition| cluster.replica(partition.leader));
            held.map(|leader| leader.prepared().iter().map(|known| known.held.len()).sum::<usize>())
                .sum::<usize>()
                == 3
        })
        .unwrap()
}

#[test]
fn followers_know_what_is_prepared() {
    let mut door = prepared();
    for _ in 0..2 {
        step(&mut door);
    }
    let cluster = door.region.cluster();
    for partition in cluster.layout().iter().flat_map(|(_, partitions)| partitions.all()) {
        let counts = partition.replicas.iter().filter_map(|id| cluster.replica(*id));
        let counts: Vec<usize> = counts.map(|replica| replica.prepared().len()).collect();
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{counts:?}");
    }
}

#[test]
fn who_meets_a_transaction_is_refused_and_plain_reads_are_not() {
    let put = json!({"TableName": "Things", "Item": key("to")}).to_string();
    assert_eq!(prepared().call(PutItem, &put), Err(Error::TransactionConflictException));
    let delete = json!({"TableName": "Things", "Key": key("seal")}).to_string();
    assert_eq!(
        prepared().call(DeleteItem, &delete),
        Err(Error::TransactionConflictException)
    );
    assert_eq!(
        balance(&mut prepared(), "to"),
        100,
        "a plain read sees what is committed"
    );

    let batch = json!({"RequestItems": {"Things": [{"PutRequest": {"Item": key("to")}}, {"PutRequest": {"Item": key("free")}}]}});
    let answer = prepared().ok(BatchWriteItem, &batch.to_string());
    assert_eq!(answer["UnprocessedItems"]["Things"][0]["PutRequest"]["Item"], key("to"));
    assert_eq!(answer["UnprocessedItems"]["Things"].as_array().unwrap().len(), 1);

    let get = |account| json!({"Get": {"TableName": "Things", "Key": key(account)}});
    let read = json!({"TransactItems": [get("to"), get("elsewhere")]}).to_string();
    let refused = prepared().call(TransactGetItems, &read).unwrap_err();
    assert!(
        refused.message().unwrap().ends_with("[TransactionConflict, None]"),
        "{refused}"
    );
    let checked = json!({"TransactItems": [get("seal"), get("elsewhere")]}).to_string();
    assert!(
        prepared().call(TransactGetItems, &checked).is_ok(),
        "what is only checked is not about to change"
    );
}

#[test]
fn of_two_transactions_that_meet_one_is_cancelled() {
    let mut door = bank();
    let first = begin(&mut door, TransactWriteItems, &transfer("t", 10));
    let second = json!({"TransactItems": [add("elsewhere", 1), add("to", 1)]}).to_string();
    let second = begin(&mut door, TransactWriteItems, &second);
    door.settle();
    while let Some((ticket, result)) = door.region.next_completion() {
        if ticket == first {
            assert!(result.is_ok(), "{result:?}");
        } else {
            assert_eq!(ticket, second);
            let refused = result.unwrap_err();
            assert!(
                refused.message().unwrap().ends_with("[None, TransactionConflict]"),
                "{refused}"
            );
        }
    }
    assert_eq!(balances(&mut door), AFTER);
    let read = json!({"TableName": "Things", "Key": key("elsewhere")}).to_string();
    assert_eq!(door.ok(GetItem, &read), json!({}), "nothing of the other has happened");
}

#[test]
fn a_token_in_flight_is_in_progress_and_belongs_to_its_content() {
    let mut door = prepared();
    let again = begin(&mut door, TransactWriteItems, &transfer("t", 10));
    let other = begin(&mut door, TransactWriteItems, &transfer("t", 11));
    door.settle();
    let mut answers = Vec::new();
    while let Some((ticket, result)) = door.region.next_completion() {
        answers.push((ticket, result.err()));
    }
    assert!(answers.contains(&(again, Some(Error::TransactionInProgressException))));
    assert!(answers.contains(&(other, Some(Error::IdempotentParameterMismatchException))));
    assert_eq!(balances(&mut door), AFTER);
}

#[test]
fn a_token_is_free_again_after_ten_minutes() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(CreateTable, TABLE);
    let body = json!({"ClientRequestToken": "t", "TransactItems": [add("a", 1)]}).to_string();
    for (after_ms, count) in [(0, 1), (599_999, 1), (1, 2), (1, 2), (700_000, 3)] {
        door.now = door.now + Span::from_ms(after_ms);
        door.ok(TransactWriteItems, &body);
        assert_eq!(balance(&mut door, "a"), count, "after {after_ms} ms");
    }
    assert!(door.now > START);
}

#[test]
fn the_ledger_forgets_what_has_expired() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(CreateTable, TABLE);
    let rows = |door: &Door| {
        let cluster = door.region.cluster();
        cluster.ledger_leader().map_or(0, |leader| leader.rows().len())
    };
    for number in 0..300 {
        let body = json!({"ClientRequestToken": format!("t{number}"), "TransactItems": [add("a", 1)]});
        door.ok(TransactWriteItems, &body.to_string());
    }
    // And one that marks the coordinator's incarnation.
    assert_eq!(rows(&door), 301);
    door.advance_ms(1_300_000);
    door.ok(TransactWriteItems, &json!({"TransactItems": [add("a", 1)]}).to_string());
    assert_eq!(rows(&door), 1, "a transaction without a token leaves no row");
}

#[test]
fn indexes_follow_transactions() {
    let mut door = Door::new(RegionOptions {
        network: network([1.0, 9.0], 0.1, 0.3),
        partitions: 3,
        ..RegionOptions::default()
    });
    door.region.set_network([0.0, 0.0], 0.0, 0.0).unwrap();
    door.ok(CreateTable, super::door::INDEXED_TABLE);
    door.region.set_network([1.0, 9.0], 0.1, 0.3).unwrap();
    for round in 0..20u32 {
        let puts = (0..5).map(|n| {
            let item = json!({"pk": {"S": format!("p{n}")}, "sk": {"N": round.to_string()}, "colour": {"S": format!("c{}", n % 2)}});
            json!({"Put": {"TableName": "Things", "Item": item}})
        });
        let items: Vec<Value> = puts.collect();
        door.ok(TransactWriteItems, &json!({"TransactItems": items}).to_string());
    }
    door.settle();
    for index in [None, Some("local"), Some("global")] {
        assert_eq!(door.scan_count(index), 100, "{index:?}");
    }
}

#[test]
fn a_table_that_goes_takes_no_transaction_with_it() {
    at_every_moment(|mut door, ticket, steps| {
        let dropped = begin(&mut door, DeleteTable, r#"{"TableName":"Things"}"#);
        door.settle();
        let mut answered = Vec::new();
        while let Some((ticket, _)) = door.region.next_completion() {
            answered.push(ticket);
        }
        assert!(answered.contains(&ticket) && answered.contains(&dropped), "{steps}");
        assert_eq!(door.region.cluster().coordinator().pending(), 0, "{steps}");
    });
}
