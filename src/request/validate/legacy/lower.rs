//! Clauses and changes as the ASTs that expressions have, bound to their values.
//!
//! Attribute names stand in the AST as they are, so nothing is a reserved word and no dot is a path; values get placeholders that
//! no caller sees.

use super::super::Dialect;
use super::condition::Clause;
use super::update::Change;
use crate::error::Error;
use crate::expression::{Condition, Update};

pub(super) fn condition(_clauses: &[Clause<'_>], _any: bool, _dialect: Dialect) -> Result<Condition, Error> {
    Err(Error::UnknownOperationException)
}

pub(super) fn update(_changes: &[(&str, Change<'_>)], _dialect: Dialect) -> Result<Update, Error> {
    Err(Error::UnknownOperationException)
}
