//! The expressions of one request: parsed through the cache and bound to the request's names and values.
//!
//! Faults come in AWS's order. Placeholders are judged before any expression that might have them, so that one with a hyphen, which
//! breaks the expression as well, is named itself. An expression's syntax is judged before what names and values hold; an earlier expression is judged whole before
//! a later one; names and values that cannot be read are reported only once every expression has been parsed; what nothing uses
//! is reported last, after the request's items and keys were admitted.

use super::Dialect;
use crate::error::Error;
use crate::expression::{
    BoundKeyConditions, Condition, ExpressionCache, ExpressionFault, Kind, Paths, Placeholders, SearchCondition, Update,
};
use crate::request::tree::{Entries, RawMap};
use crate::value::flat::Map;
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
    ///
    /// # Errors
    /// Maps that are empty or have keys that are no placeholders.
    #[inline]
    pub fn new(
        dialect: Dialect,
        cache: &'c mut ExpressionCache,
        names: Option<&Entries<'a, &'a str>>,
        values: Option<RawMap<'a>>,
    ) -> Result<Self, Error> {
        let mut binder = Binder {
            dialect,
            cache,
            placeholders: Placeholders::none(),
            unreadable: None,
        };
        if names.is_some() || values.is_some() {
            binder.take(names, values)?;
        }
        Ok(binder)
    }

    #[inline(never)]
    fn take(&mut self, names: Option<&Entries<'a, &'a str>>, values: Option<RawMap<'a>>) -> Result<(), Error> {
        let dialect = self.dialect;
        let values = match values {
            Some(raw) => Some(raw.map().map_err(|fault| dialect.value(fault.into()))?),
            None => None,
        };
        let keys = names.map(|names| names.iter().map(|(key, _)| key));
        Placeholders::check_keys(keys, values).map_err(|fault| dialect.placeholder(fault))?;
        self.unreadable = read(dialect, &mut self.placeholders, names, values).err();
        Ok(())
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

fn read<'a>(
    dialect: Dialect,
    placeholders: &mut Placeholders<'a>,
    names: Option<&Entries<'a, &'a str>>,
    values: Option<Map<'a>>,
) -> Result<(), Error> {
    if let Some(names) = names {
        placeholders
            .read_names(names.iter().map(|(name, attribute)| (name, *attribute)))
            .and_then(|()| placeholders.check_size())
            .map_err(|fault| dialect.placeholder(fault))?;
    }
    if let Some(values) = values {
        placeholders
            .read_values(values, dialect.layer, dialect.value_levels)
            .map_err(|fault| dialect.values(fault))?;
        placeholders.check_size().map_err(|fault| dialect.placeholder(fault))?;
    }
    Ok(())
}
