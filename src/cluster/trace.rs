//! The trace: a bounded ring of what happened, for people and for tests. Nothing in the cluster ever reads it.

use super::message::{ActorId, SequenceNumber};
use crate::error::ThrottlingReason;
use crate::replica;
use crate::table::{IndexName, TableName};
use crate::time::Time;
use std::collections::VecDeque;

/// Most notes kept.
pub const TRACE_NOTES_MAX: usize = 1024;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Time,
    /// To whom.
    pub actor: ActorId,
    /// What.
    pub happened: Happened,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A replica noticed something.
    Replica(replica::Event),
    /// The network lost a message on its way to the actor.
    Lost {
        /// What kind of message.
        kind: &'static str,
    },
    /// A message arrived. Only noted when every message is traced.
    Received {
        /// What kind of message.
        kind: &'static str,
        /// Who sent it.
        from: ActorId,
    },
    /// A message was for an actor that is gone.
    Undeliverable {
        /// What kind of message.
        kind: &'static str,
    },
    /// A table was made.
    TableCreated(TableName),
    /// A table was dropped.
    TableDeleted(TableName),
    /// A global or vector index is complete.
    IndexFilled {
        /// The table.
        table: TableName,
        /// The index.
        index: IndexName,
    },
    /// A replica answers a read from rows that are behind what its leader has committed.
    StaleRead {
        /// What the leader has committed.
        committed: SequenceNumber,
        /// What the replica has applied.
        applied: SequenceNumber,
    },
    /// Something of a request was throttled.
    Throttled(Box<ThrottlingReason>),
}

/// How much is noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What is out of the ordinary.
    #[default]
    Events,
    /// Every message as well.
    Messages,
}

/// The ring.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    notes: VecDeque<Note>,
    /// How much is noted.
    pub detail: Detail,
    noted: u64,
}

impl Trace {
    /// Notes something; the oldest note gives way.
    pub fn note(&mut self, note: Note) {
        if self.notes.len() == TRACE_NOTES_MAX {
            self.notes.pop_front();
        }
        self.notes.push_back(note);
        self.noted += 1;
    }
    /// What is kept, oldest first.
    pub fn notes(&self) -> impl ExactSizeIterator<Item = &Note> {
        self.notes.iter()
    }
    /// How much was ever noted.
    pub fn noted(&self) -> u64 {
        self.noted
    }
}
