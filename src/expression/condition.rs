//! Conditions and filters: bound, then evaluated over flat items.

use super::ast::{Arena, ConditionAst, Node, NodeId, Operand, OperandId};
use super::bind::{Binder, Bindings};
use super::fault::ExpressionFault;
use super::function::{Comparator, Function, Type};
use super::placeholders::Placeholders;
use super::read;
use crate::ordered::OrderedSet;
use crate::value;
use crate::value::flat::{Collection, Cursor, Map, Tag, ValueRef, View, Writer};
use std::cmp::Ordering;
use std::rc::Rc;

/// A bound condition or filter. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Condition {
    ast: Rc<ConditionAst>,
    bindings: Rc<Bindings>,
}

impl Condition {
    /// Resolves names and values, and checks operands.
    ///
    /// # Errors
    /// The leftmost of: a name or value that is not defined, a path over 32 elements, operands in the wrong number or of the
    /// wrong type, a path compared with itself, bounds in the wrong order, more than 100 operands of IN. Then more than 300
    /// operators.
    pub fn bind(ast: &Rc<ConditionAst>, placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        let mut binder = Binder::new(&ast.arena, placeholders);
        binder.condition(ast.root)?;
        Ok(Condition {
            ast: Rc::clone(ast),
            bindings: Rc::new(binder.into_bindings()),
        })
    }

    /// A condition that needs no binding any more.
    pub(super) fn of_parts(ast: ConditionAst, bindings: Bindings) -> Self {
        Condition {
            ast: Rc::new(ast),
            bindings: Rc::new(bindings),
        }
    }

    /// Its names and values.
    pub(super) fn bindings(&self) -> &Bindings {
        &self.bindings
    }

    /// True when the item meets the condition; an item that is not there has no attributes.
    pub fn holds(&self, item: Option<Map<'_>>) -> bool {
        let nothing = Map(Collection {
            count: 0,
            body: Cursor::new(&[]),
        });
        Evaluation {
            arena: &self.ast.arena,
            bindings: &self.bindings,
            item: item.unwrap_or(nothing),
        }
        .node(self.ast.root)
    }

    /// Top-level attributes that the condition reads, each once, in byte order.
    pub fn top_level_names(&self) -> impl Iterator<Item = &str> {
        let paths = self.ast.arena.operands.iter().filter_map(|operand| match operand {
            Operand::Path(path) => Some(self.bindings.top_level_name(path)),
            Operand::Value(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        });
        paths.collect::<OrderedSet<_>>().into_iter()
    }

    /// The attributes that the condition reads something inside of, in no particular order.
    pub fn entered_names(&self) -> impl Iterator<Item = &str> {
        self.bindings.entered_names(&self.ast.arena.operands)
    }
}

/// What an operand is for one item.
enum Operated<'v> {
    /// No attribute is there, or it has no size.
    Missing,
    /// A value of the item or of the request.
    Value(ValueRef<'v>),
    /// A number that `size` made.
    Made(Writer),
}

impl Operated<'_> {
    fn get(&self) -> Option<ValueRef<'_>> {
        match self {
            Operated::Missing => None,
            Operated::Value(value) => Some(*value),
            Operated::Made(number) => ValueRef::read(number.bytes()).ok(),
        }
    }
}

/// One look at one item.
struct Evaluation<'e> {
    arena: &'e Arena,
    bindings: &'e Bindings,
    item: Map<'e>,
}

impl<'e> Evaluation<'e> {
    fn node(&self, id: NodeId) -> bool {
        let Some(node) = self.arena.node(id) else {
            debug_assert!(false, "a node refers to another of its arena");
            return false;
        };
        match node {
            Node::And(nodes) => nodes.iter().all(|node| self.node(*node)),
            Node::Or(nodes) => nodes.iter().any(|node| self.node(*node)),
            Node::Not(node) => !self.node(*node),
            Node::Compare(comparator, left, right) => {
                compares(*comparator, &self.operand(*left), &self.operand(*right))
            }
            Node::Between(subject, lower, upper) => {
                let subject = self.operand(*subject);
                compares(Comparator::GreaterOrEqual, &subject, &self.operand(*lower))
                    && compares(Comparator::LessOrEqual, &subject, &self.operand(*upper))
            }
            Node::In(subject, operands) => {
                let subject = self.operand(*subject);
                let mut operands = operands.iter();
                operands.any(|operand| compares(Comparator::Equal, &subject, &self.operand(*operand)))
            }
            Node::Call(call) => match self.arena.operand(*call) {
                Some(Operand::Call(function, operands)) => self.function(*function, operands),
                Some(Operand::Path(_) | Operand::Value(_) | Operand::Sum(_, _, _)) | None => {
                    debug_assert!(false, "only calls are conditions by themselves");
                    false
                }
            },
        }
    }

    fn operand(&self, id: OperandId) -> Operated<'e> {
        match self.arena.operand(id) {
            Some(Operand::Path(path)) => match read::at(self.item, path, self.bindings) {
                Some(value) => Operated::Value(value),
                None => Operated::Missing,
            },
            Some(Operand::Value(value)) => match self.bindings.value(*value) {
                Some(value) => Operated::Value(value),
                None => Operated::Missing,
            },
            Some(Operand::Call(Function::Size, operands)) => {
                let size = operands
                    .first()
                    .and_then(|operand| size_of(self.operand(*operand).get()?));
                match size {
                    Some(size) => {
                        let mut number = Writer::new();
                        number.scalar(Tag::N, size.to_string().as_bytes());
                        Operated::Made(number)
                    }
                    None => Operated::Missing,
                }
            }
            Some(Operand::Call(_, _) | Operand::Sum(_, _, _)) | None => {
                debug_assert!(false, "the only function that is an operand of conditions is size");
                Operated::Missing
            }
        }
    }

    fn function(&self, function: Function, operands: &[OperandId]) -> bool {
        let first = operands.first().map_or(Operated::Missing, |first| self.operand(*first));
        let second = || {
            operands
                .get(1)
                .map_or(Operated::Missing, |second| self.operand(*second))
        };
        match function {
            Function::AttributeExists => first.get().is_some(),
            Function::AttributeNotExists => first.get().is_none(),
            Function::AttributeType => has_type(&first, &second()),
            Function::BeginsWith => begins_with(&first, &second()),
            Function::Contains => contains(&first, &second()),
            Function::Size | Function::IfNotExists | Function::ListAppend => {
                debug_assert!(false, "these functions are no conditions");
                false
            }
        }
    }
}

/// Values of two types are never equal and have no order; what is missing is only ever unequal.
fn compares(comparator: Comparator, left: &Operated<'_>, right: &Operated<'_>) -> bool {
    let (Some(left), Some(right)) = (left.get(), right.get()) else {
        return comparator == Comparator::NotEqual;
    };
    let order = || value::compare(left, right);
    match comparator {
        Comparator::Equal => value::equal(left, right),
        Comparator::NotEqual => !value::equal(left, right),
        Comparator::Less => order() == Some(Ordering::Less),
        Comparator::LessOrEqual => order().is_some_and(Ordering::is_le),
        Comparator::Greater => order() == Some(Ordering::Greater),
        Comparator::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
    }
}

fn has_type(value: &Operated<'_>, name: &Operated<'_>) -> bool {
    let (Some(value), Some(Ok(View::S(name)))) = (value.get(), name.get().map(|name| name.view())) else {
        return false;
    };
    Type::of(value).is_some_and(|known| known.name().as_bytes() == name)
}

fn begins_with(value: &Operated<'_>, beginning: &Operated<'_>) -> bool {
    let (Some(value), Some(beginning)) = (value.get(), beginning.get()) else {
        return false;
    };
    match (value.view(), beginning.view()) {
        (Ok(View::S(value)), Ok(View::S(beginning))) | (Ok(View::B(value)), Ok(View::B(beginning))) => {
            value.starts_with(beginning)
        }
        _ => false,
    }
}

fn contains(whole: &Operated<'_>, part: &Operated<'_>) -> bool {
    let (Some(whole), Some(part)) = (whole.get(), part.get()) else {
        return false;
    };
    match (whole.view(), part.view()) {
        (Ok(View::S(whole)), Ok(View::S(part))) | (Ok(View::B(whole)), Ok(View::B(part))) => holds_bytes(whole, part),
        (Ok(View::Ss(members)), Ok(View::S(member)))
        | (Ok(View::Ns(members)), Ok(View::N(member)))
        | (Ok(View::Bs(members)), Ok(View::B(member))) => members.iter().any(|known| known == member),
        (Ok(View::L(list)), Ok(_)) => list.iter().any(|element| value::equal(element, part)),
        _ => false,
    }
}

/// True when `part` is found in `whole`, in time that grows with their sum: both may be as long as an item
/// (Knuth-Morris-Pratt).
fn holds_bytes(whole: &[u8], part: &[u8]) -> bool {
    if part.is_empty() || part.len() > whole.len() {
        return part.is_empty();
    }
    // borders[i]: length of the longest proper beginning of part[..=i] that is also its end.
    let mut borders: Vec<usize> = Vec::with_capacity(part.len());
    let follow = |borders: &[usize], mut matched: usize, byte: u8| {
        while matched > 0 && part.get(matched) != Some(&byte) {
            matched = borders.get(matched - 1).copied().unwrap_or(0);
        }
        matched + usize::from(part.get(matched) == Some(&byte))
    };
    for (place, byte) in part.iter().enumerate() {
        let border = match place.checked_sub(1) {
            None => 0,
            Some(before) => follow(&borders, borders.get(before).copied().unwrap_or(0), *byte),
        };
        borders.push(border);
    }
    let mut matched = 0;
    for byte in whole {
        matched = follow(&borders, matched, *byte);
        if matched == part.len() {
            return true;
        }
    }
    false
}

/// What `size` says of a value: UTF-16 units of a string, bytes of a binary, members of a collection.
fn size_of(value: ValueRef<'_>) -> Option<usize> {
    match value.view().ok()? {
        View::S(text) => Some(utf16_length(text)),
        View::B(bytes) => Some(bytes.len()),
        View::Ss(members) | View::Ns(members) | View::Bs(members) => Some(members.len()),
        View::L(list) => Some(list.len()),
        View::M(map) => Some(map.len()),
        View::Null | View::Bool(_) | View::N(_) => None,
    }
}

/// UTF-16 units of UTF-8 text: one for each byte that starts a character, one more for those of four bytes.
fn utf16_length(text: &[u8]) -> usize {
    let starts = text.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    let long = text.iter().filter(|byte| **byte >= 0xf0).count();
    starts + long
}

#[cfg(test)]
#[path = "condition_tests.rs"]
mod tests;
