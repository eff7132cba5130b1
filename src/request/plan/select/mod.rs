//! SELECT against its table or index: the walks that its conditions on the key leave, each over a part of one partition, or one
//! walk over everything.

mod check;
mod parts;

pub(super) use check::check_key;

use super::walk::{ALL, Target, start_row};
use super::work::{Walk, Work};
use super::{Plan, item, keys, usable};
use crate::error::Error;
use crate::expression::{Condition, Paths};
use crate::limits;
use crate::partiql::{Select, Selected, Source, StatementFault};
use crate::request::next_token::StatementDigest;
use crate::request::respond::{Detail, Reply, SelectReply};
use crate::request::validate::SingleStatement;
use crate::table::{Catalog, KeySchema, Table};
use crate::value::Item;
use crate::value::key::{KeyRange, OrderedBytes, PartitionHash};
use check::{check_compared, check_filter, columns, find};
use parts::{Part, arrange, merged, part, reverse_within_partitions};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// What all walks of one SELECT have in common.
struct Reading<'t> {
    table: &'t Rc<Table>,
    target: Target<'t>,
    limit: Option<usize>,
    forward: bool,
    consistent: bool,
    fetch_base: bool,
}

impl Reading<'_> {
    fn walk(&self, hashes: RangeInclusive<PartitionHash>, range: KeyRange, filter: Option<Condition>) -> Walk {
        Walk {
            table: self.table.clone(),
            source: self.target.source(),
            hashes,
            range,
            forward: self.forward,
            limit: self.limit,
            page_bytes_max: limits::PAGE_BYTES_MAX,
            filter,
            consistent: self.consistent,
            fetch_base: self.fetch_base,
            count_only: false,
            search: None,
        }
    }
}

fn fault(fault: StatementFault) -> Error {
    Error::invalid(fault)
}

pub(super) fn plan(select: Select, single: SingleAsked, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, &select.source.table)?;
    let target = find(&table, &select, single.consistent)?;
    let fetch_base = columns(&target, &select)?;
    keys::check_entered(&table, item::entered(select.filter.condition()))?;
    keys::check_entered(&table, select.paths.iter().flat_map(Paths::entered_names))?;
    let schema = target.schema();
    let [partition] = schema.partition.as_slice() else {
        return Err(fault(StatementFault::MultiAttributeKey));
    };
    let sort = schema.sort.first().map(|attribute| attribute.name.as_str());
    let selected = select.filter.selected(partition.name.as_str(), sort);
    check_filter(&target, &select)?;
    let forward = order(schema, &select, &selected)?;
    let reading = Reading {
        table: &table,
        target,
        limit: single.limit,
        forward,
        consistent: single.consistent,
        fetch_base,
    };
    let work = match selected {
        Selected::Everything => Work::Walk(Rc::new(everything(&reading, &select, single.start.as_ref())?)),
        Selected::Slices(slices) => {
            let mut parts = Vec::with_capacity(slices.len());
            for slice in slices {
                parts.push(part(&table, &target, slice)?);
            }
            check_compared(&target, &select)?;
            let mut parts = merged(parts)?;
            arrange(schema, &select, &mut parts);
            walks(&reading, &select, parts, single.start.as_ref())?
        }
    };
    Ok(Plan {
        work,
        reply: Reply::Select(SelectReply {
            shown_name: Rc::from(select.source.table.as_str()),
            source: target.source(),
            consistent: single.consistent,
            columns: select.columns,
            digest: single.digest,
            detail: single.detail,
            table,
        }),
    })
}

/// What a SELECT is asked beside its text.
pub(super) struct SingleAsked {
    pub limit: Option<usize>,
    pub consistent: bool,
    pub start: Option<Item>,
    pub digest: StatementDigest,
    pub detail: Detail,
}

impl SingleAsked {
    pub fn of(single: &mut SingleStatement) -> Self {
        SingleAsked {
            limit: single.limit,
            consistent: single.consistent,
            start: single.start.take(),
            digest: single.digest,
            detail: single.detail,
        }
    }
}

/// What a faulty SELECT is refused with: its own fault, unless no statement can read its index.
pub(super) fn refusal(catalog: &Catalog, source: &Source, own: StatementFault) -> Error {
    let checked = usable(catalog, &source.table).map(|table| check_key(&table, source));
    match checked {
        Ok(Err(error)) => error,
        Ok(Ok(())) | Err(_) => fault(own),
    }
}

/// True if rows of one partition are walked upwards. Only key attributes give an order, and only to reads of known partitions.
fn order(schema: &KeySchema, select: &Select, selected: &Selected<'_>) -> Result<bool, Error> {
    if select.order.is_empty() {
        return Ok(true);
    }
    if matches!(selected, Selected::Everything) {
        return Err(fault(StatementFault::OrderWithoutKey));
    }
    let stranger = select.order.iter().find(|by| !schema.contains(by.attribute.as_bytes()));
    if let Some(by) = stranger {
        return Err(fault(StatementFault::OrderColumn(by.attribute.clone())));
    }
    let sort = schema.sort.first().map(|attribute| attribute.name.as_str());
    let by = select.order.iter().find(|by| Some(by.attribute.as_str()) == sort);
    Ok(!by.is_some_and(|by| by.descends))
}

/// The row that a token's key is.
fn resumed(target: &Target<'_>, start: &Item) -> Result<OrderedBytes, Error> {
    start_row(target, start.attributes()).ok_or(fault(StatementFault::Token))
}

/// A walk for each part that a page which begins at `start` has still to read.
fn walks(
    reading: &Reading<'_>,
    select: &Select,
    mut parts: Vec<Part<'_>>,
    start: Option<&Item>,
) -> Result<Work, Error> {
    // Where nothing but the key is asked for, every row that is walked is one.
    let filter = if parts.iter().all(|part| part.slice.is_whole()) {
        None
    } else {
        select.filter.condition().cloned()
    };
    if !reading.forward {
        reverse_within_partitions(&mut parts);
    }
    // The parts before the one where the last page ended have been read: those that were walked before it.
    if let Some(start) = start {
        let row = resumed(&reading.target, start)?;
        let at = parts.iter().position(|part| part.range.contains(row.as_bytes()));
        let at = at.ok_or(fault(StatementFault::Token))?;
        parts.drain(..at);
        if let Some(first) = parts.first_mut() {
            let range = std::mem::replace(&mut first.range, KeyRange::nothing());
            first.range = if reading.forward {
                range.after(row.as_bytes())
            } else {
                range.before(row.as_bytes())
            };
        }
    }
    let mut walks = parts
        .into_iter()
        .map(|part| reading.walk(part.hash..=part.hash, part.range, filter.clone()));
    Ok(match (walks.len(), walks.next()) {
        (0, _) | (_, None) => {
            let nowhere = PartitionHash(0);
            Work::Walk(Rc::new(reading.walk(nowhere..=nowhere, KeyRange::nothing(), None)))
        }
        (1, Some(walk)) => Work::Walk(Rc::new(walk)),
        (_, Some(walk)) => Work::Walks(std::iter::once(walk).chain(walks).collect()),
    })
}

/// A walk over all rows.
fn everything(reading: &Reading<'_>, select: &Select, start: Option<&Item>) -> Result<Walk, Error> {
    check_compared(&reading.target, select)?;
    let filter = select.filter.condition().cloned();
    let (mut hashes, mut range) = (ALL, KeyRange::all());
    if let Some(start) = start {
        let row = resumed(&reading.target, start)?;
        hashes = row.hash().unwrap_or(PartitionHash(0))..=*ALL.end();
        range = range.after(row.as_bytes());
    }
    Ok(reading.walk(hashes, range, filter))
}
