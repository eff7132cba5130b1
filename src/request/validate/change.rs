//! UpdateTable, as far as it needs no table: what one call may ask for together.

use crate::error::table::{Alone, CapacityFault, ChangeFault};
use crate::error::vector::DefinitionFault;
use crate::error::{Error, Exceeded};
use crate::ordered::OrderedSet;
use crate::request::inputs::{
    BillingMode, GlobalSecondaryIndexUpdate, OnDemandThroughput, UpdateGlobalSecondaryIndexAction, UpdateTable,
    WarmThroughput,
};

/// What a call asks for, of the things that do not go with everything. Structures without members ask for nothing.
struct Asked {
    throughput: bool,
    billing: Option<BillingMode>,
    indexes: bool,
    online_indexes: bool,
    warm_indexes_only: bool,
    new_indexes: bool,
    stream: bool,
    encryption: bool,
    class: bool,
    protection: bool,
    on_demand: bool,
    warm: bool,
}

impl Asked {
    fn of(input: &UpdateTable<'_>) -> Self {
        let updates = input.global_secondary_index_updates.as_deref().unwrap_or_default();
        let vectors = input.vector_index_updates.as_deref().unwrap_or_default();
        Asked {
            throughput: input.provisioned_throughput.is_some(),
            billing: input.billing_mode,
            indexes: !updates.is_empty() || !vectors.is_empty(),
            online_indexes: !vectors.is_empty() || updates.iter().any(|update| update.update.is_none()),
            warm_indexes_only: vectors.is_empty() && !updates.is_empty() && updates.iter().all(is_of_warm_throughput),
            new_indexes: updates.iter().any(|update| update.create.is_some())
                || vectors.iter().any(|update| update.create.is_some()),
            stream: input.stream_specification.is_some(),
            encryption: input.sse_specification.is_some(),
            class: input.table_class.is_some(),
            protection: input.deletion_protection_enabled.is_some(),
            on_demand: input.on_demand_throughput.as_ref().is_some_and(has_ceilings),
            warm: input.warm_throughput.as_ref().is_some_and(has_units),
        }
    }

    fn count(&self) -> usize {
        let asked = [
            self.throughput,
            self.billing.is_some(),
            self.indexes,
            self.stream,
            self.encryption,
            self.class,
            self.protection,
            self.on_demand,
            self.warm,
        ];
        asked.into_iter().filter(|asked| *asked).count()
    }

    /// Refuses what does not go together. Most changes go alone.
    fn check(&self) -> Result<(), ChangeFault> {
        let is_alone = self.count() == 1;
        for (asked, what) in [
            (self.encryption, Alone::Encryption),
            (self.class, Alone::Class),
            (self.protection, Alone::Protection),
        ] {
            if asked && !is_alone {
                return Err(ChangeFault::NotAlone(what));
            }
        }
        if self.warm && self.new_indexes {
            return Err(ChangeFault::WarmWithNewIndex);
        }
        // The developer guide raises a table and its indexes in one call.
        if self.warm && self.count() > 1 + usize::from(self.warm_indexes_only) {
            return Err(ChangeFault::NotAlone(Alone::Warm));
        }
        if self.on_demand && self.count() > 1 + usize::from(self.billing.is_some()) {
            return Err(ChangeFault::OnDemandNotAlone);
        }
        let changes_capacity = self.throughput || self.billing == Some(BillingMode::Provisioned);
        if self.stream && changes_capacity {
            return Err(ChangeFault::StreamWithCapacity);
        }
        if self.online_indexes && self.throughput {
            return Err(ChangeFault::IndexWithCapacity);
        }
        if self.online_indexes && self.stream {
            return Err(ChangeFault::IndexWithStream);
        }
        Ok(())
    }
}

fn has_ceilings(given: &OnDemandThroughput) -> bool {
    given.max_read_request_units.is_some() || given.max_write_request_units.is_some()
}

/// True if a change of an index is one of its warm throughput and nothing else.
fn is_of_warm_throughput(update: &GlobalSecondaryIndexUpdate<'_>) -> bool {
    let is_warm = |asked: &UpdateGlobalSecondaryIndexAction<'_>| {
        asked.warm_throughput.is_some()
            && asked.provisioned_throughput.is_none()
            && asked.on_demand_throughput.is_none()
    };
    update.create.is_none() && update.delete.is_none() && update.update.as_ref().is_some_and(is_warm)
}

fn has_units(given: &WarmThroughput) -> bool {
    given.read_units_per_second.is_some() || given.write_units_per_second.is_some()
}

/// UpdateTable: what it asks for hangs together, whatever the table is.
pub(in crate::request) fn update(input: &UpdateTable<'_>) -> Result<(), Error> {
    if input.replica_updates.is_some()
        || input.multi_region_consistency.is_some()
        || input.global_table_witness_updates.is_some()
        || input.global_table_settings_replication_mode.is_some()
        || input.disassociation_protection_enabled.is_some()
    {
        return Err(Error::UnknownOperationException);
    }
    let asked = Asked::of(input);
    if asked.count() == 0 {
        // AWS was seen to fail on a structure without members, where nothing stands beside it.
        return Err(
            if input.on_demand_throughput.is_some() || input.warm_throughput.is_some() {
                Error::InternalFailure
            } else {
                Error::invalid(ChangeFault::NothingAsked)
            },
        );
    }
    asked.check().map_err(Error::invalid)?;
    let updates = match input.global_secondary_index_updates.as_deref() {
        None => &[][..],
        Some([]) => return Err(Error::invalid(ChangeFault::IndexUpdatesEmpty)),
        Some(updates) => updates,
    };
    let vectors = input.vector_index_updates.as_deref().unwrap_or_default();
    if vectors
        .iter()
        .any(|update| update.create.is_some() == update.delete.is_some())
    {
        return Err(Error::invalid(DefinitionFault::ActionCount));
    }
    if online_updates(updates)? + vectors.len() > 1 {
        return Err(Error::LimitExceededException(Exceeded::OnlineIndexes));
    }
    Ok(())
}

/// Checks what changes of global indexes say of themselves; the number of those that make or drop one.
fn online_updates(updates: &[GlobalSecondaryIndexUpdate<'_>]) -> Result<usize, Error> {
    let mut names = OrderedSet::new();
    let mut online = 0;
    for update in updates {
        let name = match (&update.create, &update.update, &update.delete) {
            (Some(create), None, None) => {
                online += 1;
                create.index_name
            }
            (None, Some(update), None) => {
                if update.warm_throughput.as_ref().is_some_and(|given| !has_units(given)) {
                    let index = update.index_name.to_owned();
                    return Err(Error::invalid(CapacityFault::WarmEmpty { index }));
                }
                update.index_name
            }
            (None, None, Some(delete)) => {
                online += 1;
                delete.index_name
            }
            (None, None, None) => return Err(Error::invalid(ChangeFault::IndexActionMissing)),
            (_, _, _) => return Err(Error::invalid(ChangeFault::IndexActionCount)),
        };
        if !names.insert(name) {
            return Err(Error::invalid(ChangeFault::IndexChangedTwice {
                index: name.to_owned(),
            }));
        }
    }
    Ok(online)
}
