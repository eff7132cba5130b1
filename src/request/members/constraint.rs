//! Whether one value keeps one constraint.

use super::ARN;
use crate::error::member::Constraint;
use crate::request::rules::NAME_PATTERN;
use crate::request::tree::parse_integer;
use crate::value::flat::{Tag, ValueRef, View};

/// True when a value keeps a constraint. An absent one breaks only [`Constraint::NotNull`]; one of another kind is not looked
/// at here.
pub(super) fn holds(constraint: &Constraint, value: Option<ValueRef<'_>>) -> bool {
    let Some(value) = value else {
        return *constraint != Constraint::NotNull;
    };
    match constraint {
        Constraint::NotNull => true,
        Constraint::LengthAtLeast(least) => length(value).is_none_or(|length| length.is_at_least(*least)),
        Constraint::LengthAtMost(most) => length(value).is_none_or(|length| length.is_at_most(*most)),
        Constraint::ValueAtLeast(least) => number(value).is_none_or(|number| number >= *least),
        Constraint::ValueAtMost(most) => number(value).is_none_or(|number| number <= *most),
        Constraint::Pattern(pattern) => text(value).is_none_or(|text| matches_pattern(text, pattern)),
        Constraint::OneOf(values) => text(value).is_none_or(|text| values.iter().any(|value| value.as_bytes() == text)),
        Constraint::MapKeys(constraints) => match value.view() {
            Ok(View::M(map)) => map.iter().all(|(key, _)| key_holds(key, constraints)),
            _ => true,
        },
        Constraint::MapValues(constraints) => match value.view() {
            Ok(View::M(map)) => map
                .iter()
                .all(|(_, value)| constraints.iter().all(|constraint| holds(constraint, Some(value)))),
            _ => true,
        },
    }
}

/// Keys that have a pattern are tables' names; an ARN may stand there.
fn key_holds(key: &[u8], constraints: &[Constraint]) -> bool {
    let is_name = |constraint: &Constraint| matches!(constraint, Constraint::Pattern(_));
    (key.starts_with(ARN) && constraints.iter().any(is_name))
        || constraints.iter().all(|constraint| match constraint {
            Constraint::LengthAtLeast(least) => Length::Text(key).is_at_least(*least),
            Constraint::LengthAtMost(most) => Length::Text(key).is_at_most(*most),
            Constraint::Pattern(pattern) => matches_pattern(key, pattern),
            Constraint::NotNull
            | Constraint::ValueAtLeast(_)
            | Constraint::ValueAtMost(_)
            | Constraint::OneOf(_)
            | Constraint::MapKeys(_)
            | Constraint::MapValues(_) => true,
        })
}

fn matches_pattern(text: &[u8], pattern: &str) -> bool {
    debug_assert_eq!(pattern, NAME_PATTERN, "names are the only thing with a pattern");
    !text.is_empty()
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// The text of a string.
pub(super) fn text(value: ValueRef<'_>) -> Option<&[u8]> {
    match value.scalar() {
        Some((Tag::S, text)) => Some(text),
        _ => None,
    }
}

fn number(value: ValueRef<'_>) -> Option<i64> {
    match value.view() {
        Ok(View::N(text)) => std::str::from_utf8(text).ok().and_then(parse_integer),
        _ => None,
    }
}

/// What a bound on lengths is about.
enum Length<'t> {
    /// Counted in characters.
    Text(&'t [u8]),
    /// A list's or map's.
    Count(usize),
}

impl Length<'_> {
    /// No character has more than three bytes a UTF-16 unit, so most texts need not be counted.
    fn is_at_least(&self, least: usize) -> bool {
        match self {
            Length::Text(text) => text.len() >= least.saturating_mul(3) || characters(text) >= least,
            Length::Count(count) => *count >= least,
        }
    }

    /// No UTF-16 unit stands for less than a byte, so most texts need not be counted.
    fn is_at_most(&self, most: usize) -> bool {
        match self {
            Length::Text(text) => text.len() <= most || characters(text) <= most,
            Length::Count(count) => *count <= most,
        }
    }
}

fn length(value: ValueRef<'_>) -> Option<Length<'_>> {
    if let Some(text) = text(value) {
        return Some(Length::Text(text));
    }
    match value.view().ok()? {
        View::L(list) => Some(Length::Count(list.len())),
        View::M(map) => Some(Length::Count(map.len())),
        _ => None,
    }
}

/// Length as Java counts it: in UTF-16 units.
fn characters(text: &[u8]) -> usize {
    match std::str::from_utf8(text) {
        Ok(text) if text.is_ascii() => text.len(),
        Ok(text) => text.encode_utf16().count(),
        Err(_) => text.len(),
    }
}
