//! What a leader has appended and not committed, by row: the ground that later writes are decided on.

use crate::replica::log::{Entry, RowChange};
use std::rc::Rc;

/// The rows that have been written and not committed, by key: the change that wrote each last.
#[derive(Clone, Debug, Default)]
pub(super) struct Newest {
    changes: Vec<Uncommitted>,
}

/// One of the changes of an entry.
#[derive(Clone, Debug)]
struct Uncommitted {
    entry: Rc<Entry>,
    /// Its place among the entry's rows.
    at: usize,
}

impl Uncommitted {
    fn change(&self) -> Option<&RowChange> {
        self.entry.change.rows().get(self.at)
    }
}

impl Newest {
    fn find(&self, key: &[u8]) -> Result<usize, usize> {
        self.changes
            .binary_search_by(|known| known.change().map_or(&[][..], RowChange::key).cmp(key))
    }
    /// The last uncommitted write of a row.
    pub fn get(&self, key: &[u8]) -> Option<&RowChange> {
        // Nearly always nothing is uncommitted when a write arrives.
        if self.changes.is_empty() {
            return None;
        }
        self.changes.get(self.find(key).ok()?)?.change()
    }
    /// Notes an entry that was appended.
    pub fn insert(&mut self, entry: &Rc<Entry>) {
        for (at, change) in entry.change.rows().iter().enumerate() {
            let written = Uncommitted {
                entry: Rc::clone(entry),
                at,
            };
            match self.find(change.key()) {
                Ok(found) => {
                    if let Some(place) = self.changes.get_mut(found) {
                        *place = written;
                    }
                }
                Err(place) => self.changes.insert(place, written),
            }
        }
    }
    /// Forgets an entry that is applied, but for rows that a later one has written again.
    pub fn remove(&mut self, entry: &Entry) {
        for change in entry.change.rows() {
            if let Ok(found) = self.find(change.key())
                && let Some(known) = self.changes.get(found)
                && known.entry.sequence == entry.sequence
            {
                self.changes.remove(found);
            }
        }
    }
}
