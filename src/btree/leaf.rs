//! A leaf: rows, their weight, and the small arrays that a search runs through before it looks at a row.

use super::Row;
use super::head::{Heads, Probe};
use super::mark::Marks;
use arrayvec::ArrayVec;

/// Rows in a full leaf. Unit tests build small nodes, so that a few hundred rows make a tree of many levels; the tests in
/// `tests/btree.rs` run on nodes as shipped.
pub(super) const LEAF_MAX: usize = if cfg!(test) { 8 } else { 64 };
/// Fewest rows in a leaf that is not the root.
pub(super) const LEAF_LEAST: usize = LEAF_MAX * 3 / 8;
// A place in a leaf is kept in a byte.
const _: () = assert!(LEAF_MAX <= u8::MAX as usize);

/// Rows in key order, at most `LEAF_MAX`, at least one.
pub(super) struct Leaf<R> {
    heads: Heads<LEAF_MAX>,
    marks: Marks<LEAF_MAX>,
    rows: ArrayVec<R, LEAF_MAX>,
    weight: u64,
}

impl<R: Row> Clone for Leaf<R> {
    fn clone(&self) -> Self {
        Leaf {
            heads: self.heads.clone(),
            marks: self.marks.clone(),
            rows: self.rows.clone(),
            weight: self.weight,
        }
    }
}

impl<R: Row> Leaf<R> {
    pub(super) fn new() -> Self {
        Leaf {
            heads: Heads::new(),
            marks: Marks::new(),
            rows: ArrayVec::new(),
            weight: 0,
        }
    }

    pub(super) fn rows(&self) -> &[R] {
        &self.rows
    }

    /// The sum of the rows' weights, in bytes.
    pub(super) fn weight(&self) -> u64 {
        self.weight
    }

    pub(super) fn heads(&self) -> &Heads<LEAF_MAX> {
        &self.heads
    }

    pub(super) fn marks(&self) -> &Marks<LEAF_MAX> {
        &self.marks
    }

    /// Where the key is (`Ok`), or would go.
    #[inline]
    pub(super) fn search(&self, probe: Probe) -> Result<usize, usize> {
        let key_at = |at: usize| self.rows[at].key();
        self.heads
            .search(probe, key_at, |run| self.marks.find(run, probe.key(), key_at))
    }

    /// Puts a row in where a search said that it would go.
    pub(super) fn insert(&mut self, at: usize, row: R) {
        debug_assert!(self.rows.len() < LEAF_MAX, "room is made before a row goes in");
        self.weight += row.weight() as u64;
        self.marks.insert(at, row.key());
        self.rows.insert(at, row);
        self.heads.insert(at, self.rows.len(), |at| self.rows[at].key());
    }

    /// Puts a row in behind all others.
    pub(super) fn push(&mut self, row: R) {
        self.insert(self.rows.len(), row);
    }

    /// Puts `row` in the place of the row with the same key.
    pub(super) fn replace(&mut self, at: usize, row: R) -> R {
        debug_assert_eq!(self.rows[at].key(), row.key(), "a row is replaced by one with its key");
        self.weight += row.weight() as u64;
        let old = std::mem::replace(&mut self.rows[at], row);
        self.weight -= old.weight() as u64;
        old
    }

    pub(super) fn remove(&mut self, at: usize) -> R {
        self.heads.remove(at);
        self.marks.remove(at);
        let old = self.rows.remove(at);
        self.weight -= old.weight() as u64;
        old
    }

    /// Takes the rows from `at` on into a new leaf.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let heads = self.heads.split_off(at, |at| self.rows[at].key());
        let marks = self.marks.split_off(at);
        let rows: ArrayVec<R, LEAF_MAX> = self.rows.drain(at..).collect();
        let weight = rows.iter().map(|row| row.weight() as u64).sum();
        self.weight -= weight;
        Leaf {
            heads,
            marks,
            rows,
            weight,
        }
    }

    /// Takes in the rows of the leaf to the right.
    pub(super) fn append(&mut self, right: Self) {
        self.rows.extend(right.rows);
        self.marks.append(&right.marks);
        self.heads.append(right.heads, |at| self.rows[at].key());
        self.weight += right.weight;
    }
}
