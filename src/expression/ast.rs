//! What an expression's text says, before names and values are known.
//!
//! All nodes of an expression lie in one [`Arena`] and refer to each other by number, so that dropping or copying an AST
//! never recurses, however deep its text nests.

use super::ExpressionFault;
use super::function::{Comparator, Function, Sign};
use super::parser;

/// Bytes that the text of one expression may have.
pub const TEXT_BYTES_MAX: usize = 4096;

/// Position of a condition in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(pub(super) u32);

/// Position of an operand in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperandId(pub(super) u32);

/// Position of a name, literal or placeholder, in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameId(pub(super) u32);

/// Position of a value placeholder in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ValueId(pub(super) u32);

/// A name in a document path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The attribute's name itself.
    Literal(Box<str>),
    /// `#name`, mark included.
    Placeholder(Box<str>),
}

/// An element of a document path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// A map's entry; the first element of every path is one.
    Name(NameId),
    /// A list's element, counting from zero.
    Index(u32),
}

/// A document path: a name, then names and indexes. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path(pub(crate) Vec<Element>);

/// What operators and functions work on.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// What an item has at a path.
    Path(Path),
    /// A value of the request.
    Value(ValueId),
    /// A function of other operands.
    Call(Function, Vec<OperandId>),
    /// A sum or difference; only in updates.
    Sum(Sign, OperandId, OperandId),
}

/// A condition.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// All hold.
    And(Vec<NodeId>),
    /// One holds.
    Or(Vec<NodeId>),
    /// It does not hold.
    Not(NodeId),
    /// Two operands compared.
    Compare(Comparator, OperandId, OperandId),
    /// The first operand lies from the second to the third.
    Between(OperandId, OperandId, OperandId),
    /// The first operand is among the others.
    In(OperandId, Vec<OperandId>),
    /// A function that is a condition: an [`Operand::Call`].
    Call(OperandId),
}

/// The nodes of one expression.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    pub(super) nodes: Vec<Node>,
    pub(super) operands: Vec<Operand>,
    pub(super) names: Vec<Name>,
    /// Placeholders, mark included, each once.
    pub(super) values: Vec<Box<str>>,
}

/// The number of the last of `length` things. 32 bits are plenty: what an expression has is bounded by its text, what other
/// code builds by the size of a request.
pub(super) fn number(length: usize) -> u32 {
    debug_assert!(u32::try_from(length).is_ok(), "an arena outgrew its numbers");
    u32::try_from(length).unwrap_or(u32::MAX) - 1
}

impl Arena {
    pub(crate) fn add_node(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(number(self.nodes.len()))
    }

    pub(crate) fn add_operand(&mut self, operand: Operand) -> OperandId {
        self.operands.push(operand);
        OperandId(number(self.operands.len()))
    }

    pub(crate) fn add_name(&mut self, name: Name) -> NameId {
        self.names.push(name);
        NameId(number(self.names.len()))
    }

    pub(crate) fn add_value(&mut self, placeholder: Box<str>) -> ValueId {
        self.values.push(placeholder);
        ValueId(number(self.values.len()))
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    pub(super) fn operand(&self, id: OperandId) -> Option<&Operand> {
        self.operands.get(id.0 as usize)
    }

    pub(super) fn path(&self, id: OperandId) -> Option<&Path> {
        match self.operand(id)? {
            Operand::Path(path) => Some(path),
            Operand::Value(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        }
    }
}

/// A condition, filter or key condition as written.
#[derive(Clone, Debug)]
pub struct ConditionAst {
    pub(super) arena: Arena,
    pub(super) root: NodeId,
}

impl ConditionAst {
    /// Reads the text of a ConditionExpression, FilterExpression or KeyConditionExpression, and checks all that the text
    /// alone decides.
    ///
    /// # Errors
    /// In AWS's order: an empty text, one over 4,096 bytes, a token out of place, redundant parentheses; then, from left to
    /// right, reserved words, list indexes out of range, and functions that are unknown or out of place.
    pub fn parse(text: &str) -> Result<Self, ExpressionFault> {
        parser::parse_condition(text)
    }

    /// A condition that did not come as text: what the parameters before expressions are lowered to.
    pub(crate) fn built(arena: Arena, root: NodeId) -> Self {
        ConditionAst { arena, root }
    }
}

/// A projection as written.
#[derive(Clone, Debug)]
pub struct ProjectionAst {
    pub(super) arena: Arena,
    pub(super) paths: Vec<Path>,
}

impl ProjectionAst {
    /// Reads the text of a ProjectionExpression.
    ///
    /// # Errors
    /// As [`ConditionAst::parse`].
    pub fn parse(text: &str) -> Result<Self, ExpressionFault> {
        parser::parse_projection(text)
    }
}

/// One clause of an update.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// `SET path = operand`
    Set(Path, OperandId),
    /// `REMOVE path`
    Remove(Path),
    /// `ADD path :value`
    Add(Path, ValueId),
    /// `DELETE path :value`
    Delete(Path, ValueId),
}

impl Action {
    /// What the clause writes or removes.
    pub(super) fn target(&self) -> &Path {
        match self {
            Action::Set(path, _) | Action::Remove(path) | Action::Add(path, _) | Action::Delete(path, _) => path,
        }
    }
}

/// An update as written.
#[derive(Clone, Debug, Default)]
pub struct UpdateAst {
    pub(super) arena: Arena,
    pub(super) actions: Vec<Action>,
}

impl UpdateAst {
    /// Reads the text of an UpdateExpression.
    ///
    /// # Errors
    /// As [`ConditionAst::parse`]; a section that comes twice is found where the second one ends.
    pub fn parse(text: &str) -> Result<Self, ExpressionFault> {
        parser::parse_update(text)
    }

    /// An update that did not come as text.
    pub(crate) fn built(arena: Arena, actions: Vec<Action>) -> Self {
        UpdateAst { arena, actions }
    }
}
