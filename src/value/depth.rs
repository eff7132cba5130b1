//! How deep lists and maps may lie in each other.
//!
//! Admission checks this in its own walk; here are the questions that others ask, of values that may be deeper than any stack.

use super::flat::{Collection, Malformed, Tag, ValueRef};

/// Levels an attribute may have, the attribute's own value being the first.
pub const NESTING_LEVELS_MAX: usize = 32;

/// Levels of a value that is only compared and whose depth its operation does not judge. No JSON body holds as many: it is a bound
/// for stacks, where values come as bytes.
pub const COMPARED_LEVELS_MAX: usize = 500;

/// True when a value has more than `levels` levels, its own being the first. A list or map opens the level below it even
/// when it is empty, so an empty map at the last level is one too many. The stack grows with `levels`, not with the value.
pub fn deeper_than(value: ValueRef<'_>, levels: usize) -> Result<bool, Malformed> {
    match value.tag()? {
        Tag::L | Tag::M => {}
        Tag::Null
        | Tag::False
        | Tag::True
        | Tag::S
        | Tag::N
        | Tag::B
        | Tag::Ss
        | Tag::Ns
        | Tag::Bs
        | Tag::NullFalse
        | Tag::NoDatatype
        | Tag::ManyDatatypes
        | Tag::Attributes
        | Tag::Attribute
        | Tag::Time => return Ok(levels == 0),
    }
    if levels <= 1 {
        return Ok(true);
    }
    let named = value.tag()? == Tag::M;
    let Collection { count, mut body } = value.collection()?;
    for _ in 0..count {
        if named {
            body.text()?;
        }
        if deeper_than(body.value()?, levels - 1)? {
            return Ok(true);
        }
    }
    Ok(false)
}
