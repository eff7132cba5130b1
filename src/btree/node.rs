//! A node of either kind, and everything that concerns one node alone: searching it, taking it apart and putting two
//! together. A node never looks at its siblings or its parent, so it keeps order and sums but knows nothing of fill;
//! `balance` does.

use super::Row;
use super::branch::{BRANCH_LEAST, BRANCH_MAX, Branch};
use super::head::Probe;
use super::leaf::{LEAF_LEAST, LEAF_MAX, Leaf};
use std::rc::Rc;

/// Levels of branches a tree can have: a tree with more would hold more rows than there are addresses.
pub(super) const HEIGHT_MAX: usize = {
    let (mut levels, mut leaves) = (0, 1u128);
    while leaves <= u64::MAX as u128 {
        leaves *= BRANCH_LEAST as u128;
        levels += 1;
    }
    levels
};

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
            Node::Leaf(leaf) => leaf.rows().len(),
            Node::Branch(branch) => branch.children().len(),
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
            Node::Leaf(leaf) => leaf.rows().len(),
            Node::Branch(branch) => branch.row_count(),
        }
    }

    /// Weight of the rows in the whole subtree.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Node::Leaf(leaf) => leaf.weight(),
            Node::Branch(branch) => branch.weight(),
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
                Node::Leaf(leaf) => return leaf.rows().first(),
                Node::Branch(branch) => node = branch.children().first()?,
            }
        }
    }

    /// Levels of branches above the leaves.
    pub(super) fn height(&self) -> usize {
        let (mut node, mut height) = (self, 0);
        while let Node::Branch(branch) = node {
            let Some(child) = branch.children().first() else {
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
                let below = left.rows().last().map_or(&[][..], Row::key);
                let above = right.rows().first().map_or(&[][..], Row::key);
                Rc::from(shortest_bound(below, above))
            }
            (_, Node::Branch(right)) => right.lows().first().map_or_else(|| Rc::from(&[][..]), Rc::clone),
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
