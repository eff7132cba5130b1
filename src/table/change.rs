//! What UpdateTable comes to once validated: a change to make to a table.
//!
//! Pure: the admin actor brings the time and the identifiers and decides when each step of a lifecycle happens.

use super::{
    AttributeName, BillingMode, Encryption, GlobalIndexSpec, IndexId, IndexName, IndexStatus, KeyAttribute,
    OnDemandChange, PolicySlot, Stream, StreamView, Table, TableClass, TableStatus, Throughput, VectorDefinition,
    VectorIndex, WarmChange, grown, starting_warmth,
};
use std::rc::Rc;

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

impl TableChange {
    /// True if the table is UPDATING meanwhile. Other changes are made at once, or are told of where they belong: in the
    /// description of encryption, of an index.
    fn occupies_table(&self) -> bool {
        let occupies = |index: &IndexChange| match index {
            IndexChange::Create(_) | IndexChange::CreateVector(_) | IndexChange::Delete(_) => true,
            IndexChange::Update { warm, .. } => !warm.is_empty(),
        };
        self.billing.is_some()
            || self.throughput.is_some()
            || self.class.is_some()
            || self.stream.is_some()
            || !self.warm.is_empty()
            || self.indexes.iter().any(occupies)
    }

    /// True if it is made at once: nothing is under way afterwards.
    fn is_immediate(&self) -> bool {
        !self.occupies_table() && self.encryption.is_none() && self.indexes.is_empty()
    }

    /// True if it is taken while other changes are under way.
    pub fn is_taken_meanwhile(&self) -> bool {
        !self.occupies_table() && self.on_demand.is_none() && self.indexes.is_empty()
    }
}

/// A table after a change was asked for at `now_ms`: settings are as asked, a new index is CREATING under `new_index`, a dropped
/// one is DELETING, changed ones are UPDATING and so is the table, unless the change leaves it alone. [`settled`] is what it comes to.
///
/// The admin actor publishes this, does the work that takes time (backfill, dropping), then publishes [`settled`]; with transient
/// states off nobody sees the first.
pub fn apply_change(table: &Table, change: &TableChange, new_index: IndexId, now_ms: u64) -> Table {
    let mut next = table.clone();
    if change.occupies_table() {
        next.status = TableStatus::Updating;
    }
    if !change.is_immediate() && next.former.is_none() {
        next.former = Some(Rc::new(table.clone()));
    }
    next.updates = next.updates.wrapping_add(1);
    merge_attributes(&mut next.attributes, &change.attributes);
    if let Some(billing) = change.billing {
        change_billing(&mut next, billing, now_ms);
    }
    if let Some(units) = change.throughput {
        next.throughput = next.throughput.changed(units, now_ms);
        next.warm = grown(next.warm, starting_warmth(BillingMode::Provisioned, units));
    }
    if let Some(on_demand) = change.on_demand {
        next.on_demand = on_demand.over(next.on_demand);
    }
    next.warm_updating |= !change.warm.is_empty();
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
    next.former = None;
    next.warm_updating = false;
    for index in &mut next.global_indexes {
        index.warm_updating = false;
    }
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
            let none = Throughput::default();
            let served = starting_warmth(billing, none);
            table.throughput.units = none;
            table.warm = grown(table.warm, served);
            for index in &mut table.global_indexes {
                index.throughput.units = none;
                index.warm = grown(index.warm, served);
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
            if throughput.is_some() || on_demand.is_some() {
                index.status = IndexStatus::Updating;
            }
            if let Some(units) = throughput {
                index.throughput = index.throughput.changed(*units, now_ms);
                index.warm = grown(index.warm, starting_warmth(BillingMode::Provisioned, *units));
            }
            if let Some(on_demand) = on_demand {
                index.on_demand = on_demand.over(index.on_demand);
            }
            index.warm_updating |= !warm.is_empty();
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
