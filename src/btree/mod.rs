//! The replicas' rows in key order: a copy-on-write B+tree.
//!
//! Owns the order of rows and nothing else: what a row is, how keys are made and what is logged or stored is decided above.
//! Promises that a clone is O(1) and never sees a later change, that a tree nobody shares is changed in place, and that
//! the same calls build the same tree everywhere. Never compares anything but key bytes, never fails, never recurses deeper
//! than the tree is high.
//!
//! ```
//! use snowglobe::btree::{Row, Tree};
//! use std::rc::Rc;
//!
//! #[derive(Clone, Debug, PartialEq)]
//! struct Word(Rc<str>);
//!
//! impl Row for Word {
//!     fn key(&self) -> &[u8] { self.0.as_bytes() }
//!     fn weight(&self) -> usize { self.0.len() }
//!     fn same(&self, other: &Self) -> bool { Rc::ptr_eq(&self.0, &other.0) || self == other }
//! }
//!
//! let mut tree: Tree<Word> = ["snow", "globe", "shake"].map(|word| Word(word.into())).into_iter().fold(
//!     Tree::new(), |mut tree, word| { tree.insert(word); tree });
//! let snapshot = tree.clone();
//! assert!(tree.remove(b"shake").is_some());
//! assert!(tree.range(&b"h"[..]..).map(|word| &*word.0).eq(["snow"]));
//! assert!(snapshot.iter().rev().map(|word| &*word.0).eq(["snow", "shake", "globe"]));
//! assert_eq!(snapshot.diff(&tree).map(|change| change.before.is_some()).collect::<Vec<_>>(), [true]);
//! ```
//!
//! # Layout
//! ```text
//! Branch  heads  [u64; <= 63]        eight bytes of each bound but the first
//!         lows   [Rc<[u8]>; <= 64]   child i holds keys >= lows[i] and < lows[i + 1]; as short as still separates
//!         children, rows below, weight below
//! Leaf    heads  [u64; <= 64]        eight bytes of each key
//!         marks  [u8; <= 64]         a fingerprint of each key
//!         rows   [R; <= 64]          handles in key order; the keys themselves are behind them
//!         weight
//! ```
//! Rows are in leaves only. A key's *head* is its first eight bytes as a big-endian number, padded with zeros: different
//! heads decide, equal ones (`"a"` and `"a\0"`) are settled by the whole keys. Keys here begin with eight bytes of
//! hash, so a search runs through one small array a level and follows a pointer once, at the row it finds. Nodes inside
//! one item collection take their heads after the bytes all their keys share, and follow one pointer to compare those. In leaves
//! that hold parts of several collections the heads of each are the same; there a key is found by its mark.
//!
//! # Invariants
//! [`Tree::check`] asserts them all.
//! - Keys ascend strictly; each is within the bounds of every node above it. The first bound of a branch is the one its
//!   parent has for it, and empty on the left edge.
//! - All leaves are on one level. Nodes hold 24 to 64 entries, a root fewer, but at least one row or two children; the
//!   empty tree has no node.
//! - A node's row count and weight are the sums of what is below it.
//!
//! # Cost
//! | | |
//! |---|---|
//! | `clone`, `len`, `weight`, `is_empty` | O(1) |
//! | `get`, `insert`, `remove`, `seek`, start of a `range` | O(log n) |
//! | a step of a cursor or a range | O(1) on average |
//! | `weight_before`, `nth`, `middle_key`, `cut` | O(log n) nodes |
//! | first change below a node shared with a snapshot | one copy of a node for each level |
//! | `diff`, `same_as` | O(changes * log n) between snapshots, O(n) between strangers |
//! | `bulk_load`, `check` | O(n) |
//!
//! A full node first passes entries on to a sibling, and is split only when both siblings are nearly full: random inserts
//! fill leaves to more than 80 %, inserts in order to 98 % and more. A row costs 14 to 17 bytes of nodes in wasm32 (13 in a
//! full leaf), in each of a partition's three replicas.
//!
//! # Why not a map that exists
//! `std::collections::BTreeMap` has no cheap clone: a fork or a checkpoint of 100,000 rows copies all of them, 2 to 5 ms.
//! `imbl::OrdMap` has, but keeps no heads, sums or cut. `cargo bench --bench btree`, nanoseconds (bytes in the last column),
//! native, on a busy machine, so only the comparison within a group counts:
//! ```text
//!                                      insert    get   20 up  20 down  replace  clone+put  remove  bytes a row
//! 100,000 random rows       this tree     261    358     806      905      488      2,434     482         23.0
//!                           imbl 7        871  1,068   2,144    2,070    1,121      2,954     997         16.7
//!                           std           658    946   1,513    1,710      918  9,825,187     796         15.4
//! 1,000 collections of 100  this tree     678    479   1,099    1,113      541      3,001     574         23.6
//!                           imbl 7        551    989   2,173    2,067    1,072      2,734   1,093         22.6
//!                           std           487    863   1,373    1,224      810  9,698,521     789         18.8
//! one collection, in order  this tree     188    354     827      818      440      2,090     502         19.2
//!                           imbl 7        180  1,136   1,867    1,864    1,233      2,890   1,202         25.0
//!                           std           285    896   1,290    1,559      871  5,616,253     759         19.6
//! ```
//! In wasm under Node the order is much the same (random rows: get 302 to imbl's 542 and std's 539). Two things are dearer
//! here: inserts that go round many collections, whose leaves hold parts of several (445 in wasm, imbl 321, std 355), and a
//! put after every single clone (1.4 times imbl's in wasm), since a copied leaf counts up the references of 64 rows.
//!
//! On 1,000 rows, leaves of 32 were some 20 % slower to insert into and search than leaves of 64; with 100,000 they took
//! 10 % more memory. Leaves of 96 and 128 were no faster, and saved 3 to 4 %.

mod balance;
mod branch;
mod build;
mod check;
mod cursor;
mod diff;
#[cfg(test)]
mod example_tests;
mod head;
mod leaf;
mod mark;
mod node;
mod path;
#[cfg(test)]
mod tests;
mod tree;

pub use build::OutOfOrder;
pub use check::Shape;
pub use cursor::{Cursor, Range};
pub use diff::{Change, Diff};
pub use path::Place;
pub use tree::Tree;

/// What a tree holds: a cheap handle (one pointer, best an `Rc`) on a row that never changes.
///
/// `key` and `weight` must answer the same for as long as the handle and its clones live.
pub trait Row: Clone {
    /// The key the row is found by; keys are ordered as bytes.
    fn key(&self) -> &[u8];

    /// What the row adds to [`Tree::weight`], in bytes.
    fn weight(&self) -> usize;

    /// Whether two rows with the same key are the same row. Asked by [`Tree::diff`] and [`Tree::same_as`] only; compare
    /// pointers first, contents after.
    fn same(&self, other: &Self) -> bool;
}
