//! The nearest of the vectors that were offered: a heap of as many as are asked for, the farthest of them on top.
//!
//! Of equal scores the one whose key sorts first is nearer, so the outcome depends neither on the order of the offers nor on
//! how many partitions they come from.

use super::{Query, Score};
use crate::sort;
use crate::value::Item;
use crate::value::key::OrderedBytes;

/// What a search has found so far.
#[derive(Clone, Debug, Default)]
pub struct Nearest {
    /// A heap: none is farther than the one at half its position.
    found: Vec<Found>,
}

/// One of the nearest.
#[derive(Clone, Debug)]
struct Found {
    score: f64,
    key: OrderedBytes,
    item: Item,
}

impl Nearest {
    /// Takes an entry in, if it is among the `most` nearest offered so far.
    pub fn offer(&mut self, query: &Query, most: usize, score: f64, key: &[u8], item: &Item) {
        let full = self.found.len() >= most;
        if full
            && let Some(farthest) = self.found.first()
            && !is_nearer(query, (score, key), farthest)
        {
            return;
        }
        let found = Found {
            score,
            key: OrderedBytes::new(key),
            item: item.clone(),
        };
        if full {
            if let Some(top) = self.found.first_mut() {
                *top = found;
            }
            self.sift_down(query);
        } else {
            self.found.push(found);
            self.sift_up(query);
        }
    }

    /// Scores and items, the nearest first.
    pub fn into_sorted(mut self, query: &Query) -> Vec<(Score, Item)> {
        sort::by(&mut self.found, |a, b| {
            if is_nearer(query, (a.score, a.key.as_bytes()), b) {
                std::cmp::Ordering::Less
            } else if is_nearer(query, (b.score, b.key.as_bytes()), a) {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let found = self.found.into_iter();
        found.map(|found| (Score::new(found.score), found.item)).collect()
    }

    fn is_farther(&self, query: &Query, one: usize, other: usize) -> bool {
        match (self.found.get(one), self.found.get(other)) {
            (Some(one), Some(other)) => is_nearer(query, (other.score, other.key.as_bytes()), one),
            (_, _) => false,
        }
    }

    fn sift_up(&mut self, query: &Query) {
        let mut at = self.found.len().saturating_sub(1);
        while at > 0 {
            let above = (at - 1) / 2;
            if !self.is_farther(query, at, above) {
                return;
            }
            self.found.swap(at, above);
            at = above;
        }
    }

    fn sift_down(&mut self, query: &Query) {
        let mut at = 0;
        loop {
            let mut farthest = at;
            for below in [2 * at + 1, 2 * at + 2] {
                if self.is_farther(query, below, farthest) {
                    farthest = below;
                }
            }
            if farthest == at {
                return;
            }
            self.found.swap(at, farthest);
            at = farthest;
        }
    }
}

/// True if a score and key come before what was found.
fn is_nearer(query: &Query, (score, key): (f64, &[u8]), found: &Found) -> bool {
    query.is_nearer(score, found.score) || (score == found.score && key < found.key.as_bytes())
}
