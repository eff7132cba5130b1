//! What a SELECT may not ask of its table or index.

use super::fault;
use crate::error::Error;
use crate::error::item::{IndexFault, KeyFault};
use crate::expression::{Condition, KeyConditionFault};
use crate::partiql::{Select, Source, StatementFault};
use crate::request::plan::keys;
use crate::request::plan::walk::{Target, refused};
use crate::request::validate::bare;
use crate::table::Table;
use crate::value::key::KeyPart;

/// Refuses an index that has several attributes in one half of its key.
pub(in crate::request::plan) fn check_key(table: &Table, source: &Source) -> Result<(), Error> {
    match Target::find(table, source.index.as_deref()).map(|target| target.schema()) {
        Ok(schema) if schema.partition.len() > 1 || schema.sort.len() > 1 => {
            Err(fault(StatementFault::MultiAttributeKey))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The table or the index, and whether it can be read so.
pub(super) fn find<'t>(table: &'t Table, select: &Select, consistent: bool) -> Result<Target<'t>, Error> {
    let index = select.source.index.as_deref();
    if (table.vector_indexes.iter()).any(|vector| Some(vector.definition.name.as_str()) == index) {
        return Err(fault(StatementFault::VectorIndex));
    }
    let target = Target::find(table, index).map_err(|unreadable| match unreadable {
        IndexFault::Missing { .. } => fault(StatementFault::Index),
        other => bare(other),
    })?;
    check_key(table, &select.source)?;
    match target {
        Target::Global(..) if consistent => Err(fault(StatementFault::ConsistentGlobal)),
        Target::Table(_) | Target::Local(..) | Target::Global(..) => Ok(target),
    }
}

/// Whether columns must be fetched from the table, which only a local index can do.
pub(super) fn columns(target: &Target<'_>, select: &Select) -> Result<bool, Error> {
    let mut names: Vec<&str> = Vec::new();
    for column in select.columns.iter().flatten() {
        match column.names.first() {
            Some(name) if !names.contains(&name.as_str()) => names.push(name),
            Some(_) | None => {}
        }
    }
    let lacking = target.lacking(names.into_iter());
    match (target, target.index()) {
        (Target::Global(..), Some((index, _))) if !lacking.is_empty() => Err(bare(IndexFault::NotProjected {
            index: index.to_owned(),
            names: lacking,
        })),
        (Target::Table(_) | Target::Local(..) | Target::Global(..), _) => Ok(!lacking.is_empty()),
    }
}

/// A read that is keyed on the partition key of an index does not filter by what the index lacks.
pub(super) fn check_filter(target: &Target<'_>, select: &Select) -> Result<(), Error> {
    let Some((index, _)) = target.index() else {
        return Ok(());
    };
    let partition = target.schema().partition.first();
    if !partition.is_some_and(|partition| select.filter.is_keyed(partition.name.as_str())) {
        return Ok(());
    }
    let names = select
        .filter
        .condition()
        .into_iter()
        .flat_map(Condition::top_level_names);
    let lacking = target.lacking(names);
    if lacking.is_empty() {
        return Ok(());
    }
    Err(bare(IndexFault::FilterNotProjected {
        index: index.to_owned(),
        names: lacking,
    }))
}

/// Refuses values that no key can have where key attributes of the table or its index are compared with them, wherever in the clause
/// that is: attribute by attribute, other types before emptiness.
pub(super) fn check_compared(target: &Target<'_>, select: &Select) -> Result<(), Error> {
    let compared = select.filter.compared();
    if compared.is_empty() {
        return Ok(());
    }
    let own = target.schema().attributes();
    for attribute in own.chain(target.table().schema.attributes()) {
        let parts = || {
            let with = compared.iter().filter(|(name, _)| *name == attribute.name.as_str());
            with.map(|(_, value)| KeyPart::of(value.view(), attribute.key_type))
        };
        if parts().any(|part| part.is_none()) {
            return Err(refused(target, KeyConditionFault::TypeMismatch, false));
        }
        if let Some(kind) = parts().flatten().find_map(|part| keys::empty_kind(&part)) {
            return Err(bare(KeyFault::Empty {
                kind,
                name: attribute.name.to_string(),
            }));
        }
    }
    Ok(())
}
