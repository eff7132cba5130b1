//! What CreateTable and UpdateTable come to once validated: a table to make, or a change to make to one.
//!
//! Pure: the admin actor brings the time and the identifiers and decides when each step of a lifecycle happens.

use super::{
    AttributeName, BillingMode, Encryption, GlobalIndex, IndexId, IndexName, IndexStatus, KeyAttribute, KeySchema,
    LocalIndex, OnDemandThroughput, Projection, ProvisionedThroughput, Stream, StreamView, Table, TableClass, TableId,
    TableName, TableStatus, Tag, Throughput, Uuid, WarmThroughput,
};
use crate::limits;
use crate::value::key::HashSeed;

/// A table to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// Its name.
    pub name: TableName,
    /// The primary key.
    pub schema: KeySchema,
    /// `AttributeDefinitions`, in the order given.
    pub attributes: Vec<KeyAttribute>,
    /// Local secondary indexes.
    pub local_indexes: Vec<LocalIndex>,
    /// Global secondary indexes.
    pub global_indexes: Vec<GlobalIndexSpec>,
    /// How it is charged.
    pub billing: BillingMode,
    /// Provisioned capacity; zero on demand.
    pub throughput: Throughput,
    /// On-demand ceilings.
    pub on_demand: Option<OnDemandThroughput>,
    /// Throughput served at once, as far as asked for.
    pub warm: WarmChange,
    /// Storage class, if named.
    pub class: Option<TableClass>,
    /// The stream, if enabled.
    pub stream: Option<StreamView>,
    /// True if DeleteTable is refused.
    pub deletion_protection: bool,
    /// Encryption with a key of the Key Management Service.
    pub encryption: Option<Encryption>,
    /// Tags.
    pub tags: Vec<Tag>,
}

/// A global index to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobalIndexSpec {
    /// Its name.
    pub name: IndexName,
    /// Its key.
    pub schema: KeySchema,
    /// What it copies.
    pub projection: Projection,
    /// Provisioned capacity; zero on demand.
    pub throughput: Throughput,
    /// On-demand ceilings.
    pub on_demand: Option<OnDemandThroughput>,
    /// Throughput served at once, as far as asked for.
    pub warm: WarmChange,
}

/// Warm throughput asked for, member by member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WarmChange {
    /// `ReadUnitsPerSecond`
    pub read: Option<u64>,
    /// `WriteUnitsPerSecond`
    pub write: Option<u64>,
}

/// A change of one on-demand ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// Sets it.
    To(u64),
    /// Removes it: `-1` in the request.
    Removed,
}

/// On-demand ceilings asked for, member by member; what is absent stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnDemandChange {
    /// `MaxReadRequestUnits`
    pub read_max: Option<Ceiling>,
    /// `MaxWriteRequestUnits`
    pub write_max: Option<Ceiling>,
}

/// A change to a table. Absent members stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableChange {
    /// Definitions that the request adds; stored ones win.
    pub attributes: Vec<KeyAttribute>,
    /// How the table is charged.
    pub billing: Option<BillingMode>,
    /// Provisioned capacity.
    pub throughput: Option<Throughput>,
    /// On-demand ceilings.
    pub on_demand: Option<OnDemandChange>,
    /// Warm throughput; only ever raised.
    pub warm: WarmChange,
    /// Storage class.
    pub class: Option<TableClass>,
    /// Enables the stream, or disables it.
    pub stream: Option<StreamChange>,
    /// Whether DeleteTable is refused.
    pub deletion_protection: Option<bool>,
    /// Encryption: a managed key, or the service's own.
    pub encryption: Option<Option<Encryption>>,
    /// Index changes, at most one of them a creation or a deletion.
    pub indexes: Vec<IndexChange>,
}

/// A change of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamChange {
    /// Enables it.
    Enable(StreamView),
    /// Disables it; its label stays known.
    Disable,
}

/// A change of a global index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexChange {
    /// Makes it, and fills it from the table.
    Create(Box<GlobalIndexSpec>),
    /// Changes its capacity.
    Update {
        /// The index.
        name: IndexName,
        /// Provisioned capacity.
        throughput: Option<Throughput>,
        /// On-demand ceilings.
        on_demand: Option<OnDemandChange>,
        /// Warm throughput.
        warm: WarmChange,
    },
    /// Drops it.
    Delete(IndexName),
}

/// What the admin actor brings to a new table.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    /// Identifies the table.
    pub id: TableId,
    /// `TableId` of the API.
    pub uuid: Uuid,
    /// Chooses the placement of keys.
    pub seed: HashSeed,
    /// Identifier of the first global index; the following ones count up from it.
    pub first_index: IndexId,
    /// Now, in epoch milliseconds.
    pub now_ms: u64,
}
