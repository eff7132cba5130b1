//! The same seed, requests and times give the same bytes, natively and in wasm: both run this file against one fingerprint.
#![allow(clippy::unwrap_used, reason = "a request that cannot be made must stop the test")]

use snowglobe::checksum::Running32c;
use snowglobe::cluster::Network;
use snowglobe::region::{Answer, Region, RegionOptions};
use snowglobe::request::Operation;
use snowglobe::request::wire::read_body;
use snowglobe::store::snapshot::SnapshotWriter;
use snowglobe::time::Time;
use snowglobe::value::flat::{ValueRef, View, Writer};
use snowglobe::value::vector::{self, Distance, Query, SearchVector};

/// What everything below comes to. It changes when what is generated from a seed, the layout or the snapshot format changes:
/// such a change breaks people's replays, so it must be meant.
const FINGERPRINT: u32 = 0x8125_cc4f;

const TABLE: &str = r#"{"TableName": "Order", "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "n", "AttributeType": "N"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "GlobalSecondaryIndexes": [{"IndexName": "by-n", "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}}]}"#;

struct Run {
    region: Region,
    now: Time,
    crc: Running32c,
}

impl Run {
    fn call(&mut self, operation: Operation, body: &str) {
        let tree = read_body(operation, body.as_bytes()).unwrap();
        match self.region.call(self.now, operation, &tree) {
            Answer::Done(tree) => self.note(&tree),
            Answer::Failed(error) => self.note(format!("{error:?}").as_bytes()),
            Answer::Pending(_) => {}
        }
        // Requests overlap: the next one is made while this one is under way.
        self.now = Time::from_micros(self.now.micros() + 1_500);
        self.step(self.now);
    }
    fn step(&mut self, now: Time) {
        self.region.step(now);
        while let Some((ticket, result)) = self.region.next_completion() {
            self.note(&ticket.0.to_le_bytes());
            match result {
                Ok(tree) => self.note(&tree),
                Err(error) => self.note(format!("{error:?}").as_bytes()),
            }
        }
    }
    fn note(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
    }
}

fn fingerprint() -> u32 {
    let network = Network::new([1.0, 7.0], 0.05, 0.2).unwrap();
    let options = RegionOptions {
        seed: 42,
        network,
        partitions: 3,
        ..RegionOptions::default()
    };
    let now = Time::from_micros(1_893_456_000_000_000);
    let mut run = Run {
        region: Region::new(options),
        now,
        crc: Running32c::new(),
    };
    run.call(Operation::CreateTable, TABLE);
    run.now = Time::from_micros(run.now.micros() + 1_000_000);
    run.step(run.now);
    for n in 0..60 {
        let item = format!(
            r#"{{"TableName": "Order", "Item": {{"pk": {{"S": "k{}"}}, "n": {{"N": "{}.5"}}}}}}"#,
            n % 17,
            n % 5
        );
        run.call(Operation::PutItem, &item);
        let get = format!(r#"{{"TableName": "Order", "Key": {{"pk": {{"S": "k{}"}}}}}}"#, n % 19);
        run.call(Operation::GetItem, &get);
    }
    while let Some(next) = run.region.next_deadline() {
        run.now = next;
        run.step(next);
    }
    run.call(Operation::Scan, r#"{"TableName": "Order", "IndexName": "by-n"}"#);
    while let Some(next) = run.region.next_deadline() {
        run.now = next;
        run.step(next);
    }
    let snapshot = SnapshotWriter::new(run.region.image()).write_all().unwrap();
    run.note(&snapshot);
    run.crc.value()
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn one_seed_gives_the_same_bytes_on_every_machine() {
    assert_eq!(fingerprint(), FINGERPRINT, "fingerprint {:#010x}", fingerprint());
}

/// The scores of a vector against itself and another one: registers of `simd128` and plain arrays come to the same bits. The
/// elements are such that another order of additions shows.
fn scores() -> Vec<u64> {
    let vector = |seed: u32| -> Vec<u8> {
        let elements = (0..387u32).map(|at| {
            let bits = (at.wrapping_mul(2_654_435_761) ^ seed).wrapping_mul(1_664_525);
            (bits >> 8) as f32 / 16_777_216.0 - 0.5
        });
        elements.flat_map(f32::to_le_bytes).collect()
    };
    let (one, other) = (vector(1), vector(7_654_321));
    let mut list = Writer::new();
    vector::write(&one, &mut list);
    let Ok(View::L(values)) = ValueRef::read(list.bytes()).unwrap().view() else {
        return Vec::new();
    };
    let searched = SearchVector::read(values.iter()).unwrap();
    let distances = [Distance::Cosine, Distance::Euclidean, Distance::DotProduct];
    let queries = distances.map(|distance| Query::new(distance, &searched));
    let scores = queries
        .iter()
        .flat_map(|query| [&one, &other].map(|stored| query.score(stored).to_bits()));
    scores.collect()
}

const SCORES: [u64; 6] = [
    0,
    4_607_267_307_534_356_855,
    0,
    4_620_789_382_253_516_678,
    4_629_780_094_681_919_640,
    13_827_109_679_477_543_424,
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn vectors_have_the_same_scores_on_every_machine() {
    assert_eq!(scores(), SCORES);
}

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
