//! What a leader has appended and not committed, by row: the ground that later writes are decided on.

use crate::replica::log::{Change, Entry, RowChange};
use std::rc::Rc;

/// The rows that have been written and not committed, by key: the entry that wrote each last.
#[derive(Clone, Debug, Default)]
pub(super) struct Newest {
    entries: Vec<Rc<Entry>>,
}

impl Newest {
    fn find(&self, key: &[u8]) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| row_change(entry).map_or(&[][..], RowChange::key).cmp(key))
    }
    /// The last uncommitted write of a row.
    pub fn get(&self, key: &[u8]) -> Option<&RowChange> {
        // Nearly always nothing is uncommitted when a write arrives.
        if self.entries.is_empty() {
            return None;
        }
        row_change(self.entries.get(self.find(key).ok()?)?)
    }
    /// Notes an entry that was appended.
    pub fn insert(&mut self, entry: &Rc<Entry>, key: &[u8]) {
        match self.find(key) {
            Ok(at) => {
                if let Some(place) = self.entries.get_mut(at) {
                    *place = Rc::clone(entry);
                }
            }
            Err(at) => self.entries.insert(at, Rc::clone(entry)),
        }
    }
    /// Forgets an entry that is applied, unless a later one has written the row again.
    pub fn remove(&mut self, entry: &Entry, key: &[u8]) {
        if let Ok(at) = self.find(key)
            && self.entries.get(at).is_some_and(|held| held.sequence == entry.sequence)
        {
            self.entries.remove(at);
        }
    }
}

/// The row that an entry writes, if it writes one.
pub(super) fn row_change(entry: &Entry) -> Option<&RowChange> {
    match &entry.change {
        Change::Row(change) => Some(change),
        Change::Index(_) => None,
    }
}
