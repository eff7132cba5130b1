//! The two kinds of node and everything that concerns one node alone: searching it, taking it apart and putting two
//! together. A node never looks at its siblings or its parent, so it keeps order and sums but knows nothing of fill;
//! `balance` does.

use super::Row;
use super::head::{Heads, Probe};
use super::mark::Marks;
use arrayvec::ArrayVec;
use std::rc::Rc;

/// Rows in a full leaf. Unit tests build small nodes, so that a few hundred rows make a tree of many levels; the tests in
/// `tests/btree.rs` run on nodes as shipped.
pub(super) const LEAF_MAX: usize = if cfg!(test) { 8 } else { 64 };
/// Children of a full branch.
pub(super) const BRANCH_MAX: usize = if cfg!(test) { 8 } else { 64 };
/// Fewest rows in a leaf that is not the root.
pub(super) const LEAF_LEAST: usize = LEAF_MAX * 3 / 8;
/// Fewest children of a branch that is not the root.
pub(super) const BRANCH_LEAST: usize = BRANCH_MAX * 3 / 8;
/// Levels of branches a tree can have: a tree with more would hold more rows than there are addresses.
pub(super) const HEIGHT_MAX: usize = {
    let (mut levels, mut leaves) = (0, 1u128);
    while leaves <= u64::MAX as u128 {
        leaves *= BRANCH_LEAST as u128;
        levels += 1;
    }
    levels
};
// A path keeps positions in bytes.
const _: () = assert!(BRANCH_MAX <= u8::MAX as usize);

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

    pub(super) fn heads(&self) -> &Heads<LEAF_MAX> {
        &self.heads
    }

    pub(super) fn marks(&self) -> &Marks<LEAF_MAX> {
        &self.marks
    }

    #[inline]
    pub(super) fn search(&self, probe: Probe) -> Result<usize, usize> {
        let key_at = |at: usize| self.rows[at].key();
        self.heads
            .search(probe, key_at, |run| self.marks.find(run, probe.key(), key_at))
    }

    pub(super) fn insert(&mut self, at: usize, row: R) {
        debug_assert!(self.rows.len() < LEAF_MAX, "room is made before a row goes in");
        self.weight += row.weight() as u64;
        self.marks.insert(at, row.key());
        self.rows.insert(at, row);
        self.heads.insert(at, self.rows.len(), |at| self.rows[at].key());
    }

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

    fn append(&mut self, right: Self) {
        self.rows.extend(right.rows);
        self.marks.append(&right.marks);
        self.heads.append(right.heads, |at| self.rows[at].key());
        self.weight += right.weight;
    }
}

/// Subtrees in key order, each with the least key it may hold.
pub(super) struct Branch<R> {
    /// Of `lows` but the first, which no search asks for.
    heads: Heads<BRANCH_MAX>,
    /// For each child a bound: its keys are at or above, the keys of the child before it are below. The first one
    /// is the branch's own bound (nothing, on the left edge of the tree), kept so that entries can move between
    /// branches whole. Bounds are cut as short as still separates, and belong to no row: a deleted row is not kept
    /// alive by them. `Rc`, because copying a branch would otherwise allocate one by one.
    lows: ArrayVec<Rc<[u8]>, BRANCH_MAX>,
    children: ArrayVec<Node<R>, BRANCH_MAX>,
    row_count: usize,
    weight: u64,
}

impl<R: Row> Clone for Branch<R> {
    fn clone(&self) -> Self {
        Branch {
            heads: self.heads.clone(),
            lows: self.lows.clone(),
            children: self.children.clone(),
            row_count: self.row_count,
            weight: self.weight,
        }
    }
}

impl<R: Row> Branch<R> {
    pub(super) fn new() -> Self {
        Branch {
            heads: Heads::new(),
            lows: ArrayVec::new(),
            children: ArrayVec::new(),
            row_count: 0,
            weight: 0,
        }
    }

    pub(super) fn heads(&self) -> &Heads<BRANCH_MAX> {
        &self.heads
    }

    pub(super) fn lows(&self) -> &[Rc<[u8]>] {
        &self.lows
    }

    pub(super) fn children(&self) -> &[Node<R>] {
        &self.children
    }

    pub(super) fn child_mut(&mut self, at: usize) -> &mut Node<R> {
        &mut self.children[at]
    }

    /// Which child holds the key, if any does.
    #[inline]
    pub(super) fn search(&self, probe: Probe) -> usize {
        match self.heads.search(probe, |at| &self.lows[at + 1], |_| None) {
            Ok(at) => at + 1,
            Err(at) => at,
        }
    }

    /// Accounts for a row that the caller adds below this branch.
    pub(super) fn count_in(&mut self, weight: usize) {
        self.row_count += 1;
        self.weight += weight as u64;
    }

    /// Accounts for a row that the caller takes away below this branch.
    pub(super) fn count_out(&mut self, weight: usize) {
        self.row_count -= 1;
        self.weight -= weight as u64;
    }

    /// Accounts for a row that the caller replaces below this branch.
    pub(super) fn reweigh(&mut self, old: usize, new: usize) {
        self.weight = self.weight - old as u64 + new as u64;
    }

    pub(super) fn insert(&mut self, at: usize, low: Rc<[u8]>, child: Node<R>) {
        debug_assert!(self.children.len() < BRANCH_MAX, "room is made before a child goes in");
        self.row_count += child.row_count();
        self.weight += child.weight();
        self.lows.insert(at, low);
        self.children.insert(at, child);
        self.renew_heads();
    }

    pub(super) fn push(&mut self, low: Rc<[u8]>, child: Node<R>) {
        self.insert(self.children.len(), low, child);
    }

    pub(super) fn remove(&mut self, at: usize) -> Node<R> {
        self.lows.remove(at);
        let child = self.children.remove(at);
        self.renew_heads();
        self.row_count -= child.row_count();
        self.weight -= child.weight();
        child
    }

    /// Makes this branch one on the left edge of a tree, down to its leaves.
    pub(super) fn open_downwards(&mut self) {
        if let Some(Node::Branch(child)) = self.children.first_mut() {
            Rc::make_mut(child).open_downwards();
        }
        self.set_low(0, Rc::from(&[][..]));
    }

    pub(super) fn set_low(&mut self, at: usize, low: Rc<[u8]>) {
        self.lows[at] = low;
        self.renew_heads();
    }

    /// After a change of `lows`. There is one such change in dozens of inserts.
    fn renew_heads(&mut self) {
        self.heads = Heads::of(self.lows.len().saturating_sub(1), |at| &self.lows[at + 1]);
    }

    /// Splits a full child in two; the sums of the branch stay what they are.
    pub(super) fn split_child(&mut self, at: usize, entry: usize) {
        debug_assert!(self.children.len() < BRANCH_MAX, "room is made on the way down");
        let child = &mut self.children[at];
        let right = child.split_off(entry);
        let low = Node::bound_between(child, &right);
        self.lows.insert(at + 1, low);
        self.children.insert(at + 1, right);
        self.renew_heads();
    }

    /// Makes one of the children at `left` and `left + 1`; the sums of the branch stay what they are.
    pub(super) fn merge_children(&mut self, left: usize) {
        self.lows.remove(left + 1);
        self.renew_heads();
        let right = self.children.remove(left + 1);
        self.children[left].append(right);
    }

    /// Two neighbouring children, to move entries between them; the sums of the branch stay what they are.
    pub(super) fn pair_mut(&mut self, left: usize) -> (&mut Node<R>, &mut Node<R>) {
        let (before, after) = self.children.split_at_mut(left + 1);
        (&mut before[left], &mut after[0])
    }

    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let children: ArrayVec<Node<R>, BRANCH_MAX> = self.children.drain(at..).collect();
        let row_count = children.iter().map(Node::row_count).sum();
        let weight = children.iter().map(Node::weight).sum();
        self.row_count -= row_count;
        self.weight -= weight;
        let lows = self.lows.drain(at..).collect();
        self.renew_heads();
        let mut right = Branch {
            heads: Heads::new(),
            lows,
            children,
            row_count,
            weight,
        };
        right.renew_heads();
        right
    }

    fn append(&mut self, right: Self) {
        self.lows.extend(right.lows);
        self.renew_heads();
        self.children.extend(right.children);
        self.row_count += right.row_count;
        self.weight += right.weight;
    }
}

/// A handle on a node, shared by the trees that contain it. Two words with the kind outside the pointer, so that a leaf
/// is not as large as a branch.
pub(super) enum Node<R> {
    Leaf(Rc<Leaf<R>>),
    Branch(Rc<Branch<R>>),
}

impl<R> Clone for Node<R> {
    fn clone(&self) -> Self {
        match self {
            Node::Leaf(leaf) => Node::Leaf(Rc::clone(leaf)),
            Node::Branch(branch) => Node::Branch(Rc::clone(branch)),
        }
    }
}

impl<R: Row> Node<R> {
    /// Entries in the node itself: rows of a leaf, children of a branch.
    pub(super) fn entries(&self) -> usize {
        match self {
            Node::Leaf(leaf) => leaf.rows.len(),
            Node::Branch(branch) => branch.children.len(),
        }
    }

    /// Most entries a node of this kind holds.
    pub(super) fn most(&self) -> usize {
        match self {
            Node::Leaf(_) => LEAF_MAX,
            Node::Branch(_) => BRANCH_MAX,
        }
    }

    /// Fewest entries a node of this kind holds, unless it is the root.
    pub(super) fn least(&self) -> usize {
        match self {
            Node::Leaf(_) => LEAF_LEAST,
            Node::Branch(_) => BRANCH_LEAST,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries() == self.most()
    }

    /// Rows in the whole subtree.
    pub(super) fn row_count(&self) -> usize {
        match self {
            Node::Leaf(leaf) => leaf.rows.len(),
            Node::Branch(branch) => branch.row_count,
        }
    }

    /// Weight of the rows in the whole subtree.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Node::Leaf(leaf) => leaf.weight,
            Node::Branch(branch) => branch.weight,
        }
    }

    /// The entry below which the key is, or would go.
    pub(super) fn search(&self, probe: Probe) -> usize {
        match self {
            Node::Leaf(leaf) => match leaf.search(probe) {
                Ok(at) | Err(at) => at,
            },
            Node::Branch(branch) => branch.search(probe),
        }
    }

    /// Whether both are one node, and so hold the same rows.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Node::Leaf(one), Node::Leaf(two)) => Rc::ptr_eq(one, two),
            (Node::Branch(one), Node::Branch(two)) => Rc::ptr_eq(one, two),
            (Node::Leaf(_), Node::Branch(_)) | (Node::Branch(_), Node::Leaf(_)) => false,
        }
    }

    /// Where the node is, to tell nodes apart in tests.
    #[cfg(test)]
    pub(super) fn address(&self) -> usize {
        match self {
            Node::Leaf(leaf) => Rc::as_ptr(leaf).addr(),
            Node::Branch(branch) => Rc::as_ptr(branch).addr(),
        }
    }

    /// The first row of the subtree.
    pub(super) fn first(&self) -> Option<&R> {
        let mut node = self;
        loop {
            match node {
                Node::Leaf(leaf) => return leaf.rows.first(),
                Node::Branch(branch) => node = branch.children.first()?,
            }
        }
    }

    /// Levels of branches above the leaves.
    pub(super) fn height(&self) -> usize {
        let (mut node, mut height) = (self, 0);
        while let Node::Branch(branch) = node {
            let Some(child) = branch.children.first() else {
                break;
            };
            (node, height) = (child, height + 1);
        }
        height
    }

    /// Takes the entries from `at` on into a new node; copies this one first if it is shared.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        match self {
            Node::Leaf(leaf) => Node::Leaf(Rc::new(Rc::make_mut(leaf).split_off(at))),
            Node::Branch(branch) => Node::Branch(Rc::new(Rc::make_mut(branch).split_off(at))),
        }
    }

    /// Takes in all entries of the node to the right; copies this one first if it is shared.
    pub(super) fn append(&mut self, right: Self) {
        debug_assert!(
            self.entries() + right.entries() <= self.most(),
            "the caller has counted"
        );
        match (self, right) {
            (Node::Leaf(left), Node::Leaf(right)) => Rc::make_mut(left).append(Rc::unwrap_or_clone(right)),
            (Node::Branch(left), Node::Branch(right)) => Rc::make_mut(left).append(Rc::unwrap_or_clone(right)),
            (Node::Leaf(_), Node::Branch(_)) | (Node::Branch(_), Node::Leaf(_)) => {
                unreachable!("siblings stand on one level")
            }
        }
    }

    /// The bound to write between two neighbours: above every key on the left, and not above any on the right.
    pub(super) fn bound_between(left: &Self, right: &Self) -> Rc<[u8]> {
        match (left, right) {
            (Node::Leaf(left), Node::Leaf(right)) => {
                let below = left.rows.last().map_or(&[][..], Row::key);
                let above = right.rows.first().map_or(&[][..], Row::key);
                Rc::from(shortest_bound(below, above))
            }
            (_, Node::Branch(right)) => right.lows.first().map_or_else(|| Rc::from(&[][..]), Rc::clone),
            (Node::Branch(_), Node::Leaf(_)) => unreachable!("siblings stand on one level"),
        }
    }
}

/// The shortest beginning of `above` that is still greater than `below`.
pub(super) fn shortest_bound<'k>(below: &[u8], above: &'k [u8]) -> &'k [u8] {
    debug_assert!(below < above);
    let shared = below.iter().zip(above).take_while(|(one, two)| one == two).count();
    above.get(..=shared).unwrap_or(above)
}
