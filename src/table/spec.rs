//! What CreateTable comes to once validated, and the table that the admin actor makes of it.

use super::{
    BillingMode, Encryption, GlobalIndex, IndexId, IndexName, IndexStatus, KeyAttribute, KeySchema, LocalIndex,
    OnDemandThroughput, PolicySlot, Projection, ProvisionedThroughput, Stream, StreamView, Table, TableClass, TableId,
    TableName, TableStatus, Tag, Throughput, Uuid, VectorDefinition, VectorIndex, WarmChange, starting_warmth,
};
use crate::value::key::HashSeed;
use std::rc::Rc;

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
    /// Vector indexes.
    pub vector_indexes: Vec<VectorDefinition>,
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
    /// A resource policy, as JSON text.
    pub policy: Option<Rc<str>>,
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

/// What the admin actor brings to a new table.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    /// Identifies the table.
    pub id: TableId,
    /// `TableId` of the API.
    pub uuid: Uuid,
    /// Chooses the placement of keys.
    pub seed: HashSeed,
    /// Identifier of the first global index; the following ones, then the vector indexes, count up from it.
    pub first_index: IndexId,
    /// Now, in epoch milliseconds.
    pub now_ms: u64,
}

impl TableSpec {
    /// A table that is charged by the request and has nothing but a key.
    pub fn on_demand(name: TableName, schema: KeySchema, attributes: Vec<KeyAttribute>) -> Self {
        TableSpec {
            name,
            schema,
            attributes,
            local_indexes: Vec::new(),
            global_indexes: Vec::new(),
            vector_indexes: Vec::new(),
            billing: BillingMode::PayPerRequest,
            throughput: Throughput::default(),
            on_demand: None,
            warm: WarmChange::default(),
            class: None,
            stream: None,
            deletion_protection: false,
            encryption: None,
            tags: Vec::new(),
            policy: None,
        }
    }

    /// The table that this makes, in the state the admin actor wants to show first.
    pub fn into_table(self, birth: Birth, status: TableStatus) -> Table {
        let on_demand = matches!(self.billing, BillingMode::PayPerRequest);
        let index_status = match status {
            TableStatus::Creating => IndexStatus::Creating { backfilling: false },
            TableStatus::Updating | TableStatus::Deleting | TableStatus::Active => IndexStatus::Active,
        };
        let mut ids = (birth.first_index.0..).map(IndexId);
        let global_indexes = self
            .global_indexes
            .into_iter()
            .zip(&mut ids)
            .map(|(spec, id)| spec.into_index(id, self.billing, index_status))
            .collect();
        let vector_indexes = self
            .vector_indexes
            .into_iter()
            .zip(ids)
            .map(|(definition, id)| VectorIndex {
                id,
                definition,
                status: index_status,
            })
            .collect();
        Table {
            id: birth.id,
            name: self.name,
            uuid: birth.uuid,
            hash_seed: birth.seed,
            created_ms: birth.now_ms,
            status,
            updates: 0,
            schema: self.schema,
            attributes: self.attributes,
            local_indexes: self.local_indexes,
            global_indexes,
            vector_indexes,
            billing: self.billing,
            on_demand_since_ms: on_demand.then_some(birth.now_ms),
            throughput: ProvisionedThroughput::new(self.throughput),
            on_demand: self.on_demand,
            warm: self.warm.over(starting_warmth(self.billing, self.throughput)),
            warm_updating: false,
            class: self.class,
            class_changed_ms: None,
            stream: self.stream.map(|view| Stream {
                view: Some(view),
                enabled_ms: birth.now_ms,
            }),
            deletion_protection: self.deletion_protection,
            encryption: self.encryption,
            tags: self.tags,
            time_to_live: None,
            kinesis: Vec::new(),
            policy: PolicySlot::created(self.policy, birth.now_ms),
            stream_policy: PolicySlot::default(),
            insights: None,
        }
    }
}

impl GlobalIndexSpec {
    /// The index that this makes on a table that is charged like that.
    pub fn into_index(self, id: IndexId, billing: BillingMode, status: IndexStatus) -> GlobalIndex {
        GlobalIndex {
            id,
            name: self.name,
            schema: self.schema,
            projection: self.projection,
            throughput: ProvisionedThroughput::new(self.throughput),
            on_demand: self.on_demand,
            warm: self.warm.over(starting_warmth(billing, self.throughput)),
            status,
            insights: None,
        }
    }
}
