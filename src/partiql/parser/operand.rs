//! Operands: literals, paths, calls, parameters, lists, structs, and what stands in parentheses.

use super::super::ast::{Expr, ExprKind, PathStep, PathStepKind, Span};
use super::super::fault::{Malformed, StatementFault};
use super::super::keywords::{is_aggregate, is_function, is_operator};
use super::super::lexer::Token;
use super::{Parse, Parser};

impl Parser<'_> {
    /// An operand and the steps behind it.
    pub(super) fn path(&mut self) -> Parse<Expr> {
        let mut base = self.term()?;
        let ExprKind::Path(_, steps) = &mut base.kind else {
            return Ok(base);
        };
        loop {
            if self.take_symbol(".") {
                let span = self.span();
                let kind = match self.take_name() {
                    Some(name) => PathStepKind::Name(name),
                    None if self.take_symbol("*") => PathStepKind::All,
                    None => return Err(Malformed::PathStep.into()),
                };
                steps.push(PathStep { kind, span });
            } else if self.take_symbol("[") {
                steps.push(self.bracketed()?);
                self.expect_symbol("]")?;
            } else {
                return Ok(base);
            }
        }
    }

    fn bracketed(&mut self) -> Parse<PathStep> {
        let inside = self.expression()?;
        let kind = match inside.kind {
            ExprKind::Text(name) => PathStepKind::Name(name),
            ExprKind::Path(name, steps) if steps.is_empty() => PathStepKind::Name(name),
            ExprKind::Number(digits) => PathStepKind::Index(digits),
            _ => PathStepKind::Other,
        };
        Ok(PathStep {
            kind,
            span: inside.span,
        })
    }

    fn term(&mut self) -> Parse<Expr> {
        let span = self.span();
        let kind = match self.peek(0).clone() {
            Token::Text(text) => self.taken(ExprKind::Text(text)),
            Token::Number(digits) => self.taken(ExprKind::Number(digits.to_owned())),
            Token::Ion => self.taken(ExprKind::Ion),
            Token::Quoted(name) => self.taken(ExprKind::Path(name, Vec::new())),
            Token::Name(name) => {
                self.skip();
                if self.is_symbol("(") {
                    ExprKind::Call(name.to_ascii_lowercase(), self.arguments()?)
                } else {
                    ExprKind::Path(name.to_owned(), Vec::new())
                }
            }
            Token::Keyword(keyword, _) => self.keyword(keyword, span)?,
            Token::Symbol("?") => {
                self.parameters += 1;
                self.taken(ExprKind::Parameter(self.parameters - 1))
            }
            Token::Symbol("(") => return self.parenthesized(span),
            Token::Symbol("[") => ExprKind::List(self.list("]")?),
            Token::Symbol("<<") => ExprKind::Bag(self.list(">>")?),
            Token::Symbol("{") => ExprKind::Struct(self.entries()?),
            Token::Symbol("=" | "<>" | "!=" | "<" | "<=" | ">" | ">=" | "*" | "/" | "%" | "||") => {
                return Err(Malformed::UnexpectedOperator.into());
            }
            Token::Symbol(_) | Token::End => return Err(Malformed::UnexpectedTerm.into()),
        };
        Ok(Expr { span, kind })
    }

    fn taken(&mut self, kind: ExprKind) -> ExprKind {
        self.skip();
        kind
    }

    fn keyword(&mut self, keyword: &'static str, span: Span) -> Parse<ExprKind> {
        let calls = matches!(self.peek(1), Token::Symbol("("));
        match keyword {
            "null" => Ok(self.taken(ExprKind::Null)),
            "missing" => Ok(self.taken(ExprKind::Missing)),
            "true" => Ok(self.taken(ExprKind::Bool(true))),
            "false" => Ok(self.taken(ExprKind::Bool(false))),
            "exists" if calls && self.is_keyword_ahead(2, "select") => {
                self.at += 2;
                let select = self.nested(Self::select)?;
                self.expect_symbol(")")?;
                Ok(ExprKind::Exists(Box::new(select)))
            }
            _ if calls && is_function(keyword) => {
                self.skip();
                Ok(ExprKind::Call(keyword.to_owned(), self.arguments()?))
            }
            _ if calls && is_aggregate(keyword) => {
                self.at += 2;
                if !self.take_symbol("*") {
                    let _quantified = self.take_keyword("distinct") || self.take_keyword("all");
                    self.expression()?;
                }
                self.expect_symbol(")")?;
                Ok(ExprKind::Unusable(keyword))
            }
            // A query in place of an operand is read and refused.
            "select" => {
                self.nested(Self::select)?;
                Ok(ExprKind::Unusable("SELECT"))
            }
            "case" => Err(StatementFault::Word("CASE", Some(span))),
            "cast" if calls => {
                self.skip();
                Err(StatementFault::Word("cast", Some(self.span())))
            }
            _ if is_operator(keyword) => Err(Malformed::UnexpectedOperator.into()),
            _ => Err(Malformed::UnexpectedKeyword.into()),
        }
    }

    /// `(a)` is a; `(a, b)` is a list.
    fn parenthesized(&mut self, span: Span) -> Parse<Expr> {
        self.skip();
        let first = self.expression()?;
        if self.take_symbol(")") {
            return Ok(first);
        }
        let mut list = vec![first];
        while self.take_symbol(",") {
            list.push(self.expression()?);
        }
        self.expect_symbol(")")?;
        Ok(Expr {
            span,
            kind: ExprKind::List(list),
        })
    }

    /// What stands between the sign that comes next and `end`.
    pub(super) fn list(&mut self, end: &str) -> Parse<Vec<Expr>> {
        self.skip();
        let mut list = Vec::new();
        if self.take_symbol(end) {
            return Ok(list);
        }
        loop {
            list.push(self.expression()?);
            if !self.take_symbol(",") {
                self.expect_symbol(end)?;
                return Ok(list);
            }
        }
    }

    pub(super) fn arguments(&mut self) -> Parse<Vec<Expr>> {
        self.list(")")
    }

    fn entries(&mut self) -> Parse<Vec<(Expr, Expr)>> {
        self.skip();
        let mut entries = Vec::new();
        if self.take_symbol("}") {
            return Ok(entries);
        }
        loop {
            let key = self.expression()?;
            self.expect_symbol(":")?;
            entries.push((key, self.expression()?));
            if !self.take_symbol(",") {
                self.expect_symbol("}")?;
                return Ok(entries);
            }
        }
    }
}
