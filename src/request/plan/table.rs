//! Table operations against the tables there are.

use super::Plan;
use super::work::{Control, TableAsk, Work};
use crate::error::table::{
    Call, CapacityFault, ChangeFault, IndexesFault, KeysFault, SettingFault, TableFault, WarmFloor,
};
use crate::error::vector::DefinitionFault;
use crate::error::{Error, Exceeded, Missing};
use crate::limits;
use crate::request::inputs::{
    CreateGlobalSecondaryIndexAction, DeleteTable, DescribeTable, GlobalSecondaryIndex, GlobalSecondaryIndexUpdate,
    ListTables, UpdateGlobalSecondaryIndexAction, UpdateTable,
};
use crate::request::respond::{Reply, Shown, TableMember, answer_tables};
use crate::request::validate::{schema, table as definition, vectors};
use crate::table::{
    BillingMode, Catalog, Ceiling, Encryption, IndexChange, IndexName, KeyAttribute, OnDemandChange, Online, Origin,
    StreamChange, Table, TableChange, TableSpec, Throughput,
};
use std::rc::Rc;

pub(in crate::request) fn create(spec: Box<TableSpec>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    catalog.check_creatable(&spec.name)?;
    check_quota(spec.throughput, None, origin)?;
    for index in &spec.global_indexes {
        check_quota(index.throughput, Some(&index.name), origin)?;
    }
    Ok(Plan {
        work: Work::Control(Control::Create(spec)),
        reply: Reply::Table(origin.clone(), Shown::Created, TableMember::TableDescription),
    })
}

/// Refuses more capacity than an account may give to one table or index unless AWS raises its quota.
fn check_quota(asked: Throughput, index: Option<&IndexName>, origin: &Origin) -> Result<(), Error> {
    let members = [
        ("ReadCapacityUnits", asked.read, limits::TABLE_READ_UNITS_MAX),
        ("WriteCapacityUnits", asked.write, limits::TABLE_WRITE_UNITS_MAX),
    ];
    match members.into_iter().find(|(_, requested, limit)| requested > limit) {
        None => Ok(()),
        Some((member, requested, limit)) => Err(Error::LimitExceededException(Exceeded::Capacity {
            member,
            requested,
            limit,
            index: index.map(IndexName::to_string),
            region: origin.region.as_ref().to_owned(),
        })),
    }
}

/// The table of a control-plane operation, which AWS names when it is missing.
pub(super) fn find<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Rc<Table>, Error> {
    catalog
        .get(name)
        .ok_or_else(|| Error::ResourceNotFoundException(Missing::Table { table: name.to_owned() }))
}

/// Something asked about a table, for the admin actor.
pub(super) fn ask(table: &Rc<Table>, ask: TableAsk) -> Work {
    Work::Control(Control::Of(Rc::clone(table), ask))
}

pub(in crate::request) fn delete(input: &DeleteTable<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    table.check_droppable()?;
    Ok(Plan {
        work: ask(table, TableAsk::Delete),
        reply: Reply::Table(origin.clone(), Shown::Deleted, TableMember::TableDescription),
    })
}

pub(in crate::request) fn describe(
    input: &DescribeTable<'_>,
    catalog: &Catalog,
    origin: &Origin,
) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    Ok(Plan {
        work: ask(table, TableAsk::Describe),
        reply: Reply::Table(origin.clone(), Shown::Whole, TableMember::Table),
    })
}

pub(in crate::request) fn list(input: &ListTables<'_>, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let limit = input
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(limits::LIST_TABLES_PAGE_MAX);
    let mut names = catalog
        .after(input.exclusive_start_table_name)
        .map(|table| table.name.as_str());
    let page: Vec<&str> = names.by_ref().take(limit).collect();
    answer_tables(&page, names.next().is_some())
}

pub(in crate::request) fn update(input: &UpdateTable<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    let change = Change { input, table };
    table.check_online(change.online())?;
    if is_taken_meanwhile(input) {
        table.check_usable()?;
    } else {
        table.check_idle()?;
    }
    let change = change.planned()?;
    check_quota(change.throughput.unwrap_or_default(), None, origin)?;
    for index in &change.indexes {
        match index {
            IndexChange::Create(spec) => check_quota(spec.throughput, Some(&spec.name), origin)?,
            IndexChange::Update { name, throughput, .. } => {
                check_quota(throughput.unwrap_or_default(), Some(name), origin)?;
            }
            IndexChange::CreateVector(_) | IndexChange::Delete(_) => {}
        }
    }
    let removed = |member: Option<Ceiling>| member == Some(Ceiling::Removed);
    let shown = match change.on_demand {
        Some(ceilings) => Shown::Updated {
            read_removed: removed(ceilings.read_max),
            write_removed: removed(ceilings.write_max),
        },
        None => Shown::Whole,
    };
    Ok(Plan {
        work: ask(table, TableAsk::Update(Box::new(change))),
        reply: Reply::Table(origin.clone(), shown, TableMember::TableDescription),
    })
}

/// True if it is taken while other changes are under way. What is named here goes alone in its call.
fn is_taken_meanwhile(input: &UpdateTable<'_>) -> bool {
    input.deletion_protection_enabled.is_some() || input.sse_specification.is_some()
}

/// An UpdateTable on the table it is for.
pub(super) struct Change<'i> {
    input: &'i UpdateTable<'i>,
    pub(super) table: &'i Table,
}

impl Change<'_> {
    /// The indexes that are asked to come or go.
    fn online(&self) -> impl Iterator<Item = Online<'_>> {
        let globals = self.input.global_secondary_index_updates.as_deref().unwrap_or_default();
        let vectors = self.input.vector_index_updates.as_deref().unwrap_or_default();
        let globals = globals
            .iter()
            .filter_map(|update| match (&update.create, &update.delete) {
                (Some(_), _) => Some(Online::Make),
                (None, Some(delete)) => Some(Online::Drop(delete.index_name)),
                (None, None) => None,
            });
        let vectors = vectors
            .iter()
            .filter_map(|update| match (&update.create, &update.delete) {
                (Some(_), _) => Some(Online::Make),
                (None, Some(delete)) => Some(Online::Drop(delete.index_name)),
                (None, None) => None,
            });
        globals.chain(vectors)
    }

    fn planned(&self) -> Result<TableChange, Error> {
        let input = self.input;
        let billing = input.billing_mode.map_or(self.table.billing, schema::billing);
        let throughput = self.throughput(billing).map_err(Error::invalid)?;
        let requested = input.attribute_definitions.as_deref().unwrap_or_default();
        let attributes = schema::definitions(requested).map_err(Error::invalid)?;
        let updates = input.global_secondary_index_updates.as_deref().unwrap_or_default();
        let vectors = input.vector_index_updates.as_deref().unwrap_or_default();
        let indexes = updates
            .iter()
            .map(|update| self.index(update, billing, &attributes))
            .chain(vectors.iter().map(|update| self.vector(update, billing, &attributes)))
            .collect::<Result<Vec<_>, _>>()?;
        self.check_indexes(&indexes, billing)?;
        let ceilings = |given| schema::ceilings(given, billing, Call::UpdateTable, None);
        let on_demand = input.on_demand_throughput.as_ref().map(ceilings);
        let on_demand = on_demand.transpose().map_err(Error::invalid)?;
        let warm = schema::warm(
            input.warm_throughput.as_ref(),
            self.table.warm,
            WarmFloor::Current,
            None,
        );
        Ok(TableChange {
            attributes: self.used(attributes, &indexes),
            billing: input.billing_mode.map(schema::billing),
            throughput,
            on_demand,
            warm: warm.map_err(Error::invalid)?,
            class: input.table_class.map(definition::class),
            stream: self.stream().map_err(Error::invalid)?,
            deletion_protection: input.deletion_protection_enabled,
            encryption: self.encryption().map_err(Error::invalid)?,
            indexes,
        })
    }

    fn throughput(&self, billing: BillingMode) -> Result<Option<Throughput>, CapacityFault> {
        match (billing, &self.input.provisioned_throughput) {
            (BillingMode::PayPerRequest, Some(_)) => Err(CapacityFault::ThroughputOnDemand),
            (BillingMode::PayPerRequest, None) => Ok(None),
            (BillingMode::Provisioned, None) if self.input.billing_mode.is_some() => {
                Err(CapacityFault::ThroughputMissingOnUpdate)
            }
            (BillingMode::Provisioned, None) => Ok(None),
            (BillingMode::Provisioned, Some(given)) => {
                let units = schema::throughput(given);
                self.check_changes(units, self.table.throughput.units, None)?;
                Ok(Some(units))
            }
        }
    }

    /// Capacity that is there already is refused, unless the billing mode changes to it.
    fn check_changes(&self, asked: Throughput, current: Throughput, index: Option<&str>) -> Result<(), CapacityFault> {
        if asked == current && self.table.billing == BillingMode::Provisioned {
            return Err(CapacityFault::ThroughputUnchanged {
                index: index.map(str::to_owned),
                read: asked.read,
                write: asked.write,
            });
        }
        Ok(())
    }

    fn index(
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

    /// Names are unique among the indexes of all kinds.
    pub(super) fn check_new_name(&self, name: &str) -> Result<(), Error> {
        let is_taken =
            self.table.local_index(name).is_some() || self.table.fed_indexes().any(|index| index.name.as_str() == name);
        if is_taken {
            return Err(Error::invalid(ChangeFault::IndexExists));
        }
        Ok(())
    }

    fn existing(&self, name: &str, verb: &'static str) -> Result<&crate::table::GlobalIndex, Error> {
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
    fn check_indexes(&self, changes: &[IndexChange], billing: BillingMode) -> Result<(), Error> {
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

    /// The definitions that a new index needs; others are dropped silently.
    fn used(&self, requested: Vec<KeyAttribute>, changes: &[IndexChange]) -> Vec<KeyAttribute> {
        let used = |attribute: &KeyAttribute| {
            changes.iter().any(|change| match change {
                IndexChange::Create(spec) => spec.schema.contains(attribute.name.as_bytes()),
                IndexChange::CreateVector(definition) => definition.search_attribute(attribute.name.as_str()).is_some(),
                IndexChange::Update { .. } | IndexChange::Delete(_) => false,
            })
        };
        requested.into_iter().filter(used).collect()
    }

    /// Encryption that the table has already is refused.
    fn encryption(&self) -> Result<Option<Option<Encryption>>, SettingFault> {
        let asked = definition::encryption(self.input.sse_specification.as_ref())?;
        let is_named = |key: &Option<Rc<str>>| key.as_ref().is_some_and(|key| key.starts_with("arn:"));
        match (&asked, &self.table.encryption) {
            (Some(None), None) => Err(SettingFault::EncryptedByDefault),
            (Some(Some(asked)), Some(current)) if asked.key == current.key && is_named(&asked.key) => {
                Err(SettingFault::EncryptedWithKey)
            }
            (_, _) => Ok(asked),
        }
    }

    fn stream(&self) -> Result<Option<StreamChange>, SettingFault> {
        let Some(asked) = &self.input.stream_specification else {
            return Ok(None);
        };
        let enabled = self.table.stream.is_some_and(|stream| stream.view.is_some());
        let table = || self.table.name.to_string();
        match (asked.stream_enabled, asked.stream_view_type) {
            (true, None) => Err(SettingFault::StreamEnabledWithoutView),
            (true, Some(_)) if enabled => Err(SettingFault::StreamEnabledAlready { table: table() }),
            (true, Some(view)) => Ok(Some(StreamChange::Enable(definition::stream_view(view)))),
            (false, Some(_)) => Err(SettingFault::StreamDisabledViewed),
            (false, None) if !enabled => Err(SettingFault::StreamDisabledAlready { table: table() }),
            (false, None) => Ok(Some(StreamChange::Disable)),
        }
    }
}
