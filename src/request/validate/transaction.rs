//! TransactWriteItems and TransactGetItems, as far as they need no table. Actions are judged one after the other: a fault of an
//! earlier one always comes first, whatever it is.

use super::item::key;
use super::parameters::{Parameters, Values};
use super::{TRANSACTION, bare};
use crate::error::Error;
use crate::error::item::{ItemFault, TransactionFault};
use crate::expression::{Condition, ExpressionCache, Kind, Paths, Update};
use crate::limits;
use crate::request::Operation;
use crate::request::inputs::{self, ReturnItemCollectionMetrics, ReturnValuesOnConditionCheckFailure};
use crate::request::plan::OnFailure;
use crate::request::respond::Detail;
use crate::request::token::{ContentDigest, Token};
use crate::value::admit::{self, Admitted, AdmittedKey};
use crate::value::fault::ValueFault;

/// A transaction of writes.
#[derive(Debug)]
pub struct TransactWrite<'a> {
    /// What is to be done, in order.
    pub actions: Vec<TransactAction<'a>>,
    /// Makes it the same transaction when it is sent again.
    pub token: Option<Token>,
    /// Capacity asked for.
    pub detail: Detail,
    /// True if item collection metrics were asked for.
    pub metrics: bool,
}

/// One action of a transaction.
#[derive(Debug)]
pub struct TransactAction<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// What is done, and to which item.
    pub effect: Effect<'a>,
    /// What must hold of the item that is there.
    pub condition: Option<Condition>,
    /// What is said if it does not hold.
    pub on_failure: OnFailure,
}

/// What an action of a transaction does.
#[derive(Debug)]
pub enum Effect<'a> {
    /// Nothing: the condition is what counts.
    Check(AdmittedKey<'a>),
    /// Puts an item.
    Put(Admitted),
    /// Changes an item.
    Update(AdmittedKey<'a>, Update),
    /// Deletes an item.
    Delete(AdmittedKey<'a>),
}

/// A transaction of reads.
#[derive(Debug)]
pub struct TransactRead<'a> {
    /// What is to be read, in order.
    pub gets: Vec<TransactGet<'a>>,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One item that a transaction reads.
#[derive(Debug)]
pub struct TransactGet<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The key.
    pub key: AdmittedKey<'a>,
    /// What to show of the item.
    pub paths: Option<Paths>,
}

/// TransactWriteItems: what can be checked without its tables.
pub(in crate::request) fn write<'a>(
    input: inputs::TransactWriteItems<'a>,
    content: ContentDigest,
    cache: &mut ExpressionCache,
) -> Result<TransactWrite<'a>, Error> {
    let actions = input.transact_items.into_iter().map(|item| action(item, cache));
    let actions: Vec<TransactAction<'a>> = actions.collect::<Result<_, _>>()?;
    check_size(actions.iter().map(carried_bytes))?;
    let token = input.client_request_token.map(|text| Token {
        operation: Operation::TransactWriteItems,
        text: text.to_owned(),
        content,
    });
    Ok(TransactWrite {
        actions,
        token,
        detail: Detail::from(input.return_consumed_capacity),
        metrics: matches!(
            input.return_item_collection_metrics,
            Some(ReturnItemCollectionMetrics::Size)
        ),
    })
}

/// What the request has of an action's item.
fn carried_bytes(action: &TransactAction<'_>) -> usize {
    match &action.effect {
        Effect::Put(item) => item.size_bytes,
        Effect::Update(key, update) => key.size_bytes + update.charge(),
        Effect::Check(key) | Effect::Delete(key) => key.size_bytes,
    }
}

/// Refuses a transaction whose items are larger than 4 MB together: what its request has of those that it writes, or what its
/// answer shows of those that it reads.
pub fn check_size(items: impl Iterator<Item = usize>) -> Result<(), Error> {
    if items.sum::<usize>() > limits::TRANSACTION_BYTES_MAX {
        return Err(TRANSACTION.item(TransactionFault::TooLarge));
    }
    Ok(())
}

/// Which of the four members of an action is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Check,
    Put,
    Update,
    Delete,
}

fn action<'a>(item: inputs::TransactWriteItem<'a>, cache: &mut ExpressionCache) -> Result<TransactAction<'a>, Error> {
    let members = [
        (Does::Check, item.condition_check),
        (Does::Put, item.put),
        (Does::Delete, item.delete),
        (Does::Update, item.update),
    ];
    let mut given = members.into_iter().filter_map(|(does, input)| Some((does, input?)));
    match (given.next(), given.next()) {
        (Some((does, input)), None) => one(does, input, cache),
        (Some(_), Some(_)) => Err(bare(TransactionFault::ManyActions)),
        (None, _) => Err(bare(TransactionFault::NoAction)),
    }
}

fn one<'a>(
    does: Does,
    input: inputs::TransactAction<'a>,
    cache: &mut ExpressionCache,
) -> Result<TransactAction<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[],
        expressions: &[
            ("UpdateExpression", input.update_expression.is_some()),
            ("ConditionExpression", input.condition_expression.is_some()),
        ],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.update_expression.is_some() || input.condition_expression.is_some(),
            absent: Some("ConditionExpression is null"),
        }),
    }
    .binder(TRANSACTION, cache)?;
    let update = binder.update(input.update_expression)?;
    let condition = binder.condition(Kind::Condition, input.condition_expression)?;
    binder.readable()?;
    // Whatever is wrong with an action's expressions comes before what is wrong with its item or key.
    binder.all_used()?;
    // The members that each action demands were checked before the request was read.
    let required = || TRANSACTION.value(ValueFault::Malformed);
    let keyed = || key(input.key.ok_or_else(required)?, TRANSACTION);
    let effect = match does {
        Does::Check => Effect::Check(keyed()?),
        Does::Delete => Effect::Delete(keyed()?),
        Does::Update => Effect::Update(keyed()?, update.ok_or_else(required)?),
        Does::Put => {
            let raw = input.item.ok_or_else(required)?;
            let item = admit::admit_item(raw.bytes(), TRANSACTION.layer).map_err(|fault| TRANSACTION.value(fault))?;
            if item.size_bytes > limits::ITEM_SIZE_BYTES_MAX {
                return Err(bare(ItemFault::ItemTooLarge));
            }
            Effect::Put(item)
        }
    };
    let on_failure = match input.return_values_on_condition_check_failure {
        Some(ReturnValuesOnConditionCheckFailure::AllOld) => OnFailure::ReturnOld,
        Some(ReturnValuesOnConditionCheckFailure::None) | None => OnFailure::Refuse,
    };
    Ok(TransactAction {
        table: input.table_name,
        effect,
        condition,
        on_failure,
    })
}

/// TransactGetItems: what can be checked without its tables.
pub(in crate::request) fn read<'a>(
    input: inputs::TransactGetItems<'a>,
    cache: &mut ExpressionCache,
) -> Result<TransactRead<'a>, Error> {
    let gets = input.transact_items.into_iter().map(|item| get(item.get, cache));
    Ok(TransactRead {
        gets: gets.collect::<Result<_, _>>()?,
        detail: Detail::from(input.return_consumed_capacity),
    })
}

fn get<'a>(input: inputs::TransactGet<'a>, cache: &mut ExpressionCache) -> Result<TransactGet<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[],
        expressions: &[("ProjectionExpression", input.projection_expression.is_some())],
        names: input.expression_attribute_names.as_ref(),
        values: None,
    }
    .binder(TRANSACTION, cache)?;
    let paths = binder.paths(input.projection_expression)?;
    binder.readable()?;
    binder.all_used()?;
    Ok(TransactGet {
        table: input.table_name,
        key: key(input.key, TRANSACTION)?,
        paths,
    })
}
