//! Clauses and changes as the ASTs that expressions have, bound to their values.
//!
//! Attribute names stand in the AST as they are, so nothing is a reserved word and no dot is a path; values get placeholders that
//! no caller sees.

use super::super::Dialect;
use super::condition::Clause;
use super::update::Change;
use crate::error::Error;
use crate::expression::{
    Action, Arena, Comparator, Condition, ConditionAst, Element, Function, Kind, Name, Node, NodeId, Operand,
    OperandId, Path, Placeholders, Update, UpdateAst, ValueId,
};
use crate::request::inputs::ComparisonOperator;
use crate::value::admit::AdmittedValue;
use crate::value::flat::{Map, Tag, Writer};
use std::rc::Rc;

/// An AST being built, and the values that its placeholders stand for.
#[derive(Default)]
struct Builder {
    arena: Arena,
    values: Writer,
    count: usize,
}

impl Builder {
    fn path(&mut self, attribute: &str) -> Path {
        Path(vec![Element::Name(
            self.arena.add_name(Name::Literal(attribute.into())),
        )])
    }

    fn attribute(&mut self, attribute: &str) -> OperandId {
        let path = self.path(attribute);
        self.arena.add_operand(Operand::Path(path))
    }

    /// A placeholder for a value given as flat bytes.
    fn placeholder(&mut self, write: impl FnOnce(&mut Writer)) -> ValueId {
        let name = format!(":{}", self.count);
        self.count += 1;
        self.values.text(name.as_bytes());
        write(&mut self.values);
        self.arena.add_value(name.into())
    }

    fn value_id(&mut self, value: &AdmittedValue<'_>) -> ValueId {
        self.placeholder(|writer| writer.copy(value.get()))
    }

    fn value(&mut self, value: &AdmittedValue<'_>) -> OperandId {
        let id = self.value_id(value);
        self.arena.add_operand(Operand::Value(id))
    }

    fn call(&mut self, function: Function, operands: Vec<OperandId>) -> OperandId {
        self.arena.add_operand(Operand::Call(function, operands))
    }

    fn test(&mut self, function: Function, operands: Vec<OperandId>) -> NodeId {
        let call = self.call(function, operands);
        self.arena.add_node(Node::Call(call))
    }

    /// The names and values that the AST refers to, for binding.
    fn values(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        let map = writer.open(Tag::Attributes, self.count);
        let mut bytes = writer.into_bytes();
        bytes.extend_from_slice(self.values.bytes());
        let mut writer = Writer::appending(bytes);
        writer.close(map);
        writer.into_bytes()
    }

    fn clause(&mut self, clause: &Clause<'_>) -> NodeId {
        let compared = match clause.operator {
            ComparisonOperator::Eq => Some(Comparator::Equal),
            ComparisonOperator::Ne => Some(Comparator::NotEqual),
            ComparisonOperator::Lt => Some(Comparator::Less),
            ComparisonOperator::Le => Some(Comparator::LessOrEqual),
            ComparisonOperator::Gt => Some(Comparator::Greater),
            ComparisonOperator::Ge => Some(Comparator::GreaterOrEqual),
            ComparisonOperator::In
            | ComparisonOperator::Between
            | ComparisonOperator::NotNull
            | ComparisonOperator::Null
            | ComparisonOperator::Contains
            | ComparisonOperator::NotContains
            | ComparisonOperator::BeginsWith => None,
        };
        let attribute = self.attribute(clause.attribute);
        let operands: Vec<OperandId> = clause.operands.iter().map(|value| self.value(value)).collect();
        match (compared, operands.as_slice()) {
            (Some(comparator), [operand]) => {
                return self.arena.add_node(Node::Compare(comparator, attribute, *operand));
            }
            (None, [low, high]) if clause.operator == ComparisonOperator::Between => {
                return self.arena.add_node(Node::Between(attribute, *low, *high));
            }
            (Some(_) | None, _) => {}
        }
        let mut both = vec![attribute];
        both.extend(operands.iter().copied());
        match clause.operator {
            ComparisonOperator::NotNull => self.test(Function::AttributeExists, both),
            ComparisonOperator::Null => self.test(Function::AttributeNotExists, both),
            ComparisonOperator::BeginsWith => self.test(Function::BeginsWith, both),
            ComparisonOperator::Contains => self.test(Function::Contains, both),
            // An attribute that is not there does not fail to contain something: it is not compared.
            ComparisonOperator::NotContains => {
                let exists = self.test(Function::AttributeExists, vec![attribute]);
                let contains = self.test(Function::Contains, both);
                let not = self.arena.add_node(Node::Not(contains));
                self.arena.add_node(Node::And(vec![exists, not]))
            }
            ComparisonOperator::In
            | ComparisonOperator::Between
            | ComparisonOperator::Eq
            | ComparisonOperator::Ne
            | ComparisonOperator::Lt
            | ComparisonOperator::Le
            | ComparisonOperator::Gt
            | ComparisonOperator::Ge => self.arena.add_node(Node::In(attribute, operands)),
        }
    }
}

/// Joins nodes into one: all of them hold, or any.
fn joined(builder: &mut Builder, nodes: Vec<NodeId>, any: bool) -> Option<NodeId> {
    match nodes.as_slice() {
        [] => None,
        [single] => Some(*single),
        [_, _, ..] if any => Some(builder.arena.add_node(Node::Or(nodes))),
        [_, _, ..] => Some(builder.arena.add_node(Node::And(nodes))),
    }
}

/// A condition of one clause or more: all of them hold, or any.
pub(super) fn condition(clauses: &[Clause<'_>], any: bool, dialect: Dialect) -> Result<Condition, Error> {
    let mut builder = Builder::default();
    let nodes = clauses.iter().map(|clause| builder.clause(clause)).collect();
    let root = joined(&mut builder, nodes, any).ok_or(Error::InternalServerError)?;
    let bytes = builder.values();
    let mut placeholders = bound(&bytes, builder.count, dialect)?;
    let ast = Rc::new(ConditionAst::built(builder.arena, root));
    Condition::bind(&ast, &mut placeholders).map_err(dialect.expression(Kind::Condition))
}

/// The placeholders of a builder's values, which were admitted before.
fn bound(bytes: &[u8], count: usize, dialect: Dialect) -> Result<Placeholders<'_>, Error> {
    let mut placeholders = Placeholders::none();
    if count > 0 {
        let map = Map::read(bytes).map_err(|fault| dialect.value(fault.into()))?;
        placeholders
            .read_values(map, dialect.layer, dialect.value_levels_max)
            .map_err(|fault| dialect.values(fault))?;
    }
    Ok(placeholders)
}

/// An update of one change or more.
pub(super) fn update(changes: &[(&str, Change<'_>)], dialect: Dialect) -> Result<Update, Error> {
    let mut builder = Builder::default();
    let actions = changes
        .iter()
        .map(|(attribute, change)| action(&mut builder, attribute, change))
        .collect();
    let bytes = builder.values();
    let mut placeholders = bound(&bytes, builder.count, dialect)?;
    let ast = Rc::new(UpdateAst::built(builder.arena, actions));
    Update::bind(&ast, &mut placeholders).map_err(dialect.expression(Kind::Update))
}

fn action(builder: &mut Builder, attribute: &str, change: &Change<'_>) -> Action {
    let path = builder.path(attribute);
    match change {
        Change::Put(value) => Action::Set(path, builder.value(value)),
        Change::Remove => Action::Remove(path),
        Change::Add(value) => Action::Add(path, builder.value_id(value)),
        Change::Subtract(value) => Action::Delete(path, builder.value_id(value)),
        // `SET l = list_append(if_not_exists(l, []), :more)`
        Change::Append(value) => {
            let old = builder.attribute(attribute);
            let empty = builder.placeholder(|writer| {
                let list = writer.open(Tag::L, 0);
                writer.close(list);
            });
            let empty = builder.arena.add_operand(Operand::Value(empty));
            let before = builder.call(Function::IfNotExists, vec![old, empty]);
            let more = builder.value(value);
            let appended = builder.call(Function::ListAppend, vec![before, more]);
            Action::Set(path, appended)
        }
    }
}
