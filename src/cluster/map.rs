//! Where everything is: the partitions of every table and index, by hash range, and the replicas of each.

use super::message::{PartitionId, ReplicaId};
use crate::ordered::OrderedMap;
use crate::table::{IndexId, TableId};
use crate::value::key::PartitionHash;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A partition and its replicas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Identifies it.
    pub id: PartitionId,
    /// The first hash it owns. It owns all up to the next partition's first.
    pub first: PartitionHash,
    /// The replica that leads it.
    pub leader: ReplicaId,
    /// All its replicas, the leader among them, one in each zone.
    pub replicas: Vec<ReplicaId>,
}

/// What is partitioned: a table, or one of its global or vector indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The table.
    pub table: TableId,
    /// The index, if it is one.
    pub index: Option<IndexId>,
}

impl Place {
    /// The rows of a table.
    pub fn table(table: TableId) -> Self {
        Place { table, index: None }
    }
    /// The entries of a global or vector index.
    pub fn index(table: TableId, index: IndexId) -> Self {
        Place {
            table,
            index: Some(index),
        }
    }
}

/// The partitions of one table or index, in the order of their hashes. They cover every hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partitions(Vec<Partition>);

impl Partitions {
    /// Takes partitions in the order of their hashes, the first of which starts at zero; `None` if they are not like that.
    pub fn new(partitions: Vec<Partition>) -> Option<Self> {
        let covers = partitions.first()?.first == PartitionHash(0);
        let sorted = partitions.is_sorted_by(|a, b| a.first < b.first);
        (covers && sorted).then_some(Partitions(partitions))
    }
    /// All of them.
    pub fn all(&self) -> &[Partition] {
        &self.0
    }
    /// The partition that owns a hash.
    #[inline]
    pub fn owner(&self, hash: PartitionHash) -> Option<&Partition> {
        match self.0.as_slice() {
            [only] => Some(only),
            several => several.get(self.owner_at(hash)),
        }
    }
    /// The place among [`Partitions::all`] of the partition that owns a hash.
    pub fn owner_at(&self, hash: PartitionHash) -> usize {
        self.0
            .partition_point(|partition| partition.first <= hash)
            .saturating_sub(1)
    }
    /// The partitions that own some of the hashes, in order.
    pub fn owners(&self, hashes: &RangeInclusive<PartitionHash>) -> &[Partition] {
        if hashes.is_empty() {
            return &[];
        }
        let (first, last) = (self.owner_at(*hashes.start()), self.owner_at(*hashes.end()));
        self.0.get(first..=last).unwrap_or_default()
    }
    /// The hashes that each partition owns, in order.
    pub fn ranges(&self) -> impl Iterator<Item = (&Partition, RangeInclusive<PartitionHash>)> {
        let ends = self.0.iter().skip(1).map(|next| PartitionHash(next.first.0 - 1));
        let ends = ends.chain([PartitionHash(u64::MAX)]);
        self.0
            .iter()
            .zip(ends)
            .map(|(partition, end)| (partition, partition.first..=end))
    }
}

/// The first hash of each of `count` partitions that share all hashes evenly.
pub fn even_shares(count: u32) -> impl Iterator<Item = PartitionHash> {
    let width = (u128::from(u64::MAX) + 1) / u128::from(count.max(1));
    (0..count.max(1)).map(move |at| PartitionHash((width * u128::from(at)) as u64))
}

/// The partitions of everything.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    places: OrderedMap<Place, Rc<Partitions>>,
}

impl Layout {
    /// Where a table or an index is.
    pub fn get(&self, place: Place) -> Option<&Rc<Partitions>> {
        self.places.get(&place)
    }
    /// Notes where a table or an index is.
    pub fn insert(&mut self, place: Place, partitions: Partitions) {
        self.places.insert(place, Rc::new(partitions));
    }
    /// Forgets a table or an index.
    pub fn remove(&mut self, place: Place) -> Option<Rc<Partitions>> {
        self.places.remove(&place)
    }
    /// Everything, tables before their indexes.
    pub fn iter(&self) -> impl Iterator<Item = (Place, &Partitions)> {
        self.places.iter().map(|(place, partitions)| (*place, &**partitions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partitions(count: u32) -> Partitions {
        let partition = |(id, first)| Partition {
            id: PartitionId(id),
            first,
            leader: ReplicaId(id),
            replicas: vec![ReplicaId(id)],
        };
        Partitions::new((0..).zip(even_shares(count)).map(partition).collect()).unwrap()
    }

    #[test]
    fn every_hash_has_one_owner() {
        for count in [1, 2, 3, 7] {
            let partitions = partitions(count);
            let mut next = 0u128;
            for (partition, range) in partitions.ranges() {
                assert_eq!(u128::from(range.start().0), next);
                next = u128::from(range.end().0) + 1;
                for hash in [range.start(), range.end()] {
                    assert_eq!(partitions.owner(*hash), Some(partition));
                }
            }
            assert_eq!(next, 1 << 64, "the last owns the last hash");
        }
    }

    #[test]
    fn a_range_of_hashes_is_owned_by_its_neighbours() {
        let partitions = partitions(4);
        let ids = |from: u64, to: u64| -> Vec<u32> {
            let owners = partitions.owners(&(PartitionHash(from)..=PartitionHash(to)));
            owners.iter().map(|partition| partition.id.0).collect()
        };
        assert_eq!(ids(0, u64::MAX), [0, 1, 2, 3]);
        assert_eq!(ids(1 << 62, (1 << 63) - 1), [1]);
        assert_eq!(ids((1 << 62) - 1, 1 << 62), [0, 1]);
        assert_eq!(ids(5, 4), [0u32; 0]);
    }

    #[test]
    fn partitions_must_cover_every_hash_in_order() {
        let partition = |first| Partition {
            id: PartitionId(0),
            first: PartitionHash(first),
            leader: ReplicaId(0),
            replicas: Vec::new(),
        };
        assert!(Partitions::new(Vec::new()).is_none());
        assert!(Partitions::new(vec![partition(1)]).is_none());
        assert!(Partitions::new(vec![partition(0), partition(0)]).is_none());
    }
}
