//! Replication: what was appended goes to the followers until they have it, and what a majority has is committed.

use super::Leader;
use crate::replica::{
    ActorId, Core, ENTRIES_PER_MESSAGE_MAX, Entries, Event, Message, Outbox, Progress, ReplicaId, SequenceNumber,
};

/// A follower, as far as the leader knows.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    replica: ReplicaId,
    appended: SequenceNumber,
    applied: SequenceNumber,
}

impl Peer {
    /// A follower of which nothing has been heard.
    pub fn new(replica: ReplicaId) -> Self {
        Peer {
            replica,
            appended: SequenceNumber::ZERO,
            applied: SequenceNumber::ZERO,
        }
    }
}

impl Leader {
    /// Sends what was appended to the followers.
    pub(super) fn replicate(&mut self, core: &mut Core, entries: Entries, out: &mut impl Outbox) {
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

    /// A follower has appended.
    pub(super) fn on_appended(
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
    pub(super) fn commit(&mut self, core: &mut Core, out: &mut impl Outbox) {
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

    fn progress(&self, core: &Core) -> Progress {
        Progress {
            committed: core.committed,
            trimmed: self.trimmable(core),
        }
    }

    /// What nobody needs any more: applied by every replica, worked off by every propagator.
    pub(super) fn trimmable(&self, core: &Core) -> SequenceNumber {
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
    pub(super) fn on_tick(&mut self, core: &mut Core, out: &mut impl Outbox) {
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
}
