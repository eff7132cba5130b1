//! The words a replica understands and says, and who can say them. `cluster` documents the whole conversation in one table;
//! this file owns the part that replicas take part in, because it stands below the cluster and knows none of it.

use super::log::Entry;
use super::row::Row;
use crate::btree::Tree;
use crate::error::{CancellationReason, Error};
use crate::request::plan::{Get, Walk, Walked, Write, Written};
use crate::table::Counts;
use crate::value::key::OrderedBytes;
use std::fmt;
use std::rc::Rc;

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

/// How far a partition is, as its leader tells followers with everything it sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Everything up to here is on a majority of replicas, and will never change.
    pub committed: SequenceNumber,
    /// Everything up to here is needed by nobody any more.
    pub trimmed: SequenceNumber,
}

/// What the rows of a partition amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// The rows.
    pub rows: Counts,
    /// Entries of the local indexes, by position in the table's list.
    pub locals: Vec<Counts>,
}

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

/// What replicas are told and what they answer.
#[derive(Clone, Debug)]
pub enum Message {
    /// Read one item.
    Get {
        /// To be handed back.
        request: RequestId,
        /// To be handed back.
        part: Part,
        /// What to read.
        get: Box<Get>,
    },
    /// The item of a [`Message::Get`].
    Got {
        /// From the request.
        request: RequestId,
        /// From the request.
        part: Part,
        /// What was read.
        item: Option<crate::value::Item>,
    },
    /// Write one item.
    Write {
        /// To be handed back.
        request: RequestId,
        /// To be handed back.
        part: Part,
        /// What to write.
        write: Box<Write>,
    },
    /// Write several items, each for itself.
    WriteMany {
        /// To be handed back.
        request: RequestId,
        /// What to write.
        writes: Vec<(Part, Write)>,
    },
    /// A write is committed.
    Wrote {
        /// From the request.
        request: RequestId,
        /// From the request.
        part: Part,
        /// What was written.
        written: Box<Written>,
    },
    /// A request, or a part of it, came to an error.
    Failed {
        /// From the request.
        request: RequestId,
        /// From the request.
        part: Part,
        /// The service's answer.
        error: Box<Error>,
    },
    /// Walk this partition's share of a page.
    Walk {
        /// To be handed back.
        request: RequestId,
        /// What to walk.
        walk: Rc<Walk>,
        /// The page as the partitions before have left it.
        page: Box<Walked>,
    },
    /// The page as this partition leaves it.
    Walked {
        /// From the request.
        request: RequestId,
        /// The page.
        page: Box<Walked>,
        /// True if the page is complete whatever the following partitions hold.
        ended: bool,
    },
    /// Count rows and bytes.
    Measure {
        /// To be handed back.
        ticket: u32,
        /// To be handed back.
        partition: PartitionId,
    },
    /// Rows and bytes of a partition.
    Measured {
        /// From the request.
        ticket: u32,
        /// From the request.
        partition: PartitionId,
        /// The figures.
        measure: Box<Measure>,
    },

    /// Decide what a transaction's writes come to, and hold their rows for it.
    Prepare(Box<Prepare>),
    /// The answer to [`Message::Prepare`]. The rows are held if every write could be done, and none of them otherwise.
    Prepared {
        /// From the request.
        transaction: TransactionId,
        /// What each write would come to, or why it cannot be done.
        outcome: Box<Result<Vec<(Part, Foreseen)>, Error>>,
    },
    /// End a transaction that may be prepared here.
    Decide {
        /// The transaction.
        transaction: TransactionId,
        /// How.
        decision: Decision,
    },
    /// The end of a transaction is committed, and its rows are free.
    Decided {
        /// From the request.
        transaction: TransactionId,
        /// The sizes that item collections have come to, by write.
        collections: Vec<(Part, u64)>,
    },
    /// Look at rows for a transaction of reads.
    Look {
        /// To be handed back.
        transaction: TransactionId,
        /// The rows.
        gets: Vec<(Part, Get)>,
    },
    /// Rows as they are.
    Looked {
        /// From the request.
        transaction: TransactionId,
        /// The rows.
        seen: Result<Vec<(Part, Seen)>, Box<Error>>,
    },

    /// Append entries to the log.
    Append {
        /// The leader's.
        ballot: Ballot,
        /// What to append; none asks for an [`Message::Appended`].
        entries: Entries,
        /// How far the partition is.
        progress: Progress,
    },
    /// The log holds everything up to a place.
    Appended {
        /// The ballot under which the follower listens.
        ballot: Ballot,
        /// Last entry of the log.
        last: SequenceNumber,
        /// Last entry applied.
        applied: SequenceNumber,
        /// True if entries arrived that do not follow on `last`: those between are wanted.
        gap: bool,
    },
    /// More is committed.
    Commit {
        /// The leader's.
        ballot: Ballot,
        /// How far the partition is.
        progress: Progress,
    },
    /// The sender of a message has been superseded.
    Superseded {
        /// The ballot that the receiver of the message has seen.
        ballot: Ballot,
    },

    /// Feed the sender from now on: a propagator, a lineage, a sweeper.
    Subscribe,
    /// Answers [`Message::Subscribe`]: the rows as they stand, and the place in the log where they stand.
    Subscribed {
        /// Entries after this one will follow.
        position: SequenceNumber,
        /// The rows, a snapshot.
        rows: Tree<Row>,
    },
    /// Stop feeding the sender.
    Unsubscribe,
    /// Feed the sender what is committed now, and then no more.
    Finish,
    /// Answers [`Message::Finish`], or tells a lineage that the partition is gone: everything that it had not acknowledged.
    Finished(Entries),
    /// Committed entries.
    Feed(Entries),
    /// A subscriber needs no entry up to here any more.
    Fed {
        /// The place in the log.
        position: SequenceNumber,
        /// Where the subscriber wants to be fed from, if entries arrived that do not follow on what it has.
        missing: Option<SequenceNumber>,
    },

    /// Change entries of a global index.
    IndexWrite(Rc<IndexWrite>),
    /// An index partition has committed the changes of a base partition up to a position.
    IndexWritten {
        /// The index partition.
        partition: PartitionId,
        /// Committed up to here.
        position: IndexPosition,
        /// Set if changes arrived that do not follow on what was taken: the position that the next changes must name.
        missing: Option<Box<IndexPosition>>,
    },

    /// A timer the replica has set.
    Tick,
}

/// Where an actor's effects go. Handling a message does nothing but change the actor and fill this.
pub trait Outbox {
    /// Sends a message.
    fn send(&mut self, to: ActorId, message: Message);
    /// Asks for a [`Message::Tick`] after the network's retransmission time. On a network that loses nothing nothing ever has
    /// to be sent twice, and no tick comes: false.
    fn tick(&mut self) -> bool;
    /// Notes something worth knowing.
    fn trace(&mut self, event: Event);
}

/// What actors note in the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A message of a superseded leader was refused.
    StaleBallot {
        /// The ballot it carried.
        ballot: Ballot,
    },
    /// A leader learnt of a higher ballot and stepped down.
    SteppedDown {
        /// The higher ballot.
        ballot: Ballot,
    },
    /// Entries arrived that do not follow on what the log holds.
    LogGap {
        /// The last entry it has.
        last: SequenceNumber,
    },
    /// Index changes arrived that do not follow on what was taken.
    IndexGap {
        /// The base partition.
        source: PartitionId,
    },
    /// Entries were sent again because nobody had acknowledged them in time.
    SentAgain {
        /// From this entry on.
        from: SequenceNumber,
    },
}
