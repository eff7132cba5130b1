//! What two trees differ in. Meant for a tree and an earlier snapshot of it: subtrees they share are passed over unseen,
//! so the work goes with the changes, not with the rows.

use super::Row;
use super::node::Node;
use std::cmp::Ordering;

/// One key at which two trees differ; never `None` on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'t, R> {
    /// The row in the earlier tree.
    pub before: Option<&'t R>,
    /// The row in the later tree.
    pub after: Option<&'t R>,
}

/// The changes from one tree to another, in key order.
pub struct Diff<'t, R> {
    before: Side<'t, R>,
    after: Side<'t, R>,
}

/// What is still to be compared in one tree.
struct Side<'t, R> {
    /// Subtrees, the nearest last; they come after `rows`.
    nodes: Vec<&'t Node<R>>,
    rows: &'t [R],
}

/// What comes next in one tree: a row, or a subtree not opened yet.
enum Next<'t, R> {
    Row(&'t R),
    Node(&'t Node<R>),
}

impl<R> Clone for Next<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Next<'_, R> {}

impl<'t, R: Row> Next<'t, R> {
    fn key(self) -> &'t [u8] {
        match self {
            Next::Row(row) => row.key(),
            Next::Node(node) => node.first().map_or(&[], Row::key),
        }
    }
}

impl<'t, R: Row> Side<'t, R> {
    fn new(root: Option<&'t Node<R>>) -> Self {
        Side {
            nodes: root.into_iter().collect(),
            rows: &[],
        }
    }

    fn next(&self) -> Option<Next<'t, R>> {
        let row = self.rows.first().map(Next::Row);
        row.or_else(|| self.nodes.last().copied().map(Next::Node))
    }

    /// Drops what comes next.
    fn pass(&mut self) {
        match self.rows {
            [_, rest @ ..] => self.rows = rest,
            [] => drop(self.nodes.pop()),
        }
    }

    /// Takes the subtree that comes next apart, one level.
    fn open(&mut self) {
        debug_assert!(self.rows.is_empty(), "rows come before subtrees");
        match self.nodes.pop() {
            Some(Node::Leaf(leaf)) => self.rows = leaf.rows(),
            Some(Node::Branch(branch)) => self.nodes.extend(branch.children().iter().rev()),
            None => {}
        }
    }
}

impl<'t, R: Row> Diff<'t, R> {
    pub(super) fn new(before: Option<&'t Node<R>>, after: Option<&'t Node<R>>) -> Self {
        Diff {
            before: Side::new(before),
            after: Side::new(after),
        }
    }
}

impl<'t, R: Row> Iterator for Diff<'t, R> {
    type Item = Change<'t, R>;

    fn next(&mut self) -> Option<Change<'t, R>> {
        loop {
            let (before, after) = (self.before.next(), self.after.next());
            // The side with the smaller key goes on alone. At equal keys a shared subtree is on top of both sides at
            // once: whatever contains it is taller and was opened first.
            let order = match (before, after) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(before), Some(after)) => before.key().cmp(after.key()),
            };
            match (order, before, after) {
                (Ordering::Less, Some(Next::Row(row)), _) => {
                    self.before.pass();
                    return Some(Change {
                        before: Some(row),
                        after: None,
                    });
                }
                (Ordering::Greater, _, Some(Next::Row(row))) => {
                    self.after.pass();
                    return Some(Change {
                        before: None,
                        after: Some(row),
                    });
                }
                (Ordering::Less, ..) => self.before.open(),
                (Ordering::Greater, ..) => self.after.open(),
                (Ordering::Equal, Some(Next::Row(before)), Some(Next::Row(after))) => {
                    self.before.pass();
                    self.after.pass();
                    if !before.same(after) {
                        return Some(Change {
                            before: Some(before),
                            after: Some(after),
                        });
                    }
                }
                (Ordering::Equal, Some(Next::Node(before)), Some(Next::Node(after))) => {
                    match (before.is(after), before.height().cmp(&after.height())) {
                        (true, _) => {
                            self.before.pass();
                            self.after.pass();
                        }
                        (false, Ordering::Greater) => self.before.open(),
                        (false, Ordering::Less) => self.after.open(),
                        (false, Ordering::Equal) => {
                            self.before.open();
                            self.after.open();
                        }
                    }
                }
                (Ordering::Equal, Some(Next::Node(_)), _) => self.before.open(),
                (Ordering::Equal, ..) => self.after.open(),
            }
        }
    }
}
