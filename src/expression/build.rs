//! Conditions and updates put together without text: what the legacy parameters and PartiQL say in their own ways.
//!
//! Names are attributes as they are, so that no word is reserved and no dot divides a path; values are admitted. The rules
//! that expressions have for operands are asked by the `checked` ways to finish; the others are for callers with rules of their own.

use super::ast::{Action, Arena, ConditionAst, Element, Node, NodeId, Operand, OperandId, Path, UpdateAst};
use super::bind::{Binder, Bindings};
use super::condition::Condition;
use super::fault::ExpressionFault;
use super::function::{Comparator, Function, Sign};
use super::paths::Branch;
use super::placeholders::Placeholders;
use super::projection::Paths;
use super::update::{Update, bind_operands};
use crate::sort;
use crate::value::flat::ValueRef;
use std::rc::Rc;

/// Puts one condition or one update together. Operands and conditions belong to the builder that made them.
#[derive(Debug, Default)]
pub struct Builder {
    arena: Arena,
    bindings: Bindings,
    actions: Vec<Action>,
    projected: Vec<Path>,
}

/// An element of a document path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathElement<'a> {
    /// A map's entry, or the attribute that a path starts with.
    Name(&'a str),
    /// A list's element, counting from zero.
    Index(u32),
}

impl Builder {
    /// A builder that has nothing yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// What an item has as a top-level attribute.
    pub fn attribute(&mut self, name: &str) -> OperandId {
        self.path(&[PathElement::Name(name)])
    }

    /// What an item has at a path, whose first element must be a name.
    pub fn path(&mut self, elements: &[PathElement<'_>]) -> OperandId {
        let path = self.resolved(elements);
        self.arena.add_operand(Operand::Path(path))
    }

    fn resolved(&mut self, elements: &[PathElement<'_>]) -> Path {
        debug_assert!(
            matches!(elements.first(), Some(PathElement::Name(_))),
            "paths start with a name"
        );
        let elements = elements.iter().map(|element| match element {
            PathElement::Name(name) => Element::Name(self.bindings.add_name(name)),
            PathElement::Index(index) => Element::Index(*index),
        });
        Path(elements.collect())
    }

    /// An admitted value.
    pub fn value(&mut self, value: ValueRef<'_>) -> OperandId {
        let value = self.bindings.add_value(value);
        self.arena.add_operand(Operand::Value(value))
    }

    /// A function of operands, as many as it takes. In conditions, `size` is the only one that is an operand of others.
    pub fn call(&mut self, function: Function, operands: &[OperandId]) -> OperandId {
        self.arena.add_operand(Operand::Call(function, operands.to_vec()))
    }

    /// A sum or difference, for updates.
    pub fn sum(&mut self, sign: Sign, left: OperandId, right: OperandId) -> OperandId {
        self.arena.add_operand(Operand::Sum(sign, left, right))
    }

    /// Two operands compared.
    pub fn compare(&mut self, comparator: Comparator, left: OperandId, right: OperandId) -> NodeId {
        self.arena.add_node(Node::Compare(comparator, left, right))
    }

    /// An operand from the lower to the upper bound.
    pub fn between(&mut self, subject: OperandId, lower: OperandId, upper: OperandId) -> NodeId {
        self.arena.add_node(Node::Between(subject, lower, upper))
    }

    /// An operand among others.
    pub fn is_in(&mut self, subject: OperandId, operands: Vec<OperandId>) -> NodeId {
        self.arena.add_node(Node::In(subject, operands))
    }

    /// A function that is a condition by itself: any but `size`, `if_not_exists` and `list_append`.
    pub fn holds(&mut self, function: Function, operands: &[OperandId]) -> NodeId {
        debug_assert!(function.is_condition());
        let call = self.call(function, operands);
        self.arena.add_node(Node::Call(call))
    }

    /// All of the conditions; always true without any.
    pub fn all(&mut self, conditions: Vec<NodeId>) -> NodeId {
        self.arena.add_node(Node::And(conditions))
    }

    /// One of the conditions at least; never true without any.
    pub fn any(&mut self, conditions: Vec<NodeId>) -> NodeId {
        self.arena.add_node(Node::Or(conditions))
    }

    /// The opposite.
    pub fn not(&mut self, condition: NodeId) -> NodeId {
        self.arena.add_node(Node::Not(condition))
    }

    /// Finishes a condition.
    pub fn into_condition(self, root: NodeId) -> Condition {
        let ast = ConditionAst {
            arena: self.arena,
            root,
        };
        Condition::of_parts(ast, self.bindings)
    }

    /// Finishes a condition whose operands nobody has checked.
    ///
    /// # Errors
    /// What [`Condition::bind`] refuses of operands.
    pub fn into_checked_condition(self, root: NodeId) -> Result<Condition, ExpressionFault> {
        let mut none = Placeholders::none();
        let mut binder = Binder::of_bound(&self.arena, &mut none, self.bindings);
        binder.condition(root)?;
        let bindings = binder.into_bindings();
        Ok(Condition::of_parts(ConditionAst::built(self.arena, root), bindings))
    }

    /// A path to show.
    pub fn project(&mut self, path: &[PathElement<'_>]) {
        let path = self.resolved(path);
        self.projected.push(path);
    }

    /// Finishes a projection.
    ///
    /// # Errors
    /// Of the paths as written, the first of more than 32 elements or in the way of one before it.
    pub fn into_paths(self) -> Result<Paths, ExpressionFault> {
        let mut none = Placeholders::none();
        let mut binder = Binder::of_bound(&self.arena, &mut none, self.bindings);
        let mut tree = Branch::attributes();
        for path in &self.projected {
            binder.path(path)?;
            tree.add(path, binder.bindings(), ())?;
        }
        Ok(Paths::of_tree(tree))
    }

    /// `SET path = operand`
    pub fn set(&mut self, path: &[PathElement<'_>], operand: OperandId) {
        let path = self.resolved(path);
        self.actions.push(Action::Set(path, operand));
    }

    /// `REMOVE path`
    pub fn remove(&mut self, path: &[PathElement<'_>]) {
        let path = self.resolved(path);
        self.actions.push(Action::Remove(path));
    }

    /// `ADD path value`: a number to a number, members to a set.
    pub fn add(&mut self, path: &[PathElement<'_>], value: ValueRef<'_>) {
        let path = self.resolved(path);
        let value = self.bindings.add_value(value);
        self.actions.push(Action::Add(path, value));
    }

    /// `DELETE path value`: members from a set.
    pub fn delete(&mut self, path: &[PathElement<'_>], value: ValueRef<'_>) {
        let path = self.resolved(path);
        let value = self.bindings.add_value(value);
        self.actions.push(Action::Delete(path, value));
    }

    /// Finishes an update whose operands nobody has checked.
    ///
    /// # Errors
    /// Of the clauses as written, the first whose target has more than 32 elements or is in the way of one before it; then what
    /// [`Update::bind`] refuses of operands.
    pub fn into_checked_update(self) -> Result<Update, ExpressionFault> {
        let mut none = Placeholders::none();
        let mut binder = Binder::of_bound(&self.arena, &mut none, self.bindings);
        let mut targets = Branch::attributes();
        for (number, action) in self.actions.iter().enumerate() {
            binder.path(action.target())?;
            targets.add(action.target(), binder.bindings(), number)?;
        }
        for action in &self.actions {
            bind_operands(&mut binder, action)?;
        }
        binder.check_operators()?;
        let bindings = binder.into_bindings();
        let ast = UpdateAst {
            arena: self.arena,
            actions: self.actions,
        };
        Ok(Update::of_parts(Rc::new(ast), bindings, targets))
    }

    /// Finishes an update.
    ///
    /// # Errors
    /// Two clauses in each other's way.
    pub fn into_update(self) -> Result<Update, ExpressionFault> {
        let mut targets = Branch::attributes();
        // There may be as many clauses as a request has room for; in order, each finds its place at the end.
        let mut numbered: Vec<(usize, &Action)> = self.actions.iter().enumerate().rev().collect();
        sort::by_key(&mut numbered, |(_, action)| {
            self.bindings.top_level_name(action.target())
        });
        for (number, action) in numbered {
            targets.add(action.target(), &self.bindings, number)?;
        }
        let ast = UpdateAst {
            arena: self.arena,
            actions: self.actions,
        };
        Ok(Update::of_parts(Rc::new(ast), self.bindings, targets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::testing::{item, item_of, to_json};
    use crate::value::flat::{Tag, Writer};
    use serde_json::json;

    fn number(text: &str) -> Vec<u8> {
        let mut out = Writer::new();
        out.scalar(Tag::N, text.as_bytes());
        out.into_bytes()
    }

    #[test]
    fn conditions_without_text_mean_the_same() {
        let one = number("1");
        let one = ValueRef::read(&one).unwrap();
        let mut builder = Builder::new();
        let (a, value) = (builder.attribute("a"), builder.value(one));
        let equal = builder.compare(Comparator::Equal, a, value);
        let nested = builder.path(&[PathElement::Name("l"), PathElement::Index(1), PathElement::Name("y")]);
        let value = builder.value(one);
        let greater = builder.compare(Comparator::Greater, nested, value);
        // A name that an expression could only reach by a placeholder.
        let odd = builder.attribute("a.b and: true");
        let odd = builder.holds(Function::AttributeExists, &[odd]);
        let no_odd = builder.not(odd);
        let root = builder.all(vec![equal, greater, no_odd]);
        let condition = builder.into_condition(root);
        assert!(condition.holds(Some(item().attributes())));
        assert!(!condition.holds(None));
        assert_eq!(
            condition.top_level_names().collect::<Vec<_>>(),
            ["a", "a.b and: true", "l"]
        );
    }

    #[test]
    fn no_conditions_are_all_met_and_none_of_them() {
        let mut builder = Builder::new();
        let root = builder.all(Vec::new());
        assert!(builder.into_condition(root).holds(None));
        let mut builder = Builder::new();
        let root = builder.any(Vec::new());
        assert!(!builder.into_condition(root).holds(None));
    }

    #[test]
    fn very_many_conditions_need_no_deep_stack() {
        let one = number("1");
        let mut builder = Builder::new();
        let mut conditions = Vec::new();
        for attribute in 0..100_000 {
            let operand = builder.attribute(&format!("a{attribute}"));
            let value = builder.value(ValueRef::read(&one).unwrap());
            conditions.push(builder.compare(Comparator::NotEqual, operand, value));
        }
        let root = builder.all(conditions);
        assert!(builder.into_condition(root).holds(Some(item().attributes())));
    }

    #[test]
    fn updates_without_text_mean_the_same() {
        let one = number("1");
        let one = ValueRef::read(&one).unwrap();
        let mut builder = Builder::new();
        let mut empty = Writer::new();
        let open = empty.open(Tag::L, 0);
        empty.close(open);
        // What appending to a list that need not be there is.
        let (new, empty) = (
            builder.attribute("new"),
            builder.value(ValueRef::read(empty.bytes()).unwrap()),
        );
        let before = builder.call(Function::IfNotExists, &[new, empty]);
        let mut added = Writer::new();
        let open = added.open(Tag::L, 1);
        added.copy(one);
        added.close(open);
        let added = builder.value(ValueRef::read(added.bytes()).unwrap());
        let after = builder.call(Function::ListAppend, &[before, added]);
        builder.set(&[PathElement::Name("new")], after);
        builder.add(&[PathElement::Name("a")], one);
        builder.remove(&[PathElement::Name("m")]);
        builder.remove(&[PathElement::Name("l")]);
        builder.remove(&[PathElement::Name("s")]);
        let update = builder.into_update().unwrap();
        assert_eq!(update.charge(), 156, "3, SET new 125, ADD 22, three REMOVE 6");
        let updated = update.apply(Some(&item()), &item()).unwrap();
        let expected = json!({"pk": {"S": "a"}, "sk": {"S": "b"}, "a": {"N": "2"},
            "ss": {"SS": ["x", "y"]}, "new": {"L": [{"N": "1"}]}});
        assert_eq!(to_json(updated.item.attributes()), expected);
        assert_eq!(
            item_of(&expected).get(b"new").unwrap().bytes(),
            updated.item.get(b"new").unwrap().bytes()
        );
    }

    #[test]
    fn clauses_in_each_others_way_are_refused() {
        let mut builder = Builder::new();
        builder.remove(&[PathElement::Name("a")]);
        builder.remove(&[PathElement::Name("a"), PathElement::Index(0)]);
        assert_eq!(
            builder.into_update().unwrap_err(),
            ExpressionFault::Overlap {
                one: "[a]".to_owned(),
                two: "[a, [0]]".to_owned()
            }
        );
    }
}
