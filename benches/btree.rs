//! The engine's tree beside `imbl::OrdMap` and `std::collections::BTreeMap`: `cargo bench --bench btree`.
//!
//! One table of medians over interleaved rounds (each round runs every map once, so that a slow moment of the machine
//! hits all of them), in nanoseconds a row, and the bytes each map allocates for a row. Rows are pointers to a key of a hash and
//! a sort key; all maps hold the same rows, found by the same key bytes.

use snowglobe::btree::{Row, Tree};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::Bound;
use std::rc::Rc;
use std::time::Instant;
use xxhash_rust::xxh3::xxh3_64;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 7;
/// Writes between two snapshots: a checkpoint now and then, and a fork before every write.
const SNAPSHOT_EVERY: usize = 1_000;

/// A row as the engine keeps it: one pointer.
#[derive(Clone)]
struct Handle(Rc<Stored>);

/// The key and some bytes beside it, so that rows do not lie closer together than real ones.
struct Stored {
    key: Box<[u8]>,
    _item: [u8; 64],
}

impl Row for Handle {
    fn key(&self) -> &[u8] {
        &self.0.key
    }

    fn weight(&self) -> usize {
        400
    }

    fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

// The peers order the handles by the bytes behind them, as a map without inline heads has to.
impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Handle {}
impl PartialOrd for Handle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Handle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(other.key())
    }
}
impl Borrow<[u8]> for Handle {
    fn borrow(&self) -> &[u8] {
        self.key()
    }
}

/// What the benchmark does to a map.
trait Map: Clone {
    const NAME: &'static str;
    fn new() -> Self;
    fn put(&mut self, row: Handle);
    fn take(&mut self, key: &[u8]) -> bool;
    fn has(&self, key: &[u8]) -> bool;
    /// Sums the keys' lengths of up to 20 rows from `key` on.
    fn page(&self, key: &[u8], forward: bool) -> usize;
}

fn page_sum<'a>(rows: impl Iterator<Item = &'a Handle>) -> usize {
    rows.take(20).map(|row| row.key().len()).sum()
}

impl Map for Tree<Handle> {
    const NAME: &'static str = "snowglobe";
    fn new() -> Self {
        Tree::new()
    }
    fn put(&mut self, row: Handle) {
        self.insert(row);
    }
    fn take(&mut self, key: &[u8]) -> bool {
        self.remove(key).is_some()
    }
    fn has(&self, key: &[u8]) -> bool {
        self.get(key).is_some()
    }
    fn page(&self, key: &[u8], forward: bool) -> usize {
        if forward {
            page_sum(self.range(key..))
        } else {
            page_sum(self.range(..=key).rev())
        }
    }
}

macro_rules! peer {
    ($map:ty, $name:literal, $($bounds:ty),+) => {
        impl Map for $map {
            const NAME: &'static str = $name;
            fn new() -> Self {
                Self::default()
            }
            fn put(&mut self, row: Handle) {
                self.insert(row, ());
            }
            fn take(&mut self, key: &[u8]) -> bool {
                self.remove(key).is_some()
            }
            fn has(&self, key: &[u8]) -> bool {
                self.contains_key(key)
            }
            fn page(&self, key: &[u8], forward: bool) -> usize {
                let (low, high) = if forward {
                    (Bound::Included(key), Bound::Unbounded)
                } else {
                    (Bound::Unbounded, Bound::Included(key))
                };
                let rows = self.range::<$($bounds),+>((low, high)).map(|(row, ())| row);
                if forward {
                    page_sum(rows)
                } else {
                    page_sum(rows.rev())
                }
            }
        }
    };
}
peer!(imbl::OrdMap<Handle, ()>, "imbl", _, [u8]);
peer!(BTreeMap<Handle, ()>, "std", [u8], _);

/// Rows in the order they are inserted, and the order they are looked up.
struct Workload {
    name: &'static str,
    rows: Vec<Handle>,
    lookups: Vec<Handle>,
}

impl Workload {
    fn new(name: &'static str, count: u64, key: impl Fn(u64) -> (u64, u64)) -> Self {
        let rows: Vec<_> = (0..count)
            .map(|number| {
                let (partition, sort) = key(number);
                let hash = xxh3_64(&partition.to_be_bytes()).to_be_bytes();
                let key = [&hash[..], b"event#", &sort.to_be_bytes()].concat().into();
                Handle(Rc::new(Stored { key, _item: [0; 64] }))
            })
            .collect();
        let mut lookups = rows.clone();
        lookups.sort_by_key(|row| xxh3_64(row.key()));
        Workload { name, rows, lookups }
    }
}

const MEASURES: [&str; 9] = [
    "insert",
    "get",
    "20 up",
    "20 down",
    "replace",
    "clone+put",
    "snapshots",
    "remove",
    "bytes a row",
];

/// One round over one map: a figure for each of `MEASURES`.
fn round<M: Map>(workload: &Workload) -> [f64; MEASURES.len()] {
    let each = |count: usize, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed().as_nanos() as f64 / count as f64
    };
    let Workload { rows, lookups, .. } = workload;
    let count = rows.len();
    let some = &lookups[..(count / 10).min(10_000)];

    let region = Region::new(ALLOCATOR);
    let mut map = M::new();
    let insert = each(count, &mut || rows.iter().for_each(|row| map.put(row.clone())));
    let change = region.change();
    let allocated = change.bytes_allocated as isize + change.bytes_reallocated - change.bytes_deallocated as isize;
    let bytes = allocated as f64 / count as f64;

    let get = each(count, &mut || {
        lookups.iter().for_each(|row| assert!(black_box(map.has(row.key()))))
    });
    let page = |forward| {
        each(some.len(), &mut || {
            some.iter()
                .for_each(|row| assert!(black_box(map.page(row.key(), forward)) > 0));
        })
    };
    let (up, down) = (page(true), page(false));
    let replace = each(count, &mut || lookups.iter().for_each(|row| map.put(row.clone())));

    // `std` has no snapshots: its clone copies every row, so it does only a few.
    let forks = if M::NAME == "std" { &some[..5] } else { some };
    let clone_put = each(forks.len(), &mut || {
        for row in forks {
            let before = map.clone();
            map.put(row.clone());
            drop(black_box(before));
        }
    });
    let snapshots = each(count, &mut || {
        let mut kept = map.clone();
        for (number, row) in lookups.iter().enumerate() {
            map.put(row.clone());
            if number % SNAPSHOT_EVERY == 0 && M::NAME != "std" {
                kept = map.clone();
            }
        }
        drop(kept);
    });
    let remove = each(count, &mut || {
        lookups.iter().for_each(|row| assert!(map.take(row.key())))
    });
    [insert, get, up, down, replace, clone_put, snapshots, remove, bytes]
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main() {
    let workloads = [
        Workload::new("1,000 random rows", 1_000, |number| (number, 0)),
        Workload::new("100,000 random rows", 100_000, |number| (number, 0)),
        Workload::new("1,000 collections of 100", 100_000, |number| (number % 1_000, number)),
        Workload::new("one collection, in order", 100_000, |number| (0, number)),
    ];
    println!("median of {ROUNDS} interleaved rounds; nanoseconds, but for the last column");
    print!("{:<26}{:<10}", "", "");
    MEASURES.iter().for_each(|measure| print!("{measure:>12}"));
    println!();
    for workload in &workloads {
        let rounds: Vec<_> = (0..ROUNDS)
            .map(|_| {
                let ours = round::<Tree<Handle>>(workload);
                [
                    ours,
                    round::<imbl::OrdMap<Handle, ()>>(workload),
                    round::<BTreeMap<Handle, ()>>(workload),
                ]
            })
            .collect();
        let names = [
            Tree::<Handle>::NAME,
            imbl::OrdMap::<Handle, ()>::NAME,
            BTreeMap::<Handle, ()>::NAME,
        ];
        for (map, name) in names.into_iter().enumerate() {
            print!("{:<26}{name:<10}", if map == 0 { workload.name } else { "" });
            for measure in 0..MEASURES.len() {
                print!(
                    "{:>12.1}",
                    median(rounds.iter().map(|round| round[map][measure]).collect())
                );
            }
            println!();
        }
    }
}
