//! Between flat trees and typed structures: [`input!`] and its reader for requests, a serde serializer into response trees.
//!
//! Reading borrows: text is a `&str` into the request's bytes, and the caller's data (items, keys, values) is captured
//! unread as [`RawMap`] and [`RawValue`], to be admitted later. Nothing here recurses into attribute values, so depth is
//! bounded by the types read. Bytes that do not follow the layout are a [`TreeFault`], never a panic.

mod input;
mod read;
mod write;

pub use input::{ApiName, Fields, FromTree, Member, Members};
pub(crate) use input::{api_name, input};
pub(crate) use read::parse_integer;
pub use read::{Reader, TreeFault, decode};
pub use write::{encode, encode_into};

use crate::value::Item;
use crate::value::flat::{Malformed, Map, Tag, ValueRef};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// Newtype names under which the two sides of this module recognise parts that are copied as they are.
const RAW_MAP: &str = "$snowglobe::RawMap";
const RAW_VALUE: &str = "$snowglobe::RawValue";
const TIME: &str = "$snowglobe::Time";

/// A map of attributes inside a tree: an item, a key, expression values. Not admitted yet when it comes from a request.
#[derive(Clone, Copy)]
pub struct RawMap<'a> {
    bytes: &'a [u8],
}

impl<'a> RawMap<'a> {
    /// Takes the bytes of a map of attributes, tag first.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        if ValueRef::read(bytes)?.tag()? == Tag::Attributes {
            Ok(RawMap { bytes })
        } else {
            Err(Malformed)
        }
    }
    /// The bytes, `Attributes` tag first: what admission takes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
    /// The attributes as sent.
    pub fn map(&self) -> Result<Map<'a>, Malformed> {
        Map::read(self.bytes)
    }
    /// Number of attributes as sent.
    pub fn len(&self) -> usize {
        self.map().map(|map| map.len()).unwrap_or(0)
    }
    /// True for `{}`.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a> From<&'a Item> for RawMap<'a> {
    fn from(item: &'a Item) -> Self {
        RawMap { bytes: item.bytes() }
    }
}

impl fmt::Debug for RawMap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawMap({} attributes)", self.len())
    }
}

/// A single attribute value inside a tree. Not admitted yet when it comes from a request.
#[derive(Clone, Copy)]
pub struct RawValue<'a> {
    bytes: &'a [u8],
}

impl<'a> RawValue<'a> {
    /// Takes a value's bytes, without the `Attribute` marker that a tree puts before it.
    pub fn new(value: ValueRef<'a>) -> Self {
        RawValue { bytes: value.bytes() }
    }
    /// The value's bytes, its own tag first: what admission takes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
    /// The value as sent.
    pub fn value(&self) -> Result<ValueRef<'a>, Malformed> {
        ValueRef::read(self.bytes)
    }
}

impl fmt::Debug for RawValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawValue({} bytes)", self.bytes.len())
    }
}

/// Bytes handed through serde to the serializer of this module.
struct Copied<'a>(&'a [u8]);

impl Serialize for Copied<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl Serialize for RawMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RAW_MAP, &Copied(self.bytes))
    }
}

impl Serialize for RawValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RAW_VALUE, &Copied(self.bytes))
    }
}

/// A point in time as the API writes it: seconds since the epoch, with a fraction where there is one, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub epoch_ms: u64,
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.epoch_ms / 1000, self.epoch_ms % 1000);
        if millis == 0 {
            return write!(f, "{seconds}");
        }
        let fraction = format!("{millis:03}");
        write!(f, "{seconds}.{}", fraction.trim_end_matches('0'))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TIME, &Copied(self.to_string().as_bytes()))
    }
}

/// A map of the API whose values are structures or text, in the order sent: batches by table, expected values by attribute.
/// Names are unique in whatever a JSON body or a JS object became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries<'a, T>(pub Vec<(&'a str, T)>);

impl<'a, T> Entries<'a, T> {
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// True for `{}`.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &T)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
    /// The value under a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
