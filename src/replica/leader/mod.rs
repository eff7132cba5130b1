//! The leader's part: decides what writes come to, appends and replicates them, commits on a majority, answers, and feeds the
//! propagators that read its log.
//!
//! Between append and commit a write exists only in the log. Later writes are decided against the newest appended image of
//! their row; whatever was decided on uncommitted ground, failed conditions included, is answered only once that ground is
//! committed.

mod answer;
mod feed;
mod index;
mod newest;
mod replication;
mod transaction;
mod write;

use super::log::{Change, Entry};
use super::{ActorId, Core, Entries, Outbox, Part, PartitionId, ReplicaId, RequestId, ToLeader};
use crate::ordered::OrderedMap;
use crate::request::plan::Write;
use answer::Waiting;
use feed::Subscriber;
use index::Source;
use newest::Newest;
use replication::Peer;
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

impl Leader {
    pub(super) fn new(followers: &[ReplicaId]) -> Self {
        Leader {
            followers: followers.iter().copied().map(Peer::new).collect(),
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
            ToLeader::WriteMany { request, writes } => self.write_many(core, from, request, &writes, out),
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
            ToLeader::Unsubscribe => self.on_unsubscribe(core, from),
            ToLeader::Prepare(prepare) => self.on_prepare(core, from, *prepare, out),
            ToLeader::Decide { transaction, decision } => self.on_decide(core, from, transaction, decision, out),
            ToLeader::Look { transaction, gets } => Leader::on_look(core, from, transaction, gets, out),
            ToLeader::Finish => self.on_finish(core, from, out),
            ToLeader::Fed { position, missing } => self.on_fed(core, from, position, missing.as_deref().copied(), out),
            ToLeader::IndexWrite(write) => self.on_index_write(core, from, write, out),
            ToLeader::Tick => self.on_tick(core, out),
        }
    }

    /// Writes of a batch that fell to this partition: replicated together, answered one by one.
    #[inline(never)]
    fn write_many(
        &mut self,
        core: &mut Core,
        from: ActorId,
        request: RequestId,
        writes: &[(Part, Write)],
        out: &mut impl Outbox,
    ) {
        let entries: Vec<Rc<Entry>> = writes
            .iter()
            .filter_map(|(part, write)| self.write(core, from, request, *part, write, out))
            .collect();
        if !entries.is_empty() {
            self.replicate(core, Entries::from(entries), out);
        }
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
}
