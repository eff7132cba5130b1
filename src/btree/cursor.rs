//! Walking a tree: a cursor is a place between two rows, a range is two cursors that walk towards each other. Both borrow
//! the tree, so what they see cannot change under them.

use super::Row;
use super::branch::Branch;
use super::head::Probe;
use super::leaf::Leaf;
use super::node::{HEIGHT_MAX, Node};
use arrayvec::ArrayVec;
use std::ops::Bound;

/// A place between two rows of a tree (or before the first, or after the last).
///
/// Finding the place is O(log n), a step is O(1) on average, in either direction.
pub struct Cursor<'t, R> {
    /// The branches above the leaf, and which child was taken in each.
    path: ArrayVec<(&'t Branch<R>, u8), HEIGHT_MAX>,
    /// `None` only in an empty tree.
    leaf: Option<&'t Leaf<R>>,
    /// Rows of the leaf that are before the place.
    passed: usize,
}

impl<R> Clone for Cursor<'_, R> {
    fn clone(&self) -> Self {
        Cursor {
            path: self.path.clone(),
            leaf: self.leaf,
            passed: self.passed,
        }
    }
}

/// On which side of the row with the sought key, if there is one, a cursor is put.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

impl<'t, R: Row> Cursor<'t, R> {
    fn nowhere() -> Self {
        Cursor {
            path: ArrayVec::new(),
            leaf: None,
            passed: 0,
        }
    }

    pub(super) fn at_key(root: Option<&'t Node<R>>, key: &[u8], side: Side) -> Self {
        let probe = Probe::new(key);
        let mut cursor = Self::nowhere();
        let Some(root) = root else { return cursor };
        cursor.descend(root, |branch| branch.search(probe));
        cursor.passed = cursor.leaf.map_or(0, |leaf| match (leaf.search(probe), side) {
            (Ok(at), Side::After) => at + 1,
            (Ok(at), Side::Before) | (Err(at), _) => at,
        });
        cursor
    }

    pub(super) fn at_start(root: Option<&'t Node<R>>) -> Self {
        let mut cursor = Self::nowhere();
        if let Some(root) = root {
            cursor.descend(root, |_| 0);
        }
        cursor
    }

    pub(super) fn at_end(root: Option<&'t Node<R>>) -> Self {
        let mut cursor = Self::nowhere();
        if let Some(root) = root {
            cursor.descend(root, |branch| branch.children().len() - 1);
            cursor.passed = cursor.leaf.map_or(0, |leaf| leaf.rows().len());
        }
        cursor
    }

    /// Goes down to a leaf, the chosen child in each branch, and stands before its first row.
    fn descend(&mut self, from: &'t Node<R>, choose: impl Fn(&Branch<R>) -> usize) {
        let mut node = from;
        while let Node::Branch(branch) = node {
            let at = choose(branch);
            self.path.push((branch, at as u8));
            node = &branch.children()[at];
        }
        if let Node::Leaf(leaf) = node {
            (self.leaf, self.passed) = (Some(&**leaf), 0);
        }
    }

    /// The row after the place; the cursor moves past it. At the end: `None`, and the cursor stays.
    // Not called `next`: a cursor goes both ways over the same rows, an iterator would hand each out once.
    pub fn step(&mut self) -> Option<&'t R> {
        let leaf = self.leaf?;
        if self.passed == leaf.rows().len() && !self.enter_next_leaf() {
            return None;
        }
        let row = self.leaf?.rows().get(self.passed);
        self.passed += usize::from(row.is_some());
        row
    }

    /// The row before the place; the cursor moves back past it. At the beginning: `None`, and the cursor stays.
    pub fn step_back(&mut self) -> Option<&'t R> {
        if self.passed == 0 && !self.enter_previous_leaf() {
            return None;
        }
        self.passed = self.passed.checked_sub(1)?;
        self.leaf?.rows().get(self.passed)
    }

    /// Moves to the beginning of the next leaf, if there is one.
    fn enter_next_leaf(&mut self) -> bool {
        let turn = self
            .path
            .iter()
            .rposition(|(branch, at)| usize::from(*at) + 1 < branch.children().len());
        let Some(turn) = turn else { return false };
        self.path.truncate(turn + 1);
        let (branch, at) = &mut self.path[turn];
        *at += 1;
        let child = &branch.children()[usize::from(*at)];
        self.descend(child, |_| 0);
        true
    }

    /// Moves to the end of the leaf before, if there is one.
    fn enter_previous_leaf(&mut self) -> bool {
        let Some(turn) = self.path.iter().rposition(|(_, at)| *at > 0) else {
            return false;
        };
        self.path.truncate(turn + 1);
        let (branch, at) = &mut self.path[turn];
        *at -= 1;
        let child = &branch.children()[usize::from(*at)];
        self.descend(child, |branch| branch.children().len() - 1);
        self.passed = self.leaf.map_or(0, |leaf| leaf.rows().len());
        true
    }

    /// Whether both are the same place, given as the same leaf and count. The end of one leaf and the beginning of the
    /// next are the same place too, but do not count as it here: who steps over the edge finds out.
    fn meets(&self, other: &Self) -> bool {
        let same_leaf = match (self.leaf, other.leaf) {
            (Some(one), Some(two)) => std::ptr::eq(one, two),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        same_leaf && self.passed == other.passed
    }
}

/// The rows between two bounds, in key order; from the back, in descending order.
pub struct Range<'t, R> {
    front: Cursor<'t, R>,
    back: Cursor<'t, R>,
}

impl<R> Clone for Range<'_, R> {
    fn clone(&self) -> Self {
        Range {
            front: self.front.clone(),
            back: self.back.clone(),
        }
    }
}

impl<'t, R: Row> Range<'t, R> {
    pub(super) fn new(root: Option<&'t Node<R>>, lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> Self {
        if crossed(lower, upper) {
            return Range {
                front: Cursor::nowhere(),
                back: Cursor::nowhere(),
            };
        }
        Range {
            front: match lower {
                Bound::Included(key) => Cursor::at_key(root, key, Side::Before),
                Bound::Excluded(key) => Cursor::at_key(root, key, Side::After),
                Bound::Unbounded => Cursor::at_start(root),
            },
            back: match upper {
                Bound::Included(key) => Cursor::at_key(root, key, Side::After),
                Bound::Excluded(key) => Cursor::at_key(root, key, Side::Before),
                Bound::Unbounded => Cursor::at_end(root),
            },
        }
    }
}

/// Whether no key can be within both bounds. The cursors of such a range would walk away from each other.
fn crossed(lower: Bound<&[u8]>, upper: Bound<&[u8]>) -> bool {
    match (lower, upper) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Included(low), Bound::Included(high)) => low > high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low >= high,
    }
}

impl<'t, R: Row> Iterator for Range<'t, R> {
    type Item = &'t R;

    fn next(&mut self) -> Option<&'t R> {
        if self.front.meets(&self.back) {
            return None;
        }
        if self.front.passed == self.front.leaf?.rows().len() {
            self.front.enter_next_leaf();
            if self.front.meets(&self.back) {
                return None;
            }
        }
        self.front.step()
    }
}

impl<R: Row> DoubleEndedIterator for Range<'_, R> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.front.meets(&self.back) {
            return None;
        }
        if self.back.passed == 0 {
            self.back.enter_previous_leaf();
            if self.front.meets(&self.back) {
                return None;
            }
        }
        self.back.step_back()
    }
}

impl<R: Row> std::iter::FusedIterator for Range<'_, R> {}
