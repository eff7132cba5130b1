//! Attribute values: the flat layout they live in, exact numbers, sizes, and keys whose byte order is DynamoDB's order.
//!
//! Three states, three types: what a caller sent is a [`flat::ValueRef`] over request bytes; what admission has checked is
//! an [`Item`] (stored, shared, never copied again) or a [`Value`]; what a B-tree sorts by is a `key::OrderedBytes`.

pub mod admit;
#[cfg(test)]
pub(crate) mod arbitrary;
pub mod depth;
pub mod equality;
pub mod fault;
pub mod flat;
pub mod key;
pub mod number;
pub mod size;
pub mod tree;
pub mod vector;

pub use equality::{compare, equal, equal_maps};
pub use tree::{AttributeValue, Attributes};

use flat::{Malformed, Map, ValueRef};
use std::rc::Rc;

/// Which of AWS's two validation layers reads a value. They differ in a few numbers and in the wording of some faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem and Query.
    Newer,
    /// BatchWriteItem, Scan, the transactions, and PartiQL's parameters.
    Older,
}

/// A map of attributes that passed admission: UTF-8 names and strings, canonical numbers, sets without duplicates,
/// nesting within bounds. The bytes are the `Attributes` form of [`flat`] and are shared by everything that holds the item:
/// three replicas, their logs, indexes that project all attributes, responses.
///
/// An item knows its size: it is asked for by the limit on items, by the row that holds it and by every capacity report.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    bytes: Rc<[u8]>,
    size_bytes: u32,
}

impl Item {
    /// Takes bytes that admission, or the update evaluator from admitted parts, has written.
    pub(crate) fn from_admitted(bytes: &[u8]) -> Self {
        let size_bytes = Map::read(bytes).map_or(0, size::item_size);
        Item::of_size(bytes, size_bytes)
    }
    /// The same, of bytes whose size by DynamoDB's rules is known.
    pub(crate) fn of_size(bytes: &[u8], size_bytes: usize) -> Self {
        debug_assert_eq!(Map::read(bytes).map(size::item_size), Ok(size_bytes));
        Item {
            bytes: Rc::from(bytes),
            size_bytes: u32::try_from(size_bytes).unwrap_or(u32::MAX),
        }
    }
    /// Its size by DynamoDB's rules, names included.
    pub fn size_bytes(&self) -> usize {
        self.size_bytes as usize
    }
    /// The flat bytes, `Attributes` tag first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// The attributes. Stored bytes were admitted, so a malformed item is an empty map only if memory was corrupted.
    pub fn attributes(&self) -> Map<'_> {
        let map = Map::read(&self.bytes);
        debug_assert!(map.is_ok(), "an admitted item is well formed");
        map.unwrap_or(Map(flat::Collection {
            count: 0,
            body: flat::Cursor::new(&[]),
        }))
    }
    /// The value of a top-level attribute.
    pub fn get(&self, name: &[u8]) -> Option<ValueRef<'_>> {
        self.attributes().get(name)
    }
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Item({} bytes)", self.bytes.len())
    }
}

/// One attribute value that passed admission, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(Box<[u8]>);

impl Value {
    /// Takes bytes that admission or an evaluator has written.
    pub(crate) fn from_admitted(bytes: &[u8]) -> Self {
        debug_assert!(ValueRef::read(bytes).is_ok());
        Value(bytes.into())
    }
    /// A view of the value.
    pub fn get(&self) -> Result<ValueRef<'_>, Malformed> {
        ValueRef::read(&self.0)
    }
    /// The same without reading it again.
    pub fn view(&self) -> ValueRef<'_> {
        ValueRef::trusted(&self.0)
    }
}
