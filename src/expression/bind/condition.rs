//! Conditions checked from left to right: comparisons, and how many operators there are.

use super::Binder;
use super::operand::ordered;
use crate::expression::ast::{Node, NodeId, OperandId};
use crate::expression::fault::ExpressionFault;
use crate::value;
use crate::value::flat::{ValueRef, View};
use std::cmp::Ordering;

/// Operators and functions that a condition may have.
const OPERATORS_MAX: usize = 300;

/// Values that may stand behind IN.
const IN_OPERANDS_MAX: usize = 100;

impl Binder<'_, '_> {
    /// Checks a whole condition. However deep it is nested, the stack stays as it is.
    pub(in crate::expression) fn condition(&mut self, root: NodeId) -> Result<(), ExpressionFault> {
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            match self.arena.node(id) {
                Some(Node::And(nodes) | Node::Or(nodes)) => {
                    self.operators += nodes.len().saturating_sub(1);
                    waiting.extend(nodes.iter().rev());
                }
                Some(Node::Not(node)) => {
                    self.operators += 1;
                    waiting.push(*node);
                }
                // Counted where it is checked, as the operand that it is.
                Some(Node::Call(call)) => {
                    self.operand(*call)?;
                }
                Some(comparison @ (Node::Compare(_, _, _) | Node::Between(_, _, _) | Node::In(_, _))) => {
                    self.operators += 1;
                    self.comparison(comparison)?;
                }
                None => {}
            }
        }
        self.check_operators()
    }

    /// Refuses more operators and functions than an expression may have, when all have been checked.
    pub(in crate::expression) fn check_operators(&self) -> Result<(), ExpressionFault> {
        if self.operators > OPERATORS_MAX {
            return Err(ExpressionFault::TooManyOperators);
        }
        Ok(())
    }

    fn comparison(&mut self, node: &Node) -> Result<(), ExpressionFault> {
        match node {
            Node::Compare(comparator, left, right) => {
                let types = [self.operand(*left)?, self.operand(*right)?];
                if comparator.orders() {
                    ordered(comparator.symbol(), types)?;
                }
                self.distinct(comparator.symbol(), *left, &[*right])
            }
            Node::Between(subject, lower, upper) => self.between(*subject, *lower, *upper),
            Node::In(subject, operands) => {
                self.operand(*subject)?;
                for operand in operands {
                    self.operand(*operand)?;
                }
                self.distinct("IN", *subject, operands)?;
                if operands.len() > IN_OPERANDS_MAX {
                    return Err(ExpressionFault::TooManyInOperands { count: operands.len() });
                }
                Ok(())
            }
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Call(_) => Ok(()),
        }
    }

    fn between(&mut self, subject: OperandId, lower: OperandId, upper: OperandId) -> Result<(), ExpressionFault> {
        let types = [self.operand(subject)?, self.operand(lower)?, self.operand(upper)?];
        ordered("BETWEEN", types)?;
        self.distinct("BETWEEN", subject, &[lower, upper])?;
        let (Some(lower), Some(upper)) = (self.literal(lower), self.literal(upper)) else {
            return Ok(());
        };
        let texts = || (value_text(lower), value_text(upper));
        match value::compare(lower, upper) {
            Some(Ordering::Less | Ordering::Equal) => Ok(()),
            Some(Ordering::Greater) => {
                let (lower, upper) = texts();
                Err(ExpressionFault::BoundsReversed { lower, upper })
            }
            None => {
                let (lower, upper) = texts();
                Err(ExpressionFault::BoundTypes { lower, upper })
            }
        }
    }
}

/// A scalar as faults print it: `{S:b}`. A binary is printed as the byte buffer that the service holds it in.
fn value_text(value: ValueRef<'_>) -> String {
    match value.view() {
        Ok(View::S(text)) => format!("{{S:{}}}", String::from_utf8_lossy(text)),
        Ok(View::N(text)) => format!("{{N:{}}}", String::from_utf8_lossy(text)),
        Ok(View::B(bytes)) => {
            let length = bytes.len();
            format!("{{B:java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]}}")
        }
        _ => String::new(),
    }
}
