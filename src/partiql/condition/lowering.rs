//! Expressions of WHERE to the tree of predicates, with what is said of those that cannot be one.

use super::{Operand, Predicate};
use crate::expression::{Comparator, ExpressionFault, Function, Type};
use crate::partiql::ast::{Expr, ExprKind, TypeName};
use crate::partiql::fault::StatementFault;
use crate::partiql::literal::{self, Parameters, operator};
use crate::value::Value;
use crate::value::flat::{Tag, View, Writer};

/// Expressions to conditions.
pub(super) struct Lowering<'p, 'a>(pub Parameters<'p, 'a>);

impl Lowering<'_, '_> {
    /// A condition; `otherwise` is said of what is none.
    pub fn predicate(&self, expr: &Expr, otherwise: StatementFault) -> Result<Predicate, StatementFault> {
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
            ExprKind::Exists(_) => return Err(StatementFault::Word("SELECT", Some(expr.span))),
            ExprKind::Unusable(word) => return Err(StatementFault::Word(word, Some(expr.span))),
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
        ExprKind::Unusable(word) => StatementFault::Word(word, Some(expr.span)),
        ExprKind::Exists(_) => StatementFault::Word("SELECT", Some(expr.span)),
        _ => StatementFault::ConditionOperator(operator(expr)),
    }
}
