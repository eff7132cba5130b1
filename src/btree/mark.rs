//! Finding one key among many with the same head, without following a pointer for each: a byte a key, side by side.
//!
//! A leaf that holds parts of several item collections has runs of keys whose heads, the partition's hash, are all the same. Halving
//! such a run follows a pointer in each step. A key that is there is found by its mark instead, mostly at the first look: the
//! fingerprints of Oukid et al., "FPTree" (SIGMOD 2016).

use crate::bytes::equal;
use arrayvec::ArrayVec;
use std::ops::Range;

/// Keys that are looked at because of their marks. Chance alone makes one in 256 look alike; keys that differ where no mark
/// looks are left to halving.
const LOOKS_MAX: usize = 3;

/// The marks of a leaf's keys, in their order.
pub(super) struct Marks<const N: usize>(ArrayVec<u8, N>);

impl<const N: usize> Clone for Marks<N> {
    fn clone(&self) -> Self {
        // `ArrayVec::clone` goes element by element; this is one `memcpy`.
        Marks(taken(&self.0))
    }
}

impl<const N: usize> Marks<N> {
    pub(super) fn new() -> Self {
        Marks(ArrayVec::new())
    }

    /// Where the key is in `run`, if a few looks tell.
    pub(super) fn find<'a>(&self, run: Range<usize>, key: &[u8], key_at: impl Fn(usize) -> &'a [u8]) -> Option<usize> {
        let (first, sought) = (run.start, mark(key));
        let marks = self.0.get(run)?;
        let alike = marks.iter().enumerate().filter(|(_, mark)| **mark == sought);
        alike
            .map(|(at, _)| first + at)
            .take(LOOKS_MAX)
            .find(|at| equal(key_at(*at), key))
    }

    /// Follows a key that went in at `at`.
    pub(super) fn insert(&mut self, at: usize, key: &[u8]) {
        self.0.insert(at, mark(key));
    }

    /// Follows a key that was taken out at `at`.
    pub(super) fn remove(&mut self, at: usize) {
        self.0.remove(at);
    }

    /// Parts the marks at `at`.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let right = Marks(taken(self.0.get(at..).unwrap_or_default()));
        self.0.truncate(at);
        right
    }

    /// Takes in the marks of the node to the right.
    pub(super) fn append(&mut self, right: &Self) {
        let fits = self.0.try_extend_from_slice(&right.0);
        debug_assert!(fits.is_ok(), "two nodes are joined where one holds both");
    }

    /// Asserts that these are the marks of the keys.
    pub(super) fn check<'a>(&self, count: usize, key_at: impl Fn(usize) -> &'a [u8]) {
        assert_eq!(self.0.len(), count, "one mark a key");
        for (at, kept) in self.0.iter().enumerate() {
            assert_eq!(*kept, mark(key_at(at)), "a mark is its key's");
        }
    }
}

fn taken<const N: usize>(marks: &[u8]) -> ArrayVec<u8, N> {
    let mut copy = ArrayVec::new();
    let fits = copy.try_extend_from_slice(marks);
    debug_assert!(fits.is_ok(), "a node has no more marks than its like");
    copy
}

/// A byte that keys with the same beginning differ in, mostly: made of a key's last sixteen bytes, where sort keys are.
fn mark(key: &[u8]) -> u8 {
    // Odd, and without a pattern: the fractions of the golden ratio and of the square root of two.
    const SPREAD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0x6a09_e667_f3bc_c909];
    let last = key.last_chunk().map_or(0, |bytes: &[u8; 8]| u64::from_le_bytes(*bytes));
    let rest = key.get(..key.len().saturating_sub(8)).and_then(<[u8]>::last_chunk);
    let before = rest.map_or(0, |bytes: &[u8; 8]| u64::from_le_bytes(*bytes));
    let mixed = last.wrapping_mul(SPREAD[0]) ^ before.wrapping_mul(SPREAD[1]);
    // Multiplication carries every byte up to the highest.
    (mixed >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A hash, a partition key, a sort key, as rows of a table have them.
    fn key(collection: u64, order: usize) -> Vec<u8> {
        let mut key = collection.wrapping_mul(0x0123_4567_89ab_cdef).to_be_bytes().to_vec();
        key.extend_from_slice(format!("customer#{collection}\0\0order#{order:06}\0\0").as_bytes());
        key
    }

    fn marks(keys: &[Vec<u8>]) -> Marks<64> {
        let mut marks = Marks::new();
        for (at, key) in keys.iter().enumerate() {
            marks.insert(at, key);
        }
        marks
    }

    #[test]
    fn keys_of_one_collection_have_many_marks() {
        let seen: BTreeSet<u8> = (0..256).map(|order| mark(&key(7, order))).collect();
        // Chance leaves 162 of 256 different; half of that would still find most keys at the first look.
        assert!(seen.len() > 100, "{} marks", seen.len());
    }

    #[test]
    fn a_key_is_found_in_its_run_only() {
        let keys: Vec<Vec<u8>> = (0..40).map(|order| key(3, order)).collect();
        let marks = marks(&keys);
        let key_at = |at: usize| keys[at].as_slice();
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(marks.find(0..40, key, key_at), Some(at));
            assert_eq!(marks.find(0..at, key, key_at), None);
        }
        assert_eq!(marks.find(0..40, &key(3, 40), key_at), None);
    }

    #[test]
    fn keys_that_differ_where_no_mark_looks_are_left_to_others() {
        let keys: Vec<Vec<u8>> = (0..40)
            .map(|order| format!("{order:02} and the same end of sixteen bytes").into_bytes())
            .collect();
        let looks = std::cell::Cell::new(0);
        let found = marks(&keys).find(0..40, &keys[39], |at| {
            looks.set(looks.get() + 1);
            keys[at].as_slice()
        });
        assert_eq!((found, looks.get()), (None, LOOKS_MAX));
    }

    #[test]
    fn marks_follow_their_keys() {
        let mut keys: Vec<Vec<u8>> = (0..20).map(|order| key(5, order)).collect();
        let mut left = marks(&keys);
        left.remove(4);
        keys.remove(4);
        let right = left.split_off(9);
        left.check(9, |at| &keys[at]);
        right.check(10, |at| &keys[9 + at]);
        left.append(&right);
        left.check(19, |at| &keys[at]);
    }

    #[test]
    fn short_keys_have_marks() {
        for length in 0..20 {
            let key = vec![7; length];
            let mut marks: Marks<64> = Marks::new();
            marks.insert(0, &key);
            assert_eq!(marks.find(0..1, &key, |_| &key), Some(0));
        }
    }
}
