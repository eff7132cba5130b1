//! What an expression's text says, before names and values are known.

use super::fault::ExpressionFault;

/// A condition, filter or key condition as written.
#[derive(Debug)]
pub struct ConditionAst {}

impl ConditionAst {
    /// Reads the text of a ConditionExpression, FilterExpression or KeyConditionExpression.
    pub fn parse(_text: &str) -> Result<Self, ExpressionFault> {
        todo!()
    }
}

/// A projection as written.
#[derive(Debug)]
pub struct ProjectionAst {}

impl ProjectionAst {
    /// Reads the text of a ProjectionExpression.
    pub fn parse(_text: &str) -> Result<Self, ExpressionFault> {
        todo!()
    }
}

/// An update as written.
#[derive(Debug)]
pub struct UpdateAst {}

impl UpdateAst {
    /// Reads the text of an UpdateExpression.
    pub fn parse(_text: &str) -> Result<Self, ExpressionFault> {
        todo!()
    }
}
