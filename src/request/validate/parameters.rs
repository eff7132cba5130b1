//! Parameters that exclude each other or need each other.

use super::Dialect;
use super::expressions::Binder;
use crate::error::Error;
use crate::error::item::ParameterFault;
use crate::expression::ExpressionCache;
use crate::request::tree::{Entries, RawMap};

/// The parameters of a request that stand for or against expressions, each list in AWS's order.
pub(super) struct Parameters<'p, 'a> {
    /// Parameters that expressions have replaced, and whether they are there.
    pub legacy: &'p [(&'static str, bool)],
    /// Expressions, and whether they are there.
    pub expressions: &'p [(&'static str, bool)],
    /// ExpressionAttributeNames.
    pub names: Option<&'p Entries<'a, &'a str>>,
    /// ExpressionAttributeValues, for operations that take them.
    pub values: Option<Values<'a>>,
}

/// ExpressionAttributeValues, and what could use it.
pub(super) struct Values<'a> {
    /// What was sent.
    pub given: Option<RawMap<'a>>,
    /// True if an expression that takes values is there.
    pub usable: bool,
    /// What is said to be null if none is.
    pub absent: Option<&'static str>,
}

fn any(parameters: &[(&'static str, bool)]) -> bool {
    parameters.iter().any(|(_, given)| *given)
}

fn given(parameters: &[(&'static str, bool)]) -> Vec<&'static str> {
    parameters
        .iter()
        .filter(|(_, given)| *given)
        .map(|(name, _)| *name)
        .collect()
}

impl<'a> Parameters<'_, 'a> {
    /// Binds the request's expressions, once its parameters are known to go together.
    #[inline]
    pub fn binder<'c>(&self, dialect: Dialect, cache: &'c mut ExpressionCache) -> Result<Binder<'a, 'c>, Error> {
        let values = self.values.as_ref().and_then(|values| values.given);
        // Most requests have nothing that could be at odds with an expression.
        if self.names.is_some() || values.is_some() || any(self.legacy) {
            self.check().map_err(|fault| dialect.item(fault))?;
        }
        Binder::new(dialect, cache, self.names, values)
    }

    /// Refuses expressions together with what they replaced, and names or values without expressions.
    #[inline(never)]
    pub fn check(&self) -> Result<(), ParameterFault> {
        let expressions = any(self.expressions);
        if expressions && any(self.legacy) {
            return Err(ParameterFault::Mixed {
                legacy: given(self.legacy),
                expressions: given(self.expressions),
            });
        }
        if self.names.is_some() && !expressions {
            return Err(ParameterFault::NamesWithoutExpression);
        }
        match &self.values {
            Some(values) if values.given.is_some() && !values.usable => {
                Err(ParameterFault::ValuesWithoutExpression { absent: values.absent })
            }
            Some(_) | None => Ok(()),
        }
    }
}
