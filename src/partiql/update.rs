//! SET and REMOVE: what becomes of an item.

use super::ast::{Clause, Expr, ExprKind, Operator, Step};
use super::condition::elements;
use super::fault::StatementFault;
use super::literal::{self, Parameters};
use crate::expression::{self, Builder, ExpressionFault, Function, OperandId, Sign};
use crate::value::Value;
use crate::value::flat::Tag;

/// The update that clauses are. They act on the item as it was before all of them.
pub fn bind(clauses: &[Clause], parameters: Parameters<'_, '_>) -> Result<expression::Update, StatementFault> {
    let mut lowering = Lowering {
        parameters,
        builder: Builder::new(),
    };
    for clause in clauses {
        match clause {
            Clause::Set(target, value) => lowering.set(target, value)?,
            Clause::Remove(target) => {
                let path = path_of(target)?;
                lowering.builder.remove(&elements(&path));
            }
        }
    }
    Ok(lowering.builder.into_checked_update()?)
}

fn path_of(expr: &Expr) -> Result<Vec<Step>, StatementFault> {
    match &expr.kind {
        ExprKind::Path(name, steps) => literal::path(name, steps),
        _ => Err(StatementFault::PathComponent(expr.span)),
    }
}

struct Lowering<'p, 'a> {
    parameters: Parameters<'p, 'a>,
    builder: Builder,
}

impl Lowering<'_, '_> {
    fn set(&mut self, target: &Expr, value: &Expr) -> Result<(), StatementFault> {
        let path = path_of(target)?;
        if let ExprKind::Call(name, arguments) = &value.kind {
            let name = match name.as_str() {
                "set_add" => Some("SET_ADD"),
                "set_delete" => Some("SET_DELETE"),
                _ => None,
            };
            if let Some(name) = name {
                return self.change_set(&path, name, value, arguments);
            }
        }
        let operand = self.operand(value)?;
        self.builder.set(&elements(&path), operand);
        Ok(())
    }

    /// `SET a = set_add(a, members)`
    fn change_set(
        &mut self,
        path: &[Step],
        name: &'static str,
        call: &Expr,
        arguments: &[Expr],
    ) -> Result<(), StatementFault> {
        let [first, second] = arguments else {
            return Err(StatementFault::SetArguments(name, call.span));
        };
        let same = matches!(first.kind, ExprKind::Path(..)) && path_of(first)? == path;
        if !same {
            return Err(StatementFault::SetTarget(name, call.span));
        }
        let members = literal::value(second, self.parameters)?;
        let members = members
            .filter(is_set)
            .ok_or(StatementFault::SetMembers(name, first.span))?;
        if name == "SET_ADD" {
            self.builder.add(&elements(path), members.view());
        } else {
            self.builder.delete(&elements(path), members.view());
        }
        Ok(())
    }

    fn operand(&mut self, expr: &Expr) -> Result<OperandId, StatementFault> {
        if let Some(value) = literal::value(expr, self.parameters)? {
            return Ok(self.builder.value(value.view()));
        }
        match &expr.kind {
            ExprKind::Path(..) => {
                let path = path_of(expr)?;
                Ok(self.builder.path(&elements(&path)))
            }
            ExprKind::Infix(sign @ (Operator::Plus | Operator::Minus), left, right) => {
                let sign = if *sign == Operator::Plus {
                    Sign::Plus
                } else {
                    Sign::Minus
                };
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                Ok(self.builder.sum(sign, left, right))
            }
            ExprKind::Signed(_) => Err(ExpressionFault::OperandCount {
                operator: literal::operator(expr),
                count: 1,
            }
            .into()),
            ExprKind::Call(name, arguments) => {
                let Some(function) = Function::of(name) else {
                    return Err(StatementFault::UnknownFunction(name.clone(), expr.span));
                };
                if !function.is_of_updates() {
                    return Err(ExpressionFault::NotInUpdates(function.name()).into());
                }
                let operands = arguments.iter().map(|argument| self.operand(argument));
                let operands = operands.collect::<Result<Vec<_>, _>>()?;
                Ok(self.builder.call(function, &operands))
            }
            ExprKind::Missing => Err(StatementFault::Missing),
            ExprKind::Is(..) => Err(StatementFault::IsInUpdate),
            ExprKind::Unusable(word) => Err(StatementFault::Word(word, Some(expr.span))),
            ExprKind::Exists(_) => Err(StatementFault::Word("SELECT", Some(expr.span))),
            _ => Err(StatementFault::UpdateOperator(literal::operator(expr))),
        }
    }
}

fn is_set(value: &Value) -> bool {
    matches!(value.view().tag(), Ok(Tag::Ss | Tag::Ns | Tag::Bs))
}
