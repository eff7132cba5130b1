//! Views of values: one taken apart a level at a time, its bytes where they lie.

use super::{Collection, Cursor, Malformed, Tag};
use crate::bytes::equal;

/// One value's bytes, tag first.
///
/// Obtained from [`Cursor::value`], so the bytes are whole at this level; what is inside a collection may still be
/// malformed unless the value was admitted.
#[derive(Clone, Copy, Debug)]
pub struct ValueRef<'a> {
    bytes: &'a [u8],
}

/// A value taken apart one level deep.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// `NULL`
    Null,
    /// `BOOL`
    Bool(bool),
    /// `S`: UTF-8 bytes.
    S(&'a [u8]),
    /// `N`: decimal text.
    N(&'a [u8]),
    /// `B`
    B(&'a [u8]),
    /// `SS`: members in the order written.
    Ss(Texts<'a>),
    /// `NS`
    Ns(Texts<'a>),
    /// `BS`
    Bs(Texts<'a>),
    /// `L`
    L(List<'a>),
    /// `M`, or a map of attributes.
    M(Map<'a>),
}

impl<'a> ValueRef<'a> {
    /// Reads `bytes` as exactly one value.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(bytes);
        let value = cursor.value()?;
        if cursor.is_empty() { Ok(value) } else { Err(Malformed) }
    }

    /// Bytes that admission, or a writer, has made. Reading them stays checked: other bytes are malformed later, not here.
    pub(crate) fn trusted(bytes: &'a [u8]) -> Self {
        ValueRef { bytes }
    }

    /// The inside of a value that is a collection, whatever its kind.
    pub(in crate::value) fn collection(&self) -> Result<Collection<'a>, Malformed> {
        let mut cursor = Cursor::new(self.bytes);
        match cursor.tag()? {
            Tag::Ss | Tag::Ns | Tag::Bs | Tag::L | Tag::M | Tag::Attributes => cursor.collection(),
            Tag::Null
            | Tag::False
            | Tag::True
            | Tag::S
            | Tag::N
            | Tag::B
            | Tag::NullFalse
            | Tag::NoDatatype
            | Tag::ManyDatatypes
            | Tag::Attribute
            | Tag::Time => Err(Malformed),
        }
    }

    /// The value's bytes, tag first: what a writer copies to store it elsewhere.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The value's tag.
    #[inline(always)]
    pub fn tag(&self) -> Result<Tag, Malformed> {
        Cursor::new(self.bytes).tag()
    }

    /// The value without the marker that a tree puts before a single attribute value.
    pub fn unmarked(self) -> Self {
        match (self.tag(), self.bytes.get(1..)) {
            (Ok(Tag::Attribute), Some(bytes)) => ValueRef { bytes },
            _ => self,
        }
    }

    /// Tag and text of a value that is an S, N or B; `None` for any other. What [`ValueRef::view`] would find, for less.
    #[inline(always)]
    pub fn scalar(&self) -> Option<(Tag, &'a [u8])> {
        let mut cursor = Cursor::new(self.unmarked().bytes);
        match cursor.tag().ok()? {
            tag @ (Tag::S | Tag::N | Tag::B) => Some((tag, cursor.text().ok()?)),
            _ => None,
        }
    }

    /// Takes the value apart. A value that the service refuses, a time or a marker inside an item is malformed here.
    pub fn view(&self) -> Result<View<'a>, Malformed> {
        let mut cursor = Cursor::new(self.bytes);
        Ok(match cursor.tag()? {
            Tag::Null => View::Null,
            Tag::False => View::Bool(false),
            Tag::True => View::Bool(true),
            Tag::S => View::S(cursor.text()?),
            Tag::N => View::N(cursor.text()?),
            Tag::B => View::B(cursor.text()?),
            Tag::Ss => View::Ss(Texts(cursor.collection()?)),
            Tag::Ns => View::Ns(Texts(cursor.collection()?)),
            Tag::Bs => View::Bs(Texts(cursor.collection()?)),
            Tag::L => View::L(List(cursor.collection()?)),
            Tag::M | Tag::Attributes => View::M(Map(cursor.collection()?)),
            Tag::Attribute => ValueRef { bytes: cursor.rest() }.view()?,
            Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes | Tag::Time => return Err(Malformed),
        })
    }
}

/// The members of a set.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a>(pub Collection<'a>);

impl<'a> Texts<'a> {
    /// Number of members.
    pub fn len(&self) -> usize {
        self.0.count
    }
    /// True for a set without members (which only an unadmitted value can be).
    pub fn is_empty(&self) -> bool {
        self.0.count == 0
    }
    /// The members in the order written; ends early on malformed bytes.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut body = self.0.body;
        (0..self.0.count).map_while(move |_| body.text().ok())
    }
}

/// The elements of a list.
#[derive(Clone, Copy, Debug)]
pub struct List<'a>(pub Collection<'a>);

impl<'a> List<'a> {
    /// Number of elements.
    pub fn len(&self) -> usize {
        self.0.count
    }
    /// True for `[]`.
    pub fn is_empty(&self) -> bool {
        self.0.count == 0
    }
    /// The elements in order; ends early on malformed bytes.
    pub fn iter(&self) -> impl Iterator<Item = ValueRef<'a>> + use<'a> {
        let mut body = self.0.body;
        (0..self.0.count).map_while(move |_| body.value().ok())
    }
    /// The element at `position`, counting from zero.
    pub fn get(&self, position: usize) -> Option<ValueRef<'a>> {
        self.iter().nth(position)
    }
}

/// The entries of a map, in the order written.
#[derive(Clone, Copy, Debug)]
pub struct Map<'a>(pub Collection<'a>);

impl<'a> Map<'a> {
    /// Reads the bytes of a map of attributes or an M value.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(bytes);
        match cursor.tag()? {
            Tag::M | Tag::Attributes => {
                let entries = cursor.collection()?;
                if cursor.is_empty() {
                    Ok(Map(entries))
                } else {
                    Err(Malformed)
                }
            }
            Tag::Attribute => match ValueRef::read(bytes)?.view()? {
                View::M(map) => Ok(map),
                _ => Err(Malformed),
            },
            _ => Err(Malformed),
        }
    }
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.count
    }
    /// True for `{}`.
    pub fn is_empty(&self) -> bool {
        self.0.count == 0
    }
    /// The entries in the order written; ends early on malformed bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&'a [u8], ValueRef<'a>)> + use<'a> {
        let mut body = self.0.body;
        (0..self.0.count).map_while(move |_| Some((body.text().ok()?, body.value().ok()?)))
    }
    /// The value under `name`.
    pub fn get(&self, name: &[u8]) -> Option<ValueRef<'a>> {
        self.iter().find(|(key, _)| equal(key, name)).map(|(_, value)| value)
    }
}
