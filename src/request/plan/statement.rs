//! PartiQL statements against their tables: what they write by one key, and the batches and transactions that they make.

use super::batch::Rows;
use super::item::entered;
use super::keys::{self, Wording, Written};
use super::select::{self, SingleAsked};
use super::work::{Action, Get, OnFailure, TransactWrite, Work, Write};
use super::{Plan, usable};
use crate::error::item::{IndexFault, ItemFault, KeyFault, TransactionFault};
use crate::error::{Error, Invalid};
use crate::expression::{Builder, Condition, Function, Paths};
use crate::limits;
use crate::partiql::{Returning, Select, Statement, StatementFault, Where};
use crate::request::respond::{
    ActionShape, BatchStatementReply, MemberReply, Reply, Returned, StatementReply, TransactGetReply,
    TransactWriteReply,
};
use crate::request::validate::{SingleStatement, StatementBatch, StatementTransaction, bare};
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
        Statement::Insert(insert) => {
            let image = insert.item.item.attributes();
            let row = keys::row(table, image, Wording::Unnamed)?;
            keys::check_index_keys(table, image, Written::Put)?;
            if insert.item.size_bytes > limits::ITEM_SIZE_BYTES_MAX {
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
        Statement::Update(update) => {
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
        Statement::Delete(delete) => {
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
        Statement::Exists(select) => check(&select, table, on_failure),
        Statement::Select(_) | Statement::Faulty(..) => Err(Error::InternalServerError),
    }
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
        Some(Returning {
            only_modified: false,
            new: false,
        }) => Returned::AllOld,
        Some(Returning {
            only_modified: false,
            new: true,
        }) => Returned::AllNew,
        Some(Returning {
            only_modified: true,
            new: false,
        }) => Returned::UpdatedOld,
        Some(Returning {
            only_modified: true,
            new: true,
        }) => Returned::UpdatedNew,
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

pub(in crate::request) fn batch(batch: StatementBatch, catalog: &Catalog) -> Result<Plan, Error> {
    let mut rows = Rows::default();
    let (mut gets, mut writes) = (Vec::new(), Vec::new());
    let mut members = Vec::with_capacity(batch.members.len());
    for member in batch.members {
        let planned = member.and_then(|member| {
            if let Statement::Faulty(source, own) = member.statement {
                return Err(select::refusal(catalog, &source, own));
            }
            let name: Rc<str> = Rc::from(member.statement.table());
            let table = usable(catalog, &name)?;
            Ok(match member.statement {
                Statement::Select(select) => {
                    select::check_key(&table, &select.source)?;
                    let key = read(&select, &table, StatementFault::BatchSelect)?;
                    gets.push(Get {
                        table,
                        key,
                        consistent: member.consistent,
                    });
                    MemberReply::Read {
                        shown_name: name,
                        consistent: member.consistent,
                        paths: select.paths,
                    }
                }
                statement => {
                    // The answer never shows the item that a write fails at; its size is charged.
                    let writing = writing(statement, &table, OnFailure::ReturnOld)?;
                    let action = writing.write.action.clone();
                    writes.push(writing.write);
                    MemberReply::Write {
                        shown_name: name,
                        returned: writing.returned,
                        action,
                        table,
                    }
                }
            })
        });
        members.push(planned.unwrap_or_else(MemberReply::Failed));
    }
    for get in &gets {
        rows.note(&get.table, &get.key, KeyFault::Duplicates)?;
    }
    for write in &writes {
        rows.note(&write.table, &write.key, KeyFault::Duplicates)?;
    }
    Ok(Plan {
        work: if batch.writes {
            Work::BatchWrite(writes)
        } else {
            Work::BatchGet(gets)
        },
        reply: Reply::StatementBatch(BatchStatementReply {
            members,
            detail: batch.detail,
        }),
    })
}

/// What is found wrong with a statement against its table: the cause of a cancellation, unless it refuses the transaction.
fn cause(error: Error, position: usize) -> Result<Invalid, Error> {
    match error {
        Error::ValidationException(Invalid::Statement(
            refused @ (StatementFault::TransactionSelect
            | StatementFault::TransactionIndex
            | StatementFault::Exists
            | StatementFault::ExistsIndex),
        )) => Err(fault(StatementFault::InTransaction(position, Box::new(refused)))),
        Error::ValidationException(Invalid::Item {
            fault:
                ItemFault::Key(KeyFault::Empty { .. })
                | ItemFault::Index(IndexFault::KeyEmpty { .. })
                | ItemFault::ItemTooLarge,
            ..
        }) => Err(error),
        Error::ValidationException(cause) => Ok(cause),
        error => Err(error),
    }
}

pub(in crate::request) fn transaction(transaction: StatementTransaction, catalog: &Catalog) -> Result<Plan, Error> {
    if transaction.writes {
        transaction_of_writes(transaction, catalog)
    } else {
        transaction_of_reads(transaction, catalog)
    }
}

fn transaction_of_reads(transaction: StatementTransaction, catalog: &Catalog) -> Result<Plan, Error> {
    let mut gets = Vec::with_capacity(transaction.statements.len());
    let mut shown = Vec::with_capacity(transaction.statements.len());
    for (position, statement) in transaction.statements.into_iter().enumerate() {
        let (Statement::Select(select), _) = statement.map_err(fault)? else {
            return Err(Error::InternalServerError);
        };
        let table = usable(catalog, &select.source.table)?;
        let otherwise = match select.source.index {
            Some(_) => StatementFault::TransactionIndex,
            None => StatementFault::TransactionSelect,
        };
        gets.push(match read(&select, &table, otherwise) {
            Ok(key) => Ok(Get {
                table,
                key,
                consistent: true,
            }),
            Err(error) => Err(cause(error, position)?),
        });
        shown.push((Rc::from(select.source.table.as_str()), select.paths));
    }
    let mut rows = Rows::default();
    for get in gets.iter().flatten() {
        rows.note(&get.table, &get.key, TransactionFault::DuplicateItems)?;
    }
    Ok(Plan {
        work: Work::TransactGet(gets),
        reply: Reply::TransactGet(TransactGetReply {
            gets: shown,
            detail: transaction.detail,
        }),
    })
}

fn transaction_of_writes(transaction: StatementTransaction, catalog: &Catalog) -> Result<Plan, Error> {
    let mut actions = Vec::with_capacity(transaction.statements.len());
    let mut shapes = Vec::with_capacity(transaction.statements.len());
    for (position, statement) in transaction.statements.into_iter().enumerate() {
        let (statement, on_failure) = statement.map_err(fault)?;
        let shown_name: Rc<str> = Rc::from(statement.table());
        let table = usable(catalog, &shown_name)?;
        actions.push(match writing(statement, &table, on_failure) {
            Ok(writing) => {
                if let Action::Update {
                    update: Some(update), ..
                } = &writing.write.action
                {
                    keys::check_given(&table, update)?;
                }
                shapes.push(ActionShape {
                    table,
                    shown_name,
                    key: writing.key,
                    checks: matches!(writing.write.action, Action::Check),
                });
                Ok(writing.write)
            }
            Err(error) => Err(cause(error, position)?),
        });
    }
    let mut rows = Rows::default();
    for write in actions.iter().flatten() {
        rows.note(&write.table, &write.key, TransactionFault::DuplicateItems)?;
    }
    Ok(Plan {
        work: Work::TransactWrite(Box::new(TransactWrite {
            actions,
            token: transaction.token,
        })),
        reply: Reply::TransactWrite(TransactWriteReply {
            actions: shapes,
            detail: transaction.detail,
            metrics: false,
            of_statements: true,
        }),
    })
}
