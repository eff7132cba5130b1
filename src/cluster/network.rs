//! The simulated network: how long a message takes, whether it arrives, and whether it may overtake.
//!
//! By default a message takes no time and the network is as good as absent. A link (from one actor to another) keeps the
//! order of its messages unless `reorder` lets one of them run free.

use super::message::ActorId;
use super::random::{MILLION, Random};
use crate::ordered::OrderedMap;
use crate::time::{Span, Time};

/// What the network does to messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Shortest time a message takes.
    pub latency_min: Span,
    /// Longest time a message takes.
    pub latency_max: Span,
    /// How many of a million messages are lost. Over connections (requests and their answers) a lost message comes late
    /// instead: it is sent again below the surface.
    pub loss_millionths: u32,
    /// How many of a million messages do not wait for those sent before them on their link. Connections keep their order.
    pub reorder_millionths: u32,
}

/// Why a network is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNetwork {
    /// The least latency is above the greatest, or one of them is no length of time.
    Latency,
    /// A loss that is not from 0 up to, and without, 1: a network that loses everything never answers.
    Loss,
    /// A share of reordered messages that is not from 0 to 1.
    Reorder,
}

/// How long a lost message stays unnoticed, beside the network's own latency both ways.
const RETRANSMISSION_MIN: Span = Span::from_ms(20);
/// Longest latency that can be set: a day.
const LATENCY_MAX: Span = Span::from_ms(86_400_000);

impl Network {
    /// The network of the option `network: { latencyMs: [min, max], loss, reorder }`, loss and reorder as shares of one.
    ///
    /// # Errors
    /// [`BadNetwork`] when a figure is out of range.
    pub fn new(latency_ms: [f64; 2], loss: f64, reorder: f64) -> Result<Self, BadNetwork> {
        let [min, max] = latency_ms;
        let longest = LATENCY_MAX.micros() as f64 / 1000.0;
        if !(min >= 0.0 && min <= max && max <= longest) {
            return Err(BadNetwork::Latency);
        }
        if !(0.0..1.0).contains(&loss) {
            return Err(BadNetwork::Loss);
        }
        if !(0.0..=1.0).contains(&reorder) {
            return Err(BadNetwork::Reorder);
        }
        let span = |ms: f64| Span::from_micros((ms * 1000.0).round() as u64);
        let millionths = |share: f64| (share * f64::from(MILLION)).round() as u32;
        Ok(Network {
            latency_min: span(min),
            latency_max: span(max),
            // A share that rounds up to certainty would lose everything.
            loss_millionths: millionths(loss).min(MILLION - 1),
            reorder_millionths: millionths(reorder),
        })
    }

    /// True if every message arrives at once and in order.
    pub fn is_instant(&self) -> bool {
        self.latency_max == Span::ZERO && self.loss_millionths == 0
    }

    /// After what time a sender without an acknowledgement sends again; `None` on a network that loses nothing.
    pub fn retransmission(&self) -> Option<Span> {
        let round_trip = Span::from_micros(self.latency_max.micros() * 3);
        (self.loss_millionths > 0).then(|| round_trip.max(RETRANSMISSION_MIN))
    }
}

/// The state of links: when the last message on each arrives.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    arrivals: OrderedMap<(ActorId, ActorId), Time>,
}

impl Links {
    /// When a message that is sent now arrives; `None` if it is lost.
    pub fn arrival(
        &mut self,
        network: &Network,
        random: &mut Random,
        now: Time,
        link: (ActorId, ActorId),
        may_be_lost: bool,
    ) -> Option<Time> {
        let mut arrival =
            now + Span::from_micros(random.between(network.latency_min.micros(), network.latency_max.micros()));
        while random.happens(network.loss_millionths) {
            if may_be_lost {
                return None;
            }
            arrival = arrival + network.retransmission().unwrap_or_default();
        }
        // A connection keeps its order: what the admin actor publishes before it answers is known before the answer.
        if may_be_lost && random.happens(network.reorder_millionths) {
            return Some(arrival);
        }
        let last = self.arrivals.get_or_insert_with(link, Default::default);
        arrival = arrival.max(*last);
        *last = arrival;
        Some(arrival)
    }

    /// Forgets links on which everything has arrived.
    pub fn forget(&mut self, now: Time) {
        self.arrivals.retain(|_, last| *last > now);
    }

    /// Number of links remembered.
    pub fn len(&self) -> usize {
        self.arrivals.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::random::Purpose;

    const LINK: (ActorId, ActorId) = (ActorId::Router, ActorId::Admin);

    #[test]
    fn figures_out_of_range_are_refused() {
        assert_eq!(Network::new([5.0, 1.0], 0.0, 0.0), Err(BadNetwork::Latency));
        assert_eq!(Network::new([-1.0, 1.0], 0.0, 0.0), Err(BadNetwork::Latency));
        assert_eq!(Network::new([0.0, f64::INFINITY], 0.0, 0.0), Err(BadNetwork::Latency));
        assert_eq!(Network::new([f64::NAN, 1.0], 0.0, 0.0), Err(BadNetwork::Latency));
        assert_eq!(Network::new([0.0, 0.0], 1.0, 0.0), Err(BadNetwork::Loss));
        assert_eq!(Network::new([0.0, 0.0], f64::NAN, 0.0), Err(BadNetwork::Loss));
        assert_eq!(Network::new([0.0, 0.0], 0.0, 1.5), Err(BadNetwork::Reorder));
        assert!(Network::new([0.0, 0.0], 0.999_999_9, 1.0).is_ok_and(|network| network.loss_millionths < MILLION));
    }

    #[test]
    fn a_link_keeps_order_unless_told_not_to() {
        let arrivals = |reorder| {
            let network = Network::new([1.0, 50.0], 0.0, reorder).unwrap();
            let mut random = Random::new(3, Purpose::Network);
            let mut links = Links::default();
            let mut arrive = |_| {
                links
                    .arrival(&network, &mut random, Time::default(), LINK, true)
                    .unwrap()
            };
            (0..50).map(&mut arrive).collect::<Vec<_>>()
        };
        assert!(arrivals(0.0).is_sorted());
        assert!(!arrivals(0.5).is_sorted());
    }

    #[test]
    fn connections_lose_time_and_datagrams_are_lost() {
        let network = Network::new([1.0, 1.0], 0.5, 0.0).unwrap();
        let mut random = Random::new(3, Purpose::Network);
        let mut links = Links::default();
        let mut arrive = |may_be_lost| links.arrival(&network, &mut random, Time::default(), LINK, may_be_lost);
        assert!((0..50).any(|_| arrive(true).is_none()));
        assert!((0..50).all(|_| arrive(false).is_some()));
    }
}
