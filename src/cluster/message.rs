//! Everything actors say to each other. Replicas own their words (`replica::Message`); here are the others', and the envelope
//! that all of them travel in. The table of the whole conversation is in [`super`].

use super::lineage::StreamMessage;
use super::map::Layout;
use super::propagator::Start;
use crate::error::{Error, Invalid};
use crate::replica;
use crate::request::plan::{Control, Get, Outcome, TransactWrite};
use crate::table::{Catalog, IndexId, Table, TableStatistics};
use std::rc::Rc;

pub use crate::replica::{
    ActorId, Ballot, IndexPosition, LineageId, PartitionId, PropagatorId, ReplicaId, RequestId, SequenceNumber,
    SweeperId, TransactionId,
};

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Who says it.
    pub from: ActorId,
    /// Who is told.
    pub to: ActorId,
    /// What is said.
    pub message: Message,
}

/// Anything that is said.
#[derive(Clone, Debug)]
pub enum Message {
    /// To a replica.
    Replica(replica::Message),
    /// An item that a replica was asked for.
    Got(replica::Got),
    /// What else a replica answers.
    Reply(replica::Reply),
    /// A request for the router or the admin actor, or their answer.
    Control(ControlMessage),
    /// A transaction for its coordinator, or what concerns the coordinator itself.
    Transaction(TransactionMessage),
    /// About streams, or between the admin actor and those that read logs.
    Stream(StreamMessage),
}

/// What the transaction coordinator is told and what it says, beside its talk with replicas.
#[derive(Clone, Debug)]
pub enum TransactionMessage {
    /// Writes that happen together or not at all, from the router.
    Write {
        /// To be handed back.
        request: RequestId,
        /// The writes.
        transaction: Box<TransactWrite>,
        /// Where everything is, as the router knows it.
        layout: Rc<Layout>,
    },
    /// Reads of one moment, from the router.
    Read {
        /// To be handed back.
        request: RequestId,
        /// The reads.
        gets: Vec<Result<Get, Invalid>>,
        /// Where everything is, as the router knows it.
        layout: Rc<Layout>,
    },
    /// What has become of a transaction.
    Done {
        /// From the request.
        request: RequestId,
        /// What it came to.
        result: Box<Result<Outcome, Error>>,
    },
    /// The coordinator asks the admin actor for its ledger, which is made if there is none.
    OpenLedger,
    /// The ledger.
    Ledger(Box<Opened>),
}

/// The coordinator's ledger, as the admin actor hands it over.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its table.
    pub table: Rc<Table>,
    /// Leads its one partition.
    pub leader: ReplicaId,
    /// Counts those that it was handed to, from one.
    pub incarnation: u32,
    /// Where everything is: transactions may have been left half-way.
    pub layout: Rc<Layout>,
}

impl TransactionMessage {
    /// The request that waits for an answer.
    pub(super) fn request(&self) -> Option<RequestId> {
        match self {
            TransactionMessage::Write { request, .. }
            | TransactionMessage::Read { request, .. }
            | TransactionMessage::Done { request, .. } => Some(*request),
            TransactionMessage::OpenLedger | TransactionMessage::Ledger(_) => None,
        }
    }
}

/// What the admin actor is told, what it answers, and what concerns tables and indexes as a whole.
#[derive(Clone, Debug)]
pub enum ControlMessage {
    /// A table operation, from the router.
    Request {
        /// To be handed back.
        request: RequestId,
        /// The operation.
        control: Box<Control>,
    },
    /// The table as the operation leaves it.
    Table {
        /// From the request.
        request: RequestId,
        /// The table.
        table: Rc<Table>,
        /// What it holds.
        statistics: Box<TableStatistics>,
    },
    /// The tables and partitions that there are, for the router.
    Published {
        /// Tables by name.
        catalog: Rc<Catalog>,
        /// Partitions by table and index.
        layout: Rc<Layout>,
    },
    /// Start feeding an index, to a new propagator.
    Start(Box<Start>),
    /// Stop: the index is being dropped.
    Stop,
    /// A propagator has copied everything that was there when it started.
    Filled {
        /// The index it feeds.
        index: IndexId,
    },
    /// The next step in the life of a table, at its time: the admin actor's own timer.
    Step(super::admin::Step),
    /// A propagator's own timer.
    Tick,
}

impl Message {
    /// True for what one side of a protocol sends again until it is acknowledged. The network may lose it. Requests, answers and
    /// what the admin actor says travel over connections, which lose nothing but time.
    pub(super) fn may_be_lost(&self) -> bool {
        match self {
            Message::Replica(message) => message.may_be_lost(),
            Message::Reply(reply) => reply.may_be_lost(),
            Message::Got(_) | Message::Control(_) | Message::Stream(_) | Message::Transaction(_) => false,
        }
    }

    /// What kind of message it is, for the trace.
    pub fn kind(&self) -> &'static str {
        match self {
            Message::Replica(message) => message.kind(),
            Message::Got(_) => "Got",
            Message::Reply(reply) => reply.kind(),
            Message::Control(message) => match message {
                ControlMessage::Request { .. } => "Request",
                ControlMessage::Table { .. } => "Table",
                ControlMessage::Published { .. } => "Published",
                ControlMessage::Start(_) => "Start",
                ControlMessage::Stop => "Stop",
                ControlMessage::Filled { .. } => "Filled",
                ControlMessage::Step(_) => "Step",
                ControlMessage::Tick => "Tick",
            },
            Message::Transaction(message) => match message {
                TransactionMessage::Write { .. } => "TransactWrite",
                TransactionMessage::Read { .. } => "TransactRead",
                TransactionMessage::Done { .. } => "Done",
                TransactionMessage::OpenLedger => "OpenLedger",
                TransactionMessage::Ledger(_) => "Ledger",
            },
            Message::Stream(message) => match message {
                StreamMessage::Begin => "Begin",
                StreamMessage::End => "End",
                StreamMessage::Shards { .. } => "Shards",
                StreamMessage::Ask { .. } => "Ask",
                StreamMessage::Told { .. } => "Told",
            },
        }
    }
}

impl From<replica::Message> for Message {
    fn from(message: replica::Message) -> Self {
        Message::Replica(message)
    }
}

impl From<replica::ToLeader> for Message {
    fn from(message: replica::ToLeader) -> Self {
        Message::Replica(message.into())
    }
}

impl From<replica::Reply> for Message {
    fn from(reply: replica::Reply) -> Self {
        Message::Reply(reply)
    }
}

impl From<ControlMessage> for Message {
    fn from(message: ControlMessage) -> Self {
        Message::Control(message)
    }
}

impl From<TransactionMessage> for Message {
    fn from(message: TransactionMessage) -> Self {
        Message::Transaction(message)
    }
}

impl From<StreamMessage> for Message {
    fn from(message: StreamMessage) -> Self {
        Message::Stream(message)
    }
}
