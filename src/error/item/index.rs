//! What can be wrong about a secondary index that is read, or about the attributes of its key.

use super::{Empty, INVALID, NOT_VALID, type_name};
use crate::value::key::KeyType;
use std::fmt;

/// A fault about a secondary index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexFault {
    /// An index that the table does not have.
    Missing {
        /// As asked for.
        index: String,
    },
    /// A read of a global index that is being filled.
    Backfilling {
        /// As asked for.
        index: String,
    },
    /// A Query of a vector index.
    VectorQueried,
    /// A Scan of a vector index.
    VectorScanned,
    /// A consistent read of a global index.
    ConsistentRead,
    /// `ALL_ATTRIBUTES` of a global index that does not project all.
    AllAttributes {
        /// The index.
        index: String,
    },
    /// A projection of attributes that a global index does not have.
    NotProjected {
        /// The index.
        index: String,
        /// The attributes.
        names: Vec<String>,
    },
    /// A Query whose filter reads attributes that the index does not have.
    FilterNotProjected {
        /// The index.
        index: String,
        /// The attributes.
        names: Vec<String>,
    },
    /// An item whose index key attribute has another type.
    KeyType {
        /// The attribute.
        name: String,
        /// The schema's type.
        expected: KeyType,
        /// The type met, as in the API.
        actual: &'static str,
        /// The alphabetically first index with that key.
        index: String,
    },
    /// An item whose index key attribute is too large.
    KeyTooLarge {
        /// The attribute.
        name: String,
        /// Its size.
        bytes: usize,
        /// The bound.
        most: usize,
        /// The alphabetically first index with that key.
        index: String,
    },
    /// An item, AttributeUpdates or a key condition whose index key attribute is empty.
    KeyEmpty {
        /// What it is.
        kind: Empty,
        /// The index.
        index: String,
        /// The attribute.
        name: String,
    },
    /// An update expression that leaves an index key attribute empty.
    KeyUpdatedToEmpty {
        /// What it is.
        kind: Empty,
    },
}

impl fmt::Display for IndexFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IndexFault::Missing { index } => {
                write!(f, "The table does not have the specified index: {index}")
            }
            IndexFault::Backfilling { index } => {
                write!(f, "Cannot read from backfilling global secondary index: {index}")
            }
            // Recorded of statements, which the service runs as Scan and Query.
            IndexFault::VectorQueried => f.write_str("Query operation not supported on this index type"),
            IndexFault::VectorScanned => f.write_str("Scan operation not supported on this index type"),
            IndexFault::ConsistentRead => f.write_str("Consistent reads are not supported on global secondary indexes"),
            IndexFault::AllAttributes { index } => write!(
                f,
                "{INVALID}Select type ALL_ATTRIBUTES is not supported for global secondary index {index} because its projection type is not ALL"
            ),
            IndexFault::NotProjected { index, names } => write!(
                f,
                "{INVALID}Global secondary index {index} does not project [{}]",
                names.join(", ")
            ),
            IndexFault::FilterNotProjected { index, names } => write!(
                f,
                "{INVALID}Secondary index {index} does not project one or more filter attributes: [{}]",
                names.join(", ")
            ),
            IndexFault::KeyType {
                name,
                expected,
                actual,
                index,
            } => write!(
                f,
                "{INVALID}Type mismatch for Index Key {name} Expected: {} Actual: {actual} IndexName: {index}",
                type_name(*expected)
            ),
            IndexFault::KeyTooLarge {
                name,
                bytes,
                most,
                index,
            } => write!(
                f,
                "{INVALID}Size limit exceeded for Index Key {name} Actual Size: {bytes} bytes Max Size: {most} bytes IndexName: {index}"
            ),
            IndexFault::KeyEmpty { kind, index, name } => write!(
                f,
                "{NOT_VALID}A value specified for a secondary index key is not supported. {kind} IndexName: {index}, IndexKey: {name}"
            ),
            IndexFault::KeyUpdatedToEmpty { kind } => write!(
                f,
                "{NOT_VALID}The update expression attempted to update a secondary index key to a value that is not supported. {kind}"
            ),
        }
    }
}
