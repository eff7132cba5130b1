//! DynamoDB's sizes of values, attributes and items, in bytes, computed from the flat form.
//!
//! These are the sizes that the 400 KB limit, the 1 MB page and consumed capacity count. They have nothing to do with the
//! number of flat bytes. The rules were found on AWS byte by byte. Values are expected to be admitted: what is malformed
//! counts for nothing.

use super::flat::{Map, ValueRef, View};
use super::number;

/// What a list or a map counts for by itself.
pub(super) const COLLECTION_BYTES: usize = 3;

/// What each element of a list or entry of a map counts for besides its content.
pub(super) const ELEMENT_BYTES: usize = 1;

/// The size of a value without its name.
pub fn value_size(value: ValueRef<'_>) -> usize {
    let Ok(view) = value.view() else {
        debug_assert!(false, "sizes are asked of admitted values");
        return 0;
    };
    match view {
        View::Null | View::Bool(_) => 1,
        View::S(text) | View::B(text) => text.len(),
        View::N(text) => number::size_bytes(text),
        View::Ss(members) | View::Bs(members) => members.iter().map(<[u8]>::len).sum(),
        View::Ns(members) => members.iter().map(number::size_bytes).sum(),
        View::L(list) => {
            COLLECTION_BYTES
                + list
                    .iter()
                    .map(|element| ELEMENT_BYTES + value_size(element))
                    .sum::<usize>()
        }
        View::M(map) => {
            COLLECTION_BYTES
                + map
                    .iter()
                    .map(|(name, value)| ELEMENT_BYTES + attribute_size(name, value))
                    .sum::<usize>()
        }
    }
}

/// The size of a top-level attribute: its name in UTF-8 and its value.
pub fn attribute_size(name: &[u8], value: ValueRef<'_>) -> usize {
    name.len() + value_size(value)
}

/// The size of an item, a key or a projected image: the sum of its attributes.
pub fn item_size(attributes: Map<'_>) -> usize {
    attributes.iter().map(|(name, value)| attribute_size(name, value)).sum()
}
