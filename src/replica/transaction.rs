//! What a transaction asks of a partition, and what it is shown.

use super::id::{Part, SequenceNumber, TransactionId};
use super::row::Row;
use crate::error::CancellationReason;
use crate::request::plan::{Write, Written};
use crate::value::key::OrderedBytes;

/// What a transaction asks of one partition.
#[derive(Clone, Debug)]
pub struct Prepare {
    /// The transaction.
    pub transaction: TransactionId,
    /// Its row in the coordinator's ledger: whoever finds a prepared transaction can look up what became of it.
    pub record: OrderedBytes,
    /// Its writes in this partition.
    pub actions: Vec<(Part, Write)>,
}

/// What a write of a transaction would come to, or why it cannot be done.
pub type Foreseen = Result<Written, CancellationReason>;

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Its writes happen.
    Commit,
    /// They do not.
    Cancel,
}

/// A row as a transaction of reads sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The row.
    pub row: Option<Row>,
    /// The place in the log of the last deletion in the partition: what tells one absence of a row from another.
    pub deleted: SequenceNumber,
    /// True if a transaction is about to write the row.
    pub pending: bool,
}

impl Seen {
    /// True if the row was not written between two looks at it.
    pub fn is_unchanged_since(&self, earlier: &Seen) -> bool {
        match (&self.row, &earlier.row) {
            // A row that is held cannot be confused with a later one: its place in memory is not used again.
            (Some(row), Some(before)) => row.is(before),
            (None, None) => self.deleted == earlier.deleted,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}
