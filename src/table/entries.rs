//! Where rows and index entries sort, and what an index holds of an item.
//!
//! Pure functions of a table's schema and an item. An item lacks an entry in an index when it lacks one of the index's key
//! attributes, or holds one that no key can be: sparse indexes are nothing more than that.

use super::{GlobalIndex, IndexRow, KeyAttribute, KeySchema, LocalIndex, Projection, RowKey, Table};
use crate::limits;
use crate::value::Item;
use crate::value::flat::{Map, Tag, ValueRef, Writer};
use crate::value::key::{self, KeyPart, KeyRange, OrderedBytes, PartitionHash};
use crate::value::size;
use arrayvec::ArrayVec;

/// The parts of one half of a key.
pub type Parts<'a> = ArrayVec<KeyPart<'a>, { limits::GLOBAL_KEY_HALF_ATTRIBUTES_MAX }>;

/// The parts that `attributes` holds for `half` of a key; `None` if one is absent, of another type or empty.
pub fn key_parts<'a>(half: &[KeyAttribute], attributes: Map<'a>) -> Option<Parts<'a>> {
    let mut parts = Parts::new();
    for attribute in half {
        let value = attributes.get(attribute.name.as_bytes())?;
        let part = KeyPart::of(value, attribute.key_type).filter(|part| !part.is_empty())?;
        parts.try_push(part).ok()?;
    }
    Some(parts)
}

impl Table {
    /// The row that `attributes` (an item or a key) belongs to; `None` if it lacks the key or holds one of other types.
    pub fn row_key(&self, attributes: Map<'_>) -> Option<RowKey> {
        let partition = key_parts(&self.schema.partition, attributes)?;
        let sort = key_parts(&self.schema.sort, attributes)?;
        Some(self.row_key_of(&partition, &sort))
    }

    /// The row that a key with these parts belongs to.
    pub fn row_key_of(&self, partition: &[KeyPart<'_>], sort: &[KeyPart<'_>]) -> RowKey {
        let (hash, bytes) = key::hashed_key(self.hash_seed, partition, sort);
        RowKey { hash, bytes }
    }

    /// The keys of the item collection that a row belongs to: every row of its partition key, and the entries of those rows in
    /// the local indexes, whose keys begin alike.
    pub fn collection(&self, row: &OrderedBytes) -> Option<KeyRange> {
        let key_type = self.schema.partition.first()?.key_type;
        let length = key::partition_key_len(row.as_bytes(), key_type)?;
        Some(KeyRange::starting_with(row.as_bytes().get(..length)?))
    }

    /// Where `item` sorts in a local index: the table's partition, the index's sort key, the table's sort key.
    pub fn local_entry(&self, index: &LocalIndex, item: Map<'_>) -> Option<OrderedBytes> {
        let mut bytes = Vec::with_capacity(64);
        let partition = key_parts(&self.schema.partition, item)?;
        let sort = key_parts(&index.schema.sort, item)?;
        let own = key_parts(&self.schema.sort, item)?;
        if key::size_bytes(&sort) > limits::SORT_KEY_BYTES_MAX {
            return None;
        }
        key::write_partition_key(self.hash_seed, &partition, &mut bytes);
        key::append_parts(&sort, &mut bytes);
        key::append_parts(&own, &mut bytes);
        Some(OrderedBytes::from(bytes))
    }

    /// Where `item` sorts in a global index: the index's key, then the table's.
    pub fn global_key(&self, index: &GlobalIndex, item: Map<'_>) -> Option<RowKey> {
        let partition = key_parts(&index.schema.partition, item)?;
        let sort = key_parts(&index.schema.sort, item)?;
        // An item that was there before the index may hold values that are too large for its key: it is left out.
        if key::size_bytes(&partition) > limits::PARTITION_KEY_BYTES_MAX
            || key::size_bytes(&sort) > limits::SORT_KEY_BYTES_MAX
        {
            return None;
        }
        let mut bytes = Vec::with_capacity(96);
        let hash = key::write_partition_key(self.hash_seed, &partition, &mut bytes);
        key::append_parts(&sort, &mut bytes);
        self.entry_key(hash, bytes, item)
    }

    /// The key of an entry that `item` has in an index: the index's key, as far as it is written, then the table's.
    pub(super) fn entry_key(&self, hash: PartitionHash, mut bytes: Vec<u8>, item: Map<'_>) -> Option<RowKey> {
        key::append_parts(&key_parts(&self.schema.partition, item)?, &mut bytes);
        key::append_parts(&key_parts(&self.schema.sort, item)?, &mut bytes);
        Some(RowKey {
            hash,
            bytes: OrderedBytes::from(bytes),
        })
    }

    /// The entry that `item` has in a global index, if it has one.
    pub fn global_entry(&self, index: &GlobalIndex, item: &Item) -> Option<IndexRow> {
        let key = self.global_key(index, item.attributes())?;
        Some(IndexRow {
            key,
            item: self.project(&index.schema, &index.projection, item),
        })
    }

    /// What an entry of a local index shows of `item`.
    pub fn local_item(&self, index: &LocalIndex, item: &Item) -> Item {
        self.project(&index.schema, &index.projection, item)
    }

    /// True if an item of that size may be stored: what the table and its local indexes hold of it has one limit together.
    pub fn has_room_for(&self, size_bytes: usize, item: Map<'_>) -> bool {
        let most = size_bytes.saturating_mul(self.local_indexes.len().saturating_add(1));
        if self.local_indexes.is_empty() || most <= limits::ITEM_SIZE_BYTES_MAX {
            // No entry is larger than its item, so that few items need to be looked at.
            return size_bytes <= limits::ITEM_SIZE_BYTES_MAX;
        }
        let entries = self
            .local_indexes
            .iter()
            .filter(|index| self.local_entry(index, item).is_some())
            .map(|index| self.projected_size(&index.schema, &index.projection, item));
        size_bytes.saturating_add(entries.sum()) <= limits::ITEM_SIZE_BYTES_MAX
    }

    /// What an index of that schema and projection holds of `item`; shares its bytes when that is everything.
    pub fn project(&self, schema: &KeySchema, projection: &Projection, item: &Item) -> Item {
        let attributes = item.attributes();
        let kept = || {
            attributes
                .iter()
                .filter(|(name, _)| self.projects(schema, projection, name))
        };
        let count = kept().count();
        if count == attributes.len() {
            return item.clone();
        }
        write_item(count, kept())
    }

    /// The size of what an index holds of an item with these attributes.
    pub fn projected_size(&self, schema: &KeySchema, projection: &Projection, attributes: Map<'_>) -> usize {
        attributes
            .iter()
            .filter(|(name, _)| self.projects(schema, projection, name))
            .map(|(name, value)| size::attribute_size(name, value))
            .sum()
    }

    /// True if an index of that schema and projection holds the attribute `name`.
    pub fn projects(&self, schema: &KeySchema, projection: &Projection, name: &[u8]) -> bool {
        match projection {
            Projection::All => true,
            Projection::KeysOnly => self.schema.contains(name) || schema.contains(name),
            Projection::Include(names) => {
                self.schema.contains(name)
                    || schema.contains(name)
                    || names.iter().any(|included| included.as_bytes() == name)
            }
        }
    }

    /// The key attributes among `attributes`, in the schema's order: what stands for a row that has nothing else.
    pub fn key_of(&self, attributes: Map<'_>) -> Item {
        self.schema.key_of(attributes)
    }

    /// The partition key attributes among `attributes`: what names an item collection.
    pub fn partition_of(&self, attributes: Map<'_>) -> Item {
        let found: Vec<_> = self
            .schema
            .partition
            .iter()
            .filter_map(|key| Some((key.name.as_bytes(), attributes.get(key.name.as_bytes())?)))
            .collect();
        write_item(found.len(), found.into_iter())
    }

    /// The attributes that LastEvaluatedKey has for a row: the table's key and, in an index, the index's key.
    pub fn paging_key(&self, index: Option<&KeySchema>, attributes: Map<'_>) -> Item {
        let own = self.schema.attributes();
        let of_index = index
            .into_iter()
            .flat_map(KeySchema::attributes)
            .filter(|key| !self.schema.contains(key.name.as_bytes()));
        let found: Vec<_> = own
            .chain(of_index)
            .filter_map(|key| Some((key.name.as_bytes(), attributes.get(key.name.as_bytes())?)))
            .collect();
        write_item(found.len(), found.into_iter())
    }

    /// The local index of that name, with its position.
    pub fn local_index(&self, name: &str) -> Option<(usize, &LocalIndex)> {
        self.local_indexes
            .iter()
            .enumerate()
            .find(|(_, index)| index.name.as_str() == name)
    }

    /// The global index of that name.
    pub fn global_index(&self, name: &str) -> Option<&GlobalIndex> {
        self.global_indexes.iter().find(|index| index.name.as_str() == name)
    }
}

impl KeySchema {
    /// The key attributes among `attributes`, in the schema's order.
    pub fn key_of(&self, attributes: Map<'_>) -> Item {
        let found: Vec<_> = self
            .attributes()
            .filter_map(|key| Some((key.name.as_bytes(), attributes.get(key.name.as_bytes())?)))
            .collect();
        write_item(found.len(), found.into_iter())
    }
}

/// An item of exactly `count` attributes that were admitted before.
fn write_item<'a>(count: usize, attributes: impl Iterator<Item = (&'a [u8], ValueRef<'a>)>) -> Item {
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, count);
    for (name, value) in attributes {
        writer.text(name);
        writer.copy(value);
    }
    writer.close(open);
    Item::from_admitted(writer.bytes())
}
