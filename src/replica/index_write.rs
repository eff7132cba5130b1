//! What a propagator tells a partition of a global index, and how both count how far they are.

use super::id::{PartitionId, SequenceNumber};
use super::row::Row;
use crate::value::key::OrderedBytes;

/// How far an index partition has taken in the changes of one base partition: the log entry, or the step of the initial copy
/// that was taken at that entry. Steps come before later entries, so one order covers both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexPosition {
    /// Entry of the base partition's log.
    pub sequence: SequenceNumber,
    /// Step of the copy taken when the log stood there; zero for the entry itself.
    pub step: u32,
}

/// Changes of one index partition that follow from one base partition.
///
/// Each names the position before it, so the index partition takes every change once and in order however often and in
/// whatever order they arrive.
#[derive(Debug)]
pub struct IndexWrite {
    /// The base partition.
    pub source: PartitionId,
    /// Position of the last changes that were sent to this index partition before these.
    pub previous: IndexPosition,
    /// Position of these changes.
    pub position: IndexPosition,
    /// What to delete and put, at most once for a key.
    pub changes: Vec<IndexChange>,
}

/// One change of an index partition.
#[derive(Clone, Debug)]
pub enum IndexChange {
    /// Puts an entry in place of the one with its key.
    Put(Row),
    /// Deletes an entry.
    Delete(OrderedBytes),
}
