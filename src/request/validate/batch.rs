//! BatchGetItem and BatchWriteItem, as far as they need no table.

use super::item::key;
use super::legacy;
use super::parameters::Parameters;
use super::{BATCH_GET, BATCH_WRITE};
use crate::error::Error;
use crate::error::item::ParameterFault;
use crate::expression::{ExpressionCache, Paths};
use crate::limits;
use crate::request::Operation;
use crate::request::inputs::{
    BatchGetItem, BatchWriteItem, KeysAndAttributes, ReturnItemCollectionMetrics, WriteRequest,
};
use crate::request::respond::Detail;
use crate::value::admit::{self, Admitted, AdmittedKey};
use crate::value::fault::ValueFault;

/// BatchGetItem.
#[derive(Debug)]
pub struct BatchGet<'a> {
    /// The tables, in the order of the request.
    pub blocks: Vec<GetBlock<'a>>,
    /// Capacity asked for.
    pub detail: Detail,
}

/// The keys to get of one table.
#[derive(Debug)]
pub struct GetBlock<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The keys.
    pub keys: Vec<AdmittedKey<'a>>,
    /// What to show of each item.
    pub paths: Option<Paths>,
    /// The block as sent: keys that are not processed go back together with its other members.
    pub sent: KeysAndAttributes<'a>,
}

/// BatchWriteItem.
#[derive(Debug)]
pub struct BatchWrite<'a> {
    /// The tables, in the order of the request.
    pub blocks: Vec<WriteBlock<'a>>,
    /// Capacity asked for.
    pub detail: Detail,
    /// True if item collection metrics were asked for.
    pub metrics: bool,
}

/// The writes to one table.
#[derive(Debug)]
pub struct WriteBlock<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The writes, in order.
    pub writes: Vec<BatchWriteEntry<'a>>,
}

/// One write of a batch.
#[derive(Debug)]
pub enum BatchWriteEntry<'a> {
    /// PutRequest.
    Put(Admitted),
    /// DeleteRequest.
    Delete(AdmittedKey<'a>),
}

/// The bound of what all tables are asked for together; that of one table is a member's constraint.
fn bounded(counts: impl Iterator<Item = usize>, most: usize, operation: Operation) -> Result<(), ParameterFault> {
    if counts.sum::<usize>() > most {
        let operation = operation.name();
        return Err(ParameterFault::TooManyInBatch { operation });
    }
    Ok(())
}

/// BatchGetItem: what can be checked without its tables.
pub(in crate::request) fn get<'a>(input: BatchGetItem<'a>, cache: &mut ExpressionCache) -> Result<BatchGet<'a>, Error> {
    let counts = input.request_items.iter().map(|(_, block)| block.keys.len());
    bounded(counts, limits::BATCH_GET_KEYS_MAX, Operation::BatchGetItem).map_err(|fault| BATCH_GET.item(fault))?;
    let any = |has: fn(&KeysAndAttributes<'_>) -> bool| input.request_items.iter().any(|(_, block)| has(block));
    // Expressions in one table's block and old parameters in another's exclude each other too.
    Parameters {
        legacy: &[("AttributesToGet", any(|block| block.attributes_to_get.is_some()))],
        expressions: &[(
            "ProjectionExpression",
            any(|block| block.projection_expression.is_some()),
        )],
        names: None,
        values: None,
    }
    .check()
    .map_err(|fault| BATCH_GET.item(fault))?;
    let blocks = input.request_items.0.into_iter();
    Ok(BatchGet {
        blocks: blocks
            .map(|(table, block)| get_block(table, block, cache))
            .collect::<Result<_, _>>()?,
        detail: Detail::from(input.return_consumed_capacity),
    })
}

fn get_block<'a>(
    table: &'a str,
    sent: KeysAndAttributes<'a>,
    cache: &mut ExpressionCache,
) -> Result<GetBlock<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[],
        expressions: &[("ProjectionExpression", sent.projection_expression.is_some())],
        names: sent.expression_attribute_names.as_ref(),
        values: None,
    }
    .binder(BATCH_GET, cache)?;
    let paths = binder.paths(sent.projection_expression)?;
    binder.readable()?;
    let attributes = legacy::attributes_to_get(sent.attributes_to_get.as_deref(), BATCH_GET)?;
    let keys = sent
        .keys
        .iter()
        .map(|raw| key(*raw, BATCH_GET))
        .collect::<Result<_, _>>()?;
    binder.all_used()?;
    Ok(GetBlock {
        table,
        keys,
        paths: paths.or(attributes),
        sent,
    })
}

/// BatchWriteItem: what can be checked without its tables.
pub(in crate::request) fn write(input: BatchWriteItem<'_>) -> Result<BatchWrite<'_>, Error> {
    let counts = input.request_items.iter().map(|(_, requests)| requests.len());
    bounded(counts, limits::BATCH_WRITE_REQUESTS_MAX, Operation::BatchWriteItem)
        .map_err(|fault| BATCH_WRITE.item(fault))?;
    let mut blocks = Vec::with_capacity(input.request_items.len());
    for (table, requests) in input.request_items.0 {
        blocks.push(WriteBlock {
            table,
            writes: requests.iter().map(entry).collect::<Result<_, _>>()?,
        });
    }
    Ok(BatchWrite {
        blocks,
        detail: Detail::from(input.return_consumed_capacity),
        metrics: matches!(
            input.return_item_collection_metrics,
            Some(ReturnItemCollectionMetrics::Size)
        ),
    })
}

/// A request with both kinds of writes, or with none, is refused in the words for values of several datatypes.
fn entry<'a>(request: &WriteRequest<'a>) -> Result<BatchWriteEntry<'a>, Error> {
    match (&request.put_request, &request.delete_request) {
        (Some(put), None) => admit::admit_item(put.item.bytes(), BATCH_WRITE.layer)
            .map(BatchWriteEntry::Put)
            .map_err(|fault| BATCH_WRITE.value(fault)),
        (None, Some(delete)) => key(delete.key, BATCH_WRITE).map(BatchWriteEntry::Delete),
        (Some(_), Some(_)) | (None, None) => Err(BATCH_WRITE.value(ValueFault::ManyDatatypes)),
    }
}
