//! An UpdateTable against its table: what of it is new, and whether it may be.

use crate::error::Error;
use crate::error::table::{Call, CapacityFault, SettingFault, WarmFloor};
use crate::request::inputs::UpdateTable;
use crate::request::validate::{schema, table as definition};
use crate::table::{
    BillingMode, Encryption, IndexChange, KeyAttribute, Online, StreamChange, Table, TableChange, Throughput,
};
use std::rc::Rc;

/// An UpdateTable on the table it is for.
pub(super) struct Change<'i> {
    pub(super) input: &'i UpdateTable<'i>,
    pub(super) table: &'i Table,
}

impl Change<'_> {
    /// The indexes that are asked to come or go.
    pub(super) fn online(&self) -> impl Iterator<Item = Online<'_>> {
        let globals = self.input.global_secondary_index_updates.as_deref().unwrap_or_default();
        let vectors = self.input.vector_index_updates.as_deref().unwrap_or_default();
        let globals = globals.iter().map(|update| {
            (
                update.create.is_some(),
                update.delete.as_ref().map(|index| index.index_name),
            )
        });
        let vectors = vectors.iter().map(|update| {
            (
                update.create.is_some(),
                update.delete.as_ref().map(|index| index.index_name),
            )
        });
        let updates = globals.chain(vectors);
        updates.filter_map(|(makes, dropped)| makes.then_some(Online::Make).or(dropped.map(Online::Drop)))
    }

    /// The change, checked against the table as it is.
    ///
    /// # Errors
    /// The first fault, in the order in which DynamoDB was seen to tell of them.
    pub(super) fn planned(&self) -> Result<TableChange, Error> {
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
    pub(super) fn check_changes(
        &self,
        asked: Throughput,
        current: Throughput,
        index: Option<&str>,
    ) -> Result<(), CapacityFault> {
        if asked == current && self.table.billing == BillingMode::Provisioned {
            return Err(CapacityFault::ThroughputUnchanged {
                index: index.map(str::to_owned),
                read: asked.read,
                write: asked.write,
            });
        }
        Ok(())
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
