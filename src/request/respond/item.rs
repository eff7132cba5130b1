//! Answers of GetItem, PutItem, UpdateItem and DeleteItem.

use super::capacity::{
    ConsumedCapacity, Detail, ItemCollectionMetrics, collection_key, collection_metrics, consumed_capacity,
};
use super::encode;
use crate::error::Error;
use crate::expression::Paths;
use crate::request::capacity::{self, Consumed};
use crate::request::plan::Written;
use crate::request::tree::RawMap;
use crate::table::Table;
use crate::value::Item;
use crate::value::flat::Writer;
use serde::Serialize;
use std::borrow::Cow;
use std::rc::Rc;

/// What GetItem's answer needs.
#[derive(Debug)]
pub struct GetReply {
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// True for a consistent read.
    pub consistent: bool,
    /// What to show of the item.
    pub paths: Option<Paths>,
    /// Capacity asked for.
    pub detail: Detail,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GetAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<ConsumedCapacity<'a>>,
}

/// What the paths keep of an item: its `Attributes` form.
pub(super) fn projected(item: &Item, paths: &Paths) -> Vec<u8> {
    let mut writer = Writer::new();
    paths.project(item.attributes(), &mut writer);
    writer.into_bytes()
}

/// Bytes that a projection or a store has written.
pub(super) fn raw(bytes: &[u8]) -> Result<RawMap<'_>, Error> {
    let map = RawMap::new(bytes);
    debug_assert!(map.is_ok(), "stored and projected items are well formed");
    map.map_err(|_| Error::InternalServerError)
}

/// The answer to GetItem.
#[inline(never)]
pub(super) fn got(reply: &GetReply, item: Option<&Item>) -> Result<Vec<u8>, Error> {
    let bytes = item.map_or(0, Item::size_bytes);
    let consumed = Consumed::table(capacity::read_units(bytes, reply.consistent));
    let kept = match (item, &reply.paths) {
        (Some(item), Some(paths)) => Some(projected(item, paths)),
        (Some(_), None) | (None, _) => None,
    };
    let shown = match (&kept, item) {
        (Some(bytes), _) => Some(raw(bytes)?),
        (None, Some(item)) => Some(RawMap::from(item)),
        (None, None) => None,
    };
    encode(&GetAnswer {
        item: shown,
        consumed_capacity: consumed_capacity(&reply.shown_name, &consumed, reply.detail),
    })
}

/// What a write returns of the item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Returned {
    /// Nothing.
    #[default]
    Nothing,
    /// The item before.
    AllOld,
    /// What the update changed, as it was.
    UpdatedOld,
    /// The item after.
    AllNew,
    /// What the update changed, as it is.
    UpdatedNew,
}

/// What the answer of a write needs.
#[derive(Debug)]
pub struct WriteReply {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// What to return of the item.
    pub returned: Returned,
    /// Capacity asked for.
    pub detail: Detail,
    /// The key of the item collection, if metrics were asked for and the table has collections.
    pub collection: Option<Item>,
}

impl WriteReply {
    /// The collection key of a row, if `asked` for metrics that the table has.
    pub fn collection_of(table: &Table, row: &Item, asked: bool) -> Option<Item> {
        (asked && !table.local_indexes.is_empty()).then(|| collection_key(table, row))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WriteAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<ConsumedCapacity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_collection_metrics: Option<ItemCollectionMetrics<'a>>,
}

/// What a write shows of the item.
pub(super) fn returned_item(returned: Returned, written: &Written) -> Option<Cow<'_, Item>> {
    let before = written.before.as_ref();
    match returned {
        Returned::Nothing => None,
        Returned::AllOld => before.map(Cow::Borrowed),
        Returned::AllNew => written.after.as_ref().map(Cow::Borrowed),
        Returned::UpdatedOld => written.updated.as_ref()?.old(before).map(Cow::Owned),
        Returned::UpdatedNew => written.updated.as_ref()?.new_fragments().map(Cow::Owned),
    }
}

/// The answer to PutItem, UpdateItem and DeleteItem.
#[inline(never)]
pub(super) fn wrote(reply: &WriteReply, written: &Written) -> Result<Vec<u8>, Error> {
    let before = written.before.as_ref();
    let attributes = returned_item(reply.returned, written);
    let consumed = match reply.detail {
        Detail::None => Consumed::default(),
        Detail::Total | Detail::Indexes => capacity::write(&reply.table, before, written.after.as_ref()),
    };
    encode(&WriteAnswer {
        attributes: attributes.as_deref().map(RawMap::from),
        consumed_capacity: consumed_capacity(&reply.shown_name, &consumed, reply.detail),
        item_collection_metrics: reply
            .collection
            .as_ref()
            .map(|key| collection_metrics(key, written.collection_bytes.unwrap_or(0))),
    })
}
