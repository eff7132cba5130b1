//! WHERE: what must hold of a row.
//!
//! The tree keeps the shape of the text, because keys are looked for in it when the table is known; evaluated is the condition of
//! [`crate::expression`] that it is lowered to, with all checks that conditions have there.

mod lowering;

use super::ast::{Expr, Step};
use super::fault::StatementFault;
use super::literal::Parameters;
use crate::expression::{Builder, Comparator, Condition, Function, NodeId, OperandId, PathElement};
use crate::value::Value;
use lowering::Lowering;

/// What is compared.
#[derive(Clone, Debug)]
pub enum Operand {
    /// What an item has at a path.
    Path(Vec<Step>),
    /// A literal or a parameter.
    Value(Value),
    /// A function.
    Call(Function, Vec<Operand>),
}

impl Operand {
    /// The attribute that the operand is, if it is a whole one.
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Operand::Path(path) => match path.as_slice() {
                [Step::Name(name)] => Some(name),
                _ => None,
            },
            Operand::Value(_) | Operand::Call(..) => None,
        }
    }

    /// The value that the operand is.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Operand::Value(value) => Some(value),
            Operand::Path(_) | Operand::Call(..) => None,
        }
    }
}

/// What must hold.
#[derive(Clone, Debug)]
pub enum Predicate {
    /// All of them.
    All(Vec<Predicate>),
    /// One of them.
    Any(Vec<Predicate>),
    /// The opposite.
    Not(Box<Predicate>),
    /// Two operands compared.
    Compare(Comparator, Operand, Operand),
    /// An operand between two others.
    Between(Operand, Operand, Operand),
    /// An operand among others.
    In(Operand, Vec<Operand>),
    /// A function that is a condition.
    Holds(Function, Vec<Operand>),
}

/// A WHERE clause.
#[derive(Clone, Debug, Default)]
pub struct Where {
    pub(super) predicate: Option<Predicate>,
    condition: Option<Condition>,
}

impl Where {
    /// Reads the expression behind WHERE.
    pub(super) fn bind(clause: Option<&Expr>, parameters: Parameters<'_, '_>) -> Result<Self, StatementFault> {
        let Some(clause) = clause else {
            return Ok(Where::default());
        };
        let predicate = Lowering(parameters).predicate(clause, StatementFault::NotBoolean)?;
        let mut builder = Builder::new();
        let root = build(&predicate, &mut builder);
        let condition = builder.into_checked_condition(root)?;
        Ok(Where {
            predicate: Some(predicate),
            condition: Some(condition),
        })
    }

    /// The whole condition.
    pub fn condition(&self) -> Option<&Condition> {
        self.condition.as_ref()
    }

    /// True for a statement without the clause.
    pub fn is_absent(&self) -> bool {
        self.predicate.is_none()
    }

    /// The conditions that all must hold.
    pub(super) fn conjuncts(&self) -> Vec<&Predicate> {
        let mut found = Vec::new();
        if let Some(predicate) = &self.predicate {
            gather(predicate, &mut found);
        }
        found
    }

    /// What is left of the condition without the equality of key attributes; none if nothing is left.
    pub fn beside_key(&self, key: &[&str]) -> Option<Condition> {
        let is_key = |conjunct: &Predicate| equality(conjunct).is_some_and(|(name, _)| key.contains(&name));
        let rest: Vec<&Predicate> = self
            .conjuncts()
            .into_iter()
            .filter(|conjunct| !is_key(conjunct))
            .collect();
        if rest.is_empty() {
            return None;
        }
        let mut builder = Builder::new();
        let nodes = rest.into_iter().map(|conjunct| build(conjunct, &mut builder)).collect();
        let root = builder.all(nodes);
        Some(builder.into_condition(root))
    }
}

fn gather<'p>(predicate: &'p Predicate, found: &mut Vec<&'p Predicate>) {
    match predicate {
        Predicate::All(list) => list.iter().for_each(|part| gather(part, found)),
        Predicate::Any(_)
        | Predicate::Not(_)
        | Predicate::Compare(..)
        | Predicate::Between(..)
        | Predicate::In(..)
        | Predicate::Holds(..) => found.push(predicate),
    }
}

/// The attribute and the value of `attribute = value`, in either order.
pub(super) fn equality(predicate: &Predicate) -> Option<(&str, &Value)> {
    match predicate {
        Predicate::Compare(Comparator::Equal, left, right) => match (left.attribute(), right.attribute()) {
            (Some(name), None) => Some((name, right.value()?)),
            (None, Some(name)) => Some((name, left.value()?)),
            (Some(_), Some(_)) | (None, None) => None,
        },
        _ => None,
    }
}

/// Steps as the builder of expressions takes them.
pub(super) fn elements(path: &[Step]) -> Vec<PathElement<'_>> {
    let elements = path.iter().map(|step| match step {
        Step::Name(name) => PathElement::Name(name),
        Step::Index(index) => PathElement::Index(*index),
    });
    elements.collect()
}

fn build(predicate: &Predicate, builder: &mut Builder) -> NodeId {
    match predicate {
        Predicate::All(list) => {
            let nodes = list.iter().map(|part| build(part, builder)).collect();
            builder.all(nodes)
        }
        Predicate::Any(list) => {
            let nodes = list.iter().map(|part| build(part, builder)).collect();
            builder.any(nodes)
        }
        Predicate::Not(operand) => {
            let node = build(operand, builder);
            builder.not(node)
        }
        Predicate::Compare(comparator, left, right) => {
            let (left, right) = (build_operand(left, builder), build_operand(right, builder));
            builder.compare(*comparator, left, right)
        }
        Predicate::Between(subject, lower, upper) => {
            let subject = build_operand(subject, builder);
            let (lower, upper) = (build_operand(lower, builder), build_operand(upper, builder));
            builder.between(subject, lower, upper)
        }
        Predicate::In(subject, among) => {
            let subject = build_operand(subject, builder);
            let among = among.iter().map(|operand| build_operand(operand, builder)).collect();
            builder.is_in(subject, among)
        }
        Predicate::Holds(function, operands) => {
            let operands: Vec<OperandId> = operands.iter().map(|operand| build_operand(operand, builder)).collect();
            builder.holds(*function, &operands)
        }
    }
}

fn build_operand(operand: &Operand, builder: &mut Builder) -> OperandId {
    match operand {
        Operand::Path(path) => builder.path(&elements(path)),
        Operand::Value(value) => builder.value(value.view()),
        Operand::Call(function, operands) => {
            let operands: Vec<OperandId> = operands.iter().map(|operand| build_operand(operand, builder)).collect();
            builder.call(*function, &operands)
        }
    }
}
