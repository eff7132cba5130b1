//! Ways through a tree: to a leaf and back to where a row was, without looking for its key again.

use super::Row;
use super::branch::Branch;
use super::head::Probe;
use super::leaf::Leaf;
use super::node::{HEIGHT_MAX, Node};
use arrayvec::ArrayVec;
use std::rc::Rc;

/// Which child of each branch leads to a leaf.
pub(super) type Steps = ArrayVec<u8, HEIGHT_MAX>;

/// Where a row was in a tree. Places say nothing about a tree that has changed since, or another one: they are where to look first.
#[derive(Clone, Debug)]
pub struct Place {
    pub(super) steps: Steps,
    pub(super) at: u8,
}

/// The way from the root to where a key is or belongs.
pub(super) struct Path {
    /// The child taken in each branch.
    pub(super) steps: Steps,
    /// In the leaf: `Ok` at the row with the key, `Err` where it would go.
    pub(super) place: Result<usize, usize>,
    /// The weight of the row with the key; 0 without one.
    pub(super) weight: usize,
    /// Whether the leaf takes no further row.
    pub(super) leaf_is_full: bool,
}

/// Goes down to where the key is or belongs.
pub(super) fn find<R: Row>(root: &Node<R>, key: &[u8]) -> Path {
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
pub(super) fn descend<'t, R: Row>(
    root: &'t mut Node<R>,
    steps: &Steps,
    account: impl Fn(&mut Branch<R>),
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
