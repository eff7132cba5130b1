//! Answers of Query and Scan.

use super::capacity::{ConsumedCapacity, Detail, consumed_capacity};
use super::encode;
use super::item::{projected, raw};
use crate::error::Error;
use crate::expression::Paths;
use crate::request::capacity::{self, Consumed};
use crate::request::plan::{Source, Walked};
use crate::request::tree::RawMap;
use crate::table::{KeySchema, Table};
use serde::Serialize;
use std::rc::Rc;

/// What the answer of a walk needs.
#[derive(Debug)]
pub struct WalkReply {
    /// The table.
    pub table: Rc<Table>,
    /// The table as the caller named it.
    pub shown_name: Rc<str>,
    /// What was walked.
    pub source: Source,
    /// True for a consistent read.
    pub consistent: bool,
    /// What to show of each row.
    pub paths: Option<Paths>,
    /// True if rows are only counted.
    pub count_only: bool,
    /// Capacity asked for.
    pub detail: Detail,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WalkAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<RawMap<'a>>>,
    count: usize,
    scanned_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_key: Option<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<ConsumedCapacity<'a>>,
}

/// The key schema of the index walked.
pub(super) fn index_schema(table: &Table, source: Source) -> Option<&KeySchema> {
    match source {
        // What a search returns is not paged.
        Source::Table | Source::Vector(_) => None,
        Source::Local(position) => table.local_indexes.get(position).map(|index| &index.schema),
        Source::Global(id) => {
            let mut indexes = table.global_indexes.iter();
            indexes.find(|index| index.id == id).map(|index| &index.schema)
        }
    }
}

/// The answer to Query and Scan.
#[inline(never)]
pub(super) fn walked(reply: &WalkReply, walked: &Walked) -> Result<Vec<u8>, Error> {
    let last = walked.last.as_ref().map(|row| {
        reply
            .table
            .paging_key(index_schema(&reply.table, reply.source), row.attributes())
    });
    let consumed = match reply.detail {
        Detail::None => Consumed::default(),
        Detail::Total | Detail::Indexes => capacity::page(&reply.table, reply.source, reply.consistent, walked),
    };
    let kept: Vec<Vec<u8>> = match &reply.paths {
        Some(paths) if !reply.count_only => walked.rows.iter().map(|row| projected(row, paths)).collect(),
        Some(_) | None => Vec::new(),
    };
    let items = match (reply.count_only, &reply.paths) {
        (true, _) => None,
        (false, Some(_)) => Some(kept.iter().map(|bytes| raw(bytes)).collect::<Result<_, _>>()?),
        (false, None) => Some(walked.rows.iter().map(RawMap::from).collect()),
    };
    encode(&WalkAnswer {
        items,
        count: walked.matched,
        scanned_count: walked.scanned,
        last_evaluated_key: last.as_ref().map(RawMap::from),
        consumed_capacity: consumed_capacity(&reply.shown_name, &consumed, reply.detail),
    })
}
