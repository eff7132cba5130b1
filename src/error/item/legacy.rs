//! What can be wrong about the parameters that expressions have replaced.

use super::INVALID;
use std::fmt;

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
