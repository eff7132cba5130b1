//! What can be wrong about vector indexes, the vectors that are written to them and the searches of them, with AWS's sentences.

use std::fmt;

/// What is wrong with the definition of a vector index. The sentence follows that about parameter values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefinitionFault {
    /// `VectorIndexes: []`
    Empty,
    /// A table that is not charged by the request.
    Provisioned,
    /// Too many.
    Count {
        /// The bound.
        limit: usize,
    },
    /// A number of dimensions out of range.
    Dimensions {
        /// The bound.
        limit: usize,
    },
    /// Two indexes of one attribute with vectors of two lengths.
    Conflict {
        /// The attribute.
        attribute: String,
    },
    /// A search attribute without a definition.
    NotDefined,
    /// Too many search attributes of one kind.
    SearchElements {
        /// The kind, as in the API.
        kind: &'static str,
        /// The bound.
        limit: usize,
    },
    /// An entry of VectorIndexUpdates with no action or with both.
    ActionCount,
}

/// What is wrong with a vector that is written or searched for, or with a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VectorFault {
    /// A written vector of another length.
    Size {
        /// The attribute.
        attribute: String,
        /// The index's dimensions.
        expected: usize,
        /// The vector's.
        actual: usize,
        /// The index.
        index: String,
    },
    /// A written vector with an element that is no 32-bit float.
    Element {
        /// The attribute.
        attribute: String,
        /// The element's position.
        at: usize,
        /// Its type, as in the API.
        actual: &'static str,
        /// The index.
        index: String,
    },
    /// A written vector that is no list.
    NotList {
        /// The attribute.
        attribute: String,
        /// The index.
        index: String,
    },
    /// `TopK` out of range.
    TopK {
        /// As asked for.
        value: i64,
        /// The bound.
        limit: usize,
    },
    /// A search of an index with a partition key that does not name it.
    ConditionMissing,
    /// A search vector of another length than the index's.
    SearchDimensions {
        /// The search vector's.
        actual: usize,
        /// The index's.
        expected: usize,
    },
    /// A condition on something that is no search attribute.
    NotInSchema {
        /// The attribute.
        attribute: String,
    },
    /// A search vector with a value that is no 32-bit float.
    SearchValue,
    /// A search of an index that is being filled.
    Backfilling {
        /// The index.
        index: String,
    },
    /// An answer that would be above 16 MB.
    ReplyTooLarge,
}

impl fmt::Display for DefinitionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // No recorded answer: worded after its neighbours.
            DefinitionFault::Empty => f.write_str("List of VectorIndexes is empty"),
            DefinitionFault::Provisioned => f.write_str("Vector indexes are only supported for PAY_PER_REQUEST tables"),
            DefinitionFault::Count { limit } => {
                write!(f, "VectorIndex count exceeds the per-table limit of {limit}")
            }
            DefinitionFault::Dimensions { limit } => {
                write!(f, "Number of dimensions must be between 1 and {limit} inclusive.")
            }
            DefinitionFault::Conflict { attribute } => write!(
                f,
                "Conflicting attribute definition for '{attribute}'. All VectorIndexes on the same vector attribute must use the same dimensions."
            ),
            DefinitionFault::NotDefined => {
                f.write_str("One element in SearchSchema is not defined in attribute definitions")
            }
            // No recorded answer: worded after the count of indexes.
            DefinitionFault::SearchElements { kind, limit } => {
                write!(f, "{kind} count in SearchSchema exceeds the per-index limit of {limit}")
            }
            // No recorded answer: worded after its neighbours.
            DefinitionFault::ActionCount => {
                f.write_str("One and only one of Create and Delete is required for a vector index update")
            }
        }
    }
}

/// What sentences about written vectors begin with: with a full stop where others have a colon.
const INVALID: &str = "One or more parameter values were invalid. ";

impl fmt::Display for VectorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VectorFault::Size {
                attribute,
                expected,
                actual,
                index,
            } => write!(
                f,
                "{INVALID}Invalid size for parameter {attribute}, Expected: {expected}, Actual: {actual} IndexName: {index}"
            ),
            VectorFault::Element {
                attribute,
                at,
                actual,
                index,
            } => write!(
                f,
                "{INVALID}Invalid type for parameter {attribute}[{at}], Expected: 32-bit floating point number, Actual: {actual}. IndexName: {index}"
            ),
            VectorFault::NotList { attribute, index } => write!(
                f,
                "{INVALID}Invalid type for parameter {attribute}, Expected: 32-bit floating point number list IndexName: {index}"
            ),
            VectorFault::TopK { value, limit } => write!(
                f,
                "Provided TopK value '{value}' is out of valid range. The value must be between 1 and {limit} inclusive"
            ),
            VectorFault::ConditionMissing => {
                f.write_str("SearchConditionExpression must be provided when SearchSchema has a HASH key")
            }
            VectorFault::SearchDimensions { actual, expected } => write!(
                f,
                "Input search vector dimension {actual} does not match vector index dimension {expected}"
            ),
            VectorFault::NotInSchema { attribute } => write!(
                f,
                "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: {attribute}"
            ),
            VectorFault::SearchValue => f.write_str(
                "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute",
            ),
            VectorFault::Backfilling { index } => write!(f, "Cannot search backfilling vector index: {index}"),
            // No recorded answer.
            VectorFault::ReplyTooLarge => f.write_str("The response exceeds the maximum size of 16 MB"),
        }
    }
}
