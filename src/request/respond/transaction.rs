//! Answers of TransactWriteItems and TransactGetItems.

use super::capacity::{
    ConsumedCapacity, Detail, ItemCollectionMetrics, Transacted, collection_key, collection_metrics,
    transacted_capacity,
};
use super::encode;
use super::item::{projected, raw};
use super::named::Named;
use crate::error::Error;
use crate::expression::Paths;
use crate::request::capacity::{self, Consumed};
use crate::request::plan::Written;
use crate::request::tree::RawMap;
use crate::request::validate::check_transaction_size;
use crate::table::Table;
use crate::value::flat::Map;
use crate::value::{Item, size};
use serde::Serialize;
use std::rc::Rc;

/// What TransactWriteItems' answer needs.
#[derive(Debug)]
pub struct TransactWriteReply {
    /// The actions, in order.
    pub actions: Vec<ActionShape>,
    /// Capacity asked for.
    pub detail: Detail,
    /// True if metrics were asked for.
    pub metrics: bool,
    /// True for ExecuteTransaction, whose answer has an empty list for writes.
    pub of_statements: bool,
}

/// One action of a transaction, as far as its answer needs it.
#[derive(Debug)]
pub struct ActionShape {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// The item's key.
    pub key: Item,
    /// True for an action that changes nothing.
    pub checks: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TransactWriteAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    responses: Option<Vec<ItemResponse<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<Vec<ConsumedCapacity<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_collection_metrics: Option<Named<Vec<ItemCollectionMetrics<'a>>>>,
}

/// What actions consumed, by table.
#[derive(Default)]
pub(super) struct Tally(Named<Consumed>);

impl Tally {
    /// Adds an action.
    pub fn add(&mut self, shown_name: &Rc<str>, consumed: Consumed) {
        self.0.update(shown_name, |sum| sum.add(consumed));
    }
    /// What the answer shows.
    pub fn shown(&self, detail: Detail, transacted: Transacted) -> Option<Vec<ConsumedCapacity<'_>>> {
        let shown = self.0.iter();
        let shown = shown.filter_map(|(name, sum)| transacted_capacity(name, sum, detail, transacted));
        (detail != Detail::None).then(|| shown.collect())
    }
}

/// An item collection that was written to, and its size.
struct Collection {
    key: Item,
    bytes: u64,
}

/// The answer to TransactWriteItems, and to ExecuteTransaction of writes.
#[inline(never)]
pub(super) fn wrote(reply: &TransactWriteReply, written: &[Written]) -> Result<Vec<u8>, Error> {
    debug_assert_eq!(reply.actions.len(), written.len(), "one outcome for each action");
    let mut tally = Tally::default();
    let mut collections: Named<Vec<Collection>> = Named::default();
    for (shape, written) in reply.actions.iter().zip(written) {
        if reply.detail != Detail::None {
            let (before, after) = (written.before.as_ref(), written.after.as_ref());
            tally.add(
                &shape.shown_name,
                capacity::transacted_write(&shape.table, before, after),
            );
        }
        if reply.metrics && !shape.checks && !shape.table.local_indexes.is_empty() {
            let key = collection_key(&shape.table, &shape.key);
            let bytes = written.collection_bytes.unwrap_or(0);
            collections.update(&shape.shown_name, |known: &mut Vec<Collection>| {
                // All of a collection's sizes were taken after all its writes.
                if !known.iter().any(|known| known.key == key) {
                    known.push(Collection { key, bytes });
                }
            });
        }
    }
    let metrics = collections.map(|known| {
        let known = known.iter();
        known.map(|of| collection_metrics(&of.key, of.bytes)).collect()
    });
    encode(&TransactWriteAnswer {
        responses: reply.of_statements.then(Vec::new),
        consumed_capacity: tally.shown(reply.detail, Transacted::Write),
        item_collection_metrics: (!metrics.is_empty()).then_some(metrics),
    })
}

/// The answer to a transaction that had been done before: it costs what reading its items then would have.
#[inline(never)]
pub(super) fn replayed(reply: &TransactWriteReply, images: &[usize]) -> Result<Vec<u8>, Error> {
    let mut tally = Tally::default();
    for (shape, bytes) in reply.actions.iter().zip(images) {
        tally.add(&shape.shown_name, Consumed::table(capacity::transacted_read(*bytes)));
    }
    encode(&TransactWriteAnswer {
        responses: reply.of_statements.then(Vec::new),
        consumed_capacity: tally.shown(reply.detail, Transacted::Read),
        item_collection_metrics: None,
    })
}

/// What TransactGetItems' answer needs.
#[derive(Debug)]
pub struct TransactGetReply {
    /// For each item the table as the caller named it, and what to show.
    pub gets: Vec<(Rc<str>, Option<Paths>)>,
    /// Capacity asked for.
    pub detail: Detail,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TransactGetAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<Vec<ConsumedCapacity<'a>>>,
    responses: Vec<ItemResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ItemResponse<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<RawMap<'a>>,
}

/// The answer to TransactGetItems, and to ExecuteTransaction of reads.
#[inline(never)]
pub(super) fn got(reply: &TransactGetReply, items: &[Option<Item>]) -> Result<Vec<u8>, Error> {
    let mut tally = Tally::default();
    for ((name, _), item) in reply.gets.iter().zip(items) {
        if reply.detail != Detail::None {
            let bytes = item.as_ref().map_or(0, |item| item.size_bytes());
            tally.add(name, Consumed::table(capacity::transacted_read(bytes)));
        }
    }
    let kept: Vec<Option<Vec<u8>>> = (reply.gets.iter().zip(items))
        .map(|((_, paths), item)| Some(projected(item.as_ref()?, paths.as_ref()?)))
        .collect();
    check_transaction_size(items.iter().zip(&kept).map(|(item, kept)| match kept {
        Some(bytes) => Map::read(bytes).map_or(0, size::item_size),
        None => item.as_ref().map_or(0, Item::size_bytes),
    }))?;
    let responses = items.iter().zip(&kept).map(|(item, kept)| {
        Ok(ItemResponse {
            item: match kept {
                // Of an item that has nothing of what was asked for nothing is shown, not even that it is there.
                Some(bytes) => Some(raw(bytes)?).filter(|shown| !shown.is_empty()),
                None => item.as_ref().map(RawMap::from),
            },
        })
    });
    encode(&TransactGetAnswer {
        responses: responses.collect::<Result<_, Error>>()?,
        consumed_capacity: tally.shown(reply.detail, Transacted::Read),
    })
}
