//! Keys of rows and of index entries: what they must be, and what is wrong with those that are not.

use super::vector;
use crate::error::Error;
use crate::error::item::{Empty, IndexFault, KeyFault};
use crate::expression::Update;
use crate::limits;
use crate::request::validate::bare;
use crate::sort;
use crate::table::{KeyAttribute, KeySchema, Parts, RowKey, Table, key_parts};
use crate::value::flat::{Map, Tag, ValueRef};
use crate::value::key::{self, KeyPart};

/// The API's name of a value's type.
pub(super) fn type_of(value: ValueRef<'_>) -> &'static str {
    match value.tag() {
        Ok(Tag::S) => "S",
        Ok(Tag::N) => "N",
        Ok(Tag::B) => "B",
        Ok(Tag::Ss) => "SS",
        Ok(Tag::Ns) => "NS",
        Ok(Tag::Bs) => "BS",
        Ok(Tag::L) => "L",
        Ok(Tag::M | Tag::Attributes) => "M",
        Ok(Tag::True | Tag::False) => "BOOL",
        Ok(Tag::Null | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attribute | Tag::Time) | Err(_) => {
            "NULL"
        }
    }
}

/// What an empty value of a key's type is.
pub(super) fn empty_kind(part: &KeyPart<'_>) -> Option<Empty> {
    match part {
        KeyPart::S([]) => Some(Empty::Text),
        KeyPart::B([]) => Some(Empty::Binary),
        KeyPart::S(_) | KeyPart::B(_) | KeyPart::N(_) => None,
    }
}

/// How an operation words a key attribute that is missing or of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// PutItem names the attribute.
    Named,
    /// Every other operation says that the key does not match.
    Unnamed,
}

fn of_type<'a>(value: Option<ValueRef<'a>>, key: &KeyAttribute, wording: Wording) -> Result<KeyPart<'a>, KeyFault> {
    let named = |fault: KeyFault| match wording {
        Wording::Named => fault,
        Wording::Unnamed => KeyFault::Mismatch,
    };
    let name = || key.name.to_string();
    let Some(value) = value else {
        return Err(named(KeyFault::Missing { name: name() }));
    };
    KeyPart::of(value, key.key_type).ok_or_else(|| {
        named(KeyFault::Type {
            name: name(),
            expected: key.key_type,
            actual: type_of(value),
        })
    })
}

/// The row that an item or a key belongs to.
///
/// # Errors
/// A key attribute that is missing, of another type, empty, or too large: the first fault attribute by attribute, sizes last.
pub(super) fn row(table: &Table, attributes: Map<'_>, wording: Wording) -> Result<RowKey, Error> {
    let partition = half(&table.schema.partition, attributes, wording)?;
    let sort = half(&table.schema.sort, attributes, wording)?;
    check_parts(&partition, &sort).map_err(bare)?;
    Ok(table.row_key_of(&partition, &sort))
}

/// The parts of one half of the table's key.
fn half<'a>(half: &[KeyAttribute], attributes: Map<'a>, wording: Wording) -> Result<Parts<'a>, Error> {
    let mut parts = Parts::new();
    for key in half {
        let part = of_type(attributes.get(key.name.as_bytes()), key, wording).map_err(bare)?;
        if let Some(kind) = empty_kind(&part) {
            let name = key.name.to_string();
            return Err(bare(KeyFault::Empty { kind, name }));
        }
        let kept = parts.try_push(part);
        debug_assert!(kept.is_ok(), "a half of a key has a bounded number of attributes");
    }
    Ok(parts)
}

/// The row of a Key member, which has the key attributes and nothing else.
///
/// # Errors
/// As [`row`], and another number of attributes than the key has.
pub(super) fn exact_row(table: &Table, key: Map<'_>) -> Result<RowKey, Error> {
    if key.len() != table.schema.len() {
        return Err(bare(KeyFault::Mismatch));
    }
    row(table, key, Wording::Unnamed)
}

/// Bounds of a key's values, as far as they are there.
pub(super) fn check_size(schema: &KeySchema, attributes: Map<'_>) -> Result<(), KeyFault> {
    let parts = |half| key_parts(half, attributes).unwrap_or_default();
    check_parts(&parts(&schema.partition), &parts(&schema.sort))
}

fn check_parts(partition: &[KeyPart<'_>], sort: &[KeyPart<'_>]) -> Result<(), KeyFault> {
    if key::size_bytes(partition) > limits::PARTITION_KEY_BYTES_MAX {
        return Err(KeyFault::PartitionTooLarge);
    }
    if key::size_bytes(sort) > limits::SORT_KEY_BYTES_MAX {
        return Err(KeyFault::SortTooLarge);
    }
    Ok(())
}

/// The secondary indexes of a table, the alphabetically first one first: faults name that one.
fn indexes(table: &Table) -> Vec<(&str, &KeySchema)> {
    let locals = table
        .local_indexes
        .iter()
        .map(|index| (index.name.as_str(), &index.schema));
    let globals = table
        .global_indexes
        .iter()
        .map(|index| (index.name.as_str(), &index.schema));
    let mut indexes: Vec<_> = locals.chain(globals).collect();
    sort::by_key(&mut indexes, |(name, _)| *name);
    indexes
}

/// Refuses document paths that go inside key attributes, which are scalars: those of the table first.
pub(super) fn check_entered<'n>(table: &Table, entered: impl Iterator<Item = &'n str>) -> Result<(), Error> {
    let entered: Vec<&str> = entered.collect();
    if entered.is_empty() {
        return Ok(());
    }
    let within = |schema: &KeySchema| entered.iter().find(|name| schema.contains(name.as_bytes())).copied();
    let found = match within(&table.schema) {
        Some(name) => Some((name, false)),
        None => indexes(table)
            .into_iter()
            .find_map(|(_, schema)| within(schema))
            .map(|name| (name, true)),
    };
    match found {
        None => Ok(()),
        Some((name, of_index)) => Err(bare(KeyFault::Entered {
            name: name.to_owned(),
            of_index,
        })),
    }
}

/// Refuses an update that sets an index key attribute to an empty value of its type, as far as that shows without the item.
pub(super) fn check_given(table: &Table, update: &Update) -> Result<(), Error> {
    let locals = table.local_indexes.iter().map(|index| &index.schema);
    let schemas = locals.chain(table.global_indexes.iter().map(|index| &index.schema));
    for (name, value) in update.given() {
        let key = schemas.clone().find_map(|schema| schema.attribute(name.as_bytes()));
        let part = key.and_then(|key| KeyPart::of(value, key.key_type));
        if let Some(kind) = part.as_ref().and_then(empty_kind) {
            return Err(bare(IndexFault::KeyUpdatedToEmpty { kind }));
        }
    }
    Ok(())
}

/// What a write does to index keys.
#[derive(Clone, Copy, Debug)]
pub(super) enum Written<'a> {
    /// A put: every index key of the item counts.
    Put,
    /// An update: only what differs from the item before counts.
    Update {
        /// The item before, if there is one.
        before: Option<Map<'a>>,
        /// True for AttributeUpdates, which is told of empty keys as a put is: the other sentence speaks of an expression.
        legacy: bool,
    },
}

impl Written<'_> {
    /// The value that the item has for an attribute, if it counts.
    pub(super) fn value<'i>(&self, item: Map<'i>, name: &[u8]) -> Option<ValueRef<'i>> {
        let value = item.get(name)?;
        match self {
            Written::Put | Written::Update { before: None, .. } => Some(value),
            Written::Update {
                before: Some(before), ..
            } => {
                let stays = before.get(name).is_some_and(|old| old.bytes() == value.bytes());
                (!stays).then_some(value)
            }
        }
    }
}

/// Refuses an item that does not fit the table's indexes: key attributes of another type, empty or too large, vectors that are
/// none of their index's.
///
/// # Errors
/// The first fault: attributes in the order of the indexes' names, types before emptiness within one attribute.
#[inline]
pub(super) fn check_index_keys(table: &Table, item: Map<'_>, written: Written<'_>) -> Result<(), Error> {
    if !table.vector_indexes.is_empty() {
        vector::check(table, item, written)?;
    }
    if table.local_indexes.is_empty() && table.global_indexes.is_empty() {
        return Ok(());
    }
    check_sorted_keys(table, item, written)
}

/// Local and global indexes.
#[inline(never)]
fn check_sorted_keys(table: &Table, item: Map<'_>, written: Written<'_>) -> Result<(), Error> {
    for (index, schema) in indexes(table) {
        let mut touched = false;
        for key in schema.attributes() {
            let Some(value) = written.value(item, key.name.as_bytes()) else {
                continue;
            };
            touched = true;
            check_index_key(key, value, index, written, false)?;
            check_index_key_size(schema, key, value, index)?;
        }
        if touched {
            // Several attributes of one half have its bound together.
            check_size(schema, item).map_err(bare)?;
        }
    }
    Ok(())
}

/// Refuses a value that is too large for its half of an index's key.
fn check_index_key_size(schema: &KeySchema, key: &KeyAttribute, value: ValueRef<'_>, index: &str) -> Result<(), Error> {
    let of_partition = schema.partition.iter().any(|own| own.name == key.name);
    let most = if of_partition {
        limits::PARTITION_KEY_BYTES_MAX
    } else {
        limits::SORT_KEY_BYTES_MAX
    };
    match KeyPart::of(value, key.key_type).map(|part| key::size_bytes(&[part])) {
        Some(bytes) if bytes > most => Err(bare(IndexFault::KeyTooLarge {
            name: key.name.to_string(),
            bytes,
            most,
            index: index.to_owned(),
        })),
        Some(_) | None => Ok(()),
    }
}

/// Refuses one value for an attribute that an index sorts or is searched by.
pub(super) fn check_index_key(
    key: &KeyAttribute,
    value: ValueRef<'_>,
    index: &str,
    written: Written<'_>,
    may_be_empty: bool,
) -> Result<(), Error> {
    let Some(part) = KeyPart::of(value, key.key_type) else {
        return Err(bare(IndexFault::KeyType {
            name: key.name.to_string(),
            expected: key.key_type,
            actual: type_of(value),
            index: index.to_owned(),
        }));
    };
    match (empty_kind(&part), written) {
        (Some(_), _) if may_be_empty => Ok(()),
        (None, _) => Ok(()),
        (Some(kind), Written::Put | Written::Update { legacy: true, .. }) => Err(bare(IndexFault::KeyEmpty {
            kind,
            index: index.to_owned(),
            name: key.name.to_string(),
        })),
        (Some(kind), Written::Update { legacy: false, .. }) => Err(bare(IndexFault::KeyUpdatedToEmpty { kind })),
    }
}
