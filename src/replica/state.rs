//! What a replica's log has come to: the rows of its partition, and the entries of the local indexes, as copy-on-write trees.
//!
//! Replicas that have applied the same entries hold equal states; they share rows, never nodes.

use super::id::{PartitionId, SequenceNumber, TransactionId};
use super::index_write::{IndexChange, IndexPosition};
use super::log::{Change, Entry, LocalChange, Prepared, RowChange};
use super::row::Row;
use super::transaction::Seen;
use crate::btree::Tree;
use crate::ordered::OrderedMap;
use crate::table::{Author, Counts, Table};
use crate::value::Item;
use crate::value::key::{KeyRange, OrderedBytes};
use std::rc::Rc;

/// The rows of one partition.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Rows of the table, or entries of the global index.
    pub rows: Tree<Row>,
    /// Entries of the local indexes, by position in the table's list.
    pub locals: Vec<Tree<Row>>,
    /// In a global index: how far the changes of each base partition have been taken in.
    pub sources: OrderedMap<PartitionId, IndexPosition>,
    /// Transactions that are prepared, in the order of their preparation.
    pub prepared: Vec<Rc<Prepared>>,
    /// Where in the log a row was last deleted.
    pub deleted: SequenceNumber,
}

/// What the rows of a partition amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// The rows.
    pub rows: Counts,
    /// Entries of the local indexes, by position in the table's list.
    pub locals: Vec<Counts>,
}

impl State {
    /// No rows, and room for the local indexes.
    pub fn new(local_indexes: usize) -> Self {
        State {
            rows: Tree::new(),
            locals: (0..local_indexes).map(|_| Tree::new()).collect(),
            sources: OrderedMap::new(),
            prepared: Vec::new(),
            deleted: SequenceNumber::ZERO,
        }
    }

    /// Applies an entry: the next one in the log.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.change {
            Change::Row(change) => self.apply_row(entry.sequence, change),
            Change::Prepare(prepared) => self.prepared.push(Rc::clone(prepared)),
            Change::Commit(prepared) => {
                self.forget(prepared.transaction);
                for change in &prepared.changes {
                    self.apply_row(entry.sequence, change);
                }
            }
            Change::Cancel(transaction) => self.forget(*transaction),
            Change::Index(write) => {
                for change in &write.changes {
                    match change {
                        IndexChange::Put(row) => drop(self.rows.insert(row.clone())),
                        IndexChange::Delete(key) => drop(self.rows.remove(key.as_bytes())),
                    }
                }
                let before = self.sources.insert(write.source, write.position);
                debug_assert!(
                    before.unwrap_or_default() == write.previous && write.previous < write.position,
                    "changes of an index are applied once and in order"
                );
            }
        }
    }

    fn forget(&mut self, transaction: TransactionId) {
        debug_assert!(
            self.prepared.iter().any(|prepared| prepared.transaction == transaction),
            "only what is prepared ends"
        );
        self.prepared.retain(|prepared| prepared.transaction != transaction);
    }

    fn apply_row(&mut self, sequence: SequenceNumber, change: &RowChange) {
        let replaced = match &change.after {
            Some(row) => match &change.place {
                Some(place) => self.rows.insert_at(place, row.clone()),
                None => self.rows.insert(row.clone()),
            },
            None => {
                self.deleted = sequence;
                self.rows.remove(change.key())
            }
        };
        debug_assert_eq!(
            replaced, change.before,
            "a replica applies a change to what the leader saw"
        );
        debug_assert_eq!(
            change.locals.len(),
            self.locals.len(),
            "an entry covers every local index"
        );
        for (tree, local) in self.locals.iter_mut().zip(&change.locals) {
            if let Some(key) = &local.delete {
                let deleted = tree.remove(key.as_bytes());
                debug_assert!(deleted.is_some(), "a local index holds what is deleted from it");
            }
            if let Some(row) = &local.put {
                tree.insert(row.clone());
            }
        }
    }

    /// Puts a row as it was loaded, without a log entry: for restoring a table, before anything is served.
    pub fn load(&mut self, table: &Table, row: Row) {
        let before = self.rows.get(row.key()).cloned();
        let locals = local_changes(table, before.as_ref().map(Row::item), Some(row.item()));
        let change = RowChange {
            before,
            after: Some(row),
            place: None,
            locals,
            author: Author::Caller,
        };
        self.apply_row(SequenceNumber::ZERO, &change);
    }

    /// A row as a transaction of reads sees it.
    pub fn look(&self, key: &[u8]) -> Seen {
        let writes = |prepared: &Rc<Prepared>| prepared.hold(key).is_some_and(|hold| hold.writes);
        Seen {
            row: self.rows.get(key).cloned(),
            deleted: self.deleted,
            pending: self.prepared.iter().any(writes),
        }
    }

    /// Rows and bytes.
    #[inline(never)]
    pub fn measure(&self) -> Measure {
        Measure {
            rows: counts(&self.rows),
            locals: self.locals.iter().map(counts).collect(),
        }
    }

    /// What the rows in `range` and the entries of local indexes in it count for together: the size of an item collection.
    pub fn range_bytes(&self, range: &KeyRange) -> u64 {
        std::iter::once(&self.rows)
            .chain(&self.locals)
            .map(|tree| {
                let from = tree.weight_before(range.from.as_bytes());
                let to = match &range.to {
                    Some(to) => tree.weight_before(to.as_bytes()),
                    None => tree.weight(),
                };
                to - from
            })
            .sum()
    }
}

fn counts(tree: &Tree<Row>) -> Counts {
    Counts {
        items: tree.len() as u64,
        bytes: tree.weight(),
    }
}

/// What a write of a row does to the table's local indexes.
pub fn local_changes(table: &Table, before: Option<&Item>, after: Option<&Item>) -> Box<[LocalChange]> {
    table
        .local_indexes
        .iter()
        .map(|index| {
            let key = |item: &Item| -> Option<OrderedBytes> { table.local_entry(index, item.attributes()) };
            let old = before.and_then(key);
            let new = after.and_then(|item| Some((key(item)?, item)));
            let delete = old.filter(|old| new.as_ref().is_none_or(|(new, _)| new != old));
            let put = new.map(|(key, item)| {
                let size = table.projected_size(&index.schema, &index.projection, item.attributes());
                Row::of_size(key, item.clone(), size)
            });
            LocalChange { delete, put }
        })
        .collect()
}
