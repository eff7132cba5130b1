//! Vector indexes: what one is, which entry it has of an item, and what a vector counts for in its table.
//!
//! An entry is an item like any other, so that partitions, logs and propagators need know nothing of vectors. Its first
//! attribute is the vector, as binary: 32-bit floats, ready to be scored. The size of that binary is what DynamoDB charges.

use super::{
    AttributeName, GlobalIndex, IndexId, IndexName, IndexRow, IndexStatus, KeyAttribute, Projection, RowKey, Table,
    key_parts,
};
use crate::limits;
use crate::value::Item;
use crate::value::flat::{Map, Tag, View, Writer};
use crate::value::key;
use crate::value::size;
use crate::value::vector::{self, Distance};
use serde::{Deserialize, Serialize};

/// A vector index as its creator defines it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorDefinition {
    /// Its name.
    pub name: IndexName,
    /// The attribute that holds vectors.
    pub attribute: AttributeName,
    /// The number of elements of each.
    pub dimensions: usize,
    /// How it measures.
    pub distance: Distance,
    /// `SearchSchema`, in the order given.
    pub search: Vec<SearchAttribute>,
    /// What it copies.
    pub projection: Projection,
}

/// An attribute that searches can be restricted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchAttribute {
    /// The attribute and its type.
    pub key: KeyAttribute,
    /// What it is for.
    pub role: SearchRole,
}

/// What an attribute of a search schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchRole {
    /// Part of the index's partition key: every search names it, items without it cannot be found.
    Hash,
    /// A filter that searches may use.
    Filter,
}

/// A vector index: a table of its own, fed by the base table's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorIndex {
    /// This incarnation; global indexes count with them.
    pub id: IndexId,
    /// What it is.
    pub definition: VectorDefinition,
    /// Where it stands.
    pub status: IndexStatus,
}

impl VectorDefinition {
    /// The attributes of its partition key.
    pub fn partition(&self) -> impl Iterator<Item = &KeyAttribute> {
        let hashes = self
            .search
            .iter()
            .filter(|attribute| attribute.role == SearchRole::Hash);
        hashes.map(|attribute| &attribute.key)
    }

    /// The search attribute of a name.
    pub fn search_attribute(&self, name: &str) -> Option<&SearchAttribute> {
        self.search.iter().find(|attribute| attribute.key.name.as_str() == name)
    }

    /// True if an entry shows the attribute `name`, which is not the vector.
    fn shows(&self, table: &Table, name: &[u8]) -> bool {
        let own = || {
            table.schema.contains(name)
                || self
                    .search
                    .iter()
                    .any(|attribute| attribute.key.name.as_bytes() == name)
        };
        match &self.projection {
            Projection::All => true,
            Projection::KeysOnly => own(),
            Projection::Include(names) => own() || names.iter().any(|included| included.as_bytes() == name),
        }
    }
}

/// An index that is a table of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FedIndex {
    /// A global secondary index.
    Global(GlobalIndex),
    /// A vector index.
    Vector(VectorIndex),
}

impl FedIndex {
    /// Its incarnation.
    pub fn id(&self) -> IndexId {
        match self {
            FedIndex::Global(index) => index.id,
            FedIndex::Vector(index) => index.id,
        }
    }
    /// The entry that an item has in it, if it has one.
    pub fn entry(&self, table: &Table, item: &Item) -> Option<IndexRow> {
        match self {
            FedIndex::Global(index) => table.global_entry(index, item),
            FedIndex::Vector(index) => table.vector_entry(&index.definition, item),
        }
    }
}

/// What there is to know of a fed index's life.
#[derive(Clone, Copy, Debug)]
pub struct FedStatus<'t> {
    /// Its incarnation.
    pub id: IndexId,
    /// Its name.
    pub name: &'t IndexName,
    /// Where it stands.
    pub status: IndexStatus,
}

impl Table {
    /// The vector index of that name.
    pub fn vector_index(&self, name: &str) -> Option<&VectorIndex> {
        self.vector_indexes
            .iter()
            .find(|index| index.definition.name.as_str() == name)
    }

    /// The indexes that are tables of their own: global ones, then vector indexes, in the order given.
    pub fn fed_indexes(&self) -> impl Iterator<Item = FedStatus<'_>> {
        let globals = self.global_indexes.iter().map(|index| FedStatus {
            id: index.id,
            name: &index.name,
            status: index.status,
        });
        globals.chain(self.vector_indexes.iter().map(|index| FedStatus {
            id: index.id,
            name: &index.definition.name,
            status: index.status,
        }))
    }

    /// The same, to be changed.
    pub fn fed_statuses_mut(&mut self) -> impl Iterator<Item = (IndexId, &IndexName, &mut IndexStatus)> {
        let globals = self.global_indexes.iter_mut();
        let globals = globals.map(|index| (index.id, &index.name, &mut index.status));
        let vectors = self.vector_indexes.iter_mut();
        globals.chain(vectors.map(|index| (index.id, &index.definition.name, &mut index.status)))
    }

    /// A fed index, to start feeding it.
    pub fn fed_index(&self, id: IndexId) -> Option<FedIndex> {
        let global = self.global_indexes.iter().find(|index| index.id == id);
        let vector = self.vector_indexes.iter().find(|index| index.id == id);
        match (global, vector) {
            (Some(index), _) => Some(FedIndex::Global(index.clone())),
            (None, Some(index)) => Some(FedIndex::Vector(index.clone())),
            (None, None) => None,
        }
    }

    /// Where `item` sorts in a vector index: its partition key, if it has one, then the table's key.
    fn vector_key(&self, definition: &VectorDefinition, item: Map<'_>) -> Option<RowKey> {
        let hashes: Vec<KeyAttribute> = definition.partition().cloned().collect();
        if hashes.is_empty() {
            return self.row_key(item);
        }
        let partition = key_parts(&hashes, item)?;
        if key::size_bytes(&partition) > limits::PARTITION_KEY_BYTES_MAX {
            return None;
        }
        let mut bytes = Vec::with_capacity(64);
        let hash = key::write_partition_key(self.hash_seed, &partition, &mut bytes);
        self.entry_key(hash, bytes, item)
    }

    /// The entry that `item` has in a vector index: none without a vector, nor without the index's partition key.
    pub fn vector_entry(&self, definition: &VectorDefinition, item: &Item) -> Option<IndexRow> {
        let attributes = item.attributes();
        let name = definition.attribute.as_bytes();
        let vector = vector::read(attributes.get(name)?, definition.dimensions).ok()?;
        let key = self.vector_key(definition, attributes)?;
        let shown = || {
            attributes
                .iter()
                .filter(|(other, _)| *other != name && definition.shows(self, other))
        };
        let mut writer = Writer::new();
        let open = writer.open(Tag::Attributes, 1 + shown().count());
        writer.text(name);
        writer.scalar(Tag::B, &vector);
        for (name, value) in shown() {
            writer.text(name);
            writer.copy(value);
        }
        writer.close(open);
        Some(IndexRow {
            key,
            item: Item::from_admitted(writer.bytes()),
        })
    }

    /// What an item counts for in its table, for storage and for writes: a vector that is indexed counts as one. (Reads, and
    /// the bound on an item's size, count the list of numbers that it is.)
    pub fn stored_size(&self, item: &Item) -> usize {
        let mut bytes = item.size_bytes();
        for (at, index) in self.vector_indexes.iter().enumerate() {
            let definition = &index.definition;
            let counted = |other: &VectorIndex| other.definition.attribute == definition.attribute;
            if self.vector_indexes.iter().take(at).any(counted) {
                continue;
            }
            // Writes see to it that what is in the list are numbers.
            if let Some(value) = item.get(definition.attribute.as_bytes())
                && matches!(value.view(), Ok(View::L(list)) if list.len() == definition.dimensions)
            {
                bytes = bytes + vector::size_bytes(definition.dimensions) - size::value_size(value);
            }
        }
        bytes
    }
}

/// The stored vector of an entry.
pub fn stored_vector<'e>(entry: Map<'e>, attribute: &AttributeName) -> Option<&'e [u8]> {
    match entry.get(attribute.as_bytes())?.view() {
        Ok(View::B(bytes)) => Some(bytes),
        _ => None,
    }
}

/// What a search shows of an entry: everything but the vector, or with the vector as the list of numbers that it is.
pub fn shown_entry(entry: Map<'_>, attribute: &AttributeName, with_vector: bool) -> Item {
    let name = attribute.as_bytes();
    let mut writer = Writer::new();
    let count = entry.len() - usize::from(!with_vector && entry.get(name).is_some());
    let open = writer.open(Tag::Attributes, count);
    for (other, value) in entry.iter() {
        match value.view() {
            _ if other != name => {
                writer.text(other);
                writer.copy(value);
            }
            Ok(View::B(bytes)) if with_vector => {
                writer.text(other);
                vector::write(bytes, &mut writer);
            }
            _ => {}
        }
    }
    writer.close(open);
    Item::from_admitted(writer.bytes())
}
