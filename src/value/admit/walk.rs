//! The walk itself: every byte is looked at once, and what is found out on the way is kept.

use super::name::{COMPARED_NAMES_MAX, SeenNames, check_many_names, check_name, named_before};
use super::set::{canonical, sorted_members};
use super::text::check_utf8;
use crate::value::fault::{SetKind, ValueFault};
use crate::value::flat::{Collection, Cursor, Malformed, Tag, Texts};
use crate::value::{Layer, number, size};
use std::borrow::Cow;

/// What the walk's functions return: a size, or a fault on the heap. That keeps every return in registers.
pub(super) type Walked = Result<usize, Box<ValueFault>>;

impl From<Malformed> for Box<ValueFault> {
    fn from(Malformed: Malformed) -> Self {
        Box::new(ValueFault::Malformed)
    }
}

/// One walk: what it needs to know, and what it found out.
pub(super) struct Walk {
    layer: Layer,
    /// Levels that a value may have.
    levels: usize,
    /// Something is not in its canonical form.
    pub rewrite: bool,
    /// A string or binary is empty.
    pub has_empty: bool,
}

impl Walk {
    pub fn new(layer: Layer, levels: usize) -> Self {
        Walk {
            layer,
            levels,
            rewrite: false,
            has_empty: false,
        }
    }

    /// Checks an `Attributes` form and returns its size.
    pub fn attributes(&mut self, raw: &[u8]) -> Walked {
        let mut cursor = Cursor::new(raw);
        if cursor.tag()? != Tag::Attributes {
            return Err(Box::new(ValueFault::Malformed));
        }
        let collection = cursor.collection()?;
        finished(cursor)?;
        self.entries(collection, 1)
    }

    /// Checks bytes that are one value and returns its size.
    pub fn whole_value(&mut self, raw: &[u8]) -> Walked {
        let mut cursor = Cursor::new(raw);
        let size = self.value(&mut cursor, 1)?;
        finished(cursor)?;
        Ok(size)
    }

    /// Checks the value at the cursor, which is at `level`, and returns its size.
    fn value(&mut self, cursor: &mut Cursor<'_>, level: usize) -> Walked {
        match cursor.tag()? {
            Tag::Null | Tag::False | Tag::True => Ok(1),
            Tag::S => {
                let text = cursor.text()?;
                check_utf8(text)?;
                self.has_empty |= text.is_empty();
                Ok(text.len())
            }
            Tag::N => self.number(cursor.text()?),
            Tag::B => {
                let bytes = cursor.text()?;
                self.has_empty |= bytes.is_empty();
                Ok(bytes.len())
            }
            Tag::Ss => self.byte_set(SetKind::S, cursor.collection()?),
            Tag::Ns => self.number_set(cursor.collection()?),
            Tag::Bs => self.byte_set(SetKind::B, cursor.collection()?),
            Tag::L => {
                let elements = self.opened(cursor, level)?;
                let size = self.elements(elements, level + 1)?;
                Ok(size::COLLECTION_BYTES + elements.count * size::ELEMENT_BYTES + size)
            }
            Tag::M => {
                let entries = self.opened(cursor, level)?;
                let size = self.entries(entries, level + 1)?;
                Ok(size::COLLECTION_BYTES + entries.count * size::ELEMENT_BYTES + size)
            }
            Tag::NullFalse => Err(Box::new(ValueFault::NullFalse)),
            Tag::NoDatatype => Err(Box::new(ValueFault::NoDatatype)),
            Tag::ManyDatatypes => Err(Box::new(ValueFault::ManyDatatypes)),
            Tag::Attributes | Tag::Attribute | Tag::Time => Err(Box::new(ValueFault::Malformed)),
        }
    }

    /// The inside of a list or map at `level`, which has to leave room for the level it opens.
    #[inline(always)]
    fn opened<'a>(&self, cursor: &mut Cursor<'a>, level: usize) -> Result<Collection<'a>, Box<ValueFault>> {
        if level >= self.levels {
            return Err(Box::new(ValueFault::TooDeep));
        }
        Ok(cursor.collection()?)
    }

    fn elements(&mut self, elements: Collection<'_>, level: usize) -> Walked {
        let Collection { count, mut body } = elements;
        let mut size = 0;
        for _ in 0..count {
            size += self.value(&mut body, level)?;
        }
        finished(body)?;
        Ok(size)
    }

    fn entries(&mut self, entries: Collection<'_>, level: usize) -> Walked {
        let Collection { count, mut body } = entries;
        let mut seen = SeenNames::default();
        let mut size = 0;
        for position in 0..count {
            let name = body.text()?;
            check_name(name)?;
            if count <= COMPARED_NAMES_MAX && seen.maybe(name) && named_before(entries.body, position, name)? {
                return Err(Box::new(ValueFault::Malformed));
            }
            size += name.len() + self.value(&mut body, level)?;
        }
        finished(body)?;
        if count > COMPARED_NAMES_MAX {
            check_many_names(entries)?;
        }
        Ok(size)
    }

    fn number(&mut self, text: &[u8]) -> Walked {
        if let Some(size) = number::size_if_short_canonical(text) {
            return Ok(size);
        }
        let canonical = canonical(text, self.layer)?;
        self.rewrite |= matches!(canonical, Cow::Owned(_));
        Ok(number::size_bytes(&canonical))
    }

    /// Strings or binaries: ascending members are different ones, so only others have to be looked at again.
    fn byte_set(&mut self, kind: SetKind, members: Collection<'_>) -> Walked {
        let Collection { count, mut body } = members;
        let mut ascending = true;
        let mut previous: Option<&[u8]> = None;
        let mut size = 0;
        for _ in 0..count {
            let member = body.text()?;
            if kind == SetKind::S {
                check_utf8(member)?;
            }
            ascending &= previous.is_none_or(|previous| previous < member);
            previous = Some(member);
            size += member.len();
        }
        finished(body)?;
        if count == 0 {
            return Err(Box::new(ValueFault::EmptySet(kind)));
        }
        if !ascending {
            self.rewrite = true;
            sorted_members(kind, members, self.layer)?;
        }
        Ok(size)
    }

    fn number_set(&mut self, members: Collection<'_>) -> Walked {
        let Collection { count, mut body } = members;
        let mut canonical = true;
        let mut previous: Option<&[u8]> = None;
        let mut size = 0;
        for _ in 0..count {
            let member = body.text()?;
            match number::size_if_short_canonical(member) {
                Some(member_size) => size += member_size,
                None => canonical = false,
            }
            canonical = canonical && previous.is_none_or(|previous| number::compare(previous, member).is_lt());
            previous = Some(member);
        }
        finished(body)?;
        if count == 0 {
            return Err(Box::new(ValueFault::EmptySet(SetKind::N)));
        }
        if !canonical {
            let sorted = sorted_members(SetKind::N, members, self.layer)?;
            self.rewrite |= !sorted.iter().map(|member| &**member).eq(Texts(members).iter());
            size = sorted.iter().map(|member| number::size_bytes(member)).sum();
        }
        Ok(size)
    }
}

/// A collection holds its elements and nothing behind them.
fn finished(cursor: Cursor<'_>) -> Result<(), Malformed> {
    if cursor.is_empty() { Ok(()) } else { Err(Malformed) }
}
