//! The parameters that expressions have replaced, lowered to what expressions are bound to.
//!
//! Conditions (Expected, QueryFilter, ScanFilter, KeyConditions) first become [`Clause`]s, which is where their own rules are;
//! clauses then become a bound condition, so that evaluation knows one language only.

mod condition;
mod lower;
mod update;

pub(super) use update::updates;

use super::Dialect;
use crate::error::Error;
use crate::error::item::{ConditionFault, ItemFault, ParameterFault};
use crate::expression::{Condition, KeyConditions, Paths};
use crate::request::inputs::{self, ConditionalOperator, ExpectedAttributeValue};
use crate::request::tree::Entries;
use crate::value::fault::ValueFault;
use condition::Clause;

/// What is wrong with a legacy parameter: a value, or the parameter itself.
#[derive(Debug)]
enum Fault {
    Value(ValueFault),
    Item(ItemFault),
}

impl Fault {
    fn into_error(self, dialect: Dialect) -> Error {
        match self {
            Fault::Value(fault) => dialect.value(fault),
            Fault::Item(fault) => dialect.item(fault),
        }
    }
}

impl From<ValueFault> for Fault {
    fn from(fault: ValueFault) -> Self {
        Fault::Value(fault)
    }
}

impl From<ItemFault> for Fault {
    fn from(fault: ItemFault) -> Self {
        Fault::Item(fault)
    }
}

/// Expected.
pub(super) fn expected(
    expected: Option<&Entries<'_, ExpectedAttributeValue<'_>>>,
    operator: Option<ConditionalOperator>,
    dialect: Dialect,
) -> Result<Option<Condition>, Error> {
    let Some(expected) = expected else {
        return uncombined(operator, dialect);
    };
    let clauses = expected
        .iter()
        .map(|(name, value)| condition::expected(name, value, dialect.layer))
        .collect();
    combined(clauses, operator, dialect)
}

/// QueryFilter or ScanFilter.
pub(super) fn filter(
    filter: Option<&Entries<'_, inputs::Condition<'_>>>,
    operator: Option<ConditionalOperator>,
    dialect: Dialect,
) -> Result<Option<Condition>, Error> {
    let Some(filter) = filter else {
        return uncombined(operator, dialect);
    };
    let clauses = filter
        .iter()
        .map(|(name, condition)| condition::clause(name, condition, dialect.layer))
        .collect();
    combined(clauses, operator, dialect)
}

/// A ConditionalOperator without anything to join.
fn uncombined(operator: Option<ConditionalOperator>, dialect: Dialect) -> Result<Option<Condition>, Error> {
    match operator {
        None => Ok(None),
        Some(_) => Err(dialect.item(ParameterFault::OperatorWithoutConditions)),
    }
}

/// Clauses joined by a ConditionalOperator, which only joins two or more.
#[inline(never)]
fn combined(
    clauses: Result<Vec<Clause<'_>>, Fault>,
    operator: Option<ConditionalOperator>,
    dialect: Dialect,
) -> Result<Option<Condition>, Error> {
    let clauses = clauses.map_err(|fault| fault.into_error(dialect))?;
    match clauses.len() {
        0 => return uncombined(operator, dialect),
        1 if operator.is_some() => return Err(dialect.item(ParameterFault::OperatorWithOneCondition)),
        _ => {}
    }
    let any = match operator {
        Some(ConditionalOperator::Or) => true,
        Some(ConditionalOperator::And | ConditionalOperator::Unknown) | None => false,
    };
    lower::condition(&clauses, any, dialect).map(Some)
}

/// KeyConditions whose operands fit their operators. Whether a key can be looked up so is judged where the key is known.
pub(super) fn key_conditions(
    conditions: Option<&Entries<'_, inputs::Condition<'_>>>,
    dialect: Dialect,
) -> Result<Option<KeyConditions>, Error> {
    let Some(conditions) = conditions else { return Ok(None) };
    if conditions.is_empty() {
        return Err(dialect.item(ConditionFault::KeyConditionCount));
    }
    let clauses = conditions
        .iter()
        .map(|(name, condition)| {
            let clause = condition::clause(name, condition, dialect.layer)?;
            Ok(condition::key_clause(&clause))
        })
        .collect::<Result<Vec<_>, Fault>>()
        .map_err(|fault| fault.into_error(dialect))?;
    Ok(Some(KeyConditions { clauses }))
}

/// AttributesToGet.
pub(super) fn attributes_to_get(names: Option<&[&str]>, dialect: Dialect) -> Result<Option<Paths>, Error> {
    let Some(names) = names else { return Ok(None) };
    for (position, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err(dialect.value(ValueFault::EmptyName));
        }
        if names.iter().take(position).any(|earlier| earlier == name) {
            return Err(dialect.item(ParameterFault::DuplicateAttribute {
                name: (*name).to_owned(),
            }));
        }
    }
    Ok(Some(Paths::top_level(names.iter().copied())))
}
