//! Updates: bound clauses, applied to an item's image before.

use super::fault::{ExpressionFault, UpdateFault};
use super::{Placeholders, UpdateAst};
use crate::value::Item;
use std::rc::Rc;

/// A bound update. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Update {}

/// What an update made of an item.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The item after the update. Its size is the caller's to check.
    pub item: Item,
}

impl Update {
    /// Resolves names and values, checks operands, and refuses paths that overlap or conflict.
    pub fn bind(_ast: &Rc<UpdateAst>, _placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        todo!()
    }
    /// The update that an UpdateItem without any clause is: it stores the key of an item that is not there.
    pub fn nothing() -> Self {
        Update {}
    }
    /// Top-level attributes that the update writes or removes, in the order of its clauses.
    pub fn touched(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
    /// True when the update writes or removes the top-level attribute or something inside it.
    pub fn touches(&self, name: &str) -> bool {
        self.touched().any(|touched| touched == name)
    }
    /// What the request's clauses count for against the item size limit, in bytes, whatever item they meet.
    pub fn charge(&self) -> usize {
        todo!()
    }
    /// Applies the update. `key` has the key attributes, which start the item when there is none before. Every operand is
    /// read from the image before.
    pub fn apply(&self, _before: Option<&Item>, _key: &Item) -> Result<Updated, UpdateFault> {
        todo!()
    }
}

impl Updated {
    /// The answer to `UPDATED_OLD`: the touched paths as they were, `None` when there was nothing at any of them.
    pub fn old(&self, _before: Option<&Item>) -> Option<Item> {
        todo!()
    }
    /// The answer to `UPDATED_NEW`: the touched paths as they are now, `None` when there is nothing at any of them.
    pub fn new_fragments(&self) -> Option<Item> {
        todo!()
    }
}
