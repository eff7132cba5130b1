//! A branch: subtrees, the bounds between their keys, and what lies below in sum.

use super::Row;
use super::head::{Heads, Probe};
use super::node::Node;
use arrayvec::ArrayVec;
use std::rc::Rc;

/// Children of a full branch.
pub(super) const BRANCH_MAX: usize = if cfg!(test) { 8 } else { 64 };
/// Fewest children of a branch that is not the root.
pub(super) const BRANCH_LEAST: usize = BRANCH_MAX * 3 / 8;
// A path keeps positions in bytes.
const _: () = assert!(BRANCH_MAX <= u8::MAX as usize);

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

    /// Rows below this branch.
    pub(super) fn row_count(&self) -> usize {
        self.row_count
    }

    /// Weight of the rows below this branch, in bytes.
    pub(super) fn weight(&self) -> u64 {
        self.weight
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

    /// Puts a child in, with all that is below it.
    pub(super) fn insert(&mut self, at: usize, low: Rc<[u8]>, child: Node<R>) {
        debug_assert!(self.children.len() < BRANCH_MAX, "room is made before a child goes in");
        self.row_count += child.row_count();
        self.weight += child.weight();
        self.lows.insert(at, low);
        self.children.insert(at, child);
        self.renew_heads();
    }

    /// Puts a child in behind all others.
    pub(super) fn push(&mut self, low: Rc<[u8]>, child: Node<R>) {
        self.insert(self.children.len(), low, child);
    }

    /// Takes a child out, with all that is below it.
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

    /// Takes the children from `at` on into a new branch.
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

    /// Takes in the children of the branch to the right.
    pub(super) fn append(&mut self, right: Self) {
        self.lows.extend(right.lows);
        self.renew_heads();
        self.children.extend(right.children);
        self.row_count += right.row_count;
        self.weight += right.weight;
    }
}
