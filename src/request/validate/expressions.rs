//! The expressions of one request: parsed through the cache and bound to the request's names and values.
//!
//! Faults come in AWS's order. An expression's syntax is judged before any value is; an earlier expression is judged whole before
//! a later one; names and values that cannot be read are reported only once every expression has been parsed; what nothing uses
//! is reported last, after the request's items and keys were admitted.

use super::Dialect;
use crate::error::Error;
use crate::expression::{
    BoundKeyConditions, Condition, ExpressionCache, ExpressionFault, Kind, Paths, Placeholders, SearchCondition, Update,
};
use crate::request::tree::{Entries, RawMap};
use std::rc::Rc;

/// Binds the expressions of one request.
pub(super) struct Binder<'a, 'c> {
    dialect: Dialect,
    cache: &'c mut ExpressionCache,
    placeholders: Placeholders<'a>,
    /// What is wrong with names or values, held back until every expression was parsed.
    unreadable: Option<Error>,
}

impl<'a, 'c> Binder<'a, 'c> {
    /// Reads the names and values of a request.
    #[inline]
    pub fn new(
        dialect: Dialect,
        cache: &'c mut ExpressionCache,
        names: Option<&Entries<'a, &'a str>>,
        values: Option<RawMap<'a>>,
    ) -> Self {
        let mut placeholders = Placeholders::none();
        let unreadable = match (names, values) {
            (None, None) => None,
            _ => read(dialect, &mut placeholders, names, values).err(),
        };
        Binder {
            dialect,
            cache,
            placeholders,
            unreadable,
        }
    }

    /// A ConditionExpression or FilterExpression.
    pub fn condition(&mut self, kind: Kind, text: Option<&str>) -> Result<Option<Condition>, Error> {
        self.bind(kind, text, ExpressionCache::condition, Condition::bind)
    }
    /// A ProjectionExpression.
    pub fn paths(&mut self, text: Option<&str>) -> Result<Option<Paths>, Error> {
        self.bind(Kind::Projection, text, ExpressionCache::projection, Paths::bind)
    }
    /// A KeyConditionExpression, whose clauses are read once all names and values are known to be used.
    pub fn key_conditions(&mut self, text: Option<&str>) -> Result<Option<BoundKeyConditions>, Error> {
        self.bind(
            Kind::KeyCondition,
            text,
            ExpressionCache::condition,
            BoundKeyConditions::bind,
        )
    }
    /// A SearchConditionExpression.
    pub fn search_condition(&mut self, text: Option<&str>) -> Result<Option<SearchCondition>, Error> {
        self.bind(
            Kind::SearchCondition,
            text,
            ExpressionCache::condition,
            SearchCondition::bind,
        )
    }
    /// An UpdateExpression.
    pub fn update(&mut self, text: Option<&str>) -> Result<Option<Update>, Error> {
        self.bind(Kind::Update, text, ExpressionCache::update, Update::bind)
    }

    #[inline]
    fn bind<Ast, Bound>(
        &mut self,
        kind: Kind,
        text: Option<&str>,
        parse: impl FnOnce(&mut ExpressionCache, &str) -> Result<Rc<Ast>, ExpressionFault>,
        bind: impl FnOnce(&Rc<Ast>, &mut Placeholders<'a>) -> Result<Bound, ExpressionFault>,
    ) -> Result<Option<Bound>, Error> {
        match text {
            None => Ok(None),
            Some(text) => self.bind_text(kind, text, parse, bind),
        }
    }

    #[inline(never)]
    fn bind_text<Ast, Bound>(
        &mut self,
        kind: Kind,
        text: &str,
        parse: impl FnOnce(&mut ExpressionCache, &str) -> Result<Rc<Ast>, ExpressionFault>,
        bind: impl FnOnce(&Rc<Ast>, &mut Placeholders<'a>) -> Result<Bound, ExpressionFault>,
    ) -> Result<Option<Bound>, Error> {
        let ast = parse(self.cache, text).map_err(self.dialect.expression(kind))?;
        if self.unreadable.is_some() {
            return Ok(None);
        }
        bind(&ast, &mut self.placeholders)
            .map(Some)
            .map_err(self.dialect.expression(kind))
    }

    /// Call when every expression was bound: reports names and values that cannot be read. Until then a bound form may be missing.
    pub fn readable(&mut self) -> Result<(), Error> {
        match self.unreadable.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Call last: reports names and values that nothing uses.
    #[inline]
    pub fn all_used(self) -> Result<(), Error> {
        debug_assert!(self.unreadable.is_none(), "asked for after reading");
        if self.placeholders.is_empty() {
            return Ok(());
        }
        self.placeholders
            .check_all_used()
            .map_err(|fault| self.dialect.placeholder(fault))
    }
}

#[inline(never)]
fn read<'a>(
    dialect: Dialect,
    placeholders: &mut Placeholders<'a>,
    names: Option<&Entries<'a, &'a str>>,
    values: Option<RawMap<'a>>,
) -> Result<(), Error> {
    if let Some(names) = names {
        placeholders
            .read_names(names.iter().map(|(name, attribute)| (name, *attribute)))
            .and_then(|()| placeholders.check_size())
            .map_err(|fault| dialect.placeholder(fault))?;
    }
    if let Some(values) = values {
        let map = values.map().map_err(|fault| dialect.value(fault.into()))?;
        placeholders
            .read_values(map, dialect.layer, dialect.value_levels)
            .map_err(|fault| dialect.values(fault))?;
        placeholders.check_size().map_err(|fault| dialect.placeholder(fault))?;
    }
    Ok(())
}
