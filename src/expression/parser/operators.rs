//! Conditions, operands and sums: the part of the grammar that nests.
//!
//! The parser keeps its own stack of what waits for what follows, so that nesting costs no stack of the program. A
//! parenthesis may open a condition or an operand; which of them it was is known only behind it, so what has been read is
//! carried along until a token decides. Redundant parentheses are a fault as soon as it is decided what they are around,
//! whatever follows; where nothing decides, the token that does not fit is the fault.

use super::{Language, Parser};
use crate::expression::ast::{Node, NodeId, Operand, OperandId};
use crate::expression::fault::ExpressionFault;
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

/// What is waiting for what follows.
#[derive(Debug)]
enum Waiting {
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
enum Next {
    /// Read a primary at a place that may hold this.
    Read(Position),
    /// Look at the following token with this in hand; the flag tells that it came out of parentheses.
    Have(Parsed, bool),
    /// The expression has ended before the current token.
    Done(Parsed),
}

impl Parser<'_> {
    /// Reads a whole condition or right side, up to the first token behind it.
    pub(super) fn expression(&mut self, position: Position) -> Result<Parsed, ExpressionFault> {
        let mut stack = Vec::new();
        let mut next = Next::Read(position);
        loop {
            next = match next {
                Next::Read(position) => self.primary(&mut stack, position)?,
                Next::Have(parsed, in_parentheses) => match stack.pop() {
                    Some(waiting) => self.continued(&mut stack, waiting, parsed, in_parentheses)?,
                    None => self.at_bottom(&mut stack, position, parsed)?,
                },
                Next::Done(parsed) => return Ok(parsed),
            };
        }
    }

    /// Reads what starts an operand or a condition.
    fn primary(&mut self, stack: &mut Vec<Waiting>, position: Position) -> Result<Next, ExpressionFault> {
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
        Next::Have(parsed, false)
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
        in_parentheses: bool,
    ) -> Result<Next, ExpressionFault> {
        match (waiting, parsed) {
            (Waiting::Parenthesis(position), parsed) => self.parenthesis(stack, position, parsed, in_parentheses),
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
                Ok(Next::Have(parsed, false))
            }
            (Waiting::Sum(sign, left), Parsed::Operand { id, .. }) => {
                let parsed = Parsed::Operand {
                    id: self.arena.add_operand(Operand::Sum(sign, left, id)),
                    call: None,
                    is_sum: true,
                };
                Ok(Next::Have(parsed, false))
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
        Next::Have(Parsed::Condition(self.arena.add_node(node)), false)
    }

    /// Closes a parenthesis, or goes on inside it.
    fn parenthesis(
        &mut self,
        stack: &mut Vec<Waiting>,
        position: Position,
        parsed: Parsed,
        in_parentheses: bool,
    ) -> Result<Next, ExpressionFault> {
        stack.push(Waiting::Parenthesis(position));
        if let Some(next) = self.operator(stack, position, parsed)? {
            return Ok(next);
        }
        self.expect(TokenKind::Close)?;
        stack.pop();
        self.has_redundant_parentheses |= in_parentheses;
        if is_decided(stack, parsed, self.language) {
            self.check_parentheses()?;
        }
        Ok(Next::Have(parsed, true))
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

/// True when no later token can change what has just been read inside the parentheses closed last. Before its first operator,
/// an operand in the place of a condition is not decided, and neither is what a function at such a place is given.
fn is_decided(stack: &[Waiting], parsed: Parsed, language: Language) -> bool {
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
fn comparison(kind: TokenKind, subject: OperandId) -> Option<Waiting> {
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
