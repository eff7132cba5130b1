//! What a table may answer, worked out without any of the machinery under test: the history of every key, in a plain map.

use crate::value::Item;
use std::collections::BTreeMap;

/// The versions a row has had, oldest first. Before its first write it was absent.
#[derive(Clone, Debug)]
pub(super) struct History {
    versions: Vec<Option<Item>>,
    /// True while the last version is being written: it may be seen, and need not be.
    in_flight: bool,
    /// The newest version that somebody is known to have seen: consistent reads that begin later must not be older.
    seen: usize,
}

impl Default for History {
    fn default() -> Self {
        History {
            versions: vec![None],
            in_flight: false,
            seen: 0,
        }
    }
}

/// Every key's history.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    rows: BTreeMap<(String, u32), History>,
}

/// A row's key.
pub(super) type Key = (String, u32);

impl Model {
    fn row(&mut self, key: &Key) -> &mut History {
        self.rows.entry(key.clone()).or_default()
    }

    /// True while a write of the key has not been answered.
    pub fn is_written(&self, key: &Key) -> bool {
        self.rows.get(key).is_some_and(|row| row.in_flight)
    }

    /// True if the newest version of the key is that there is nothing.
    pub fn is_absent(&self, key: &Key) -> bool {
        self.rows
            .get(key)
            .is_none_or(|row| row.versions.last().is_none_or(Option::is_none))
    }

    /// A write begins.
    pub fn begin_write(&mut self, key: &Key, after: Option<Item>) {
        let row = self.row(key);
        row.versions.push(after);
        row.in_flight = true;
    }

    /// A write is acknowledged, having found `before`. False if it cannot have.
    pub fn end_write(&mut self, key: &Key, before: Option<&Item>) -> bool {
        let row = self.row(key);
        row.in_flight = false;
        let newest = row.versions.len() - 1;
        row.seen = newest;
        row.versions
            .get(newest - 1)
            .is_some_and(|version| version.as_ref() == before)
    }

    /// What a consistent read that begins now must not be older than.
    pub fn floor(&mut self, key: &Key) -> usize {
        self.row(key).seen
    }

    /// A read is answered. False if no version from `floor` on is what it saw.
    pub fn end_read(&mut self, key: &Key, floor: usize, saw: Option<&Item>, consistent: bool) -> bool {
        let row = self.row(key);
        let version = (floor..row.versions.len())
            .rev()
            .find(|at| row.versions.get(*at).is_some_and(|version| version.as_ref() == saw));
        match version {
            Some(version) => {
                if consistent {
                    row.seen = row.seen.max(version);
                }
                true
            }
            None => false,
        }
    }

    /// Every row as it is once nothing is under way.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, &Item)> {
        self.rows
            .iter()
            .filter_map(|(key, row)| Some((key, row.versions.last()?.as_ref()?)))
    }

    /// Number of versions written.
    pub fn writes(&self) -> usize {
        self.rows.values().map(|row| row.versions.len() - 1).sum()
    }
}
