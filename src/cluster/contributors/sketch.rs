//! The most frequent keys of a stream of keys, in bounded memory: the space-saving algorithm (Metwally, Agrawal and El Abbadi,
//! "Efficient Computation of Frequent and Top-k Elements in Data Streams", ICDT 2005).

use super::report::{Contributor, Key};
use crate::ordered::OrderedMap;
use crate::sort;
use crate::table::KeyAttribute;
use crate::value::key::KeyType;

/// Most keys that a list holds: as many as a CloudWatch report can show.
pub const CONTRIBUTORS_MAX: usize = 100;

/// The values of a key, or of its partition key alone.
pub(super) type Values = Vec<(KeyType, Vec<u8>)>;

/// Counters of the keys that were met most.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch(OrderedMap<Values, Counter>);

#[derive(Clone, Copy, Debug, Default)]
struct Counter {
    count: u64,
    excess: u64,
}

impl Sketch {
    /// Counts a key once more.
    pub fn count(&mut self, values: Values) {
        if let Some(counter) = self.0.get_mut(&values) {
            counter.count += 1;
            return;
        }
        let mut excess = 0;
        if self.0.len() >= CONTRIBUTORS_MAX {
            // The least frequent makes room, the first of them in key order; what it had counts for its successor.
            let least = self.0.iter().min_by_key(|(_, counter)| counter.count);
            if let Some((least, counter)) = least.map(|(values, counter)| (values.clone(), *counter)) {
                self.0.remove(&least);
                excess = counter.count;
            }
        }
        let count = excess + 1;
        self.0.insert(values, Counter { count, excess });
    }

    /// The most frequent first, equals in key order.
    pub fn report(&self, attributes: &[&KeyAttribute]) -> Vec<Contributor> {
        let mut counted: Vec<_> = self.0.iter().collect();
        sort::by_key(&mut counted, |(_, counter)| std::cmp::Reverse(counter.count));
        let contributor = |(values, counter): (&Values, &Counter)| Contributor {
            key: Key::of(attributes, values),
            count: counter.count,
            excess: counter.excess,
        };
        counted.into_iter().map(contributor).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Values {
        vec![(KeyType::S, text.as_bytes().to_vec())]
    }

    #[test]
    fn a_sketch_stays_small_and_keeps_what_is_frequent() {
        let mut sketch = Sketch::default();
        for round in 0..5000 {
            sketch.count(key(&format!("once {round}")));
            if round % 10 == 0 {
                sketch.count(key("often"));
            }
        }
        assert_eq!(sketch.0.len(), CONTRIBUTORS_MAX);
        let often = sketch.0.get(&key("often")).unwrap();
        assert!(often.count >= 500 && often.count - often.excess <= 500, "{often:?}");
        let all: u64 = sketch.0.values().map(|counter| counter.count).sum();
        assert_eq!(all, 5500, "every request is in some count");
    }

    #[test]
    fn a_sketch_of_few_keys_is_exact() {
        let mut sketch = Sketch::default();
        for at in 0..10 * CONTRIBUTORS_MAX {
            sketch.count(key(&format!("{:03}", at % CONTRIBUTORS_MAX)));
        }
        assert_eq!(sketch.0.len(), CONTRIBUTORS_MAX);
        assert!(
            sketch
                .0
                .values()
                .all(|counter| counter.count == 10 && counter.excess == 0)
        );
    }
}
