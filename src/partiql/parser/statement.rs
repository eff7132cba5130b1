//! Statements and their clauses.

use super::super::ast::{
    Clause, Expr, ExprKind, ForeignClause, PathStep, PathStepKind, Returning, SelectAst, StatementAst, Target,
};
use super::super::fault::{Malformed, StatementFault};
use super::super::lexer::Token;
use super::{Parse, Parser};

impl Parser<'_> {
    pub(super) fn statement(&mut self) -> Parse<StatementAst> {
        let statement = match self.peek(0) {
            Token::Keyword("select", _) => StatementAst::Select(Box::new(self.select()?)),
            Token::Keyword("insert", _) => self.insert()?,
            Token::Keyword("update", _) => self.update()?,
            Token::Keyword("delete", _) => self.delete()?,
            Token::Keyword("from", _) => self.update_from()?,
            _ => return self.bare_expression(),
        };
        self.end()?;
        Ok(statement)
    }

    /// A semicolon may end a statement.
    fn end(&mut self) -> Parse<()> {
        self.take_symbol(";");
        match self.peek(0) {
            Token::End => Ok(()),
            _ => Err(Malformed::TokenLeft.into()),
        }
    }

    /// Whatever begins like no statement is one only if it is an expression from its first to its last token.
    fn bare_expression(&mut self) -> Parse<StatementAst> {
        let expression = self.expression();
        match expression {
            Ok(expression) if self.end().is_ok() => Ok(StatementAst::Expression(expression)),
            Err(fault @ StatementFault::Expression(_)) => Err(fault),
            Ok(_) | Err(_) => Err(Malformed::ManipulationExpected.into()),
        }
    }

    /// `SELECT … FROM … WHERE … ORDER BY …`, the first word being next.
    pub(super) fn select(&mut self) -> Parse<SelectAst> {
        self.skip();
        let mut foreign = None;
        if self.take_keyword("distinct") {
            foreign = Some(ForeignClause::Distinct);
        } else if self.take_keyword("value") {
            foreign = Some(ForeignClause::Value);
        }
        let mut is_aliased = false;
        let columns = if self.take_symbol("*") {
            None
        } else {
            let mut columns = vec![self.column(&mut is_aliased)?];
            while self.take_symbol(",") {
                columns.push(self.column(&mut is_aliased)?);
            }
            Some(columns)
        };
        self.expect_keyword("from")?;
        let from = self.expression()?;
        let is_source_aliased = self.alias()?;
        let mut has_many_sources = false;
        while self.take_symbol(",") {
            has_many_sources = true;
            self.expression()?;
            self.alias()?;
        }
        let condition = self.condition()?;
        if self.is_keyword("group") && self.is_keyword_ahead(1, "by") {
            self.at += 2;
            self.expression()?;
            while self.take_symbol(",") {
                self.expression()?;
            }
            foreign = foreign.or(Some(ForeignClause::GroupBy));
        }
        if self.take_keyword("having") {
            let span = self.expression()?.span;
            foreign = foreign.or(Some(ForeignClause::Having(span)));
        }
        let order = self.order()?;
        if self.take_keyword("limit") {
            let span = self.expression()?.span;
            foreign = foreign.or(Some(ForeignClause::Limit(span)));
        }
        Ok(SelectAst {
            columns,
            is_aliased,
            from,
            is_source_aliased,
            has_many_sources,
            condition,
            order,
            foreign,
        })
    }

    fn column(&mut self, is_aliased: &mut bool) -> Parse<Expr> {
        let column = self.expression()?;
        *is_aliased |= self.alias()?;
        Ok(column)
    }

    /// True if a name was given to what stands before.
    fn alias(&mut self) -> Parse<bool> {
        if self.take_keyword("as") {
            return match self.take_name() {
                Some(_) => Ok(true),
                None => Err(Malformed::UnexpectedTerm.into()),
            };
        }
        Ok(self.take_name().is_some())
    }

    fn condition(&mut self) -> Parse<Option<Expr>> {
        if self.take_keyword("where") {
            return self.expression().map(Some);
        }
        Ok(None)
    }

    fn order(&mut self) -> Parse<Vec<(Expr, bool)>> {
        let mut order = Vec::new();
        if !(self.is_keyword("order") && self.is_keyword_ahead(1, "by")) {
            return Ok(order);
        }
        self.at += 2;
        loop {
            let by = self.expression()?;
            let descends = self.take_keyword("desc");
            if !descends {
                self.take_keyword("asc");
            }
            order.push((by, descends));
            if !self.take_symbol(",") {
                return Ok(order);
            }
        }
    }

    /// `INSERT INTO … VALUE …`
    fn insert(&mut self) -> Parse<StatementAst> {
        self.skip();
        self.expect_keyword("into")?;
        let target = self.target()?;
        if !self.take_keyword("value") {
            self.rows()?;
            self.end()?;
            return Err(StatementFault::Operation("InsertOp"));
        }
        let value = self.expression()?;
        let returns = self.returning()?.is_some();
        Ok(StatementAst::Insert { target, value, returns })
    }

    /// What PartiQL lets INSERT take besides one value: rows, a query, a sequence, a parameter. DynamoDB reads it and refuses it; a
    /// list of columns, as other dialects have it, is left over.
    fn rows(&mut self) -> Parse<()> {
        match self.peek(0) {
            Token::Keyword("values", _) => loop {
                // The word, then the comma before every further row.
                self.skip();
                if !self.is_symbol("(") || self.list(")")?.is_empty() {
                    return Err(Malformed::TokenLeft.into());
                }
                if !self.is_symbol(",") {
                    return Ok(());
                }
            },
            Token::Keyword("select", _) => self.select().map(|_| ()),
            Token::Symbol("<<" | "{" | "(" | "?") => self.expression().map(|_| ()),
            Token::End => Err(Malformed::UnexpectedTerm.into()),
            _ => Err(Malformed::TokenLeft.into()),
        }
    }

    /// `UPDATE … SET … REMOVE … WHERE … RETURNING …`
    fn update(&mut self) -> Parse<StatementAst> {
        self.skip();
        let mut target = self.target()?;
        target.is_aliased = self.alias()?;
        let clauses = self.clauses()?;
        let condition = self.condition()?;
        Ok(StatementAst::Update {
            target,
            clauses,
            condition,
            returning: self.returning()?,
        })
    }

    /// `FROM … WHERE … SET … REMOVE … RETURNING …`
    fn update_from(&mut self) -> Parse<StatementAst> {
        self.skip();
        let mut target = self.target()?;
        target.is_aliased = self.alias()?;
        let condition = self.condition()?;
        let clauses = self.clauses()?;
        Ok(StatementAst::Update {
            target,
            clauses,
            condition,
            returning: self.returning()?,
        })
    }

    /// `DELETE FROM … WHERE … RETURNING …`
    fn delete(&mut self) -> Parse<StatementAst> {
        self.skip();
        self.expect_keyword("from")?;
        let mut target = self.target()?;
        target.is_aliased = self.alias()?;
        Ok(StatementAst::Delete {
            target,
            condition: self.condition()?,
            returning: self.returning()?,
        })
    }

    /// A table, or a table and an index.
    fn target(&mut self) -> Parse<Target> {
        let mut parts = vec![self.take_name().ok_or(Malformed::NameExpected)?];
        while self.take_symbol(".") {
            parts.push(self.take_name().ok_or(Malformed::PathStep)?);
        }
        Ok(Target {
            parts,
            is_aliased: false,
        })
    }

    fn clauses(&mut self) -> Parse<Vec<Clause>> {
        let mut clauses = Vec::new();
        loop {
            if self.take_keyword("set") {
                loop {
                    let path = self.simple_path()?;
                    self.expect_symbol("=")?;
                    clauses.push(Clause::Set(path, self.expression()?));
                    if !self.take_symbol(",") {
                        break;
                    }
                }
            } else if self.take_keyword("remove") {
                clauses.push(Clause::Remove(self.simple_path()?));
            } else if clauses.is_empty() {
                return Err(Malformed::ManipulationExpected.into());
            } else {
                return Ok(clauses);
            }
        }
    }

    /// A path of names and, in brackets, numbers, strings and names.
    fn simple_path(&mut self) -> Parse<Expr> {
        let span = self.span();
        let name = self.take_name().ok_or(Malformed::NameExpected)?;
        let mut steps = Vec::new();
        loop {
            let place = if self.take_symbol(".") {
                let span = self.span();
                let name = self.take_name().ok_or(Malformed::PathStep)?;
                PathStep {
                    kind: PathStepKind::Name(name),
                    span,
                }
            } else if self.take_symbol("[") {
                let sign = if self.take_symbol("-") { "-" } else { "" };
                let span = self.span();
                let kind = match self.peek(0) {
                    Token::Number(digits) => PathStepKind::Index(format!("{sign}{digits}")),
                    Token::Text(name) | Token::Quoted(name) if sign.is_empty() => PathStepKind::Name(name.clone()),
                    Token::Name(name) if sign.is_empty() => PathStepKind::Name((*name).to_owned()),
                    _ => return Err(Malformed::NameExpected.into()),
                };
                self.skip();
                self.expect_symbol("]")?;
                PathStep { kind, span }
            } else {
                break;
            };
            steps.push(place);
        }
        Ok(Expr {
            span,
            kind: ExprKind::Path(name, steps),
        })
    }

    fn returning(&mut self) -> Parse<Option<Returning>> {
        if !self.take_keyword("returning") {
            return Ok(None);
        }
        let only_modified = self.take_keyword("modified");
        if !only_modified {
            self.expect_keyword("all")?;
        }
        let new = self.take_keyword("new");
        if !new {
            self.expect_keyword("old")?;
        }
        if !self.take_symbol("*") {
            self.expression()?;
            return Err(StatementFault::ReturningColumn);
        }
        if self.is_symbol(",") {
            return Err(StatementFault::ManyReturning);
        }
        Ok(Some(match (only_modified, new) {
            (false, false) => Returning::AllOld,
            (false, true) => Returning::AllNew,
            (true, false) => Returning::ModifiedOld,
            (true, true) => Returning::ModifiedNew,
        }))
    }
}
