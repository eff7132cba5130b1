//! Random transactions and single writes at once, on random networks, with coordinators that are lost: is there an order, one after
//! the other, in which everything could have happened?
//!
//! Every item holds a list, and every write appends its own number. What a list holds in the end tells in which order its writers came;
//! what a transaction of reads has seen of it tells after which of them and before which it came. Where one request was answered before
//! another was sent, it came before it, too. The history is strictly serialisable if these relations have no circle.
//!
//! `SIM_SEED=n` replays one seed, `SIM_SEEDS=n` runs more of them.

use super::door::{Door, network};
use serde_json::{Value, json};
use snowglobe::cluster::{Network, Purpose, Random, Ticket};
use snowglobe::error::{CancellationReason, Error};
use snowglobe::region::{Answer, RegionOptions};
use snowglobe::request::Operation::{self, *};
use snowglobe::time::Span;
use std::collections::{BTreeMap, BTreeSet};

const ITEMS: usize = 5;
const OPERATIONS: usize = 60;

const TABLE: &str = r#"{"TableName":"Lists","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}"#;

/// A request, and what is known of it.
#[derive(Debug)]
struct Step {
    does: Does,
    /// Its place among all that is sent and answered.
    sent: usize,
    answered: Option<usize>,
    outcome: Outcome,
}

#[derive(Debug)]
enum Does {
    /// Appends its number to these items, if the last of them exists or not as it should.
    Appends(Vec<usize>),
    Reads(Vec<usize>),
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Unknown,
    Done,
    Refused,
    /// What a transaction of reads saw.
    Seen(Vec<Vec<usize>>),
}

struct History {
    door: Door,
    random: Random,
    steps: Vec<Step>,
    asked: BTreeMap<Ticket, usize>,
    events: usize,
    conflicts: usize,
}

fn key(item: usize) -> Value {
    json!({"pk": {"S": format!("list-{item}")}})
}

fn list(item: &Value) -> Vec<usize> {
    let list = item["l"]["L"].as_array().cloned().unwrap_or_default();
    list.iter()
        .map(|number| number["N"].as_str().unwrap().parse().unwrap())
        .collect()
}

impl History {
    fn new(seed: u64, network: Network) -> Self {
        let mut door = Door::new(RegionOptions {
            network,
            seed,
            partitions: 1 + (seed % 6) as u32,
            ..RegionOptions::default()
        });
        door.ok(CreateTable, TABLE);
        History {
            door,
            random: Random::new(seed, Purpose::Workload),
            steps: Vec::new(),
            asked: BTreeMap::new(),
            events: 0,
            conflicts: 0,
        }
    }

    fn items(&mut self, most: usize) -> Vec<usize> {
        let count = 1 + self.random.below(most as u64) as usize;
        let chosen: BTreeSet<usize> = (0..count).map(|_| self.random.below(ITEMS as u64) as usize).collect();
        chosen.into_iter().collect()
    }

    fn event(&mut self) -> usize {
        self.events += 1;
        self.events
    }

    fn operate(&mut self) {
        let number = self.steps.len();
        match self.random.below(10) {
            0..5 => {
                let items = self.items(3);
                let actions: Vec<Value> = items
                    .iter()
                    .map(|item| json!({"Update": update(*item, number)}))
                    .collect();
                let body = json!({"TransactItems": actions, "ClientRequestToken": number.to_string()});
                self.send(TransactWriteItems, &body, Does::Appends(items));
            }
            5..8 => {
                let items = self.items(ITEMS);
                let gets: Vec<Value> = items.iter().map(|item| get(*item)).collect();
                self.send(TransactGetItems, &json!({"TransactItems": gets}), Does::Reads(items));
            }
            8 => {
                let items = self.items(1);
                self.send(UpdateItem, &update(items[0], number), Does::Appends(items));
            }
            _ => {
                // Everything that is known of items is forgotten at once: absences take part in the order as well.
                self.let_time_pass(20_000);
            }
        }
    }

    fn send(&mut self, operation: Operation, body: &Value, does: Does) {
        let sent = self.event();
        let number = self.steps.len();
        self.steps.push(Step {
            does,
            sent,
            answered: None,
            outcome: Outcome::Unknown,
        });
        match self.door.begin(operation, &body.to_string()) {
            Answer::Pending(ticket) => drop(self.asked.insert(ticket, number)),
            Answer::Done(tree) => self.take(number, Ok(tree)),
            Answer::Failed(error) => self.take(number, Err(error)),
        }
    }

    fn take(&mut self, number: usize, result: Result<Vec<u8>, Error>) {
        let answered = Some(self.event());
        let outcome = match result {
            Ok(tree) => {
                let body = super::door::json(&tree);
                match body["Responses"].as_array() {
                    None => Outcome::Done,
                    Some(responses) => Outcome::Seen(responses.iter().map(|seen| list(&seen["Item"])).collect()),
                }
            }
            Err(Error::InternalServerError) => Outcome::Unknown,
            Err(Error::TransactionConflictException) => {
                self.conflicts += 1;
                Outcome::Refused
            }
            Err(Error::TransactionCanceledException { reasons }) => {
                let conflict = |reason: &CancellationReason| *reason == CancellationReason::TransactionConflict;
                assert!(reasons.iter().any(conflict), "nothing else can be wrong: {reasons:?}");
                self.conflicts += 1;
                Outcome::Refused
            }
            Err(error) => panic!("{error}"),
        };
        let step = &mut self.steps[number];
        step.answered = answered;
        step.outcome = outcome;
    }

    fn let_time_pass(&mut self, most_micros: u64) {
        self.door.now = self.door.now + Span::from_micros(self.random.below(most_micros));
        self.door.region.step(self.door.now);
        self.take_answers();
    }

    fn take_answers(&mut self) {
        while let Some((ticket, result)) = self.door.region.next_completion() {
            if let Some(number) = self.asked.remove(&ticket) {
                self.take(number, result);
            }
        }
    }

    /// The lists in the end, when everything has come to rest.
    fn lists(&mut self) -> Vec<Vec<usize>> {
        self.door.settle();
        self.take_answers();
        assert!(self.asked.is_empty(), "every request is answered");
        assert_eq!(self.door.region.cluster().coordinator().pending(), 0);
        (0..ITEMS)
            .map(|item| {
                let read = json!({"TableName": "Lists", "Key": key(item), "ConsistentRead": true});
                list(&self.door.ok(GetItem, &read.to_string())["Item"])
            })
            .collect()
    }
}

fn update(item: usize, number: usize) -> Value {
    json!({"TableName": "Lists", "Key": key(item), "UpdateExpression": "SET l = list_append(if_not_exists(l, :none), :n)",
        "ExpressionAttributeValues": {":none": {"L": []}, ":n": {"L": [{"N": number.to_string()}]}}})
}

fn get(item: usize) -> Value {
    json!({"Get": {"TableName": "Lists", "Key": key(item)}})
}

/// What must have come before what, and a circle in it if there is one.
struct Order {
    after: Vec<BTreeSet<usize>>,
}

impl Order {
    fn of(steps: &[Step], lists: &[Vec<usize>]) -> Result<Self, String> {
        let happened: BTreeSet<usize> = lists.iter().flatten().copied().collect();
        let mut order = Order {
            after: vec![BTreeSet::new(); steps.len()],
        };
        for list in lists {
            for pair in list.windows(2) {
                order.put(pair[0], pair[1]);
            }
        }
        for (number, step) in steps.iter().enumerate() {
            match (&step.does, &step.outcome) {
                (Does::Appends(items), outcome) => {
                    let found: Vec<usize> = (0..lists.len()).filter(|item| lists[*item].contains(&number)).collect();
                    let whole = if found.is_empty() {
                        *outcome != Outcome::Done
                    } else {
                        found == *items
                    };
                    if !whole || (*outcome == Outcome::Refused && !found.is_empty()) {
                        return Err(format!("{number} {step:?} is in {found:?}"));
                    }
                }
                (Does::Reads(items), Outcome::Seen(seen)) => {
                    for (item, seen) in items.iter().zip(seen) {
                        if !lists[*item].starts_with(seen) {
                            return Err(format!(
                                "{number} saw {seen:?} in {item}, which came to {:?}",
                                lists[*item]
                            ));
                        }
                        if let Some(last) = seen.last() {
                            order.put(*last, number);
                        }
                        if let Some(next) = lists[*item].get(seen.len()) {
                            order.put(number, *next);
                        }
                    }
                }
                (Does::Reads(_), _) => {}
            }
        }
        let counts =
            |number: &usize, step: &Step| happened.contains(number) || matches!(step.outcome, Outcome::Seen(_));
        for (early, first) in steps.iter().enumerate() {
            for (late, second) in steps.iter().enumerate() {
                let before = first.answered.is_some_and(|answered| answered < second.sent);
                if before && first.outcome != Outcome::Unknown && counts(&early, first) && counts(&late, second) {
                    order.put(early, late);
                }
            }
        }
        Ok(order)
    }

    fn put(&mut self, early: usize, late: usize) {
        if early != late {
            self.after[early].insert(late);
        }
    }

    /// Takes away what nothing must come before, until nothing is left but circles.
    fn circle(mut self) -> Option<Vec<usize>> {
        let mut left: BTreeSet<usize> = (0..self.after.len()).collect();
        loop {
            let late: BTreeSet<usize> = left
                .iter()
                .flat_map(|early| self.after[*early].iter().copied())
                .collect();
            let first: Vec<usize> = left.iter().copied().filter(|number| !late.contains(number)).collect();
            if first.is_empty() {
                break;
            }
            for number in first {
                left.remove(&number);
                self.after[number].clear();
            }
        }
        (!left.is_empty()).then(|| left.into_iter().collect())
    }
}

fn seeds() -> std::ops::Range<u64> {
    let variable = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    match (variable("SIM_SEED"), variable("SIM_SEEDS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, count) => 0..count.unwrap_or(40),
    }
}

fn networks() -> [Network; 3] {
    [
        network([0.5, 3.0], 0.0, 0.0),
        network([0.5, 20.0], 0.0, 0.3),
        network([0.0, 40.0], 0.15, 0.3),
    ]
}

#[test]
fn transactions_happen_as_if_one_after_the_other() {
    let (mut done, mut seen, mut conflicts, mut lost) = (0, 0, 0, 0);
    for seed in seeds() {
        for network in networks() {
            let mut history = History::new(seed, network);
            while history.steps.len() < OPERATIONS {
                if history.random.below(3) == 0 {
                    history.let_time_pass(30_000);
                }
                if seed % 2 == 1 && history.random.below(12) == 0 {
                    history.door.region.lose_coordinator();
                    history.take_answers();
                    lost += 1;
                }
                history.operate();
            }
            let lists = history.lists();
            let found = Order::of(&history.steps, &lists).and_then(|order| match order.circle() {
                None => Ok(()),
                Some(circle) => Err(format!("a circle: {circle:?}")),
            });
            if let Err(found) = found {
                panic!(
                    "SIM_SEED={seed} on {network:?}: {found}\n{lists:?}\n{:#?}",
                    history.steps
                );
            }
            let count =
                |wanted: fn(&Outcome) -> bool| history.steps.iter().filter(|step| wanted(&step.outcome)).count();
            done += count(|outcome| *outcome == Outcome::Done);
            seen += count(|outcome| matches!(outcome, Outcome::Seen(_)));
            conflicts += history.conflicts;
        }
    }
    // A simulation in which nothing happens, or nothing gets in anything's way, has gone blind.
    assert!(done > 0 && seen > 0);
    assert!(
        seeds().count() < 10 || (conflicts > 0 && lost > 0),
        "{conflicts} conflicts, {lost} lost"
    );
}

/// The judge itself: histories that no order explains are found.
#[test]
fn what_cannot_have_happened_is_found() {
    let step = |does, sent, outcome| Step {
        does,
        sent,
        answered: Some(sent + 1),
        outcome,
    };
    let both = || Does::Appends(vec![0, 1]);
    let judge = |steps: &[Step], lists: &[Vec<usize>]| match Order::of(steps, lists) {
        Err(found) => Some(found),
        Ok(order) => order.circle().map(|circle| format!("{circle:?}")),
    };
    let reads = |seen: Vec<Vec<usize>>, sent| step(Does::Reads(vec![0, 1]), sent, Outcome::Seen(seen));
    let write = |sent| step(both(), sent, Outcome::Done);
    assert_eq!(
        judge(&[write(0), reads(vec![vec![0], vec![0]], 2)], &[vec![0], vec![0]]),
        None
    );
    // Half a transaction, seen or left behind.
    assert!(judge(&[write(0), reads(vec![vec![0], vec![]], 0)], &[vec![0], vec![0]]).is_some());
    assert!(judge(&[write(0)], &[vec![0], vec![]]).is_some());
    // One order here, another there.
    assert!(judge(&[write(0), write(0)], &[vec![0, 1], vec![1, 0]]).is_some());
    // A read of the past, after the answer.
    assert!(judge(&[write(0), reads(vec![vec![], vec![]], 2)], &[vec![0], vec![0]]).is_some());
    // What was refused, and what was acknowledged and is not there.
    assert!(judge(&[step(both(), 0, Outcome::Refused)], &[vec![0], vec![0]]).is_some());
    assert!(judge(&[write(0)], &[vec![], vec![]]).is_some());
}
