//! The entries of maps: of those that come twice the last one counts, and the tree loses the others when its map ends.

use super::Reader;
use crate::sort;
use crate::value::flat::{Cursor, Open};

/// An entry of a map.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// Where it starts in the tree.
    start: usize,
    /// The first bytes of its name: mostly enough to tell it from others.
    head: u64,
}

impl Entry {
    fn new(start: usize, name: &[u8]) -> Self {
        let mut head = [0; 8];
        head.iter_mut().zip(name).for_each(|(to, from)| *to = *from);
        Entry {
            start,
            head: u64::from_le_bytes(head),
        }
    }

    /// The entry's name, as it was written.
    fn name<'t>(&self, tree: &'t [u8]) -> &'t [u8] {
        let written = tree.get(self.start..).unwrap_or_default();
        Cursor::new(written).text().unwrap_or_default()
    }
}

impl Reader<'_> {
    /// Begins an entry.
    pub(super) fn entry(&mut self, name: &str) {
        self.entries.push(Entry::new(self.tree.len(), name.as_bytes()));
        self.tree.text(name.as_bytes());
    }

    /// Closes a map after dropping the entries that a later one of the same name replaces.
    pub(super) fn close_map(&mut self, open: Open, count: usize, first_entry: usize) {
        let entries = self.entries.get(first_entry..).unwrap_or_default();
        let replaced = replaced_entries(self.tree.bytes(), entries);
        let end = self.tree.len();
        for position in replaced.iter().rev() {
            let start = entries.get(*position).map_or(end, |entry| entry.start);
            let next = entries.get(*position + 1).map_or(end, |entry| entry.start);
            self.tree.remove(start..next);
        }
        self.entries.truncate(first_entry);
        self.tree.close_counted(open, count - replaced.len());
    }
}

/// Entries of a map that are compared with each other one by one; more of them are sorted.
const COMPARED_ENTRIES_MAX: usize = 16;

/// Positions, ascending, of the entries that a later entry of the same name replaces.
fn replaced_entries(tree: &[u8], entries: &[Entry]) -> Vec<usize> {
    if entries.len() <= COMPARED_ENTRIES_MAX {
        let is_replaced = |position: usize| {
            let (earlier, later) = entries.split_at(position + 1);
            let same = |own: &Entry, other: &Entry| own.head == other.head && own.name(tree) == other.name(tree);
            earlier
                .last()
                .is_some_and(|own| later.iter().any(|other| same(own, other)))
        };
        return (0..entries.len()).filter(|position| is_replaced(*position)).collect();
    }
    let mut names: Vec<(&[u8], usize)> = entries.iter().map(|entry| entry.name(tree)).zip(0..).collect();
    sort::ascending(&mut names);
    let pairs = names.iter().zip(names.iter().skip(1));
    let mut replaced: Vec<usize> = pairs
        .filter(|((own, _), (next, _))| own == next)
        .map(|((_, position), _)| *position)
        .collect();
    sort::ascending(&mut replaced);
    replaced
}
