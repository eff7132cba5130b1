//! Conditions and filters: bound, then evaluated over flat items.

use super::fault::ExpressionFault;
use super::{ConditionAst, Placeholders};
use crate::value::flat::Map;
use std::rc::Rc;

/// A bound condition or filter. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Condition {}

impl Condition {
    /// Resolves names and values, and checks operands.
    pub fn bind(_ast: &Rc<ConditionAst>, _placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        todo!()
    }
    /// True when the item meets the condition; an item that is not there has no attributes.
    pub fn holds(&self, _item: Option<Map<'_>>) -> bool {
        todo!()
    }
    /// Top-level attributes that the condition reads, each once, in byte order.
    pub fn top_level_names(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}
