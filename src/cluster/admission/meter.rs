//! The buckets of one table or one global index.

use super::bucket::Bucket;
use super::terms::{Allowance, Terms};
use crate::error::throttling::{Access, Limit};
use crate::ordered::OrderedMap;
use crate::request::capacity::Units;
use crate::time::Time;
use crate::value::key::PartitionHash;
use std::ops::RangeInclusive;

/// Meters reads and writes of a table or an index.
#[derive(Clone, Debug)]
pub(super) struct Meter {
    terms: Terms,
    read: Buckets,
    write: Buckets,
}

/// The buckets of one kind of requests.
#[derive(Clone, Debug)]
struct Buckets {
    whole: Bucket,
    /// Those of the key ranges that were asked for; the others are as new.
    ranges: OrderedMap<u32, Bucket>,
}

impl Buckets {
    fn new(allowance: Allowance, now: Time) -> Self {
        Buckets {
            whole: Bucket::new(allowance.whole, now),
            ranges: OrderedMap::new(),
        }
    }
}

impl Meter {
    pub fn new(terms: Terms, now: Time) -> Self {
        Meter {
            terms,
            read: Buckets::new(terms.read, now),
            write: Buckets::new(terms.write, now),
        }
    }

    /// True if capacity is provisioned.
    pub fn is_provisioned(&self) -> bool {
        self.terms.provisioned
    }

    /// Goes on under other terms. What has been saved or is owed stays, within the new measure; another way of being billed begins
    /// anew, and so do the key ranges when there are more.
    pub fn change(&mut self, terms: Terms, now: Time) {
        if self.terms == terms {
            return;
        }
        let anew = self.terms.provisioned != terms.provisioned;
        let divided = anew || self.terms.ranges != terms.ranges;
        let kinds = [
            (&mut self.read, self.terms.read, terms.read),
            (&mut self.write, self.terms.write, terms.write),
        ];
        for (buckets, old, new) in kinds {
            if anew || old.limit != new.limit {
                buckets.whole = Bucket::new(new.whole, now);
            } else {
                buckets.whole.fill(old.whole, now);
            }
            if divided {
                buckets.ranges.clear();
            }
        }
        self.terms = terms;
    }

    fn of(&mut self, access: Access) -> (&mut Buckets, Allowance) {
        match access {
            Access::Read => (&mut self.read, self.terms.read),
            Access::Write => (&mut self.write, self.terms.write),
        }
    }

    /// The limit of the whole, if it is exhausted.
    pub fn exhausted(&mut self, access: Access, now: Time) -> Option<Limit> {
        let (buckets, allowance) = self.of(access);
        buckets.whole.fill(allowance.whole, now);
        (!buckets.whole.is_open()).then_some(allowance.limit)
    }

    /// True if the key range of a hash is exhausted.
    pub fn is_range_exhausted(&mut self, access: Access, hash: PartitionHash, now: Time) -> bool {
        let range = self.range(hash);
        let (buckets, allowance) = self.of(access);
        let Some(bucket) = buckets.ranges.get_mut(&range) else {
            return false;
        };
        bucket.fill(allowance.range, now);
        !bucket.is_open()
    }

    /// The hashes of every key range that is exhausted.
    pub fn exhausted_ranges(&mut self, access: Access, now: Time) -> Vec<RangeInclusive<PartitionHash>> {
        let ranges = self.terms.ranges;
        let (buckets, allowance) = self.of(access);
        let mut exhausted = Vec::new();
        for (range, bucket) in buckets.ranges.iter_mut() {
            bucket.fill(allowance.range, now);
            if !bucket.is_open() {
                exhausted.push(hashes(*range, ranges));
            }
        }
        exhausted
    }

    /// Takes units for what is at a hash.
    pub fn take(&mut self, access: Access, hash: PartitionHash, units: Units, now: Time) {
        let range = self.range(hash);
        let (buckets, allowance) = self.of(access);
        buckets.whole.take(units);
        let bucket = buckets
            .ranges
            .get_or_insert_with(range, || Bucket::new(allowance.range, now));
        bucket.take(units);
    }

    /// Puts units back that were taken and not consumed.
    pub fn put_back(&mut self, access: Access, hash: PartitionHash, units: Units) {
        let range = self.range(hash);
        let (buckets, _) = self.of(access);
        buckets.whole.put_back(units);
        if let Some(bucket) = buckets.ranges.get_mut(&range) {
            bucket.put_back(units);
        }
    }

    /// The key range that owns a hash: equal shares of all hashes.
    fn range(&self, hash: PartitionHash) -> u32 {
        ((u128::from(hash.0) * u128::from(self.terms.ranges)) >> 64) as u32
    }
}

/// The hashes that a key range owns.
fn hashes(range: u32, ranges: u32) -> RangeInclusive<PartitionHash> {
    let first = |range: u64| ((u128::from(range) << 64).div_ceil(u128::from(ranges.max(1)))) as u64;
    let next = u64::from(range) + 1;
    let last = if next >= u64::from(ranges) {
        u64::MAX
    } else {
        first(next) - 1
    };
    PartitionHash(first(u64::from(range)))..=PartitionHash(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_ranges_share_all_hashes() {
        for ranges in [1, 2, 3, 4, 7, 10] {
            let meter = |hash| ((u128::from(hash) * u128::from(ranges)) >> 64) as u32;
            let mut next = 0u128;
            for range in 0..ranges {
                let own = hashes(range, ranges);
                assert_eq!(u128::from(own.start().0), next);
                assert_eq!((meter(own.start().0), meter(own.end().0)), (range, range));
                next = u128::from(own.end().0) + 1;
            }
            assert_eq!(next, 1 << 64, "the last owns the last hash");
        }
    }
}
