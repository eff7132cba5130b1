//! Consumed capacity: what reads and writes cost the table and each of its indexes.
//!
//! Pure arithmetic over a table, the images before and after a write, or the sizes that a read evaluated. The rules are those
//! recorded on AWS; units are counted in halves, because an eventually consistent read costs half a unit, and never in floats.

mod entry;
mod page;

pub use entry::{EntryWrites, entry_writes};
pub use page::page;

use crate::limits::{READ_UNIT_BYTES, VECTOR_WRITE_BYTES_MIN, WRITE_UNIT_BYTES};
use crate::ordered::OrderedMap;
use crate::table::{IndexName, IndexRow, KeySchema, Projection, Table, VectorDefinition};
use crate::value::Item;
use crate::value::equality::{equal, equal_maps};
use crate::value::flat::Map;
use std::ops::{Add, AddAssign};

/// Capacity units, counted in halves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Units(u64);

impl Units {
    /// No unit.
    pub const NONE: Units = Units(0);

    /// That many whole units.
    pub fn whole(units: usize) -> Self {
        Units(units as u64 * 2)
    }
    /// What these are more than others; nothing if they are less.
    pub fn beyond(self, other: Units) -> Units {
        Units(self.0.saturating_sub(other.0))
    }
    /// The count in half units.
    pub fn halves(self) -> u64 {
        self.0
    }
    /// For a response; exact, since no page comes near 2^52 units.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 2.0
    }
}

impl Add for Units {
    type Output = Units;
    fn add(self, other: Units) -> Units {
        Units(self.0 + other.0)
    }
}

impl AddAssign for Units {
    fn add_assign(&mut self, other: Units) {
        self.0 += other.0;
    }
}

/// What one operation consumed of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consumed {
    /// The table's own arm.
    pub table: Units,
    /// Arms of local indexes that were touched.
    pub local_indexes: OrderedMap<IndexName, Units>,
    /// Arms of global indexes that were touched.
    pub global_indexes: OrderedMap<IndexName, Units>,
    /// Bytes written to each vector index that was touched, in the order of their names. They are no units of the table's.
    pub vector_indexes: Vec<(IndexName, usize)>,
}

impl Consumed {
    /// Of the table alone.
    pub fn table(units: Units) -> Self {
        Consumed {
            table: units,
            ..Consumed::default()
        }
    }
    /// The sum of all arms.
    pub fn total(&self) -> Units {
        self.local_indexes
            .values()
            .chain(self.global_indexes.values())
            .fold(self.table, |sum, units| sum + *units)
    }
    /// Adds another operation on the same table.
    pub fn add(&mut self, other: Consumed) {
        self.table += other.table;
        for (name, units) in other.local_indexes {
            *self.local_indexes.get_or_insert_with(name, Default::default) += units;
        }
        for (name, units) in other.global_indexes {
            *self.global_indexes.get_or_insert_with(name, Default::default) += units;
        }
        for (name, bytes) in other.vector_indexes {
            match self.vector_indexes.binary_search_by(|(known, _)| known.cmp(&name)) {
                Ok(at) => {
                    if let Some((_, sum)) = self.vector_indexes.get_mut(at) {
                        *sum += bytes;
                    }
                }
                Err(at) => self.vector_indexes.insert(at, (name, bytes)),
            }
        }
    }
}

/// Reading that many bytes: steps of 4 KB, at least one, half price when eventually consistent.
pub fn read_units(bytes: usize, consistent: bool) -> Units {
    let steps = bytes.div_ceil(READ_UNIT_BYTES).max(1) as u64;
    Units(if consistent { steps * 2 } else { steps })
}

/// Writing that many bytes: steps of 1 KB, at least one.
pub fn write_units(bytes: usize) -> Units {
    Units::whole(bytes.div_ceil(WRITE_UNIT_BYTES).max(1))
}

/// What a write consumes, by the images before and after it.
///
/// The table pays for the larger image. An index pays for the change of the entry it stores, and not at all if the entry stays
/// as it is.
pub fn write(table: &Table, before: Option<&Item>, after: Option<&Item>) -> Consumed {
    let sizes = [before, after].map(|image| image.map_or(0, |item| table.stored_size(item)));
    let mut consumed = Consumed::table(write_units(sizes.into_iter().max().unwrap_or(0)));
    let images = Images {
        table,
        before: before.map(Item::attributes),
        after: after.map(Item::attributes),
    };
    for index in &table.local_indexes {
        let units = images.entry(&index.schema, &index.projection);
        if units > Units::NONE {
            consumed.local_indexes.insert(index.name.clone(), units);
        }
    }
    for index in &table.global_indexes {
        let units = images.entry(&index.schema, &index.projection);
        if units > Units::NONE {
            consumed.global_indexes.insert(index.name.clone(), units);
        }
    }
    for index in &table.vector_indexes {
        let bytes = vector_bytes(table, &index.definition, before, after);
        if bytes > 0 {
            consumed.vector_indexes.push((index.definition.name.clone(), bytes));
        }
    }
    consumed.vector_indexes.sort_unstable();
    consumed
}

/// What the change of a vector index's entry costs: nothing if it stays as it is, the larger image if it stays where it is.
fn vector_bytes(table: &Table, definition: &VectorDefinition, before: Option<&Item>, after: Option<&Item>) -> usize {
    let entry = |image: Option<&Item>| image.and_then(|item| table.vector_entry(definition, item));
    let charged = |entry: &IndexRow| entry.item.size_bytes().max(VECTOR_WRITE_BYTES_MIN);
    match (entry(before), entry(after)) {
        (None, None) => 0,
        (None, Some(entry)) | (Some(entry), None) => charged(&entry),
        (Some(before), Some(after)) if before.key != after.key => charged(&before) + charged(&after),
        (Some(before), Some(after)) if equal_maps(before.item.attributes(), after.item.attributes()) => 0,
        (Some(before), Some(after)) => charged(&before).max(charged(&after)),
    }
}

/// What a write in a transaction consumes: the table is charged twice, for preparing and for committing; its indexes are not.
pub fn transacted_write(table: &Table, before: Option<&Item>, after: Option<&Item>) -> Consumed {
    let mut consumed = write(table, before, after);
    consumed.table += consumed.table;
    consumed
}

/// What reading that many bytes in a transaction consumes.
pub fn transacted_read(bytes: usize) -> Units {
    let once = read_units(bytes, true);
    once + once
}

/// The two images of a write.
struct Images<'a> {
    table: &'a Table,
    before: Option<Map<'a>>,
    after: Option<Map<'a>>,
}

impl Images<'_> {
    /// What the change of an index's entry costs.
    fn entry(&self, schema: &KeySchema, projection: &Projection) -> Units {
        let held = |image: Option<Map<'_>>| image.filter(|item| has_entry(schema, *item)).map(drop);
        let sized =
            |image: Option<Map<'_>>| image.map_or(0, |item| self.table.projected_size(schema, projection, item));
        match (held(self.before), held(self.after)) {
            (None, None) => Units::NONE,
            (None, Some(())) => write_units(sized(self.after)),
            (Some(()), None) => write_units(sized(self.before)),
            (Some(()), Some(())) if self.same_entry(schema, projection) => Units::NONE,
            (Some(()), Some(())) if self.same_key(schema) => write_units(sized(self.before).max(sized(self.after))),
            // Another key is another place: the entry is deleted there and inserted here, each rounded up by itself.
            (Some(()), Some(())) => write_units(sized(self.before)) + write_units(sized(self.after)),
        }
    }

    fn same_key(&self, schema: &KeySchema) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return false;
        };
        schema.attributes().all(|key| {
            let name = key.name.as_bytes();
            matches!((before.get(name), after.get(name)), (Some(a), Some(b)) if equal(a, b))
        })
    }

    fn same_entry(&self, schema: &KeySchema, projection: &Projection) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return false;
        };
        match projection {
            Projection::All => equal_maps(before, after),
            Projection::KeysOnly | Projection::Include(_) => {
                let kept = |image: Map<'_>| {
                    image
                        .iter()
                        .filter(|(name, _)| self.table.projects(schema, projection, name))
                        .count()
                };
                kept(before) == kept(after)
                    && before
                        .iter()
                        .filter(|(name, _)| self.table.projects(schema, projection, name))
                        .all(|(name, value)| after.get(name).is_some_and(|other| equal(value, other)))
            }
        }
    }
}

/// True if an item with these attributes has an entry in an index of that schema.
fn has_entry(schema: &KeySchema, attributes: Map<'_>) -> bool {
    crate::table::key_parts(&schema.partition, attributes).is_some()
        && crate::table::key_parts(&schema.sort, attributes).is_some()
}

#[cfg(test)]
mod tests;
