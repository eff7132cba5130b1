//! Names and values resolved: what a bound expression refers to, and the checks that need them.
//!
//! The order of the checks is the order of the faults. Conditions are checked from left to right, operands before the
//! operator they belong to.

use super::ast::Operand;
use super::ast::{Arena, Element, Name, NameId, Node, NodeId, OperandId, Path, ValueId, number};
use super::fault::ExpressionFault;
use super::function::{Function, Type};
use super::placeholders::Placeholders;
use crate::value;
use crate::value::flat::{ValueRef, View};
use std::cmp::Ordering;

/// Elements that a path may have.
const PATH_ELEMENTS_MAX: usize = 32;

/// Operators and functions that a condition may have.
const OPERATORS_MAX: usize = 300;

/// Values that may stand behind IN.
const IN_OPERANDS_MAX: usize = 100;

/// Room for the names and values of most expressions.
const BOUND_BYTES_USUAL: usize = 64;

/// The names and values of a bound expression, by their numbers in its arena.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bindings {
    bytes: Vec<u8>,
    names: Vec<Span>,
    values: Vec<Span>,
}

/// Where a name or a value lies in the bytes of its bindings.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl Bindings {
    fn get(&self, span: Option<&Span>) -> &[u8] {
        span.and_then(|span| self.bytes.get(span.start..span.end))
            .unwrap_or_default()
    }

    fn add(&mut self, bytes: &[u8]) -> Span {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        Span {
            start,
            end: self.bytes.len(),
        }
    }

    /// Adds a name that is known.
    pub(super) fn add_name(&mut self, name: &str) -> NameId {
        let span = self.add(name.as_bytes());
        self.names.push(span);
        NameId(number(self.names.len()))
    }

    /// Adds an admitted value.
    pub(super) fn add_value(&mut self, value: ValueRef<'_>) -> ValueId {
        let span = self.add(value.bytes());
        self.values.push(span);
        ValueId(number(self.values.len()))
    }

    /// The attribute's name.
    pub(super) fn name(&self, id: NameId) -> &[u8] {
        self.get(self.names.get(id.0 as usize))
    }

    /// The attribute's name as text.
    pub(super) fn name_text(&self, id: NameId) -> &str {
        std::str::from_utf8(self.name(id)).unwrap_or_default()
    }

    /// The value. Every value of a bound expression was admitted, so it is there.
    pub(super) fn value(&self, id: ValueId) -> Option<ValueRef<'_>> {
        let bytes = self.get(self.values.get(id.0 as usize));
        debug_assert!(ValueRef::read(bytes).is_ok(), "a bound value was admitted");
        (!bytes.is_empty()).then(|| ValueRef::trusted(bytes))
    }

    /// The first element of a path, which is always a name.
    pub(super) fn top_level_name(&self, path: &Path) -> &str {
        match path.0.first() {
            Some(Element::Name(name)) => self.name_text(*name),
            Some(Element::Index(_)) | None => {
                debug_assert!(false, "a path starts with a name");
                ""
            }
        }
    }

    /// The first names of those operands that are paths of several elements.
    pub(super) fn entered_names<'b>(&'b self, operands: &'b [Operand]) -> impl Iterator<Item = &'b str> {
        operands.iter().filter_map(|operand| match operand {
            Operand::Path(path) if path.0.len() > 1 => Some(self.top_level_name(path)),
            Operand::Path(_) | Operand::Value(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        })
    }

    /// A path as faults print it: `[a, b, [0]]`.
    pub(super) fn path_text(&self, path: &Path) -> String {
        let elements: Vec<String> = path.0.iter().map(|element| self.element_text(*element)).collect();
        format!("[{}]", elements.join(", "))
    }

    pub(super) fn element_text(&self, element: Element) -> String {
        match element {
            Element::Name(name) => self.name_text(name).to_owned(),
            Element::Index(index) => format!("[{index}]"),
        }
    }

    fn same_path(&self, a: &Path, b: &Path) -> bool {
        a.0.len() == b.0.len() && a.0.iter().zip(&b.0).all(|(a, b)| self.same_element(*a, *b))
    }

    fn same_element(&self, a: Element, b: Element) -> bool {
        match (a, b) {
            (Element::Name(a), Element::Name(b)) => self.name(a) == self.name(b),
            (Element::Index(a), Element::Index(b)) => a == b,
            (Element::Name(_), Element::Index(_)) | (Element::Index(_), Element::Name(_)) => false,
        }
    }
}

/// A step through an operand and those inside it.
#[derive(Clone, Copy)]
enum Step {
    /// It is met.
    Enter(OperandId),
    /// All of what it is given has been checked.
    Leave(OperandId),
}

/// Resolves an expression's names and values, and checks its operands.
pub(super) struct Binder<'b, 'p> {
    arena: &'b Arena,
    placeholders: &'b mut Placeholders<'p>,
    bindings: Bindings,
    operators: usize,
}

impl<'b, 'p> Binder<'b, 'p> {
    pub(super) fn new(arena: &'b Arena, placeholders: &'b mut Placeholders<'p>) -> Self {
        let bindings = Bindings {
            bytes: Vec::with_capacity(BOUND_BYTES_USUAL),
            names: vec![Span::default(); arena.names.len()],
            values: vec![Span::default(); arena.values.len()],
        };
        Binder {
            arena,
            placeholders,
            bindings,
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

    pub(super) fn into_bindings(self) -> Bindings {
        self.bindings
    }

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
        let span = self.bindings.add(name.as_bytes());
        if let Some(place) = self.bindings.names.get_mut(id.0 as usize) {
            *place = span;
        }
        Ok(())
    }

    /// Resolves a value.
    pub(super) fn value(&mut self, id: ValueId) -> Result<Option<Type>, ExpressionFault> {
        let Some(key) = self.arena.values.get(id.0 as usize) else {
            // Bound from the beginning.
            return Ok(self.bindings.value(id).and_then(Type::of));
        };
        let is_bound = (self.bindings.values.get(id.0 as usize)).is_some_and(|span| span.end > span.start);
        if !is_bound {
            let Some(value) = self.placeholders.value(key) else {
                return Err(ExpressionFault::UndefinedValue(key.to_string()));
            };
            let span = self.bindings.add(value.get().bytes());
            if let Some(place) = self.bindings.values.get_mut(id.0 as usize) {
                *place = span;
            }
        }
        Ok(self.bindings.value(id).and_then(Type::of))
    }

    /// Checks a whole condition. However deep it is nested, the stack stays as it is.
    pub(super) fn condition(&mut self, root: NodeId) -> Result<(), ExpressionFault> {
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            match self.arena.node(id) {
                Some(Node::And(nodes) | Node::Or(nodes)) => {
                    self.operators += nodes.len().saturating_sub(1);
                    waiting.extend(nodes.iter().rev());
                }
                Some(Node::Not(node)) => {
                    self.operators += 1;
                    waiting.push(*node);
                }
                // Counted where it is checked, as the operand that it is.
                Some(Node::Call(call)) => {
                    self.operand(*call)?;
                }
                Some(comparison @ (Node::Compare(_, _, _) | Node::Between(_, _, _) | Node::In(_, _))) => {
                    self.operators += 1;
                    self.comparison(comparison)?;
                }
                None => {}
            }
        }
        self.check_operators()
    }

    /// Refuses more operators and functions than an expression may have, when all have been checked.
    pub(super) fn check_operators(&self) -> Result<(), ExpressionFault> {
        if self.operators > OPERATORS_MAX {
            return Err(ExpressionFault::TooManyOperators);
        }
        Ok(())
    }

    fn comparison(&mut self, node: &Node) -> Result<(), ExpressionFault> {
        match node {
            Node::Compare(comparator, left, right) => {
                let types = [self.operand(*left)?, self.operand(*right)?];
                if comparator.orders() {
                    ordered(comparator.symbol(), types)?;
                }
                self.distinct(comparator.symbol(), *left, &[*right])
            }
            Node::Between(subject, lower, upper) => self.between(*subject, *lower, *upper),
            Node::In(subject, operands) => {
                self.operand(*subject)?;
                for operand in operands {
                    self.operand(*operand)?;
                }
                self.distinct("IN", *subject, operands)?;
                if operands.len() > IN_OPERANDS_MAX {
                    return Err(ExpressionFault::TooManyInOperands { count: operands.len() });
                }
                Ok(())
            }
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Call(_) => Ok(()),
        }
    }

    fn between(&mut self, subject: OperandId, lower: OperandId, upper: OperandId) -> Result<(), ExpressionFault> {
        let types = [self.operand(subject)?, self.operand(lower)?, self.operand(upper)?];
        ordered("BETWEEN", types)?;
        self.distinct("BETWEEN", subject, &[lower, upper])?;
        let (Some(lower), Some(upper)) = (self.literal(lower), self.literal(upper)) else {
            return Ok(());
        };
        let texts = || (value_text(lower), value_text(upper));
        match value::compare(lower, upper) {
            Some(Ordering::Less | Ordering::Equal) => Ok(()),
            Some(Ordering::Greater) => {
                let (lower, upper) = texts();
                Err(ExpressionFault::BoundsReversed { lower, upper })
            }
            None => {
                let (lower, upper) = texts();
                Err(ExpressionFault::BoundTypes { lower, upper })
            }
        }
    }

    /// The value that an operand is, if it is one of the request's.
    fn literal(&self, id: OperandId) -> Option<ValueRef<'_>> {
        match self.arena.operand(id)? {
            Operand::Value(value) => self.bindings.value(*value),
            Operand::Path(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        }
    }

    /// Checks an operand and everything in it, what a function is given before the function. Answers its type, where the request
    /// decides it.
    pub(super) fn operand(&mut self, id: OperandId) -> Result<Option<Type>, ExpressionFault> {
        match self.arena.operand(id) {
            Some(Operand::Path(path)) => self.path(path).map(|()| None),
            Some(Operand::Value(value)) => self.value(*value),
            Some(Operand::Call(function, operands)) => match operands[..] {
                [only] if self.is_plain(only) => {
                    self.operators += 1;
                    let types = [self.operand(only)?];
                    self.call(*function, operands, &types)
                }
                [first, second] if self.is_plain(first) && self.is_plain(second) => {
                    self.operators += 1;
                    let types = [self.operand(first)?, self.operand(second)?];
                    self.call(*function, operands, &types)
                }
                _ => self.nested(id),
            },
            Some(Operand::Sum(sign, left, right)) if self.is_plain(*left) && self.is_plain(*right) => {
                self.operators += 1;
                let types = [self.operand(*left)?, self.operand(*right)?];
                of_types(sign.symbol(), &types, |known| known == Type::N)?;
                Ok(Some(Type::N))
            }
            Some(Operand::Sum(_, _, _)) => self.nested(id),
            None => Ok(None),
        }
    }

    /// True for an operand that no others are inside of.
    fn is_plain(&self, id: OperandId) -> bool {
        matches!(self.arena.operand(id), Some(Operand::Path(_) | Operand::Value(_)))
    }

    /// Checks an operand that others are inside of. However deep they lie, the stack stays as it is.
    fn nested(&mut self, id: OperandId) -> Result<Option<Type>, ExpressionFault> {
        let mut steps = vec![Step::Enter(id)];
        let mut types = Vec::new();
        while let Some(step) = steps.pop() {
            let id = match step {
                Step::Enter(id) | Step::Leave(id) => id,
            };
            match (self.arena.operand(id), step) {
                (Some(Operand::Call(_, operands)), Step::Enter(_)) => {
                    self.operators += 1;
                    steps.push(Step::Leave(id));
                    steps.extend(operands.iter().rev().copied().map(Step::Enter));
                }
                (Some(Operand::Sum(_, left, right)), Step::Enter(_)) => {
                    self.operators += 1;
                    steps.extend([Step::Leave(id), Step::Enter(*right), Step::Enter(*left)]);
                }
                (Some(Operand::Call(function, operands)), Step::Leave(_)) => {
                    let given = types.split_off(types.len().saturating_sub(operands.len()));
                    types.push(self.call(*function, operands, &given)?);
                }
                (Some(Operand::Sum(sign, _, _)), Step::Leave(_)) => {
                    let given = types.split_off(types.len().saturating_sub(2));
                    of_types(sign.symbol(), &given, |known| known == Type::N)?;
                    types.push(Some(Type::N));
                }
                // Nothing is inside of these.
                (Some(Operand::Path(_) | Operand::Value(_)) | None, _) => types.push(self.operand(id)?),
            }
        }
        Ok(types.pop().flatten())
    }

    /// Checks a function, given the types of its operands.
    fn call(
        &mut self,
        function: Function,
        operands: &[OperandId],
        types: &[Option<Type>],
    ) -> Result<Option<Type>, ExpressionFault> {
        let name = function.name();
        if operands.len() != function.operands() {
            return Err(ExpressionFault::OperandCount {
                operator: name,
                count: operands.len(),
            });
        }
        match function {
            Function::AttributeExists | Function::AttributeNotExists | Function::IfNotExists => {
                self.path_required(name, operands)?;
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::Size => {
                of_types(name, types, Type::has_size)?;
                Ok(Some(Type::N))
            }
            Function::BeginsWith => {
                of_types(name, types, |known| matches!(known, Type::S | Type::B))?;
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::Contains => {
                self.first_distinct(name, operands)?;
                Ok(None)
            }
            Function::AttributeType => {
                self.first_distinct(name, operands)?;
                self.type_name(operands, types.last().copied().flatten())?;
                Ok(None)
            }
            Function::ListAppend => {
                of_types(name, types, |known| known == Type::L)?;
                Ok(Some(Type::L))
            }
        }
    }

    fn path_required(&self, function: &'static str, operands: &[OperandId]) -> Result<(), ExpressionFault> {
        match operands.first().and_then(|operand| self.arena.path(*operand)) {
            Some(_) => Ok(()),
            None => Err(ExpressionFault::PathRequired(function)),
        }
    }

    fn type_name(&self, operands: &[OperandId], known: Option<Type>) -> Result<(), ExpressionFault> {
        let name = operands.last().and_then(|operand| self.literal(*operand));
        match (known, name.map(|name| name.view())) {
            (None, _) => Err(ExpressionFault::TypeFromPath),
            (Some(Type::S), Some(Ok(View::S(name)))) => match Type::named(name) {
                Some(_) => Ok(()),
                None => Err(ExpressionFault::UnknownType(String::from_utf8_lossy(name).into_owned())),
            },
            (Some(operand), _) => Err(ExpressionFault::OperandType {
                operator: Function::AttributeType.name(),
                operand,
            }),
        }
    }

    fn first_distinct(&self, operator: &'static str, operands: &[OperandId]) -> Result<(), ExpressionFault> {
        match operands.split_first() {
            Some((first, others)) => self.distinct(operator, *first, others),
            None => Ok(()),
        }
    }

    /// A path must not be compared with itself.
    fn distinct(&self, operator: &'static str, first: OperandId, others: &[OperandId]) -> Result<(), ExpressionFault> {
        let Some(path) = self.arena.path(first) else {
            return Ok(());
        };
        let mut others = others.iter().filter_map(|other| self.arena.path(*other));
        if others.any(|other| self.bindings.same_path(path, other)) {
            return Err(ExpressionFault::SameOperands {
                operator,
                path: self.bindings.path_text(path),
            });
        }
        Ok(())
    }
}

/// Refuses operands whose known type has no order.
fn ordered<const N: usize>(operator: &'static str, types: [Option<Type>; N]) -> Result<(), ExpressionFault> {
    of_types(operator, &types, Type::is_ordered)
}

/// Refuses the first operand whose known type is not accepted.
fn of_types(
    operator: &'static str,
    types: &[Option<Type>],
    accepted: impl Fn(Type) -> bool,
) -> Result<(), ExpressionFault> {
    match types.iter().copied().flatten().find(|known| !accepted(*known)) {
        Some(operand) => Err(ExpressionFault::OperandType { operator, operand }),
        None => Ok(()),
    }
}

/// A scalar as faults print it: `{S:b}`. A binary is printed as the byte buffer that the service holds it in.
fn value_text(value: ValueRef<'_>) -> String {
    match value.view() {
        Ok(View::S(text)) => format!("{{S:{}}}", String::from_utf8_lossy(text)),
        Ok(View::N(text)) => format!("{{N:{}}}", String::from_utf8_lossy(text)),
        Ok(View::B(bytes)) => {
            let length = bytes.len();
            format!("{{B:java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]}}")
        }
        _ => String::new(),
    }
}
