//! AttributeUpdates: PUT, ADD and DELETE, attribute by attribute.

use super::super::Dialect;
use super::{Fault, lower};
use crate::error::Error;
use crate::error::item::{ItemFault, UpdateFault};
use crate::expression::Update;
use crate::request::inputs::{AttributeAction, AttributeValueUpdate};
use crate::request::tree::Entries;
use crate::value::Layer;
use crate::value::admit::{self, AdmittedValue};
use crate::value::flat::Tag;

/// What is to be done to one attribute.
#[derive(Debug)]
pub(super) enum Change<'a> {
    /// Replaces it.
    Put(AdmittedValue<'a>),
    /// Removes it.
    Remove,
    /// Adds a number, or members to a set.
    Add(AdmittedValue<'a>),
    /// Appends to a list.
    Append(AdmittedValue<'a>),
    /// Removes members of a set.
    Subtract(AdmittedValue<'a>),
}

impl From<UpdateFault> for Fault {
    fn from(fault: UpdateFault) -> Self {
        Fault::Item(ItemFault::Update(fault))
    }
}

/// AttributeUpdates.
pub(in crate::request::validate) fn updates(
    updates: Option<&Entries<'_, AttributeValueUpdate<'_>>>,
    dialect: Dialect,
) -> Result<Option<Update>, Error> {
    let Some(updates) = updates else { return Ok(None) };
    let changes = updates
        .iter()
        .map(|(name, update)| change(name, update, dialect.layer))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|fault| fault.into_error(dialect))?;
    if changes.is_empty() {
        return Ok(None);
    }
    lower::update(&changes, dialect).map(Some)
}

fn change<'a>(
    attribute: &'a str,
    update: &AttributeValueUpdate<'a>,
    layer: Layer,
) -> Result<(&'a str, Change<'a>), Fault> {
    admit::check_name(attribute.as_bytes()).map_err(|fault| *fault)?;
    let value = update
        .value
        .map(|value| admit::admit_value(value.bytes(), layer))
        .transpose()?;
    let change = match (update.action.unwrap_or(AttributeAction::Put), value) {
        (AttributeAction::Put, Some(value)) => Change::Put(value),
        (AttributeAction::Add, Some(value)) => match value.get().tag() {
            Ok(Tag::N | Tag::Ss | Tag::Ns | Tag::Bs) => Change::Add(value),
            Ok(Tag::L) => Change::Append(value),
            tag => return Err(UpdateFault::AddType(type_name(tag.ok())).into()),
        },
        (AttributeAction::Delete, Some(value)) => match value.get().tag() {
            Ok(Tag::Ss | Tag::Ns | Tag::Bs) => Change::Subtract(value),
            tag => return Err(UpdateFault::DeleteType(type_name(tag.ok())).into()),
        },
        (AttributeAction::Delete, None) => Change::Remove,
        (AttributeAction::Put | AttributeAction::Add, None) => return Err(UpdateFault::ValueMissing.into()),
    };
    Ok((attribute, change))
}

/// The service's own names of types, as these sentences have them.
fn type_name(tag: Option<Tag>) -> &'static str {
    match tag {
        Some(Tag::S) => "STRING",
        Some(Tag::N) => "NUMBER",
        Some(Tag::B) => "BINARY",
        Some(Tag::Ss) => "STRING_SET",
        Some(Tag::Ns) => "NUMBER_SET",
        Some(Tag::Bs) => "BINARY_SET",
        Some(Tag::L) => "LIST",
        Some(Tag::M | Tag::Attributes) => "MAP",
        Some(Tag::True | Tag::False) => "BOOLEAN",
        Some(Tag::Null | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attribute | Tag::Time) | None => {
            "NULL"
        }
    }
}
