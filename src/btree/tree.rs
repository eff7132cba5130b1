//! The tree: what can be asked of it and done to it.

use super::balance::{self, Way};
use super::cursor::Side;
use super::head::Probe;
use super::leaf::{LEAF_LEAST, Leaf};
use super::node::Node;
use super::path::{Place, descend, find};
use super::{Cursor, Diff, OutOfOrder, Range, Row, build};
use crate::bytes;
use std::ops::{Bound, RangeBounds};
use std::rc::Rc;

/// An ordered map from keys to rows, cloned in O(1). See the [module](super) for how.
pub struct Tree<R> {
    /// `None` when the tree is empty: a table without rows takes no memory.
    pub(super) root: Option<Node<R>>,
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
        if left < LEAF_LEAST {
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
