//! What is reported of keys that were asked for most.

use crate::table::KeyAttribute;
use crate::value::key::KeyType;
use serde::{Serialize, Serializer};

/// The keys of a table or of an index that were asked for most, and those that were throttled most: each list with the most frequent
/// first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contributions {
    /// Partition keys of requests that were served.
    pub accessed_partitions: Vec<Contributor>,
    /// Whole keys of requests that were served; empty without a sort key.
    pub accessed_items: Vec<Contributor>,
    /// Partition keys of requests that were throttled.
    pub throttled_partitions: Vec<Contributor>,
    /// Whole keys of requests that were throttled; empty without a sort key.
    pub throttled_items: Vec<Contributor>,
}

/// A key and how often it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contributor {
    /// The key.
    pub key: Key,
    /// How often it was counted: never less than it happened.
    pub count: u64,
    /// What of `count` may have been others'.
    pub excess: u64,
}

/// Attributes of a key by name, in the order of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub Vec<(String, Value)>);

impl Key {
    /// The values of a key's attributes.
    pub(super) fn of(attributes: &[&KeyAttribute], values: &[(KeyType, Vec<u8>)]) -> Self {
        Key(attributes.iter().zip(values).map(named).collect())
    }
}

fn named((attribute, (key_type, value)): (&&KeyAttribute, &(KeyType, Vec<u8>))) -> (String, Value) {
    let text = || String::from_utf8_lossy(value).into_owned();
    let value = match key_type {
        KeyType::S => Value::S(text()),
        KeyType::N => Value::N(text()),
        KeyType::B => Value::B(Bytes(value.clone())),
    };
    (attribute.name.as_str().to_owned(), value)
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A key attribute's value, as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Value {
    /// A string.
    S(String),
    /// A number.
    N(String),
    /// Bytes.
    B(Bytes),
}

/// Bytes that are bytes in JS, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}
