//! What the cluster looks like from outside: partitions, replicas, and how far each log is.

use super::Cluster;
use super::map::Place;
use super::message::{PartitionId, ReplicaId, SequenceNumber};
use crate::replica::RoleName;
use serde::Serialize;

/// The cluster at a moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Description {
    /// The moment, in milliseconds since the epoch.
    pub now: f64,
    /// Every partition, tables in the order they were made, their indexes behind them.
    pub partitions: Vec<PartitionDescription>,
}

/// A partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionDescription {
    /// Identifies it.
    pub id: PartitionId,
    /// The table.
    pub table: String,
    /// The global index or vector index, if it is a part of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// The first and the last hash it owns, as 16 hexadecimal digits each: JavaScript's numbers cannot hold them.
    pub hash_range: [String; 2],
    /// The replica that leads.
    pub leader: ReplicaId,
    /// Its replicas, in the order of their zones.
    pub replicas: Vec<ReplicaDescription>,
}

/// A replica. The last three are sequence numbers in the partition's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplicaDescription {
    /// Identifies it.
    pub id: ReplicaId,
    /// The zone it is in.
    pub zone: String,
    /// What it does for the partition.
    pub role: RoleName,
    /// The newest entry of its log.
    pub appended: SequenceNumber,
    /// The newest entry it knows to be committed.
    pub committed: SequenceNumber,
    /// The newest entry it has applied.
    pub applied: SequenceNumber,
}

impl Cluster {
    /// What the cluster looks like now.
    pub fn describe(&self) -> Description {
        let mut partitions = Vec::new();
        for (place, places) in self.admin.layout().iter() {
            let Some((table, index)) = self.names(place) else {
                continue;
            };
            for (partition, range) in places.ranges() {
                partitions.push(PartitionDescription {
                    id: partition.id,
                    table: table.clone(),
                    index: index.clone(),
                    hash_range: [range.start(), range.end()].map(|hash| format!("{:016x}", hash.0)),
                    leader: partition.leader,
                    replicas: (0u8..)
                        .zip(&partition.replicas)
                        .filter_map(|(zone, replica)| self.describe_replica(zone, *replica))
                        .collect(),
                });
            }
        }
        Description {
            now: self.now().as_ms(),
            partitions,
        }
    }

    /// Names of a table, and of an index where the place is one; none once they are gone.
    pub(super) fn names(&self, place: Place) -> Option<(String, Option<String>)> {
        let table = self.admin.catalog().after(None).find(|table| table.id == place.table)?;
        let index = match place.index {
            None => None,
            Some(id) => {
                let index = table.fed_indexes().find(|index| index.id == id)?;
                Some(index.name.as_str().to_owned())
            }
        };
        Some((table.name.as_str().to_owned(), index))
    }

    fn describe_replica(&self, zone: u8, id: ReplicaId) -> Option<ReplicaDescription> {
        let replica = self.replica(id)?;
        Some(ReplicaDescription {
            id,
            zone: char::from(b'a' + zone).to_string(),
            role: replica.role(),
            appended: replica.appended(),
            committed: replica.committed(),
            applied: replica.applied(),
        })
    }
}
