//! Answers of ExecuteStatement and BatchExecuteStatement.

use super::capacity::{ConsumedCapacity, Detail, consumed_capacity};
use super::encode;
use super::item::{Returned, projected, raw, returned_item};
use super::items::Items;
use super::named::Named;
use super::walk::index_schema;
use crate::error::Error;
use crate::expression::Paths;
use crate::partiql::Column;
use crate::request::capacity::{self, Consumed, Units};
use crate::request::next_token::{self, StatementDigest};
use crate::request::plan::{Action, Source, Walked, Written, attempted};
use crate::request::tree::RawMap;
use crate::table::Table;
use crate::value::flat::{Map, Tag, ValueRef, View, Writer};
use crate::value::{Item, size};
use serde::Serialize;
use std::rc::Rc;

/// What the answer of a SELECT needs.
#[derive(Debug)]
pub struct SelectReply {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the statement names it.
    pub shown_name: Rc<str>,
    /// What was walked.
    pub source: Source,
    /// True for a consistent read.
    pub consistent: bool,
    /// What to show of each row.
    pub columns: Option<Vec<Column>>,
    /// What the next page's token is bound to.
    pub digest: StatementDigest,
    /// Capacity asked for.
    pub detail: Detail,
}

/// What the answer of a statement that writes needs.
#[derive(Debug)]
pub struct StatementReply {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the statement names it.
    pub shown_name: Rc<str>,
    /// What to return of the item.
    pub returned: Returned,
    /// Capacity asked for.
    pub detail: Detail,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatementAnswer<'a> {
    items: Vec<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_key: Option<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<ConsumedCapacity<'a>>,
}

/// The answer to ExecuteStatement of a SELECT.
#[inline(never)]
pub(super) fn selected(reply: &SelectReply, walked: &Walked) -> Result<Vec<u8>, Error> {
    let last = walked.last.as_ref();
    let schema = index_schema(&reply.table, reply.source);
    let last = last.map(|row| reply.table.paging_key(schema, row.attributes()));
    let consumed = match reply.detail {
        Detail::None => Consumed::default(),
        Detail::Total | Detail::Indexes => capacity::page(&reply.table, reply.source, reply.consistent, walked),
    };
    let cut: Vec<Vec<u8>> = match &reply.columns {
        Some(columns) => walked.rows.iter().map(|row| row_of(row, columns)).collect(),
        None => Vec::new(),
    };
    encode(&StatementAnswer {
        items: match reply.columns {
            Some(_) => cut.iter().map(|bytes| raw(bytes)).collect::<Result<_, _>>()?,
            None => walked.rows.iter().map(RawMap::from).collect(),
        },
        next_token: last.as_ref().map(|key| next_token::write(reply.digest, key)),
        last_evaluated_key: last.as_ref().map(RawMap::from),
        consumed_capacity: consumed_capacity(&reply.shown_name, &consumed, reply.detail),
    })
}

/// A row as its columns: each under its label, those that are not there left out.
fn row_of(row: &Item, columns: &[Column]) -> Vec<u8> {
    let cut: Vec<(&str, Vec<u8>)> = columns
        .iter()
        .filter_map(|column| {
            let kept = projected(row, &column.paths);
            let attributes = Map::read(&kept).ok()?;
            Some((column.label.as_str(), value_of(attributes, column)?.bytes().to_vec()))
        })
        .collect();
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, cut.len());
    for (label, bytes) in &cut {
        writer.text(label.as_bytes());
        match ValueRef::read(bytes) {
            Ok(value) => writer.copy(value),
            Err(_) => writer.tag(Tag::Null),
        }
    }
    writer.close(open);
    writer.into_bytes()
}

/// What a column shows of an item that has been cut down to it.
fn value_of<'a>(attributes: Map<'a>, column: &Column) -> Option<ValueRef<'a>> {
    let (first, rest) = column.names.split_first()?;
    let mut value = attributes.get(first.as_bytes())?;
    for name in rest {
        value = match value.view() {
            Ok(View::M(map)) => map.get(name.as_bytes())?,
            Ok(_) | Err(_) => return None,
        };
    }
    match value.view() {
        // Nothing but the element is left of its list.
        Ok(View::L(list)) if column.is_element => list.get(0),
        Ok(_) if !column.is_element => Some(value),
        Ok(_) | Err(_) => None,
    }
}

/// The answer to ExecuteStatement of a write.
#[inline(never)]
pub(super) fn wrote(reply: &StatementReply, written: &Written) -> Result<Vec<u8>, Error> {
    let item = returned_item(reply.returned, written);
    let consumed = match reply.detail {
        Detail::None => Consumed::default(),
        Detail::Total | Detail::Indexes => {
            capacity::write(&reply.table, written.before.as_ref(), written.after.as_ref())
        }
    };
    encode(&StatementAnswer {
        items: item.as_deref().map(RawMap::from).into_iter().collect(),
        next_token: None,
        last_evaluated_key: None,
        consumed_capacity: consumed_capacity(&reply.shown_name, &consumed, reply.detail),
    })
}

/// What BatchExecuteStatement's answer needs.
#[derive(Debug)]
pub struct BatchStatementReply {
    /// The statements in order; those that are in the work lie there one after another.
    pub members: Vec<MemberReply>,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One statement of a batch.
#[derive(Debug)]
pub enum MemberReply {
    /// It was refused before there was anything to do.
    Failed(Error),
    /// SELECT
    Read {
        /// The table as the statement names it.
        shown_name: Rc<str>,
        /// True for a consistent read.
        consistent: bool,
        /// What to show of the item.
        paths: Option<Paths>,
    },
    /// INSERT, UPDATE, DELETE
    Write {
        /// The table.
        table: Rc<Table>,
        /// The table as the statement names it.
        shown_name: Rc<str>,
        /// What to return of the item.
        returned: Returned,
        /// What it does.
        action: Action,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BatchAnswer<'a> {
    responses: Vec<MemberAnswer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<Vec<ConsumedCapacity<'a>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MemberAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<MemberError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<RawMap<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MemberError {
    code: String,
    message: String,
}

/// What came of one statement.
enum Came<'a> {
    /// It failed; whether it did so at the item.
    Failed(Option<&'a str>, &'a Error),
    /// It was done, and shows this.
    Done(&'a str, Option<Vec<u8>>),
}

/// What statements consumed of a table, and whether one of them was done.
#[derive(Default)]
struct Spent {
    consumed: Consumed,
    done: bool,
}

fn error(error: &Error) -> MemberError {
    // Members have the exceptions' names without their ending, but for two that have names of their own.
    let code = match error {
        Error::ValidationException(_) => "ValidationError",
        Error::ThrottlingException { .. } => "ThrottlingError",
        other => other.name().strip_suffix("Exception").unwrap_or(other.name()),
    };
    MemberError {
        code: code.to_owned(),
        message: error.message().unwrap_or_default().into_owned(),
    }
}

/// Answers a batch of reads.
#[inline(never)]
pub(super) fn got(reply: &BatchStatementReply, mut items: Items<'_>) -> Result<Vec<u8>, Error> {
    let mut spent: Named<Spent> = Named::default();
    let came = reply.members.iter().map(|member| match member {
        MemberReply::Failed(error) => Came::Failed(None, error),
        MemberReply::Read {
            shown_name,
            consistent,
            paths,
        } => {
            let item = match items.next() {
                Some(Ok(item)) => item,
                Some(Err(error)) => return Came::Failed(Some(shown_name), error),
                None => None,
            };
            let bytes = item.map_or(0, |item| size::item_size(item.attributes()));
            spent.update(shown_name, |spent| {
                spent.consumed.table += capacity::read_units(bytes, *consistent);
                spent.done = true;
            });
            Came::Done(
                shown_name,
                item.map(|item| match paths {
                    Some(paths) => projected(item, paths),
                    None => item.bytes().to_vec(),
                }),
            )
        }
        MemberReply::Write { shown_name, .. } => Came::Done(shown_name, None),
    });
    let came: Vec<Came<'_>> = came.collect();
    answer(reply, &came, &spent)
}

/// Answers a batch of writes.
#[inline(never)]
pub(super) fn batch_wrote(
    reply: &BatchStatementReply,
    written: &[Result<Box<Written>, Error>],
) -> Result<Vec<u8>, Error> {
    let mut written = written.iter();
    let mut spent: Named<Spent> = Named::default();
    let mut came = Vec::with_capacity(reply.members.len());
    for member in &reply.members {
        came.push(match member {
            MemberReply::Failed(error) => Came::Failed(None, error),
            MemberReply::Read { shown_name, .. } => Came::Done(shown_name, None),
            MemberReply::Write {
                table,
                shown_name,
                returned,
                action,
            } => match written.next() {
                Some(Ok(written)) => {
                    let consumed = capacity::write(table, written.before.as_ref(), written.after.as_ref());
                    spent.update(shown_name, |spent| {
                        spent.consumed.add(consumed);
                        spent.done = true;
                    });
                    let item = returned_item(*returned, written);
                    Came::Done(shown_name, item.map(|item| item.bytes().to_vec()))
                }
                Some(Err(error)) => {
                    // What has failed at the item has cost a write all the same; what was throttled has not come to it.
                    if !error.is_throttling() {
                        let units = failed(table, action, error);
                        spent.update(shown_name, |spent| spent.consumed.table += units);
                    }
                    Came::Failed(Some(shown_name), error)
                }
                None => return Err(Error::InternalServerError),
            },
        });
    }
    answer(reply, &came, &spent)
}

/// What a write has cost that failed: as if it had been done, where it is known what it met.
fn failed(table: &Table, action: &Action, error: &Error) -> Units {
    match error {
        Error::ConditionalCheckFailedException { item } | Error::DuplicateItemException { item } => {
            let before = item.as_ref();
            capacity::table_write(table, before, attempted(action, before).as_ref())
        }
        _ => capacity::write_units(0),
    }
}

fn answer(reply: &BatchStatementReply, came: &[Came<'_>], spent: &Named<Spent>) -> Result<Vec<u8>, Error> {
    let mut responses = Vec::with_capacity(came.len());
    for member in came {
        responses.push(match member {
            Came::Failed(name, cause) => MemberAnswer {
                error: Some(error(cause)),
                table_name: name.filter(|_| !matches!(cause, Error::ValidationException(_))),
                item: None,
            },
            Came::Done(name, item) => MemberAnswer {
                error: None,
                table_name: Some(name),
                item: item.as_deref().map(raw).transpose()?,
            },
        });
    }
    // A table in which nothing was done is not shown.
    let shown: Vec<_> = spent
        .iter()
        .filter(|(_, spent)| spent.done)
        .filter_map(|(name, spent)| consumed_capacity(name, &spent.consumed, reply.detail))
        .collect();
    encode(&BatchAnswer {
        responses,
        consumed_capacity: (!shown.is_empty()).then_some(shown),
    })
}
