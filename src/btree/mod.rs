//! placeholder

mod balance;
mod build;
mod check;
mod cursor;
mod diff;
mod node;
#[cfg(test)]
mod tests;

pub use build::OutOfOrder;
pub use check::Shape;
pub use cursor::{Cursor, Range};
pub use diff::{Change, Diff};

use arrayvec::ArrayVec;
use balance::Way;
use cursor::Side;
use node::{HEIGHT_MAX, Leaf, Node, Probe};
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
    steps: ArrayVec<u8, HEIGHT_MAX>,
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
                let leaf = descend(root, &path, |branch| branch.reweigh(path.weight, weight))?;
                Some(leaf.replace(at, row))
            }
            Err(at) => {
                let leaf = descend(root, &path, |branch| branch.count_in(weight))?;
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
        let leaf = descend(root, &path, |branch| branch.count_out(path.weight))?;
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
                    weight += leaf
                        .rows()
                        .iter()
                        .take(below)
                        .map(|row| row.weight() as u64)
                        .sum::<u64>();
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
    path: &Path,
    account: impl Fn(&mut node::Branch<R>),
) -> Option<&'t mut Leaf<R>> {
    let mut steps = path.steps.iter();
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
