//! The right sides of clauses, each read from the item before.

use super::set::{difference, union};
use crate::expression::ast::{Action, Arena, Element, Operand, OperandId, Path, ValueId};
use crate::expression::bind::Bindings;
use crate::expression::fault::UpdateFault;
use crate::expression::function::{Function, Sign};
use crate::expression::read;
use crate::value::admit::{NESTING_LEVELS_MAX, deeper_than};
use crate::value::flat::{List, Map, Tag, ValueRef, View, Writer};
use crate::value::number;
use std::borrow::Cow;

/// What becomes of a clause's target.
#[derive(Debug)]
pub(in crate::expression) enum Change<'v> {
    /// It is, or becomes, this value.
    Write(Cow<'v, [u8]>),
    /// It goes.
    Remove,
    /// It stays as it is, there or not.
    Keep,
}

/// The clauses' right sides, read from one item.
pub(super) struct Evaluation<'e> {
    pub(super) arena: &'e Arena,
    pub(super) bindings: &'e Bindings,
    pub(super) item: Map<'e>,
}

impl<'e> Evaluation<'e> {
    /// What a clause makes of its target.
    pub(super) fn change(&self, action: &Action) -> Result<Change<'e>, UpdateFault> {
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
    pub(super) fn place_fault(&self, target: &Path) -> Option<UpdateFault> {
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
