//! Transactions against their tables.
//!
//! A missing table and an item named twice refuse the request. What else is wrong with an action cancels the transaction: the
//! cause goes into the work in place of the action, because AWS reports what became of the other actions beside it.

use super::batch::Rows;
use super::item::{attributes, entered};
use super::keys::{self, Wording, Written};
use super::work::{Action, Get, TransactWrite, Work, Write};
use super::{Plan, shown_name, usable};
use crate::error::item::{IndexFault, ItemFault, KeyFault, TransactionFault};
use crate::error::{Error, Invalid};
use crate::expression::{Paths, Update};
use crate::request::respond::{ActionShape, Reply, TransactGetReply, TransactWriteReply};
use crate::request::validate::{self, Effect, TransactAction, TransactRead, bare};
use crate::table::{Catalog, RowKey, Table};
use crate::value::Item;
use std::rc::Rc;

/// The writes of a transaction, and what an answer needs to know of each.
pub struct Actions {
    /// For the cluster.
    pub writes: Vec<Result<Write, Invalid>>,
    /// For the answer. An action whose key is invalid has no shape: its transaction is not answered by anything but its error.
    pub shapes: Vec<ActionShape>,
}

/// TransactWriteItems, against its tables.
pub(in crate::request) fn write(transaction: validate::TransactWrite<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let Actions { writes, shapes } = actions(transaction.actions, catalog)?;
    Ok(Plan {
        work: Work::TransactWrite(Box::new(TransactWrite {
            actions: writes,
            token: transaction.token,
        })),
        reply: Reply::TransactWrite(TransactWriteReply {
            actions: shapes,
            detail: transaction.detail,
            metrics: transaction.metrics,
            of_statements: false,
        }),
    })
}

/// Plans the writes of a transaction, TransactWriteItems' or ExecuteTransaction's.
///
/// # Errors
/// ResourceNotFoundException for the first table that is not there; ValidationException for an empty key, a path inside a key
/// attribute or an item that is too large, then for an item that is named twice.
pub(super) fn actions(actions: Vec<TransactAction<'_>>, catalog: &Catalog) -> Result<Actions, Error> {
    let tables = actions.iter().map(|action| usable(catalog, action.table));
    let tables: Vec<Rc<Table>> = tables.collect::<Result<_, _>>()?;
    let mut planned = Actions {
        writes: Vec::with_capacity(actions.len()),
        shapes: Vec::with_capacity(actions.len()),
    };
    for (action, table) in actions.into_iter().zip(tables) {
        let write = match action_on(&action, &table) {
            Ok(found) => Ok(found),
            Err(Error::ValidationException(cause)) if !refuses_all(&cause) => Err(cause),
            Err(error) => return Err(error),
        };
        let write = write.map(|(key, does, row)| {
            planned.shapes.push(ActionShape {
                table: table.clone(),
                shown_name: shown_name(&table, action.table),
                key: row,
                checks: matches!(does, Action::Check),
            });
            Write {
                table,
                key,
                action: does,
                condition: action.condition,
                on_failure: action.on_failure,
                closed: None,
            }
        });
        planned.writes.push(write);
    }
    let mut rows = Rows::default();
    for write in planned.writes.iter().flatten() {
        rows.note(&write.table, &write.key, TransactionFault::DuplicateItems)?;
    }
    Ok(planned)
}

/// Empty keys, of whatever the key is, paths inside key attributes and items that are too large refuse the request; everything
/// else that is wrong with a key cancels the transaction.
fn refuses_all(cause: &Invalid) -> bool {
    matches!(
        cause,
        Invalid::Item {
            fault: ItemFault::Key(KeyFault::Empty { .. })
                | ItemFault::Index(IndexFault::KeyEmpty { .. } | IndexFault::KeyUpdatedToEmpty { .. })
                | ItemFault::Key(KeyFault::Entered { .. })
                | ItemFault::ItemTooLarge,
            ..
        }
    )
}

/// The row of an action, what is done to it, and its key attributes.
fn action_on(action: &TransactAction<'_>, table: &Table) -> Result<(RowKey, Action, Item), Error> {
    let (row, does, key) = match &action.effect {
        Effect::Put(admitted) => {
            let image = admitted.item.attributes();
            let row = keys::row(table, image, Wording::Named)?;
            keys::check_index_keys(table, image, Written::Put)?;
            if !table.has_room_for(admitted.size_bytes, image) {
                return Err(bare(ItemFault::ItemTooLarge));
            }
            (row, Action::Put(admitted.item.clone()), table.key_of(image))
        }
        Effect::Check(key) => (keys::exact_row(table, attributes(key)?)?, Action::Check, key.to_item()),
        Effect::Delete(key) => (keys::exact_row(table, attributes(key)?)?, Action::Delete, key.to_item()),
        Effect::Update(key, update) => {
            let row = keys::exact_row(table, attributes(key)?)?;
            check_update(table, update)?;
            let key = key.to_item();
            let does = Action::Update {
                update: Some(update.clone()),
                key: key.clone(),
                legacy: false,
            };
            (row, does, key)
        }
    };
    keys::check_entered(table, entered(action.condition.as_ref()))?;
    Ok((row, does, key))
}

fn check_update(table: &Table, update: &Update) -> Result<(), Error> {
    if let Some(name) = update.touched().find(|name| table.schema.contains(name.as_bytes())) {
        let name = name.to_owned();
        return Err(bare(KeyFault::Updated { name }));
    }
    keys::check_entered(table, update.entered_names())?;
    keys::check_given(table, update)
}

/// TransactGetItems, against its tables.
pub(in crate::request) fn read(transaction: TransactRead<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let tables = transaction.gets.iter().map(|get| usable(catalog, get.table));
    let tables: Vec<Rc<Table>> = tables.collect::<Result<_, _>>()?;
    let mut gets = Vec::with_capacity(tables.len());
    let mut reply = TransactGetReply {
        gets: Vec::with_capacity(tables.len()),
        detail: transaction.detail,
    };
    for (get, table) in transaction.gets.into_iter().zip(tables) {
        keys::check_entered(&table, get.paths.iter().flat_map(Paths::entered_names))?;
        let row = attributes(&get.key).and_then(|key| keys::exact_row(&table, key));
        gets.push(match row {
            Ok(key) => Ok(Get {
                table,
                key,
                consistent: true,
            }),
            Err(Error::ValidationException(cause)) if !refuses_all(&cause) => Err(cause),
            Err(error) => return Err(error),
        });
        reply.gets.push((Rc::from(get.table), get.paths));
    }
    reads(gets, reply)
}

/// The plan of reads that happen together, each of another item.
pub(super) fn reads(gets: Vec<Result<Get, Invalid>>, reply: TransactGetReply) -> Result<Plan, Error> {
    let mut rows = Rows::default();
    for get in gets.iter().flatten() {
        rows.note(&get.table, &get.key, TransactionFault::DuplicateItems)?;
    }
    Ok(Plan {
        work: Work::TransactGet(gets),
        reply: Reply::TransactGet(reply),
    })
}
