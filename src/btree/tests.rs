//! The tree against `std::collections::BTreeMap`, over random sequences of operations and keys chosen to confuse it.

use super::{Change, Row, Tree};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::rc::Rc;

thread_local! {
    /// How often a tree had to look at a row, to prove what it did not look at.
    pub(super) static KEYS_READ: Cell<usize> = const { Cell::new(0) };
}

/// A row whose weight varies, so that sums forgotten somewhere show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TestRow(pub(super) Rc<(Vec<u8>, u16)>);

impl TestRow {
    pub(super) fn new(key: &[u8], value: u16) -> Self {
        TestRow(Rc::new((key.to_vec(), value)))
    }
}

impl Row for TestRow {
    fn key(&self) -> &[u8] {
        KEYS_READ.set(KEYS_READ.get() + 1);
        &self.0.0
    }

    fn weight(&self) -> usize {
        self.0.0.len() + usize::from(self.0.1)
    }

    fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self == other
    }
}

pub(super) type Model = BTreeMap<Vec<u8>, TestRow>;

pub(super) fn assert_equal(tree: &Tree<TestRow>, model: &Model) {
    tree.check();
    assert_eq!(tree.len(), model.len());
    assert_eq!(tree.is_empty(), model.is_empty());
    assert_eq!(
        tree.weight(),
        model.values().map(|row| row.weight() as u64).sum::<u64>()
    );
    assert!(tree.iter().eq(model.values()), "same rows forwards");
    assert!(tree.iter().rev().eq(model.values().rev()), "same rows backwards");
    assert_eq!(tree.first(), model.values().next());
    assert_eq!(tree.last(), model.values().next_back());
    assert_eq!(tree.weight_before(&[]), 0);
    assert_eq!(tree.weight_before(&[0xff; 64]), tree.weight());
}

/// Keys that differ where it hurts: shorter than a head, equal heads, one the beginning of another, zeros at the end.
fn key() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![Just(0u8), Just(1), Just(0x7f), Just(0xff)];
    prop_oneof![
        // Few bytes of few kinds: empty keys, "a" beside "a\0", beginnings of one another.
        2 => prop::collection::vec(byte.clone(), 0..5),
        // A whole shared head and a short rest: the order is decided behind it.
        2 => prop::collection::vec(byte, 0..6).prop_map(|rest| [&[7; 8], &rest[..]].concat()),
        // As the engine's own: a hash, then a sort key.
        3 => (0u64..40, 0u16..50).prop_map(|(hash, sort)| {
            [&hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[..], &sort.to_be_bytes()].concat()
        }),
        // Many keys in a row.
        3 => (0u16..2000).prop_map(|number| number.to_be_bytes().to_vec()),
    ]
}

fn bound() -> impl Strategy<Value = Bound<Vec<u8>>> {
    prop_oneof![
        key().prop_map(Bound::Included),
        key().prop_map(Bound::Excluded),
        Just(Bound::Unbounded)
    ]
}

#[derive(Clone, Debug)]
enum Operation {
    Insert(Vec<u8>, u16),
    /// Ascending or descending runs, to reach the splits at the ends of nodes.
    InsertRun {
        from: u16,
        count: u16,
        ascending: bool,
    },
    Remove(Vec<u8>),
    /// Removes the rows at these positions, in percent of the length, so that removals hit.
    RemoveAt(Vec<u8>),
    RemoveRange(Vec<u8>, u16),
    Snapshot,
    /// Goes on with a snapshot, as a fork does.
    Restore,
    Cut(Vec<u8>, bool),
    Reload,
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        12 => (key(), any::<u16>()).prop_map(|(key, value)| Operation::Insert(key, value)),
        4 => (0u16..4000, 1u16..300, any::<bool>())
            .prop_map(|(from, count, ascending)| Operation::InsertRun { from, count, ascending }),
        6 => key().prop_map(Operation::Remove),
        4 => prop::collection::vec(0u8..100, 1..60).prop_map(Operation::RemoveAt),
        2 => (key(), 1u16..500).prop_map(|(from, count)| Operation::RemoveRange(from, count)),
        2 => Just(Operation::Snapshot),
        1 => Just(Operation::Restore),
        1 => (key(), any::<bool>()).prop_map(|(key, lower)| Operation::Cut(key, lower)),
        1 => Just(Operation::Reload),
    ]
}

#[derive(Default, Clone)]
struct Subject {
    tree: Tree<TestRow>,
    model: Model,
}

impl Subject {
    fn insert(&mut self, key: &[u8], value: u16) {
        let row = TestRow::new(key, value);
        assert_eq!(
            self.tree.insert(row.clone()),
            self.model.insert(key.to_vec(), row.clone())
        );
        assert_eq!(self.tree.get(key), Some(&row));
    }

    fn remove(&mut self, key: &[u8]) {
        assert_eq!(self.tree.remove(key), self.model.remove(key));
        assert_eq!(self.tree.get(key), None);
    }

    fn apply(&mut self, operation: Operation, snapshots: &mut Vec<Subject>) {
        match operation {
            Operation::Insert(key, value) => self.insert(&key, value),
            Operation::InsertRun { from, count, ascending } => {
                for step in 0..count {
                    let number = from + if ascending { step } else { count - step };
                    self.insert(&number.to_be_bytes(), step);
                }
            }
            Operation::Remove(key) => self.remove(&key),
            Operation::RemoveAt(percents) => {
                for percent in percents {
                    let position = usize::from(percent) * self.model.len() / 100;
                    let Some(key) = self.model.keys().nth(position).cloned() else {
                        continue;
                    };
                    assert_eq!(self.tree.nth(position).map(Row::key), Some(&key[..]));
                    let below = self.model.values().take(position);
                    let weight: u64 = below.map(|row| row.weight() as u64).sum();
                    assert_eq!(self.tree.weight_before(&key), weight);
                    self.remove(&key);
                }
            }
            Operation::RemoveRange(from, count) => {
                let keys: Vec<_> = self
                    .model
                    .range(from..)
                    .map(|(key, _)| key.clone())
                    .take(count.into())
                    .collect();
                keys.iter().for_each(|key| self.remove(key));
            }
            Operation::Snapshot => snapshots.push(self.clone()),
            Operation::Restore => {
                if let Some(snapshot) = snapshots.last() {
                    *self = snapshot.clone();
                }
            }
            Operation::Cut(key, lower) => {
                let above = self.model.split_off(&key);
                let (tree_below, tree_above) = self.tree.cut(&key);
                assert_equal(&tree_below, &self.model);
                assert_equal(&tree_above, &above);
                if !lower {
                    self.model = above;
                }
                self.tree = if lower { tree_below } else { tree_above };
            }
            Operation::Reload => {
                let loaded = Tree::bulk_load(self.model.values().cloned()).expect("a BTreeMap is in order");
                assert!(loaded.same_as(&self.tree) && self.tree.same_as(&loaded));
                self.tree = loaded;
            }
        }
    }
}

fn expected_changes<'m>(before: &'m Model, after: &'m Model) -> Vec<Change<'m, TestRow>> {
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changes = keys.into_iter().map(|key| Change {
        before: before.get(key),
        after: after.get(key),
    });
    changes.filter(|change| change.before != change.after).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn does_what_a_btreemap_does_and_snapshots_stay(operations in prop::collection::vec(operation(), 1..60)) {
        let mut subject = Subject::default();
        let mut snapshots = Vec::new();
        for operation in operations {
            subject.apply(operation, &mut snapshots);
            subject.tree.check();
        }
        assert_equal(&subject.tree, &subject.model);
        for snapshot in &snapshots {
            assert_equal(&snapshot.tree, &snapshot.model);
            let changes: Vec<_> = snapshot.tree.diff(&subject.tree).collect();
            assert_eq!(changes, expected_changes(&snapshot.model, &subject.model));
            assert_eq!(snapshot.tree.same_as(&subject.tree), snapshot.model == subject.model);
        }
    }

    #[test]
    fn places_spare_searches_and_mislead_nobody(
        operations in prop::collection::vec(operation(), 1..40),
        sought in prop::collection::vec(key(), 1..20),
        value in any::<u16>(),
    ) {
        let (mut subject, mut snapshots) = (Subject::default(), Vec::new());
        for operation in operations {
            subject.apply(operation, &mut snapshots);
        }
        let places: Vec<_> = sought
            .iter()
            .filter_map(|key| Some((key, subject.tree.find(key)?)))
            .map(|(key, (row, place))| {
                assert_eq!(row.key(), &**key);
                (key.clone(), place)
            })
            .collect();
        // The tree that gave the places, and others, to which they say nothing.
        snapshots.push(subject);
        for mut other in snapshots {
            for (key, place) in &places {
                let row = TestRow::new(key, value);
                let before = other.model.insert(key.clone(), row.clone());
                assert_eq!(other.tree.insert_at(place, row), before);
            }
            assert_equal(&other.tree, &other.model);
        }
    }

    #[test]
    fn ranges_agree_from_both_ends(
        keys in prop::collection::btree_set(key(), 0..400),
        lower in bound(),
        upper in bound(),
        turns in prop::collection::vec(any::<bool>(), 0..400),
    ) {
        let mut subject = Subject::default();
        keys.iter().for_each(|key| subject.insert(key, 0));
        let within = |key: &[u8]| {
            (match &lower {
                Bound::Included(low) => key >= &low[..],
                Bound::Excluded(low) => key > &low[..],
                Bound::Unbounded => true,
            }) && (match &upper {
                Bound::Included(high) => key <= &high[..],
                Bound::Excluded(high) => key < &high[..],
                Bound::Unbounded => true,
            })
        };
        let expected: Vec<&TestRow> = subject.model.values().filter(|row| within(row.key())).collect();
        let range = || {
            let (lower, upper) = (lower.as_ref().map(|key| &key[..]), upper.as_ref().map(|key| &key[..]));
            subject.tree.range((lower, upper))
        };
        assert_eq!(range().collect::<Vec<_>>(), expected);
        assert_eq!(range().rev().collect::<Vec<_>>(), expected.iter().rev().copied().collect::<Vec<_>>());

        // Both ends in turn: each row once, and nothing after they met.
        let (mut walked, mut oracle) = (range(), expected.into_iter());
        for from_front in turns {
            if from_front {
                assert_eq!(walked.next(), oracle.next());
            } else {
                assert_eq!(walked.next_back(), oracle.next_back());
            }
        }
    }

    #[test]
    fn cursors_step_both_ways(
        keys in prop::collection::btree_set(key(), 0..400),
        sought in key(),
        turns in prop::collection::vec(any::<bool>(), 0..200),
    ) {
        let mut subject = Subject::default();
        keys.iter().for_each(|key| subject.insert(key, 0));
        let rows: Vec<&TestRow> = subject.model.values().collect();
        let before = rows.partition_point(|row| row.key() < &sought[..]);
        let after = rows.partition_point(|row| row.key() <= &sought[..]);
        for (mut cursor, mut place) in [(subject.tree.seek(&sought), before), (subject.tree.seek_after(&sought), after)] {
            for forward in &turns {
                if *forward {
                    assert_eq!(cursor.step(), rows.get(place).copied());
                    place = rows.len().min(place + 1);
                } else {
                    assert_eq!(cursor.step_back(), place.checked_sub(1).map(|at| rows[at]));
                    place = place.saturating_sub(1);
                }
            }
        }
    }

    #[test]
    fn heads_order_keys_or_say_nothing(one in key(), two in key()) {
        let (head_one, head_two) = (super::head::head(&one), super::head::head(&two));
        if head_one != head_two {
            assert_eq!(head_one.cmp(&head_two), one.cmp(&two));
        }
    }

    #[test]
    fn bounds_separate_and_are_short(one in key(), two in key()) {
        prop_assume!(one < two);
        let bound = super::node::shortest_bound(&one, &two);
        assert!(&one[..] < bound && bound <= &two[..]);
        assert!(bound.split_last().is_none_or(|(_, shorter)| shorter <= &one[..]), "no shorter one would do");
    }
}
