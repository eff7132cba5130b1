//! Keeps every node but the root between its least and its most entries: room is made before a row goes in, thin nodes
//! are mended after rows were taken out. Both walk from the root down along one path and look one level ahead, so a
//! node is changed only while its parent can still gain or lose a child, and nothing has to climb back up.

use super::Row;
use super::branch::Branch;
use super::head::Probe;
use super::node::Node;
use std::rc::Rc;

/// A full node first passes entries to a sibling that has room for so many, and is split only if none has. That keeps
/// nodes more than four fifths full under random inserts instead of seven tenths. Less room would be used up at once.
fn room_worth_sharing<R: Row>(node: &Node<R>) -> usize {
    (node.most() / 8).max(2)
}

/// Makes room for one more entry in the leaf that `key` belongs to.
pub(super) fn make_room<R: Row>(root: &mut Node<R>, key: &[u8]) {
    let probe = Probe::new(key);
    if root.is_full() {
        let mut grown = Branch::new();
        grown.push(Rc::from(&[][..]), root.clone());
        *root = Node::Branch(Rc::new(grown));
    }
    let mut node = root;
    while let Node::Branch(branch) = node {
        let branch = Rc::make_mut(branch);
        let mut at = branch.search(probe);
        if branch.children()[at].is_full() {
            relieve(branch, at, probe);
            at = branch.search(probe);
        }
        node = branch.child_mut(at);
    }
}

/// Passes entries of the full child at `at` to a sibling, or splits it. The branch itself has room.
fn relieve<R: Row>(branch: &mut Branch<R>, at: usize, probe: Probe) {
    let children = branch.children();
    let child = &children[at];
    let (full, place) = (child.entries(), child.search(probe));
    let room = |sibling: Option<usize>| {
        let room = sibling
            .and_then(|sibling| children.get(sibling))
            .map_or(0, |sibling| full - sibling.entries());
        if room < room_worth_sharing(child) { 0 } else { room }
    };
    let (before, after) = (room(at.checked_sub(1)), room(at.checked_add(1)));

    // Rows that arrive in order always hit the end of one node (the beginning, when the order is descending). What they
    // leave behind is packed full: evening out would stir the same entries again and again.
    let (ascending, descending) = (place + 1 >= full, place == 0);
    if before == 0 && after == 0 {
        branch.split_child(at, full / 2);
    } else if ascending && before > 0 {
        shift(branch, at - 1, full);
    } else if descending && after > 0 {
        shift(branch, at, full - after);
    } else if before >= after {
        shift(branch, at - 1, full - before / 2);
    } else {
        shift(branch, at, full - after / 2);
    }
}

/// Moves entries between the children at `left` and `left + 1` until the first holds `share` of them.
fn shift<R: Row>(branch: &mut Branch<R>, left: usize, share: usize) {
    let (one, two) = branch.pair_mut(left);
    let held = one.entries();
    if held > share {
        let mut moved = one.split_off(share);
        moved.append(two.clone());
        *two = moved;
    } else {
        let rest = two.split_off(share - held);
        one.append(std::mem::replace(two, rest));
    }
    let low = Node::bound_between(one, two);
    branch.set_low(left + 1, low);
}

/// Which child of a branch a path goes on with.
#[derive(Clone, Copy)]
pub(super) enum Way<'k> {
    /// The one where a key belongs.
    Key(Probe<'k>),
    /// The first one: along the left edge.
    First,
    /// The last one: along the right edge.
    Last,
}

impl Way<'_> {
    fn choose<R: Row>(self, branch: &Branch<R>) -> usize {
        match self {
            Way::Key(probe) => branch.search(probe),
            Way::First => 0,
            Way::Last => branch.children().len().saturating_sub(1),
        }
    }
}

/// Restores the least fill along one path, all of whose nodes hold at least one entry, and drops roots that lead to
/// a single child.
pub(super) fn mend<R: Row>(root: &mut Node<R>, way: Way) {
    collapse(root);
    let mut node = &mut *root;
    while let Node::Branch(branch) = node {
        let branch = Rc::make_mut(branch);
        let at = way.choose(branch);
        let child = &branch.children()[at];
        // A branch keeps one child in reserve: mending below may cost it one.
        let least = match child {
            Node::Leaf(_) => child.least(),
            Node::Branch(_) => child.least() + 1,
        };
        if child.entries() < least && branch.children().len() > 1 {
            join(branch, at.saturating_sub(1));
        }
        let at = way.choose(branch);
        node = branch.child_mut(at);
    }
    collapse(root);
}

/// Makes one of two neighbours, or evens them out where one would be nearly full and soon split again.
fn join<R: Row>(branch: &mut Branch<R>, left: usize) {
    let (one, two) = branch.pair_mut(left);
    let total = one.entries() + two.entries();
    if total <= one.most() * 7 / 8 {
        branch.merge_children(left);
    } else {
        shift(branch, left, total / 2);
    }
}

fn collapse<R: Row>(root: &mut Node<R>) {
    while let Node::Branch(branch) = root {
        let [only] = branch.children() else { return };
        *root = only.clone();
    }
}

/// Cuts a subtree in two at a key: what is below, what is at or above. Copies the nodes on one path; all others are
/// shared or moved. The halves' inner edges are thin and want mending.
pub(super) fn cut<R: Row>(node: Node<R>, probe: Probe) -> (Option<Node<R>>, Option<Node<R>>) {
    match node {
        Node::Leaf(leaf) => {
            let at = match leaf.search(probe) {
                Ok(at) | Err(at) => at,
            };
            let mut left = Node::Leaf(leaf);
            let right = left.split_off(at);
            (some_if_filled(left), some_if_filled(right))
        }
        Node::Branch(branch) => {
            let mut branch = Rc::unwrap_or_clone(branch);
            let at = branch.search(probe);
            let low = branch.lows()[at].clone();
            let mut right = branch.split_off(at);
            let (below, above) = cut(right.remove(0), probe);
            if let Some(below) = below {
                branch.push(low, below);
            }
            // What was somewhere in the middle is the left edge of a tree now, and open downwards: with a bound of its
            // own it would stand above the bounds of rows that come in below it.
            match above {
                Some(above) => right.insert(0, Rc::from(&[][..]), above),
                None if right.children().is_empty() => {}
                None => right.open_downwards(),
            }
            (
                some_if_filled(Node::Branch(Rc::new(branch))),
                some_if_filled(Node::Branch(Rc::new(right))),
            )
        }
    }
}

fn some_if_filled<R: Row>(node: Node<R>) -> Option<Node<R>> {
    (node.entries() > 0).then_some(node)
}
