//! DynamoDB's sizes of values, attributes and items, in bytes, computed from the flat form.
//!
//! These are the sizes that the 400 KB limit, the 1 MB page and consumed capacity count. They have nothing to do with the
//! number of flat bytes. The rules were found on AWS byte by byte. Values are expected to be admitted: what is malformed
//! counts for nothing.

use super::flat::{Collection, Cursor, Malformed, Map, Tag, ValueRef};
use super::number;

/// What a list or a map counts for by itself.
pub(super) const COLLECTION_BYTES: usize = 3;

/// What each element of a list or entry of a map counts for besides its content.
pub const ELEMENT_BYTES: usize = 1;

/// The size of a value without its name.
pub fn value_size(value: ValueRef<'_>) -> usize {
    admitted(size_at(&mut Cursor::new(value.bytes())))
}

/// The size of a top-level attribute: its name in UTF-8 and its value.
pub fn attribute_size(name: &[u8], value: ValueRef<'_>) -> usize {
    name.len() + value_size(value)
}

/// The size of an item, a key or a projected image: the sum of its attributes.
pub fn item_size(attributes: Map<'_>) -> usize {
    admitted(entries_size(attributes.0))
}

fn admitted(size: Result<usize, Malformed>) -> usize {
    debug_assert!(size.is_ok(), "sizes are asked of admitted values");
    size.unwrap_or(0)
}

/// Reads the value at the cursor and returns its size. Every byte is looked at once; the stack grows with the nesting, which
/// admission has bounded.
fn size_at(cursor: &mut Cursor<'_>) -> Result<usize, Malformed> {
    match cursor.tag()? {
        Tag::Null | Tag::False | Tag::True => Ok(1),
        Tag::S | Tag::B => Ok(cursor.text()?.len()),
        Tag::N => Ok(number::size_bytes(cursor.text()?)),
        Tag::Ss | Tag::Bs => members_size(cursor.collection()?, <[u8]>::len),
        Tag::Ns => members_size(cursor.collection()?, number::size_bytes),
        Tag::L => {
            let Collection { count, mut body } = cursor.collection()?;
            let mut size = COLLECTION_BYTES + count * ELEMENT_BYTES;
            for _ in 0..count {
                size += size_at(&mut body)?;
            }
            Ok(size)
        }
        Tag::M => {
            let entries = cursor.collection()?;
            Ok(COLLECTION_BYTES + entries.count * ELEMENT_BYTES + entries_size(entries)?)
        }
        Tag::Attribute => size_at(cursor),
        Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attributes | Tag::Time => Err(Malformed),
    }
}

fn entries_size(entries: Collection<'_>) -> Result<usize, Malformed> {
    let Collection { count, mut body } = entries;
    let mut size = 0;
    for _ in 0..count {
        size += body.text()?.len() + size_at(&mut body)?;
    }
    Ok(size)
}

fn members_size(members: Collection<'_>, member_size: impl Fn(&[u8]) -> usize) -> Result<usize, Malformed> {
    let Collection { count, mut body } = members;
    let mut size = 0;
    for _ in 0..count {
        size += member_size(body.text()?);
    }
    Ok(size)
}
