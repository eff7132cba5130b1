//! Parameters that exclude, need or bound each other.

use super::INVALID;
use std::fmt;

/// A fault of parameters, whatever table they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterFault {
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
    /// A batch that asks for too much of all its tables together.
    TooManyInBatch {
        /// The operation's name.
        operation: &'static str,
    },
}

impl fmt::Display for ParameterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParameterFault::Mixed { legacy, expressions } => write!(
                f,
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
                legacy.join(", "),
                expressions.join(", ")
            ),
            ParameterFault::NamesWithoutExpression => {
                f.write_str("ExpressionAttributeNames can only be specified when using expressions")
            }
            ParameterFault::ValuesWithoutExpression { absent } => {
                f.write_str("ExpressionAttributeValues can only be specified when using expressions")?;
                match absent {
                    Some(absent) => write!(f, ": {absent}"),
                    None => Ok(()),
                }
            }
            ParameterFault::ReturnValues => f.write_str("ReturnValues can only be ALL_OLD or NONE"),
            ParameterFault::OperatorWithoutConditions => {
                f.write_str("ConditionalOperator cannot be used without Filter or Expected")
            }
            ParameterFault::OperatorWithOneCondition => {
                f.write_str("ConditionalOperator can only be used when Filter or Expected has two or more elements")
            }
            ParameterFault::SpecificAttributesMissing => f.write_str(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            ),
            ParameterFault::ProjectionWithSelect { parameter, select } => {
                write!(f, "Cannot specify the {parameter} when choosing to get {select}")
            }
            ParameterFault::ProjectedAttributesWithoutIndex => {
                f.write_str("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
            }
            ParameterFault::TotalSegmentsMissing => f.write_str(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
            ),
            ParameterFault::SegmentMissing => f.write_str(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
            ),
            ParameterFault::SegmentTooHigh { segment, total } => write!(
                f,
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"
            ),
            ParameterFault::KeyConditionMissing => f.write_str(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            ),
            ParameterFault::DuplicateAttribute { name } => {
                write!(f, "{INVALID}Duplicate value in attribute name: {name}")
            }
            // The API reference quotes it for BatchGetItem; users for both. One table alone breaks a member's constraint.
            ParameterFault::TooManyInBatch { operation } => {
                write!(f, "Too many items requested for the {operation} call")
            }
        }
    }
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
