//! Key conditions: clauses as written, and how they fall on a key schema.

use super::fault::{ExpressionFault, KeyConditionFault};
use super::{ConditionAst, Placeholders};
use crate::value::Value;
use crate::value::key::{KeyPart, KeyType, PartRange};
use std::rc::Rc;

/// The clauses of a KeyConditionExpression, in the order written.
#[derive(Clone, Debug)]
pub struct KeyConditions {
    /// The clauses; no attribute comes twice.
    pub clauses: Vec<KeyClause>,
}

/// One clause: an attribute compared.
#[derive(Clone, Debug)]
pub struct KeyClause {
    /// The top-level attribute.
    pub attribute: Box<str>,
    /// How it is compared, the attribute on the left.
    pub comparison: KeyComparison,
}

/// How a key attribute is compared.
#[derive(Clone, Debug)]
pub enum KeyComparison {
    /// `=`
    Equal(Value),
    /// `<`
    Less(Value),
    /// `<=`
    LessOrEqual(Value),
    /// `>`
    Greater(Value),
    /// `>=`
    GreaterOrEqual(Value),
    /// `BETWEEN`
    Between(Value, Value),
    /// `begins_with`
    BeginsWith(Value),
}

/// Key conditions laid on a key schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMatch<'a> {
    /// Each partition key attribute's value, in the order of the schema.
    pub partition: Vec<KeyPart<'a>>,
    /// Values of the first sort key attributes, those compared with `=`, in the order of the schema; without the last
    /// attribute that has a condition.
    pub sort_equal: Vec<KeyPart<'a>>,
    /// The comparison of the sort key attribute that follows them.
    pub range: PartRange<'a>,
}

impl KeyConditions {
    /// Resolves names and values, and checks each clause in the order written.
    pub fn bind(_ast: &Rc<ConditionAst>, _placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        todo!()
    }
}

/// Lays key conditions on the key of a table or an index: `partition` and `sort` are the schema's attributes in order.
pub fn match_schema<'a>(
    _conditions: &'a KeyConditions,
    _partition: &[(&str, KeyType)],
    _sort: &[(&str, KeyType)],
) -> Result<KeyMatch<'a>, KeyConditionFault> {
    todo!()
}
