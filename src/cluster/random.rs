//! Chance, all of it from the region's seed. Every purpose draws from a sequence of its own, so that switching a simulated
//! network on does not change which identifiers a table gets.

use oorandom::Rand64;

/// What numbers are drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Latency, loss and order of messages.
    Network = 1,
    /// Which replica serves a read.
    Reads = 2,
    /// Identifiers of tables.
    Tables = 3,
    /// Identifiers of requests over HTTP.
    Requests = 4,
    /// A simulated workload.
    Workload = 5,
}

/// A sequence of numbers that looks random and follows from a seed.
#[derive(Clone, Debug)]
pub struct Random(Rand64);

impl Random {
    /// The sequence for a purpose.
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        Random(Rand64::new((u128::from(seed) << 8) | purpose as u128))
    }
    /// The same sequence from where another was, as [`Random::position`] told.
    pub fn at(seed: u64, purpose: Purpose, position: [u64; 2]) -> Self {
        let (_, increment) = Random::new(seed, purpose).0.state();
        let [high, low] = position.map(u128::from);
        Random(Rand64::from_state((high << 64 | low, increment)))
    }
    /// Where the sequence is.
    pub fn position(&self) -> [u64; 2] {
        let (state, _) = self.0.state();
        [(state >> 64) as u64, state as u64]
    }
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.rand_u64()
    }
    /// A number below `bound`; zero if there is none.
    pub fn below(&mut self, bound: u64) -> u64 {
        match bound {
            0 | 1 => 0,
            _ => self.0.rand_range(0..bound),
        }
    }
    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        match high.checked_sub(low) {
            None | Some(0) => low,
            Some(u64::MAX) => self.bits(),
            Some(span) => low + self.below(span + 1),
        }
    }
    /// True `millionths` times in a million. Draws nothing where there is nothing to decide.
    pub fn happens(&mut self, millionths: u32) -> bool {
        match millionths {
            0 => false,
            MILLION.. => true,
            _ => self.below(u64::from(MILLION)) < u64::from(millionths),
        }
    }
    /// 128 random bits.
    pub fn bytes(&mut self) -> [u8; 16] {
        let (high, low) = (u128::from(self.bits()), u128::from(self.bits()));
        (high << 64 | low).to_be_bytes()
    }
}

/// Certainty, in millionths.
pub const MILLION: u32 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_follows_from_seed_and_purpose() {
        let draw = |seed, purpose| {
            let mut random = Random::new(seed, purpose);
            (random.bits(), random.below(100), random.between(5, 7))
        };
        assert_eq!(draw(1, Purpose::Reads), draw(1, Purpose::Reads));
        assert_ne!(draw(1, Purpose::Reads), draw(2, Purpose::Reads));
        assert_ne!(draw(1, Purpose::Reads), draw(1, Purpose::Tables));
    }

    #[test]
    fn a_sequence_goes_on_where_it_was() {
        let mut random = Random::new(9, Purpose::Tables);
        random.bits();
        let mut again = Random::at(9, Purpose::Tables, random.position());
        assert_eq!(random.bytes(), again.bytes());
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut random = Random::new(7, Purpose::Network);
        let mut seen = [false; 3];
        for _ in 0..200 {
            let number = random.between(5, 7);
            assert!((5..=7).contains(&number));
            seen[(number - 5) as usize] = true;
        }
        assert_eq!(seen, [true; 3]);
        assert_eq!(random.between(9, 9), 9);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn certainty_and_impossibility_draw_nothing() {
        let mut random = Random::new(7, Purpose::Network);
        let mut other = random.clone();
        assert!(!random.happens(0));
        assert!(random.happens(MILLION));
        assert_eq!(random.bits(), other.bits());
    }
}
