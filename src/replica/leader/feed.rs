//! Feeding propagators: who reads the log, how far each is, and what it is sent next.

use super::Leader;
use crate::replica::{ActorId, Core, ENTRIES_PER_MESSAGE_MAX, Entries, Message, Outbox, PropagatorId, SequenceNumber};

/// A propagator that reads the log.
#[derive(Clone, Debug)]
pub(super) struct Subscriber {
    pub propagator: PropagatorId,
    /// Sent to it up to here.
    pub sent: SequenceNumber,
    /// Needed by it no more up to here.
    pub done: SequenceNumber,
}

/// Most entries that are on their way to one propagator. What it has not worked off stays in the log.
const FEED_WINDOW: u64 = 1024;

impl Leader {
    pub(super) fn on_subscribe(&mut self, core: &mut Core, from: ActorId, out: &mut impl Outbox) {
        let ActorId::Propagator(propagator) = from else {
            debug_assert!(false, "only propagators subscribe");
            return;
        };
        debug_assert!(
            self.subscribers.iter().all(|known| known.propagator != propagator),
            "a propagator subscribes once"
        );
        self.subscribers.push(Subscriber {
            propagator,
            sent: core.applied,
            done: core.applied,
        });
        out.send(
            from,
            Message::Subscribed {
                position: core.applied,
                rows: core.state.rows.clone(),
            },
        );
    }

    /// Sends a propagator what it has not been sent, as far as its window allows.
    pub(super) fn feed(&mut self, core: &Core, at: usize, out: &mut impl Outbox) {
        let Some(subscriber) = self.subscribers.get_mut(at) else {
            return;
        };
        let window = SequenceNumber(subscriber.done.0 + FEED_WINDOW);
        while subscriber.sent < core.applied.min(window) {
            let from = subscriber.sent.next();
            let entries = if from == core.applied {
                core.log.get(from).cloned().into_iter().collect()
            } else {
                core.log.slice(from, core.applied.min(window), ENTRIES_PER_MESSAGE_MAX)
            };
            let Some(last) = entries.last() else {
                debug_assert!(false, "the log holds what a propagator still needs");
                return;
            };
            subscriber.sent = last.sequence;
            out.send(
                ActorId::Propagator(subscriber.propagator),
                Message::Feed(Entries::from(entries)),
            );
        }
    }

    pub(super) fn on_fed(
        &mut self,
        core: &mut Core,
        from: ActorId,
        position: SequenceNumber,
        missing: Option<SequenceNumber>,
        out: &mut impl Outbox,
    ) {
        let place = self
            .subscribers
            .iter()
            .position(|subscriber| ActorId::Propagator(subscriber.propagator) == from);
        let Some(at) = place else { return };
        if let Some(subscriber) = self.subscribers.get_mut(at) {
            debug_assert!(position <= core.applied, "a propagator is fed what is committed");
            subscriber.done = subscriber.done.max(position);
            if let Some(missing) = missing {
                subscriber.sent = missing.previous().max(subscriber.done);
            }
        }
        self.feed(core, at, out);
        core.log.trim(self.trimmable(core));
    }
}
