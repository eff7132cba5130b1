//! What one request costs the cluster, from the router to three replicas and back: `cargo bench --bench cluster`.
//!
//! Medians over rounds and, behind the slash, the best round, in nanoseconds a request, without reading requests and writing answers: work goes in, outcomes come out.
//! Items have about 400 bytes; the network is the default one, so each request is answered within its call. The last column
//! is the memory all three replicas take for an item.

#![allow(
    clippy::panic,
    reason = "a benchmark that cannot set itself up has nothing to report"
)]

use snowglobe::cluster::{Cluster, ClusterOptions};
use snowglobe::limits;
use snowglobe::request::Operation;
use snowglobe::request::plan::{Action, Control, Get, OnFailure, Outcome, Source, TransactWrite, Walk, Work, Write};
use snowglobe::request::token::{ContentDigest, Token};
use snowglobe::table::{
    AttributeName, GlobalIndexSpec, IndexName, KeyAttribute, KeySchema, Projection, StreamView, Table, TableName,
    TableSpec, Throughput, WarmChange,
};
use snowglobe::time::Time;
use snowglobe::value::flat::{Tag, Writer};
use snowglobe::value::key::{KeyRange, KeyType};
use snowglobe::value::{Item, Layer, admit};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 9;
/// Writes of one transaction.
const TRANSACTION: u64 = 10;
/// Requests in one round.
const REQUESTS: u64 = 20_000;

fn key_attribute(name: &str, key_type: KeyType) -> KeyAttribute {
    KeyAttribute {
        name: AttributeName::new(name),
        key_type,
    }
}

/// What reads the table's log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Nobody,
    Index,
    Stream,
}

fn table_spec(name: &str, reader: Reader) -> TableSpec {
    let index = GlobalIndexSpec {
        name: IndexName::new("by-group"),
        schema: KeySchema {
            partition: vec![key_attribute("group", KeyType::N)],
            sort: Vec::new(),
        },
        projection: Projection::All,
        throughput: Throughput::default(),
        on_demand: None,
        warm: WarmChange::default(),
    };
    let schema = KeySchema {
        partition: vec![key_attribute("pk", KeyType::S)],
        sort: vec![key_attribute("sk", KeyType::N)],
    };
    let attributes = schema.attributes().cloned().collect();
    TableSpec {
        global_indexes: (reader == Reader::Index).then_some(index).into_iter().collect(),
        stream: (reader == Reader::Stream).then_some(StreamView::NewAndOldImages),
        ..TableSpec::on_demand(TableName::new(name), schema, attributes)
    }
}

/// An item of about 400 bytes: 20 items share a partition key.
fn item(number: u64, version: u64) -> Item {
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, 8);
    for (name, tag, text) in [
        ("pk", Tag::S, format!("customer#{:08}", number / 20)),
        ("sk", Tag::N, (number % 20 + 1).to_string()),
        ("group", Tag::N, (number % 100 + 1).to_string()),
        ("version", Tag::N, (version + 1).to_string()),
        ("name", Tag::S, format!("order {number} of somebody who buys a lot")),
        ("note", Tag::S, "x".repeat(180)),
    ] {
        writer.text(name.as_bytes());
        writer.scalar(tag, text.as_bytes());
    }
    writer.text(b"paid");
    writer.bool(true);
    writer.text(b"lines");
    let lines = writer.open(Tag::L, 2);
    for line in ["bread", "butter"] {
        let map = writer.open(Tag::M, 2);
        writer.text(b"article");
        writer.scalar(Tag::S, line.as_bytes());
        writer.text(b"count");
        writer.scalar(Tag::N, b"2");
        writer.close(map);
    }
    writer.close(lines);
    writer.close(open);
    match admit::admit_item(writer.bytes(), Layer::Newer) {
        Ok(admitted) => admitted.item,
        Err(fault) => panic!("{fault:?}"),
    }
}

struct Bench {
    cluster: Cluster,
    table: Rc<Table>,
    now: Time,
}

impl Bench {
    fn new(reader: Reader) -> Self {
        let mut bench = Bench {
            cluster: Cluster::new(ClusterOptions::default()),
            table: Rc::new(table_spec("none", Reader::Nobody).into_table(
                snowglobe::table::Birth {
                    id: snowglobe::table::TableId(0),
                    uuid: snowglobe::table::Uuid::from_random([0; 16]),
                    seed: snowglobe::value::key::HashSeed(0),
                    first_index: snowglobe::table::IndexId(0),
                    now_ms: 0,
                },
                snowglobe::table::TableStatus::Active,
            )),
            now: Time::from_ms(1.0e12),
        };
        bench.request(Work::Control(Control::Create(Box::new(table_spec("Orders", reader)))));
        match bench.cluster.catalog().usable("Orders") {
            Some(table) => bench.table = Rc::clone(table),
            None => panic!("the table was just made"),
        }
        bench
    }
    fn request(&mut self, work: Work) -> Outcome {
        self.cluster.submit(self.now, work);
        match self.cluster.next_completion() {
            Some(completion) => match completion.result {
                Ok(outcome) => outcome,
                Err(error) => panic!("{error:?}"),
            },
            None => panic!("an instant network answers at once"),
        }
    }
    fn get(&self, item: &Item) -> Get {
        match self.table.row_key(item.attributes()) {
            Some(key) => Get {
                table: Rc::clone(&self.table),
                key,
                consistent: true,
            },
            None => panic!("the item has the key"),
        }
    }
    fn write(&self, item: &Item) -> Write {
        let Get { table, key, .. } = self.get(item);
        Write {
            table,
            key,
            action: Action::Put(item.clone()),
            condition: None,
            on_failure: OnFailure::Refuse,
            closed: None,
        }
    }
    fn fill(&mut self, count: u64) {
        for number in 0..count {
            let write = self.write(&item(scattered(number, count), 0));
            self.request(Work::Write(Box::new(write)));
        }
    }
    fn page(&self, item: &Item) -> Walk {
        let get = self.get(item);
        let range = match self.table.collection(&get.key.bytes) {
            Some(range) => range,
            None => KeyRange::nothing(),
        };
        Walk {
            table: get.table,
            source: Source::Table,
            hashes: get.key.hash..=get.key.hash,
            range,
            forward: true,
            limit: None,
            page_bytes_max: limits::PAGE_BYTES_MAX,
            filter: None,
            consistent: true,
            fetch_base: false,
            count_only: false,
            search: None,
        }
    }
}

/// All numbers below `count`, in an order that is not theirs.
fn scattered(number: u64, count: u64) -> u64 {
    (number * 7_919) % count
}

/// What `round` takes for `count` requests, in nanoseconds a request: the median of the rounds, and the best.
fn rounds(count: u64, mut round: impl FnMut() -> std::time::Duration) -> String {
    let mut rounds: Vec<u64> = (0..ROUNDS).map(|_| round().as_nanos() as u64 / count).collect();
    rounds.sort_unstable();
    let at = |place: usize| rounds.get(place).copied().unwrap_or_default();
    format!("{}/{}", at(ROUNDS / 2), at(0))
}

fn measure(count: u64, reader: Reader) {
    let allocated = Region::new(ALLOCATOR);
    let mut bench = Bench::new(reader);
    bench.fill(count);
    let held = allocated.change();
    let bytes = (held.bytes_allocated - held.bytes_deallocated) as u64 / count;
    let mut version = 0;
    let some = |version: u64| (0..REQUESTS).map(move |number| item(scattered(number * 31 + version, count), version));

    let put = rounds(REQUESTS, || {
        version += 1;
        let writes: Vec<Work> = some(version)
            .map(|item| Work::Write(Box::new(bench.write(&item))))
            .collect();
        let begin = Instant::now();
        for write in writes {
            black_box(bench.request(write));
        }
        begin.elapsed()
    });
    let batch = rounds(REQUESTS, || {
        version += 1;
        let mut writes = some(version).map(|item| bench.write(&item));
        let batches: Vec<Work> = (0..REQUESTS / 25)
            .map(|_| Work::BatchWrite(writes.by_ref().take(25).collect()))
            .collect();
        let begin = Instant::now();
        for batch in batches {
            black_box(bench.request(batch));
        }
        begin.elapsed()
    });
    let get = rounds(REQUESTS, || {
        version += 1;
        let gets: Vec<Work> = some(version).map(|item| Work::Get(vec![bench.get(&item)])).collect();
        let begin = Instant::now();
        for get in gets {
            black_box(bench.request(get));
        }
        begin.elapsed()
    });
    let transaction = rounds(REQUESTS / TRANSACTION, || {
        version += 1;
        let mut writes = some(version).map(|item| bench.write(&item));
        let transactions: Vec<Work> = (0..REQUESTS / TRANSACTION)
            .map(|number| {
                let actions = writes.by_ref().take(TRANSACTION as usize).map(Ok).collect();
                let token = Some(Token {
                    operation: Operation::TransactWriteItems,
                    text: format!("{version}-{number}"),
                    content: ContentDigest([0; 16]),
                });
                Work::TransactWrite(Box::new(TransactWrite { actions, token }))
            })
            .collect();
        let begin = Instant::now();
        for transaction in transactions {
            black_box(bench.request(transaction));
        }
        begin.elapsed()
    });
    let page = rounds(REQUESTS / 10, || {
        version += 1;
        let pages: Vec<Work> = some(version)
            .take((REQUESTS / 10) as usize)
            .map(|item| Work::Walk(Rc::new(bench.page(&item))))
            .collect();
        let begin = Instant::now();
        for page in pages {
            black_box(bench.request(page));
        }
        begin.elapsed()
    });
    let fork = rounds(100, || {
        let begin = Instant::now();
        for _ in 0..100 {
            black_box(bench.cluster.clone());
        }
        begin.elapsed()
    });
    let kind = match reader {
        Reader::Nobody => "",
        Reader::Index => "with a GSI",
        Reader::Stream => "a stream",
    };
    println!(
        "{count:>8} {kind:<10} {put:>12} {batch:>12} {get:>12} {page:>12} {transaction:>14} {fork:>12} {bytes:>10}"
    );
}

fn main() {
    println!(
        "   items                     put      batched          get    page of 20   transacted 10         fork bytes/item"
    );
    for reader in [Reader::Nobody, Reader::Index, Reader::Stream] {
        for count in [1_000, 100_000] {
            measure(count, reader);
        }
    }
}
