//! SELECT against its table or index: the walks that its conditions on the key leave, each over a part of one partition, or one
//! walk over everything.

use super::walk::{ALL, Target, half, refused, start_row};
use super::work::{Walk, Work};
use super::{Plan, item, keys, usable};
use crate::error::Error;
use crate::error::item::{Empty, IndexFault, KeyFault};
use crate::expression::{Condition, KeyClause, KeyComparison, KeyConditionFault, KeyConditions, Paths, match_schema};
use crate::limits;
use crate::partiql::{Select, Selected, Slice, Source, StatementFault};
use crate::request::next_token::StatementDigest;
use crate::request::respond::{Detail, Reply, SelectReply};
use crate::request::validate::{SingleStatement, bare};
use crate::sort;
use crate::table::{Catalog, KeySchema, Table};
use crate::value::Item;
use crate::value::key::{self, KeyPart, KeyRange, OrderedBytes, PartitionHash, partition_key_size};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A part of a partition, as the rows that are in it.
struct Part<'w> {
    slice: Slice<'w>,
    hash: PartitionHash,
    range: KeyRange,
}

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

/// Refuses an index that has several attributes in one half of its key.
pub(super) fn check_key(table: &Table, source: &Source) -> Result<(), Error> {
    match Target::find(table, source.index.as_deref()).map(|target| target.schema()) {
        Ok(schema) if schema.partition.len() > 1 || schema.sort.len() > 1 => {
            Err(fault(StatementFault::MultiAttributeKey))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The table or the index, and whether it can be read so.
fn find<'t>(table: &'t Table, select: &Select, consistent: bool) -> Result<Target<'t>, Error> {
    let index = select.source.index.as_deref();
    if (table.vector_indexes.iter()).any(|vector| Some(vector.definition.name.as_str()) == index) {
        return Err(fault(StatementFault::VectorIndex));
    }
    let target = Target::find(table, index).map_err(|unreadable| match unreadable {
        IndexFault::Missing { .. } => fault(StatementFault::Index),
        other => bare(other),
    })?;
    check_key(table, &select.source)?;
    match target {
        Target::Global(..) if consistent => Err(fault(StatementFault::ConsistentGlobal)),
        Target::Table(_) | Target::Local(..) | Target::Global(..) => Ok(target),
    }
}

/// Whether columns must be fetched from the table, which only a local index can do.
fn columns(target: &Target<'_>, select: &Select) -> Result<bool, Error> {
    let mut names: Vec<&str> = Vec::new();
    for column in select.columns.iter().flatten() {
        match column.names.first() {
            Some(name) if !names.contains(&name.as_str()) => names.push(name),
            Some(_) | None => {}
        }
    }
    let lacking = target.lacking(names.into_iter());
    match (target, target.index()) {
        (Target::Global(..), Some((index, _))) if !lacking.is_empty() => Err(bare(IndexFault::NotProjected {
            index: index.to_owned(),
            names: lacking,
        })),
        (Target::Table(_) | Target::Local(..) | Target::Global(..), _) => Ok(!lacking.is_empty()),
    }
}

/// A read that is keyed on the partition key of an index does not filter by what the index lacks.
fn check_filter(target: &Target<'_>, select: &Select) -> Result<(), Error> {
    let Some((index, _)) = target.index() else {
        return Ok(());
    };
    let partition = target.schema().partition.first();
    if !partition.is_some_and(|partition| select.filter.is_keyed(partition.name.as_str())) {
        return Ok(());
    }
    let names = select
        .filter
        .condition()
        .into_iter()
        .flat_map(Condition::top_level_names);
    let lacking = target.lacking(names);
    if lacking.is_empty() {
        return Ok(());
    }
    Err(bare(IndexFault::FilterNotProjected {
        index: index.to_owned(),
        names: lacking,
    }))
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

/// Orders the parts by their partition key, if that is asked for.
fn arrange(schema: &KeySchema, select: &Select, parts: &mut [Part<'_>]) {
    let partition = schema.partition.first().map(|attribute| attribute.name.as_str());
    let Some(by) = select.order.iter().find(|by| Some(by.attribute.as_str()) == partition) else {
        return;
    };
    // Sorting is stable: the parts of one partition stay as they are.
    sort::by(parts, |a, b| {
        let order = crate::value::compare(a.slice.partition.view(), b.slice.partition.view());
        let order = order.unwrap_or(std::cmp::Ordering::Equal);
        if by.descends { order.reverse() } else { order }
    });
}

/// A slice as the rows that are in it.
fn part<'w>(table: &Table, target: &Target<'_>, slice: Slice<'w>) -> Result<Part<'w>, Error> {
    let schema = target.schema();
    let name =
        |half: &[crate::table::KeyAttribute]| half.first().map_or("", |attribute| attribute.name.as_str()).into();
    let mut found: Option<(PartitionHash, KeyRange)> = None;
    let comparisons = slice.sort.iter().map(Some).chain(slice.sort.is_empty().then_some(None));
    for comparison in comparisons {
        let mut clauses = vec![KeyClause {
            attribute: name(&schema.partition),
            comparison: KeyComparison::Equal(slice.partition.clone()),
        }];
        clauses.extend(comparison.map(|comparison| KeyClause {
            attribute: name(&schema.sort),
            comparison: comparison.clone(),
        }));
        let conditions = KeyConditions { clauses };
        let matched =
            match_schema(&conditions, &half(&schema.partition), &half(&schema.sort)).map_err(|cause| match cause {
                KeyConditionFault::TypeMismatch => bare(KeyFault::Mismatch),
                // A statement's keys are keys, of whatever they are.
                KeyConditionFault::EmptyValue { attribute, is_binary } => bare(KeyFault::Empty {
                    kind: if is_binary { Empty::Binary } else { Empty::Text },
                    name: attribute,
                }),
                cause => refused(target, cause, false),
            })?;
        if partition_key_size(&matched.partition) > limits::PARTITION_KEY_BYTES_MAX {
            return Err(bare(KeyFault::PartitionTooLarge));
        }
        let mut beginning = Vec::with_capacity(64);
        let hash = key::write_partition_key(table.hash_seed, &matched.partition, &mut beginning);
        let range = KeyRange::within(&beginning, matched.range);
        found = Some(match found {
            Some((hash, known)) => (hash, known.intersection(range)),
            None => (hash, range),
        });
    }
    let (hash, range) = found.ok_or(Error::InternalServerError)?;
    Ok(Part { slice, hash, range })
}

/// Puts parts of one partition together that meet, in the order of the partitions as written and of rows within each.
///
/// # Errors
/// Parts that share rows of which they ask different things beside the key.
fn merged(parts: Vec<Part<'_>>) -> Result<Vec<Part<'_>>, Error> {
    let mut partitions: Vec<Vec<Part<'_>>> = Vec::new();
    for part in parts {
        let same = |known: &Vec<Part<'_>>| {
            known.first().is_some_and(|first| {
                first.hash == part.hash
                    && crate::value::equal(first.slice.partition.view(), part.slice.partition.view())
            })
        };
        match partitions.iter_mut().find(|known| same(known)) {
            Some(known) => known.push(part),
            None => partitions.push(vec![part]),
        }
    }
    let mut merged: Vec<Part<'_>> = Vec::new();
    for mut partition in partitions {
        partition.retain(|part| !part.range.is_empty());
        sort::by(&mut partition, |a, b| a.range.from.cmp(&b.range.from));
        let first = merged.len();
        for part in partition {
            match merged.get_mut(first..).and_then(<[_]>::last_mut) {
                Some(last) if meets(&last.range, &part.range) => join(last, part)?,
                Some(_) | None => merged.push(part),
            }
        }
    }
    Ok(merged)
}

/// True if the second range, which begins no earlier, has a row of the first.
fn meets(first: &KeyRange, second: &KeyRange) -> bool {
    first.to.as_ref().is_none_or(|to| second.from < *to)
}

fn join<'w>(last: &mut Part<'w>, part: Part<'w>) -> Result<(), Error> {
    let by_sort = !last.slice.sort.is_empty() || !part.slice.sort.is_empty();
    let same = last.slice.asks_the_same(&part.slice);
    if by_sort && !same {
        return Err(fault(StatementFault::Overlapping));
    }
    last.range.to = match (last.range.to.take(), part.range.to) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (_, None) | (None, _) => None,
    };
    if last.slice.is_whole() {
        // What is asked of fewer rows must not be lost for the others, nor the other way round: the filter decides.
        last.slice = part.slice;
    }
    Ok(())
}

/// The row that a token's key is.
fn resumed(target: &Target<'_>, start: &Item) -> Result<OrderedBytes, Error> {
    start_row(target, start.attributes()).ok_or(fault(StatementFault::Token))
}

fn walks(reading: &Reading<'_>, select: &Select, parts: Vec<Part<'_>>, start: Option<&Item>) -> Result<Work, Error> {
    // Where nothing but the key is asked for, every row that is walked is one.
    let filter = if parts.iter().all(|part| part.slice.is_whole()) {
        None
    } else {
        select.filter.condition().cloned()
    };
    let mut parts = parts;
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
    if !reading.forward {
        reverse_within_partitions(&mut parts);
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

/// Parts of one partition stand beside each other, in the order of their rows.
fn reverse_within_partitions(parts: &mut [Part<'_>]) {
    for run in parts.chunk_by_mut(|a, b| a.hash == b.hash) {
        run.reverse();
    }
}

/// Refuses values that no key can have where key attributes of the table or its index are compared with them, wherever in the clause
/// that is: attribute by attribute, other types before emptiness.
fn check_compared(target: &Target<'_>, select: &Select) -> Result<(), Error> {
    let compared = select.filter.compared();
    if compared.is_empty() {
        return Ok(());
    }
    let own = target.schema().attributes();
    for attribute in own.chain(target.table().schema.attributes()) {
        let parts = || {
            let with = compared.iter().filter(|(name, _)| *name == attribute.name.as_str());
            with.map(|(_, value)| KeyPart::of(value.view(), attribute.key_type))
        };
        if parts().any(|part| part.is_none()) {
            return Err(refused(target, KeyConditionFault::TypeMismatch, false));
        }
        if let Some(kind) = parts().flatten().find_map(|part| keys::empty_kind(&part)) {
            return Err(bare(KeyFault::Empty {
                kind,
                name: attribute.name.to_string(),
            }));
        }
    }
    Ok(())
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
