//! What an operand or a condition starts with: a parenthesis, NOT, a function, a value or a path.

use super::waiting::{Enclosure, Next, Parsed, Position, Waiting};
use super::{Language, Parser};
use crate::expression::ast::Operand;
use crate::expression::fault::ExpressionFault;
use crate::expression::function::Function;
use crate::expression::lexer::{Keyword, TokenKind};

impl Parser<'_> {
    /// Reads what starts an operand or a condition.
    pub(super) fn primary(&mut self, stack: &mut Vec<Waiting>, position: Position) -> Result<Next, ExpressionFault> {
        let token = self.peek();
        match token.kind {
            TokenKind::Open => {
                self.at += 1;
                stack.push(Waiting::Parenthesis(position));
                Ok(Next::Read(position))
            }
            TokenKind::Keyword(Keyword::Not) if position == Position::Condition => {
                self.at += 1;
                stack.push(Waiting::Not);
                Ok(Next::Read(Position::Condition))
            }
            TokenKind::Name if self.token(self.at + 1).kind == TokenKind::Open => {
                let function = self.function(self.text_of(token), position);
                stack.push(Waiting::Call {
                    function,
                    token: self.at,
                    operands: Vec::new(),
                });
                self.at += 2;
                Ok(Next::Read(Position::Operand))
            }
            TokenKind::ValuePlaceholder => {
                let value = self.value()?;
                Ok(self.operand(Operand::Value(value)))
            }
            _ => {
                let path = self.path()?;
                Ok(self.operand(Operand::Path(path)))
            }
        }
    }

    fn operand(&mut self, operand: Operand) -> Next {
        let parsed = Parsed::Operand {
            id: self.arena.add_operand(operand),
            call: None,
            is_sum: false,
        };
        Next::Have(parsed, Enclosure::Bare)
    }

    /// The function that the current token names, which must be one that may stand at the position.
    fn function(&mut self, name: &str, position: Position) -> Function {
        let Some(function) = Function::of(name) else {
            self.note(ExpressionFault::UnknownFunction(name.to_owned()));
            return Function::Size;
        };
        match self.language {
            Language::Condition if function.is_of_updates() => {
                self.note(ExpressionFault::NotInConditions(function.name()));
            }
            Language::Update if !function.is_of_updates() => {
                self.note(ExpressionFault::NotInUpdates(function.name()));
            }
            Language::Condition | Language::Projection | Language::Update => {
                let stands_alone = function.is_condition() || function == Function::ListAppend;
                if stands_alone && position == Position::Operand {
                    self.note(ExpressionFault::MisplacedFunction(function.name()));
                }
            }
        }
        function
    }
}
