//! What can be wrong about items, keys and the parameters of calls on them, with AWS's sentences.
//!
//! Whether a sentence stands in an envelope is not decided here: see [`super::Envelope`].

use crate::limits;
use crate::value::key::KeyType;
use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";
/// The same about empty values; the service words it differently.
const NOT_VALID: &str = "One or more parameter values are not valid. ";

/// A fault about items, keys and the parameters of calls on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemFault {
    // Parameters that exclude or need each other.
    /// Expressions together with the parameters they replaced.
    Mixed {
        /// The old parameters, in AWS's order.
        legacy: Vec<&'static str>,
        /// The expressions, in AWS's order.
        expressions: Vec<&'static str>,
    },
    /// `ExpressionAttributeNames` without any expression.
    NamesWithoutExpression,
    /// `ExpressionAttributeValues` without an expression that takes values.
    ValuesWithoutExpression {
        /// What stands behind the colon, if anything does: `FilterExpression is null`.
        absent: Option<&'static str>,
    },
    /// PutItem and DeleteItem with ReturnValues of UpdateItem.
    ReturnValues,
    /// `ConditionalOperator` without conditions to combine.
    OperatorWithoutConditions,
    /// `ConditionalOperator` with a single condition.
    OperatorWithOneCondition,
    /// `Select: SPECIFIC_ATTRIBUTES` without naming any.
    SpecificAttributesMissing,
    /// A projection together with a Select that says something else.
    ProjectionWithSelect {
        /// `ProjectionExpression` or `AttributesToGet`.
        parameter: &'static str,
        /// The Select.
        select: Select,
    },
    /// `ALL_PROJECTED_ATTRIBUTES` without an index.
    ProjectedAttributesWithoutIndex,
    /// `Segment` without `TotalSegments`.
    TotalSegmentsMissing,
    /// `TotalSegments` without `Segment`.
    SegmentMissing,
    /// `Segment` that `TotalSegments` does not have.
    SegmentTooHigh {
        /// As asked for.
        segment: u32,
        /// As asked for.
        total: u32,
    },
    /// Query without a key condition.
    KeyConditionMissing,
    /// A list of attributes with one of them twice.
    DuplicateAttribute {
        /// The attribute.
        name: String,
    },

    // Legacy conditions and updates.
    /// A condition that does not hang together.
    Condition(ConditionFault),
    /// A legacy update that does not hang together.
    Update(UpdateFault),

    // Keys and indexes.
    /// A key of another shape than the table's.
    KeyMismatch,
    /// PutItem without one of the key attributes.
    KeyMissing {
        /// The attribute.
        name: String,
    },
    /// PutItem with a key attribute of another type.
    KeyType {
        /// The attribute.
        name: String,
        /// The schema's type.
        expected: KeyType,
        /// The type met, as in the API.
        actual: &'static str,
    },
    /// An empty key value.
    KeyEmpty {
        /// What it is.
        kind: Empty,
        /// The attribute.
        name: String,
    },
    /// A partition key value above 2,048 bytes.
    PartitionKeyTooLarge,
    /// A sort key value above 1,024 bytes.
    SortKeyTooLarge,
    /// An item whose index key attribute has another type.
    IndexKeyType {
        /// The attribute.
        name: String,
        /// The schema's type.
        expected: KeyType,
        /// The type met, as in the API.
        actual: &'static str,
        /// The alphabetically first index with that key.
        index: String,
    },
    /// An item, AttributeUpdates or a key condition whose index key attribute is empty.
    IndexKeyEmpty {
        /// What it is.
        kind: Empty,
        /// The index.
        index: String,
        /// The attribute.
        name: String,
    },
    /// An update expression that leaves an index key attribute empty.
    IndexKeyUpdatedToEmpty {
        /// What it is.
        kind: Empty,
    },
    /// A document path that goes inside a key attribute.
    KeyEntered {
        /// The attribute.
        name: String,
        /// True for an index's key that is not the table's.
        of_index: bool,
    },
    /// An update of a key attribute.
    KeyUpdated {
        /// The attribute.
        name: String,
    },
    /// One item twice in a batch.
    DuplicateKeys,
    /// A batch that asks for too much of all its tables together.
    TooManyInBatch {
        /// The operation's name.
        operation: &'static str,
    },
    /// A put above 400 KB.
    ItemTooLarge,
    /// An update whose outcome, or whose own size, is above 400 KB.
    UpdatedItemTooLarge,
    /// An index that the table does not have.
    IndexMissing {
        /// As asked for.
        index: String,
    },
    /// A read of a global index that is being filled.
    IndexBackfilling {
        /// As asked for.
        index: String,
    },
    /// A Query or Scan of a vector index.
    VectorIndexWalked {
        /// True for Query.
        by_key: bool,
    },
    /// A consistent read of a global index.
    ConsistentGlobalRead,
    /// `ALL_ATTRIBUTES` of a global index that does not project all.
    AllAttributesOfGlobal {
        /// The index.
        index: String,
    },
    /// A projection of attributes that a global index does not have.
    GlobalDoesNotProject {
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
    /// A Query whose filter reads a key attribute.
    FilterOnKey {
        /// True for QueryFilter.
        legacy: bool,
        /// The attribute.
        name: String,
    },

    // Transactions.
    /// An action that does nothing.
    NoTransactAction,
    /// An action that does several things.
    ManyTransactActions,
    /// One item in two actions.
    DuplicateTransactItems,
    /// Items of more than 4 MB together.
    TransactionTooLarge,

    // Starting keys.
    /// A starting key of another shape or type.
    StartKeyInvalid,
    /// The same, as Scan says it.
    StartKeyMismatch,
    /// A starting key of another partition than the one queried.
    StartKeyOutside,
    /// A starting key that the sort key condition excludes.
    StartKeyOutOfRange,
    /// A starting key of a query that has at most one row.
    StartKeyOfOneRow,
    /// A starting key of another segment.
    StartKeyOfOtherSegment {
        /// `TotalSegments`
        total: u32,
        /// `Segment`
        segment: u32,
    },
}

/// What an empty key value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// `""`
    Text,
    /// No bytes.
    Binary,
}

/// What Query and Scan return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the API")]
pub enum Select {
    AllAttributes,
    AllProjectedAttributes,
    SpecificAttributes,
    Count,
}

/// Why a legacy condition (Expected, KeyConditions, QueryFilter, ScanFilter) is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "`name` is the attribute, `operator` and `kind` as in the API"
)]
pub enum ConditionFault {
    /// Expected without a value; `exists` as given.
    ValueMissing { exists: Option<bool>, name: String },
    /// Expected of absence with a value.
    ValueWithAbsence { name: String },
    /// Both forms of values.
    BothValues { name: String },
    /// Both forms of conditions.
    ExistsWithOperator { name: String },
    /// A comparison without operands.
    OperandsMissing { operator: &'static str, name: String },
    /// Operands without a comparison.
    OperatorMissing { name: String },
    /// A comparison with the wrong number of operands.
    OperandCount { operator: &'static str },
    /// A comparison of a type that cannot be compared so.
    OperandType { operator: &'static str, kind: &'static str },
    /// Operands of several types.
    OperandTypes,
    /// BETWEEN from high to low.
    BoundsReversed,
    /// KeyConditions of none, or of more attributes than keys have.
    KeyConditionCount,
}

/// Why a legacy update is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateFault {
    /// PUT or ADD of nothing.
    ValueMissing,
    /// ADD of a type that cannot be added.
    AddType(&'static str),
    /// DELETE of members of a type that has none.
    DeleteType(&'static str),
    /// ADD or DELETE on a stored value of another type.
    StoredType,
}

impl fmt::Display for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ItemFault::Mixed { legacy, expressions } => write!(
                f,
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
                legacy.join(", "),
                expressions.join(", ")
            ),
            ItemFault::NamesWithoutExpression => {
                f.write_str("ExpressionAttributeNames can only be specified when using expressions")
            }
            ItemFault::ValuesWithoutExpression { absent } => {
                f.write_str("ExpressionAttributeValues can only be specified when using expressions")?;
                match absent {
                    Some(absent) => write!(f, ": {absent}"),
                    None => Ok(()),
                }
            }
            ItemFault::ReturnValues => f.write_str("ReturnValues can only be ALL_OLD or NONE"),
            ItemFault::OperatorWithoutConditions => {
                f.write_str("ConditionalOperator cannot be used without Filter or Expected")
            }
            ItemFault::OperatorWithOneCondition => {
                f.write_str("ConditionalOperator can only be used when Filter or Expected has two or more elements")
            }
            ItemFault::SpecificAttributesMissing => f.write_str(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            ),
            ItemFault::ProjectionWithSelect { parameter, select } => {
                write!(f, "Cannot specify the {parameter} when choosing to get {select}")
            }
            ItemFault::ProjectedAttributesWithoutIndex => {
                f.write_str("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
            }
            ItemFault::TotalSegmentsMissing => f.write_str(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
            ),
            ItemFault::SegmentMissing => f.write_str(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
            ),
            ItemFault::SegmentTooHigh { segment, total } => write!(
                f,
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"
            ),
            ItemFault::KeyConditionMissing => f.write_str(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            ),
            ItemFault::DuplicateAttribute { name } => {
                write!(f, "{INVALID}Duplicate value in attribute name: {name}")
            }
            ItemFault::Condition(fault) => fault.fmt(f),
            ItemFault::Update(fault) => fault.fmt(f),
            ItemFault::KeyMismatch => f.write_str("The provided key element does not match the schema"),
            ItemFault::KeyMissing { name } => write!(f, "{INVALID}Missing the key {name} in the item"),
            ItemFault::KeyType { name, expected, actual } => write!(
                f,
                "{INVALID}Type mismatch for key {name} expected: {} actual: {actual}",
                type_name(*expected)
            ),
            ItemFault::KeyEmpty { kind, name } => write!(f, "{NOT_VALID}{kind} Key: {name}"),
            // No blank before the number, as the service has it.
            ItemFault::PartitionKeyTooLarge => write!(
                f,
                "{INVALID}Size of hashkey has exceeded the maximum size limit of{} bytes",
                limits::PARTITION_KEY_BYTES_MAX
            ),
            ItemFault::SortKeyTooLarge => write!(
                f,
                "{INVALID}Aggregated size of all range keys has exceeded the size limit of {} bytes",
                limits::SORT_KEY_BYTES_MAX
            ),
            ItemFault::IndexKeyType {
                name,
                expected,
                actual,
                index,
            } => write!(
                f,
                "{INVALID}Type mismatch for Index Key {name} Expected: {} Actual: {actual} IndexName: {index}",
                type_name(*expected)
            ),
            ItemFault::IndexKeyEmpty { kind, index, name } => write!(
                f,
                "{NOT_VALID}A value specified for a secondary index key is not supported. {kind} IndexName: {index}, IndexKey: {name}"
            ),
            ItemFault::IndexKeyUpdatedToEmpty { kind } => write!(
                f,
                "{NOT_VALID}The update expression attempted to update a secondary index key to a value that is not supported. {kind}"
            ),
            // Seen on DynamoDB Local; no recording from AWS.
            ItemFault::KeyEntered { name, of_index } => write!(
                f,
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {}: {name}",
                if *of_index { "IndexKey" } else { "Key" }
            ),
            ItemFault::KeyUpdated { name } => write!(
                f,
                "{INVALID}Cannot update attribute {name}. This attribute is part of the key"
            ),
            // The API reference quotes it for BatchGetItem; users for both. One table alone breaks a member's constraint.
            ItemFault::TooManyInBatch { operation } => {
                write!(f, "Too many items requested for the {operation} call")
            }
            ItemFault::DuplicateKeys => f.write_str("Provided list of item keys contains duplicates"),
            ItemFault::ItemTooLarge => f.write_str("Item size has exceeded the maximum allowed size"),
            ItemFault::UpdatedItemTooLarge => {
                f.write_str("Item size to update has exceeded the maximum allowed size")
            }
            ItemFault::IndexMissing { index } => {
                write!(f, "The table does not have the specified index: {index}")
            }
            ItemFault::IndexBackfilling { index } => {
                write!(f, "Cannot read from backfilling global secondary index: {index}")
            }
            // Recorded of statements, which the service runs as Scan and Query.
            ItemFault::VectorIndexWalked { by_key } => {
                let operation = if *by_key { "Query" } else { "Scan" };
                write!(f, "{operation} operation not supported on this index type")
            }
            ItemFault::ConsistentGlobalRead => {
                f.write_str("Consistent reads are not supported on global secondary indexes")
            }
            ItemFault::AllAttributesOfGlobal { index } => write!(
                f,
                "{INVALID}Select type ALL_ATTRIBUTES is not supported for global secondary index {index} because its projection type is not ALL"
            ),
            ItemFault::GlobalDoesNotProject { index, names } => write!(
                f,
                "{INVALID}Global secondary index {index} does not project [{}]",
                names.join(", ")
            ),
            ItemFault::FilterNotProjected { index, names } => write!(
                f,
                "{INVALID}Secondary index {index} does not project one or more filter attributes: [{}]",
                names.join(", ")
            ),
            ItemFault::FilterOnKey { legacy, name } => write!(
                f,
                "{} can only contain non-primary key attributes: Primary key attribute: {name}",
                if *legacy { "QueryFilter" } else { "Filter Expression" }
            ),
            ItemFault::NoTransactAction => {
                f.write_str("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request")
            }
            // Seen on DynamoDB Local; no recording from AWS.
            ItemFault::ManyTransactActions => {
                f.write_str("TransactItems can only contain one of Check, Put, Update or Delete")
            }
            ItemFault::DuplicateTransactItems => {
                f.write_str("Transaction request cannot include multiple operations on one item")
            }
            // As the API reference words the rule; no recording from AWS.
            ItemFault::TransactionTooLarge => {
                f.write_str("The aggregate size of the items in the transaction cannot exceed 4 MB")
            }
            ItemFault::StartKeyInvalid => f.write_str("The provided starting key is invalid"),
            ItemFault::StartKeyMismatch => write!(f, "The provided starting key is invalid: {}", ItemFault::KeyMismatch),
            ItemFault::StartKeyOutside => {
                f.write_str("The provided starting key is outside query boundaries based on provided conditions")
            }
            ItemFault::StartKeyOutOfRange => {
                f.write_str("The provided starting key does not match the range key predicate")
            }
            ItemFault::StartKeyOfOneRow => {
                f.write_str("The query can return at most one row and cannot be restarted")
            }
            ItemFault::StartKeyOfOtherSegment { total, segment } => write!(
                f,
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: {total} Segment: {segment}"
            ),
        }
    }
}

impl fmt::Display for Empty {
    /// The sentence that all faults about empty key values share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Empty::Text => "string",
            Empty::Binary => "binary",
        };
        write!(
            f,
            "The AttributeValue for a key attribute cannot contain an empty {kind} value."
        )
    }
}

impl fmt::Display for Select {
    /// As in `Cannot specify … when choosing to get …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Select::AllAttributes => "ALL_ATTRIBUTES",
            Select::AllProjectedAttributes => "ALL_PROJECTED_ATTRIBUTES",
            Select::SpecificAttributes => "SPECIFIC_ATTRIBUTES",
            Select::Count => "only the Count",
        })
    }
}

impl fmt::Display for ConditionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !matches!(self, ConditionFault::BoundsReversed | ConditionFault::KeyConditionCount) {
            f.write_str(INVALID)?;
        }
        match self {
            ConditionFault::ValueMissing { exists, name } => {
                let exists = match exists {
                    Some(true) => "true",
                    Some(false) => "false",
                    None => "null",
                };
                write!(
                    f,
                    "Value must be provided when Exists is {exists} for Attribute: {name}"
                )
            }
            ConditionFault::ValueWithAbsence { name } => {
                write!(f, "Value cannot be used when Exists is false for Attribute: {name}")
            }
            ConditionFault::BothValues { name } => write!(
                f,
                "Value and AttributeValueList cannot be used together for Attribute: {name}"
            ),
            ConditionFault::ExistsWithOperator { name } => write!(
                f,
                "Exists and ComparisonOperator cannot be used together for Attribute: {name}"
            ),
            ConditionFault::OperandsMissing { operator, name } => write!(
                f,
                "Value or AttributeValueList must be used with ComparisonOperator: {operator} for Attribute: {name}"
            ),
            ConditionFault::OperatorMissing { name } => write!(
                f,
                "AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}"
            ),
            ConditionFault::OperandCount { operator } => {
                write!(f, "Invalid number of argument(s) for the {operator} ComparisonOperator")
            }
            ConditionFault::OperandType { operator, kind } => write!(
                f,
                "ComparisonOperator {operator} is not valid for {kind} AttributeValue type"
            ),
            ConditionFault::OperandTypes => {
                f.write_str("AttributeValues inside AttributeValueList must be of same type")
            }
            ConditionFault::BoundsReversed => f.write_str(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
            ),
            ConditionFault::KeyConditionCount => f.write_str("Conditions can be of length 1 or 2 only"),
        }
    }
}

impl fmt::Display for UpdateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpdateFault::ValueMissing => write!(
                f,
                "{INVALID}Only DELETE action is allowed when no attribute value is specified"
            ),
            UpdateFault::AddType(kind) => write!(f, "{INVALID}ADD action is not supported for the type {kind}"),
            UpdateFault::DeleteType(kind) => {
                write!(
                    f,
                    "{INVALID}DELETE action with value is not supported for the type {kind}"
                )
            }
            UpdateFault::StoredType => f.write_str("Type mismatch for attribute to update"),
        }
    }
}

/// A key type as in the API.
pub fn type_name(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::S => "S",
        KeyType::N => "N",
        KeyType::B => "B",
    }
}
