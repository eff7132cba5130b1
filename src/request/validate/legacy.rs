//! The parameters that expressions have replaced, lowered to what expressions are bound to.

use super::Dialect;
use crate::error::Error;
use crate::error::item::ItemFault;
use crate::expression::{Condition, KeyConditions, Paths, Update};
use crate::request::inputs::{self, AttributeValueUpdate, ConditionalOperator, ExpectedAttributeValue};
use crate::request::tree::Entries;

pub(super) fn expected(
    _expected: Option<&Entries<'_, ExpectedAttributeValue<'_>>>,
    _operator: Option<ConditionalOperator>,
    _dialect: Dialect,
) -> Result<Option<Condition>, Error> {
    Ok(None)
}
pub(super) fn filter(
    _filter: Option<&Entries<'_, inputs::Condition<'_>>>,
    _operator: Option<ConditionalOperator>,
    _dialect: Dialect,
) -> Result<Option<Condition>, Error> {
    Ok(None)
}
pub(super) fn key_conditions(
    _conditions: Option<&Entries<'_, inputs::Condition<'_>>>,
    _dialect: Dialect,
) -> Result<Option<KeyConditions>, Error> {
    Ok(None)
}
pub(super) fn updates(
    _updates: Option<&Entries<'_, AttributeValueUpdate<'_>>>,
    _dialect: Dialect,
) -> Result<Option<Update>, Error> {
    Ok(None)
}

/// AttributesToGet.
pub(super) fn attributes_to_get(names: Option<&[&str]>, dialect: Dialect) -> Result<Option<Paths>, Error> {
    let Some(names) = names else { return Ok(None) };
    for (position, name) in names.iter().enumerate() {
        if names.iter().take(position).any(|earlier| earlier == name) {
            return Err(dialect.item(ItemFault::DuplicateAttribute {
                name: (*name).to_owned(),
            }));
        }
    }
    Ok(Some(Paths::top_level(names.iter().copied())))
}
