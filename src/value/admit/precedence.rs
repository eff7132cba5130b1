//! Which of several faults is reported: those the service looks for up front, then the first in document order.

use super::{NESTING_LEVELS_MAX, deeper_than};
use crate::value::fault::ValueFault;
use crate::value::flat::{Collection, Malformed, Map, ValueRef};

/// Where bytes with a fault stand.
#[derive(Clone, Copy)]
pub(super) enum Position {
    /// They are an item or a key.
    Top,
    /// They are a value, which may have that many levels.
    Inside { levels: usize },
}

/// The fault to report when the walk met `met` first.
pub(super) fn first_in_order(raw: &[u8], position: Position, met: ValueFault) -> ValueFault {
    let up_front = match (position, &met) {
        (_, ValueFault::Malformed) => Ok(None),
        (Position::Inside { levels }, _) => ValueRef::read(raw).and_then(|value| deep(value, levels)),
        (Position::Top, _) => Map::read(raw).and_then(|attributes| fault_at_top(attributes.0)),
    };
    match up_front {
        Ok(Some(fault)) => fault,
        Ok(None) => met,
        Err(Malformed) => ValueFault::Malformed,
    }
}

fn deep(value: ValueRef<'_>, levels: usize) -> Result<Option<ValueFault>, Malformed> {
    Ok(deeper_than(value, levels)?.then_some(ValueFault::TooDeep))
}

fn fault_at_top(attributes: Collection<'_>) -> Result<Option<ValueFault>, Malformed> {
    let Collection { count, mut body } = attributes;
    let mut fault = None;
    for _ in 0..count {
        if body.text()?.is_empty() {
            return Ok(Some(ValueFault::EmptyName));
        }
        let value = body.value()?;
        if fault.is_none() {
            fault = deep(value, NESTING_LEVELS_MAX)?;
        }
    }
    Ok(fault)
}
