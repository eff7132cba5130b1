//! What CreateTable and UpdateTable come to once validated: a table to make, or a change to make to one.
//!
//! Pure: the admin actor brings the time and the identifiers and decides when each step of a lifecycle happens.

use super::{
    AttributeName, BillingMode, Encryption, GlobalIndex, IndexId, IndexName, IndexStatus, KeyAttribute, KeySchema,
    LocalIndex, OnDemandThroughput, PolicySlot, Projection, ProvisionedThroughput, Stream, StreamView, Table,
    TableClass, TableId, TableName, TableStatus, Tag, Throughput, Uuid, VectorDefinition, VectorIndex, WarmThroughput,
};
use crate::limits;
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

/// A change of a global index or a vector index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexChange {
    /// Makes a global index, and fills it from the table.
    Create(Box<GlobalIndexSpec>),
    /// Makes a vector index, and fills it from the table.
    CreateVector(Box<VectorDefinition>),
    /// Changes a global index's capacity.
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
    /// Drops an index of either kind: no two have one name.
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
    /// Identifier of the first global index; the following ones, then the vector indexes, count up from it.
    pub first_index: IndexId,
    /// Now, in epoch milliseconds.
    pub now_ms: u64,
}

impl TableSpec {
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

impl ProvisionedThroughput {
    /// Capacity that was never changed.
    pub fn new(units: Throughput) -> Self {
        ProvisionedThroughput {
            units,
            ..ProvisionedThroughput::default()
        }
    }

    /// This capacity after a change at `now_ms`; the count of decreases starts again with each UTC day.
    pub fn changed(mut self, units: Throughput, now_ms: u64) -> Self {
        const DAY_MS: u64 = 86_400_000;
        if units.read > self.units.read || units.write > self.units.write {
            self.increased_ms = Some(now_ms);
        }
        if units.read < self.units.read || units.write < self.units.write {
            let same_day = self.decreased_ms.is_some_and(|at| at / DAY_MS == now_ms / DAY_MS);
            self.decreases_today = if same_day { self.decreases_today + 1 } else { 1 };
            self.decreased_ms = Some(now_ms);
        }
        self.units = units;
        self
    }
}

impl WarmChange {
    /// True if nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.read.is_none() && self.write.is_none()
    }
    /// `current` with what is asked for.
    pub fn over(self, current: WarmThroughput) -> WarmThroughput {
        WarmThroughput {
            read: self.read.unwrap_or(current.read),
            write: self.write.unwrap_or(current.write),
        }
    }
}

/// What a new table or index serves at once. On demand it is the documented default; provisioned capacity is instantly there
/// within a partition's own bounds, so the greater of the two.
pub fn starting_warmth(billing: BillingMode, throughput: Throughput) -> WarmThroughput {
    match billing {
        BillingMode::PayPerRequest => WarmThroughput {
            read: limits::WARM_READ_UNITS,
            write: limits::WARM_WRITE_UNITS,
        },
        BillingMode::Provisioned => WarmThroughput {
            read: limits::WARM_READ_UNITS.max(throughput.read),
            write: limits::WARM_WRITE_UNITS.max(throughput.write),
        },
    }
}

impl OnDemandChange {
    /// `current` with the members that are asked for; `None` once no ceiling is left.
    pub fn over(self, current: Option<OnDemandThroughput>) -> Option<OnDemandThroughput> {
        let current = current.unwrap_or_default();
        let member = |change: Option<Ceiling>, current: Option<u64>| match change {
            None => current,
            Some(Ceiling::To(units)) => Some(units),
            Some(Ceiling::Removed) => None,
        };
        let merged = OnDemandThroughput {
            read_max: member(self.read_max, current.read_max),
            write_max: member(self.write_max, current.write_max),
        };
        (merged != OnDemandThroughput::default()).then_some(merged)
    }
}

/// A table after a change was asked for at `now_ms`: settings are as asked, a new index is CREATING under `new_index`, a dropped
/// one is DELETING, changed ones and the table are UPDATING. [`settled`] is what it comes to.
///
/// The admin actor publishes this, does the work that takes time (backfill, dropping), then publishes [`settled`]; with transient
/// states off nobody sees the first.
pub fn apply_change(table: &Table, change: &TableChange, new_index: IndexId, now_ms: u64) -> Table {
    let mut next = table.clone();
    next.status = TableStatus::Updating;
    next.updates = next.updates.wrapping_add(1);
    merge_attributes(&mut next.attributes, &change.attributes);
    if let Some(billing) = change.billing {
        change_billing(&mut next, billing, now_ms);
    }
    if let Some(units) = change.throughput {
        next.throughput = next.throughput.changed(units, now_ms);
        next.warm = warmed(next.warm, units);
    }
    if let Some(on_demand) = change.on_demand {
        next.on_demand = on_demand.over(next.on_demand);
    }
    next.warm_updating = !change.warm.is_empty();
    next.warm = change.warm.over(next.warm);
    if let Some(class) = change.class {
        if next.class.unwrap_or(TableClass::Standard) != class {
            next.class_changed_ms = Some(now_ms);
        }
        next.class = Some(class);
    }
    match change.stream {
        None => {}
        Some(StreamChange::Enable(view)) => {
            next.stream = Some(Stream {
                view: Some(view),
                enabled_ms: now_ms,
            });
            // A policy belongs to its stream; the new one has none.
            next.stream_policy = PolicySlot::default();
        }
        Some(StreamChange::Disable) => {
            if let Some(stream) = &mut next.stream {
                stream.view = None;
            }
        }
    }
    if let Some(protected) = change.deletion_protection {
        next.deletion_protection = protected;
    }
    if let Some(encryption) = &change.encryption {
        next.encryption = encryption.clone();
    }
    for index in &change.indexes {
        change_index(&mut next, index, new_index, now_ms);
    }
    next
}

/// A table once everything that was asked for is done: ACTIVE, its indexes ACTIVE, dropped ones gone together with the definitions
/// that only they used.
pub fn settled(table: &Table) -> Table {
    let mut next = table.clone();
    next.status = TableStatus::Active;
    next.warm_updating = false;
    let indexes = next.fed_indexes().count();
    next.global_indexes
        .retain(|index| index.status != IndexStatus::Deleting);
    next.vector_indexes
        .retain(|index| index.status != IndexStatus::Deleting);
    for (_, _, status) in next.fed_statuses_mut() {
        *status = IndexStatus::Active;
    }
    if next.fed_indexes().count() < indexes {
        prune_attributes(&mut next);
    }
    next
}

/// Stored definitions win over what a request says again.
fn merge_attributes(stored: &mut Vec<KeyAttribute>, added: &[KeyAttribute]) {
    for attribute in added {
        if stored.iter().all(|known| known.name != attribute.name) {
            stored.push(attribute.clone());
        }
    }
}

fn prune_attributes(table: &mut Table) {
    let used = |name: &AttributeName| {
        let mut vectors = table.vector_indexes.iter();
        if vectors.any(|index| index.definition.search_attribute(name.as_str()).is_some()) {
            return true;
        }
        let name = name.as_bytes();
        table.schema.contains(name)
            || table.local_indexes.iter().any(|index| index.schema.contains(name))
            || table.global_indexes.iter().any(|index| index.schema.contains(name))
    };
    let kept: Vec<KeyAttribute> = table
        .attributes
        .iter()
        .filter(|attribute| used(&attribute.name))
        .cloned()
        .collect();
    table.attributes = kept;
}

/// On-demand billing has no provisioned capacity, provisioned billing no ceilings.
fn change_billing(table: &mut Table, billing: BillingMode, now_ms: u64) {
    let changed = table.billing != billing;
    table.billing = billing;
    match billing {
        BillingMode::PayPerRequest => {
            if changed {
                table.on_demand_since_ms = Some(now_ms);
            }
            table.throughput.units = Throughput::default();
            for index in &mut table.global_indexes {
                index.throughput.units = Throughput::default();
            }
        }
        BillingMode::Provisioned => {
            table.on_demand = None;
            for index in &mut table.global_indexes {
                index.on_demand = None;
            }
        }
    }
}

/// Warm throughput grows with provisioned capacity and never shrinks.
fn warmed(current: WarmThroughput, units: Throughput) -> WarmThroughput {
    WarmThroughput {
        read: current.read.max(units.read),
        write: current.write.max(units.write),
    }
}

fn change_index(table: &mut Table, change: &IndexChange, new_index: IndexId, now_ms: u64) {
    match change {
        IndexChange::Create(spec) => {
            let status = IndexStatus::Creating { backfilling: false };
            let index = GlobalIndexSpec::clone(spec).into_index(new_index, table.billing, status);
            table.global_indexes.push(index);
        }
        IndexChange::Update {
            name,
            throughput,
            on_demand,
            warm,
        } => {
            let found = table.global_indexes.iter_mut().find(|index| index.name == *name);
            debug_assert!(found.is_some(), "a change is planned against the table it changes");
            let Some(index) = found else { return };
            index.status = IndexStatus::Updating;
            if let Some(units) = throughput {
                index.throughput = index.throughput.changed(*units, now_ms);
                index.warm = warmed(index.warm, *units);
            }
            if let Some(on_demand) = on_demand {
                index.on_demand = on_demand.over(index.on_demand);
            }
            index.warm = warm.over(index.warm);
        }
        IndexChange::CreateVector(definition) => table.vector_indexes.push(VectorIndex {
            id: new_index,
            definition: VectorDefinition::clone(definition),
            status: IndexStatus::Creating { backfilling: false },
        }),
        IndexChange::Delete(name) => {
            for (_, known, status) in table.fed_statuses_mut() {
                if known == name {
                    *status = IndexStatus::Deleting;
                }
            }
        }
    }
}
