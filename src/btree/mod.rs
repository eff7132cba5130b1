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
mod build;
mod check;
mod cursor;
mod diff;
mod head;
mod mark;
mod node;
#[cfg(test)]
mod tests;

pub use build::OutOfOrder;
pub use check::Shape;
pub use cursor::{Cursor, Range};
pub use diff::{Change, Diff};

use crate::bytes;
use arrayvec::ArrayVec;
use balance::Way;
use cursor::Side;
use head::Probe;
use node::{HEIGHT_MAX, Leaf, Node};
use std::ops::{Bound, RangeBounds};
use std::rc::Rc;

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

// A place in a leaf fits a byte as well.
const _: () = assert!(node::LEAF_MAX <= u8::MAX as usize);

/// Which child of each branch leads to a leaf.
type Steps = ArrayVec<u8, HEIGHT_MAX>;

/// Where a row was in a tree. Places say nothing about a tree that has changed since, or another one: they are where to look first.
#[derive(Clone, Debug)]
pub struct Place {
    steps: Steps,
    at: u8,
}

/// An ordered map from keys to rows, cloned in O(1). See the [module](self) for how.
pub struct Tree<R> {
    /// `None` when the tree is empty: a table without rows takes no memory.
    root: Option<Node<R>>,
}

impl<R> Clone for Tree<R> {
    /// A snapshot, O(1). Neither tree sees what is done to the other; what they share is copied, one node on each
    /// level, by the first change below it.
    fn clone(&self) -> Self {
        Tree {
            root: self.root.clone(),
        }
    }
}

impl<R> Default for Tree<R> {
    fn default() -> Self {
        Tree { root: None }
    }
}

impl<R: Row> std::fmt::Debug for Tree<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tree")
            .field("len", &self.len())
            .field("weight", &self.weight())
            .finish_non_exhaustive()
    }
}

/// The way from the root to where a key is or belongs.
struct Path {
    /// The child taken in each branch.
    steps: Steps,
    /// In the leaf: `Ok` at the row with the key, `Err` where it would go.
    place: Result<usize, usize>,
    /// The weight of the row with the key; 0 without one.
    weight: usize,
    /// Whether the leaf takes no further row.
    leaf_is_full: bool,
}

impl<R: Row> Tree<R> {
    /// An empty tree; allocates nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tree of rows that come in strictly ascending key order, O(n): for recovery, and to copy part of a tree.
    ///
    /// # Errors
    /// [`OutOfOrder`] at the first row whose key is not above the one before.
    pub fn bulk_load(rows: impl IntoIterator<Item = R>) -> Result<Self, OutOfOrder> {
        build::build(rows).map(|root| Tree { root })
    }

    /// How many rows there are. O(1).
    pub fn len(&self) -> usize {
        self.root.as_ref().map_or(0, Node::row_count)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// The sum of the rows' weights, in bytes. O(1).
    pub fn weight(&self) -> u64 {
        self.root.as_ref().map_or(0, Node::weight)
    }

    /// The row with this key. O(log n).
    pub fn get(&self, key: &[u8]) -> Option<&R> {
        let probe = Probe::new(key);
        let mut node = self.root.as_ref()?;
        loop {
            match node {
                Node::Branch(branch) => node = &branch.children()[branch.search(probe)],
                Node::Leaf(leaf) => return leaf.search(probe).ok().map(|at| &leaf.rows()[at]),
            }
        }
    }

    /// The row with this key, and where it is. O(log n).
    pub fn find(&self, key: &[u8]) -> Option<(&R, Place)> {
        let path = find(self.root.as_ref()?, key);
        let at = path.place.ok()? as u8;
        let place = Place { steps: path.steps, at };
        let row = self.row_at(&place)?;
        Some((row, place))
    }

    /// The row at a place that some tree gave, if this one has anything there.
    fn row_at(&self, place: &Place) -> Option<&R> {
        let mut node = self.root.as_ref()?;
        for step in &place.steps {
            let Node::Branch(branch) = node else { return None };
            node = branch.children().get(usize::from(*step))?;
        }
        match node {
            Node::Leaf(leaf) => leaf.rows().get(usize::from(place.at)),
            Node::Branch(_) => None,
        }
    }

    /// As [`Tree::insert`], by a caller who expects the row that is replaced at `place`. Trees that came to the same rows in the
    /// same way have them at the same places, so what one look found spares the other trees' searches. A row with another
    /// key there, or none, costs a few steps.
    pub fn insert_at(&mut self, place: &Place, row: R) -> Option<R> {
        let weight = match self.row_at(place) {
            Some(old) if bytes::equal(old.key(), row.key()) => old.weight(),
            Some(_) | None => return self.insert(row),
        };
        let new_weight = row.weight();
        let leaf = descend(self.root.as_mut()?, &place.steps, |branch| {
            branch.reweigh(weight, new_weight)
        })?;
        Some(leaf.replace(usize::from(place.at), row))
    }

    /// Whether there is a row with this key. O(log n).
    pub fn contains(&self, key: &[u8]) -> bool {
        self.get(key).is_some()
    }

    /// Puts a row in, in the place of the row with its key if there is one, which is returned. O(log n).
    pub fn insert(&mut self, row: R) -> Option<R> {
        let Some(root) = &mut self.root else {
            let mut leaf = Leaf::new();
            leaf.push(row);
            self.root = Some(Node::Leaf(Rc::new(leaf)));
            return None;
        };
        let mut path = find(root, row.key());
        if path.place.is_err() && path.leaf_is_full {
            balance::make_room(root, row.key());
            path = find(root, row.key());
        }
        let weight = row.weight();
        match path.place {
            Ok(at) => {
                let leaf = descend(root, &path.steps, |branch| branch.reweigh(path.weight, weight))?;
                Some(leaf.replace(at, row))
            }
            Err(at) => {
                let leaf = descend(root, &path.steps, |branch| branch.count_in(weight))?;
                leaf.insert(at, row);
                None
            }
        }
    }

    /// Takes the row with this key out. O(log n). A tree without the key is not touched, nor copied.
    pub fn remove(&mut self, key: &[u8]) -> Option<R> {
        let root = self.root.as_mut()?;
        let path = find(root, key);
        let at = path.place.ok()?;
        let leaf = descend(root, &path.steps, |branch| branch.count_out(path.weight))?;
        let row = leaf.remove(at);
        let left = leaf.rows().len();
        if left < node::LEAF_LEAST {
            if root.row_count() == 0 {
                self.root = None;
            } else {
                balance::mend(root, Way::Key(Probe::new(key)));
            }
        }
        Some(row)
    }

    /// The first row.
    pub fn first(&self) -> Option<&R> {
        self.root.as_ref()?.first()
    }

    /// The last row.
    pub fn last(&self) -> Option<&R> {
        Cursor::at_end(self.root.as_ref()).step_back()
    }

    /// All rows, in key order.
    pub fn iter(&self) -> Range<'_, R> {
        Range::new(self.root.as_ref(), Bound::Unbounded, Bound::Unbounded)
    }

    /// The rows within the bounds, in key order; `.rev()` for descending order. O(log n) to start. Bounds that no key
    /// satisfies give no rows.
    pub fn range<'k>(&self, bounds: impl RangeBounds<&'k [u8]>) -> Range<'_, R> {
        Range::new(
            self.root.as_ref(),
            bounds.start_bound().cloned(),
            bounds.end_bound().cloned(),
        )
    }

    /// The place before the first row whose key is at or above `key`. O(log n).
    pub fn seek(&self, key: &[u8]) -> Cursor<'_, R> {
        Cursor::at_key(self.root.as_ref(), key, Side::Before)
    }

    /// The place after the last row whose key is at or below `key`. O(log n).
    pub fn seek_after(&self, key: &[u8]) -> Cursor<'_, R> {
        Cursor::at_key(self.root.as_ref(), key, Side::After)
    }

    /// The row that `position` rows come before. O(log n) levels, in each at most a node's children are looked at.
    pub fn nth(&self, position: usize) -> Option<&R> {
        let (mut node, mut position) = (self.root.as_ref()?, position);
        loop {
            match node {
                Node::Leaf(leaf) => return leaf.rows().get(position),
                Node::Branch(branch) => {
                    let mut children = branch.children().iter();
                    node = loop {
                        let child = children.next()?;
                        match position.checked_sub(child.row_count()) {
                            Some(rest) => position = rest,
                            None => break child,
                        }
                    };
                }
            }
        }
    }

    /// The sum of the weights of the rows below `key`. O(log n) levels, in each at most a node's entries are looked at.
    pub fn weight_before(&self, key: &[u8]) -> u64 {
        let probe = Probe::new(key);
        let (mut next, mut weight) = (self.root.as_ref(), 0);
        while let Some(node) = next {
            next = match node {
                Node::Branch(branch) => {
                    let at = branch.search(probe);
                    weight += branch.children().iter().take(at).map(Node::weight).sum::<u64>();
                    branch.children().get(at)
                }
                Node::Leaf(leaf) => {
                    let (Ok(below) | Err(below)) = leaf.search(probe);
                    let rows = leaf.rows().iter().take(below);
                    weight += rows.map(|row| row.weight() as u64).sum::<u64>();
                    None
                }
            };
        }
        weight
    }

    /// The key at which [`Tree::cut`] gives two halves of (nearly) as many rows; `None` when there are fewer than two.
    pub fn middle_key(&self) -> Option<&[u8]> {
        let middle = self.len() / 2;
        if middle == 0 {
            None
        } else {
            self.nth(middle).map(Row::key)
        }
    }

    /// Parts the tree in the rows below `key` and those at or above it. O(log n) nodes are copied or made, each of at
    /// most 64 entries; all other nodes are shared with this tree.
    pub fn cut(&self, key: &[u8]) -> (Self, Self) {
        let probe = Probe::new(key);
        let (mut below, mut above) = match self.root.clone() {
            Some(root) => balance::cut(root, probe),
            None => (None, None),
        };
        if let Some(below) = &mut below {
            balance::mend(below, Way::Last);
        }
        if let Some(above) = &mut above {
            balance::mend(above, Way::First);
        }
        (Tree { root: below }, Tree { root: above })
    }

    /// What changed from `self` to `later`, in key order. Subtrees that both share are passed over, so between a tree and
    /// its snapshot this is O(changes * log n).
    pub fn diff<'t>(&'t self, later: &'t Self) -> Diff<'t, R> {
        Diff::new(self.root.as_ref(), later.root.as_ref())
    }

    /// Whether both hold the same rows under the same keys, however their nodes are arranged. Costs what
    /// [`Tree::diff`] costs.
    pub fn same_as(&self, other: &Self) -> bool {
        self.len() == other.len() && self.diff(other).next().is_none()
    }
}

fn find<R: Row>(root: &Node<R>, key: &[u8]) -> Path {
    let probe = Probe::new(key);
    let mut steps = ArrayVec::new();
    let mut node = root;
    loop {
        match node {
            Node::Branch(branch) => {
                let at = branch.search(probe);
                steps.push(at as u8);
                node = &branch.children()[at];
            }
            Node::Leaf(leaf) => {
                let place = leaf.search(probe);
                let weight = place.map_or(0, |at| leaf.rows()[at].weight());
                return Path {
                    steps,
                    place,
                    weight,
                    leaf_is_full: node.is_full(),
                };
            }
        }
    }
}

/// Goes down a path to change its leaf: copies the nodes on it that are shared, and has each branch account for the
/// change to come.
fn descend<'t, R: Row>(
    root: &'t mut Node<R>,
    steps: &Steps,
    account: impl Fn(&mut node::Branch<R>),
) -> Option<&'t mut Leaf<R>> {
    let mut steps = steps.iter();
    let mut node = root;
    loop {
        match node {
            Node::Branch(branch) => {
                let branch = Rc::make_mut(branch);
                account(branch);
                node = branch.child_mut(usize::from(*steps.next()?));
            }
            Node::Leaf(leaf) => return Some(Rc::make_mut(leaf)),
        }
    }
}
