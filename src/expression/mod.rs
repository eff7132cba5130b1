//! DynamoDB's expressions: conditions, filters, key conditions, projections and updates.
//!
//! An expression passes through three types. Text becomes an AST that knows nothing but the text, so that it can be kept by [`ExpressionCache`]; binding resolves the AST's names and values with a request's [`Placeholders`] and checks
//! everything that can be checked without an item; the bound form ([`Condition`], [`Paths`], [`Update`], [`KeyConditions`])
//! is evaluated over flat items without building trees of values. Faults are data ([`ExpressionFault`] and its kin); their
//! sentences are AWS's and stand in [`fault`] alone.
//!
//! Nothing here reads a table: what a key is comes in as an argument.

mod ast;
mod bind;
mod build;
mod cache;
mod charge;
mod condition;
mod fault;
mod function;
mod key_condition;
mod key_match;
mod lexer;
mod parser;
mod paths;
mod placeholders;
mod projection;
mod read;
mod reserved;
mod rewrite;
mod search_condition;
#[cfg(test)]
mod testing;
mod update;

pub(crate) use ast::{Action, Arena, Element, Name, Node, Operand, Path, ValueId};
pub use ast::{ConditionAst, NodeId, OperandId, ProjectionAst, TEXT_BYTES_MAX, UpdateAst};
pub use build::{Builder, PathElement};
pub use cache::ExpressionCache;
pub use condition::Condition;
pub use fault::{
    ExpressionFault, KeyConditionFault, PlaceholderFault, PlaceholderMap, UpdateFault, ValueOfPlaceholder,
};
pub use function::{Comparator, Function, Sign, Type};
pub use key_condition::{BoundKeyConditions, KeyClause, KeyComparison, KeyConditions};
pub use key_match::{KeyMatch, match_schema};
pub use placeholders::Placeholders;
pub use projection::Paths;
pub use search_condition::SearchCondition;
pub use update::{Update, Updated};

/// Which parameter an expression stands in. Filters and conditions are one language; only their faults name the parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ConditionExpression`
    Condition,
    /// `FilterExpression`
    Filter,
    /// `KeyConditionExpression`
    KeyCondition,
    /// `ProjectionExpression`
    Projection,
    /// `SearchConditionExpression`
    SearchCondition,
    /// `UpdateExpression`
    Update,
}

impl Kind {
    /// The parameter's name.
    pub fn parameter(self) -> &'static str {
        match self {
            Kind::Condition => "ConditionExpression",
            Kind::Filter => "FilterExpression",
            Kind::KeyCondition => "KeyConditionExpression",
            Kind::Projection => "ProjectionExpression",
            Kind::SearchCondition => "SearchConditionExpression",
            Kind::Update => "UpdateExpression",
        }
    }
}
