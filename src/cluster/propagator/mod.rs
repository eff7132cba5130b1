//! The log propagator: reads the committed log of one base partition and keeps one global or vector index in step with it.
//!
//! It owns its place in the log and what the index's partitions have not acknowledged. It promises that every committed
//! change reaches the index at least once and, because each message names the position before it, takes effect once and in
//! order; and that the base log keeps every entry until the index has committed what follows from it. It starts with a copy of
//! the rows as they stood when it subscribed, so an index on a table full of items is filled by the same machinery.

mod channel;
mod copy;

use super::message::{ActorId, ControlMessage, IndexPosition, PartitionId, PropagatorId, ReplicaId, SequenceNumber};
use super::runtime::Runtime;
use crate::replica::{Early, Entries, Entry, Feed, IndexChange, Reply, Row, RowChange, Subscribed, ToLeader};
use crate::table::{FedIndex, Table};
use crate::value::Item;
use crate::value::key::{OrderedBytes, PartitionHash};
use channel::{Channel, route};
use copy::Copying;
use std::collections::VecDeque;
use std::rc::Rc;

/// What a propagator is to do.
#[derive(Clone, Debug)]
pub struct Start {
    /// The partition whose log it reads.
    pub base: PartitionId,
    /// That partition's leader.
    pub leader: ReplicaId,
    /// The table.
    pub table: Rc<Table>,
    /// The index.
    pub index: FedIndex,
    /// The index's partitions, in the order of their hashes.
    pub targets: Vec<Target>,
}

/// A partition of the index.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The first hash it owns.
    pub first: PartitionHash,
    /// The partition's leader.
    pub leader: ReplicaId,
}

/// Steps of the initial copy that are under way at once.
const COPY_STEPS_MAX: usize = 8;

/// The propagator actor.
#[derive(Clone, Debug)]
pub struct Propagator {
    id: PropagatorId,
    work: Option<Work>,
}

/// A propagator that has been started.
#[derive(Clone, Debug)]
struct Work {
    start: Rc<Start>,
    /// The place in the log where it began; unknown until the leader has answered.
    began: Option<SequenceNumber>,
    /// Every entry up to here has been turned into changes.
    received: SequenceNumber,
    early: Early<SequenceNumber, Rc<Entry>>,
    copy: Option<Copying>,
    /// Entries that arrived during the copy. The leader's window bounds them.
    held: VecDeque<Rc<Entry>>,
    channels: Vec<Channel>,
    /// True once the admin actor knows that the copy is complete.
    filled: bool,
    ticking: bool,
}

impl Propagator {
    /// A propagator that waits to be started.
    pub fn new(id: PropagatorId) -> Self {
        Propagator { id, work: None }
    }

    /// The base partition and the index it connects, once started.
    pub fn start(&self) -> Option<&Start> {
        self.work.as_ref().map(|work| &*work.start)
    }

    /// Every entry of the base log up to here is in the index.
    pub fn position(&self) -> SequenceNumber {
        self.work.as_ref().map_or(SequenceNumber::ZERO, Work::done)
    }

    /// Takes in what the admin actor says, or its own timer.
    pub fn on_control(&mut self, message: ControlMessage, out: &mut Runtime) {
        let id = ActorId::Propagator(self.id);
        match message {
            ControlMessage::Start(start) => {
                debug_assert!(self.work.is_none(), "a propagator is started once");
                let leader = ActorId::Replica(start.leader);
                self.work = Some(Work::new(*start));
                out.send(id, leader, ToLeader::Subscribe.into());
            }
            ControlMessage::Stop => {
                if let Some(work) = self.work.take() {
                    let leader = ActorId::Replica(work.start.leader);
                    out.send(id, leader, ToLeader::Unsubscribe.into());
                }
            }
            ControlMessage::Tick => {
                if let Some(work) = &mut self.work {
                    work.on_tick(id, out);
                }
            }
            ControlMessage::Request { .. }
            | ControlMessage::Table { .. }
            | ControlMessage::Published { .. }
            | ControlMessage::Filled { .. }
            | ControlMessage::Step(_) => debug_assert!(false, "this is not for a propagator"),
        }
    }

    /// Takes in what a replica says: the base partition's leader, or a leader of the index.
    pub fn on_reply(&mut self, from: ActorId, reply: Reply, out: &mut Runtime) {
        let id = ActorId::Propagator(self.id);
        let Some(work) = &mut self.work else { return };
        match reply {
            Reply::Feed(Feed::Subscribed(subscribed)) => work.on_subscribed(id, *subscribed, out),
            Reply::Feed(Feed::Entries(entries)) => work.on_feed(id, &entries, out),
            Reply::IndexWritten { position, missing } => {
                work.on_written(id, from, position, missing.as_deref().copied(), out);
            }
            Reply::Feed(Feed::Finished(_))
            | Reply::Wrote { .. }
            | Reply::Failed { .. }
            | Reply::Walked { .. }
            | Reply::Measured { .. }
            | Reply::Prepared { .. }
            | Reply::Decided { .. }
            | Reply::Looked { .. } => debug_assert!(false, "this is not for a propagator"),
        }
    }
}

impl Work {
    fn new(start: Start) -> Self {
        Work {
            channels: start.targets.iter().map(Channel::new).collect(),
            start: Rc::new(start),
            began: None,
            received: SequenceNumber::ZERO,
            early: Early::new(),
            copy: None,
            held: VecDeque::new(),
            filled: false,
            ticking: false,
        }
    }

    fn on_subscribed(&mut self, id: ActorId, subscribed: Subscribed, out: &mut Runtime) {
        let Subscribed { position, rows } = subscribed;
        debug_assert!(self.began.is_none(), "a propagator subscribes once");
        self.began = Some(position);
        self.received = position;
        self.copy = Some(Copying::of(rows));
        self.go_on(id, out);
    }

    fn on_feed(&mut self, id: ActorId, entries: &Entries, out: &mut Runtime) {
        let mut missing = None;
        for entry in entries.as_slice() {
            // Even the answer to the subscription may be overtaken.
            let last = self.held.back().map_or(self.received, |held| held.sequence);
            let next = last.next();
            if self.began.is_none() || entry.sequence > next {
                if self.early.keep(entry.sequence, Rc::clone(entry)) && self.began.is_some() {
                    missing = Some(next);
                }
            } else if entry.sequence == next {
                self.held.push_back(Rc::clone(entry));
            }
        }
        if self.began.is_none() {
            return;
        }
        self.go_on(id, out);
        self.report(id, missing, out);
    }

    fn on_written(
        &mut self,
        id: ActorId,
        leader: ActorId,
        position: IndexPosition,
        missing: Option<IndexPosition>,
        out: &mut Runtime,
    ) {
        let before = self.done();
        let Some(channel) = self.channels.iter_mut().find(|channel| channel.leader() == leader) else {
            return;
        };
        channel.acknowledge(position);
        if let Some(missing) = missing {
            channel.send_again(id, missing, out);
        }
        self.go_on(id, out);
        if self.done() > before {
            self.report(id, None, out);
        }
    }

    /// Copies what is to be copied, then turns entries into changes, as far as both may go.
    fn go_on(&mut self, id: ActorId, out: &mut Runtime) {
        while let Some(copy) = &mut self.copy {
            if self
                .channels
                .iter()
                .any(|channel| channel.under_way() >= COPY_STEPS_MAX)
            {
                break;
            }
            let Some(began) = self.began else { break };
            let rows = copy.next_rows();
            if rows.is_empty() {
                self.copy = None;
                break;
            }
            let position = IndexPosition {
                sequence: began,
                step: copy.next_step(),
            };
            for row in &rows {
                if let Some(put) = entry_of(&self.start, row.item()) {
                    route(&mut self.channels, began, put.0, IndexChange::Put(put.1));
                }
            }
            self.flush(id, position, out);
        }
        if self.copy.is_none() && self.began.is_some() {
            while let Some(entry) = self
                .early
                .take(self.held.back().map_or(self.received, |held| held.sequence).next())
            {
                self.held.push_back(entry);
            }
            self.derive(id, out);
            self.tell_filled(id, out);
        }
        self.arm(id, out);
    }

    /// Turns the entries at hand into changes and sends them, one message to each index partition they concern.
    fn derive(&mut self, id: ActorId, out: &mut Runtime) {
        if self.held.is_empty() {
            return;
        }
        while let Some(entry) = self.held.pop_front() {
            debug_assert_eq!(entry.sequence, self.received.next(), "entries are taken in order");
            self.received = entry.sequence;
            for change in entry.change.rows() {
                self.derive_row(entry.sequence, change);
            }
        }
        let position = IndexPosition {
            sequence: self.received,
            step: 0,
        };
        self.flush(id, position, out);
    }

    /// What a change of a row changes in the index.
    fn derive_row(&mut self, sequence: SequenceNumber, change: &RowChange) {
        let old = change.before.as_ref().and_then(|row| entry_of(&self.start, row.item()));
        let new = change.after.as_ref().and_then(|row| entry_of(&self.start, row.item()));
        // What the index holds stays the same: nothing is written, nothing charged.
        if let (Some((_, old)), Some((_, new))) = (&old, &new)
            && old == new
        {
            return;
        }
        if let Some((hash, old)) = old
            && new.as_ref().is_none_or(|(_, new)| new.key() != old.key())
        {
            let delete = IndexChange::Delete(OrderedBytes::new(old.key()));
            route(&mut self.channels, sequence, hash, delete);
        }
        if let Some((hash, new)) = new {
            route(&mut self.channels, sequence, hash, IndexChange::Put(new));
        }
    }

    fn flush(&mut self, id: ActorId, position: IndexPosition, out: &mut Runtime) {
        let source = self.start.base;
        for channel in &mut self.channels {
            channel.flush(id, source, position, out);
        }
    }

    /// Every entry up to here is in the index.
    fn done(&self) -> SequenceNumber {
        let under_way = self
            .channels
            .iter()
            .filter_map(Channel::first_under_way)
            .map(SequenceNumber::previous);
        // The copy stands for the entries up to where it began: while it is under way nothing after that is done.
        under_way
            .fold(self.received, SequenceNumber::min)
            .max(self.began.unwrap_or_default())
    }

    fn report(&self, id: ActorId, missing: Option<SequenceNumber>, out: &mut Runtime) {
        let position = self.done();
        let leader = ActorId::Replica(self.start.leader);
        let missing = missing.map(Box::new);
        out.send(id, leader, ToLeader::Fed { position, missing }.into());
    }

    fn tell_filled(&mut self, id: ActorId, out: &mut Runtime) {
        if self.channels.iter().all(Channel::has_copied) && !self.filled {
            self.filled = true;
            let index = self.start.index.id();
            out.send(id, ActorId::Admin, ControlMessage::Filled { index }.into());
        }
    }

    fn arm(&mut self, id: ActorId, out: &mut Runtime) {
        if !self.ticking
            && let Some(after) = out.network().retransmission()
            && self.channels.iter().any(|channel| channel.under_way() > 0)
        {
            self.ticking = true;
            out.remind(id, after, ControlMessage::Tick.into());
        }
    }

    fn on_tick(&mut self, id: ActorId, out: &mut Runtime) {
        self.ticking = false;
        for channel in &self.channels {
            channel.send_again(id, IndexPosition::default(), out);
        }
        self.arm(id, out);
    }
}

/// The index entry of an item, and the hash it is placed by.
fn entry_of(start: &Start, item: &Item) -> Option<(PartitionHash, Row)> {
    let entry = start.index.entry(&start.table, item)?;
    Some((entry.key.hash, Row::new(entry.key.bytes, entry.item)))
}
