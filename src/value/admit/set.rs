//! Sets: their members canonical, ascending and each there once.

use crate::sort;
use crate::value::fault::{SetKind, ValueFault};
use crate::value::flat::{Collection, Malformed};
use crate::value::{Layer, number};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A set's members, canonical and ascending. Members are judged one by one, so that a repeat before a bad number is what is
/// reported.
pub(super) fn sorted_members<'a>(
    kind: SetKind,
    members: Collection<'a>,
    layer: Layer,
) -> Result<Vec<Cow<'a, [u8]>>, ValueFault> {
    let Collection { count, mut body } = members;
    let mut canonical_members = Vec::with_capacity(count);
    let mut fault = None;
    for _ in 0..count {
        let member = body.text()?;
        match kind {
            SetKind::S | SetKind::B => canonical_members.push(Cow::Borrowed(member)),
            SetKind::N => match canonical(member, layer) {
                Ok(member) => canonical_members.push(member),
                Err(bad_number) => {
                    fault = Some(bad_number);
                    break;
                }
            },
        }
    }
    sort::by(&mut canonical_members, |a, b| compare_members(kind, a, b));
    if !canonical_members.is_sorted_by(|a, b| a != b) {
        return Err(ValueFault::Duplicates {
            kind,
            members: texts(members)?,
        });
    }
    match fault {
        Some(fault) => Err(fault),
        None => Ok(canonical_members),
    }
}

/// The order in which a set keeps its members.
pub(in crate::value) fn compare_members(kind: SetKind, a: &[u8], b: &[u8]) -> Ordering {
    match kind {
        SetKind::S | SetKind::B => a.cmp(b),
        SetKind::N => number::compare(a, b),
    }
}

fn texts(members: Collection<'_>) -> Result<Vec<Box<[u8]>>, Malformed> {
    let Collection { count, mut body } = members;
    (0..count).map(|_| Ok(body.text()?.into())).collect()
}

/// The canonical text of a number.
pub(super) fn canonical(text: &[u8], layer: Layer) -> Result<Cow<'_, [u8]>, ValueFault> {
    number::canonical(text, layer).map_err(|fault| ValueFault::Number {
        fault,
        text: text.into(),
    })
}
