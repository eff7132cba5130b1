//! The flat layout: attribute values, items, requests and responses as one run of bytes.
//!
//! This file owns the byte layout and the borrowed views that walk it. It never allocates for a read, never trusts a
//! length it has not checked, and never panics: bytes that do not follow the layout read as [`Malformed`].
//!
//! # Layout, version 1
//!
//! ```text
//! value      := tag payload
//! text       := length:varint bytes                      (LEB128, as few bytes as it takes; UTF-8 except in B and BS)
//! collection := length:u32le count:varint element*       (length counts everything after itself)
//!
//! tag   payload                                   meaning
//! 0x00  -                                         NULL
//! 0x01  -                                         BOOL false
//! 0x02  -                                         BOOL true
//! 0x03  text                                      S
//! 0x04  text                                      N, as decimal text (canonical once admitted)
//! 0x05  text                                      B
//! 0x06  collection of text                        SS
//! 0x07  collection of text                        NS
//! 0x08  collection of text                        BS
//! 0x09  collection of value                       L
//! 0x0a  collection of (name:text value)           M
//! ```
//!
//! Three tags stand for values that a caller can write in JSON and that the service refuses; they exist only until
//! admission ([`super::admit`]) has turned them into the service's error, so that every fault is reported in AWS's order:
//!
//! ```text
//! 0x0b  -                                         {"NULL": false}
//! 0x0c  -                                         {} where a value belongs
//! 0x0d  -                                         a value with more than one datatype
//! ```
//!
//! Requests and responses are trees of the same values (structures are M, enums are S, integers N), with three more tags
//! that mark where the caller's data begins, so that every reader (document client, JSON writer) knows which parts are
//! attribute values without a schema:
//!
//! ```text
//! 0x20  collection of (name:text value)           a map of attributes: an item, a key, expression values
//! 0x21  value                                     a single attribute value
//! 0x22  text                                      a time: seconds since the epoch as decimal text
//! ```
//!
//! A stored item is exactly the 0x20 form, tag included; the tag is the layout's version, and a later layout takes another.
//! Attributes keep the order in which they were written: a map's order is never seen by comparisons, which go by content.
//! No name comes twice in an admitted map. An admitted set's members are ascending, strings and binaries by their bytes and
//! numbers by value, so equal sets have equal bytes.

use crate::bytes::equal;

/// First byte of a flat value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tag {
    /// `{"NULL": true}`
    Null = 0x00,
    /// `{"BOOL": false}`
    False = 0x01,
    /// `{"BOOL": true}`
    True = 0x02,
    /// String.
    S = 0x03,
    /// Number as decimal text.
    N = 0x04,
    /// Binary.
    B = 0x05,
    /// String set.
    Ss = 0x06,
    /// Number set.
    Ns = 0x07,
    /// Binary set.
    Bs = 0x08,
    /// List.
    L = 0x09,
    /// Map.
    M = 0x0a,
    /// `{"NULL": false}`, refused at admission.
    NullFalse = 0x0b,
    /// A value without a datatype, refused at admission.
    NoDatatype = 0x0c,
    /// A value with several datatypes, refused at admission.
    ManyDatatypes = 0x0d,
    /// A map of attributes inside a request or response; the form of a stored item.
    Attributes = 0x20,
    /// A single attribute value inside a request or response.
    Attribute = 0x21,
    /// A point in time inside a response.
    Time = 0x22,
}

impl Tag {
    /// The tag of a byte, if it is one.
    // Inlined, it is one table with the match that nearly always follows.
    #[inline(always)]
    pub fn from_byte(byte: u8) -> Option<Tag> {
        Some(match byte {
            0x00 => Tag::Null,
            0x01 => Tag::False,
            0x02 => Tag::True,
            0x03 => Tag::S,
            0x04 => Tag::N,
            0x05 => Tag::B,
            0x06 => Tag::Ss,
            0x07 => Tag::Ns,
            0x08 => Tag::Bs,
            0x09 => Tag::L,
            0x0a => Tag::M,
            0x0b => Tag::NullFalse,
            0x0c => Tag::NoDatatype,
            0x0d => Tag::ManyDatatypes,
            0x20 => Tag::Attributes,
            0x21 => Tag::Attribute,
            0x22 => Tag::Time,
            _ => return None,
        })
    }
}

/// Bytes that do not follow the layout. From a caller of the wasm module it is a refused request; from storage, corruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// A reading position in flat bytes.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

// Each is a few instructions and would otherwise be a call in places: inlined they saved every put 3 % for 2 KB.
impl<'a> Cursor<'a> {
    /// Starts at the first of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Cursor { rest: bytes }
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// True once everything has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads one byte.
    #[inline(always)]
    pub fn byte(&mut self) -> Result<u8, Malformed> {
        let (first, rest) = self.rest.split_first().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*first)
    }

    /// Reads a tag.
    #[inline(always)]
    pub fn tag(&mut self) -> Result<Tag, Malformed> {
        Tag::from_byte(self.byte()?).ok_or(Malformed)
    }

    /// Reads `length` bytes.
    #[inline(always)]
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Reads a LEB128 number below 2^32.
    #[inline(always)]
    pub fn varint(&mut self) -> Result<usize, Malformed> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(usize::from(first));
        }
        self.long_varint(first)
    }

    /// The rest of a LEB128 number that starts with `first`. Out of line: nearly all lengths are below 128.
    #[cold]
    fn long_varint(&mut self, first: u8) -> Result<usize, Malformed> {
        let mut value = u32::from(first & 0x7f);
        for shift in [7u32, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0x0f {
                return Err(Malformed);
            }
            value |= bits << shift;
            if byte < 0x80 {
                // One number has one form, so that equal values are equal bytes.
                if byte == 0 {
                    return Err(Malformed);
                }
                return usize::try_from(value).map_err(|_| Malformed);
            }
        }
        Err(Malformed)
    }

    /// Reads a length and that many bytes.
    #[inline(always)]
    pub fn text(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.varint()?;
        self.take(length)
    }

    /// Reads a collection's length and everything it covers, without looking inside.
    #[inline(always)]
    pub fn collection(&mut self) -> Result<Collection<'a>, Malformed> {
        let (header, rest) = self.rest.split_first_chunk::<4>().ok_or(Malformed)?;
        self.rest = rest;
        let length = usize::try_from(u32::from_le_bytes(*header)).map_err(|_| Malformed)?;
        let mut body = Cursor::new(self.take(length)?);
        let count = body.varint()?;
        // Every element takes at least one byte, so a count past the bytes is a lie that must not size anything.
        if count > body.rest.len() {
            return Err(Malformed);
        }
        Ok(Collection { count, body })
    }

    /// Reads one value, without looking inside collections.
    #[inline(always)]
    pub fn value(&mut self) -> Result<ValueRef<'a>, Malformed> {
        // Most values are short texts and numbers.
        if let [tag, length, ..] = self.rest
            && matches!(*tag, 0x03..=0x05)
            && *length < 0x80
        {
            let bytes = self.take(2 + usize::from(*length))?;
            return Ok(ValueRef { bytes });
        }
        self.any_value()
    }

    fn any_value(&mut self) -> Result<ValueRef<'a>, Malformed> {
        let start = self.rest;
        match self.tag()? {
            Tag::Null | Tag::False | Tag::True | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes => {}
            Tag::S | Tag::N | Tag::B | Tag::Time => {
                self.text()?;
            }
            Tag::Ss | Tag::Ns | Tag::Bs | Tag::L | Tag::M | Tag::Attributes => {
                self.collection()?;
            }
            Tag::Attribute => {
                self.value_inside_attribute()?;
            }
        }
        let length = start.len() - self.rest.len();
        let bytes = start.get(..length).ok_or(Malformed)?;
        Ok(ValueRef { bytes })
    }

    /// The value behind an `Attribute` tag; the tag does not nest, so the walk cannot recurse.
    fn value_inside_attribute(&mut self) -> Result<(), Malformed> {
        match self.rest.first().copied().and_then(Tag::from_byte) {
            None | Some(Tag::Attribute | Tag::Attributes | Tag::Time) => Err(Malformed),
            Some(_) => self.value().map(|_| ()),
        }
    }
}

/// The inside of a collection: how many elements it says it has, and their bytes.
#[derive(Clone, Copy, Debug)]
pub struct Collection<'a> {
    /// Number of elements announced.
    pub count: usize,
    /// Reads the elements.
    pub body: Cursor<'a>,
}

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
    pub(super) fn collection(&self) -> Result<Collection<'a>, Malformed> {
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

/// Writes flat bytes: values one after another, collections opened and closed.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

/// A collection being written; hand it back to [`Writer::close`].
#[derive(Debug)]
#[must_use = "a collection that is not closed has no length"]
pub struct Open {
    at: usize,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Writer::default()
    }
    /// Writes after what `bytes` already holds.
    pub fn appending(bytes: Vec<u8>) -> Self {
        Writer { bytes }
    }
    /// Everything written so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// Hands the bytes over.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
    /// Writes a bare tag: NULL, booleans, refused values, or the `Attribute` marker before its value.
    pub fn tag(&mut self, tag: Tag) {
        self.bytes.push(tag as u8);
    }
    /// Writes a LEB128 number. Lengths stay far below 2^32: requests are bounded at 16 MB.
    pub fn varint(&mut self, value: usize) {
        let mut value = value;
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
    /// Writes a length and the bytes: a name, a set's member.
    pub fn text(&mut self, text: &[u8]) {
        self.varint(text.len());
        self.bytes.extend_from_slice(text);
    }
    /// Writes S, N, B or a time.
    pub fn scalar(&mut self, tag: Tag, text: &[u8]) {
        self.tag(tag);
        self.text(text);
    }
    /// Writes BOOL.
    pub fn bool(&mut self, value: bool) {
        self.tag(if value { Tag::True } else { Tag::False });
    }
    /// Copies a value that is flat already.
    pub fn copy(&mut self, value: ValueRef<'_>) {
        self.bytes.extend_from_slice(value.bytes);
    }
    /// Copies whole entries or elements of a collection that is flat already.
    pub fn entries(&mut self, entries: &[u8]) {
        self.bytes.extend_from_slice(entries);
    }
    /// Opens a collection of exactly `count` elements. Its u32 length is filled in by [`Writer::close`].
    pub fn open(&mut self, tag: Tag, count: usize) -> Open {
        self.tag(tag);
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 4]);
        self.varint(count);
        Open { at }
    }
    /// Opens a collection whose number of elements only its end will tell; [`Writer::close_counted`] closes it.
    pub fn open_uncounted(&mut self, tag: Tag) -> Open {
        self.open(tag, 0)
    }
    /// Closes a collection that was opened without a count. One byte was kept for the count; a larger one moves the elements.
    pub fn close_counted(&mut self, open: Open, count: usize) {
        let at = open.at + 4;
        if count < 0x80 {
            if let Some(byte) = self.bytes.get_mut(at) {
                *byte = count as u8;
            }
        } else {
            let mut varint = Writer::new();
            varint.varint(count);
            self.bytes.splice(at..=at, varint.bytes);
        }
        self.close(open);
    }
    /// How many bytes have been written: a place to [`Writer::rewind`] to.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }
    /// True before the first byte.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
    /// Takes back everything after the first `length` bytes.
    pub fn rewind(&mut self, length: usize) {
        self.bytes.truncate(length);
    }
    /// Takes back the bytes of a range, closing the gap: an entry that a later one replaces.
    pub fn remove(&mut self, range: std::ops::Range<usize>) {
        debug_assert!(range.start <= range.end && range.end <= self.bytes.len());
        if range.start <= range.end && range.end <= self.bytes.len() {
            self.bytes.drain(range);
        }
    }
    /// Closes a collection: its length is now known.
    pub fn close(&mut self, open: Open) {
        let length = self.bytes.len() - open.at - 4;
        debug_assert!(
            u32::try_from(length).is_ok(),
            "a collection is bounded by the request size"
        );
        if let Some(header) = self.bytes.get_mut(open.at..open.at + 4) {
            header.copy_from_slice(&(length as u32).to_le_bytes());
        }
    }
}

#[cfg(test)]
#[path = "flat_tests.rs"]
mod tests;
