//! Tables as data: what a table is, where its rows and index entries sort, what an index copies, how it is described.
//!
//! A [`Table`] is an immutable snapshot shared by every request that was planned against it; the admin actor owns the truth
//! and publishes a new snapshot for each change. Nothing here reads a clock or keeps state.

mod annotation;
mod arn;
mod busy;
mod capacity;
mod catalog;
mod change;
mod entries;
mod kinesis;
mod resource;
mod schema;
mod spec;
mod stream;
mod time_to_live;
mod vector;

pub use annotation::*;
pub use arn::{Label, Origin};
pub use busy::Online;
pub use capacity::*;
pub use catalog::{Catalog, bare_name};
pub use change::*;
pub use entries::{Parts, key_parts};
pub use kinesis::*;
pub use resource::{BadArn, Part, ResourceArn};
pub use schema::*;
pub use spec::*;
pub use stream::*;
pub use time_to_live::*;
pub use vector::*;

use crate::value::Item;
use crate::value::key::{HashSeed, OrderedBytes, PartitionHash};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// One table, as it stood when the snapshot was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// This incarnation.
    pub id: TableId,
    /// Its name.
    pub name: TableName,
    /// `TableId`: one random UUID for the table's life.
    pub uuid: Uuid,
    /// Chooses where keys lie in the table's hash space; its global indexes use it too.
    pub hash_seed: HashSeed,
    /// When CreateTable was accepted, in epoch milliseconds.
    pub created_ms: u64,
    /// Where it stands.
    pub status: TableStatus,
    /// Counts UpdateTable's changes since the process began: a change that was planned at another count has been overtaken.
    #[serde(skip)]
    pub updates: u32,
    /// The table as it was before the changes that are under way: descriptions go on showing its capacity, class and encryption.
    #[serde(skip)]
    pub former: Option<Rc<Table>>,
    /// The primary key.
    pub schema: KeySchema,
    /// `AttributeDefinitions`, in the order given: the attributes of all keys.
    pub attributes: Vec<KeyAttribute>,
    /// Local secondary indexes, in the order given.
    pub local_indexes: Vec<LocalIndex>,
    /// Global secondary indexes, in the order given; added ones follow.
    pub global_indexes: Vec<GlobalIndex>,
    /// Vector indexes, in the order given; added ones follow.
    pub vector_indexes: Vec<VectorIndex>,
    /// How it is charged.
    pub billing: BillingMode,
    /// When it last was switched to (or created with) on-demand billing, in epoch milliseconds.
    pub on_demand_since_ms: Option<u64>,
    /// Provisioned capacity; zero on demand.
    pub throughput: ProvisionedThroughput,
    /// On-demand ceilings, when any was set.
    pub on_demand: Option<OnDemandThroughput>,
    /// Throughput served at once.
    pub warm: WarmThroughput,
    /// True while warm throughput that was asked for settles.
    pub warm_updating: bool,
    /// Storage class, once one was named.
    pub class: Option<TableClass>,
    /// When the storage class was last changed, in epoch milliseconds.
    pub class_changed_ms: Option<u64>,
    /// The table's stream, once it had one.
    pub stream: Option<Stream>,
    /// True if DeleteTable is refused.
    pub deletion_protection: bool,
    /// Encryption with a key of the Key Management Service; `None` is the service's own key.
    pub encryption: Option<Encryption>,
    /// Tags, in the order given.
    pub tags: Vec<Tag>,
    /// When items expire, once that was ever asked for.
    pub time_to_live: Option<TimeToLive>,
    /// Kinesis data streams that changes go to, in the order in which they were first enabled.
    pub kinesis: Vec<KinesisDestination>,
    /// The table's resource policy.
    pub policy: PolicySlot,
    /// The resource policy of its newest stream.
    pub stream_policy: PolicySlot,
    /// Contributor Insights of the table, once they were switched on.
    pub insights: Option<Insights>,
}

/// Where a row of a table, or an entry of a global index, is: which partition (by hash), and where in its B-tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// Hash of the partition key: routes the row.
    pub hash: PartitionHash,
    /// The hash, the partition key, the sort key: byte order is DynamoDB's order.
    pub bytes: OrderedBytes,
}

/// One entry of a global index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// Hash and order of the index key, then the table's key, so that entries of equal index keys stay apart.
    pub key: RowKey,
    /// The keys and what the index projects; shares the base item's bytes when everything is projected.
    pub item: Item,
}

/// What a table or an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of items or entries.
    pub items: u64,
    /// Their sizes, in DynamoDB's bytes.
    pub bytes: u64,
}

/// What a table and its indexes hold, indexes by position in the table's lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableStatistics {
    /// When they were counted, in epoch milliseconds.
    pub counted_ms: u64,
    /// The table.
    pub table: Counts,
    /// Its local indexes.
    pub local_indexes: Vec<Counts>,
    /// Its global indexes.
    pub global_indexes: Vec<Counts>,
    /// Its vector indexes.
    pub vector_indexes: Vec<Counts>,
}

impl TableStatistics {
    /// Nothing in the table, nothing in any of its indexes.
    pub fn empty(table: &Table) -> Self {
        TableStatistics {
            counted_ms: 0,
            table: Counts::default(),
            local_indexes: vec![Counts::default(); table.local_indexes.len()],
            global_indexes: vec![Counts::default(); table.global_indexes.len()],
            vector_indexes: vec![Counts::default(); table.vector_indexes.len()],
        }
    }

    /// The counts of the index at a position among [`Table::fed_indexes`].
    pub fn fed_mut(&mut self, at: usize) -> Option<&mut Counts> {
        let globals = self.global_indexes.len();
        match at.checked_sub(globals) {
            None => self.global_indexes.get_mut(at),
            Some(at) => self.vector_indexes.get_mut(at),
        }
    }
}
