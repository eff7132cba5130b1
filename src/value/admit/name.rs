//! Names of attributes: what they may be, and that none comes twice in a map.

use super::text::check_utf8;
use crate::sort;
use crate::value::fault::ValueFault;
use crate::value::flat::{Collection, Cursor, Malformed};

/// Bytes an attribute's name may have.
pub const NAME_BYTES_MAX: usize = 65_535;

/// Names of a map are compared with each other up to this many entries, and sorted above.
pub(super) const COMPARED_NAMES_MAX: usize = 16;

/// Refuses what is no attribute's name.
pub fn check_name(name: &[u8]) -> Result<(), Box<ValueFault>> {
    if name.is_empty() {
        return Err(Box::new(ValueFault::EmptyName));
    }
    if name.len() > NAME_BYTES_MAX {
        return Err(Box::new(ValueFault::NameTooLong));
    }
    Ok(check_utf8(name)?)
}

/// Names of a map that were met, as one bit each: a name whose bit is not set is new, and nearly all are.
#[derive(Default)]
pub(super) struct SeenNames([u64; 2]);

impl SeenNames {
    /// Notes the name; true when it may have been there before.
    pub fn maybe(&mut self, name: &[u8]) -> bool {
        let (Some(first), Some(middle), Some(last)) = (name.first(), name.get(name.len() / 2), name.last()) else {
            return true;
        };
        let mixed = name.len() * 29 + usize::from(*first) * 37 + usize::from(*middle) * 5 + usize::from(*last) * 11;
        let [even, odd] = &mut self.0;
        let bits = if mixed.is_multiple_of(2) { even } else { odd };
        let bit = 1u64 << (mixed / 2 % 64);
        let maybe = *bits & bit != 0;
        *bits |= bit;
        maybe
    }
}

/// True when `name` is among the first `count` names of the entries in `body`.
pub(super) fn named_before(mut body: Cursor<'_>, count: usize, name: &[u8]) -> Result<bool, Malformed> {
    for _ in 0..count {
        if body.text()? == name {
            return Ok(true);
        }
        body.value()?;
    }
    Ok(false)
}

/// The same of a map with more names than are compared one by one.
pub(super) fn check_many_names(entries: Collection<'_>) -> Result<(), Malformed> {
    let Collection { count, mut body } = entries;
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        names.push(body.text()?);
        body.value()?;
    }
    sort::ascending(&mut names);
    if names.is_sorted_by(|a, b| a < b) {
        Ok(())
    } else {
        Err(Malformed)
    }
}
