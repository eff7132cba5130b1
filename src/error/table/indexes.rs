//! What can be wrong about a table's secondary indexes and what they project.

use super::INVALID;
use std::fmt;

/// A fault of the definitions of secondary indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexesFault {
    /// `LocalSecondaryIndexes: []`
    LocalIndexesEmpty,
    /// `GlobalSecondaryIndexes: []`
    GlobalIndexesEmpty,
    /// Too many local indexes.
    LocalIndexCount {
        /// The bound.
        limit: usize,
    },
    /// Too many global indexes.
    GlobalIndexCount {
        /// The bound.
        limit: usize,
    },
    /// Two indexes of one name.
    IndexNameTwice {
        /// The name.
        index: String,
    },
    /// A local index on a table without a sort key.
    LocalIndexNeedsSortKey,
    /// A local index without a sort key.
    LocalIndexWithoutSortKey {
        /// The index.
        index: String,
    },
    /// A local index with another partition key.
    LocalIndexPartitionKey {
        /// The index.
        index: String,
        /// Its partition key.
        own: String,
        /// The table's.
        table: String,
    },
    /// A projection without a type.
    ProjectionTypeMissing,
    /// INCLUDE without attributes.
    IncludeWithoutAttributes,
    /// Attributes without INCLUDE.
    AttributesWithoutInclude {
        /// `ALL` or `KEYS_ONLY`.
        projection: &'static str,
    },
    /// An attribute included twice.
    IncludedTwice {
        /// The attribute.
        name: String,
    },
    /// More non-key attributes than all indexes together may project.
    IncludedCount {
        /// The bound.
        limit: usize,
    },
}

impl fmt::Display for IndexesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IndexesFault::LocalIndexesEmpty => write!(f, "{INVALID}List of LocalSecondaryIndexes is empty"),
            IndexesFault::GlobalIndexesEmpty => write!(f, "{INVALID}List of GlobalSecondaryIndexes is empty"),
            IndexesFault::LocalIndexCount { limit } => write!(
                f,
                "{INVALID}Number of LocalSecondaryIndexes exceeds per-table limit of {limit}"
            ),
            IndexesFault::GlobalIndexCount { limit } => write!(
                f,
                "{INVALID}GlobalSecondaryIndex count exceeds the per-table limit of {limit}"
            ),
            IndexesFault::IndexNameTwice { index } => write!(f, "{INVALID}Duplicate index name: {index}"),
            IndexesFault::LocalIndexNeedsSortKey => write!(
                f,
                "{INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"
            ),
            IndexesFault::LocalIndexWithoutSortKey { index } => write!(
                f,
                "{INVALID}Index KeySchema does not have a range key for index: {index}"
            ),
            IndexesFault::LocalIndexPartitionKey { index, own, table } => write!(
                f,
                "{INVALID}Index KeySchema does not have the same leading hash key as table KeySchema for index: {index}. index hash key: {own}, table hash key: {table}"
            ),
            IndexesFault::ProjectionTypeMissing => write!(f, "{INVALID}Unknown ProjectionType: null"),
            IndexesFault::IncludeWithoutAttributes => write!(
                f,
                "{INVALID}ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
            ),
            IndexesFault::AttributesWithoutInclude { projection } => write!(
                f,
                "{INVALID}ProjectionType is {projection}, but NonKeyAttributes is specified"
            ),
            IndexesFault::IncludedTwice { name } => {
                write!(f, "{INVALID}Duplicate element in NonKeyAttributes: {name}")
            }
            // No recorded answer: worded after its neighbours.
            IndexesFault::IncludedCount { limit } => write!(
                f,
                "{INVALID}Number of NonKeyAttributes across all secondary indexes exceeds per-table limit of {limit}"
            ),
        }
    }
}
