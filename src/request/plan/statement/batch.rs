//! BatchExecuteStatement: reads or writes of rows, each answered for itself.

use super::{read, writing};
use crate::error::Error;
use crate::error::item::KeyFault;
use crate::partiql::{Statement, StatementFault};
use crate::request::plan::batch::Rows;
use crate::request::plan::select;
use crate::request::plan::work::{Get, OnFailure, Work};
use crate::request::plan::{Plan, usable};
use crate::request::respond::{BatchStatementReply, MemberReply, Reply};
use crate::request::validate::StatementBatch;
use crate::table::Catalog;
use std::rc::Rc;

/// BatchExecuteStatement: reads or writes, each of which fails by itself.
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
