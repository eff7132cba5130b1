//! The tree with nodes as shipped (unit tests use small ones): how well they fill, and a long mixed run against
//! `BTreeMap`.

use snowglobe::btree::{Row, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_64;

#[derive(Clone, Debug, PartialEq)]
struct Keyed(Rc<[u8]>);

impl Row for Keyed {
    fn key(&self) -> &[u8] {
        &self.0
    }

    fn weight(&self) -> usize {
        self.0.len()
    }

    fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self == other
    }
}

/// A key as tables have them: a hash, then what sorts.
fn row(partition: u64, sort: u64) -> Keyed {
    let hash = xxh3_64(&partition.to_be_bytes()).to_be_bytes();
    Keyed(Rc::from([hash, sort.to_be_bytes()].concat()))
}

fn leaf_fill_percent(rows: impl Iterator<Item = Keyed>) -> usize {
    let mut tree = Tree::new();
    rows.for_each(|row| assert!(tree.insert(row).is_none()));
    tree.check();
    tree.shape().leaf_fill_percent()
}

#[test]
fn random_inserts_fill_nodes_to_four_fifths() {
    assert!(leaf_fill_percent((0..100_000).map(|number| row(number, 0))) >= 80);
}

#[test]
fn inserts_in_order_pack_nodes_full() {
    assert!(leaf_fill_percent((0..100_000).map(|number| row(0, number))) >= 98);
    assert!(leaf_fill_percent((0..100_000).rev().map(|number| row(0, number))) >= 98);
    // Forty collections growing at the same time, as streams of events do.
    assert!(leaf_fill_percent((0..100_000).map(|number| row(number % 40, number))) >= 90);
}

#[test]
fn a_long_mixed_run_agrees_with_a_btreemap() {
    let (mut tree, mut model) = (Tree::new(), BTreeMap::new());
    let mut snapshot = (tree.clone(), model.clone());
    for step in 0..200_000u64 {
        let draw = xxh3_64(&step.to_le_bytes());
        let row = row(draw % 400, (draw >> 32) % 100);
        // Grows to tens of thousands of rows, then shrinks, twice.
        let grows = step / 50_000 % 2 == 0;
        if (draw >> 60 < 3) == grows {
            assert_eq!(tree.remove(row.key()), model.remove(row.key()));
        } else {
            assert_eq!(tree.insert(row.clone()), model.insert(row.key().to_vec(), row));
        }
        if step % 10_000 == 9_999 {
            tree.check();
            snapshot.0.check();
            assert!(tree.iter().eq(model.values()));
            assert!(snapshot.0.iter().eq(snapshot.1.values()));
            let changed = snapshot.0.diff(&tree).count();
            let in_both = model.keys().filter(|key| snapshot.1.contains_key(*key)).count();
            assert_eq!(changed, model.len() + snapshot.1.len() - 2 * in_both);
            snapshot = (tree.clone(), model.clone());
        }
    }
}
