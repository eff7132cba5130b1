//! Projections: the paths to keep, and their image of an item.

use super::fault::ExpressionFault;
use super::{Placeholders, ProjectionAst};
use crate::value::flat::{Map, Writer};
use std::rc::Rc;

/// The bound paths of a projection. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Paths {}

impl Paths {
    /// Resolves names and refuses paths that overlap or conflict.
    pub fn bind(_ast: &Rc<ProjectionAst>, _placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        todo!()
    }
    /// Paths of whole top-level attributes, as indexes and AttributesToGet have them; a name given twice counts once.
    pub fn top_level<'a>(_names: impl IntoIterator<Item = &'a str>) -> Self {
        todo!()
    }
    /// Writes the `Attributes` form of what the paths keep of `item`.
    pub fn project(&self, _item: Map<'_>, _out: &mut Writer) {
        todo!()
    }
    /// Top-level attributes that the paths start at, each once, in byte order.
    pub fn top_level_names(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}
