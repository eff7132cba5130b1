//! ExecuteTransaction: reads or writes that happen together or not at all.

use super::{fault, read, writing};
use crate::error::item::{IndexFault, ItemFault, KeyFault, TransactionFault};
use crate::error::{Error, Invalid};
use crate::partiql::{Statement, StatementFault};
use crate::request::plan::batch::Rows;
use crate::request::plan::keys;
use crate::request::plan::work::{Action, Get, TransactWrite, Work};
use crate::request::plan::{Plan, transaction, usable};
use crate::request::respond::{ActionShape, Reply, TransactGetReply, TransactWriteReply};
use crate::request::validate::StatementTransaction;
use crate::table::Catalog;
use std::rc::Rc;

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

/// ExecuteTransaction: reads only, or writes and checks only.
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
    let reply = TransactGetReply {
        gets: shown,
        detail: transaction.detail,
    };
    transaction::reads(gets, reply)
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
