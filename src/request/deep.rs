//! Requests with a value so deep that the newer layer hands them to the older one: they are refused in the older layer's words,
//! whatever their operation.

use crate::value::depth::deeper_than;
use crate::value::flat::{Map, Tag, ValueRef, View};

/// Levels of a value from which on the older layer reads the request ("about 62", October 2026).
const DEEP_LEVELS: usize = 62;

/// Levels of structure that a request has around its values: the lists of the structures of a map.
const STRUCTURE_LEVELS_MAX: usize = 4;

/// True when one of these values is so deep.
pub fn any<'a>(mut values: impl Iterator<Item = ValueRef<'a>>) -> bool {
    values.any(|value| deeper_than(value, DEEP_LEVELS - 1) == Ok(true))
}

/// True when a request holds such a value, wherever it stands.
pub fn is_deep(members: Map<'_>) -> bool {
    members
        .iter()
        .any(|(_, member)| holds_deep_value(member, STRUCTURE_LEVELS_MAX))
}

fn holds_deep_value(part: ValueRef<'_>, levels: usize) -> bool {
    let Some(levels) = levels.checked_sub(1) else {
        return false;
    };
    match (part.tag(), part.view()) {
        (Ok(Tag::Attribute), _) => any(std::iter::once(part.unmarked())),
        (Ok(Tag::Attributes), Ok(View::M(attributes))) => any(attributes.iter().map(|(_, value)| value)),
        (Ok(Tag::M), Ok(View::M(map))) => map.iter().any(|(_, part)| holds_deep_value(part, levels)),
        (Ok(Tag::L), Ok(View::L(list))) => list.iter().any(|part| holds_deep_value(part, levels)),
        _ => false,
    }
}
