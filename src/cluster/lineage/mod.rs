//! A lineage: the shards that one partition's changes go to, one after another, as a stream keeps them.
//!
//! It reads the partition's committed log like a propagator and turns each change into a record, once and in order. It owns the
//! records and the places where shards begin and end, tells the admin actor about the latter, and answers readers. Records are
//! kept for a day, shards for a day after their end. It never looks at a table.

mod read;
mod record;

use crate::cluster::message::{ActorId, LineageId, Message, ReplicaId, RequestId};
use crate::cluster::runtime::Runtime;
use crate::cluster::subscription::Subscription;
use crate::replica::{Entry, Feed, Reply, ToLeader};
use crate::request::plan::{ShardRead, ShardTold};
use crate::table::{History, KeySchema, Shard, StreamId, StreamView};
use crate::time::{Span, Time};
use std::rc::Rc;

/// How long a record can be read.
pub const RETENTION: Span = Span::from_ms(24 * 60 * 60 * 1000);
/// How long an iterator can be used.
const ITERATOR_LIFE_MS: u64 = 15 * 60 * 1000;
/// A shard that has records is followed by another after this long.
const SHARD_LIFE_MS: u64 = 4 * 60 * 60 * 1000;

/// What a lineage hears and says, beside the words of replicas.
#[derive(Clone, Debug)]
pub enum StreamMessage {
    /// From the admin actor: begin to read the log.
    Begin,
    /// From the admin actor: take in what is committed by now, and no more.
    End,
    /// To the admin actor: the shards that there are now.
    Shards {
        /// The stream.
        stream: StreamId,
        /// Who has them.
        lineage: LineageId,
        /// All of them, oldest first.
        shards: Vec<Shard>,
    },
    /// From the router: a request.
    Ask {
        /// To be handed back.
        request: RequestId,
        /// What is asked.
        read: Box<ShardRead>,
    },
    /// To the router: its answer.
    Told {
        /// From the request.
        request: RequestId,
        /// The answer.
        told: ShardTold,
    },
}

/// What a lineage records, and for which stream.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The stream.
    pub stream: StreamId,
    /// The table's key.
    pub schema: KeySchema,
    /// What records carry.
    pub view: StreamView,
}

/// The lineage actor.
#[derive(Clone, Debug)]
pub struct Lineage {
    id: LineageId,
    recording: Rc<Recording>,
    history: History,
    /// None once no more changes come.
    subscription: Option<Subscription>,
}

impl Lineage {
    /// A lineage with a history, its open shard last. Without a leader no more changes come.
    pub fn new(id: LineageId, recording: Rc<Recording>, history: History, leader: Option<ReplicaId>) -> Self {
        let mut lineage = Lineage {
            id,
            recording,
            history,
            subscription: leader.map(Subscription::new),
        };
        for shard in &mut lineage.history.shards {
            shard.lineage = id;
        }
        lineage
    }

    /// Its address.
    pub fn id(&self) -> LineageId {
        self.id
    }
    /// The stream that it is a part of.
    pub fn stream(&self) -> StreamId {
        self.recording.stream
    }
    /// Its shards and records.
    pub fn history(&self) -> &History {
        &self.history
    }
    /// The log it reads, and how far it is.
    pub fn subscription(&self) -> Option<&Subscription> {
        self.subscription.as_ref()
    }

    /// Shards and records, with the changes that have not reached it yet; now is when they are recorded.
    pub fn history_with(&self, entries: &[Rc<Entry>], now: Time) -> History {
        let mut history = self.history.clone();
        for entry in entries {
            history.record(&self.recording, entry, now);
        }
        history.trim(now);
        history
    }

    /// Takes in what the admin actor or the router says.
    pub fn on_stream(&mut self, message: StreamMessage, out: &mut Runtime) {
        let own = ActorId::Lineage(self.id);
        match message {
            StreamMessage::Begin => {
                if let Some(subscription) = &self.subscription {
                    subscription.subscribe(own, out);
                }
            }
            StreamMessage::End => {
                if let Some(subscription) = &self.subscription {
                    subscription.send(own, ToLeader::Finish, out);
                }
            }
            StreamMessage::Ask { request, read } => {
                self.trim(out);
                let answer: Message = match self.history.answer(&read, out.now()) {
                    Ok(told) => StreamMessage::Told { request, told }.into(),
                    Err(error) => Reply::failed(request, 0, error).into(),
                };
                out.send(own, ActorId::Router, answer);
            }
            StreamMessage::Shards { .. } | StreamMessage::Told { .. } => {
                debug_assert!(false, "this is not for a lineage");
            }
        }
    }

    /// Takes in what the partition's leader says. Returns how many changes were recorded.
    pub fn on_reply(&mut self, reply: Reply, out: &mut Runtime) -> usize {
        let own = ActorId::Lineage(self.id);
        let now = out.now();
        let (history, recording) = (&mut self.history, &self.recording);
        let before = (history.records.len(), history.shards.len());
        let mut take = |entry: &Entry| history.record(recording, entry, now);
        let Some(subscription) = &mut self.subscription else {
            return 0;
        };
        let mut ended = false;
        match reply {
            Reply::Feed(Feed::Subscribed(subscribed)) => subscription.on_subscribed(subscribed.position, &mut take),
            Reply::Feed(Feed::Entries(entries)) => subscription.on_feed(own, &entries, out, &mut take),
            Reply::Feed(Feed::Finished(entries)) => {
                subscription.on_finished(&entries, &mut take);
                ended = true;
            }
            other => debug_assert!(false, "a lineage is not told {}", other.kind()),
        }
        let recorded = self.history.records.len() - before.0;
        if ended {
            self.subscription = None;
            self.history.close(now);
        }
        let trimmed = self.history.trim(now);
        if ended || trimmed || self.history.shards.len() != before.1 {
            self.tell_shards(out);
        }
        recorded
    }

    fn trim(&mut self, out: &mut Runtime) {
        if self.history.trim(out.now()) {
            self.tell_shards(out);
        }
    }

    fn tell_shards(&self, out: &mut Runtime) {
        let shards = StreamMessage::Shards {
            stream: self.recording.stream,
            lineage: self.id,
            shards: self.history.shards.clone(),
        };
        out.send(ActorId::Lineage(self.id), ActorId::Admin, shards.into());
    }
}
