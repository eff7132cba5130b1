//! PartiQL statements against their tables: what they write by one key, and the batches and transactions that they make.

mod batch;
mod transaction;

pub(in crate::request) use batch::batch;
pub(in crate::request) use transaction::transaction;

use super::item::entered;
use super::keys::{self, Wording, Written};
use super::select::{self, SingleAsked};
use super::work::{Action, OnFailure, Work, Write};
use super::{Plan, usable};
use crate::error::Error;
use crate::error::item::{ItemFault, KeyFault};
use crate::expression::{Builder, Condition, Function, Paths};
use crate::partiql::{Delete, Insert, Returning, Select, Statement, StatementFault, Update, Where};
use crate::request::respond::{Reply, Returned, StatementReply};
use crate::request::validate::{SingleStatement, bare};
use crate::table::{Catalog, RowKey, Table};
use crate::value::Item;
use crate::value::flat::{Tag, Writer};
use std::rc::Rc;

fn fault(fault: StatementFault) -> Error {
    Error::invalid(fault)
}

/// A statement that writes one item.
struct Writing {
    write: Write,
    /// The item's key attributes.
    key: Item,
    /// What is shown of the item.
    returned: Returned,
}

/// ExecuteStatement.
pub(in crate::request) fn single(mut single: SingleStatement, catalog: &Catalog) -> Result<Plan, Error> {
    let asked = SingleAsked::of(&mut single);
    let (statement, on_failure, detail) = (single.statement, single.on_failure, single.detail);
    let name = statement.table().to_owned();
    let statement = match statement {
        Statement::Select(select) => return select::plan(select, asked, catalog),
        Statement::Faulty(source, own) => return Err(select::refusal(catalog, &source, own)),
        statement => statement,
    };
    let table = usable(catalog, &name)?;
    let writing = writing(statement, &table, on_failure)?;
    Ok(Plan {
        reply: Reply::Statement(StatementReply {
            shown_name: Rc::from(name),
            returned: writing.returned,
            detail,
            table,
        }),
        work: Work::Write(Box::new(writing.write)),
    })
}

fn writing(statement: Statement, table: &Rc<Table>, on_failure: OnFailure) -> Result<Writing, Error> {
    match statement {
        Statement::Insert(insert) => inserting(insert, table),
        Statement::Update(update) => updating(update, table, on_failure),
        Statement::Delete(delete) => deleting(&delete, table, on_failure),
        Statement::Exists(select) => check(&select, table, on_failure),
        Statement::Select(_) | Statement::Faulty(..) => Err(Error::InternalServerError),
    }
}

fn inserting(insert: Insert, table: &Rc<Table>) -> Result<Writing, Error> {
    let image = insert.item.item.attributes();
    let row = keys::row(table, image, Wording::Unnamed)?;
    keys::check_index_keys(table, image, Written::Put)?;
    if !table.has_room_for(insert.item.size_bytes, image) {
        return Err(bare(ItemFault::ItemTooLarge));
    }
    Ok(Writing {
        key: table.key_of(image),
        returned: Returned::Nothing,
        write: Write {
            table: table.clone(),
            key: row,
            action: Action::Put(insert.item.item),
            condition: absent(table),
            on_failure: OnFailure::Duplicate,
            closed: None,
        },
    })
}

fn updating(update: Update, table: &Rc<Table>, on_failure: OnFailure) -> Result<Writing, Error> {
    keys::check_entered(table, entered(update.filter.condition()))?;
    let (row, key) = row_of(&update.filter, table)?;
    if let Some(name) = (update.update.touched()).find(|name| table.schema.contains(name.as_bytes())) {
        let name = name.to_owned();
        return Err(bare(KeyFault::Updated { name }));
    }
    keys::check_entered(table, update.update.entered_names())?;
    Ok(Writing {
        key: key.clone(),
        returned: returned(update.returning),
        write: Write {
            table: table.clone(),
            key: row,
            action: Action::Update {
                update: Some(update.update),
                key,
                legacy: false,
            },
            // The equality of the key is a part of it: nothing that is not there is equal to anything.
            condition: update.filter.condition().cloned(),
            on_failure,
            closed: None,
        },
    })
}

fn deleting(delete: &Delete, table: &Rc<Table>, on_failure: OnFailure) -> Result<Writing, Error> {
    keys::check_entered(table, entered(delete.filter.condition()))?;
    let (row, key) = row_of(&delete.filter, table)?;
    Ok(Writing {
        key,
        returned: returned(delete.returning),
        write: Write {
            table: table.clone(),
            key: row,
            action: Action::Delete,
            condition: delete.filter.beside_key(&key_names(table)),
            on_failure,
            closed: None,
        },
    })
}

/// EXISTS: a condition on one item that changes nothing.
fn check(select: &Select, table: &Rc<Table>, on_failure: OnFailure) -> Result<Writing, Error> {
    if select.source.index.is_some() {
        return Err(fault(StatementFault::ExistsIndex));
    }
    let names = key_names(table);
    if select.filter.key(&names).is_err() || select.filter.is_only(&names) {
        return Err(fault(StatementFault::Exists));
    }
    keys::check_entered(table, entered(select.filter.condition()))?;
    let (row, key) = row_of(&select.filter, table)?;
    Ok(Writing {
        key,
        returned: Returned::Nothing,
        write: Write {
            table: table.clone(),
            key: row,
            action: Action::Check,
            condition: select.filter.condition().cloned(),
            on_failure,
            closed: None,
        },
    })
}

/// INSERT's condition: nothing has the key.
fn absent(table: &Table) -> Option<Condition> {
    let partition = table.schema.partition.first()?;
    let mut builder = Builder::new();
    let name = builder.attribute(partition.name.as_str());
    let root = builder.holds(Function::AttributeNotExists, &[name]);
    Some(builder.into_condition(root))
}

fn returned(returning: Option<Returning>) -> Returned {
    match returning {
        None => Returned::Nothing,
        Some(Returning::AllOld) => Returned::AllOld,
        Some(Returning::AllNew) => Returned::AllNew,
        Some(Returning::ModifiedOld) => Returned::UpdatedOld,
        Some(Returning::ModifiedNew) => Returned::UpdatedNew,
    }
}

fn key_names(table: &Table) -> Vec<&str> {
    table.schema.attributes().map(|key| key.name.as_str()).collect()
}

/// The row that a WHERE clause names by its whole key, and the key attributes.
fn row_of(filter: &Where, table: &Table) -> Result<(RowKey, Item), Error> {
    let names = key_names(table);
    let values = filter.key(&names).map_err(fault)?;
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, names.len());
    for (name, value) in names.iter().zip(values) {
        writer.text(name.as_bytes());
        writer.copy(value.view());
    }
    writer.close(open);
    let key = Item::from_admitted(writer.bytes());
    let row = keys::exact_row(table, key.attributes())?;
    Ok((row, key))
}

/// The row that a SELECT reads by its whole key and nothing else.
fn read(select: &Select, table: &Rc<Table>, otherwise: StatementFault) -> Result<RowKey, Error> {
    let names = key_names(table);
    if select.source.index.is_some() || select.filter.key(&names).is_err() || !select.filter.is_only(&names) {
        return Err(fault(otherwise));
    }
    let (row, _) = row_of(&select.filter, table)?;
    keys::check_entered(table, select.paths.iter().flat_map(Paths::entered_names))?;
    Ok(row)
}
