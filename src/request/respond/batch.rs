//! Answers of BatchGetItem and BatchWriteItem.

use super::capacity::{ConsumedCapacity, Detail, ItemCollectionMetrics, collection_metrics, consumed_capacity};
use super::encode;
use super::item::{projected, raw};
use super::items::Items;
use super::named::Named;
use crate::error::Error;
use crate::expression::Paths;
use crate::limits;
use crate::request::capacity::{self, Consumed};
use crate::request::plan::Written;
use crate::request::tree::RawMap;
use crate::table::Table;
use crate::value::Item;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::rc::Rc;

/// What BatchGetItem's answer needs.
#[derive(Debug)]
pub struct BatchGetReply {
    /// The tables in the order of the request; their keys lie one after another in the work.
    pub blocks: Vec<UnprocessedBlock>,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One table of a BatchGetItem: what is needed to answer it, and to ask for the rest of it again.
#[derive(Debug)]
pub struct UnprocessedBlock {
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// The keys asked for.
    pub keys: Vec<Item>,
    /// What to show of each item.
    pub paths: Option<Paths>,
    /// True for consistent reads.
    pub consistent: bool,
    /// `ConsistentRead` as sent.
    pub consistent_read: Option<bool>,
    /// `ProjectionExpression` as sent.
    pub projection_expression: Option<String>,
    /// `ExpressionAttributeNames` as sent.
    pub expression_attribute_names: Option<Vec<(String, String)>>,
    /// `AttributesToGet` as sent.
    pub attributes_to_get: Option<Vec<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BatchGetAnswer<'a> {
    responses: Named<Vec<RawMap<'a>>>,
    unprocessed_keys: Named<KeysAndAttributes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<Vec<ConsumedCapacity<'a>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct KeysAndAttributes<'a> {
    keys: Vec<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes_to_get: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consistent_read: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    projection_expression: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression_attribute_names: Option<Names<'a>>,
}

struct Names<'a>(&'a [(String, String)]);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, attribute) in self.0 {
            map.serialize_entry(name, attribute)?;
        }
        map.end()
    }
}

/// What one table of a BatchGetItem came to.
struct BlockAnswer<'a> {
    block: &'a UnprocessedBlock,
    shown: Vec<Shown<'a>>,
    unprocessed: Vec<RawMap<'a>>,
    consumed: Consumed,
}

/// An item in a response: stored bytes, or what a projection kept of them.
enum Shown<'a> {
    Whole(&'a Item),
    Part(Vec<u8>),
}

/// Items are taken until the reply would pass 16 MB; the keys behind them come back unprocessed and cost nothing, as do those that
/// were throttled. If all were throttled, the batch fails as a whole.
#[inline(never)]
pub(super) fn got<'a>(reply: &'a BatchGetReply, mut items: Items<'a>) -> Result<Vec<u8>, Error> {
    if let Some(error) = items.refusal() {
        return Err(error.clone());
    }
    let mut budget = Some(limits::BATCH_GET_REPLY_BYTES_MAX);
    let answers: Vec<BlockAnswer<'_>> = reply
        .blocks
        .iter()
        .map(|block| answer_block(block, &mut items, &mut budget))
        .collect();
    let mut responses = Vec::with_capacity(answers.len());
    for answer in &answers {
        let shown = answer.shown.iter().map(|shown| match shown {
            Shown::Whole(item) => Ok(RawMap::from(*item)),
            Shown::Part(bytes) => raw(bytes),
        });
        responses.push((answer.block.shown_name.clone(), shown.collect::<Result<_, _>>()?));
    }
    let unprocessed = answers
        .iter()
        .filter(|answer| !answer.unprocessed.is_empty())
        .map(|answer| (answer.block.shown_name.clone(), again(answer)))
        .collect();
    let consumed: Vec<_> = answers
        .iter()
        .filter_map(|answer| consumed_capacity(&answer.block.shown_name, &answer.consumed, reply.detail))
        .collect();
    encode(&BatchGetAnswer {
        responses: Named(responses),
        unprocessed_keys: Named(unprocessed),
        consumed_capacity: (reply.detail != Detail::None).then_some(consumed),
    })
}

fn answer_block<'a>(block: &'a UnprocessedBlock, items: &mut Items<'a>, budget: &mut Option<usize>) -> BlockAnswer<'a> {
    let mut answer = BlockAnswer {
        block,
        shown: Vec::with_capacity(block.keys.len()),
        unprocessed: Vec::new(),
        consumed: Consumed::default(),
    };
    for (key, item) in block.keys.iter().zip(items) {
        let Ok(item) = item else {
            answer.unprocessed.push(RawMap::from(key));
            continue;
        };
        let bytes = item.map_or(0, Item::size_bytes);
        *budget = budget.and_then(|left| left.checked_sub(bytes));
        if budget.is_none() {
            answer.unprocessed.push(RawMap::from(key));
            continue;
        }
        answer.consumed.table += capacity::read_units(bytes, block.consistent);
        match (item, &block.paths) {
            (None, _) => {}
            (Some(item), None) => answer.shown.push(Shown::Whole(item)),
            (Some(item), Some(paths)) => answer.shown.push(Shown::Part(projected(item, paths))),
        }
    }
    answer
}

fn again<'a>(answer: &BlockAnswer<'a>) -> KeysAndAttributes<'a> {
    let block = answer.block;
    KeysAndAttributes {
        keys: answer.unprocessed.clone(),
        attributes_to_get: block.attributes_to_get.as_deref(),
        consistent_read: block.consistent_read,
        projection_expression: block.projection_expression.as_deref(),
        expression_attribute_names: block.expression_attribute_names.as_deref().map(Names),
    }
}

/// What BatchWriteItem's answer needs.
#[derive(Debug)]
pub struct BatchWriteReply {
    /// The writes in the order of the request, grouped by table.
    pub writes: Vec<WriteShape>,
    /// True if metrics were asked for.
    pub metrics: bool,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One write of a batch.
#[derive(Debug)]
pub struct WriteShape {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// What was asked for.
    pub sent: SentWrite,
}

/// A write of a batch, as it is sent back where it was not done.
#[derive(Debug)]
pub enum SentWrite {
    /// The item to put.
    Put(Item),
    /// The key of the row to delete.
    Delete(Item),
}

impl SentWrite {
    /// Attributes with the row's key among them.
    fn keyed(&self) -> &Item {
        match self {
            SentWrite::Put(item) | SentWrite::Delete(item) => item,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BatchWriteAnswer<'a> {
    unprocessed_items: Named<Vec<WriteRequest<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_collection_metrics: Option<Named<Vec<ItemCollectionMetrics<'a>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<Vec<ConsumedCapacity<'a>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WriteRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    put_request: Option<PutRequest<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_request: Option<DeleteRequest<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PutRequest<'a> {
    item: RawMap<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteRequest<'a> {
    key: RawMap<'a>,
}

/// True for errors that a caller gets around by sending the same write again.
fn is_worth_retrying(error: &Error) -> bool {
    error.is_throttling() || matches!(error, Error::TransactionConflictException | Error::InternalServerError)
}

/// What the writes of a batch came to, table by table.
struct Tally<'a> {
    unprocessed: Named<Vec<WriteRequest<'a>>>,
    consumed: Named<Consumed>,
    collections: Named<Vec<Collection>>,
}

/// An item collection that was written to, and its size.
struct Collection {
    key: Item,
    bytes: u64,
}

impl<'a> Tally<'a> {
    fn count(
        &mut self,
        reply: &BatchWriteReply,
        shape: &'a WriteShape,
        outcome: &Result<Box<Written>, Error>,
    ) -> Result<(), Error> {
        let name = &shape.shown_name;
        let written = match outcome {
            Ok(written) => written,
            Err(error) if is_worth_retrying(error) => {
                self.unprocessed
                    .update(name, |requests| requests.push(request_again(shape)));
                return Ok(());
            }
            Err(error) => return Err(error.clone()),
        };
        if reply.detail != Detail::None {
            let consumed = capacity::write(&shape.table, written.before.as_ref(), written.after.as_ref());
            self.consumed.update(name, |sum| sum.add(consumed));
        }
        if reply.metrics && !shape.table.local_indexes.is_empty() {
            let key = super::capacity::collection_key(&shape.table, shape.sent.keyed());
            let bytes = written.collection_bytes.unwrap_or(0);
            self.collections
                .update(name, |collections| note_collection(collections, key, bytes));
        }
        Ok(())
    }
}

/// Writes that were throttled, or met a transaction, come back unprocessed; if all were throttled, the batch fails as a whole.
#[inline(never)]
pub(super) fn wrote(reply: &BatchWriteReply, written: Vec<Result<Box<Written>, Error>>) -> Result<Vec<u8>, Error> {
    debug_assert_eq!(reply.writes.len(), written.len(), "one outcome for each write");
    let met_transaction =
        |outcome: &Result<Box<Written>, Error>| matches!(outcome, Err(Error::TransactionConflictException));
    if written.iter().all(Result::is_err)
        && let Some(Err(error)) = written.iter().find(|outcome| !met_transaction(outcome))
    {
        return Err(error.clone());
    }
    let mut tally = Tally {
        unprocessed: Named::default(),
        consumed: Named::default(),
        collections: Named::default(),
    };
    for (shape, outcome) in reply.writes.iter().zip(&written) {
        tally.count(reply, shape, outcome)?;
    }
    let metrics = tally.collections.0.iter().map(|(name, collections)| {
        let metrics = collections.iter().map(|of| collection_metrics(&of.key, of.bytes));
        (name.clone(), metrics.collect())
    });
    let shown: Vec<_> = tally
        .consumed
        .0
        .iter()
        .filter_map(|(name, consumed)| consumed_capacity(name, consumed, reply.detail))
        .collect();
    encode(&BatchWriteAnswer {
        item_collection_metrics: (!tally.collections.0.is_empty()).then(|| Named(metrics.collect())),
        consumed_capacity: (reply.detail != Detail::None).then_some(shown),
        unprocessed_items: tally.unprocessed,
    })
}

/// A collection is shown once, with its size after the last write to it.
fn note_collection(collections: &mut Vec<Collection>, key: Item, bytes: u64) {
    match collections.iter_mut().find(|known| known.key == key) {
        Some(known) => known.bytes = bytes,
        None => collections.push(Collection { key, bytes }),
    }
}

fn request_again(shape: &WriteShape) -> WriteRequest<'_> {
    match &shape.sent {
        SentWrite::Put(item) => WriteRequest {
            put_request: Some(PutRequest {
                item: RawMap::from(item),
            }),
            delete_request: None,
        },
        SentWrite::Delete(key) => WriteRequest {
            put_request: None,
            delete_request: Some(DeleteRequest { key: RawMap::from(key) }),
        },
    }
}
