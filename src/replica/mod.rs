//! The replica actor: one of the three copies of a partition, a replication log and the rows it has come to.
//!
//! A replica owns its log, its state and its role, and is reached by [`Message`]s only. It promises that an entry is applied
//! once it is committed (on a majority of the partition's replicas) and not before, in the order of the log, and that
//! everything said under a ballot lower than one it has seen is refused. It never reads a clock, draws a random number or
//! knows who else is in the cluster beyond the addresses it was given.
//!
//! The leader decides what a write comes to, appends it and sends it to the followers; the first to acknowledge makes a
//! majority. It then applies the entry, answers, and tells the followers, which apply behind it. Strongly consistent reads
//! are the leader's, which holds its lease for good as long as leaders are not elected; other reads are anybody's.

mod early;
mod follower;
mod id;
mod index_write;
mod leader;
mod log;
mod message;
mod outbox;
mod row;
mod state;
mod transaction;
mod walk;

pub use early::{EARLY_MAX, Early};
pub use id::{
    ActorId, Ballot, LineageId, Part, PartitionId, PropagatorId, ReplicaId, RequestId, SequenceNumber, SweeperId,
    TransactionId,
};
pub use index_write::{IndexChange, IndexPosition, IndexWrite};
pub use log::{Change, Entries, Entry, Hold, LocalChange, Log, Prepared, RowChange};
pub use message::{Feed, Got, Message, Progress, Reply, Subscribed, ToLeader};
pub use outbox::{Event, Outbox};
pub use row::Row;
pub use state::{Measure, State};
pub use transaction::{Decision, Foreseen, Prepare, Seen};

use crate::btree::Tree;
use crate::error::Error;
use crate::request::plan::{Get, Walk, Walked};
use follower::Follower;
use leader::Leader;
use std::rc::Rc;

/// Most entries in one message that fills a gap or feeds a propagator that is behind.
pub const ENTRIES_PER_MESSAGE_MAX: usize = 256;

/// Most entries a log holds. A leader whose followers or indexes are further behind refuses writes until they have caught up.
pub const LOG_ENTRIES_MAX: usize = 1 << 16;

/// What `describe` shows a replica as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleName {
    /// Serves writes and consistent reads.
    Leader,
    /// Holds log and rows.
    Follower,
}

/// One replica of a partition.
#[derive(Clone, Debug)]
pub struct Replica {
    core: Core,
    role: Role,
}

/// What every replica has, whatever its role.
#[derive(Clone, Debug)]
struct Core {
    id: ReplicaId,
    partition: PartitionId,
    /// The highest ballot seen; a leader's own.
    ballot: Ballot,
    log: Log,
    state: State,
    /// Known to be on a majority. On a follower it may be ahead of the log.
    committed: SequenceNumber,
    /// The place in the log that `state` stands at.
    applied: SequenceNumber,
}

#[derive(Clone, Debug)]
enum Role {
    Leader(Leader),
    Follower(Follower),
}

impl Replica {
    /// A replica of a new partition that leads it from the start, and replicates to `followers`.
    pub fn leader(id: ReplicaId, partition: PartitionId, state: State, followers: &[ReplicaId]) -> Self {
        Replica {
            core: Core::new(id, partition, state),
            role: Role::Leader(Leader::new(followers)),
        }
    }
    /// A replica of a new partition that follows.
    pub fn follower(id: ReplicaId, partition: PartitionId, state: State) -> Self {
        Replica {
            core: Core::new(id, partition, state),
            role: Role::Follower(Follower::default()),
        }
    }
    /// Its address.
    pub fn id(&self) -> ReplicaId {
        self.core.id
    }
    /// The partition it is a replica of.
    pub fn partition(&self) -> PartitionId {
        self.core.partition
    }
    /// What it does for the partition.
    pub fn role(&self) -> RoleName {
        match &self.role {
            Role::Leader(_) => RoleName::Leader,
            Role::Follower(_) => RoleName::Follower,
        }
    }
    /// The place of the newest entry of its log.
    pub fn appended(&self) -> SequenceNumber {
        self.core.log.last()
    }
    /// How much of its log it knows to be committed.
    pub fn committed(&self) -> SequenceNumber {
        self.core.committed.min(self.core.log.last())
    }
    /// How much of its log it has applied.
    pub fn applied(&self) -> SequenceNumber {
        self.core.applied
    }
    /// Number of log entries it holds.
    pub fn log_entries(&self) -> usize {
        self.core.log.len()
    }
    /// The entries behind a place that it has applied, as far as it still holds them.
    pub fn committed_after(&self, place: SequenceNumber) -> Vec<Rc<Entry>> {
        let from = place.max(self.core.log.trimmed()).next();
        if from > self.core.applied {
            return Vec::new();
        }
        self.core.log.slice(from, self.core.applied, usize::MAX)
    }
    /// Its rows, as far as applied.
    pub fn rows(&self) -> &Tree<Row> {
        &self.core.state.rows
    }
    /// Transactions that are prepared, as far as applied.
    pub fn prepared(&self) -> &[Rc<Prepared>] {
        &self.core.state.prepared
    }
    /// The entries of its local indexes, as far as applied.
    pub fn locals(&self) -> &[Tree<Row>] {
        &self.core.state.locals
    }

    /// Takes in one message.
    pub fn handle(&mut self, from: ActorId, message: Message, out: &mut impl Outbox) {
        match message {
            Message::Get { request, part, get } => {
                let item = self.get(&get);
                out.got(from, Got { request, part, item });
            }
            Message::Walk { request, walk, page } => self.on_walk(from, request, &walk, page, out),
            Message::Measure { ticket, partition } => self.on_measure(from, ticket, partition, out),
            Message::Append {
                ballot,
                entries,
                progress,
            } => {
                if self.heed(from, ballot, out) {
                    self.on_append(from, entries, progress, out);
                }
            }
            Message::Commit { ballot, progress } => {
                if self.heed(from, ballot, out) {
                    self.core.learn(progress);
                }
            }
            Message::Superseded { ballot } => {
                if ballot > self.core.ballot {
                    self.become_follower(ballot, out);
                }
            }
            Message::ToLeader(message) => match &mut self.role {
                Role::Leader(leader) => leader.handle(&mut self.core, from, message, out),
                // Requests are for the caller to try again; the others will ask the leader once they know it.
                Role::Follower(_) => {
                    message.refuse(&Error::InternalServerError, &mut |reply| out.reply(from, reply));
                }
            },
        }
    }

    fn get(&self, get: &Get) -> Option<crate::value::Item> {
        debug_assert!(
            !get.consistent || matches!(self.role, Role::Leader(_)),
            "consistent reads go to the leader"
        );
        let row = self.core.state.rows.get(get.key.bytes.as_bytes())?;
        Some(row.item().clone())
    }

    #[inline(never)]
    fn on_measure(&self, from: ActorId, ticket: u32, partition: PartitionId, out: &mut impl Outbox) {
        let measure = Box::new(self.core.state.measure());
        let measured = Reply::Measured {
            ticket,
            partition,
            measure,
        };
        out.reply(from, measured);
    }

    #[inline(never)]
    fn on_walk(
        &mut self,
        from: ActorId,
        request: RequestId,
        walk: &Rc<Walk>,
        mut page: Box<Walked>,
        out: &mut impl Outbox,
    ) {
        debug_assert!(
            !walk.consistent || matches!(self.role, Role::Leader(_)),
            "consistent walks go to the leader"
        );
        let ended = walk::walk(&self.core.state, walk, &mut page);
        out.reply(from, Reply::Walked { request, page, ended });
    }

    /// Takes note of a ballot. False if it is stale, and says so to the sender.
    fn heed(&mut self, from: ActorId, ballot: Ballot, out: &mut impl Outbox) -> bool {
        if ballot < self.core.ballot {
            out.trace(Event::StaleBallot { ballot });
            let ballot = self.core.ballot;
            out.tell(from, Message::Superseded { ballot });
            return false;
        }
        if ballot > self.core.ballot {
            self.become_follower(ballot, out);
        }
        debug_assert!(
            matches!(self.role, Role::Follower(_)),
            "a ballot has one leader, and it does not send to itself"
        );
        true
    }

    /// Gives way to a higher ballot: everything a leader owns is dropped, and what it had not committed is answered as unknown.
    #[inline(never)]
    fn become_follower(&mut self, ballot: Ballot, out: &mut impl Outbox) {
        debug_assert!(ballot > self.core.ballot, "only a higher ballot changes roles");
        self.core.ballot = ballot;
        let role = std::mem::replace(&mut self.role, Role::Follower(Follower::default()));
        if let Role::Leader(leader) = role {
            out.trace(Event::SteppedDown { ballot });
            // Whether the entries survive is the next leader's to know.
            leader.abandon(&Error::InternalServerError, out);
        }
    }

    /// Ends a replica whose partition is dropped. Whoever waits for a write is told with `error` that it came too late.
    pub fn retire(self, error: &Error, out: &mut impl Outbox) {
        if let Role::Leader(leader) = self.role {
            leader.finish_lineages(&self.core, out);
            leader.abandon(error, out);
        }
    }

    fn on_append(&mut self, from: ActorId, entries: Entries, progress: Progress, out: &mut impl Outbox) {
        match &mut self.role {
            Role::Follower(follower) => follower.on_append(&mut self.core, from, &entries, progress, out),
            Role::Leader(_) => debug_assert!(false, "heed has made a follower of it"),
        }
    }
}

impl Core {
    fn new(id: ReplicaId, partition: PartitionId, state: State) -> Self {
        Core {
            id,
            partition,
            ballot: Ballot(1),
            log: Log::default(),
            state,
            committed: SequenceNumber::ZERO,
            applied: SequenceNumber::ZERO,
        }
    }

    /// Applies the next entry. The caller knows it to be committed.
    fn apply_next(&mut self) -> Option<Rc<Entry>> {
        debug_assert!(self.applied < self.committed, "only committed entries are applied");
        let entry = Rc::clone(self.log.get(self.applied.next())?);
        self.state.apply(&entry);
        self.applied = entry.sequence;
        Some(entry)
    }

    /// A follower's part: applies what the leader says is committed, as far as it is here, and trims.
    fn learn(&mut self, progress: Progress) {
        // Messages overtake each other; progress never goes back.
        self.committed = self.committed.max(progress.committed);
        while self.applied < self.committed && self.apply_next().is_some() {}
        self.log.trim(progress.trimmed.min(self.applied));
    }
}
