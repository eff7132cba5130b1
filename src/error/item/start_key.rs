//! What can be wrong about the key that a page starts behind.

use super::KeyFault;
use std::fmt;

/// A fault of an ExclusiveStartKey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartKeyFault {
    /// A starting key of another shape or type.
    Invalid,
    /// The same, as Scan says it.
    Mismatch,
    /// A starting key of another partition than the one queried.
    Outside,
    /// A starting key that the sort key condition excludes.
    OutOfRange,
    /// A starting key of a query that has at most one row.
    OfOneRow,
    /// A starting key of another segment.
    OfOtherSegment {
        /// `TotalSegments`
        total: u32,
        /// `Segment`
        segment: u32,
    },
}

impl fmt::Display for StartKeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartKeyFault::Invalid => f.write_str("The provided starting key is invalid"),
            StartKeyFault::Mismatch => write!(f, "The provided starting key is invalid: {}", KeyFault::Mismatch),
            StartKeyFault::Outside => {
                f.write_str("The provided starting key is outside query boundaries based on provided conditions")
            }
            StartKeyFault::OutOfRange => {
                f.write_str("The provided starting key does not match the range key predicate")
            }
            StartKeyFault::OfOneRow => f.write_str("The query can return at most one row and cannot be restarted"),
            StartKeyFault::OfOtherSegment { total, segment } => write!(
                f,
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: {total} Segment: {segment}"
            ),
        }
    }
}
