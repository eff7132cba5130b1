//! Counting what a table and its indexes hold, partition by partition.

use super::map::{Layout, Place};
use super::message::{PartitionId, ReplicaId, RequestId};
use crate::replica::Measure;
use crate::table::{Counts, Table, TableStatistics};
use std::rc::Rc;

/// A count that is going on, and the request it is for.
#[derive(Clone, Debug)]
pub(super) struct Census {
    request: RequestId,
    table: Rc<Table>,
    then: Then,
    statistics: TableStatistics,
    missing: Vec<Missing>,
}

/// What happens once everything is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The request is answered.
    Answer,
    /// The request is answered and the table's partitions go.
    AnswerAndRetire,
}

/// A partition that has not been counted.
#[derive(Clone, Copy, Debug)]
struct Missing {
    partition: PartitionId,
    leader: ReplicaId,
    /// Position among the table's fed indexes of the one it belongs to; none for the table's own.
    index: Option<usize>,
}

impl Census {
    /// A census of the partitions of a table, none of which has answered.
    pub(super) fn new(request: RequestId, table: Rc<Table>, then: Then, layout: &Layout) -> Self {
        let indexes = table.fed_indexes().enumerate();
        let indexes = indexes.map(|(at, index)| (Some(at), Place::index(table.id, index.id)));
        let missing = std::iter::once((None, Place::table(table.id)))
            .chain(indexes)
            .filter_map(|(index, place)| Some((index, layout.get(place)?)))
            .flat_map(|(index, partitions)| {
                partitions.all().iter().map(move |partition| Missing {
                    partition: partition.id,
                    leader: partition.leader,
                    index,
                })
            })
            .collect();
        Census {
            request,
            then,
            statistics: TableStatistics::empty(&table),
            table,
            missing,
        }
    }

    /// The partitions that have not been counted, and their leaders.
    pub(super) fn missing(&self) -> impl Iterator<Item = (PartitionId, ReplicaId)> {
        self.missing.iter().map(|missing| (missing.partition, missing.leader))
    }

    /// Whether every partition has answered.
    pub(super) fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Takes in the measure of a partition; one that has answered before is not counted again.
    pub(super) fn count(&mut self, partition: PartitionId, measure: &Measure) {
        let Some(at) = self.missing.iter().position(|missing| missing.partition == partition) else {
            return;
        };
        let missing = self.missing.swap_remove(at);
        let statistics = &mut self.statistics;
        match missing.index {
            Some(index) => add(statistics.fed_mut(index), measure.rows),
            None => {
                add(Some(&mut statistics.table), measure.rows);
                for (sum, local) in statistics.local_indexes.iter_mut().zip(&measure.locals) {
                    add(Some(sum), *local);
                }
            }
        }
    }

    /// What was asked, by whom, and the sums.
    pub(super) fn into_answer(self) -> (RequestId, Rc<Table>, Then, TableStatistics) {
        (self.request, self.table, self.then, self.statistics)
    }
}

fn add(sum: Option<&mut Counts>, counts: Counts) {
    if let Some(sum) = sum {
        sum.items += counts.items;
        sum.bytes += counts.bytes;
    }
}
