//! What an expression is bound to: its names and values, one behind the other.

use crate::expression::ast::{Element, NameId, Operand, Path, ValueId, number};
use crate::value::flat::ValueRef;

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
    /// Nothing bound yet, and a place for each of an arena's names and values.
    pub(super) fn with_room(names: usize, values: usize) -> Self {
        Bindings {
            bytes: Vec::with_capacity(BOUND_BYTES_USUAL),
            names: vec![Span::default(); names],
            values: vec![Span::default(); values],
        }
    }

    /// Binds a name of the arena.
    pub(super) fn bind_name(&mut self, id: NameId, name: &str) {
        let span = self.add(name.as_bytes());
        if let Some(place) = self.names.get_mut(id.0 as usize) {
            *place = span;
        }
    }

    /// Binds a value of the arena to an admitted one.
    pub(super) fn bind_value(&mut self, id: ValueId, value: ValueRef<'_>) {
        let span = self.add(value.bytes());
        if let Some(place) = self.values.get_mut(id.0 as usize) {
            *place = span;
        }
    }

    /// True if the value is bound: none is empty.
    pub(super) fn has_value(&self, id: ValueId) -> bool {
        (self.values.get(id.0 as usize)).is_some_and(|span| span.end > span.start)
    }

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
    pub(in crate::expression) fn add_name(&mut self, name: &str) -> NameId {
        let span = self.add(name.as_bytes());
        self.names.push(span);
        NameId(number(self.names.len()))
    }

    /// Adds an admitted value.
    pub(in crate::expression) fn add_value(&mut self, value: ValueRef<'_>) -> ValueId {
        let span = self.add(value.bytes());
        self.values.push(span);
        ValueId(number(self.values.len()))
    }

    /// The attribute's name.
    pub(in crate::expression) fn name(&self, id: NameId) -> &[u8] {
        self.get(self.names.get(id.0 as usize))
    }

    /// The attribute's name as text.
    pub(in crate::expression) fn name_text(&self, id: NameId) -> &str {
        std::str::from_utf8(self.name(id)).unwrap_or_default()
    }

    /// The value. Every value of a bound expression was admitted, so it is there.
    pub(in crate::expression) fn value(&self, id: ValueId) -> Option<ValueRef<'_>> {
        let bytes = self.get(self.values.get(id.0 as usize));
        debug_assert!(ValueRef::read(bytes).is_ok(), "a bound value was admitted");
        (!bytes.is_empty()).then(|| ValueRef::trusted(bytes))
    }

    /// The first element of a path, which is always a name.
    pub(in crate::expression) fn top_level_name(&self, path: &Path) -> &str {
        match path.0.first() {
            Some(Element::Name(name)) => self.name_text(*name),
            Some(Element::Index(_)) | None => {
                debug_assert!(false, "a path starts with a name");
                ""
            }
        }
    }

    /// The first names of those operands that are paths of several elements.
    pub(in crate::expression) fn entered_names<'b>(&'b self, operands: &'b [Operand]) -> impl Iterator<Item = &'b str> {
        operands.iter().filter_map(|operand| match operand {
            Operand::Path(path) if path.0.len() > 1 => Some(self.top_level_name(path)),
            Operand::Path(_) | Operand::Value(_) | Operand::Call(_, _) | Operand::Sum(_, _, _) => None,
        })
    }

    /// A path as faults print it: `[a, b, [0]]`.
    pub(in crate::expression) fn path_text(&self, path: &Path) -> String {
        let elements: Vec<String> = path.0.iter().map(|element| self.element_text(*element)).collect();
        format!("[{}]", elements.join(", "))
    }

    pub(in crate::expression) fn element_text(&self, element: Element) -> String {
        match element {
            Element::Name(name) => self.name_text(name).to_owned(),
            Element::Index(index) => format!("[{index}]"),
        }
    }

    pub(super) fn same_path(&self, a: &Path, b: &Path) -> bool {
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
