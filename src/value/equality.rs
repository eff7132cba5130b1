//! Equality and order of attribute values, read from flat bytes without building anything.
//!
//! Values are expected to be admitted: numbers canonical, sets ascending, no name twice in a map. Malformed values equal
//! nothing.

use super::flat::{Map, ValueRef, View};
use super::number;
use crate::sort;
use std::cmp::Ordering;

/// Maps of up to this many entries are searched name by name; above, both are sorted, so that the cost stays bounded.
const SEARCHED_ENTRIES_MAX: usize = 16;

/// True when two values are equal: same type, sets by members, lists by elements in order, maps by content.
pub fn equal(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    // Canonical scalars and sets have one spelling, so all but maps with other orders are settled by their bytes.
    if a.bytes() == b.bytes() {
        return true;
    }
    let (Ok(a), Ok(b)) = (a.view(), b.view()) else {
        return false;
    };
    match (a, b) {
        (View::Null, View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::S(a), View::S(b)) | (View::N(a), View::N(b)) | (View::B(a), View::B(b)) => a == b,
        (View::Ss(a), View::Ss(b)) | (View::Ns(a), View::Ns(b)) | (View::Bs(a), View::Bs(b)) => {
            a.len() == b.len() && a.iter().eq(b.iter())
        }
        (View::L(a), View::L(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b)),
        (View::M(a), View::M(b)) => equal_maps(a, b),
        (
            View::Null
            | View::Bool(_)
            | View::S(_)
            | View::N(_)
            | View::B(_)
            | View::Ss(_)
            | View::Ns(_)
            | View::Bs(_)
            | View::L(_)
            | View::M(_),
            _,
        ) => false,
    }
}

/// True when two maps have equal values under the same names.
pub fn equal_maps(a: Map<'_>, b: Map<'_>) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // Maps that one program wrote mostly have one order.
    if a.iter().map(|(name, _)| name).eq(b.iter().map(|(name, _)| name)) {
        return a.iter().zip(b.iter()).all(|((_, a), (_, b))| equal(a, b));
    }
    if a.len() <= SEARCHED_ENTRIES_MAX {
        return a
            .iter()
            .all(|(name, value)| b.get(name).is_some_and(|other| equal(value, other)));
    }
    let (a, b) = (by_name(a), by_name(b));
    a.iter()
        .zip(&b)
        .all(|((a_name, a), (b_name, b))| a_name == b_name && equal(*a, *b))
}

/// Orders two strings, numbers or binaries of one type; other values, and values of different types, have no order.
pub fn compare(a: ValueRef<'_>, b: ValueRef<'_>) -> Option<Ordering> {
    match (a.view().ok()?, b.view().ok()?) {
        (View::S(a), View::S(b)) | (View::B(a), View::B(b)) => Some(a.cmp(b)),
        (View::N(a), View::N(b)) => Some(number::compare(a, b)),
        (
            View::Null
            | View::Bool(_)
            | View::S(_)
            | View::N(_)
            | View::B(_)
            | View::Ss(_)
            | View::Ns(_)
            | View::Bs(_)
            | View::L(_)
            | View::M(_),
            _,
        ) => None,
    }
}

fn by_name(map: Map<'_>) -> Vec<(&[u8], ValueRef<'_>)> {
    let mut entries: Vec<_> = map.iter().collect();
    sort::by_key(&mut entries, |(name, _)| *name);
    entries
}

#[cfg(test)]
#[path = "equality_tests.rs"]
mod tests;
