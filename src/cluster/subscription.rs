//! Reading a partition's log: every entry after a place, once and in order, whatever the network does.

use super::message::{ActorId, ReplicaId, SequenceNumber};
use super::runtime::Runtime;
use crate::replica::{Early, Entries, Entry, ToLeader};
use std::rc::Rc;

/// A place in the log of a partition that an actor subscribed to.
#[derive(Clone, Debug)]
pub struct Subscription {
    leader: ReplicaId,
    /// The place where it began; unknown until the leader has answered.
    began: bool,
    /// Every entry up to here was handed over.
    received: SequenceNumber,
    early: Early<SequenceNumber, Rc<Entry>>,
}

impl Subscription {
    /// A subscription to a leader that has not been told.
    pub fn new(leader: ReplicaId) -> Self {
        Subscription {
            leader,
            began: false,
            received: SequenceNumber::ZERO,
            early: Early::new(),
        }
    }
    /// The leader of the partition.
    pub fn leader(&self) -> ReplicaId {
        self.leader
    }
    /// Every entry up to here was handed over.
    pub fn received(&self) -> SequenceNumber {
        self.received
    }
    /// Tells the leader.
    pub fn subscribe(&self, own: ActorId, out: &mut Runtime) {
        self.send(own, ToLeader::Subscribe, out);
    }
    /// The leader feeds from `position` on. What overtook that news is handed over now.
    pub fn on_subscribed(&mut self, position: SequenceNumber, take: &mut dyn FnMut(&Entry)) {
        debug_assert!(!self.began, "an actor subscribes once");
        self.began = true;
        self.received = position;
        self.take_early(take);
    }
    /// Hands over what is next of some entries, and acknowledges it.
    pub fn on_feed(&mut self, own: ActorId, entries: &Entries, out: &mut Runtime, take: &mut dyn FnMut(&Entry)) {
        let missing = self.receive(entries, take);
        if self.began {
            let position = self.received;
            let missing = missing.map(Box::new);
            self.send(own, ToLeader::Fed { position, missing }, out);
        }
    }
    /// Hands over what is next of the last entries there are.
    pub fn on_finished(&mut self, entries: &Entries, take: &mut dyn FnMut(&Entry)) {
        self.receive(entries, take);
    }

    fn receive(&mut self, entries: &Entries, take: &mut dyn FnMut(&Entry)) -> Option<SequenceNumber> {
        let mut missing = None;
        for entry in entries.as_slice() {
            let next = self.received.next();
            if !self.began || entry.sequence > next {
                if self.early.keep(entry.sequence, Rc::clone(entry)) && self.began {
                    missing = Some(next);
                }
            } else if entry.sequence == next {
                self.received = next;
                take(entry);
            }
        }
        if self.began {
            self.take_early(take);
        }
        missing
    }

    fn take_early(&mut self, take: &mut dyn FnMut(&Entry)) {
        while let Some(entry) = self.early.take(self.received.next()) {
            self.received = entry.sequence;
            take(&entry);
        }
    }

    /// Says something to the leader.
    pub fn send(&self, own: ActorId, message: ToLeader, out: &mut Runtime) {
        out.send(own, ActorId::Replica(self.leader), message.into());
    }
}
