//! WHERE: what must hold of a row.
//!
//! The tree keeps the shape of the text, because keys are looked for in it when the table is known; evaluated is the condition of
//! [`crate::expression`] that it is lowered to, with all checks that conditions have there.

use super::ast::{Expr, ExprKind, Operator, Step, TypeName};
use super::fault::StatementFault;
use super::literal::{self, Parameters};
use crate::expression::{
    Builder, Comparator, Condition, ExpressionFault, Function, NodeId, OperandId, PathElement, Type,
};
use crate::value::Value;
use crate::value::flat::{Tag, View, Writer};

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

/// Expressions to conditions.
struct Lowering<'p, 'a>(Parameters<'p, 'a>);

impl Lowering<'_, '_> {
    /// A condition; `otherwise` is said of what is none.
    fn predicate(&self, expr: &Expr, otherwise: StatementFault) -> Result<Predicate, StatementFault> {
        Ok(match &expr.kind {
            ExprKind::And(list) => Predicate::All(self.connected(list, "AND")?),
            ExprKind::Or(list) => Predicate::Any(self.connected(list, "OR")?),
            ExprKind::Not(operand) => {
                let otherwise = not_boolean(operand, "NOT", StatementFault::NegatedOperand);
                Predicate::Not(Box::new(self.predicate(operand, otherwise)?))
            }
            ExprKind::Compare(comparator, left, right) => self.comparison(*comparator, left, right)?,
            ExprKind::Between(subject, lower, upper) => {
                Predicate::Between(self.operand(subject)?, self.operand(lower)?, self.operand(upper)?)
            }
            ExprKind::In(subject, among) => self.among(subject, among)?,
            ExprKind::Is(subject, name) => self.is(expr, subject, *name)?,
            ExprKind::Call(..) => match self.call(expr)? {
                Operand::Call(function, operands) if function.is_condition() => Predicate::Holds(function, operands),
                Operand::Call(..) | Operand::Path(_) | Operand::Value(_) => return Err(otherwise),
            },
            ExprKind::Infix(..) | ExprKind::Signed(..) => return Err(unusable(expr)),
            ExprKind::Missing => return Err(StatementFault::Missing),
            ExprKind::Exists(_) => return Err(StatementFault::Word("SELECT".to_owned(), Some(expr.span))),
            ExprKind::Unusable(word) => return Err(StatementFault::Word(word.clone(), Some(expr.span))),
            ExprKind::Path(..)
            | ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Ion
            | ExprKind::Parameter(_)
            | ExprKind::List(_)
            | ExprKind::Bag(_)
            | ExprKind::Struct(_) => return Err(otherwise),
        })
    }

    fn connected(&self, list: &[Expr], operator: &'static str) -> Result<Vec<Predicate>, StatementFault> {
        let parts = list.iter().map(|part| {
            let otherwise = not_boolean(part, operator, StatementFault::ConnectedOperand);
            self.predicate(part, otherwise)
        });
        parts.collect()
    }

    fn comparison(&self, comparator: Comparator, left: &Expr, right: &Expr) -> Result<Predicate, StatementFault> {
        for (condition, truth) in [(left, right), (right, left)] {
            if !is_condition(condition) {
                continue;
            }
            let predicate = self.predicate(condition, StatementFault::NotBoolean)?;
            if comparator.orders() {
                return Err(StatementFault::Expression(ExpressionFault::OperandType {
                    operator: comparator.symbol(),
                    operand: Type::Bool,
                }));
            }
            let truth = literal::value(truth, self.0)?;
            let truth = match truth.as_ref().map(|value| value.view().view()) {
                Some(Ok(View::Bool(truth))) => truth,
                _ => return Err(StatementFault::ConditionOperator(comparator.symbol())),
            };
            // `= false` and `<> true` both turn a condition round.
            return Ok(if truth == (comparator == Comparator::Equal) {
                predicate
            } else {
                Predicate::Not(Box::new(predicate))
            });
        }
        Ok(Predicate::Compare(
            comparator,
            self.operand(left)?,
            self.operand(right)?,
        ))
    }

    fn among(&self, subject: &Expr, among: &Expr) -> Result<Predicate, StatementFault> {
        let (ExprKind::List(members) | ExprKind::Bag(members)) = &among.kind else {
            return Err(StatementFault::InOperands);
        };
        if members.is_empty() {
            return Err(StatementFault::InOperands);
        }
        let members = members.iter().map(|member| self.operand(member));
        Ok(Predicate::In(
            self.operand(subject)?,
            members.collect::<Result<_, _>>()?,
        ))
    }

    fn is(&self, expr: &Expr, subject: &Expr, name: TypeName) -> Result<Predicate, StatementFault> {
        let usable = matches!(
            subject.kind,
            ExprKind::Path(..)
                | ExprKind::Null
                | ExprKind::Bool(_)
                | ExprKind::Text(_)
                | ExprKind::Number(_)
                | ExprKind::List(_)
                | ExprKind::Bag(_)
                | ExprKind::Struct(_)
        );
        if !usable {
            return Err(StatementFault::IsOperand);
        }
        let subject = self.operand(subject)?;
        Ok(match name {
            TypeName::Missing => Predicate::Holds(Function::AttributeNotExists, vec![subject]),
            TypeName::Attribute(name) => {
                let mut text = Writer::new();
                text.scalar(Tag::S, name.as_bytes());
                let name = Operand::Value(Value::from_admitted(text.bytes()));
                Predicate::Holds(Function::AttributeType, vec![subject, name])
            }
            TypeName::Foreign(name) => return Err(StatementFault::IsType(name, expr.span)),
        })
    }

    fn operand(&self, expr: &Expr) -> Result<Operand, StatementFault> {
        if let Some(value) = literal::value(expr, self.0)? {
            return Ok(Operand::Value(value));
        }
        match &expr.kind {
            ExprKind::Path(name, steps) => Ok(Operand::Path(literal::path(name, steps)?)),
            ExprKind::Call(..) => match self.call(expr)? {
                Operand::Call(function, _) if function.is_condition() => {
                    Err(ExpressionFault::MisplacedFunction(function.name()).into())
                }
                operand => Ok(operand),
            },
            _ => Err(unusable(expr)),
        }
    }

    fn call(&self, expr: &Expr) -> Result<Operand, StatementFault> {
        let ExprKind::Call(name, arguments) = &expr.kind else {
            return Err(unusable(expr));
        };
        let Some(function) = Function::of(name) else {
            return Err(StatementFault::UnknownFunction(name.clone(), expr.span));
        };
        if function.is_of_updates() {
            return Err(ExpressionFault::NotInConditions(function.name()).into());
        }
        let needs_path = matches!(function, Function::AttributeExists | Function::AttributeNotExists);
        if needs_path && matches!(arguments.as_slice(), [argument] if is_condition(argument)) {
            return Err(ExpressionFault::PathRequired(function.name()).into());
        }
        let arguments = arguments.iter().map(|argument| self.operand(argument));
        Ok(Operand::Call(function, arguments.collect::<Result<_, _>>()?))
    }
}

/// What is said of an operand of a connective that is no condition: a function that is none is a number.
fn not_boolean(operand: &Expr, connective: &'static str, otherwise: StatementFault) -> StatementFault {
    match operand.kind {
        ExprKind::Call(..) => StatementFault::Expression(ExpressionFault::OperandType {
            operator: connective,
            operand: Type::N,
        }),
        _ => otherwise,
    }
}

/// True for what can only be true or false.
fn is_condition(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare(..)
        | ExprKind::Between(..)
        | ExprKind::In(..)
        | ExprKind::Is(..) => true,
        ExprKind::Call(name, _) => Function::of(name).is_some_and(Function::is_condition),
        _ => false,
    }
}

/// What is said of an expression that no operand of a condition can be.
fn unusable(expr: &Expr) -> StatementFault {
    match &expr.kind {
        ExprKind::Missing => StatementFault::Missing,
        ExprKind::Unusable(word) => StatementFault::Word(word.clone(), Some(expr.span)),
        ExprKind::Exists(_) => StatementFault::Word("SELECT".to_owned(), Some(expr.span)),
        _ => StatementFault::ConditionOperator(operator(expr)),
    }
}

/// The operator that an expression is made with.
pub(super) fn operator(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Infix(operator, ..) | ExprKind::Signed(operator) => match operator {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Other(name) => name,
        },
        ExprKind::Compare(comparator, ..) => comparator.symbol(),
        ExprKind::And(_) => "and",
        ExprKind::Or(_) => "or",
        ExprKind::Not(_) => "not",
        ExprKind::Between(..) => "between",
        ExprKind::In(..) => "in",
        ExprKind::Is(..) => "is",
        _ => literal::kind(expr),
    }
}
