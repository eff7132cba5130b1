//! What a run is made of, what it comes to, and what it can find wrong.

use crate::cluster::{Network, Note, ReplicaId};
use crate::error::Error;
use crate::time::Time;
use std::fmt;

/// What a run is made of.
#[derive(Clone, Copy, Debug)]
pub struct SimOptions {
    /// Everything random follows from it.
    pub seed: u64,
    /// The network.
    pub network: Network,
    /// Partitions of the table and of its indexes.
    pub partitions: u32,
    /// Number of operations.
    pub operations: u32,
    /// Requests under way at once, at most.
    pub concurrency: usize,
    /// True if states that pass are shown.
    pub transient_states: bool,
    /// A fault of the model's, to prove that it would be found.
    pub fault: Option<Fault>,
}

/// What a run can get wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A write that never reaches the cluster.
    LostWrite,
    /// A row that no index hears of.
    SilentWrite,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Writes acknowledged.
    pub writes: usize,
    /// Eventually consistent reads that saw an older version than the newest acknowledged.
    pub stale_reads: usize,
    /// Messages that were delivered.
    pub noted: u64,
    /// The last of them.
    pub notes: Vec<Note>,
    /// When it ended.
    pub ended: Time,
}

/// What a run found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A read saw what it cannot have seen.
    Read {
        /// The row.
        key: (String, u32),
        /// Whether it was consistent.
        consistent: bool,
    },
    /// A write found what it cannot have found.
    Write {
        /// The row.
        key: (String, u32),
    },
    /// A page was out of order, or held a row twice.
    Page,
    /// A request failed.
    Failed(Error),
    /// A request got an answer of another kind.
    Mismatched,
    /// A request was never answered.
    Unanswered {
        /// How many were not.
        requests: usize,
    },
    /// A partition or replica is not where it should be, or a row is in the wrong one.
    Unplaced,
    /// A replica differs from its leader.
    Replica {
        /// The replica.
        id: ReplicaId,
    },
    /// The rows are not what was written.
    Rows {
        /// Rows held.
        held: usize,
        /// Rows expected.
        expected: usize,
    },
    /// An index is not what the rows say.
    Index {
        /// The index.
        name: String,
        /// Entries held.
        held: usize,
        /// Entries expected.
        expected: usize,
    },
    /// The stream does not tell what happened to the rows.
    Stream,
    /// A partition's weight is not that of its rows.
    Weight,
    /// The table's statistics are not those of its rows.
    Statistics,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
