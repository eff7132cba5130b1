//! The leader's part: decides what writes come to, appends and replicates them, commits on a majority, answers, and feeds the
//! propagators that read its log.
//!
//! Between append and commit a write exists only in the log. Later writes are decided against the newest appended image of
//! their row; whatever was decided on uncommitted ground, failed conditions included, is answered only once that ground is
//! committed.

mod feed;
mod index;
mod newest;
mod transaction;

use super::log::{Change, Entry, RowChange};
use super::state::local_changes;
use super::{
    ActorId, Core, ENTRIES_PER_MESSAGE_MAX, Entries, Event, LOG_ENTRIES_MAX, Message, Outbox, Part, PartitionId,
    Progress, ReplicaId, Reply, RequestId, Row, SequenceNumber, ToLeader,
};
use crate::btree::Place;
use crate::error::Error;
use crate::ordered::OrderedMap;
use crate::request::plan::{self, Action, Write, Written};
use crate::value::key::KeyRange;
use feed::Subscriber;
use index::Source;
use newest::Newest;
use std::collections::VecDeque;
use std::rc::Rc;
use transaction::Held;

/// What a leader has besides log and state.
#[derive(Clone, Debug, Default)]
pub(super) struct Leader {
    followers: Vec<Peer>,
    subscribers: Vec<Subscriber>,
    newest: Newest,
    /// What transactions hold, as far as appended.
    held: Held,
    /// Answers in the order of the entries they wait for.
    waiting: VecDeque<Waiting>,
    /// In a global index: what has been appended of each base partition.
    sources: OrderedMap<PartitionId, Source>,
    /// True while a tick is on its way.
    ticking: bool,
}

/// A follower, as far as the leader knows.
#[derive(Clone, Debug)]
struct Peer {
    replica: ReplicaId,
    appended: SequenceNumber,
    applied: SequenceNumber,
}

/// An answer that waits for an entry to be committed.
#[derive(Clone, Debug)]
struct Waiting {
    sequence: SequenceNumber,
    to: ActorId,
    answer: Reply,
    /// The item collections whose sizes belong in the answer.
    collections: Collections,
}

/// Item collections, and the writes in whose answers their sizes belong.
type Collections = Vec<(Part, KeyRange)>;

/// What a write came to.
enum Outcome {
    /// It changes a row.
    Change(RowChange, Box<Written>),
    /// It finds nothing to change: a delete of nothing.
    Nothing(Box<Written>),
}

impl Leader {
    pub(super) fn new(followers: &[ReplicaId]) -> Self {
        let peer = |replica: &ReplicaId| Peer {
            replica: *replica,
            appended: SequenceNumber::ZERO,
            applied: SequenceNumber::ZERO,
        };
        Leader {
            followers: followers.iter().map(peer).collect(),
            ..Leader::default()
        }
    }

    /// Takes in what only a leader can do.
    pub(super) fn handle(&mut self, core: &mut Core, from: ActorId, message: ToLeader, out: &mut impl Outbox) {
        match message {
            ToLeader::Write { request, part, write } => {
                if let Some(entry) = self.write(core, from, request, part, &write, out) {
                    self.replicate(core, Entries::One(entry), out);
                }
            }
            ToLeader::WriteMany { request, writes } => {
                let entries: Vec<Rc<Entry>> = writes
                    .iter()
                    .filter_map(|(part, write)| self.write(core, from, request, *part, write, out))
                    .collect();
                if !entries.is_empty() {
                    self.replicate(core, Entries::from(entries), out);
                }
            }
            ToLeader::Appended {
                ballot,
                last,
                applied,
                gap,
            } => {
                debug_assert!(ballot <= core.ballot, "a follower with a higher ballot refuses instead");
                if ballot == core.ballot {
                    self.on_appended(core, from, last, applied, gap, out);
                }
            }
            ToLeader::Subscribe => self.on_subscribe(core, from, out),
            ToLeader::Unsubscribe => {
                self.subscribers.retain(|subscriber| subscriber.actor != from);
                core.log.trim(self.trimmable(core));
            }
            ToLeader::Prepare(prepare) => self.on_prepare(core, from, *prepare, out),
            ToLeader::Decide { transaction, decision } => self.on_decide(core, from, transaction, decision, out),
            ToLeader::Look { transaction, gets } => {
                let look = |(part, get): (Part, plan::Get)| (part, core.state.look(get.key.bytes.as_bytes()));
                let seen = Ok(gets.into_iter().map(look).collect());
                out.reply(from, Reply::Looked { transaction, seen });
            }
            ToLeader::Finish => self.on_finish(core, from, out),
            ToLeader::Fed { position, missing } => self.on_fed(core, from, position, missing.as_deref().copied(), out),
            ToLeader::IndexWrite(write) => self.on_index_write(core, from, write, out),
            ToLeader::Tick => self.on_tick(core, out),
        }
    }

    /// Decides a write and appends what it comes to.
    fn write(
        &mut self,
        core: &mut Core,
        from: ActorId,
        request: RequestId,
        part: Part,
        write: &Write,
        out: &mut impl Outbox,
    ) -> Option<Rc<Entry>> {
        if core.log.len() >= LOG_ENTRIES_MAX {
            let error = Error::ThrottlingException { reasons: Vec::new() };
            out.reply(from, Reply::failed(request, part, error));
            return None;
        }
        if self.held.holds(write.key.bytes.as_bytes()) {
            let error = Error::TransactionConflictException;
            self.answer(core, from, Reply::failed(request, part, error), Vec::new(), out);
            return None;
        }
        let collections = collection(part, write);
        match self.decide(core, write) {
            Ok(Outcome::Change(change, written)) => {
                let entry = self.append(core, Change::Row(change));
                self.waiting.push_back(Waiting {
                    sequence: entry.sequence,
                    to: from,
                    answer: Reply::Wrote { request, part, written },
                    collections,
                });
                Some(entry)
            }
            Ok(Outcome::Nothing(written)) => {
                self.answer(core, from, Reply::Wrote { request, part, written }, collections, out);
                None
            }
            Err(error) => {
                self.answer(core, from, Reply::failed(request, part, error), Vec::new(), out);
                None
            }
        }
    }

    fn decide(&self, core: &Core, write: &Write) -> Result<Outcome, Error> {
        let key = write.key.bytes.as_bytes();
        let (before, place): (Option<Row>, Option<Place>) = match self.newest.get(key) {
            Some(change) => (change.after.clone(), None),
            None => core
                .state
                .rows
                .find(key)
                .map(|(row, place)| (row.clone(), place))
                .unzip(),
        };
        let author = write.action.author();
        let evaluated = plan::evaluate(write, before.as_ref().map(Row::item))?;
        if let Some(closed) = &write.closed
            && let Some(refusal) = closed.refusal(write, before.as_ref().map(Row::item), evaluated.after.as_ref())
        {
            return Err(refusal);
        }
        let written = Box::new(Written {
            before: before.as_ref().map(|row| row.item().clone()),
            after: evaluated.after.clone(),
            updated: evaluated.updated,
            collection_bytes: None,
        });
        let after = evaluated
            .after
            .map(|item| Row::stored(&write.table, write.key.bytes.clone(), item));
        if matches!(write.action, Action::Check) || (before.is_none() && after.is_none()) {
            return Ok(Outcome::Nothing(written));
        }
        let locals = local_changes(&write.table, written.before.as_ref(), written.after.as_ref());
        let change = RowChange {
            before,
            after,
            place,
            locals,
            author,
        };
        Ok(Outcome::Change(change, written))
    }

    /// Answers what appended nothing: now, or when everything it was decided on is committed.
    fn answer(&mut self, core: &Core, to: ActorId, mut answer: Reply, collections: Collections, out: &mut impl Outbox) {
        if core.applied == core.log.last() {
            measure_collections(core, &mut answer, &collections);
            out.reply(to, answer);
            return;
        }
        self.waiting.push_back(Waiting {
            sequence: core.log.last(),
            to,
            answer,
            collections,
        });
    }

    fn append(&mut self, core: &mut Core, change: Change) -> Rc<Entry> {
        let entry = Rc::new(Entry {
            sequence: core.log.last().next(),
            ballot: core.ballot,
            change,
        });
        core.log.append(Rc::clone(&entry));
        self.newest.insert(&entry);
        entry
    }

    /// Sends what was appended to the followers.
    fn replicate(&mut self, core: &mut Core, entries: Entries, out: &mut impl Outbox) {
        let progress = self.progress(core);
        for peer in &self.followers {
            out.tell(
                ActorId::Replica(peer.replica),
                Message::Append {
                    ballot: core.ballot,
                    entries: entries.clone(),
                    progress,
                },
            );
        }
        self.arm(out);
        // A partition with a single replica has its majority at once; others must hear from a follower first.
        if self.followers.is_empty() {
            self.commit(core, out);
        }
    }

    fn on_appended(
        &mut self,
        core: &mut Core,
        from: ActorId,
        last: SequenceNumber,
        applied: SequenceNumber,
        gap: bool,
        out: &mut impl Outbox,
    ) {
        let Some(peer) = self
            .followers
            .iter_mut()
            .find(|peer| ActorId::Replica(peer.replica) == from)
        else {
            return;
        };
        debug_assert!(last <= core.log.last(), "a follower holds what this leader sent");
        // Acknowledgements overtake each other; a log never gets shorter.
        peer.appended = peer.appended.max(last);
        peer.applied = peer.applied.max(applied);
        // The gap may have been filled since: what the follower has acknowledged is not asked for any more.
        if gap && peer.appended < core.log.last() {
            let (replica, missing) = (peer.replica, peer.appended.next());
            self.send_entries(core, replica, missing, out);
        }
        self.commit(core, out);
    }

    /// Sends a follower the entries from a place on, as many as one message takes.
    #[inline(never)]
    fn send_entries(&self, core: &Core, to: ReplicaId, from: SequenceNumber, out: &mut impl Outbox) {
        out.trace(Event::SentAgain { from });
        let entries = core.log.slice(from, core.log.last(), ENTRIES_PER_MESSAGE_MAX);
        out.tell(
            ActorId::Replica(to),
            Message::Append {
                ballot: core.ballot,
                entries: Entries::from(entries),
                progress: self.progress(core),
            },
        );
    }

    /// The newest place that a majority of the replicas, this one among them, has appended.
    fn majority(&self, core: &Core) -> SequenceNumber {
        let replicas = self.followers.len() + 1;
        let others = replicas / 2;
        let reached =
            |place: SequenceNumber| self.followers.iter().filter(|peer| peer.appended >= place).count() >= others;
        let appended = self.followers.iter().map(|peer| peer.appended);
        match others {
            0 => return core.log.last(),
            1 => return appended.max().unwrap_or_default(),
            _ => {}
        }
        self.followers
            .iter()
            .map(|peer| peer.appended)
            .filter(|place| reached(*place))
            .max()
            .unwrap_or(SequenceNumber::ZERO)
    }

    /// Commits and applies what a majority has, answers what waited for it, tells followers and propagators.
    fn commit(&mut self, core: &mut Core, out: &mut impl Outbox) {
        let majority = self.majority(core);
        if majority <= core.committed {
            core.log.trim(self.trimmable(core));
            return;
        }
        core.committed = majority;
        while core.applied < core.committed {
            let Some(entry) = core.apply_next() else {
                debug_assert!(false, "a leader holds what is committed");
                break;
            };
            self.newest.remove(&entry);
            self.answer_waiting(core, out);
        }
        let progress = self.progress(core);
        for peer in &self.followers {
            out.tell(
                ActorId::Replica(peer.replica),
                Message::Commit {
                    ballot: core.ballot,
                    progress,
                },
            );
        }
        for at in 0..self.subscribers.len() {
            self.feed(core, at, out);
        }
        core.log.trim(progress.trimmed);
    }

    fn answer_waiting(&mut self, core: &Core, out: &mut impl Outbox) {
        while let Some(next) = self.waiting.front()
            && next.sequence <= core.applied
            && let Some(mut next) = self.waiting.pop_front()
        {
            measure_collections(core, &mut next.answer, &next.collections);
            out.reply(next.to, next.answer);
        }
    }

    fn progress(&self, core: &Core) -> Progress {
        Progress {
            committed: core.committed,
            trimmed: self.trimmable(core),
        }
    }

    /// What nobody needs any more: applied by every replica, worked off by every propagator.
    fn trimmable(&self, core: &Core) -> SequenceNumber {
        let peers = self.followers.iter().map(|peer| peer.applied);
        let subscribers = self.subscribers.iter().map(|subscriber| subscriber.done);
        peers.chain(subscribers).fold(core.applied, SequenceNumber::min)
    }

    /// Asks for a tick if the network loses messages and none is on its way.
    fn arm(&mut self, out: &mut impl Outbox) {
        if !self.ticking {
            self.ticking = out.tick();
        }
    }

    /// Sends again what has not been acknowledged, until everything is.
    #[inline(never)]
    fn on_tick(&mut self, core: &mut Core, out: &mut impl Outbox) {
        self.ticking = false;
        let mut behind = false;
        for peer in &self.followers {
            if peer.appended < core.log.last() || peer.applied < core.committed {
                behind = true;
                self.send_entries(core, peer.replica, peer.appended.next(), out);
            }
        }
        for at in 0..self.subscribers.len() {
            if let Some(subscriber) = self.subscribers.get_mut(at)
                && subscriber.done < core.applied
            {
                behind = true;
                subscriber.sent = subscriber.done;
                self.feed(core, at, out);
            }
        }
        if behind {
            self.arm(out);
        }
    }

    /// Gives up what has not been committed: who waits for it is told so, with `error`.
    #[inline(never)]
    pub(super) fn abandon(self, error: &Error, out: &mut impl Outbox) {
        for waiting in self.waiting {
            match waiting.answer {
                Reply::Wrote { request, part, .. } | Reply::Failed { request, part, .. } => {
                    out.reply(waiting.to, Reply::failed(request, part, error.clone()));
                }
                Reply::Prepared { transaction, .. } => {
                    out.reply(waiting.to, Reply::unprepared(transaction, error.clone()));
                }
                // What is decided elsewhere is decided here too, or there is nothing left to decide.
                Reply::Decided { transaction, .. } => {
                    let collections = Vec::new();
                    let decided = Reply::Decided {
                        transaction,
                        collections,
                    };
                    out.reply(waiting.to, decided);
                }
                // A propagator sends again until it is answered.
                Reply::IndexWritten { .. } => {}
                Reply::Walked { .. } | Reply::Measured { .. } | Reply::Looked { .. } | Reply::Feed(_) => {
                    debug_assert!(false, "only answers wait")
                }
            }
        }
    }
}

/// The item collection that a write belongs to, on tables that report its size.
fn collection(part: Part, write: &Write) -> Collections {
    if write.table.local_indexes.is_empty() {
        return Vec::new();
    }
    let range = write.table.collection(&write.key.bytes);
    range.map(|range| (part, range)).into_iter().collect()
}

fn measure_collections(core: &Core, answer: &mut Reply, ranges: &[(Part, KeyRange)]) {
    match (answer, ranges) {
        (_, []) => {}
        (Reply::Wrote { written, .. }, [(_, range), ..]) => {
            written.collection_bytes = Some(core.state.range_bytes(range));
        }
        (Reply::Decided { collections, .. }, ranges) => {
            let measured = ranges
                .iter()
                .map(|(part, range)| (*part, core.state.range_bytes(range)));
            collections.extend(measured);
        }
        _ => debug_assert!(false, "no other answer has collections"),
    }
}
