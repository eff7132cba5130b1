//! Searching a node without following its pointers: eight telling bytes of every key, side by side in one small array.

use crate::bytes::{compare, equal};
use arrayvec::ArrayVec;
use std::cmp::Ordering;
use std::ops::Range;

/// Up to eight bytes of a key as a big-endian number, short keys padded with zeros.
///
/// Different heads order two keys as their bytes would; equal heads say nothing (`"a"` and `"a\0"` share one), and the
/// whole keys are compared.
pub(super) fn head(key: &[u8]) -> u64 {
    match key.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => {
            let padded = key.iter().fold(0, |head, byte| head << 8 | u64::from(*byte));
            padded.checked_shl(8 * (8 - key.len() as u32)).unwrap_or(0)
        }
    }
}

/// A key being looked for, its head worked out once.
#[derive(Clone, Copy)]
pub(super) struct Probe<'k> {
    head: u64,
    key: &'k [u8],
}

impl<'k> Probe<'k> {
    pub(super) fn new(key: &'k [u8]) -> Self {
        Probe { head: head(key), key }
    }

    pub(super) fn key(&self) -> &'k [u8] {
        self.key
    }
}

/// The heads of a node's keys, in order.
///
/// Within an item collection all keys begin with the same hash, and often with much the same sort key: their first eight
/// bytes would tell nothing. Where a node's first and last key share eight bytes or more, the heads are taken after what
/// they share; a search then looks at one key to see that its own begins likewise, instead of at one in each step.
pub(super) struct Heads<const N: usize> {
    /// How many first bytes all keys of the node have in common and no head includes; 0 when that would be less than a
    /// head. Need not be as long as possible.
    shared: usize,
    heads: ArrayVec<u64, N>,
}

impl<const N: usize> Clone for Heads<N> {
    fn clone(&self) -> Self {
        // `ArrayVec::clone` goes element by element; this is one `memcpy`.
        let mut heads = ArrayVec::new();
        let fits = heads.try_extend_from_slice(&self.heads);
        debug_assert!(fits.is_ok(), "the copy has the original's capacity");
        Heads {
            shared: self.shared,
            heads,
        }
    }
}

impl<const N: usize> Heads<N> {
    pub(super) fn new() -> Self {
        Heads {
            shared: 0,
            heads: ArrayVec::new(),
        }
    }

    /// The heads of `count` keys in order.
    pub(super) fn of<'a>(count: usize, key_at: impl Fn(usize) -> &'a [u8]) -> Self {
        let shared = match count {
            0 => 0,
            _ => worth_leaving_out(key_at(0), key_at(count - 1)),
        };
        Heads {
            shared,
            heads: (0..count).map(|at| head(after(shared, key_at(at)))).collect(),
        }
    }

    /// Where the key stands among the node's: `Ok` at its equal, `Err` where it would go. `key_at` is asked about
    /// as few keys as can be; `known` may tell where in a run of equal heads the key is.
    #[inline]
    pub(super) fn search<'a>(
        &self,
        probe: Probe,
        key_at: impl Fn(usize) -> &'a [u8],
        known: impl Fn(Range<usize>) -> Option<usize>,
    ) -> Result<usize, usize> {
        if self.shared == 0 || self.heads.is_empty() {
            return self.among_equals(self.below(probe.head), probe.head, probe.key, key_at, known);
        }
        let sought = head(after(self.shared, probe.key));
        let low = self.below(sought);
        // Most keys that are looked for are there: then the one key that is looked at is the key itself.
        if self.heads.get(low) == Some(&sought) && equal(key_at(low), probe.key) {
            return Ok(low);
        }
        match compare(before(self.shared, probe.key), before(self.shared, key_at(0))) {
            Ordering::Less => Err(0),
            Ordering::Greater => Err(self.heads.len()),
            Ordering::Equal => self.among_equals(low, sought, probe.key, key_at, known),
        }
    }

    /// How many heads are below `sought`.
    #[inline]
    fn below(&self, sought: u64) -> usize {
        self.heads.partition_point(|head| *head < sought)
    }

    /// Where the key stands, when the heads before `low` are below its own, `sought`, and those from there on are not.
    #[inline]
    fn among_equals<'a>(
        &self,
        mut low: usize,
        sought: u64,
        key: &[u8],
        key_at: impl Fn(usize) -> &'a [u8],
        known: impl Fn(Range<usize>) -> Option<usize>,
    ) -> Result<usize, usize> {
        if self.heads.get(low) != Some(&sought) {
            return Err(low);
        }
        let mut high = low + 1;
        if self.heads.get(high) == Some(&sought) {
            high += self.heads[high..].partition_point(|head| *head == sought);
            if let Some(at) = known(low..high) {
                return Ok(at);
            }
        }
        while low < high {
            let middle = low.midpoint(high);
            match compare(key_at(middle), key) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// Follows a key that went in at `at`; `count` and `key_at` are the node's with it.
    pub(super) fn insert<'a>(&mut self, at: usize, count: usize, key_at: impl Fn(usize) -> &'a [u8]) {
        let key = key_at(at);
        let neighbour = usize::from(at == 0 && count > 1);
        let fits = self.shared == 0 || before(self.shared, key) == before(self.shared, key_at(neighbour));
        if !fits {
            *self = Self::of(count, key_at);
            return;
        }
        self.heads.insert(at, head(after(self.shared, key)));
        // Nodes that never split are looked at now and then as well: a small collection is one of them.
        if count.is_power_of_two() {
            self.sharpen(key_at);
        }
    }

    /// Follows a key that was taken out at `at`.
    pub(super) fn remove(&mut self, at: usize) {
        self.heads.remove(at);
    }

    /// Parts the heads at `at`; `key_at` still gives all keys.
    pub(super) fn split_off<'a>(&mut self, at: usize, key_at: impl Fn(usize) -> &'a [u8]) -> Self {
        let mut right = Heads {
            shared: self.shared,
            heads: self.heads.drain(at..).collect(),
        };
        right.sharpen(|place| key_at(at + place));
        self.sharpen(key_at);
        right
    }

    /// Takes in the heads of the node to the right; `key_at` gives the keys of both.
    pub(super) fn append<'a>(&mut self, right: Self, key_at: impl Fn(usize) -> &'a [u8]) {
        let count = self.heads.len() + right.heads.len();
        let alike = self.shared == right.shared
            && (count == 0 || before(self.shared, key_at(0)) == before(self.shared, key_at(count - 1)));
        if alike {
            self.heads.extend(right.heads);
        } else {
            *self = Self::of(count, key_at);
        }
    }

    /// Takes the heads anew where they are all the same. Only there: it means a look at every key.
    fn sharpen<'a>(&mut self, key_at: impl Fn(usize) -> &'a [u8]) {
        if let [first, .., last] = *self.heads
            && first == last
        {
            *self = Self::of(self.heads.len(), key_at);
        }
    }

    /// Asserts that these are the heads of the keys.
    pub(super) fn check<'a>(&self, count: usize, key_at: impl Fn(usize) -> &'a [u8]) {
        assert_eq!(self.heads.len(), count, "one head a key");
        for (at, kept) in self.heads.iter().enumerate() {
            assert_eq!(
                before(self.shared, key_at(at)),
                before(self.shared, key_at(0)),
                "all keys share this much"
            );
            assert!(key_at(at).len() >= self.shared, "no key is shorter than what all share");
            assert_eq!(*kept, head(after(self.shared, key_at(at))), "a head is its key's");
        }
    }
}

/// How much the heads of keys from `first` to `last` leave out: what both begin with (and so all between them), when it
/// is a head's length at least.
fn worth_leaving_out(first: &[u8], last: &[u8]) -> usize {
    let shared = first.iter().zip(last).take_while(|(one, two)| one == two).count();
    if shared < size_of::<u64>() { 0 } else { shared }
}

/// A key's first `count` bytes, or all it has.
fn before(count: usize, key: &[u8]) -> &[u8] {
    key.get(..count).unwrap_or(key)
}

/// A key's bytes after the first `count`.
fn after(count: usize, key: &[u8]) -> &[u8] {
    key.get(count..).unwrap_or(&[])
}
