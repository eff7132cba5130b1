//! Building a tree from rows that are in order already, leaf by leaf, in O(n) and without a single search.

use super::branch::{BRANCH_MAX, Branch};
use super::leaf::{LEAF_MAX, Leaf};
use super::node::Node;
use super::{Row, balance};
use std::fmt;
use std::rc::Rc;

/// Nodes are built not quite full: the first inserts after a recovery should not split every leaf they meet.
const LEAF_FILL: usize = LEAF_MAX * 7 / 8;
const BRANCH_FILL: usize = BRANCH_MAX * 7 / 8;

/// Rows given to [`Tree::bulk_load`](super::Tree::bulk_load) were not in strictly ascending key order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    /// How many rows came before the first one that is not above its predecessor.
    pub position: usize,
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key of row {} is not above the key before it", self.position)
    }
}

impl std::error::Error for OutOfOrder {}

pub(super) fn build<R: Row>(rows: impl IntoIterator<Item = R>) -> Result<Option<Node<R>>, OutOfOrder> {
    let mut level = leaves(rows)?;
    while level.len() > 1 {
        level = branches(level);
    }
    let mut root = level.pop().map(|(_, node)| node);
    if let Some(root) = &mut root {
        // Only the last node of each level may be thin.
        balance::mend(root, balance::Way::Last);
    }
    Ok(root)
}

/// Nodes of one level, each with its bound.
type Level<R> = Vec<(Rc<[u8]>, Node<R>)>;

fn leaves<R: Row>(rows: impl IntoIterator<Item = R>) -> Result<Level<R>, OutOfOrder> {
    let mut level = Level::new();
    let mut leaf = Leaf::new();
    for (position, row) in rows.into_iter().enumerate() {
        if leaf.rows().last().is_some_and(|last: &R| last.key() >= row.key()) {
            return Err(OutOfOrder { position });
        }
        if leaf.rows().len() == LEAF_FILL {
            let mut next = Leaf::new();
            next.push(row);
            finish(&mut level, Node::Leaf(Rc::new(std::mem::replace(&mut leaf, next))));
        } else {
            leaf.push(row);
        }
    }
    if !leaf.rows().is_empty() {
        finish(&mut level, Node::Leaf(Rc::new(leaf)));
    }
    Ok(level)
}

fn branches<R: Row>(children: Level<R>) -> Level<R> {
    let mut level = Level::new();
    let mut branch = Branch::new();
    for (low, child) in children {
        if branch.children().len() == BRANCH_FILL {
            finish(
                &mut level,
                Node::Branch(Rc::new(std::mem::replace(&mut branch, Branch::new()))),
            );
        }
        branch.push(low, child);
    }
    finish(&mut level, Node::Branch(Rc::new(branch)));
    level
}

fn finish<R: Row>(level: &mut Level<R>, node: Node<R>) {
    let low = match level.last() {
        Some((_, before)) => Node::bound_between(before, &node),
        None => Rc::from(&[][..]),
    };
    level.push((low, node));
}
