//! Expressions, by the binding power of their operators.

use super::super::ast::{Expr, ExprKind, Operator, PathStep, PathStepKind, Span, TypeName};
use super::super::fault::{Malformed, StatementFault};
use super::super::keywords::{is_aggregate, is_function, is_operator, is_unusable};
use super::super::lexer::Token;
use super::{OPERATORS_MAX, Parse, Parser};
use crate::expression::{Comparator, ExpressionFault};

/// Binding power, from the loosest.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const EQUALITY: u8 = 4;
const ORDER: u8 = 5;
const SUM: u8 = 6;
const PRODUCT: u8 = 7;
const SIGN: u8 = 8;

/// What stands between two operands.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Compare(Comparator),
    Operator(Operator),
    Between,
    In,
    Is,
}

impl Parser<'_> {
    /// A whole expression.
    pub(super) fn expression(&mut self) -> Parse<Expr> {
        self.binding(0)
    }

    /// An expression whose operators bind tighter than `loosest`.
    fn binding(&mut self, loosest: u8) -> Parse<Expr> {
        self.nested(|parser| {
            let mut left = parser.prefix()?;
            while let Some((infix, power, negated)) = parser.infix() {
                if power <= loosest {
                    break;
                }
                left = parser.behind(left, infix, power, negated)?;
            }
            Ok(left)
        })
    }

    /// The operator that comes next, how tight it binds, and whether NOT stands before it.
    fn infix(&self) -> Option<(Infix, u8, bool)> {
        let negated = self.is_keyword("not");
        let (infix, power) = match self.peek(usize::from(negated)) {
            Token::Symbol(symbol) => match *symbol {
                "=" => (Infix::Compare(Comparator::Equal), EQUALITY),
                "<>" | "!=" => (Infix::Compare(Comparator::NotEqual), EQUALITY),
                "<" => (Infix::Compare(Comparator::Less), ORDER),
                "<=" => (Infix::Compare(Comparator::LessOrEqual), ORDER),
                ">" => (Infix::Compare(Comparator::Greater), ORDER),
                ">=" => (Infix::Compare(Comparator::GreaterOrEqual), ORDER),
                "+" => (Infix::Operator(Operator::Plus), SUM),
                "-" => (Infix::Operator(Operator::Minus), SUM),
                "||" => (Infix::Operator(Operator::Other("||")), SUM),
                "*" => (Infix::Operator(Operator::Other("*")), PRODUCT),
                "/" => (Infix::Operator(Operator::Other("/")), PRODUCT),
                "%" => (Infix::Operator(Operator::Other("%")), PRODUCT),
                _ => return None,
            },
            Token::Keyword(keyword, _) => match *keyword {
                "or" => (Infix::Or, OR),
                "and" => (Infix::And, AND),
                "is" => (Infix::Is, EQUALITY),
                "in" => (Infix::In, EQUALITY),
                "between" => (Infix::Between, ORDER),
                "like" => (Infix::Operator(Operator::Other("like")), ORDER),
                _ => return None,
            },
            Token::Name(_) | Token::Quoted(_) | Token::Text(_) | Token::Number(_) | Token::Ion | Token::End => {
                return None;
            }
        };
        let takes_not = matches!(
            infix,
            Infix::In | Infix::Between | Infix::Operator(Operator::Other("like"))
        );
        (!negated || takes_not).then_some((infix, power, negated))
    }

    /// The operator and what stands behind it.
    fn behind(&mut self, left: Expr, infix: Infix, power: u8, negated: bool) -> Parse<Expr> {
        self.at += usize::from(negated);
        let span = self.span();
        self.skip();
        if !matches!(infix, Infix::Or | Infix::And) {
            self.operators += 1;
            if self.operators > OPERATORS_MAX {
                return Err(ExpressionFault::TooManyOperators.into());
            }
        }
        if !matches!(infix, Infix::Is) && *self.peek(0) == Token::End {
            return Err(Malformed::RightSideMissing.into());
        }
        let kind = match infix {
            Infix::Or => ExprKind::Or(joined(left, self.binding(power)?, |kind| match kind {
                ExprKind::Or(list) => Ok(list),
                other => Err(other),
            })),
            Infix::And => ExprKind::And(joined(left, self.binding(power)?, |kind| match kind {
                ExprKind::And(list) => Ok(list),
                other => Err(other),
            })),
            Infix::Compare(comparator) => ExprKind::Compare(comparator, Box::new(left), Box::new(self.binding(power)?)),
            Infix::Operator(operator) => ExprKind::Infix(operator, Box::new(left), Box::new(self.binding(power)?)),
            Infix::Between => {
                let lower = self.binding(power)?;
                self.expect_keyword("and")?;
                ExprKind::Between(Box::new(left), Box::new(lower), Box::new(self.binding(power)?))
            }
            Infix::In => {
                // One member in parentheses is a list all the same.
                let place = self.span();
                let among = if self.is_symbol("(") {
                    let members = self.list(")")?;
                    if members.is_empty() {
                        return Err(Malformed::UnexpectedTerm.into());
                    }
                    Expr {
                        span: place,
                        kind: ExprKind::List(members),
                    }
                } else {
                    self.binding(power)?
                };
                ExprKind::In(Box::new(left), Box::new(among))
            }
            Infix::Is => {
                let differs = self.take_keyword("not");
                let is = ExprKind::Is(Box::new(left), self.type_name()?);
                return Ok(negation(span, is, differs));
            }
        };
        Ok(negation(span, kind, negated))
    }

    fn prefix(&mut self) -> Parse<Expr> {
        let span = self.span();
        match self.peek(0) {
            Token::Keyword("not", _) => {
                self.skip();
                let operand = self.binding(NOT - 1)?;
                Ok(Expr {
                    span,
                    kind: ExprKind::Not(Box::new(operand)),
                })
            }
            Token::Symbol(sign @ ("+" | "-")) => {
                let sign = if *sign == "-" { Operator::Minus } else { Operator::Plus };
                self.skip();
                let operand = self.binding(SIGN)?;
                Ok(signed(span, sign, operand))
            }
            Token::Symbol("@") => {
                self.skip();
                self.path()
            }
            _ => self.path(),
        }
    }

    /// An operand and the steps behind it.
    fn path(&mut self) -> Parse<Expr> {
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
            Token::Keyword(keyword, written) => self.keyword(keyword, written, span)?,
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

    fn keyword(&mut self, keyword: &'static str, written: &str, span: Span) -> Parse<ExprKind> {
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
                self.skip();
                if matches!(self.peek(1), Token::Symbol("*")) {
                    self.at += 2;
                    self.expect_symbol(")")?;
                } else {
                    self.arguments()?;
                }
                Ok(ExprKind::Unusable(written.to_owned()))
            }
            // A query in place of an operand is read and refused.
            "select" => {
                let word = written.to_owned();
                self.nested(Self::select)?;
                Ok(ExprKind::Unusable(word))
            }
            _ if is_unusable(keyword) => Err(StatementFault::Word(written.to_owned(), Some(span))),
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
    fn list(&mut self, end: &str) -> Parse<Vec<Expr>> {
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

    fn arguments(&mut self) -> Parse<Vec<Expr>> {
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

    fn type_name(&mut self) -> Parse<TypeName> {
        let word = match self.peek(0) {
            Token::Keyword(word, _) => (*word).to_owned(),
            Token::Name(word) => word.to_ascii_lowercase(),
            Token::Quoted(_) | Token::Text(_) | Token::Number(_) | Token::Ion | Token::Symbol(_) | Token::End => {
                String::new()
            }
        };
        let known = TYPES.iter().find(|(name, _)| *name == word);
        let (_, known) = known.ok_or(Malformed::TypeNameExpected)?;
        self.skip();
        if word == "character" {
            self.take_keyword("varying");
        } else if word == "double" && !self.take_keyword("precision") {
            return Err(Malformed::TypeNameExpected.into());
        }
        if matches!(known, TypeName::Attribute("S" | "N")) && self.is_symbol("(") {
            self.arguments()?;
        }
        Ok(*known)
    }
}

/// The types that IS reads, by their names.
#[rustfmt::skip]
const TYPES: &[(&str, TypeName)] = &[
    ("missing", TypeName::Missing), ("null", TypeName::Attribute("NULL")), ("bool", TypeName::Attribute("BOOL")),
    ("boolean", TypeName::Attribute("BOOL")), ("string", TypeName::Attribute("S")), ("char", TypeName::Attribute("S")),
    ("character", TypeName::Attribute("S")), ("varchar", TypeName::Attribute("S")), ("int", TypeName::Attribute("N")),
    ("integer", TypeName::Attribute("N")), ("int2", TypeName::Attribute("N")), ("int4", TypeName::Attribute("N")),
    ("int8", TypeName::Attribute("N")), ("integer2", TypeName::Attribute("N")), ("integer4", TypeName::Attribute("N")),
    ("integer8", TypeName::Attribute("N")), ("bigint", TypeName::Attribute("N")), ("smallint", TypeName::Attribute("N")),
    ("decimal", TypeName::Attribute("N")), ("dec", TypeName::Attribute("N")), ("numeric", TypeName::Attribute("N")),
    ("float", TypeName::Attribute("N")), ("real", TypeName::Attribute("N")), ("double", TypeName::Attribute("N")),
    ("blob", TypeName::Attribute("B")), ("list", TypeName::Attribute("L")), ("struct", TypeName::Attribute("M")),
    ("tuple", TypeName::Attribute("M")), ("bag", TypeName::Foreign("BAG")), ("sexp", TypeName::Foreign("SEXP")),
    ("symbol", TypeName::Foreign("SYMBOL")), ("clob", TypeName::Foreign("CLOB")), ("date", TypeName::Foreign("DATE")),
    ("time", TypeName::Foreign("TIME")), ("timestamp", TypeName::Foreign("TIMESTAMP")),
];

fn negation(span: Span, kind: ExprKind, negated: bool) -> Expr {
    let operand = Expr { span, kind };
    if negated {
        Expr {
            span,
            kind: ExprKind::Not(Box::new(operand)),
        }
    } else {
        operand
    }
}

/// A sign and its operand: a number takes it in.
fn signed(span: Span, sign: Operator, operand: Expr) -> Expr {
    let span = match operand.kind {
        ExprKind::Number(_) => operand.span,
        _ => span,
    };
    let kind = match operand.kind {
        ExprKind::Number(digits) if !digits.starts_with('-') => ExprKind::Number(match sign {
            Operator::Minus => format!("-{digits}"),
            Operator::Plus | Operator::Other(_) => digits,
        }),
        ExprKind::Number(digits) => ExprKind::Number(match sign {
            Operator::Minus => digits.trim_start_matches('-').to_owned(),
            Operator::Plus | Operator::Other(_) => digits,
        }),
        _ => ExprKind::Signed(sign),
    };
    Expr { span, kind }
}

/// Two sides of AND or OR as one list, the left side's list going on if it is one of the same kind.
fn joined(left: Expr, right: Expr, list_of: impl Fn(ExprKind) -> Result<Vec<Expr>, ExprKind>) -> Vec<Expr> {
    let mut list = match list_of(left.kind) {
        Ok(list) => list,
        Err(kind) => vec![Expr { span: left.span, kind }],
    };
    list.push(right);
    list
}
