//! The grammar: tokens to a tree.
//!
//! It recurses as deep as a statement nests, up to [`DEPTH_MAX`]; chains of AND and OR are lists in the tree, and chains of other
//! operators are as long as a condition may be. No text makes it overflow a stack.

mod expression;
mod operand;
mod statement;
mod type_name;

use super::ast::{Parsed, Span};
use super::fault::{Malformed, StatementFault};
use super::lexer::{self, Placed, Token};

/// How deep parentheses, lists, NOT and signs may stand in each other. Values nest 32 levels.
const DEPTH_MAX: usize = 100;

/// Operators that a statement may have, beside AND and OR, which need no depth.
const OPERATORS_MAX: usize = 300;

type Parse<T> = Result<T, StatementFault>;

/// Reads the text of a statement.
///
/// # Errors
/// What the text alone decides: see [`Malformed`]; words and clauses that are read and refused.
pub fn parse(text: &str) -> Result<Parsed, StatementFault> {
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        parameters: 0,
        depth: 0,
        operators: 0,
    };
    let statement = parser.statement()?;
    Ok(Parsed {
        statement,
        parameters: parser.parameters,
    })
}

struct Parser<'s> {
    tokens: Vec<Placed<'s>>,
    at: usize,
    parameters: usize,
    depth: usize,
    operators: usize,
}

impl<'s> Parser<'s> {
    /// The token that many places ahead. The last one is the end, however far one looks.
    fn peek(&self, ahead: usize) -> &Token<'s> {
        let placed = self.tokens.get(self.at + ahead).or(self.tokens.last());
        placed.map_or(&Token::End, |placed| &placed.token)
    }

    /// Where the next token stands.
    fn span(&self) -> Span {
        let placed = self.tokens.get(self.at).or(self.tokens.last());
        placed.map_or_else(Span::default, |placed| placed.span)
    }

    fn skip(&mut self) {
        self.at += 1;
    }

    fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek(0), Token::Symbol(next) if *next == symbol)
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        self.is_keyword_ahead(0, keyword)
    }

    fn is_keyword_ahead(&self, ahead: usize, keyword: &str) -> bool {
        matches!(self.peek(ahead), Token::Keyword(next, _) if *next == keyword)
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        if found {
            self.skip();
        }
        found
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(keyword);
        if found {
            self.skip();
        }
        found
    }

    fn expect_symbol(&mut self, symbol: &str) -> Parse<()> {
        if self.take_symbol(symbol) {
            Ok(())
        } else {
            Err(Malformed::UnexpectedTerm.into())
        }
    }

    fn expect_keyword(&mut self, keyword: &str) -> Parse<()> {
        if self.take_keyword(keyword) {
            Ok(())
        } else {
            Err(Malformed::UnexpectedTerm.into())
        }
    }

    /// A name, with or without quotes.
    fn take_name(&mut self) -> Option<String> {
        let name = match self.peek(0) {
            Token::Name(name) => (*name).to_owned(),
            Token::Quoted(name) => name.clone(),
            Token::Text(_) | Token::Number(_) | Token::Keyword(_, _) | Token::Ion | Token::Symbol(_) | Token::End => {
                return None;
            }
        };
        self.skip();
        Some(name)
    }

    /// One level further down.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth >= DEPTH_MAX {
            return Err(Malformed::Unreadable.into());
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
