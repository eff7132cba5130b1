//! What goes to one partition of the index: changes in order, each naming the position before it, until they are acknowledged.

use super::Target;
use crate::cluster::message::{ActorId, IndexPosition, PartitionId, SequenceNumber};
use crate::cluster::runtime::Runtime;
use crate::replica::{IndexChange, IndexWrite, ToLeader};
use crate::value::key::PartitionHash;
use std::collections::VecDeque;
use std::rc::Rc;

/// Towards one partition of the index.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    target: Target,
    /// Position of the last changes sent.
    sent: IndexPosition,
    /// Changes not sent yet, and the first entry they come from.
    ready: Vec<IndexChange>,
    ready_from: SequenceNumber,
    unacknowledged: VecDeque<Sent>,
}

/// Changes that have been sent.
#[derive(Clone, Debug)]
struct Sent {
    /// The first entry they come from.
    from: SequenceNumber,
    write: Rc<IndexWrite>,
}

impl Channel {
    /// Nothing sent yet.
    pub fn new(target: &Target) -> Self {
        Channel {
            target: *target,
            sent: IndexPosition::default(),
            ready: Vec::new(),
            ready_from: SequenceNumber::ZERO,
            unacknowledged: VecDeque::new(),
        }
    }

    /// Who leads the partition.
    pub fn leader(&self) -> ActorId {
        ActorId::Replica(self.target.leader)
    }

    /// Number of messages that have not been acknowledged.
    pub fn under_way(&self) -> usize {
        self.unacknowledged.len()
    }

    /// The first entry whose changes have not been acknowledged.
    pub fn first_under_way(&self) -> Option<SequenceNumber> {
        self.unacknowledged.front().map(|sent| sent.from)
    }

    /// True if no step of the initial copy is under way.
    pub fn has_copied(&self) -> bool {
        let first = self.unacknowledged.front();
        first.is_none_or(|sent| sent.write.position.step == 0)
    }

    /// Sends what is ready.
    pub fn flush(&mut self, id: ActorId, source: PartitionId, position: IndexPosition, out: &mut Runtime) {
        if self.ready.is_empty() {
            return;
        }
        debug_assert!(self.sent < position, "positions rise along a channel");
        let write = Rc::new(IndexWrite {
            source,
            previous: self.sent,
            position,
            changes: std::mem::take(&mut self.ready),
        });
        self.sent = position;
        self.unacknowledged.push_back(Sent {
            from: self.ready_from,
            write: Rc::clone(&write),
        });
        self.send(id, write, out);
    }

    fn send(&self, id: ActorId, write: Rc<IndexWrite>, out: &mut Runtime) {
        out.send(id, self.leader(), ToLeader::IndexWrite(write).into());
    }

    /// Forgets what the partition has committed.
    pub fn acknowledge(&mut self, position: IndexPosition) {
        while let Some(first) = self.unacknowledged.front()
            && first.write.position <= position
        {
            self.unacknowledged.pop_front();
        }
    }

    /// Sends what comes after a position and has not been acknowledged.
    pub fn send_again(&self, id: ActorId, after: IndexPosition, out: &mut Runtime) {
        for sent in &self.unacknowledged {
            if sent.write.position > after {
                self.send(id, Rc::clone(&sent.write), out);
            }
        }
    }
}

/// Puts a change to those that are ready for the index partition that owns its hash.
pub(super) fn route(channels: &mut [Channel], from: SequenceNumber, hash: PartitionHash, change: IndexChange) {
    let at = channels
        .partition_point(|channel| channel.target.first <= hash)
        .saturating_sub(1);
    let Some(channel) = channels.get_mut(at) else {
        debug_assert!(false, "an index has partitions");
        return;
    };
    if channel.ready.is_empty() {
        channel.ready_from = from;
    }
    channel.ready.push(change);
}
