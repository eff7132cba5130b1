//! Expressions, by the binding power of their operators.

use super::super::ast::{Expr, ExprKind, Operator, Span};
use super::super::fault::Malformed;
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

/// An operator that comes next.
struct Ahead {
    infix: Infix,
    /// How tight it binds.
    power: u8,
    /// Whether NOT stands before it.
    negated: bool,
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
            while let Some(ahead) = parser.infix().filter(|ahead| ahead.power > loosest) {
                left = parser.behind(left, ahead)?;
            }
            Ok(left)
        })
    }

    /// The operator that comes next, if one does.
    fn infix(&self) -> Option<Ahead> {
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
        (!negated || takes_not).then_some(Ahead { infix, power, negated })
    }

    /// The operator and what stands behind it.
    fn behind(&mut self, left: Expr, ahead: Ahead) -> Parse<Expr> {
        let Ahead { infix, power, negated } = ahead;
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
}

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
