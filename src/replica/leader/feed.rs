//! Feeding subscribers (propagators, lineages, sweepers): who reads the log, how far each is, and what it is sent next.

use super::Leader;
use crate::replica::{
    ActorId, Core, ENTRIES_PER_MESSAGE_MAX, Entries, Feed, Outbox, Reply, SequenceNumber, Subscribed,
};

/// An actor that reads the log.
#[derive(Clone, Debug)]
pub(super) struct Subscriber {
    pub actor: ActorId,
    /// Sent to it up to here.
    pub sent: SequenceNumber,
    /// Needed by it no more up to here.
    pub done: SequenceNumber,
}

/// Most entries that are on their way to one subscriber. What it has not worked off stays in the log.
const FEED_WINDOW: u64 = 1024;

impl Leader {
    #[inline(never)]
    pub(super) fn on_subscribe(&mut self, core: &mut Core, from: ActorId, out: &mut impl Outbox) {
        debug_assert!(
            self.subscribers.iter().all(|known| known.actor != from),
            "an actor subscribes once"
        );
        self.subscribers.push(Subscriber {
            actor: from,
            sent: core.applied,
            done: core.applied,
        });
        let subscribed = Subscribed {
            position: core.applied,
            rows: core.state.rows.clone(),
        };
        out.reply(from, Reply::Feed(Feed::Subscribed(Box::new(subscribed))));
    }

    #[inline(never)]
    pub(super) fn on_unsubscribe(&mut self, core: &mut Core, from: ActorId) {
        self.subscribers.retain(|subscriber| subscriber.actor != from);
        core.log.trim(self.trimmable(core));
    }

    /// Sends a subscriber the rest, by a message that is not lost, and forgets it.
    #[inline(never)]
    pub(super) fn on_finish(&mut self, core: &mut Core, from: ActorId, out: &mut impl Outbox) {
        let Some(at) = self.subscribers.iter().position(|known| known.actor == from) else {
            return;
        };
        let subscriber = self.subscribers.swap_remove(at);
        out.reply(from, Reply::Feed(Feed::Finished(rest(core, &subscriber))));
        core.log.trim(self.trimmable(core));
    }

    /// Sends every lineage the rest: the partition is being dropped, and streams outlive it.
    pub(in crate::replica) fn finish_lineages(&self, core: &Core, out: &mut impl Outbox) {
        for subscriber in &self.subscribers {
            if let ActorId::Lineage(_) = subscriber.actor {
                out.reply(subscriber.actor, Reply::Feed(Feed::Finished(rest(core, subscriber))));
            }
        }
    }

    /// Sends a subscriber what it has not been sent, as far as its window allows.
    #[inline(never)]
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
                debug_assert!(false, "the log holds what a subscriber still needs");
                return;
            };
            subscriber.sent = last.sequence;
            out.reply(subscriber.actor, Reply::Feed(Feed::Entries(Entries::from(entries))));
        }
    }

    #[inline(never)]
    pub(super) fn on_fed(
        &mut self,
        core: &mut Core,
        from: ActorId,
        position: SequenceNumber,
        missing: Option<SequenceNumber>,
        out: &mut impl Outbox,
    ) {
        let Some(at) = self.subscribers.iter().position(|known| known.actor == from) else {
            return;
        };
        if let Some(subscriber) = self.subscribers.get_mut(at) {
            debug_assert!(position <= core.applied, "a subscriber is fed what is committed");
            subscriber.done = subscriber.done.max(position);
            if let Some(missing) = missing {
                subscriber.sent = missing.previous().max(subscriber.done);
            }
        }
        self.feed(core, at, out);
        core.log.trim(self.trimmable(core));
    }
}

/// What is committed and not acknowledged by a subscriber.
fn rest(core: &Core, subscriber: &Subscriber) -> Entries {
    let from = subscriber.done.next();
    if from > core.applied {
        return Entries::none();
    }
    Entries::from(core.log.slice(from, core.applied, usize::MAX))
}
