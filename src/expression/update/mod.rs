//! Updates: bound clauses, applied to an item's image before.
//!
//! Every operand is read from the image before, and every path means a place in it: `REMOVE l[0] SET l[1] = :v` replaces the
//! second element and drops the first. The image after is written in one walk; what no clause touches is copied as bytes.

mod evaluate;
mod set;
#[cfg(test)]
mod tests;

pub(super) use evaluate::Change;

use super::ast::{Action, Operand, UpdateAst};
use super::bind::{Binder, Bindings};
use super::fault::{ExpressionFault, UpdateFault};
use super::function::Type;
use super::paths::{Branch, bind_paths};
use super::placeholders::Placeholders;
use super::projection::Paths;
use super::{charge, rewrite};
use crate::value::Item;
use crate::value::flat::{ValueRef, Writer};
use evaluate::Evaluation;
use std::rc::Rc;

/// A bound update. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Update(Rc<Bound>);

#[derive(Debug)]
struct Bound {
    ast: Rc<UpdateAst>,
    bindings: Bindings,
    /// The clauses by their targets.
    targets: Branch<usize>,
    charge: usize,
}

/// What an update made of an item.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The item after the update. Its size is the caller's to check.
    pub item: Item,
    update: Update,
}

impl Update {
    /// Resolves names and values, checks operands, and refuses paths that overlap or conflict.
    ///
    /// # Errors
    /// First those of the targets, from the last clause to the first: more than 32 elements, a name that is not defined, a
    /// target in the way of one behind it. Then those of the operands, also from the last clause to the first: a name or
    /// value that is not defined, operands in the wrong number or of the wrong type. Then more than 300 operators.
    pub fn bind(ast: &Rc<UpdateAst>, placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        let mut binder = Binder::new(&ast.arena, placeholders);
        let numbered = ast.actions.iter().enumerate();
        let targets = bind_paths(&mut binder, numbered.map(|(number, action)| (action.target(), number)))?;
        for action in ast.actions.iter().rev() {
            bind_operands(&mut binder, action)?;
        }
        binder.check_operators()?;
        Ok(Update::of_parts(Rc::clone(ast), binder.into_bindings(), targets))
    }

    /// The update that an UpdateItem without any clause is: it stores the key of an item that is not there.
    pub fn nothing() -> Self {
        Update::of_parts(Rc::default(), Bindings::default(), Branch::attributes())
    }

    /// An update that needs no binding any more.
    pub(super) fn of_parts(ast: Rc<UpdateAst>, bindings: Bindings, targets: Branch<usize>) -> Self {
        let charge = charge::of_update(&ast.arena, &ast.actions, &bindings);
        Update(Rc::new(Bound {
            ast,
            bindings,
            targets,
            charge,
        }))
    }

    /// Top-level attributes that the update writes or removes something of, clause by clause.
    pub fn touched(&self) -> impl Iterator<Item = &str> {
        let targets = self.0.ast.actions.iter().map(Action::target);
        targets.map(|path| self.0.bindings.top_level_name(path))
    }

    /// Top-level attributes that the update sets to values as the caller gave them, clause by clause.
    pub fn given(&self) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
        let bound = &self.0;
        bound.ast.actions.iter().filter_map(|action| match action {
            Action::Set(path, operand) if path.0.len() == 1 => match bound.ast.arena.operand(*operand) {
                Some(Operand::Value(value)) => {
                    Some((bound.bindings.top_level_name(path), bound.bindings.value(*value)?))
                }
                Some(Operand::Path(_) | Operand::Call(..) | Operand::Sum(..)) | None => None,
            },
            Action::Set(..) | Action::Remove(_) | Action::Add(..) | Action::Delete(..) => None,
        })
    }

    /// True when the update writes or removes the top-level attribute or something inside it.
    pub fn touches(&self, name: &str) -> bool {
        self.0.targets.top_level_names().any(|touched| touched == name)
    }

    /// The attributes that the update reads or changes something inside of, in no particular order.
    pub fn entered_names(&self) -> impl Iterator<Item = &str> {
        let operands = &self.0.ast.arena.operands;
        self.0
            .targets
            .entered_names()
            .chain(self.0.bindings.entered_names(operands))
    }

    /// What the clauses count for by themselves, in bytes, whatever item they meet: against the item size limit where they are an
    /// UpdateExpression, against that of a transaction wherever they come from.
    pub fn charge(&self) -> usize {
        self.0.charge
    }

    /// Applies the update. `key` has the key attributes, which start the item when there is none before, and which operands
    /// can read even then. The caller has made sure that the update touches none of them.
    ///
    /// # Errors
    /// A target behind something that is no document, an operand that is not there or of the wrong type, a sum that is no
    /// number, an attribute nested too deep. Nothing has changed then.
    pub fn apply(&self, before: Option<&Item>, key: &Item) -> Result<Updated, UpdateFault> {
        let base = before.unwrap_or(key).attributes();
        let evaluation = Evaluation {
            arena: &self.0.ast.arena,
            bindings: &self.0.bindings,
            item: base,
        };
        let mut changes = Vec::with_capacity(self.0.ast.actions.len());
        for action in &self.0.ast.actions {
            let change = evaluation.change(action);
            // A clause that has no place to write to says so rather than what is wrong about its right side.
            changes.push(change.map_err(|fault| evaluation.place_fault(action.target()).unwrap_or(fault))?);
        }
        // Every clause is evaluated before the place of any that succeeds is looked for.
        rewrite::check_targets(base, &self.0.targets)?;
        let mut out = Writer::appending(Vec::with_capacity(before.unwrap_or(key).bytes().len() + self.0.charge));
        let grown = rewrite::write_item(base, &self.0.targets, &changes, &mut out);
        let size_bytes = before.unwrap_or(key).size_bytes().saturating_add_signed(grown);
        Ok(Updated {
            item: Item::of_size(out.bytes(), size_bytes),
            update: self.clone(),
        })
    }

    /// The paths of the clauses that `of` chooses.
    fn paths(&self, of: impl Fn(&Action) -> bool) -> Option<Paths> {
        let chosen = |number: &usize| self.0.ast.actions.get(*number).is_some_and(&of);
        self.0.targets.filtered(&chosen).map(Paths::of_tree)
    }
}

impl Updated {
    /// The answer to `UPDATED_OLD`: the touched paths as they were, `None` when there was nothing at any of them.
    pub fn old(&self, before: Option<&Item>) -> Option<Item> {
        let paths = self.update.paths(|_| true)?;
        projected(&paths, before?)
    }

    /// The answer to `UPDATED_NEW`: the written paths as they are now, `None` when there is nothing at any of them. What was
    /// only removed is not shown, nor are the list elements that moved into its place.
    pub fn new_fragments(&self) -> Option<Item> {
        let paths = self.update.paths(|action| !matches!(action, Action::Remove(_)))?;
        projected(&paths, &self.item)
    }
}

fn projected(paths: &Paths, item: &Item) -> Option<Item> {
    if !paths.keep_anything(item.attributes()) {
        return None;
    }
    let mut out = Writer::new();
    paths.project(item.attributes(), &mut out);
    Some(Item::from_admitted(out.bytes()))
}

pub(super) fn bind_operands(binder: &mut Binder<'_, '_>, action: &Action) -> Result<(), ExpressionFault> {
    let (section, value, accepted): (_, _, fn(Type) -> bool) = match action {
        Action::Remove(_) => return Ok(()),
        Action::Set(_, operand) => return binder.operand(*operand).map(|_| ()),
        Action::Add(_, value) => ("ADD", value, |known| known == Type::N || known.is_set()),
        Action::Delete(_, value) => ("DELETE", value, Type::is_set),
    };
    match binder.value(*value)? {
        Some(operand) if !accepted(operand) => Err(ExpressionFault::ActionType { section, operand }),
        Some(_) | None => Ok(()),
    }
}
