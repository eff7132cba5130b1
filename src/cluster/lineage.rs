//! A lineage: the shards that one partition's changes go to, one after another, as a stream keeps them.
//!
//! It reads the partition's committed log like a propagator and turns each change into a record, once and in order. It owns the
//! records and the places where shards begin and end, tells the admin actor about the latter, and answers readers. Records are
//! kept for a day, shards for a day after their end. It never looks at a table.

use super::message::{ActorId, LineageId, Message, ReplicaId, RequestId};
use super::runtime::Runtime;
use super::subscription::Subscription;
use crate::error::stream::StreamFault;
use crate::error::{Error, Missing};
use crate::limits;
use crate::replica::{self, Entry, Feed, Reply, RowChange, ToLeader};
use crate::request::plan::{RecordsRead, ShardAsk, ShardPlace, ShardRead, ShardTold, Starting};
use crate::table::{
    ChangeKind, History, KeySchema, RecordNumber, Shard, ShardEnd, ShardId, StreamId, StreamRecord, StreamView,
};
use crate::time::{Span, Time};
use crate::value::{Item, equal_maps};
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

impl History {
    /// Records what an entry changes.
    fn record(&mut self, recording: &Recording, entry: &Entry, now: Time) {
        for change in entry.change.rows() {
            self.record_change(recording, change, now);
        }
    }

    /// Records a change, unless it changes nothing. Opens another shard first where it is time.
    fn record_change(&mut self, recording: &Recording, change: &RowChange, now: Time) {
        let Some(kind) = kind_of(change) else { return };
        let (before, after) = (&change.before, &change.after);
        let Some(row) = after.as_ref().or(before.as_ref()) else {
            return;
        };
        self.roll(recording.stream, now);
        let image = |wanted: bool, row: &Option<replica::Row>| {
            let row = row.as_ref().filter(|_| wanted);
            row.map(|row| row.item().clone())
        };
        Rc::make_mut(&mut self.records).push_back(StreamRecord {
            number: self.next,
            at: now,
            kind,
            author: change.author,
            keys: recording.schema.key_of(row.item().attributes()),
            new: image(recording.view.has_new(), after),
            old: image(recording.view.has_old(), before),
        });
        self.next = self.next.next();
    }

    /// Follows a shard that has been open for long with another.
    fn roll(&mut self, stream: StreamId, now: Time) {
        let now_ms = now.whole_ms();
        let Some(open) = self.shards.last().filter(|shard| shard.end.is_none()) else {
            return;
        };
        if open.first < self.next && open.id.opened_ms() + SHARD_LIFE_MS <= now_ms {
            let parent = open.id;
            self.close(now);
            self.open(stream, Some(parent), now_ms);
        }
    }

    /// Opens a shard that begins with the next record.
    pub fn open(&mut self, stream: StreamId, parent: Option<ShardId>, now_ms: u64) {
        debug_assert!(self.shards.last().is_none_or(|last| last.end.is_some()));
        self.shards.push(Shard {
            id: ShardId::new(stream, now_ms, self.next),
            parent,
            first: self.next,
            end: None,
            lineage: self.shards.last().map_or(LineageId::default(), |last| last.lineage),
        });
    }

    /// Closes the open shard. One without records uses up a number, so that its end is its own.
    pub fn close(&mut self, now: Time) {
        let next = &mut self.next;
        if let Some(open) = self.shards.last_mut().filter(|shard| shard.end.is_none()) {
            if open.first == *next {
                *next = next.next();
            }
            open.end = Some(ShardEnd {
                last: next.previous(),
                closed_ms: now.whole_ms(),
            });
        }
    }

    /// Forgets records and shards that have had their time. True if shards were among them.
    fn trim(&mut self, now: Time) -> bool {
        let old = |record: &StreamRecord| record.at + RETENTION <= now;
        if self.records.front().is_some_and(old) {
            let records = Rc::make_mut(&mut self.records);
            while let Some(record) = records.pop_front_if(|record| old(record)) {
                self.trimmed = record.number;
            }
        }
        let shards = self.shards.len();
        let kept = |end: ShardEnd| Time::from_whole_ms(end.closed_ms) + RETENTION > now;
        self.shards.retain(|shard| shard.end.is_none_or(kept));
        self.shards.len() != shards
    }

    fn answer(&self, read: &ShardRead, now: Time) -> Result<ShardTold, Error> {
        let shard = self.shards.iter().find(|shard| shard.id == read.shard);
        // It was there when the request was planned, and its time has come since.
        let shard = shard.ok_or(Error::ResourceNotFoundException(Missing::Resource))?;
        match read.ask {
            ShardAsk::Place(starting) => self.place(shard, starting, now).map(Box::new).map(ShardTold::Place),
            ShardAsk::Records { from, limit } => {
                self.read(shard, from, limit, now).map(Box::new).map(ShardTold::Records)
            }
        }
    }

    /// GetShardIterator.
    fn place(&self, shard: &Shard, starting: Starting, now: Time) -> Result<ShardPlace, Error> {
        let within = |number: RecordNumber| {
            let passed = shard.end.is_some_and(|end| number > end.last);
            if number < shard.first || passed {
                return Err(Error::invalid(StreamFault::SequenceNumber));
            }
            Ok(number)
        };
        let (next, horizon) = match starting {
            Starting::TrimHorizon => (shard.first, true),
            Starting::Latest => (shard.end.map_or(self.next, |end| end.last.next()), false),
            Starting::At(number) => (within(number)?, false),
            Starting::After(number) => (within(number)?.next(), false),
            Starting::AtTimestamp { epoch_ms } => self.at_timestamp(shard, epoch_ms, now)?,
        };
        self.check_trimmed(next, horizon)?;
        Ok(ShardPlace {
            next,
            horizon,
            issued_ms: Some(now.whole_ms()),
        })
    }

    /// The first record of a shard that shows a moment or a later one, or the place behind its last; the oldest record, as
    /// for TRIM_HORIZON, for a moment whose records have had their time.
    fn at_timestamp(&self, shard: &Shard, epoch_ms: u64, now: Time) -> Result<(RecordNumber, bool), Error> {
        if epoch_ms > now.whole_ms() {
            return Err(Error::invalid(StreamFault::TimestampInFuture));
        }
        if Time::from_whole_ms(epoch_ms) + RETENTION <= now {
            return Ok((shard.first, true));
        }
        let earlier = self.records.partition_point(|record| record.created_ms() < epoch_ms);
        let found = self.records.get(earlier).map_or(self.next, |record| record.number);
        let behind = shard.end.map_or(self.next, |end| end.last.next());
        Ok((found.max(shard.first).min(behind), false))
    }

    fn check_trimmed(&self, next: RecordNumber, horizon: bool) -> Result<(), Error> {
        if next <= self.trimmed && !horizon {
            return Err(Error::TrimmedDataAccessException);
        }
        Ok(())
    }

    /// GetRecords.
    fn read(&self, shard: &Shard, from: ShardPlace, limit: usize, now: Time) -> Result<RecordsRead, Error> {
        let issued = from.issued_ms;
        if issued.is_some_and(|issued| issued + ITERATOR_LIFE_MS < now.whole_ms()) {
            return Err(Error::ExpiredIteratorException);
        }
        self.check_trimmed(from.next, from.horizon)?;
        let first = self.records.partition_point(|record| record.number < from.next);
        let last = shard.end.map(|end| end.last);
        let mut rest = self
            .records
            .range(first..)
            .take_while(|record| last.is_none_or(|last| record.number <= last))
            .peekable();
        let (mut records, mut bytes) = (Vec::new(), 0);
        while let Some(record) = rest.peek() {
            bytes += record.size_bytes();
            if records.len() == limit || (bytes > limits::RECORDS_BYTES_MAX && !records.is_empty()) {
                break;
            }
            records.extend(rest.next().cloned());
        }
        let ended = shard.end.is_some() && rest.peek().is_none();
        let read: Option<RecordNumber> = records.last().map(|record: &StreamRecord| record.number);
        let next = ShardPlace {
            next: read.map_or(from.next, RecordNumber::next),
            horizon: from.horizon && read.is_none(),
            issued_ms: issued.map(|_| now.whole_ms()),
        };
        Ok(RecordsRead {
            records,
            next: (!ended).then_some(next),
        })
    }
}

/// What a change does to its item; nothing if the item stays as it was.
fn kind_of(change: &RowChange) -> Option<ChangeKind> {
    match (&change.before, &change.after) {
        (None, None) => None,
        (None, Some(_)) => Some(ChangeKind::Insert),
        (Some(_), None) => Some(ChangeKind::Remove),
        (Some(before), Some(after)) => (!same(before.item(), after.item())).then_some(ChangeKind::Modify),
    }
}

fn same(a: &Item, b: &Item) -> bool {
    a.bytes() == b.bytes() || equal_maps(a.attributes(), b.attributes())
}
