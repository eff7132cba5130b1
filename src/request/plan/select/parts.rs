//! Parts of partitions: the rows that conditions on the key leave, put together and in order.

use super::fault;
use crate::error::Error;
use crate::error::item::{Empty, KeyFault};
use crate::expression::{KeyClause, KeyComparison, KeyConditionFault, KeyConditions, match_schema};
use crate::limits;
use crate::partiql::{Select, Slice, StatementFault};
use crate::request::plan::walk::{Target, half, refused};
use crate::request::validate::bare;
use crate::sort;
use crate::table::{KeyAttribute, KeySchema, Table};
use crate::value::key::{self, KeyRange, PartitionHash};

/// A part of a partition, as the rows that are in it.
pub(super) struct Part<'w> {
    pub(super) slice: Slice<'w>,
    pub(super) hash: PartitionHash,
    pub(super) range: KeyRange,
}

/// Orders the parts by their partition key, if that is asked for.
pub(super) fn arrange(schema: &KeySchema, select: &Select, parts: &mut [Part<'_>]) {
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
pub(super) fn part<'w>(table: &Table, target: &Target<'_>, slice: Slice<'w>) -> Result<Part<'w>, Error> {
    let schema = target.schema();
    let name = |half: &[KeyAttribute]| half.first().map_or("", |attribute| attribute.name.as_str()).into();
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
        if key::size_bytes(&matched.partition) > limits::PARTITION_KEY_BYTES_MAX {
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
pub(super) fn merged(parts: Vec<Part<'_>>) -> Result<Vec<Part<'_>>, Error> {
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

/// Makes one part of two that meet.
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

/// Parts of one partition stand beside each other, in the order of their rows.
pub(super) fn reverse_within_partitions(parts: &mut [Part<'_>]) {
    for run in parts.chunk_by_mut(|a, b| a.hash == b.hash) {
        run.reverse();
    }
}
