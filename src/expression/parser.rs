//! The grammar: tokens into an AST.
//!
//! The parser keeps its own stack, so that nesting costs no stack of the program. It stops at the first token that no
//! expression could have there, as AWS's does. Faults other than syntax (reserved words, functions out of place) are noted
//! with the token they belong to; when the whole text is well formed, the leftmost is reported.

use super::ast::{
    Action, Arena, ConditionAst, Element, Name, NodeId, OperandId, Path, ProjectionAst, TEXT_BYTES_MAX, UpdateAst,
    ValueId,
};
use super::ast::{Node, Operand};
use super::fault::ExpressionFault;
use super::function::{Comparator, Function, Sign};
use super::lexer::{Keyword, Token, TokenKind, tokens};
use super::reserved::is_reserved;
use std::collections::BTreeMap;

/// Largest index of a list element that a path may name.
const INDEX_MAX: u32 = i32::MAX as u32;

/// Reads a condition.
pub(super) fn parse_condition(text: &str) -> Result<ConditionAst, ExpressionFault> {
    let mut parser = Parser::new(text, Language::Condition)?;
    let root = match parser.expression(Position::Condition)? {
        Parsed::Condition(node) => node,
        // A function alone was turned into a condition, and an operand alone is an error, before the end is accepted.
        Parsed::Operand { .. } => return Err(parser.syntax_error()),
    };
    parser.expect(TokenKind::End)?;
    parser.check_text()?;
    Ok(ConditionAst {
        arena: parser.arena,
        root,
    })
}

/// Reads a projection.
pub(super) fn parse_projection(text: &str) -> Result<ProjectionAst, ExpressionFault> {
    let mut parser = Parser::new(text, Language::Projection)?;
    let mut paths = vec![parser.path()?];
    while parser.take(TokenKind::Comma) {
        paths.push(parser.path()?);
    }
    parser.expect(TokenKind::End)?;
    parser.check_text()?;
    Ok(ProjectionAst {
        arena: parser.arena,
        paths,
    })
}

/// Reads an update.
pub(super) fn parse_update(text: &str) -> Result<UpdateAst, ExpressionFault> {
    let mut parser = Parser::new(text, Language::Update)?;
    let mut actions = Vec::new();
    let mut seen: Vec<Section> = Vec::new();
    loop {
        let section = parser.section()?;
        loop {
            actions.push(parser.action(section)?);
            if !parser.take(TokenKind::Comma) {
                break;
            }
        }
        if seen.contains(&section) {
            parser.note(ExpressionFault::SectionTwice(section.keyword()));
        }
        seen.push(section);
        match parser.peek().kind {
            TokenKind::End => break,
            TokenKind::Keyword(_) => {}
            _ => return Err(parser.syntax_error()),
        }
    }
    parser.check_text()?;
    Ok(UpdateAst {
        arena: parser.arena,
        actions,
    })
}

/// A section of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Set,
    Remove,
    Add,
    Delete,
}

impl Section {
    fn keyword(self) -> &'static str {
        match self {
            Section::Set => "SET",
            Section::Remove => "REMOVE",
            Section::Add => "ADD",
            Section::Delete => "DELETE",
        }
    }
}

/// Which expression is read: it decides which functions there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Condition,
    Projection,
    Update,
}

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// A condition, or an operand that a comparison will make one.
    Condition,
    /// An operand, a sum or a difference: the right side of a SET clause.
    Sum,
    /// An operand.
    Operand,
}

/// What has been read, between two tokens of the grammar.
#[derive(Clone, Copy, Debug)]
enum Parsed {
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

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    language: Language,
    arena: Arena,
    values: BTreeMap<&'t str, ValueId>,
    has_redundant_parentheses: bool,
    /// The leftmost fault that is not of syntax, and its token.
    noted: Option<(usize, ExpressionFault)>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, language: Language) -> Result<Self, ExpressionFault> {
        if text.is_empty() {
            return Err(ExpressionFault::Empty);
        }
        if text.len() > TEXT_BYTES_MAX {
            return Err(ExpressionFault::TooLong { bytes: text.len() });
        }
        Ok(Parser {
            text,
            tokens: tokens(text),
            at: 0,
            language,
            arena: Arena::default(),
            values: BTreeMap::new(),
            has_redundant_parentheses: false,
            noted: None,
        })
    }

    /// The faults that a well-formed text can still have.
    fn check_text(&mut self) -> Result<(), ExpressionFault> {
        if self.has_redundant_parentheses {
            return Err(ExpressionFault::RedundantParentheses);
        }
        match self.noted.take() {
            Some((_, fault)) => Err(fault),
            None => Ok(()),
        }
    }

    fn token(&self, position: usize) -> Token {
        self.tokens.get(position).copied().unwrap_or(Token {
            kind: TokenKind::End,
            start: self.text.len(),
            end: self.text.len(),
        })
    }

    fn peek(&self) -> Token {
        self.token(self.at)
    }

    fn text_of(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    fn take(&mut self, kind: TokenKind) -> bool {
        let taken = self.peek().kind == kind;
        if taken {
            self.at += 1;
        }
        taken
    }

    fn expect(&mut self, kind: TokenKind) -> Result<(), ExpressionFault> {
        if self.take(kind) {
            Ok(())
        } else {
            Err(self.syntax_error())
        }
    }

    /// The current token does not belong here. AWS shows it with one token on each side and all that lies between.
    fn syntax_error(&self) -> ExpressionFault {
        let token = self.peek();
        let start = self.at.checked_sub(1).map_or(0, |before| self.token(before).start);
        let end = self.token(self.at + 1).end;
        ExpressionFault::Syntax {
            token: match token.kind {
                TokenKind::End => "<EOF>".to_owned(),
                _ => self.text_of(token).to_owned(),
            },
            near: self.text.get(start..end).unwrap_or_default().to_owned(),
        }
    }

    /// Notes a fault that belongs to the current token.
    fn note(&mut self, fault: ExpressionFault) {
        self.note_at(self.at, fault);
    }

    fn note_at(&mut self, token: usize, fault: ExpressionFault) {
        if self.noted.as_ref().is_none_or(|(noted, _)| token < *noted) {
            self.noted = Some((token, fault));
        }
    }

    fn path(&mut self) -> Result<Path, ExpressionFault> {
        let mut elements = vec![self.name_element()?];
        loop {
            match self.peek().kind {
                TokenKind::Dot => {
                    self.at += 1;
                    elements.push(self.name_element()?);
                }
                TokenKind::OpenIndex => {
                    self.at += 1;
                    elements.push(self.index_element()?);
                    self.expect(TokenKind::CloseIndex)?;
                }
                _ => return Ok(Path(elements)),
            }
        }
    }

    fn name_element(&mut self) -> Result<Element, ExpressionFault> {
        let token = self.peek();
        let text = self.text_of(token);
        let name = match token.kind {
            TokenKind::Name => {
                if is_reserved(text) {
                    self.note(ExpressionFault::ReservedWord(text.to_owned()));
                }
                Name::Literal(text.into())
            }
            TokenKind::NamePlaceholder => Name::Placeholder(text.into()),
            _ => return Err(self.syntax_error()),
        };
        self.at += 1;
        Ok(Element::Name(self.arena.add_name(name)))
    }

    fn index_element(&mut self) -> Result<Element, ExpressionFault> {
        let token = self.peek();
        if token.kind != TokenKind::Index {
            return Err(self.syntax_error());
        }
        let text = self.text_of(token);
        let index = text.parse().ok().filter(|index| *index <= INDEX_MAX);
        if index.is_none() {
            self.note(ExpressionFault::IndexRange(text.to_owned()));
        }
        self.at += 1;
        Ok(Element::Index(index.unwrap_or_default()))
    }

    fn value(&mut self) -> Result<ValueId, ExpressionFault> {
        let token = self.peek();
        if token.kind != TokenKind::ValuePlaceholder {
            return Err(self.syntax_error());
        }
        self.at += 1;
        let text = self.text_of(token);
        let arena = &mut self.arena;
        Ok(*self.values.entry(text).or_insert_with(|| arena.add_value(text.into())))
    }

    fn section(&mut self) -> Result<Section, ExpressionFault> {
        let section = match self.peek().kind {
            TokenKind::Keyword(Keyword::Set) => Section::Set,
            TokenKind::Keyword(Keyword::Remove) => Section::Remove,
            TokenKind::Keyword(Keyword::Add) => Section::Add,
            TokenKind::Keyword(Keyword::Delete) => Section::Delete,
            _ => return Err(self.syntax_error()),
        };
        self.at += 1;
        Ok(section)
    }

    fn action(&mut self, section: Section) -> Result<Action, ExpressionFault> {
        let path = self.path()?;
        Ok(match section {
            Section::Set => {
                self.expect(TokenKind::Equal)?;
                match self.expression(Position::Sum)? {
                    Parsed::Operand { id, .. } => Action::Set(path, id),
                    Parsed::Condition(_) => return Err(self.syntax_error()),
                }
            }
            Section::Remove => Action::Remove(path),
            Section::Add => Action::Add(path, self.value()?),
            Section::Delete => Action::Delete(path, self.value()?),
        })
    }

    /// Reads a whole condition or right side, up to the first token behind it.
    fn expression(&mut self, position: Position) -> Result<Parsed, ExpressionFault> {
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
            ) => Ok(Next::Done(self.condition_of_call(id, call))),
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
                    let condition = self.condition_of_call(id, call);
                    return self.operator(stack, position, condition);
                }
                let Some(waiting) = comparison(kind, id) else {
                    return Ok(None);
                };
                self.use_as_operand(call);
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
                self.use_as_operand(call);
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

    /// A function that stands alone has turned out to be an operand of an operator.
    fn use_as_operand(&mut self, call: Option<(Function, usize)>) {
        if let Some((function, token)) = call
            && (function.is_condition() || function == Function::ListAppend)
        {
            self.note_at(token, ExpressionFault::MisplacedFunction(function.name()));
        }
    }

    /// A function has turned out to be a condition by itself.
    fn condition_of_call(&mut self, id: OperandId, (function, token): (Function, usize)) -> Parsed {
        if !function.is_condition() {
            self.note_at(token, ExpressionFault::MisplacedFunction(function.name()));
        }
        Parsed::Condition(self.arena.add_node(Node::Call(id)))
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
                match call {
                    Some(call) => match self.condition_of_call(id, call) {
                        Parsed::Condition(right) => right,
                        Parsed::Operand { .. } => return Err(self.syntax_error()),
                    },
                    None => return Err(self.syntax_error()),
                }
            }
        };
        match waiting {
            Waiting::Not => Ok(self.condition(Node::Not(right))),
            Waiting::And(left) => Ok(self.condition(Node::And(left, right))),
            Waiting::Or(left) => {
                if self.take(TokenKind::Keyword(Keyword::And)) {
                    stack.push(Waiting::Or(left));
                    stack.push(Waiting::And(right));
                    return Ok(Next::Read(Position::Condition));
                }
                Ok(self.condition(Node::Or(left, right)))
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
