//! The words a replica understands, and those it answers with. `cluster` documents the whole conversation in one table; this file
//! owns the part that replicas take part in, because it stands below the cluster and knows none of it.
//!
//! The words are sorted by who takes them in, so that a receiver names what it is not told as a group. The ones that a put and a
//! get consist of stand directly in the enum that their receiver looks at: a group costs a second look.

use super::id::{Ballot, Part, PartitionId, RequestId, SequenceNumber, TransactionId};
use super::index_write::{IndexPosition, IndexWrite};
use super::log::Entries;
use super::row::Row;
use super::state::Measure;
use super::transaction::{Decision, Foreseen, Prepare, Seen};
use crate::btree::Tree;
use crate::error::Error;
use crate::request::plan::{Get, Walk, Walked, Write, Written};
use crate::value::Item;
use std::rc::Rc;

/// How far a partition is, as its leader tells followers with everything it sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Everything up to here is on a majority of replicas, and will never change.
    pub committed: SequenceNumber,
    /// Everything up to here is needed by nobody any more.
    pub trimmed: SequenceNumber,
}

/// What a replica is told.
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
    /// Walk this partition's share of a page.
    Walk {
        /// To be handed back.
        request: RequestId,
        /// What to walk.
        walk: Rc<Walk>,
        /// The page as the partitions before have left it.
        page: Box<Walked>,
    },
    /// Count rows and bytes.
    Measure {
        /// To be handed back.
        ticket: u32,
        /// To be handed back.
        partition: PartitionId,
    },
    /// Append entries to the log.
    Append {
        /// The leader's.
        ballot: Ballot,
        /// What to append; none asks for a [`ToLeader::Appended`].
        entries: Entries,
        /// How far the partition is.
        progress: Progress,
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
    /// What only the leader of a partition can do.
    ToLeader(ToLeader),
}

/// What the leader of a partition is told.
#[derive(Clone, Debug)]
pub enum ToLeader {
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
    /// A follower's log holds everything up to a place.
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

    /// Decide what a transaction's writes come to, and hold their rows for it.
    Prepare(Box<Prepare>),
    /// End a transaction that may be prepared here.
    Decide {
        /// The transaction.
        transaction: TransactionId,
        /// How.
        decision: Decision,
    },
    /// Look at rows for a transaction of reads.
    Look {
        /// To be handed back.
        transaction: TransactionId,
        /// The rows.
        gets: Vec<(Part, Get)>,
    },

    /// Feed the sender from now on: a propagator, a lineage, a sweeper.
    Subscribe,
    /// Stop feeding the sender.
    Unsubscribe,
    /// Feed the sender what is committed now, and then no more.
    Finish,
    /// A subscriber needs no entry up to here any more.
    Fed {
        /// The place in the log.
        position: SequenceNumber,
        /// Where the subscriber wants to be fed from, if entries arrived that do not follow on what it has. That happens on
        /// networks that lose or reorder messages only; without a box the word would have more than 32 bytes on wasm.
        missing: Option<Box<SequenceNumber>>,
    },

    /// Change entries of a global index.
    IndexWrite(Rc<IndexWrite>),

    /// A timer the leader has set.
    Tick,
}

/// The item of a [`Message::Get`]. It fills a message on wasm, so it is none of the [replies](Reply): there would be no room for
/// the mark that tells them apart.
#[derive(Clone, Debug)]
pub struct Got {
    /// From the request.
    pub request: RequestId,
    /// From the request.
    pub part: Part,
    /// What was read.
    pub item: Option<Item>,
}

/// What a replica answers to everything but a [`Message::Get`].
#[derive(Clone, Debug)]
pub enum Reply {
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
    /// The page as this partition leaves it.
    Walked {
        /// From the request.
        request: RequestId,
        /// The page.
        page: Box<Walked>,
        /// True if the page is complete whatever the following partitions hold.
        ended: bool,
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

    /// The answer to [`ToLeader::Prepare`]. The rows are held if every write could be done, and none of them otherwise.
    Prepared {
        /// From the request.
        transaction: TransactionId,
        /// What each write would come to, or why it cannot be done.
        outcome: Box<Result<Vec<(Part, Foreseen)>, Error>>,
    },
    /// The end of a transaction is committed, and its rows are free.
    Decided {
        /// From the request.
        transaction: TransactionId,
        /// The sizes that item collections have come to, by write.
        collections: Vec<(Part, u64)>,
    },
    /// Rows as they are.
    Looked {
        /// From the request.
        transaction: TransactionId,
        /// The rows.
        seen: Result<Vec<(Part, Seen)>, Box<Error>>,
    },

    /// The log, for those who read it.
    Feed(Feed),

    /// The index partition that the sender leads has committed the changes of a base partition up to a position.
    IndexWritten {
        /// Committed up to here.
        position: IndexPosition,
        /// Set if changes arrived that do not follow on what was taken: the position that the next changes must name.
        missing: Option<Box<IndexPosition>>,
    },
}

/// What a leader tells those who read its log.
#[derive(Clone, Debug)]
pub enum Feed {
    /// Answers [`ToLeader::Subscribe`].
    Subscribed(Box<Subscribed>),
    /// Committed entries.
    Entries(Entries),
    /// Answers [`ToLeader::Finish`], or tells a lineage that the partition is gone: everything that it had not acknowledged.
    Finished(Entries),
}

/// Where a subscription begins.
#[derive(Clone, Debug)]
pub struct Subscribed {
    /// Entries after this one will follow.
    pub position: SequenceNumber,
    /// The rows as they stand there, a snapshot.
    pub rows: Tree<Row>,
}

impl Message {
    /// True for what is sent again until it is acknowledged: the network may lose it.
    pub fn may_be_lost(&self) -> bool {
        match self {
            Message::Append { .. } | Message::Commit { .. } | Message::Superseded { .. } => true,
            Message::ToLeader(message) => match message {
                ToLeader::Appended { .. } | ToLeader::Fed { .. } | ToLeader::IndexWrite(_) => true,
                ToLeader::Write { .. }
                | ToLeader::WriteMany { .. }
                | ToLeader::Prepare(_)
                | ToLeader::Decide { .. }
                | ToLeader::Look { .. }
                | ToLeader::Subscribe
                | ToLeader::Unsubscribe
                | ToLeader::Finish
                | ToLeader::Tick => false,
            },
            Message::Get { .. } | Message::Walk { .. } | Message::Measure { .. } => false,
        }
    }

    /// Its name, for the trace.
    pub fn kind(&self) -> &'static str {
        match self {
            Message::Get { .. } => "Get",
            Message::Walk { .. } => "Walk",
            Message::Measure { .. } => "Measure",
            Message::Append { .. } => "Append",
            Message::Commit { .. } => "Commit",
            Message::Superseded { .. } => "Superseded",
            Message::ToLeader(message) => match message {
                ToLeader::Write { .. } => "Write",
                ToLeader::WriteMany { .. } => "WriteMany",
                ToLeader::Appended { .. } => "Appended",
                ToLeader::Prepare(_) => "Prepare",
                ToLeader::Decide { .. } => "Decide",
                ToLeader::Look { .. } => "Look",
                ToLeader::Subscribe => "Subscribe",
                ToLeader::Unsubscribe => "Unsubscribe",
                ToLeader::Finish => "Finish",
                ToLeader::Fed { .. } => "Fed",
                ToLeader::IndexWrite(_) => "IndexWrite",
                ToLeader::Tick => "Tick",
            },
        }
    }
}

impl ToLeader {
    /// What is answered by a replica that cannot do this, because it does not lead or is not there any more. Requests come to
    /// `error`, every part of them for itself; nobody waits for an answer to the rest.
    #[cold]
    #[inline(never)]
    pub fn refuse(self, error: &Error, answer: &mut dyn FnMut(Reply)) {
        match self {
            ToLeader::Write { request, part, .. } => answer(Reply::failed(request, part, error.clone())),
            ToLeader::WriteMany { request, writes } => {
                for (part, _) in writes {
                    answer(Reply::failed(request, part, error.clone()));
                }
            }
            ToLeader::Prepare(prepare) => answer(Reply::unprepared(prepare.transaction, error.clone())),
            ToLeader::Look { transaction, .. } => {
                let seen = Err(Box::new(error.clone()));
                answer(Reply::Looked { transaction, seen });
            }
            ToLeader::Appended { .. }
            | ToLeader::Decide { .. }
            | ToLeader::Subscribe
            | ToLeader::Unsubscribe
            | ToLeader::Finish
            | ToLeader::Fed { .. }
            | ToLeader::IndexWrite(_)
            | ToLeader::Tick => {}
        }
    }
}

impl Reply {
    /// The answer to a request, or to a part of it, that came to an error.
    pub fn failed(request: RequestId, part: Part, error: Error) -> Self {
        Reply::Failed {
            request,
            part,
            error: Box::new(error),
        }
    }
    /// The answer to a preparation that came to an error of the whole.
    pub fn unprepared(transaction: TransactionId, error: Error) -> Self {
        Reply::Prepared {
            transaction,
            outcome: Box::new(Err(error)),
        }
    }

    /// True for what is sent again until it is acknowledged: the network may lose it.
    pub fn may_be_lost(&self) -> bool {
        match self {
            Reply::Feed(Feed::Entries(_)) | Reply::IndexWritten { .. } => true,
            Reply::Wrote { .. }
            | Reply::Failed { .. }
            | Reply::Walked { .. }
            | Reply::Measured { .. }
            | Reply::Prepared { .. }
            | Reply::Decided { .. }
            | Reply::Looked { .. }
            | Reply::Feed(Feed::Subscribed(_) | Feed::Finished(_)) => false,
        }
    }

    /// Its name, for the trace.
    pub fn kind(&self) -> &'static str {
        match self {
            Reply::Wrote { .. } => "Wrote",
            Reply::Failed { .. } => "Failed",
            Reply::Walked { .. } => "Walked",
            Reply::Measured { .. } => "Measured",
            Reply::Prepared { .. } => "Prepared",
            Reply::Decided { .. } => "Decided",
            Reply::Looked { .. } => "Looked",
            Reply::Feed(Feed::Subscribed(_)) => "Subscribed",
            Reply::Feed(Feed::Entries(_)) => "Feed",
            Reply::Feed(Feed::Finished(_)) => "Finished",
            Reply::IndexWritten { .. } => "IndexWritten",
        }
    }
}

impl From<ToLeader> for Message {
    fn from(message: ToLeader) -> Self {
        Message::ToLeader(message)
    }
}
