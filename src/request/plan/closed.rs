//! Entries of global indexes that a write must not change now.

use super::work::Write;
use crate::error::{Error, ThrottlingReason};
use crate::request::capacity::entry_writes;
use crate::table::IndexId;
use crate::value::Item;
use crate::value::key::PartitionHash;
use std::ops::RangeInclusive;

/// Parts of a table's global indexes that have no write capacity left, as admission control saw it when it let a write in.
///
/// It travels with the write, because only where the item is it shows which entries the write changes: one that changes none of
/// these is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed(pub Vec<ClosedEntries>);

/// A part of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedEntries {
    /// The index.
    pub index: IndexId,
    /// Entries with these hashes.
    pub hashes: RangeInclusive<PartitionHash>,
    /// What to refuse a write with that would change one.
    pub reason: ThrottlingReason,
}

impl Closed {
    /// The error that refuses a write which makes `after` of `before`, if it changes what is closed.
    pub fn refusal(&self, write: &Write, before: Option<&Item>, after: Option<&Item>) -> Option<Error> {
        let mut reasons = Vec::new();
        for index in &write.table.global_indexes {
            let closed = || self.0.iter().filter(|closed| closed.index == index.id);
            if closed().next().is_none() {
                continue;
            }
            let writes = entry_writes(&write.table, index, before, after);
            let meets = |closed: &&ClosedEntries| writes.iter().any(|(hash, _)| closed.hashes.contains(hash));
            reasons.extend(closed().filter(meets).map(|closed| closed.reason.clone()));
        }
        (!reasons.is_empty()).then(|| Error::throttled(reasons))
    }
}
