//! What can be wrong about the key of an item.

use super::{Empty, INVALID, NOT_VALID, type_name};
use crate::limits;
use crate::value::key::KeyType;
use std::fmt;

/// A fault of the key of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// A key of another shape than the table's.
    Mismatch,
    /// PutItem without one of the key attributes.
    Missing {
        /// The attribute.
        name: String,
    },
    /// PutItem with a key attribute of another type.
    Type {
        /// The attribute.
        name: String,
        /// The schema's type.
        expected: KeyType,
        /// The type met, as in the API.
        actual: &'static str,
    },
    /// An empty key value.
    Empty {
        /// What it is.
        kind: Empty,
        /// The attribute.
        name: String,
    },
    /// A partition key value above 2,048 bytes.
    PartitionTooLarge,
    /// A sort key value above 1,024 bytes.
    SortTooLarge,
    /// A document path that goes inside a key attribute.
    Entered {
        /// The attribute.
        name: String,
        /// True for an index's key that is not the table's.
        of_index: bool,
    },
    /// An update of a key attribute.
    Updated {
        /// The attribute.
        name: String,
    },
    /// One item twice in a batch.
    Duplicates,
    /// A Query whose filter reads a key attribute.
    Filtered {
        /// True for QueryFilter.
        legacy: bool,
        /// The attribute.
        name: String,
    },
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyFault::Mismatch => f.write_str("The provided key element does not match the schema"),
            KeyFault::Missing { name } => write!(f, "{INVALID}Missing the key {name} in the item"),
            KeyFault::Type { name, expected, actual } => write!(
                f,
                "{INVALID}Type mismatch for key {name} expected: {} actual: {actual}",
                type_name(*expected)
            ),
            KeyFault::Empty { kind, name } => write!(f, "{NOT_VALID}{kind} Key: {name}"),
            // No blank before the number, as the service has it.
            KeyFault::PartitionTooLarge => write!(
                f,
                "{INVALID}Size of hashkey has exceeded the maximum size limit of{} bytes",
                limits::PARTITION_KEY_BYTES_MAX
            ),
            KeyFault::SortTooLarge => write!(
                f,
                "{INVALID}Aggregated size of all range keys has exceeded the size limit of {} bytes",
                limits::SORT_KEY_BYTES_MAX
            ),
            // Seen on DynamoDB Local; no recording from AWS.
            KeyFault::Entered { name, of_index } => write!(
                f,
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {}: {name}",
                if *of_index { "IndexKey" } else { "Key" }
            ),
            KeyFault::Updated { name } => write!(
                f,
                "{INVALID}Cannot update attribute {name}. This attribute is part of the key"
            ),
            KeyFault::Duplicates => f.write_str("Provided list of item keys contains duplicates"),
            KeyFault::Filtered { legacy, name } => write!(
                f,
                "{} can only contain non-primary key attributes: Primary key attribute: {name}",
                if *legacy { "QueryFilter" } else { "Filter Expression" }
            ),
        }
    }
}
