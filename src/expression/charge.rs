//! What an UpdateExpression counts for against the item size limit.
//!
//! AWS refuses an update when the finished item or this charge passes the limit, and it does so before it looks at the
//! condition. The charge follows from the request alone; the figures were measured on AWS byte by byte.

use super::ast::{Action, Arena, Element, Operand, OperandId, Path};
use super::bind::Bindings;
use super::function::{Function, Sign};
use crate::value::size::value_size;

const UPDATE: usize = 3;
const SET_OR_ADD: usize = 19;
const REMOVE_OR_DELETE: usize = 1;
const TARGET_ELEMENT: usize = 4;
const OPERAND_PATH: usize = 1;
const OPERAND_ELEMENT: usize = 14;
const PLUS: usize = 34;
const MINUS: usize = 37;
const IF_NOT_EXISTS: usize = 39;
const LIST_APPEND: usize = 37;

/// The charge of bound clauses, in bytes. A value counts wherever it is used, under its resolved size; attributes that
/// operands read are free.
pub(super) fn of_update(arena: &Arena, actions: &[Action], bindings: &Bindings) -> usize {
    let clauses = actions.iter().map(|action| match action {
        Action::Set(path, operand) => SET_OR_ADD + target(path, bindings) + operand_charge(arena, *operand, bindings),
        Action::Add(path, value) => SET_OR_ADD + target(path, bindings) + bindings.value(*value).map_or(0, value_size),
        Action::Remove(path) | Action::Delete(path, _) => REMOVE_OR_DELETE + target(path, bindings),
    });
    UPDATE + clauses.sum::<usize>()
}

fn target(path: &Path, bindings: &Bindings) -> usize {
    let elements: usize = path
        .0
        .iter()
        .map(|element| TARGET_ELEMENT + element_size(*element, bindings))
        .sum();
    elements.saturating_sub(TARGET_ELEMENT)
}

fn element_size(element: Element, bindings: &Bindings) -> usize {
    match element {
        Element::Name(name) => bindings.name(name).len(),
        Element::Index(index) => index.checked_ilog10().map_or(1, |tens| tens as usize + 1),
    }
}

fn operand_charge(arena: &Arena, id: OperandId, bindings: &Bindings) -> usize {
    match arena.operand(id) {
        Some(Operand::Value(value)) => bindings.value(*value).map_or(0, value_size),
        Some(Operand::Path(path)) => {
            let elements = path
                .0
                .iter()
                .map(|element| OPERAND_ELEMENT + element_size(*element, bindings));
            OPERAND_PATH + elements.sum::<usize>()
        }
        Some(Operand::Sum(sign, left, right)) => {
            let own = match sign {
                Sign::Plus => PLUS,
                Sign::Minus => MINUS,
            };
            own + operand_charge(arena, *left, bindings) + operand_charge(arena, *right, bindings)
        }
        Some(Operand::Call(function, operands)) => {
            let own = match function {
                Function::IfNotExists => IF_NOT_EXISTS,
                Function::ListAppend => LIST_APPEND,
                Function::AttributeExists
                | Function::AttributeNotExists
                | Function::AttributeType
                | Function::BeginsWith
                | Function::Contains
                | Function::Size => 0,
            };
            let operands = operands.iter().map(|operand| operand_charge(arena, *operand, bindings));
            own + operands.sum::<usize>()
        }
        None => 0,
    }
}
