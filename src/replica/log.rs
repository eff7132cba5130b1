//! The replication log: what happened to a partition, in order, as far as somebody still needs it.
//!
//! Entries are shared by the three replicas' logs and by the messages that carry them. The log never has gaps: it holds the
//! entries after `trimmed` up to `last`, and only ever grows at the end and shrinks at the beginning.

use super::id::{Ballot, SequenceNumber, TransactionId};
use super::index_write::IndexWrite;
use super::row::Row;
use crate::btree::Place;
use crate::table::Author;
use crate::value::key::OrderedBytes;
use std::collections::VecDeque;
use std::rc::Rc;

/// One entry.
#[derive(Debug)]
pub struct Entry {
    /// Its place.
    pub sequence: SequenceNumber,
    /// The leadership that appended it.
    pub ballot: Ballot,
    /// What happened.
    pub change: Change,
}

/// Entries of a log, in order and without gaps.
#[derive(Clone, Debug)]
pub enum Entries {
    /// The usual case costs no allocation.
    One(Rc<Entry>),
    /// Several, or none.
    Many(Rc<[Rc<Entry>]>),
}

impl Entries {
    /// The entries.
    pub fn as_slice(&self) -> &[Rc<Entry>] {
        match self {
            Entries::One(entry) => std::slice::from_ref(entry),
            Entries::Many(entries) => entries,
        }
    }
    /// No entries: what is sent to ask how far a follower is.
    pub fn none() -> Self {
        Entries::Many(Rc::from([]))
    }
}

impl From<Vec<Rc<Entry>>> for Entries {
    fn from(mut entries: Vec<Rc<Entry>>) -> Self {
        if entries.len() == 1
            && let Some(entry) = entries.pop()
        {
            return Entries::One(entry);
        }
        Entries::Many(Rc::from(entries))
    }
}

/// What happened to a partition.
#[derive(Debug)]
pub enum Change {
    /// A row of a table was written.
    Row(RowChange),
    /// Entries of a global index were written, because a base table's row was.
    Index(Rc<IndexWrite>),
    /// A transaction holds rows, and what it will write to them is decided.
    Prepare(Rc<Prepared>),
    /// What a transaction had prepared was written.
    Commit(Rc<Prepared>),
    /// What a transaction had prepared was given up.
    Cancel(TransactionId),
}

impl Change {
    /// The rows of the table that this writes: what streams and indexes are derived from.
    pub fn rows(&self) -> &[RowChange] {
        match self {
            Change::Row(change) => std::slice::from_ref(change),
            Change::Commit(prepared) => &prepared.changes,
            Change::Index(_) | Change::Prepare(_) | Change::Cancel(_) => &[],
        }
    }
}

/// A transaction's part in a partition, from its preparation to its end.
#[derive(Debug)]
pub struct Prepared {
    /// The transaction.
    pub transaction: TransactionId,
    /// Its row in the coordinator's ledger.
    pub record: OrderedBytes,
    /// The rows that nobody else may write meanwhile, by key.
    pub held: Vec<Hold>,
    /// What it will write.
    pub changes: Vec<RowChange>,
}

/// A row that a transaction holds.
#[derive(Debug)]
pub struct Hold {
    /// The row's key.
    pub key: OrderedBytes,
    /// False if the transaction only depends on the row.
    pub writes: bool,
}

impl Prepared {
    /// How a row is held, if it is.
    pub fn hold(&self, key: &[u8]) -> Option<&Hold> {
        let at = self.held.binary_search_by(|hold| hold.key.as_bytes().cmp(key)).ok()?;
        self.held.get(at)
    }
}

/// A write of one row, with what the row held before: streams and indexes are derived from both.
#[derive(Debug)]
pub struct RowChange {
    /// The row before; `None` if there was none.
    pub before: Option<Row>,
    /// The row after; `None` if it was deleted. Never `None` on both sides.
    pub after: Option<Row>,
    /// Where the leader found the row before: where a follower will look first.
    pub place: Option<Place>,
    /// What it does to the local indexes, one for each of the table's.
    pub locals: Box<[LocalChange]>,
    /// On whose behalf; streams tell.
    pub author: Author,
}

/// What a write does to one local index.
#[derive(Debug, Default)]
pub struct LocalChange {
    /// An entry to delete.
    pub delete: Option<OrderedBytes>,
    /// An entry to put in place of the one with its key.
    pub put: Option<Row>,
}

impl RowChange {
    /// The key of the row.
    pub fn key(&self) -> &[u8] {
        debug_assert!(
            self.before.is_some() || self.after.is_some(),
            "a change of nothing is not logged"
        );
        self.after.as_ref().or(self.before.as_ref()).map_or(&[], Row::key)
    }
}

/// The log of one replica.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: VecDeque<Rc<Entry>>,
    trimmed: SequenceNumber,
}

impl Log {
    /// An empty log whose next entry follows on `trimmed`.
    pub fn after(trimmed: SequenceNumber) -> Self {
        Log {
            entries: VecDeque::new(),
            trimmed,
        }
    }
    /// The place of the newest entry.
    pub fn last(&self) -> SequenceNumber {
        SequenceNumber(self.trimmed.0 + self.entries.len() as u64)
    }
    /// The place of the newest entry that is not held any more.
    pub fn trimmed(&self) -> SequenceNumber {
        self.trimmed
    }
    /// Number of entries held.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// True if no entry is held.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// Adds the entry that follows on the last one.
    pub fn append(&mut self, entry: Rc<Entry>) {
        debug_assert_eq!(entry.sequence, self.last().next(), "a log has no gaps");
        debug_assert!(
            self.entries.back().is_none_or(|last| last.ballot <= entry.ballot),
            "ballots only rise along a log"
        );
        self.entries.push_back(entry);
    }
    /// The entry at a place, if it is held.
    pub fn get(&self, sequence: SequenceNumber) -> Option<&Rc<Entry>> {
        let at = sequence.0.checked_sub(self.trimmed.0 + 1)?;
        self.entries.get(usize::try_from(at).ok()?)
    }
    /// The entries from one place to another, both included, at most `count_max` of them.
    pub fn slice(&self, from: SequenceNumber, to: SequenceNumber, count_max: usize) -> Vec<Rc<Entry>> {
        debug_assert!(from > self.trimmed, "what somebody may ask for is not trimmed");
        let skipped = from.0.saturating_sub(self.trimmed.0 + 1);
        let wanted = (to.0 + 1).saturating_sub(from.0);
        self.entries
            .iter()
            .skip(usize::try_from(skipped).unwrap_or(usize::MAX))
            .take(usize::try_from(wanted).unwrap_or(usize::MAX).min(count_max))
            .cloned()
            .collect()
    }
    /// Forgets entries up to a place.
    pub fn trim(&mut self, to: SequenceNumber) {
        debug_assert!(to <= self.last(), "only what is there can be trimmed");
        while self.trimmed < to && self.entries.pop_front().is_some() {
            self.trimmed = self.trimmed.next();
        }
        // A burst leaves capacity behind that a quiet partition would keep for ever.
        if self.entries.capacity() > SPARE_MAX && self.entries.len() < self.entries.capacity() / 4 {
            self.entries.shrink_to(SPARE_MAX);
        }
    }
}

/// Entries that a log keeps room for when it is empty.
const SPARE_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replica::{IndexPosition, PartitionId};

    fn entry(sequence: u64) -> Rc<Entry> {
        Rc::new(Entry {
            sequence: SequenceNumber(sequence),
            ballot: Ballot(1),
            change: Change::Index(Rc::new(IndexWrite {
                source: PartitionId(0),
                previous: IndexPosition::default(),
                position: IndexPosition::default(),
                changes: Vec::new(),
            })),
        })
    }

    fn places(entries: &[Rc<Entry>]) -> Vec<u64> {
        entries.iter().map(|entry| entry.sequence.0).collect()
    }

    #[test]
    fn a_trimmed_log_goes_on_counting() {
        let mut log = Log::default();
        for sequence in 1..=5 {
            log.append(entry(sequence));
        }
        log.trim(SequenceNumber(3));
        assert_eq!(
            (log.trimmed(), log.last(), log.len()),
            (SequenceNumber(3), SequenceNumber(5), 2)
        );
        assert!(log.get(SequenceNumber(3)).is_none());
        assert_eq!(
            log.get(SequenceNumber(4)).map(|entry| entry.sequence),
            Some(SequenceNumber(4))
        );
        assert!(log.get(SequenceNumber(6)).is_none());
        log.append(entry(6));
        assert_eq!(places(&log.slice(SequenceNumber(4), SequenceNumber(6), 10)), [4, 5, 6]);
        assert_eq!(places(&log.slice(SequenceNumber(5), SequenceNumber(6), 1)), [5]);
        log.trim(SequenceNumber(6));
        assert!(log.is_empty());
        assert_eq!(log.last(), SequenceNumber(6));
    }

    #[test]
    fn trimming_twice_changes_nothing() {
        let mut log = Log::after(SequenceNumber(7));
        log.append(entry(8));
        log.trim(SequenceNumber(7));
        log.trim(SequenceNumber(2));
        assert_eq!((log.trimmed(), log.len()), (SequenceNumber(7), 1));
    }
}
