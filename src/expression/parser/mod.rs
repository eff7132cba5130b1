//! The grammar: tokens into an AST.
//!
//! This file has paths, projections and updates; conditions and the right sides of updates are in [`operators`]. The parser
//! stops at the first token that no expression could have there, as AWS's does. Faults other than syntax (reserved words,
//! functions out of place) are noted with the token they belong to; when the whole text is well formed, the leftmost is
//! reported.

mod operators;
mod primary;
mod waiting;

use super::ast::{Action, Arena, ConditionAst, Element, Name, Path, ProjectionAst, TEXT_BYTES_MAX, UpdateAst, ValueId};
use super::fault::ExpressionFault;
use super::lexer::{Keyword, Token, TokenKind, tokens};
use super::reserved::is_reserved;
use crate::ordered::OrderedMap;
use waiting::{Parsed, Position};

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

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    language: Language,
    arena: Arena,
    values: OrderedMap<&'t str, ValueId>,
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
            values: OrderedMap::new(),
            has_redundant_parentheses: false,
            noted: None,
        })
    }

    /// The faults that a well-formed text can still have.
    fn check_text(&mut self) -> Result<(), ExpressionFault> {
        self.check_parentheses()?;
        match self.noted.take() {
            Some((_, fault)) => Err(fault),
            None => Ok(()),
        }
    }

    fn check_parentheses(&self) -> Result<(), ExpressionFault> {
        if self.has_redundant_parentheses {
            return Err(ExpressionFault::RedundantParentheses);
        }
        Ok(())
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
        let mut elements = vec![self.name_element(false)?];
        loop {
            match self.peek().kind {
                TokenKind::Dot => {
                    self.at += 1;
                    elements.push(self.name_element(true)?);
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

    /// Behind a dot the grammar also takes a `:value` for a name, which can then never be defined.
    fn name_element(&mut self, behind_dot: bool) -> Result<Element, ExpressionFault> {
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
            TokenKind::ValuePlaceholder if behind_dot => Name::Placeholder(text.into()),
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
        Ok(*self.values.get_or_insert_with(text, || arena.add_value(text.into())))
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
}
