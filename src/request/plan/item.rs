//! PutItem, UpdateItem, DeleteItem and GetItem against their table.

use super::keys::{self, Wording, Written};
use super::work::{Action, Get, OnFailure, Work, Write};
use super::{Plan, usable};
use crate::error::Error;
use crate::error::item::{ItemFault, KeyFault};
use crate::expression::{Condition, Paths};
use crate::limits;
use crate::request::respond::{GetReply, Reply, WriteReply};
use crate::request::validate::{self, Answer, bare};
use crate::table::{Catalog, RowKey, Table};
use crate::value::Item;
use crate::value::flat::Map;
use std::rc::Rc;

/// An admitted key's attributes; admission has read them before.
pub(super) fn attributes<'k>(key: &'k validate::AdmittedKey<'_>) -> Result<Map<'k>, Error> {
    key.attributes().map_err(|_| bare(KeyFault::Mismatch))
}

/// PutItem, against its table.
pub(in crate::request) fn put(put: validate::Put<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, put.table)?;
    let attributes = put.item.item.attributes();
    let key = keys::row(&table, attributes, Wording::Named)?;
    keys::check_index_keys(&table, attributes, Written::Put)?;
    keys::check_entered(&table, entered(put.condition.as_ref()))?;
    if !table.has_room_for(put.item.size_bytes, attributes) {
        return Err(bare(ItemFault::ItemTooLarge));
    }
    let reply = reply(&table, put.table, &put.item.item, put.answer);
    Ok(written(
        table,
        key,
        Action::Put(put.item.item),
        put.condition,
        put.answer,
        reply,
    ))
}

/// UpdateItem, against its table.
pub(in crate::request) fn update(update: validate::Update<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, update.table)?;
    let row = keys::exact_row(&table, attributes(&update.key)?)?;
    let key = update.key.to_item();
    let reply = reply(&table, update.table, &key, update.answer);
    let (change, legacy) = match update.update {
        None => (None, false),
        Some(change) => (Some(change.update), change.legacy),
    };
    if let Some(change) = &change {
        if let Some(name) = change.touched().find(|name| table.schema.contains(name.as_bytes())) {
            let name = name.to_owned();
            return Err(bare(KeyFault::Updated { name }));
        }
        keys::check_entered(&table, change.entered_names())?;
        // Only expressions have a size of their own.
        if !legacy && change.charge() > limits::ITEM_SIZE_BYTES_MAX {
            return Err(bare(ItemFault::UpdatedItemTooLarge));
        }
    }
    keys::check_entered(&table, entered(update.condition.as_ref()))?;
    let action = Action::Update {
        update: change,
        key,
        legacy,
    };
    Ok(written(table, row, action, update.condition, update.answer, reply))
}

/// DeleteItem, against its table.
pub(in crate::request) fn delete(delete: validate::Delete<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, delete.table)?;
    let row = keys::exact_row(&table, attributes(&delete.key)?)?;
    keys::check_entered(&table, entered(delete.condition.as_ref()))?;
    let reply = reply(&table, delete.table, &delete.key.to_item(), delete.answer);
    Ok(written(
        table,
        row,
        Action::Delete,
        delete.condition,
        delete.answer,
        reply,
    ))
}

/// The attributes that a condition goes inside of.
pub(super) fn entered(condition: Option<&Condition>) -> impl Iterator<Item = &str> {
    condition.into_iter().flat_map(Condition::entered_names)
}

fn reply(table: &Rc<Table>, shown_name: &str, row: &Item, answer: Answer) -> WriteReply {
    WriteReply {
        table: table.clone(),
        shown_name: super::shown_name(table, shown_name),
        returned: answer.returned,
        detail: answer.detail,
        collection: WriteReply::collection_of(table, row, answer.metrics),
    }
}

fn written(
    table: Rc<Table>,
    key: RowKey,
    action: Action,
    condition: Option<Condition>,
    answer: Answer,
    reply: WriteReply,
) -> Plan {
    Plan {
        work: Work::Write(Box::new(Write {
            table,
            key,
            action,
            condition,
            on_failure: if answer.old_on_failure {
                OnFailure::ReturnOld
            } else {
                OnFailure::Refuse
            },
            closed: None,
        })),
        reply: Reply::Write(reply),
    }
}

/// GetItem, against its table.
pub(in crate::request) fn get(get: validate::Get<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, get.table)?;
    // Before the key, unlike where writes go inside one: so does DynamoDB Local.
    keys::check_entered(&table, get.paths.iter().flat_map(Paths::entered_names))?;
    let key = keys::exact_row(&table, attributes(&get.key)?)?;
    let shown_name = super::shown_name(&table, get.table);
    Ok(Plan {
        work: Work::Get(Box::new(Get {
            table,
            key,
            consistent: get.consistent,
        })),
        reply: Reply::Get(GetReply {
            shown_name,
            consistent: get.consistent,
            paths: get.paths,
            detail: get.detail,
        }),
    })
}
