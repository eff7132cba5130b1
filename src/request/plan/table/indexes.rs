//! Indexes in an UpdateTable: made, changed and dropped one by one, and what they come to together.

use super::change::Change;
use crate::error::table::{Call, CapacityFault, ChangeFault, IndexesFault, KeysFault, TableFault, WarmFloor};
use crate::error::vector::DefinitionFault;
use crate::error::{Error, Exceeded, Missing};
use crate::limits;
use crate::request::inputs::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexUpdate,
    UpdateGlobalSecondaryIndexAction, VectorIndex, VectorIndexUpdate,
};
use crate::request::validate::{schema, table as definition, vectors};
use crate::table::{BillingMode, GlobalIndex, IndexChange, KeyAttribute, OnDemandChange};

impl Change<'_> {
    /// A global index that comes, goes or changes.
    pub(super) fn index(
        &self,
        update: &GlobalSecondaryIndexUpdate<'_>,
        billing: BillingMode,
        requested: &[KeyAttribute],
    ) -> Result<IndexChange, Error> {
        match (&update.create, &update.update, &update.delete) {
            (Some(create), _, _) => self.created(create, billing, requested),
            (None, Some(update), _) => self.updated(update, billing),
            (None, None, Some(delete)) => {
                let index = self.existing(delete.index_name, "delete")?;
                Ok(IndexChange::Delete(index.name.clone()))
            }
            (None, None, None) => Err(Error::invalid(ChangeFault::IndexActionMissing)),
        }
    }

    /// A vector index that comes or goes. Its search attributes are defined in the request or known to the table.
    pub(super) fn vector(
        &self,
        update: &VectorIndexUpdate<'_>,
        billing: BillingMode,
        requested: &[KeyAttribute],
    ) -> Result<IndexChange, Error> {
        let create = match (&update.create, &update.delete) {
            (Some(create), _) => create,
            (None, Some(delete)) => {
                let index = self.table.vector_index(delete.index_name).ok_or_else(|| {
                    Error::ResourceNotFoundException(Missing::Index {
                        index: delete.index_name.to_owned(),
                        table: self.table.name.to_string(),
                    })
                })?;
                return Ok(IndexChange::Delete(index.definition.name.clone()));
            }
            (None, None) => return Err(Error::invalid(DefinitionFault::ActionCount)),
        };
        self.check_new_name(create.index_name)?;
        let mut known = self.table.attributes.clone();
        known.extend(requested.iter().cloned());
        let index = VectorIndex {
            index_name: create.index_name,
            vector_attribute: create.vector_attribute.clone(),
            search_schema: create.search_schema.clone(),
            projection: create.projection.clone(),
            dimensions: create.dimensions,
            distance_function: create.distance_function,
        };
        let definition = vectors::definition(&index, billing, &known).map_err(Error::invalid)?;
        let others = self.table.vector_indexes.iter().map(|index| &index.definition);
        vectors::check_beside(&definition, others).map_err(Error::invalid)?;
        Ok(IndexChange::CreateVector(Box::new(definition)))
    }

    /// Names are unique among the indexes of all kinds.
    fn check_new_name(&self, name: &str) -> Result<(), Error> {
        let is_taken =
            self.table.local_index(name).is_some() || self.table.fed_indexes().any(|index| index.name.as_str() == name);
        if is_taken {
            return Err(Error::invalid(ChangeFault::IndexExists));
        }
        Ok(())
    }

    fn existing(&self, name: &str, verb: &'static str) -> Result<&GlobalIndex, Error> {
        if self.table.local_index(name).is_some() {
            let index = name.to_owned();
            return Err(Error::invalid(ChangeFault::IndexNotGlobal { verb, index }));
        }
        self.table.global_index(name).ok_or_else(|| {
            Error::ResourceNotFoundException(Missing::Index {
                index: name.to_owned(),
                table: self.table.name.to_string(),
            })
        })
    }

    /// A new index. Its key attributes must all be in the request; where the table knows them too, the table's type stands.
    fn created(
        &self,
        create: &CreateGlobalSecondaryIndexAction<'_>,
        billing: BillingMode,
        requested: &[KeyAttribute],
    ) -> Result<IndexChange, Error> {
        self.check_new_name(create.index_name)?;
        let index = || create.index_name.to_owned();
        if requested.is_empty() {
            return Err(Error::invalid(KeysFault::DefinitionsAbsent { index: index() }));
        }
        if billing == BillingMode::PayPerRequest && create.provisioned_throughput.is_some() {
            return Err(Error::invalid(CapacityFault::IndexCapacityOnDemand { index: index() }));
        }
        if billing == BillingMode::Provisioned && create.provisioned_throughput.is_none() {
            return Err(Error::invalid(CapacityFault::IndexUpdateProvisioned { index: index() }));
        }
        let merged: Vec<KeyAttribute> = requested
            .iter()
            .map(|attribute| {
                let stored = self.table.attributes.iter().find(|known| known.name == attribute.name);
                stored.unwrap_or(attribute).clone()
            })
            .collect();
        let index = GlobalSecondaryIndex {
            index_name: create.index_name,
            key_schema: create.key_schema.clone(),
            projection: create.projection.clone(),
            provisioned_throughput: create.provisioned_throughput.clone(),
            on_demand_throughput: create.on_demand_throughput.clone(),
            warm_throughput: create.warm_throughput.clone(),
        };
        let spec = definition::global(&index, billing, &merged).map_err(Error::invalid)?;
        Ok(IndexChange::Create(Box::new(spec)))
    }

    fn updated(
        &self,
        update: &UpdateGlobalSecondaryIndexAction<'_>,
        billing: BillingMode,
    ) -> Result<IndexChange, Error> {
        let index = self.existing(update.index_name, "update")?;
        let has_ceilings = update
            .on_demand_throughput
            .as_ref()
            .is_some_and(|given| given.max_read_request_units.is_some() || given.max_write_request_units.is_some());
        if update.provisioned_throughput.is_none() && !has_ceilings && update.warm_throughput.is_none() {
            let index = update.index_name.to_owned();
            return Err(Error::invalid(match billing {
                BillingMode::PayPerRequest => TableFault::Capacity(CapacityFault::IndexUpdateOnDemand { index }),
                BillingMode::Provisioned => TableFault::Capacity(CapacityFault::IndexUpdateProvisioned { index }),
            }));
        }
        let throughput = match (&update.provisioned_throughput, billing) {
            (None, _) => None,
            (Some(_), BillingMode::PayPerRequest) => {
                return Err(Error::invalid(CapacityFault::IndexUpdateOnDemand {
                    index: update.index_name.to_owned(),
                }));
            }
            (Some(given), BillingMode::Provisioned) => {
                let units = schema::throughput(given);
                self.check_changes(units, index.throughput.units, Some(update.index_name))
                    .map_err(Error::invalid)?;
                Some(units)
            }
        };
        let name = Some(update.index_name);
        let ceilings = |given| schema::ceilings(given, billing, Call::UpdateTable, name);
        let on_demand: Option<OnDemandChange> = update
            .on_demand_throughput
            .as_ref()
            .map(ceilings)
            .transpose()
            .map_err(Error::invalid)?;
        Ok(IndexChange::Update {
            name: index.name.clone(),
            throughput,
            on_demand,
            warm: schema::warm(update.warm_throughput.as_ref(), index.warm, WarmFloor::Current, name)
                .map_err(Error::invalid)?,
        })
    }

    /// What all index changes together come to.
    pub(super) fn check_indexes(&self, changes: &[IndexChange], billing: BillingMode) -> Result<(), Error> {
        let made = changes.iter().filter_map(|change| match change {
            IndexChange::Create(spec) => Some(spec),
            IndexChange::CreateVector(_) | IndexChange::Update { .. } | IndexChange::Delete(_) => None,
        });
        let made_vectors = changes.iter().filter_map(|change| match change {
            IndexChange::CreateVector(definition) => Some(vectors::included(definition)),
            IndexChange::Create(_) | IndexChange::Update { .. } | IndexChange::Delete(_) => None,
        });
        let mut included = self.included() + made_vectors.sum::<usize>();
        let mut count = self.table.global_indexes.len();
        for spec in made {
            included += schema::included(&spec.projection);
            count += 1;
        }
        if count > limits::GLOBAL_INDEXES_MAX {
            return Err(Error::LimitExceededException(Exceeded::GlobalIndexes {
                limit: limits::GLOBAL_INDEXES_MAX,
            }));
        }
        if included > limits::NON_KEY_ATTRIBUTES_MAX {
            return Err(Error::invalid(IndexesFault::IncludedCount {
                limit: limits::NON_KEY_ATTRIBUTES_MAX,
            }));
        }
        self.check_provisioned(changes, billing)
    }

    /// A table that becomes provisioned needs capacity for each of its indexes.
    fn check_provisioned(&self, changes: &[IndexChange], billing: BillingMode) -> Result<(), Error> {
        if (self.table.billing, billing) != (BillingMode::PayPerRequest, BillingMode::Provisioned) {
            return Ok(());
        }
        if !self.table.vector_indexes.is_empty() {
            return Err(Error::invalid(DefinitionFault::Provisioned));
        }
        for index in &self.table.global_indexes {
            let covered = changes.iter().any(|change| match change {
                IndexChange::Update { name, throughput, .. } => *name == index.name && throughput.is_some(),
                IndexChange::Delete(name) => *name == index.name,
                IndexChange::Create(_) | IndexChange::CreateVector(_) => false,
            });
            if !covered {
                return Err(Error::invalid(CapacityFault::IndexThroughputMissingOnUpdate {
                    index: index.name.to_string(),
                }));
            }
        }
        Ok(())
    }

    fn included(&self) -> usize {
        let locals = self.table.local_indexes.iter().map(|index| &index.projection);
        let globals = self.table.global_indexes.iter().map(|index| &index.projection);
        let vectors = self.table.vector_indexes.iter().map(|index| &index.definition);
        locals.chain(globals).map(schema::included).sum::<usize>() + vectors.map(vectors::included).sum::<usize>()
    }
}
