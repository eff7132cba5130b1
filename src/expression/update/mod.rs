//! Updates: bound clauses, applied to an item's image before.
//!
//! Every operand is read from the image before, and every path means a place in it: `REMOVE l[0] SET l[1] = :v` replaces the
//! second element and drops the first. The image after is written in one walk; what no clause touches is copied as bytes.

use super::ast::{Action, Arena, Element, Operand, OperandId, Path, UpdateAst, ValueId};
use super::bind::{Binder, Bindings};
use super::fault::{ExpressionFault, UpdateFault};
use super::function::{Function, Sign, Type};
use super::paths::{Branch, bind_paths};
use super::placeholders::Placeholders;
use super::projection::Paths;
use super::{charge, read, rewrite};
use crate::value::Item;
use crate::value::admit::{NESTING_LEVELS_MAX, deeper_than};
use crate::value::flat::{List, Map, Tag, Texts, ValueRef, View, Writer};
use crate::value::number;
use std::borrow::Cow;
use std::cmp::Ordering;
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

/// What becomes of a clause's target.
#[derive(Debug)]
pub(super) enum Change<'v> {
    /// It is, or becomes, this value.
    Write(Cow<'v, [u8]>),
    /// It goes.
    Remove,
    /// It stays as it is, there or not.
    Keep,
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

/// The clauses' right sides, read from one item.
struct Evaluation<'e> {
    arena: &'e Arena,
    bindings: &'e Bindings,
    item: Map<'e>,
}

impl<'e> Evaluation<'e> {
    fn change(&self, action: &Action) -> Result<Change<'e>, UpdateFault> {
        let change = match action {
            Action::Set(_, operand) => Change::Write(self.operand(*operand)?),
            Action::Remove(_) => Change::Remove,
            Action::Add(path, value) => self.add(path, *value)?,
            Action::Delete(path, value) => self.delete(path, *value)?,
        };
        if let Change::Write(value) = &change {
            // The attribute itself is the first level; a target's every further element goes one deeper.
            let levels = (NESTING_LEVELS_MAX + 1).saturating_sub(action.target().0.len());
            let value = ValueRef::read(value).map_err(|_| UpdateFault::OperandType)?;
            if deeper_than(value, levels).unwrap_or(true) {
                return Err(UpdateFault::TooDeep);
            }
        }
        Ok(change)
    }

    /// What is wrong about the place that a target means, if anything: its parent is missing, or no such document.
    fn place_fault(&self, target: &Path) -> Option<UpdateFault> {
        let (last, parents) = target.0.split_last()?;
        if parents.is_empty() {
            return None;
        }
        let parent = read::at(self.item, &Path(parents.to_vec()), self.bindings);
        match (last, parent.map(|parent| parent.view())) {
            (Element::Name(_), Some(Ok(View::M(_)))) | (Element::Index(_), Some(Ok(View::L(_)))) => None,
            (Element::Name(_) | Element::Index(_), _) => Some(UpdateFault::InvalidPath),
        }
    }

    fn operand(&self, id: OperandId) -> Result<Cow<'e, [u8]>, UpdateFault> {
        match self.arena.operand(id) {
            Some(Operand::Path(path)) => {
                let value = read::at(self.item, path, self.bindings).ok_or(UpdateFault::MissingAttribute)?;
                Ok(Cow::Borrowed(value.bytes()))
            }
            Some(Operand::Value(value)) => self.value(*value).map(|value| Cow::Borrowed(value.bytes())),
            Some(Operand::Sum(sign, left, right)) => self.sum(*sign, *left, *right),
            Some(Operand::Call(Function::IfNotExists, operands)) => self.if_not_exists(operands),
            Some(Operand::Call(Function::ListAppend, operands)) => self.list_append(operands),
            Some(Operand::Call(_, _)) | None => {
                debug_assert!(false, "updates have two functions");
                Err(UpdateFault::OperandType)
            }
        }
    }

    fn value(&self, id: ValueId) -> Result<ValueRef<'e>, UpdateFault> {
        self.bindings.value(id).ok_or(UpdateFault::OperandType)
    }

    fn sum(&self, sign: Sign, left: OperandId, right: OperandId) -> Result<Cow<'e, [u8]>, UpdateFault> {
        let left = self.operand(left)?;
        let left = number_of(&left)?;
        let right = self.operand(right)?;
        let right = number_of(&right)?;
        let sum = match sign {
            Sign::Plus => number::add(left, right),
            Sign::Minus => number::subtract(left, right),
        };
        Ok(Cow::Owned(number_value(&sum.map_err(UpdateFault::Number)?)))
    }

    /// The other operand must be there even if it is not needed.
    fn if_not_exists(&self, operands: &[OperandId]) -> Result<Cow<'e, [u8]>, UpdateFault> {
        let [path, other] = operands else {
            return Err(UpdateFault::OperandType);
        };
        let other = self.operand(*other)?;
        let path = self.arena.path(*path).ok_or(UpdateFault::OperandType)?;
        Ok(match read::at(self.item, path, self.bindings) {
            Some(value) => Cow::Borrowed(value.bytes()),
            None => other,
        })
    }

    fn list_append(&self, operands: &[OperandId]) -> Result<Cow<'e, [u8]>, UpdateFault> {
        let [first, second] = operands else {
            return Err(UpdateFault::OperandType);
        };
        let first = self.operand(*first)?;
        let first = list_of(&first)?;
        let second = self.operand(*second)?;
        let second = list_of(&second)?;
        let mut out = Writer::new();
        let open = out.open(Tag::L, first.len() + second.len());
        for element in first.iter().chain(second.iter()) {
            out.copy(element);
        }
        out.close(open);
        Ok(Cow::Owned(out.into_bytes()))
    }

    fn add(&self, path: &Path, value: ValueId) -> Result<Change<'e>, UpdateFault> {
        let value = self.value(value)?;
        let Some(before) = read::at(self.item, path, self.bindings) else {
            return Ok(Change::Write(Cow::Borrowed(value.bytes())));
        };
        let after = match (view(before)?, view(value)?) {
            (View::N(before), View::N(added)) => {
                number_value(&number::add(before, added).map_err(UpdateFault::Number)?)
            }
            (View::Ss(before), View::Ss(added)) => union(Tag::Ss, before, added),
            (View::Ns(before), View::Ns(added)) => union(Tag::Ns, before, added),
            (View::Bs(before), View::Bs(added)) => union(Tag::Bs, before, added),
            _ => return Err(UpdateFault::OperandType),
        };
        Ok(Change::Write(Cow::Owned(after)))
    }

    fn delete(&self, path: &Path, value: ValueId) -> Result<Change<'e>, UpdateFault> {
        let value = self.value(value)?;
        let Some(before) = read::at(self.item, path, self.bindings) else {
            return Ok(Change::Keep);
        };
        let (tag, before, deleted) = match (view(before)?, view(value)?) {
            (View::Ss(before), View::Ss(deleted)) => (Tag::Ss, before, deleted),
            (View::Ns(before), View::Ns(deleted)) => (Tag::Ns, before, deleted),
            (View::Bs(before), View::Bs(deleted)) => (Tag::Bs, before, deleted),
            _ => return Err(UpdateFault::OperandType),
        };
        Ok(match difference(tag, before, deleted) {
            Some(after) => Change::Write(Cow::Owned(after)),
            None => Change::Remove,
        })
    }
}

fn view(value: ValueRef<'_>) -> Result<View<'_>, UpdateFault> {
    value.view().map_err(|_| UpdateFault::OperandType)
}

fn number_of(value: &[u8]) -> Result<&[u8], UpdateFault> {
    match ValueRef::read(value).and_then(|value| value.view()) {
        Ok(View::N(text)) => Ok(text),
        _ => Err(UpdateFault::OperandType),
    }
}

fn list_of(value: &[u8]) -> Result<List<'_>, UpdateFault> {
    match ValueRef::read(value).and_then(|value| value.view()) {
        Ok(View::L(list)) => Ok(list),
        _ => Err(UpdateFault::OperandType),
    }
}

fn number_value(text: &[u8]) -> Vec<u8> {
    let mut out = Writer::appending(Vec::with_capacity(text.len() + 2));
    out.scalar(Tag::N, text);
    out.into_bytes()
}

fn compare_members(tag: Tag, a: &[u8], b: &[u8]) -> Ordering {
    if tag == Tag::Ns {
        number::compare(a, b)
    } else {
        a.cmp(b)
    }
}

/// Both sets' members, ascending as in both.
fn union(tag: Tag, a: Texts<'_>, b: Texts<'_>) -> Vec<u8> {
    let mut members = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (Some(a), Some(b)) => compare_members(tag, a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        members.extend(match order {
            Ordering::Less => a.next(),
            Ordering::Greater => b.next(),
            Ordering::Equal => a.next().and(b.next()),
        });
    }
    set_value(tag, &members)
}

/// The members of `a` that are not in `b`, unless there are none.
fn difference(tag: Tag, a: Texts<'_>, b: Texts<'_>) -> Option<Vec<u8>> {
    let mut members = Vec::with_capacity(a.len());
    let mut b = b.iter().peekable();
    for member in a.iter() {
        while b
            .next_if(|deleted| compare_members(tag, deleted, member) == Ordering::Less)
            .is_some()
        {}
        if b.peek() != Some(&member) {
            members.push(member);
        }
    }
    (!members.is_empty()).then(|| set_value(tag, &members))
}

fn set_value(tag: Tag, members: &[&[u8]]) -> Vec<u8> {
    let mut out = Writer::new();
    let open = out.open(tag, members.len());
    for member in members {
        out.text(member);
    }
    out.close(open);
    out.into_bytes()
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
