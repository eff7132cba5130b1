//! Rows as B-trees and logs hold them: one pointer each, so that three replicas share a row and its item.

use crate::btree;
use crate::table::Table;
use crate::value::Item;
use crate::value::key::OrderedBytes;
use std::fmt;
use std::rc::Rc;

/// A row of a table, or an entry of an index: where it sorts, what it holds, and its size.
///
/// An entry of a local index holds the whole base item, whose bytes it shares; its size is that of what the index projects.
#[derive(Clone)]
pub struct Row(Rc<Body>);

struct Body {
    item: Item,
    size_bytes: u32,
    key: OrderedBytes,
}

impl Row {
    /// A row whose size is its item's.
    pub fn new(key: OrderedBytes, item: Item) -> Self {
        let size_bytes = item.size_bytes();
        Row::of_size(key, item, size_bytes)
    }
    /// A row of a table: its size is what the table counts its item for.
    pub fn stored(table: &Table, key: OrderedBytes, item: Item) -> Self {
        let size_bytes = table.stored_size(&item);
        Row::of_size(key, item, size_bytes)
    }
    /// A row that counts for `size_bytes`.
    pub fn of_size(key: OrderedBytes, item: Item, size_bytes: usize) -> Self {
        Row(Rc::new(Body {
            item,
            size_bytes: u32::try_from(size_bytes).unwrap_or(u32::MAX),
            key,
        }))
    }
    /// Where the row sorts.
    pub fn key(&self) -> &[u8] {
        self.0.key.as_bytes()
    }
    /// What it holds.
    pub fn item(&self) -> &Item {
        &self.0.item
    }
    /// What it counts for, in DynamoDB's bytes.
    pub fn size_bytes(&self) -> usize {
        self.0.size_bytes as usize
    }
    /// True if both are the same row, not merely equal ones.
    pub fn is(&self, other: &Row) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl btree::Row for Row {
    fn key(&self) -> &[u8] {
        self.key()
    }
    fn weight(&self) -> usize {
        self.size_bytes()
    }
    fn same(&self, other: &Self) -> bool {
        self.is(other) || self == other
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key() && self.0.item == other.0.item
    }
}

impl Eq for Row {}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({:?}, {} bytes)", self.key(), self.0.size_bytes)
    }
}
