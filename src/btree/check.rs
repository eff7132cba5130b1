//! Proof that a tree is what it should be: walks all of it and asserts every invariant, or counts its nodes. For tests,
//! the simulator and benchmarks.

use super::branch::Branch;
use super::leaf::{LEAF_MAX, Leaf};
use super::node::Node;
use super::{Row, Tree};

/// How a tree is built at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Levels of nodes, the leaves' included; 0 for the empty tree.
    pub levels: usize,
    /// Nodes with children.
    pub branches: usize,
    /// Nodes with rows.
    pub leaves: usize,
    /// Rows in all leaves.
    pub rows: usize,
    /// Children in all branches.
    pub children: usize,
    /// Memory of all nodes, in bytes: their own, not the rows', not the branches' bounds'.
    pub node_bytes: usize,
}

impl Shape {
    /// How full the leaves are on average, in percent.
    pub fn leaf_fill_percent(&self) -> usize {
        (self.rows * 100).checked_div(self.leaves * LEAF_MAX).unwrap_or(100)
    }
}

impl<R: Row> Tree<R> {
    /// Walks the whole tree, O(n).
    ///
    /// # Panics
    /// When an invariant of the tree does not hold (the list is in the module's documentation).
    pub fn check(&self) {
        if let Some(root) = &self.root {
            if let Node::Branch(branch) = root {
                assert!(branch.children().len() > 1, "a root with one child is dropped");
            }
            assert!(root.entries() > 0, "an empty tree has no root");
            check_node(root, &[], None);
        }
    }

    /// Counts the nodes, O(n / 64).
    pub fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        for node in self.nodes() {
            match node {
                Node::Leaf(leaf) => {
                    shape.leaves += 1;
                    shape.rows += leaf.rows().len();
                    shape.node_bytes += REFERENCE_COUNTS + size_of::<Leaf<R>>();
                }
                Node::Branch(branch) => {
                    shape.branches += 1;
                    shape.children += branch.children().len();
                    shape.node_bytes += REFERENCE_COUNTS + size_of::<Branch<R>>();
                }
            }
        }
        shape.levels = self.root.as_ref().map_or(0, |root| root.height() + 1);
        shape
    }

    /// All nodes, parents before children.
    fn nodes(&self) -> Vec<&Node<R>> {
        let mut nodes: Vec<_> = self.root.iter().collect();
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            if let Node::Branch(branch) = node {
                nodes.extend(branch.children());
            }
            at += 1;
        }
        nodes
    }

    /// Where the nodes are.
    #[cfg(test)]
    pub(super) fn addresses(&self) -> std::collections::BTreeSet<usize> {
        self.nodes().into_iter().map(Node::address).collect()
    }

    /// How many nodes are not shared with another tree.
    #[cfg(test)]
    pub(super) fn nodes_not_in(&self, other: &Self) -> usize {
        self.addresses().difference(&other.addresses()).count()
    }
}

/// What an `Rc` keeps beside its value.
const REFERENCE_COUNTS: usize = 2 * size_of::<usize>();

/// What a node reports to its parent: levels below it, rows, weight.
type Sums = (usize, usize, u64);

// Recursion is as deep as the tree is high, at most `HEIGHT_MAX`.
fn check_node<R: Row>(node: &Node<R>, low: &[u8], high: Option<&[u8]>) -> Sums {
    assert!(node.entries() <= node.most(), "no node is overfull");
    let sums = match node {
        Node::Leaf(leaf) => {
            leaf.heads().check(leaf.rows().len(), |at| leaf.rows()[at].key());
            leaf.marks().check(leaf.rows().len(), |at| leaf.rows()[at].key());
            for row in leaf.rows() {
                assert!(low <= row.key(), "no row is below its leaf's bound");
                assert!(
                    high.is_none_or(|high| row.key() < high),
                    "no row is at or above the next leaf's bound"
                );
            }
            assert!(
                leaf.rows().is_sorted_by(|one, two| one.key() < two.key()),
                "rows ascend, no key twice"
            );
            (
                0,
                leaf.rows().len(),
                leaf.rows().iter().map(|row| row.weight() as u64).sum(),
            )
        }
        Node::Branch(branch) => {
            let (children, lows) = (branch.children(), branch.lows());
            branch.heads().check(children.len() - 1, |at| &lows[at + 1]);
            assert_eq!(lows.len(), children.len(), "one bound a child");
            assert!(lows.is_sorted_by(|one, two| one < two), "bounds ascend");
            assert_eq!(low, &*lows[0], "a branch and its parent agree on its bound");
            let sums: Vec<Sums> = (0..children.len())
                .map(|at| {
                    assert!(
                        children[at].entries() >= children[at].least(),
                        "no node but the root is thin"
                    );
                    check_node(&children[at], &lows[at], lows.get(at + 1).map(|next| &**next).or(high))
                })
                .collect();
            assert!(
                sums.iter().all(|(height, ..)| *height == sums[0].0),
                "all leaves are on one level"
            );
            let row_count = sums.iter().map(|(_, row_count, _)| row_count).sum();
            (sums[0].0 + 1, row_count, sums.iter().map(|(.., weight)| weight).sum())
        }
    };
    assert_eq!(
        sums,
        (node.height(), node.row_count(), node.weight()),
        "a node's sums are those of its rows"
    );
    sums
}
