//! Key conditions: clauses as written, an attribute and a comparison each.

use super::ast::{Arena, ConditionAst, Node, NodeId, Operand, OperandId};
use super::bind::{Binder, Bindings};
use super::fault::ExpressionFault;
use super::function::{Comparator, Function};
use super::placeholders::Placeholders;
use crate::value::Value;
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
    /// `BETWEEN`, both bounds included.
    Between(Value, Value),
    /// `begins_with`
    BeginsWith(Value),
    /// One that no row can be looked up by, with its operands: expressions have none, the legacy parameters do.
    NotIndexable(Vec<Value>),
}

impl KeyComparison {
    /// A comparison with one value; rows are not looked up by what they are unequal to.
    pub fn with(comparator: Comparator, value: Value) -> Option<Self> {
        match comparator {
            Comparator::Equal => Some(KeyComparison::Equal(value)),
            Comparator::Less => Some(KeyComparison::Less(value)),
            Comparator::LessOrEqual => Some(KeyComparison::LessOrEqual(value)),
            Comparator::Greater => Some(KeyComparison::Greater(value)),
            Comparator::GreaterOrEqual => Some(KeyComparison::GreaterOrEqual(value)),
            Comparator::NotEqual => None,
        }
    }
}

/// A KeyConditionExpression as a condition like any other: AWS reports what is wrong about it as such, then names and values
/// that nothing uses, and only then what is wrong about it as a key condition.
#[derive(Debug)]
pub struct BoundKeyConditions {
    ast: Rc<ConditionAst>,
    bindings: Bindings,
}

impl BoundKeyConditions {
    /// Resolves names and values.
    ///
    /// # Errors
    /// Everything that [`super::Condition::bind`] refuses, clause by clause as written.
    pub fn bind(ast: &Rc<ConditionAst>, placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        let mut binder = Binder::new(&ast.arena, placeholders);
        binder.condition(ast.root)?;
        Ok(BoundKeyConditions {
            ast: Rc::clone(ast),
            bindings: binder.into_bindings(),
        })
    }

    /// Takes the condition apart into clauses.
    ///
    /// # Errors
    /// As written, what key conditions do not have: OR, NOT, `<>`, IN and functions but `begins_with`, operands that are
    /// functions, a clause with no attribute or two, paths into an attribute, two clauses for one attribute.
    pub fn clauses(&self) -> Result<KeyConditions, ExpressionFault> {
        let mut reader = Reader {
            arena: &self.ast.arena,
            bindings: &self.bindings,
            clauses: Vec::new(),
        };
        reader.node(self.ast.root)?;
        Ok(KeyConditions {
            clauses: reader.clauses,
        })
    }
}

struct Reader<'r> {
    arena: &'r Arena,
    bindings: &'r Bindings,
    clauses: Vec<KeyClause>,
}

/// What one side of a comparison is.
enum Side<'r> {
    Attribute(&'r str),
    Value(Value),
}

impl<'r> Reader<'r> {
    fn node(&mut self, id: NodeId) -> Result<(), ExpressionFault> {
        match self.arena.node(id) {
            Some(Node::And(nodes)) => nodes.iter().try_for_each(|node| self.node(*node)),
            Some(Node::Or(_)) => Err(ExpressionFault::KeyOperator("OR")),
            Some(Node::Not(_)) => Err(ExpressionFault::KeyOperator("NOT")),
            Some(Node::In(_, _)) => Err(ExpressionFault::KeyOperator("IN")),
            Some(Node::Compare(comparator, left, right)) => self.comparison(*comparator, *left, *right),
            Some(Node::Between(subject, lower, upper)) => {
                let (attribute, mut bounds) = self.attribute_and_values("BETWEEN", &[*subject, *lower, *upper])?;
                match (bounds.pop(), bounds.pop()) {
                    (Some(upper), Some(lower)) => self.clause(attribute, KeyComparison::Between(lower, upper)),
                    (_, _) => Err(ExpressionFault::KeyWithoutAttribute),
                }
            }
            Some(Node::Call(call)) => match self.arena.operand(*call) {
                Some(Operand::Call(Function::BeginsWith, operands)) => {
                    let (attribute, mut values) = self.attribute_and_values("begins_with", operands)?;
                    match values.pop() {
                        Some(beginning) => self.clause(attribute, KeyComparison::BeginsWith(beginning)),
                        None => Err(ExpressionFault::KeyWithoutAttribute),
                    }
                }
                Some(Operand::Call(function, _)) => Err(ExpressionFault::KeyOperator(function.name())),
                Some(Operand::Path(_) | Operand::Value(_) | Operand::Sum(_, _, _)) | None => {
                    Err(ExpressionFault::KeyNestedOperation)
                }
            },
            None => Ok(()),
        }
    }

    fn comparison(&mut self, comparator: Comparator, left: OperandId, right: OperandId) -> Result<(), ExpressionFault> {
        if comparator == Comparator::NotEqual {
            return Err(ExpressionFault::KeyOperator(comparator.symbol()));
        }
        let (attribute, comparator, value) = match (self.side(left)?, self.side(right)?) {
            (Side::Attribute(attribute), Side::Value(value)) => (attribute, comparator, value),
            (Side::Value(value), Side::Attribute(attribute)) => (attribute, comparator.exchanged(), value),
            (Side::Attribute(_), Side::Attribute(_)) => return Err(ExpressionFault::KeyManyAttributes),
            (Side::Value(_), Side::Value(_)) => return Err(ExpressionFault::KeyWithoutAttribute),
        };
        let comparison = KeyComparison::with(comparator, value);
        self.clause(
            attribute,
            comparison.ok_or(ExpressionFault::KeyOperator(comparator.symbol()))?,
        )
    }

    /// The operands of BETWEEN or begins_with, of which the first must be the attribute and the only one.
    fn attribute_and_values(
        &self,
        operator: &'static str,
        operands: &[OperandId],
    ) -> Result<(&'r str, Vec<Value>), ExpressionFault> {
        let mut attribute = None;
        let mut values = Vec::new();
        for (place, operand) in operands.iter().enumerate() {
            match self.side(*operand)? {
                Side::Attribute(_) if attribute.is_some() => return Err(ExpressionFault::KeyManyAttributes),
                Side::Attribute(name) if place == 0 => attribute = Some(name),
                Side::Attribute(_) => return Err(ExpressionFault::KeyAttributeNotFirst(operator)),
                Side::Value(value) => values.push(value),
            }
        }
        match attribute {
            Some(attribute) => Ok((attribute, values)),
            None => Err(ExpressionFault::KeyAttributeNotFirst(operator)),
        }
    }

    fn side(&self, id: OperandId) -> Result<Side<'r>, ExpressionFault> {
        match self.arena.operand(id) {
            Some(Operand::Path(path)) if path.0.len() > 1 => Err(ExpressionFault::KeyNestedAttribute),
            Some(Operand::Path(path)) => Ok(Side::Attribute(self.bindings.top_level_name(path))),
            Some(Operand::Value(value)) => match self.bindings.value(*value) {
                Some(value) => Ok(Side::Value(Value::from_admitted(value.bytes()))),
                None => Err(ExpressionFault::KeyWithoutAttribute),
            },
            Some(Operand::Call(_, _) | Operand::Sum(_, _, _)) | None => Err(ExpressionFault::KeyNestedOperation),
        }
    }

    fn clause(&mut self, attribute: &str, comparison: KeyComparison) -> Result<(), ExpressionFault> {
        if self.clauses.iter().any(|clause| &*clause.attribute == attribute) {
            return Err(ExpressionFault::KeyTwice);
        }
        self.clauses.push(KeyClause {
            attribute: attribute.into(),
            comparison,
        });
        Ok(())
    }
}

#[cfg(test)]
#[path = "key_condition_tests.rs"]
mod tests;
