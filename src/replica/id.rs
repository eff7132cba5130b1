//! What names things in a region: actors, partitions, requests, transactions, leaderships and places in a log.

use std::fmt;

/// Declares a number that identifies something for the life of a region. Numbers are never used twice.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(pub u32);
    };
}

id!(
    /// A slice of a table or of a global index: a contiguous range of hashes, replicated three times.
    PartitionId
);
id!(
    /// One replica of a partition.
    ReplicaId
);
id!(
    /// The reader of one partition's log that feeds one global index.
    PropagatorId
);
id!(
    /// The reader of one partition's log that has items deleted once they have expired.
    SweeperId
);

/// The keeper of one partition's part of a stream: it reads the partition's log.
pub use crate::table::LineageId;

/// A transaction, by the logical timestamp that its coordinator gave it: the coordinator's incarnation, and a count. No two are
/// equal, and a later one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TransactionId(pub u64);

impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0 >> 40, self.0 & ((1 << 40) - 1))
    }
}

/// An actor's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorId {
    /// Takes requests in, hands answers out.
    Router,
    /// AutoAdmin: tables, indexes, partitions.
    Admin,
    /// Holds rows.
    Replica(ReplicaId),
    /// Feeds an index.
    Propagator(PropagatorId),
    /// Keeps a part of a stream.
    Lineage(LineageId),
    /// Finds items that have expired.
    Sweeper(SweeperId),
    /// Sees to it that transactions happen whole or not at all.
    Coordinator,
}

/// Orders the leaderships of a partition: a later leader has a higher ballot, and whoever has seen a ballot refuses lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ballot(pub u32);

/// A place in a partition's log, counted from one. Zero stands before the first entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct SequenceNumber(pub u64);

impl SequenceNumber {
    /// Before the first entry.
    pub const ZERO: SequenceNumber = SequenceNumber(0);

    /// The next place.
    pub const fn next(self) -> Self {
        SequenceNumber(self.0 + 1)
    }
    /// The place before; none before zero.
    pub const fn previous(self) -> Self {
        SequenceNumber(self.0.saturating_sub(1))
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One request of the router's, as replicas hand it back: the place of the request in the router's list, and which of the
/// requests that stood there over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId {
    /// Place in the router's list.
    pub slot: u32,
    /// Counts the requests that used the place.
    pub generation: u32,
}

/// Which part of a request of many items is answered.
pub type Part = u32;
