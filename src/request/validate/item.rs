//! PutItem, UpdateItem, DeleteItem and GetItem, as far as they need no table.

use super::legacy;
use super::parameters::{Parameters, Values};
use super::{DELETE, Dialect, GET, PUT, UPDATE, bare};
use crate::error::Error;
use crate::error::item::{Empty, KeyFault, ParameterFault};
use crate::expression::{self, Condition, ExpressionCache, Kind, Paths};
use crate::request::deep;
use crate::request::inputs::{
    DeleteItem, ExpectedAttributeValue, GetItem, PutItem, ReturnConsumedCapacity, ReturnItemCollectionMetrics,
    ReturnValue, ReturnValuesOnConditionCheckFailure, UpdateItem,
};
use crate::request::respond::{Detail, Returned};
use crate::request::tree::{Entries, RawMap};
use crate::value::admit::{self, Admitted, AdmittedKey};
use crate::value::flat::{ValueRef, View};

/// What the answer of a write is to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What to return of the item.
    pub returned: Returned,
    /// Capacity asked for.
    pub detail: Detail,
    /// True if item collection metrics were asked for.
    pub metrics: bool,
    /// True if a failed condition shows the item.
    pub old_on_failure: bool,
}

impl Answer {
    fn new(
        returned: Option<ReturnValue>,
        capacity: Option<ReturnConsumedCapacity>,
        metrics: Option<ReturnItemCollectionMetrics>,
        on_failure: Option<ReturnValuesOnConditionCheckFailure>,
    ) -> Self {
        Answer {
            returned: match returned {
                None | Some(ReturnValue::None) => Returned::Nothing,
                Some(ReturnValue::AllOld) => Returned::AllOld,
                Some(ReturnValue::UpdatedOld) => Returned::UpdatedOld,
                Some(ReturnValue::AllNew) => Returned::AllNew,
                Some(ReturnValue::UpdatedNew) => Returned::UpdatedNew,
            },
            detail: Detail::from(capacity),
            metrics: matches!(metrics, Some(ReturnItemCollectionMetrics::Size)),
            old_on_failure: matches!(on_failure, Some(ReturnValuesOnConditionCheckFailure::AllOld)),
        }
    }

    /// PutItem and DeleteItem have an item before the write to return, and nothing else. Of a request with a very deep value the
    /// older layer says so, which has no envelope.
    fn old_only(self, dialect: Dialect, is_deep: impl FnOnce() -> bool) -> Result<Self, Error> {
        match self.returned {
            Returned::Nothing | Returned::AllOld => Ok(self),
            Returned::UpdatedOld | Returned::AllNew | Returned::UpdatedNew => Err(if is_deep() {
                bare(ParameterFault::ReturnValues)
            } else {
                dialect.item(ParameterFault::ReturnValues)
            }),
        }
    }
}

/// True when an attribute of these maps or a value that is expected is so deep that the older layer reads the request.
fn is_deep(maps: [Option<RawMap<'_>>; 2], expected: Option<&Entries<'_, ExpectedAttributeValue<'_>>>) -> bool {
    let maps = maps.into_iter().flatten().filter_map(|raw| raw.map().ok());
    let attributes = maps.flat_map(|map| map.iter().map(|(_, value)| value));
    let conditions = expected.into_iter().flat_map(Entries::iter);
    let operands = conditions
        .flat_map(|(_, condition)| {
            condition
                .value
                .iter()
                .chain(condition.attribute_value_list.iter().flatten())
        })
        .filter_map(|raw| raw.value().ok());
    deep::any(attributes.chain(operands))
}

/// PutItem.
#[derive(Debug)]
pub struct Put<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The item.
    pub item: Admitted,
    /// What must hold of the item that is there.
    pub condition: Option<Condition>,
    /// What to answer.
    pub answer: Answer,
}

/// UpdateItem.
#[derive(Debug)]
pub struct Update<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The key.
    pub key: AdmittedKey<'a>,
    /// The change, if any was asked for.
    pub update: Option<Change>,
    /// What must hold of the item that is there.
    pub condition: Option<Condition>,
    /// What to answer.
    pub answer: Answer,
}

/// A change of an item, and which of the two languages it was written in.
#[derive(Debug)]
pub struct Change {
    /// The change.
    pub update: expression::Update,
    /// True for AttributeUpdates: it has no size of its own, and words what it cannot do differently.
    pub legacy: bool,
}

/// DeleteItem.
#[derive(Debug)]
pub struct Delete<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The key.
    pub key: AdmittedKey<'a>,
    /// What must hold of the item that is there.
    pub condition: Option<Condition>,
    /// What to answer.
    pub answer: Answer,
}

/// GetItem.
#[derive(Debug)]
pub struct Get<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The key.
    pub key: AdmittedKey<'a>,
    /// What to show of the item.
    pub paths: Option<Paths>,
    /// True for a consistent read.
    pub consistent: bool,
    /// Capacity asked for.
    pub detail: Detail,
}

/// A Key member. What is empty in it cannot be part of any key, so no table is needed to refuse it.
pub(super) fn key(raw: RawMap<'_>, dialect: Dialect) -> Result<AdmittedKey<'_>, Error> {
    let key = admit::admit_key(raw.bytes(), dialect.layer).map_err(|fault| dialect.value(fault))?;
    if !key.has_empty {
        return Ok(key);
    }
    let empty = key
        .attributes()
        .ok()
        .and_then(|attributes| attributes.iter().find_map(|(name, value)| Some((name, empty(value)?))));
    match empty {
        None => Ok(key),
        Some((name, kind)) => Err(bare(KeyFault::Empty {
            kind,
            name: String::from_utf8_lossy(name).into_owned(),
        })),
    }
}

fn empty(value: ValueRef<'_>) -> Option<Empty> {
    match value.view() {
        Ok(View::S([])) => Some(Empty::Text),
        Ok(View::B([])) => Some(Empty::Binary),
        _ => None,
    }
}

/// PutItem: what can be checked without its table.
pub(in crate::request) fn put<'a>(input: PutItem<'a>, cache: &mut ExpressionCache) -> Result<Put<'a>, Error> {
    let answer = Answer::new(
        input.return_values,
        input.return_consumed_capacity,
        input.return_item_collection_metrics,
        input.return_values_on_condition_check_failure,
    )
    .old_only(PUT, || {
        is_deep(
            [Some(input.item), input.expression_attribute_values],
            input.expected.as_ref(),
        )
    })?;
    let expressions = [("ConditionExpression", input.condition_expression.is_some())];
    let mut binder = Parameters {
        legacy: &[
            ("Expected", input.expected.is_some()),
            ("ConditionalOperator", input.conditional_operator.is_some()),
        ],
        expressions: &expressions,
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.condition_expression.is_some(),
            absent: None,
        }),
    }
    .binder(PUT, cache)?;
    let condition = binder.condition(Kind::Condition, input.condition_expression)?;
    binder.readable()?;
    let expected = legacy::expected(input.expected.as_ref(), input.conditional_operator, PUT)?;
    let item = admit::admit_item(input.item.bytes(), PUT.layer).map_err(|fault| PUT.value(fault))?;
    binder.all_used()?;
    Ok(Put {
        table: input.table_name,
        item,
        condition: condition.or(expected),
        answer,
    })
}

/// UpdateItem: what can be checked without its table.
pub(in crate::request) fn update<'a>(input: UpdateItem<'a>, cache: &mut ExpressionCache) -> Result<Update<'a>, Error> {
    let answer = Answer::new(
        input.return_values,
        input.return_consumed_capacity,
        input.return_item_collection_metrics,
        input.return_values_on_condition_check_failure,
    );
    let mut binder = Parameters {
        legacy: &[
            ("AttributeUpdates", input.attribute_updates.is_some()),
            ("Expected", input.expected.is_some()),
            ("ConditionalOperator", input.conditional_operator.is_some()),
        ],
        expressions: &[
            ("UpdateExpression", input.update_expression.is_some()),
            ("ConditionExpression", input.condition_expression.is_some()),
        ],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.update_expression.is_some() || input.condition_expression.is_some(),
            absent: None,
        }),
    }
    .binder(UPDATE, cache)?;
    let update = binder.update(input.update_expression)?;
    let condition = binder.condition(Kind::Condition, input.condition_expression)?;
    binder.readable()?;
    // The other way round than with expressions.
    let expected = legacy::expected(input.expected.as_ref(), input.conditional_operator, UPDATE)?;
    let key = key(input.key, UPDATE)?;
    let legacy_update = legacy::updates(input.attribute_updates.as_ref(), UPDATE)?;
    binder.all_used()?;
    let change = |update, legacy| Change { update, legacy };
    Ok(Update {
        table: input.table_name,
        key,
        update: update
            .map(|update| change(update, false))
            .or(legacy_update.map(|update| change(update, true))),
        condition: condition.or(expected),
        answer,
    })
}

/// DeleteItem: what can be checked without its table.
pub(in crate::request) fn delete<'a>(input: DeleteItem<'a>, cache: &mut ExpressionCache) -> Result<Delete<'a>, Error> {
    let answer = Answer::new(
        input.return_values,
        input.return_consumed_capacity,
        input.return_item_collection_metrics,
        input.return_values_on_condition_check_failure,
    )
    .old_only(DELETE, || {
        is_deep(
            [Some(input.key), input.expression_attribute_values],
            input.expected.as_ref(),
        )
    })?;
    let mut binder = Parameters {
        legacy: &[
            ("Expected", input.expected.is_some()),
            ("ConditionalOperator", input.conditional_operator.is_some()),
        ],
        expressions: &[("ConditionExpression", input.condition_expression.is_some())],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.condition_expression.is_some(),
            absent: None,
        }),
    }
    .binder(DELETE, cache)?;
    let condition = binder.condition(Kind::Condition, input.condition_expression)?;
    binder.readable()?;
    let expected = legacy::expected(input.expected.as_ref(), input.conditional_operator, DELETE)?;
    let key = key(input.key, DELETE)?;
    binder.all_used()?;
    Ok(Delete {
        table: input.table_name,
        key,
        condition: condition.or(expected),
        answer,
    })
}

/// GetItem: what can be checked without its table.
pub(in crate::request) fn get<'a>(input: GetItem<'a>, cache: &mut ExpressionCache) -> Result<Get<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[("AttributesToGet", input.attributes_to_get.is_some())],
        expressions: &[("ProjectionExpression", input.projection_expression.is_some())],
        names: input.expression_attribute_names.as_ref(),
        values: None,
    }
    .binder(GET, cache)?;
    let paths = binder.paths(input.projection_expression)?;
    binder.readable()?;
    let attributes = legacy::attributes_to_get(input.attributes_to_get.as_deref(), GET)?;
    let key = key(input.key, GET)?;
    binder.all_used()?;
    Ok(Get {
        table: input.table_name,
        key,
        paths: paths.or(attributes),
        consistent: input.consistent_read == Some(true),
        detail: Detail::from(input.return_consumed_capacity),
    })
}
