//! The rules of legacy conditions: which members go together, how many operands of which types a comparison takes.

use super::Fault;
use crate::error::item::{ConditionFault, ItemFault};
use crate::expression::{KeyClause, KeyComparison};
use crate::request::inputs::{self, ComparisonOperator, ExpectedAttributeValue};
use crate::request::tree::RawValue;
use crate::value::admit::{self, AdmittedValue};
use crate::value::fault::ValueFault;
use crate::value::flat::Tag;
use crate::value::{Layer, compare};
use std::cmp::Ordering;

/// One condition on one top-level attribute, in order.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    /// The attribute.
    pub attribute: &'a str,
    /// How it is compared.
    pub operator: ComparisonOperator,
    /// With what: as many operands as the operator takes.
    pub operands: Vec<AdmittedValue<'a>>,
}

impl From<ConditionFault> for Fault {
    fn from(fault: ConditionFault) -> Self {
        Fault::Item(ItemFault::Condition(fault))
    }
}

/// The operator as in the API.
pub(super) fn name_of(operator: ComparisonOperator) -> &'static str {
    match operator {
        ComparisonOperator::Eq => "EQ",
        ComparisonOperator::Ne => "NE",
        ComparisonOperator::In => "IN",
        ComparisonOperator::Le => "LE",
        ComparisonOperator::Lt => "LT",
        ComparisonOperator::Ge => "GE",
        ComparisonOperator::Gt => "GT",
        ComparisonOperator::Between => "BETWEEN",
        ComparisonOperator::NotNull => "NOT_NULL",
        ComparisonOperator::Null => "NULL",
        ComparisonOperator::Contains => "CONTAINS",
        ComparisonOperator::NotContains => "NOT_CONTAINS",
        ComparisonOperator::BeginsWith => "BEGINS_WITH",
    }
}

fn admitted<'a>(values: &[RawValue<'a>], layer: Layer) -> Result<Vec<AdmittedValue<'a>>, ValueFault> {
    values
        .iter()
        .map(|value| admit::admit_value(value.bytes(), layer))
        .collect()
}

/// An entry of QueryFilter, ScanFilter or KeyConditions.
pub(super) fn clause<'a>(
    attribute: &'a str,
    condition: &inputs::Condition<'a>,
    layer: Layer,
) -> Result<Clause<'a>, Fault> {
    let operands = admitted(condition.attribute_value_list.as_deref().unwrap_or_default(), layer)?;
    checked(attribute, condition.comparison_operator, operands)
}

/// An entry of Expected: a value to equal, absence, or a comparison. Which members go together is judged before any value is.
pub(super) fn expected<'a>(
    attribute: &'a str,
    expected: &ExpectedAttributeValue<'a>,
    layer: Layer,
) -> Result<Clause<'a>, Fault> {
    let operator = expected_operator(attribute, expected)?;
    let operands = match (&expected.value, &expected.attribute_value_list) {
        (Some(value), _) => vec![admit::admit_value(value.bytes(), layer)?],
        (None, Some(list)) => admitted(list, layer)?,
        (None, None) => Vec::new(),
    };
    checked(attribute, operator, operands)
}

/// The comparison that an entry of Expected stands for.
fn expected_operator(
    attribute: &str,
    expected: &ExpectedAttributeValue<'_>,
) -> Result<ComparisonOperator, ConditionFault> {
    let name = attribute.to_owned();
    let (value, list) = (expected.value.is_some(), expected.attribute_value_list.is_some());
    if value && list {
        return Err(ConditionFault::BothValues { name });
    }
    match (expected.comparison_operator, expected.exists) {
        (Some(_), Some(_)) => Err(ConditionFault::ExistsWithOperator { name }),
        (Some(operator), None) if takes_operands(operator) && !value && !list => Err(ConditionFault::OperandsMissing {
            operator: name_of(operator),
            name,
        }),
        (Some(operator), None) => Ok(operator),
        (None, _) if list => Err(ConditionFault::OperatorMissing { name }),
        (None, Some(false)) if value => Err(ConditionFault::ValueWithAbsence { name }),
        (None, Some(false)) => Ok(ComparisonOperator::Null),
        (None, Some(true) | None) if value => Ok(ComparisonOperator::Eq),
        (None, exists @ (Some(true) | None)) => Err(ConditionFault::ValueMissing { exists, name }),
    }
}

fn takes_operands(operator: ComparisonOperator) -> bool {
    !matches!(operator, ComparisonOperator::Null | ComparisonOperator::NotNull)
}

/// A condition whose operands fit its operator.
fn checked<'a>(
    attribute: &'a str,
    operator: ComparisonOperator,
    operands: Vec<AdmittedValue<'a>>,
) -> Result<Clause<'a>, Fault> {
    if attribute.is_empty() {
        return Err(ValueFault::EmptyName.into());
    }
    let counted = match operator {
        ComparisonOperator::Null | ComparisonOperator::NotNull => operands.is_empty(),
        ComparisonOperator::Between => operands.len() == 2,
        ComparisonOperator::In => !operands.is_empty(),
        ComparisonOperator::Eq
        | ComparisonOperator::Ne
        | ComparisonOperator::Le
        | ComparisonOperator::Lt
        | ComparisonOperator::Ge
        | ComparisonOperator::Gt
        | ComparisonOperator::Contains
        | ComparisonOperator::NotContains
        | ComparisonOperator::BeginsWith => operands.len() == 1,
    };
    if !counted {
        let operator = name_of(operator);
        return Err(ConditionFault::OperandCount { operator }.into());
    }
    let kinds: Vec<Kind> = operands.iter().map(Kind::of).collect();
    for kind in &kinds {
        if !kind.suits(operator) {
            return Err(ConditionFault::OperandType {
                operator: name_of(operator),
                kind: kind.name(),
            }
            .into());
        }
        if Some(kind) != kinds.first() {
            return Err(ConditionFault::OperandTypes.into());
        }
    }
    if let (ComparisonOperator::Between, [low, high]) = (operator, operands.as_slice())
        && compare(low.get(), high.get()) == Some(Ordering::Greater)
    {
        return Err(ConditionFault::BoundsReversed.into());
    }
    Ok(Clause {
        attribute,
        operator,
        operands,
    })
}

/// The type of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    S,
    N,
    B,
    Ss,
    Ns,
    Bs,
    L,
    M,
    Bool,
    Null,
}

impl Kind {
    fn of(value: &AdmittedValue<'_>) -> Self {
        match value.get().tag() {
            Ok(Tag::S) => Kind::S,
            Ok(Tag::N) => Kind::N,
            Ok(Tag::B) => Kind::B,
            Ok(Tag::Ss) => Kind::Ss,
            Ok(Tag::Ns) => Kind::Ns,
            Ok(Tag::Bs) => Kind::Bs,
            Ok(Tag::L) => Kind::L,
            Ok(Tag::M | Tag::Attributes) => Kind::M,
            Ok(Tag::True | Tag::False) => Kind::Bool,
            Ok(Tag::Null | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attribute | Tag::Time)
            | Err(_) => Kind::Null,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::S => "S",
            Kind::N => "N",
            Kind::B => "B",
            Kind::Ss => "SS",
            Kind::Ns => "NS",
            Kind::Bs => "BS",
            Kind::L => "L",
            Kind::M => "M",
            Kind::Bool => "BOOL",
            Kind::Null => "NULL",
        }
    }

    /// Equality takes every type; order takes what has one; membership takes what can be a member; beginnings are of bytes.
    fn suits(self, operator: ComparisonOperator) -> bool {
        let ordered = matches!(self, Kind::S | Kind::N | Kind::B);
        match operator {
            ComparisonOperator::Eq | ComparisonOperator::Ne => true,
            ComparisonOperator::Le
            | ComparisonOperator::Lt
            | ComparisonOperator::Ge
            | ComparisonOperator::Gt
            | ComparisonOperator::Between
            | ComparisonOperator::In => ordered,
            ComparisonOperator::Contains | ComparisonOperator::NotContains => {
                ordered || matches!(self, Kind::Bool | Kind::Null)
            }
            ComparisonOperator::BeginsWith => matches!(self, Kind::S | Kind::B),
            ComparisonOperator::Null | ComparisonOperator::NotNull => true,
        }
    }
}

/// A clause on a key.
pub(super) fn key_clause(clause: &Clause<'_>) -> KeyClause {
    let value = |operand: &AdmittedValue<'_>| operand.to_value();
    let comparison = match (clause.operator, clause.operands.as_slice()) {
        (ComparisonOperator::Eq, [operand]) => KeyComparison::Equal(value(operand)),
        (ComparisonOperator::Lt, [operand]) => KeyComparison::Less(value(operand)),
        (ComparisonOperator::Le, [operand]) => KeyComparison::LessOrEqual(value(operand)),
        (ComparisonOperator::Gt, [operand]) => KeyComparison::Greater(value(operand)),
        (ComparisonOperator::Ge, [operand]) => KeyComparison::GreaterOrEqual(value(operand)),
        (ComparisonOperator::BeginsWith, [operand]) => KeyComparison::BeginsWith(value(operand)),
        (ComparisonOperator::Between, [low, high]) => KeyComparison::Between(value(low), value(high)),
        (_, operands) => KeyComparison::NotIndexable(operands.iter().map(value).collect()),
    };
    KeyClause {
        attribute: clause.attribute.into(),
        comparison,
    }
}
