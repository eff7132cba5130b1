//! Names and values resolved: what a bound expression refers to, and the checks that need them.
//!
//! The order of the checks is the order of the faults. Conditions are checked from left to right, operands before the
//! operator they belong to.

mod bindings;
mod condition;
mod operand;

pub(crate) use bindings::Bindings;

use super::ast::{Arena, Element, Name, NameId, Path, ValueId};
use super::fault::ExpressionFault;
use super::function::Type;
use super::placeholders::Placeholders;

/// Elements that a path may have.
const PATH_ELEMENTS_MAX: usize = 32;

/// Resolves an expression's names and values, and checks its operands.
pub(super) struct Binder<'b, 'p> {
    arena: &'b Arena,
    placeholders: &'b mut Placeholders<'p>,
    bindings: Bindings,
    operators: usize,
}

impl<'b, 'p> Binder<'b, 'p> {
    pub(super) fn new(arena: &'b Arena, placeholders: &'b mut Placeholders<'p>) -> Self {
        Binder {
            arena,
            placeholders,
            bindings: Bindings::with_room(arena.names.len(), arena.values.len()),
            operators: 0,
        }
    }

    /// For an arena whose names and values are bound already: only the checks are left to do.
    pub(super) fn of_bound(arena: &'b Arena, placeholders: &'b mut Placeholders<'p>, bindings: Bindings) -> Self {
        debug_assert!(arena.names.is_empty() && arena.values.is_empty());
        Binder {
            arena,
            placeholders,
            bindings,
            operators: 0,
        }
    }

    /// What the placeholders stand for.
    pub(super) fn into_bindings(self) -> Bindings {
        self.bindings
    }

    /// What the placeholders stand for so far.
    pub(super) fn bindings(&self) -> &Bindings {
        &self.bindings
    }

    /// Resolves the names of a path.
    pub(super) fn path(&mut self, path: &Path) -> Result<(), ExpressionFault> {
        if path.0.len() > PATH_ELEMENTS_MAX {
            return Err(ExpressionFault::PathTooDeep { levels: path.0.len() });
        }
        for element in &path.0 {
            match element {
                Element::Name(name) => self.name(*name)?,
                Element::Index(_) => {}
            }
        }
        Ok(())
    }

    fn name(&mut self, id: NameId) -> Result<(), ExpressionFault> {
        let name = match self.arena.names.get(id.0 as usize) {
            Some(Name::Literal(name)) => name,
            Some(Name::Placeholder(key)) => match self.placeholders.name(key) {
                Some(name) => name,
                None => return Err(ExpressionFault::UndefinedName(key.to_string())),
            },
            // Bound from the beginning.
            None => return Ok(()),
        };
        self.bindings.bind_name(id, name);
        Ok(())
    }

    /// Resolves a value.
    pub(super) fn value(&mut self, id: ValueId) -> Result<Option<Type>, ExpressionFault> {
        let Some(key) = self.arena.values.get(id.0 as usize) else {
            // Bound from the beginning.
            return Ok(self.bindings.value(id).and_then(Type::of));
        };
        if !self.bindings.has_value(id) {
            let Some(value) = self.placeholders.value(key) else {
                return Err(ExpressionFault::UndefinedValue(key.to_string()));
            };
            self.bindings.bind_value(id, value.get());
        }
        Ok(self.bindings.value(id).and_then(Type::of))
    }
}
