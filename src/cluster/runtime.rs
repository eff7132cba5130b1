//! The runtime: virtual time, and the one queue that carries every message.
//!
//! Messages are delivered in the order of (time of arrival, order of sending), one at a time. What arrives now waits in a plain
//! queue; what arrives later in a heap; with the default network nothing is ever later and the queue drains within one call.
//! The runtime knows no actor: whoever owns them takes messages out and hands them over.

use super::message::{ActorId, Envelope, Message};
use super::network::{Links, Network};
use super::random::{Purpose, Random};
use super::trace::{Detail, Happened, Note, Trace};
use crate::time::{Span, Time};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// Time, queue, network and trace.
#[derive(Clone, Debug)]
pub struct Runtime {
    now: Time,
    /// Counts messages sent; orders those that arrive at the same time.
    sent: u64,
    due: VecDeque<Due>,
    later: BinaryHeap<Later>,
    network: Network,
    links: Links,
    random: Random,
    trace: Trace,
}

/// A message that arrives now: time does not move on before it is delivered.
#[derive(Clone, Debug)]
struct Due {
    sent: u64,
    envelope: Envelope,
}

// Larger values are moved by calls on wasm, and every message is moved five times: of a put these moves were a tenth.
const _: () = assert!(size_of::<Due>() <= if cfg!(target_pointer_width = "32") { 56 } else { 80 });

/// A message that arrives later, or a timer.
#[derive(Clone, Debug)]
struct Later {
    place: Place,
    envelope: Envelope,
}

/// When a message is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: Time,
    sent: u64,
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}
impl Eq for Later {}
impl PartialOrd for Later {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Later {
    /// Reversed, because `BinaryHeap` hands out the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.place.cmp(&self.place)
    }
}

/// Links that are remembered before those on which everything has arrived are forgotten.
const LINKS_KEPT: usize = 4096;

/// Room the queue keeps when it is empty.
const DUE_SPARE_MAX: usize = 1024;

impl Runtime {
    /// A runtime at the beginning of time.
    pub fn new(seed: u64, network: Network) -> Self {
        Runtime {
            now: Time::default(),
            sent: 0,
            due: VecDeque::new(),
            later: BinaryHeap::new(),
            network,
            links: Links::default(),
            random: Random::new(seed, Purpose::Network),
            trace: Trace::default(),
        }
    }

    /// The present moment of virtual time.
    pub fn now(&self) -> Time {
        self.now
    }
    /// The network as it is.
    pub fn network(&self) -> &Network {
        &self.network
    }
    /// Changes the network. Messages under way arrive as they would have.
    pub fn set_network(&mut self, network: Network) {
        self.network = network;
    }
    /// True if every message arrives at once: no actor is ever seen behind another.
    #[inline]
    pub fn is_instant(&self) -> bool {
        self.network.is_instant() && self.links.len() == 0
    }
    /// What happened.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
    /// Sets how much is noted.
    pub fn set_detail(&mut self, detail: Detail) {
        self.trace.detail = detail;
    }
    /// Notes something that happened to an actor.
    pub fn note(&mut self, actor: ActorId, happened: Happened) {
        let at = self.now;
        self.trace.note(Note { at, actor, happened });
    }

    /// Sends a message over the network.
    #[inline]
    pub fn send(&mut self, from: ActorId, to: ActorId, message: Message) {
        let envelope = Envelope { from, to, message };
        if self.is_instant() {
            self.push_due(envelope);
        } else {
            self.send_over_network(envelope);
        }
    }

    #[cold]
    fn send_over_network(&mut self, envelope: Envelope) {
        let Envelope { from, to, ref message } = envelope;
        let may_be_lost = message.may_be_lost();
        let arrival = self
            .links
            .arrival(&self.network, &mut self.random, self.now, (from, to), may_be_lost);
        if self.links.len() > LINKS_KEPT || self.network.is_instant() {
            self.links.forget(self.now);
        }
        match arrival {
            None => {
                let kind = message.kind();
                self.note(to, Happened::Lost { kind });
            }
            Some(at) => self.deliver_at(at, envelope),
        }
    }

    /// Delivers a message to an actor from itself after a span of time, whatever the network.
    pub fn remind(&mut self, actor: ActorId, after: Span, message: Message) {
        let envelope = Envelope {
            from: actor,
            to: actor,
            message,
        };
        self.deliver_at(self.now + after, envelope);
    }

    fn deliver_at(&mut self, at: Time, envelope: Envelope) {
        if at <= self.now {
            self.push_due(envelope);
        } else {
            self.sent += 1;
            let place = Place { at, sent: self.sent };
            self.later.push(Later { place, envelope });
        }
    }

    fn push_due(&mut self, envelope: Envelope) {
        self.sent += 1;
        let sent = self.sent;
        self.due.push_back(Due { sent, envelope });
    }

    /// Where the next message that arrives now stands among all.
    fn next_due(&self) -> Option<Place> {
        let at = self.now;
        self.due.front().map(|next| Place { at, sent: next.sent })
    }

    /// Moves time on to `now`, never back, and not past a message that has yet to be delivered.
    pub fn advance(&mut self, now: Time) {
        debug_assert!(self.due.is_empty(), "what is due is delivered before time moves on");
        debug_assert!(
            self.later.peek().is_none_or(|next| next.place.at >= now),
            "time does not pass a message by"
        );
        self.now = self.now.max(now);
    }

    /// The next message that arrives at `until` or before; time moves on to its arrival.
    #[inline]
    pub fn next(&mut self, until: Time) -> Option<Envelope> {
        if self.later.is_empty() {
            let next = self.due.pop_front()?;
            if self.due.is_empty() && self.due.capacity() > DUE_SPARE_MAX {
                self.due.shrink_to(DUE_SPARE_MAX);
            }
            self.received(&next.envelope);
            return Some(next.envelope);
        }
        self.next_of_both(until)
    }

    #[cold]
    fn next_of_both(&mut self, until: Time) -> Option<Envelope> {
        let later = self.later.peek().map(|next| next.place);
        let envelope = match (self.next_due(), later) {
            (Some(due), Some(later)) if due < later => self.due.pop_front()?.envelope,
            (Some(_), None) => self.due.pop_front()?.envelope,
            (_, Some(later)) if later.at <= until.max(self.now) => {
                self.now = self.now.max(later.at);
                self.later.pop()?.envelope
            }
            (_, Some(_) | None) => return None,
        };
        self.received(&envelope);
        Some(envelope)
    }

    #[inline]
    fn received(&mut self, envelope: &Envelope) {
        if self.trace.detail == Detail::Messages {
            let kind = envelope.message.kind();
            let from = envelope.from;
            self.note(envelope.to, Happened::Received { kind, from });
        }
    }

    /// When the next message arrives.
    pub fn next_arrival(&self) -> Option<Time> {
        let due = self.next_due().map(|next| next.at);
        let later = self.later.peek().map(|next| next.place.at);
        due.into_iter().chain(later).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::message::ControlMessage;

    const A: ActorId = ActorId::Router;
    const B: ActorId = ActorId::Admin;

    fn say() -> Message {
        Message::Control(ControlMessage::Tick)
    }

    fn at(micros: u64) -> Time {
        Time::from_micros(micros)
    }

    #[test]
    fn messages_due_at_once_arrive_in_the_order_sent() {
        let mut runtime = Runtime::new(1, Network::default());
        runtime.send(A, B, say());
        runtime.send(B, A, say());
        assert_eq!(runtime.next(at(0)).map(|envelope| envelope.to), Some(B));
        assert_eq!(runtime.next(at(0)).map(|envelope| envelope.to), Some(A));
        assert!(runtime.next(at(0)).is_none());
    }

    #[test]
    fn time_moves_to_each_arrival_and_not_past_the_limit() {
        let mut runtime = Runtime::new(1, Network::default());
        runtime.remind(A, Span::from_micros(30), say());
        runtime.remind(B, Span::from_micros(10), say());
        runtime.remind(A, Span::from_micros(10), say());
        assert_eq!(runtime.next_arrival(), Some(at(10)));
        assert_eq!(runtime.next(at(20)).map(|envelope| envelope.to), Some(B));
        assert_eq!(runtime.now(), at(10));
        // Something sent now comes after a timer that was set earlier for the same moment.
        runtime.send(B, B, say());
        assert_eq!(runtime.next(at(20)).map(|envelope| envelope.to), Some(A));
        assert_eq!(runtime.next(at(20)).map(|envelope| envelope.to), Some(B));
        assert!(runtime.next(at(20)).is_none());
        runtime.advance(at(20));
        assert_eq!(runtime.now(), at(20));
        assert_eq!(runtime.next(at(30)).map(|envelope| envelope.to), Some(A));
        assert_eq!(runtime.now(), at(30));
    }

    #[test]
    fn a_clock_that_goes_back_is_ignored() {
        let mut runtime = Runtime::new(1, Network::default());
        runtime.advance(at(50));
        runtime.advance(at(40));
        assert_eq!(runtime.now(), at(50));
    }

    #[test]
    fn latency_delays_and_the_network_can_be_switched_off_again() {
        let mut runtime = Runtime::new(1, Network::new([2.0, 2.0], 0.0, 0.0).unwrap());
        runtime.send(A, B, say());
        assert!(runtime.next(at(1_999)).is_none());
        runtime.set_network(Network::default());
        // On the same link, so it must not overtake the message that is under way.
        runtime.send(A, B, say());
        assert!(runtime.next(at(1_999)).is_none());
        assert!(runtime.next(at(2_000)).is_some());
        assert!(runtime.next(at(2_000)).is_some());
        runtime.send(A, B, say());
        assert!(runtime.next(at(2_000)).is_some());
    }
}
