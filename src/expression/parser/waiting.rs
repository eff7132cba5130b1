//! What waits for what follows, while a condition or an operand is read.

use super::Language;
use crate::expression::ast::{NodeId, OperandId};
use crate::expression::function::{Comparator, Function, Sign};
use crate::expression::lexer::{Keyword, TokenKind};

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// A condition, or an operand that a comparison will make one.
    Condition,
    /// An operand, a sum or a difference: the right side of a SET clause.
    Sum,
    /// An operand.
    Operand,
}

/// What has been read, between two tokens of the grammar.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parsed {
    Condition(NodeId),
    Operand {
        id: OperandId,
        /// The function and the token that names it, if the operand is a call.
        call: Option<(Function, usize)>,
        /// A sum, which cannot be part of another.
        is_sum: bool,
    },
}

/// What stands around that which has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosure {
    /// Nothing of its own.
    Bare,
    /// Parentheses that have just been closed.
    Parentheses,
}

/// What is waiting for what follows.
#[derive(Debug)]
pub(super) enum Waiting {
    /// `(`
    Parenthesis(Position),
    Not,
    And(NodeId),
    Or(NodeId),
    Compare(Comparator, OperandId),
    /// `subject BETWEEN`
    Lower(OperandId),
    /// `subject BETWEEN lower AND`
    Upper(OperandId, OperandId),
    /// `subject IN (`
    In(OperandId, Vec<OperandId>),
    /// `function(`; a function that is not known has been noted as a fault and stands as `size`.
    Call {
        function: Function,
        token: usize,
        operands: Vec<OperandId>,
    },
    /// `left +` or `left -`
    Sum(Sign, OperandId),
}

/// What to do after a step.
pub(super) enum Next {
    /// Read a primary at a place that may hold this.
    Read(Position),
    /// Look at the following token with this in hand.
    Have(Parsed, Enclosure),
    /// The expression has ended before the current token.
    Done(Parsed),
}

/// True when no later token can change what has just been read inside the parentheses closed last. Before its first operator,
/// an operand in the place of a condition is not decided, and neither is what a function at such a place is given.
pub(super) fn is_decided(stack: &[Waiting], parsed: Parsed, language: Language) -> bool {
    if let Parsed::Condition(_) = parsed {
        return true;
    }
    for waiting in stack.iter().rev() {
        match waiting {
            Waiting::Compare(_, _)
            | Waiting::Lower(_)
            | Waiting::Upper(_, _)
            | Waiting::In(_, _)
            | Waiting::Sum(_, _) => return true,
            Waiting::Not | Waiting::And(_) | Waiting::Or(_) => return false,
            Waiting::Parenthesis(_) | Waiting::Call { .. } => {}
        }
    }
    language == Language::Update
}

/// What an operator that compares `subject` waits for.
pub(super) fn comparison(kind: TokenKind, subject: OperandId) -> Option<Waiting> {
    let comparator = match kind {
        TokenKind::Keyword(Keyword::Between) => return Some(Waiting::Lower(subject)),
        TokenKind::Keyword(Keyword::In) => return Some(Waiting::In(subject, Vec::new())),
        TokenKind::Equal => Comparator::Equal,
        TokenKind::NotEqual => Comparator::NotEqual,
        TokenKind::Less => Comparator::Less,
        TokenKind::LessOrEqual => Comparator::LessOrEqual,
        TokenKind::Greater => Comparator::Greater,
        TokenKind::GreaterOrEqual => Comparator::GreaterOrEqual,
        _ => return None,
    };
    Some(Waiting::Compare(comparator, subject))
}
