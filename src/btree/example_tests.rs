//! Trees of a known shape: what they share, copy and open.

use super::tests::{KEYS_READ, TestRow};
use super::{OutOfOrder, Row, Tree};
use std::rc::Rc;

/// The numbers below `count`, each once, in an order without pattern.
fn scattered(count: u64) -> impl Iterator<Item = [u8; 8]> {
    (0..count).map(|number| number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes())
}

#[test]
fn grows_tall_and_shrinks_to_nothing() {
    let mut tree = Tree::new();
    for key in scattered(50_000) {
        assert!(tree.insert(TestRow::new(&key, 1)).is_none());
    }
    tree.check();
    let snapshot = tree.clone();
    for key in scattered(50_000) {
        assert!(tree.remove(&key).is_some());
    }
    tree.check();
    assert!(tree.is_empty() && tree.first().is_none() && tree.middle_key().is_none());
    snapshot.check();
    assert_eq!(snapshot.len(), 50_000);
}

#[test]
fn a_cut_at_the_middle_key_halves_and_leaves_the_original() {
    let mut tree = Tree::new();
    scattered(100_001).for_each(|key| drop(tree.insert(TestRow::new(&key, 3))));
    let middle = tree.middle_key().expect("more than one row").to_vec();
    let (below, above) = tree.cut(&middle);
    [&tree, &below, &above].iter().for_each(|tree| tree.check());
    assert_eq!((below.len(), above.len()), (50_000, 50_001));
    assert_eq!(below.weight() + above.weight(), tree.weight());
    assert!(below.iter().chain(above.iter()).eq(tree.iter()));
}

#[test]
fn rows_below_the_key_of_a_cut_go_into_the_upper_half() {
    // 1. The cut goes through the middle of a branch, which becomes the left edge of the upper half.
    // 2. Rows below the cut make its first child split, at a bound below the key of the cut.
    let mut tree = Tree::new();
    (500..1000u16).for_each(|number| drop(tree.insert(TestRow::new(&number.to_be_bytes(), 0))));
    for at in 500..1000u16 {
        let (_, mut above) = tree.cut(&at.to_be_bytes());
        (0..200u16)
            .rev()
            .for_each(|number| drop(above.insert(TestRow::new(&number.to_be_bytes(), 0))));
        above.check();
        assert_eq!(above.len(), 200 + usize::from(1000 - at));
    }
}

#[test]
fn bulk_load_refuses_rows_out_of_order() {
    let row = |key: u8| TestRow::new(&[key], 0);
    assert_eq!(
        Tree::bulk_load([row(1), row(3), row(2)]).err(),
        Some(OutOfOrder { position: 2 })
    );
    assert_eq!(
        Tree::bulk_load([row(1), row(1)]).err(),
        Some(OutOfOrder { position: 1 })
    );
    // Also where one leaf ends and the next begins.
    for repeated in 1..200u8 {
        let keys = (0..=repeated).chain(repeated..=200).map(row);
        assert_eq!(
            Tree::bulk_load(keys).err(),
            Some(OutOfOrder {
                position: usize::from(repeated) + 1
            })
        );
    }
}

#[test]
fn bulk_load_takes_any_number_of_rows() {
    for count in (0..500).chain([3_135, 3_136, 3_137, 20_000, 175_617]) {
        let rows = (0..count).map(|number: u32| TestRow::new(&number.to_be_bytes(), 0));
        let tree = Tree::bulk_load(rows).expect("in order");
        tree.check();
        assert_eq!(tree.len(), count as usize);
    }
}

#[test]
fn a_tree_without_snapshots_changes_in_place_and_a_shared_one_copies_one_path() {
    let mut tree = Tree::new();
    scattered(100_000).for_each(|key| drop(tree.insert(TestRow::new(&key, 0))));
    let key = [0x55; 8];
    let snapshot = tree.clone();
    assert!(tree.remove(&key).is_none());
    assert_eq!(
        tree.nodes_not_in(&snapshot),
        0,
        "a removal that finds nothing copies nothing"
    );
    tree.insert(TestRow::new(&key, 0));
    assert_eq!(
        tree.nodes_not_in(&snapshot),
        tree.shape().levels,
        "one node on each level"
    );
    let clone_dropped = tree.clone();
    drop(clone_dropped);
    let addresses = tree.addresses();
    tree.insert(TestRow::new(&key, 1));
    assert_eq!(
        tree.addresses(),
        addresses,
        "nodes of its own are changed where they are"
    );
}

#[test]
fn a_diff_opens_only_what_changed() {
    let mut tree = Tree::new();
    scattered(100_000).for_each(|key| drop(tree.insert(TestRow::new(&key, 0))));
    let snapshot = tree.clone();
    let changed = TestRow::new(&scattered(100).last().expect("a hundred keys"), 9);
    tree.insert(changed.clone());
    KEYS_READ.set(0);
    let changes: Vec<_> = snapshot.diff(&tree).map(|change| change.after).collect();
    assert_eq!(changes, [Some(&changed)]);
    assert!(KEYS_READ.get() < 1_000, "{} of 100,000 rows", KEYS_READ.get());
}

#[test]
fn separators_do_not_keep_removed_rows_alive() {
    let rows: Vec<_> = (0..10_000u32)
        .map(|number| TestRow::new(&number.to_be_bytes(), 0))
        .collect();
    let mut tree = Tree::bulk_load(rows.iter().cloned()).expect("in order");
    for row in &rows[100..] {
        tree.remove(row.key());
    }
    assert!(rows[100..].iter().all(|row| Rc::strong_count(&row.0) == 1));
}
