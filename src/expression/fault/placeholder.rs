//! What is wrong with the maps that define placeholders, or with what they define.

use crate::value::Layer;
use crate::value::fault::ValueFault;

/// The parameter that defines placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderMap {
    /// `ExpressionAttributeNames`
    Names,
    /// `ExpressionAttributeValues`
    Values,
}

impl PlaceholderMap {
    /// The parameter's name.
    pub fn parameter(self) -> &'static str {
        match self {
            PlaceholderMap::Names => "ExpressionAttributeNames",
            PlaceholderMap::Values => "ExpressionAttributeValues",
        }
    }
}

/// What is wrong with ExpressionAttributeNames or the keys of ExpressionAttributeValues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceholderFault {
    /// A map without entries.
    Empty(PlaceholderMap),
    /// More than 2 MB of names and values: the map with which it became too much.
    TooLarge(PlaceholderMap),
    /// An empty key.
    EmptyKey(PlaceholderMap),
    /// A key of more than 255 bytes.
    KeyTooLong {
        /// The map.
        map: PlaceholderMap,
        /// The key's length.
        bytes: usize,
    },
    /// A key that is not a mark and a word.
    InvalidKey {
        /// The map.
        map: PlaceholderMap,
        /// The key.
        key: String,
    },
    /// A name that is empty.
    EmptyName {
        /// The key.
        key: String,
    },
    /// A name over 65,535 bytes.
    NameTooLong {
        /// The key.
        key: String,
    },
    /// Entries that no expression uses.
    Unused {
        /// The map.
        map: PlaceholderMap,
        /// Their keys, in the order in which AWS lists them.
        keys: Vec<String>,
    },
}

impl PlaceholderFault {
    /// The sentence.
    pub fn message(&self) -> String {
        let invalid_key = |map: &PlaceholderMap| format!("{} contains invalid key: ", map.parameter());
        let invalid_name =
            |fault: &str, key: &str| format!("ExpressionAttributeNames contains invalid value: {fault} for key {key}");
        match self {
            PlaceholderFault::Empty(map) => format!("{} must not be empty", map.parameter()),
            // Seen on DynamoDB Local; no recording from AWS.
            PlaceholderFault::TooLarge(map) => format!("{} exceeds max size", map.parameter()),
            PlaceholderFault::EmptyKey(map) => invalid_key(map) + "The expression attribute map contains an empty key;",
            PlaceholderFault::KeyTooLong { map, bytes } => {
                let size = match map {
                    PlaceholderMap::Names => format!(" size of key: {bytes}"),
                    // Seen on DynamoDB Local; no recording from AWS.
                    PlaceholderMap::Values => String::new(),
                };
                invalid_key(map) + "The expression attribute map contains a key that is too long;" + &size
            }
            PlaceholderFault::InvalidKey { map, key } => invalid_key(map) + &format!("Syntax error; key: \"{key}\""),
            PlaceholderFault::EmptyName { key } => invalid_name("Empty attribute name", key),
            PlaceholderFault::NameTooLong { key } => {
                invalid_name("Attribute name is too large, must be less than 65536 bytes", key)
            }
            PlaceholderFault::Unused { map, keys } => format!(
                "Value provided in {} unused in expressions: keys: {{{}}}",
                map.parameter(),
                keys.join(", ")
            ),
        }
    }
}

/// A value in ExpressionAttributeValues that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueOfPlaceholder {
    /// The placeholder, `:` included.
    pub key: String,
    /// What is wrong with its value.
    pub fault: ValueFault,
}

impl ValueOfPlaceholder {
    /// The sentence; the older layer wraps what it finds in a value, the newer says the same as of any value.
    pub fn message(&self, layer: Layer) -> String {
        let fault = self.fault.message(layer);
        match layer {
            Layer::Newer => fault,
            Layer::Older => format!(
                "ExpressionAttributeValues contains invalid value: {fault} for key {}",
                self.key
            ),
        }
    }
}
