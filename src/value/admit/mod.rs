//! Admission: the one checking walk over what a caller sent.
//!
//! It turns request bytes into an [`Item`], a key or a value that everything behind it may trust: layout whole, names and
//! strings UTF-8, no name twice in a map, nesting within bounds, numbers canonical, sets not empty, without duplicates and
//! in ascending order, no refused datatypes. The size by DynamoDB's rules falls out of the same walk. Bytes that are
//! canonical already are taken as they are; only others are written anew. Which keys a table wants, and how large an item
//! may be, is checked elsewhere.
//!
//! When several things are wrong the first in document order is reported, except that an empty name at the top comes before
//! everything and too many levels come before everything else, wherever they stand: the service looks at both up front.

mod name;
mod precedence;
mod rewrite;
mod set;
mod text;
mod walk;

pub use super::depth::{COMPARED_LEVELS_MAX, NESTING_LEVELS_MAX, deeper_than};
pub use name::{NAME_BYTES_MAX, check_name};
pub(super) use set::compare_members;

use super::fault::ValueFault;
use super::flat::{Malformed, Map, Tag, ValueRef};
use super::{Item, Layer, Value, size};
use precedence::{Position, first_in_order};
use rewrite::rewritten;
use std::borrow::Cow;
use walk::Walk;

/// An item that passed admission.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The item.
    pub item: Item,
    /// Its size by DynamoDB's rules, names included.
    pub size_bytes: usize,
}

/// A key that passed admission: the request's own bytes, unless something in them had to be made canonical.
#[derive(Clone, Debug)]
pub struct AdmittedKey<'a> {
    bytes: Cow<'a, [u8]>,
    /// Its size by DynamoDB's rules, names included.
    pub size_bytes: usize,
    /// True if a string or binary in it is empty.
    pub has_empty: bool,
}

impl AdmittedKey<'_> {
    /// The key's attributes.
    pub fn attributes(&self) -> Result<Map<'_>, Malformed> {
        Map::read(&self.bytes)
    }
    /// The flat bytes, `Attributes` tag first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// The key as an item of its own.
    pub fn to_item(&self) -> Item {
        Item::of_size(&self.bytes, self.size_bytes)
    }
}

/// A value that passed admission: the request's own bytes, unless something in them had to be made canonical.
#[derive(Clone, Debug)]
pub struct AdmittedValue<'a> {
    bytes: Cow<'a, [u8]>,
    /// Its size by DynamoDB's rules.
    pub size_bytes: usize,
}

impl AdmittedValue<'_> {
    /// A view of the value.
    pub fn get(&self) -> ValueRef<'_> {
        ValueRef::trusted(&self.bytes)
    }
    /// The value, owned.
    pub fn to_value(&self) -> Value {
        Value::from_admitted(&self.bytes)
    }
}

/// Admits an item: `raw` is its `Attributes` form.
pub fn admit_item(raw: &[u8], layer: Layer) -> Result<Admitted, ValueFault> {
    let AdmittedKey { bytes, size_bytes, .. } = admit_key(raw, layer)?;
    Ok(Admitted {
        item: Item::of_size(&bytes, size_bytes),
        size_bytes,
    })
}

/// Admits a key: `raw` is its `Attributes` form. The same rules as an item's, without the copy that storing takes.
pub fn admit_key(raw: &[u8], layer: Layer) -> Result<AdmittedKey<'_>, ValueFault> {
    let mut walk = Walk::new(layer, NESTING_LEVELS_MAX);
    let size_bytes = walk
        .attributes(raw)
        .map_err(|fault| first_in_order(raw, Position::Top, *fault))?;
    let bytes = if walk.rewrite {
        Cow::Owned(rewritten(raw, layer)?)
    } else {
        Cow::Borrowed(raw)
    };
    debug_assert_eq!(Map::read(&bytes).map(size::item_size), Ok(size_bytes));
    Ok(AdmittedKey {
        bytes,
        size_bytes,
        has_empty: walk.has_empty,
    })
}

/// Admits a single value, as an expression or a legacy condition carries it: `raw` is its bytes, with or without the
/// `Attribute` marker. Its first level is that of an attribute.
pub fn admit_value(raw: &[u8], layer: Layer) -> Result<AdmittedValue<'_>, ValueFault> {
    admit_value_within(raw, layer, NESTING_LEVELS_MAX)
}

/// The same of a value that may have that many levels: one that is only compared may have more than one that is stored.
pub fn admit_value_within(raw: &[u8], layer: Layer, levels: usize) -> Result<AdmittedValue<'_>, ValueFault> {
    let raw = unmarked(raw);
    admitted_value(raw, layer, levels).map_err(|met| first_in_order(raw, Position::Inside { levels }, met))
}

/// Admits a parameter of a statement. Of those the first fault in document order is reported, whatever it is.
pub fn admit_parameter(raw: &[u8], layer: Layer) -> Result<AdmittedValue<'_>, ValueFault> {
    admitted_value(unmarked(raw), layer, NESTING_LEVELS_MAX)
}

fn unmarked(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(&[Tag::Attribute as u8]).unwrap_or(raw)
}

fn admitted_value(raw: &[u8], layer: Layer, levels: usize) -> Result<AdmittedValue<'_>, ValueFault> {
    let mut walk = Walk::new(layer, levels);
    let size_bytes = walk.whole_value(raw).map_err(|met| *met)?;
    let bytes = if walk.rewrite {
        Cow::Owned(rewritten(raw, layer)?)
    } else {
        Cow::Borrowed(raw)
    };
    debug_assert_eq!(size::value_size(ValueRef::trusted(&bytes)), size_bytes);
    Ok(AdmittedValue { bytes, size_bytes })
}

#[cfg(test)]
mod tests;
