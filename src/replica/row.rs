//! Rows as B-trees and logs hold them: one pointer each, so that three replicas share a row and its item.

use crate::btree;
use crate::table::Table;
use crate::value::key::OrderedBytes;
use crate::value::{Item, size};
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
    key: Key,
}

/// A row's key: within the row if it is short, so that finding a row among its neighbours touches one place in memory less.
enum Key {
    Short {
        length: u8,
        bytes: [u8; SHORT_KEY_BYTES_MAX],
    },
    Long(OrderedBytes),
}

/// With the tag and the length, five words of eight bytes: a hash, and keys of some 28 letters and digits.
const SHORT_KEY_BYTES_MAX: usize = 38;
const _: () = assert!(size_of::<Key>() == 40);

impl Key {
    fn new(key: OrderedBytes) -> Self {
        let mut bytes = [0; SHORT_KEY_BYTES_MAX];
        let length = key.as_bytes().len();
        match bytes.get_mut(..length) {
            Some(place) => {
                place.copy_from_slice(key.as_bytes());
                Key::Short {
                    length: length as u8,
                    bytes,
                }
            }
            None => Key::Long(key),
        }
    }
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        match self {
            Key::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Key::Long(key) => key.as_bytes(),
        }
    }
}

impl Row {
    /// A row whose size is its item's.
    pub fn new(key: OrderedBytes, item: Item) -> Self {
        let size_bytes = size::item_size(item.attributes());
        Row::of_size(key, item, size_bytes)
    }
    /// A row of a table: its size is what the table counts its item for.
    pub fn stored(table: &Table, key: OrderedBytes, item: Item) -> Self {
        let size_bytes = table.stored_size(item.attributes());
        Row::of_size(key, item, size_bytes)
    }
    /// A row that counts for `size_bytes`.
    pub fn of_size(key: OrderedBytes, item: Item, size_bytes: usize) -> Self {
        Row(Rc::new(Body {
            item,
            size_bytes: u32::try_from(size_bytes).unwrap_or(u32::MAX),
            key: Key::new(key),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_every_length_are_kept() {
        let item = Item::from_admitted(&[0x20, 1, 0, 0, 0, 0]);
        for length in 0..3 * SHORT_KEY_BYTES_MAX {
            let key: Vec<u8> = (0..length as u8).collect();
            let row = Row::of_size(OrderedBytes::new(&key), item.clone(), 7);
            assert_eq!(row.key(), key);
            assert_eq!(row.size_bytes(), 7);
        }
    }
}
