//! Conditions, operands and sums: the part of the grammar that nests.
//!
//! The parser keeps its own stack of what waits for what follows, so that nesting costs no stack of the program. A
//! parenthesis may open a condition or an operand; which of them it was is known only behind it, so what has been read is
//! carried along until a token decides. Redundant parentheses are a fault as soon as it is decided what they are around,
//! whatever follows; where nothing decides, the token that does not fit is the fault.

use super::Parser;
use super::waiting::{Enclosure, Next, Parsed, Position, Waiting, comparison, is_decided};
use crate::expression::ast::{Node, Operand, OperandId};
use crate::expression::fault::ExpressionFault;
use crate::expression::function::{Function, Sign};
use crate::expression::lexer::{Keyword, TokenKind};

impl Parser<'_> {
    /// Reads a whole condition or right side, up to the first token behind it.
    pub(super) fn expression(&mut self, position: Position) -> Result<Parsed, ExpressionFault> {
        let mut stack = Vec::new();
        let mut next = Next::Read(position);
        loop {
            next = match next {
                Next::Read(position) => self.primary(&mut stack, position)?,
                Next::Have(parsed, enclosure) => match stack.pop() {
                    Some(waiting) => self.continued(&mut stack, waiting, parsed, enclosure)?,
                    None => self.at_bottom(&mut stack, position, parsed)?,
                },
                Next::Done(parsed) => return Ok(parsed),
            };
        }
    }

    /// Nothing waits: the expression ends here unless an operator follows.
    fn at_bottom(
        &mut self,
        stack: &mut Vec<Waiting>,
        position: Position,
        parsed: Parsed,
    ) -> Result<Next, ExpressionFault> {
        if let Some(next) = self.operator(stack, position, parsed)? {
            return Ok(next);
        }
        match (position, parsed) {
            (
                Position::Condition,
                Parsed::Operand {
                    id, call: Some(call), ..
                },
            ) => {
                if self.peek().kind != TokenKind::End {
                    return Err(self.stray_token());
                }
                self.condition_of_call(id, call).map(Next::Done)
            }
            (Position::Condition, Parsed::Operand { call: None, .. }) => Err(self.syntax_error()),
            (Position::Condition | Position::Sum | Position::Operand, parsed) => Ok(Next::Done(parsed)),
        }
    }

    /// Takes the operator that follows at a place where conditions or sums may stand, if one does.
    fn operator(
        &mut self,
        stack: &mut Vec<Waiting>,
        position: Position,
        parsed: Parsed,
    ) -> Result<Option<Next>, ExpressionFault> {
        let kind = self.peek().kind;
        let (waiting, next) = match (position, parsed) {
            (Position::Condition, Parsed::Operand { id, call, .. }) => {
                if let (TokenKind::Keyword(Keyword::And | Keyword::Or), Some(call)) = (kind, call) {
                    let condition = self.condition_of_call(id, call)?;
                    return self.operator(stack, position, condition);
                }
                let Some(waiting) = comparison(kind, id) else {
                    return Ok(None);
                };
                self.use_as_operand(call)?;
                (waiting, Position::Operand)
            }
            (Position::Condition, Parsed::Condition(left)) => match kind {
                TokenKind::Keyword(Keyword::And) => (Waiting::And(left), Position::Condition),
                TokenKind::Keyword(Keyword::Or) => (Waiting::Or(left), Position::Condition),
                _ => return Ok(None),
            },
            (
                Position::Sum,
                Parsed::Operand {
                    id,
                    call,
                    is_sum: false,
                },
            ) => {
                let sign = match kind {
                    TokenKind::Plus => Sign::Plus,
                    TokenKind::Minus => Sign::Minus,
                    _ => return Ok(None),
                };
                self.use_as_operand(call)?;
                (Waiting::Sum(sign, id), Position::Operand)
            }
            (Position::Sum | Position::Operand, Parsed::Operand { .. } | Parsed::Condition(_)) => return Ok(None),
        };
        self.at += 1;
        if let Waiting::In(_, _) = waiting {
            self.expect(TokenKind::Open)?;
        }
        stack.push(waiting);
        Ok(Some(Next::Read(next)))
    }

    /// The fault of a token behind a function that no operator makes an operand: the function is a condition, which decides
    /// what the parentheses are around.
    fn stray_token(&self) -> ExpressionFault {
        match self.check_parentheses() {
            Ok(()) => self.syntax_error(),
            Err(fault) => fault,
        }
    }

    /// A function that stands alone has turned out to be an operand of an operator.
    fn use_as_operand(&mut self, call: Option<(Function, usize)>) -> Result<(), ExpressionFault> {
        if let Some((function, token)) = call
            && (function.is_condition() || function == Function::ListAppend)
        {
            self.note_at(token, ExpressionFault::MisplacedFunction(function.name()));
        }
        self.check_parentheses()
    }

    /// A function has turned out to be a condition by itself.
    fn condition_of_call(
        &mut self,
        id: OperandId,
        (function, token): (Function, usize),
    ) -> Result<Parsed, ExpressionFault> {
        if !function.is_condition() {
            self.note_at(token, ExpressionFault::MisplacedFunction(function.name()));
        }
        self.check_parentheses()?;
        Ok(Parsed::Condition(self.arena.add_node(Node::Call(id))))
    }

    /// Gives what has been read to what waits for it.
    fn continued(
        &mut self,
        stack: &mut Vec<Waiting>,
        waiting: Waiting,
        parsed: Parsed,
        enclosure: Enclosure,
    ) -> Result<Next, ExpressionFault> {
        match (waiting, parsed) {
            (Waiting::Parenthesis(position), parsed) => self.parenthesis(stack, position, parsed, enclosure),
            (Waiting::Not, parsed) => self.logical(stack, parsed, Waiting::Not),
            (Waiting::And(left), parsed) => self.logical(stack, parsed, Waiting::And(left)),
            (Waiting::Or(left), parsed) => self.logical(stack, parsed, Waiting::Or(left)),
            (Waiting::Compare(comparator, left), Parsed::Operand { id, .. }) => {
                Ok(self.condition(Node::Compare(comparator, left, id)))
            }
            (Waiting::Lower(subject), Parsed::Operand { id, .. }) => {
                self.expect(TokenKind::Keyword(Keyword::And))?;
                stack.push(Waiting::Upper(subject, id));
                Ok(Next::Read(Position::Operand))
            }
            (Waiting::Upper(subject, lower), Parsed::Operand { id, .. }) => {
                Ok(self.condition(Node::Between(subject, lower, id)))
            }
            (Waiting::In(subject, mut operands), Parsed::Operand { id, .. }) => {
                operands.push(id);
                if self.take(TokenKind::Comma) {
                    stack.push(Waiting::In(subject, operands));
                    return Ok(Next::Read(Position::Operand));
                }
                self.expect(TokenKind::Close)?;
                Ok(self.condition(Node::In(subject, operands)))
            }
            (
                Waiting::Call {
                    function,
                    token,
                    mut operands,
                },
                Parsed::Operand { id, .. },
            ) => {
                operands.push(id);
                if self.take(TokenKind::Comma) {
                    stack.push(Waiting::Call {
                        function,
                        token,
                        operands,
                    });
                    return Ok(Next::Read(Position::Operand));
                }
                self.expect(TokenKind::Close)?;
                let parsed = Parsed::Operand {
                    id: self.arena.add_operand(Operand::Call(function, operands)),
                    call: Some((function, token)),
                    is_sum: false,
                };
                Ok(Next::Have(parsed, Enclosure::Bare))
            }
            (Waiting::Sum(sign, left), Parsed::Operand { id, .. }) => {
                let parsed = Parsed::Operand {
                    id: self.arena.add_operand(Operand::Sum(sign, left, id)),
                    call: None,
                    is_sum: true,
                };
                Ok(Next::Have(parsed, Enclosure::Bare))
            }
            // Operators and functions read operands only.
            (
                Waiting::Compare(_, _)
                | Waiting::Lower(_)
                | Waiting::Upper(_, _)
                | Waiting::In(_, _)
                | Waiting::Call { .. }
                | Waiting::Sum(_, _),
                Parsed::Condition(_),
            ) => Err(self.syntax_error()),
        }
    }

    fn condition(&mut self, node: Node) -> Next {
        Next::Have(Parsed::Condition(self.arena.add_node(node)), Enclosure::Bare)
    }

    /// Closes a parenthesis, or goes on inside it.
    fn parenthesis(
        &mut self,
        stack: &mut Vec<Waiting>,
        position: Position,
        parsed: Parsed,
        enclosure: Enclosure,
    ) -> Result<Next, ExpressionFault> {
        stack.push(Waiting::Parenthesis(position));
        if let Some(next) = self.operator(stack, position, parsed)? {
            return Ok(next);
        }
        self.expect(TokenKind::Close)?;
        stack.pop();
        self.has_redundant_parentheses |= enclosure == Enclosure::Parentheses;
        if is_decided(stack, parsed, self.language) {
            self.check_parentheses()?;
        }
        Ok(Next::Have(parsed, Enclosure::Parentheses))
    }

    /// Completes NOT, AND or OR with what has been read, or lets a stronger operator have it first.
    fn logical(&mut self, stack: &mut Vec<Waiting>, parsed: Parsed, waiting: Waiting) -> Result<Next, ExpressionFault> {
        let right = match parsed {
            Parsed::Condition(right) => right,
            Parsed::Operand { id, call, .. } => {
                let kind = self.peek().kind;
                if comparison(kind, id).is_some() {
                    stack.push(waiting);
                    let next = self.operator(stack, Position::Condition, parsed)?;
                    return next.ok_or_else(|| self.syntax_error());
                }
                let ends = matches!(
                    kind,
                    TokenKind::Keyword(Keyword::And | Keyword::Or) | TokenKind::Close | TokenKind::End
                );
                let Some(call) = call else {
                    return Err(self.syntax_error());
                };
                if !ends {
                    return Err(self.stray_token());
                }
                match self.condition_of_call(id, call)? {
                    Parsed::Condition(right) => right,
                    Parsed::Operand { .. } => return Err(self.syntax_error()),
                }
            }
        };
        match waiting {
            Waiting::Not => Ok(self.condition(Node::Not(right))),
            Waiting::And(left) => Ok(self.condition(Node::And(vec![left, right]))),
            Waiting::Or(left) => {
                if self.take(TokenKind::Keyword(Keyword::And)) {
                    stack.push(Waiting::Or(left));
                    stack.push(Waiting::And(right));
                    return Ok(Next::Read(Position::Condition));
                }
                Ok(self.condition(Node::Or(vec![left, right])))
            }
            Waiting::Parenthesis(_)
            | Waiting::Compare(_, _)
            | Waiting::Lower(_)
            | Waiting::Upper(_, _)
            | Waiting::In(_, _)
            | Waiting::Call { .. }
            | Waiting::Sum(_, _) => Err(self.syntax_error()),
        }
    }
}
