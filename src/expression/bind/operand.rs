//! Operands checked: what is inside of one before it, and what a function is given before the function.

use super::Binder;
use crate::expression::ast::{Operand, OperandId};
use crate::expression::fault::ExpressionFault;
use crate::expression::function::{Function, Type};
use crate::value::flat::{ValueRef, View};

/// A step through an operand and those inside it.
#[derive(Clone, Copy)]
enum Step {
    /// It is met.
    Enter(OperandId),
    /// All of what it is given has been checked.
    Leave(OperandId),
}

impl Binder<'_, '_> {
    /// The value that an operand is, if it is one of the request's.
    pub(super) fn literal(&self, id: OperandId) -> Option<ValueRef<'_>> {
        match self.arena.operand(id)? {
            Operand::Value(value) => self.bindings.value(*value),
            Operand::Path(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        }
    }

    /// Checks an operand and everything in it, what a function is given before the function. Answers its type, where the request
    /// decides it.
    pub(in crate::expression) fn operand(&mut self, id: OperandId) -> Result<Option<Type>, ExpressionFault> {
        match self.arena.operand(id) {
            Some(Operand::Path(path)) => self.path(path).map(|()| None),
            Some(Operand::Value(value)) => self.value(*value),
            Some(Operand::Call(function, operands)) => match operands[..] {
                [only] if self.is_plain(only) => {
                    self.operators += 1;
                    let types = [self.operand(only)?];
                    self.call(*function, operands, &types)
                }
                [first, second] if self.is_plain(first) && self.is_plain(second) => {
                    self.operators += 1;
                    let types = [self.operand(first)?, self.operand(second)?];
                    self.call(*function, operands, &types)
                }
                _ => self.nested(id),
            },
            Some(Operand::Sum(sign, left, right)) if self.is_plain(*left) && self.is_plain(*right) => {
                self.operators += 1;
                let types = [self.operand(*left)?, self.operand(*right)?];
                of_types(sign.symbol(), &types, |known| known == Type::N)?;
                Ok(Some(Type::N))
            }
            Some(Operand::Sum(_, _, _)) => self.nested(id),
            None => Ok(None),
        }
    }

    /// True for an operand that no others are inside of.
    fn is_plain(&self, id: OperandId) -> bool {
        matches!(self.arena.operand(id), Some(Operand::Path(_) | Operand::Value(_)))
    }

    /// Checks an operand that others are inside of. However deep they lie, the stack stays as it is.
    fn nested(&mut self, id: OperandId) -> Result<Option<Type>, ExpressionFault> {
        let mut steps = vec![Step::Enter(id)];
        let mut types = Vec::new();
        while let Some(step) = steps.pop() {
            let id = match step {
                Step::Enter(id) | Step::Leave(id) => id,
            };
            match (self.arena.operand(id), step) {
                (Some(Operand::Call(_, operands)), Step::Enter(_)) => {
                    self.operators += 1;
                    steps.push(Step::Leave(id));
                    steps.extend(operands.iter().rev().copied().map(Step::Enter));
                }
                (Some(Operand::Sum(_, left, right)), Step::Enter(_)) => {
                    self.operators += 1;
                    steps.extend([Step::Leave(id), Step::Enter(*right), Step::Enter(*left)]);
                }
                (Some(Operand::Call(function, operands)), Step::Leave(_)) => {
                    let given = types.split_off(types.len().saturating_sub(operands.len()));
                    types.push(self.call(*function, operands, &given)?);
                }
                (Some(Operand::Sum(sign, _, _)), Step::Leave(_)) => {
                    let given = types.split_off(types.len().saturating_sub(2));
                    of_types(sign.symbol(), &given, |known| known == Type::N)?;
                    types.push(Some(Type::N));
                }
                // Nothing is inside of these.
                (Some(Operand::Path(_) | Operand::Value(_)) | None, _) => types.push(self.operand(id)?),
            }
        }
        Ok(types.pop().flatten())
    }

    /// Checks a function, given the types of its operands.
    fn call(
        &mut self,
        function: Function,
        operands: &[OperandId],
        types: &[Option<Type>],
    ) -> Result<Option<Type>, ExpressionFault> {
        let name = function.name();
        if operands.len() != function.operands() {
            return Err(ExpressionFault::OperandCount {
                operator: name,
                count: operands.len(),
            });
        }
        match function {
            Function::AttributeExists | Function::AttributeNotExists | Function::IfNotExists => {
                self.path_required(name, operands)?;
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::Size => {
                of_types(name, types, Type::has_size)?;
                Ok(Some(Type::N))
            }
            Function::BeginsWith => {
                of_types(name, types, |known| matches!(known, Type::S | Type::B))?;
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::Contains => {
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::AttributeType => {
                self.first_distinct(name, operands)?;
                self.type_name(operands, types.last().copied().flatten())?;
                Ok(None)
            }
            Function::ListAppend => {
                of_types(name, types, |known| known == Type::L)?;
                Ok(Some(Type::L))
            }
        }
    }

    fn path_required(&self, function: &'static str, operands: &[OperandId]) -> Result<(), ExpressionFault> {
        match operands.first().and_then(|operand| self.arena.path(*operand)) {
            Some(_) => Ok(()),
            None => Err(ExpressionFault::PathRequired(function)),
        }
    }

    fn type_name(&self, operands: &[OperandId], known: Option<Type>) -> Result<(), ExpressionFault> {
        let name = operands.last().and_then(|operand| self.literal(*operand));
        match (known, name.map(|name| name.view())) {
            (None, _) => Err(ExpressionFault::TypeFromPath),
            (Some(Type::S), Some(Ok(View::S(name)))) => match Type::named(name) {
                Some(_) => Ok(()),
                None => Err(ExpressionFault::UnknownType(String::from_utf8_lossy(name).into_owned())),
            },
            (Some(operand), _) => Err(ExpressionFault::OperandType {
                operator: Function::AttributeType.name(),
                operand,
            }),
        }
    }

    fn first_distinct(&self, operator: &'static str, operands: &[OperandId]) -> Result<(), ExpressionFault> {
        match operands.split_first() {
            Some((first, others)) => self.distinct(operator, *first, others),
            None => Ok(()),
        }
    }

    /// A path must not be compared with itself.
    pub(super) fn distinct(
        &self,
        operator: &'static str,
        first: OperandId,
        others: &[OperandId],
    ) -> Result<(), ExpressionFault> {
        let Some(path) = self.arena.path(first) else {
            return Ok(());
        };
        let mut others = others.iter().filter_map(|other| self.arena.path(*other));
        if others.any(|other| self.bindings.same_path(path, other)) {
            return Err(ExpressionFault::SameOperands {
                operator,
                path: self.bindings.path_text(path),
            });
        }
        Ok(())
    }
}

/// Refuses operands whose known type has no order.
pub(super) fn ordered<const N: usize>(operator: &'static str, types: [Option<Type>; N]) -> Result<(), ExpressionFault> {
    of_types(operator, &types, Type::is_ordered)
}

/// Refuses the first operand whose known type is not accepted.
fn of_types(
    operator: &'static str,
    types: &[Option<Type>],
    accepted: impl Fn(Type) -> bool,
) -> Result<(), ExpressionFault> {
    match types.iter().copied().flatten().find(|known| !accepted(*known)) {
        Some(operand) => Err(ExpressionFault::OperandType { operator, operand }),
        None => Ok(()),
    }
}
