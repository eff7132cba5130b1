//! Contributor Insights: which keys of a table or of a global index are asked for most, and which are throttled most.
//!
//! Counted by the router, which sees every request begin and end, and only where insights are enabled. Each list is a
//! space-saving sketch: memory stays bounded however many keys there are, a key that makes up more than one part in
//! [`CONTRIBUTORS_MAX`] of all requests is never missing, and the same requests always leave the same counts.

mod report;
mod sketch;

pub use report::{Contributions, Contributor};
pub use sketch::CONTRIBUTORS_MAX;

use super::map::Place;
use super::router::Ticket;
use crate::error::{CancellationReason, Error};
use crate::ordered::{OrderedMap, OrderedSet};
use crate::request::plan::{Get, Outcome, Source, Walk, Work, Write, Written};
use crate::table::{Catalog, GlobalIndex, InsightsMode, KeyAttribute, KeySchema, Table};
use crate::value::Item;
use crate::value::key::decode_parts;
use sketch::{Sketch, Values};
use std::rc::Rc;

/// What has been counted, and the requests that will be when they end.
#[derive(Clone, Debug, Default)]
pub struct Contributors {
    observed: OrderedSet<Place>,
    waiting: OrderedMap<Ticket, Vec<Touch>>,
    counts: OrderedMap<Place, Counts>,
}

/// The keys of one table or index.
#[derive(Clone, Debug, Default)]
struct Counts {
    accessed_partitions: Sketch,
    accessed_items: Sketch,
    throttled_partitions: Sketch,
    throttled_items: Sketch,
}

/// One action of a request: where it goes, the key it names, and what it may change in the indexes.
#[derive(Clone, Debug)]
struct Touch {
    table: Rc<Table>,
    place: Place,
    values: Values,
    is_write: bool,
}

/// What came of one action.
#[derive(Clone, Copy)]
enum End<'a> {
    Accessed,
    Wrote(&'a Written),
    Throttled,
    Nothing,
}

impl Counts {
    fn accessed(&mut self, mode: InsightsMode, schema: &KeySchema, values: Values) {
        match mode {
            InsightsMode::AccessedAndThrottled => {
                count(&mut self.accessed_partitions, &mut self.accessed_items, schema, values);
            }
            InsightsMode::Throttled => {}
        }
    }
    fn throttled(&mut self, schema: &KeySchema, values: Values) {
        count(
            &mut self.throttled_partitions,
            &mut self.throttled_items,
            schema,
            values,
        );
    }
}

/// Counts a key as a partition key, and as a whole one if it is more than that.
fn count(partitions: &mut Sketch, items: &mut Sketch, schema: &KeySchema, values: Values) {
    if !schema.sort.is_empty() && values.len() == schema.len() {
        items.count(values.clone());
    }
    let partition = values.into_iter().take(schema.partition.len()).collect();
    partitions.count(partition);
}

impl Contributors {
    /// Takes in the tables as they are now: what is no longer observed is forgotten.
    #[inline(never)]
    pub(super) fn publish(&mut self, catalog: &Catalog) {
        self.observed.clear();
        for table in catalog.after(None).filter(|table| table.is_observed()) {
            self.observed.extend(places(table).map(|(place, _, _)| place));
        }
        let observed = &self.observed;
        self.counts.retain(|place, _| observed.contains(place));
    }

    /// A request begins.
    #[inline]
    pub(super) fn begin(&mut self, ticket: Ticket, work: &Work) {
        if !self.observed.is_empty() {
            self.follow(ticket, work);
        }
    }

    /// Keeps what a request touches until it ends.
    #[inline(never)]
    fn follow(&mut self, ticket: Ticket, work: &Work) {
        let touches: Vec<Touch> = match work {
            Work::Get(get) => vec![got(get)],
            Work::BatchGet(gets) => gets.iter().map(got).collect(),
            Work::Write(write) => vec![wrote(write)],
            Work::BatchWrite(writes) => writes.iter().map(wrote).collect(),
            // One that is invalid cancels the transaction: nothing is counted then, and no action has the wrong outcome.
            Work::TransactWrite(transaction) => transaction.actions.iter().flatten().map(wrote).collect(),
            Work::TransactGet(gets) => gets.iter().flatten().map(got).collect(),
            Work::Walk(walk) => walked(walk).into_iter().collect(),
            Work::Walks(walks) => walks.iter().filter_map(walked).collect(),
            Work::Shard(_) | Work::Control(_) | Work::Answer => Vec::new(),
        };
        if touches.iter().any(|touch| touch.table.is_observed()) {
            self.waiting.insert(ticket, touches);
        }
    }

    /// A request ends.
    #[inline]
    pub(super) fn end(&mut self, ticket: Ticket, result: &Result<Outcome, Error>) {
        if !self.waiting.is_empty()
            && let Some(touches) = self.waiting.remove(&ticket)
        {
            self.count_touches(touches, result);
        }
    }

    /// Counts what came of each thing that a request touched.
    #[inline(never)]
    fn count_touches(&mut self, touches: Vec<Touch>, result: &Result<Outcome, Error>) {
        for (at, touch) in touches.into_iter().enumerate() {
            let end = match result {
                Ok(Outcome::Wrote(written)) => End::Wrote(written),
                Ok(Outcome::BatchWrote(parts)) => match parts.get(at) {
                    Some(Ok(written)) => End::Wrote(written),
                    Some(Err(error)) => failed(error, at),
                    None => End::Nothing,
                },
                Ok(Outcome::BatchGotSome(parts)) => match parts.get(at) {
                    Some(Ok(_)) => End::Accessed,
                    Some(Err(error)) => failed(error, at),
                    None => End::Nothing,
                },
                Ok(Outcome::Transacted(parts)) => parts.get(at).map_or(End::Nothing, End::Wrote),
                Ok(Outcome::Got(_) | Outcome::BatchGot(_) | Outcome::Walked(_) | Outcome::Replayed(_)) => End::Accessed,
                Ok(Outcome::Shard(_) | Outcome::Table(..) | Outcome::Answered) => End::Nothing,
                Err(error) => failed(error, at),
            };
            self.count(touch, end);
        }
    }

    fn count(&mut self, touch: Touch, end: End<'_>) {
        for (place, schema, mode) in places(&touch.table) {
            if !self.observed.contains(&place) {
                continue;
            }
            let counts = self.counts.get_or_insert_with(place, Default::default);
            if place == touch.place {
                let values = touch.values.clone();
                match end {
                    End::Accessed | End::Wrote(_) => counts.accessed(mode, schema, values),
                    End::Throttled => counts.throttled(schema, values),
                    End::Nothing => {}
                }
            } else if let End::Wrote(written) = end
                && touch.is_write
                && let Some(index) = touch
                    .table
                    .global_indexes
                    .iter()
                    .find(|index| Some(index.id) == place.index)
            {
                for values in entries(&touch.table, index, written) {
                    counts.accessed(mode, schema, values);
                }
            }
        }
    }

    /// What has been counted for a table, or for one of its global indexes; `None` if there is no such thing.
    pub(super) fn report(&self, table: &Table, index: Option<&str>) -> Option<Contributions> {
        let (place, schema) = match index {
            None => (Place::table(table.id), &table.schema),
            Some(name) => {
                let mut indexes = table.global_indexes.iter();
                let index = indexes.find(|index| index.name.as_str() == name)?;
                (Place::index(table.id, index.id), &index.schema)
            }
        };
        let Some(counts) = self.counts.get(&place) else {
            return Some(Contributions::default());
        };
        let partition: Vec<&KeyAttribute> = schema.partition.iter().collect();
        let whole: Vec<&KeyAttribute> = schema.attributes().collect();
        Some(Contributions {
            accessed_partitions: counts.accessed_partitions.report(&partition),
            accessed_items: counts.accessed_items.report(&whole),
            throttled_partitions: counts.throttled_partitions.report(&partition),
            throttled_items: counts.throttled_items.report(&whole),
        })
    }
}

/// What of a table is counted, with its key and how.
fn places(table: &Table) -> impl Iterator<Item = (Place, &KeySchema, InsightsMode)> {
    let own = table.insights.filter(|insights| insights.counts());
    let own = own.map(|insights| (Place::table(table.id), &table.schema, insights.mode));
    let indexes = table.global_indexes.iter().filter_map(|index| {
        let insights = index.insights.filter(|insights| insights.counts())?;
        Some((Place::index(table.id, index.id), &index.schema, insights.mode))
    });
    own.into_iter().chain(indexes)
}

fn got(get: &Get) -> Touch {
    Touch {
        values: values_of(get.key.bytes.as_bytes(), &get.table.schema),
        place: Place::table(get.table.id),
        table: Rc::clone(&get.table),
        is_write: false,
    }
}

fn wrote(write: &Write) -> Touch {
    Touch {
        values: values_of(write.key.bytes.as_bytes(), &write.table.schema),
        place: Place::table(write.table.id),
        table: Rc::clone(&write.table),
        is_write: true,
    }
}

/// A query names a partition key. A scan and a search name none.
fn walked(walk: &Walk) -> Option<Touch> {
    let (place, partition) = match walk.source {
        Source::Table | Source::Local(_) => (Place::table(walk.table.id), &walk.table.schema.partition),
        Source::Global(id) => {
            let index = walk.table.global_indexes.iter().find(|index| index.id == id)?;
            (Place::index(walk.table.id, id), &index.schema.partition)
        }
        Source::Vector(_) => return None,
    };
    if walk.hashes.start() != walk.hashes.end() {
        return None;
    }
    let types = partition.iter().map(|attribute| attribute.key_type);
    Some(Touch {
        values: decode_parts(walk.range.from.as_bytes(), types)?,
        place,
        table: Rc::clone(&walk.table),
        is_write: false,
    })
}

fn values_of(key: &[u8], schema: &KeySchema) -> Values {
    let types = schema.attributes().map(|attribute| attribute.key_type);
    decode_parts(key, types).unwrap_or_default()
}

/// The keys of the index entries that a write made, changed or removed.
fn entries(table: &Table, index: &GlobalIndex, written: &Written) -> Vec<Values> {
    let entry = |item: &Option<Item>| item.as_ref().and_then(|item| table.global_entry(index, item));
    let (before, after) = (entry(&written.before), entry(&written.after));
    let same_key = matches!((&before, &after), (Some(before), Some(after)) if before.key.bytes == after.key.bytes);
    let same = same_key && matches!((&before, &after), (Some(before), Some(after)) if before.item == after.item);
    let gone = before.filter(|_| !same_key);
    let made = after.filter(|_| !same);
    let values = |row: crate::table::IndexRow| values_of(row.key.bytes.as_bytes(), &index.schema);
    gone.into_iter().chain(made).map(values).collect()
}

/// A request that failed: throttled, or refused after its item was looked at.
fn failed(error: &Error, at: usize) -> End<'static> {
    match error {
        error if error.is_throttling() => End::Throttled,
        Error::TransactionCanceledException { reasons } => match reasons.get(at) {
            Some(CancellationReason::ProvisionedThroughputExceeded(_) | CancellationReason::ThrottlingError(_)) => {
                End::Throttled
            }
            Some(CancellationReason::ConditionalCheckFailed { .. }) => End::Accessed,
            Some(_) | None => End::Nothing,
        },
        Error::ConditionalCheckFailedException { .. } | Error::DuplicateItemException { .. } => End::Accessed,
        _ => End::Nothing,
    }
}
