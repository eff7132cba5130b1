//! What arrived before its turn. A receiver that takes things strictly in order keeps the early ones here, bounded, and asks
//! for the missing one once a gap, not once for every message behind the gap.

use crate::ordered::OrderedMap;

/// Things that wait for the one before them; `K` names the place at which each is next.
#[derive(Clone, Debug)]
pub struct Early<K, V> {
    waiting: OrderedMap<K, V>,
}

/// Most things kept for one gap. What does not fit is dropped and sent again later, as if the network had lost it.
pub const EARLY_MAX: usize = 1024;

impl<K: Ord + Copy, V> Early<K, V> {
    /// Nothing is early.
    pub const fn new() -> Self {
        Early {
            waiting: OrderedMap::new(),
        }
    }
    /// Keeps what is next at `place`. True if this shows a gap that was not known: the sender should be asked to fill it.
    pub fn keep(&mut self, place: K, thing: V) -> bool {
        let is_new = self.waiting.is_empty();
        if self.waiting.len() < EARLY_MAX {
            self.waiting.insert(place, thing);
        }
        is_new
    }
    /// What is next at `place`, if it came early. Things for earlier places came twice and are forgotten.
    pub fn take(&mut self, place: K) -> Option<V> {
        self.waiting.retain(|early, _| *early >= place);
        self.waiting.remove(&place)
    }
    /// True while a gap is known.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

impl<K: Ord + Copy, V> Default for Early<K, V> {
    fn default() -> Self {
        Early::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_reported_once_and_drains_in_order() {
        let mut early = Early::new();
        assert!(early.keep(3, 'c'));
        assert!(!early.keep(4, 'd'));
        assert!(!early.keep(2, 'b'));
        assert_eq!(early.take(1), None);
        assert_eq!(early.take(3), Some('c'), "what is behind the place is forgotten");
        assert_eq!(early.take(4), Some('d'));
        assert!(early.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_dropped() {
        let mut early = Early::new();
        for place in 0..=EARLY_MAX {
            early.keep(place, ());
        }
        assert_eq!(early.take(EARLY_MAX - 1), Some(()));
        assert_eq!(early.take(EARLY_MAX), None);
    }
}
