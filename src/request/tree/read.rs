//! The reader: one pass over a request tree, borrowing everything.
//!
//! A value of another kind than the type wants is reported as the framework in front of the service would report it, so that
//! a caller of the wasm module and a caller over HTTP read the same sentence.

use super::input::{Fields, FromTree, Member, Members};
use super::{Entries, RawMap, RawValue, Time};
use crate::bytes::equal;
use crate::error::serialization::{ListInstead, MapType, SerializationFault, Token, Wanted};
use crate::error::{Error, serialization};
use crate::time;
use crate::value::flat::{Cursor, Malformed, Tag};
use std::fmt;

/// Elements and entries that an announced count may reserve room for; more grow as they are read.
const RESERVED_MAX: usize = 128;

/// Why a tree cannot be read as a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeFault {
    /// The bytes do not follow the layout, or lack a member that earlier checks demand.
    Malformed,
    /// A value of another kind than the member has.
    Kind(SerializationFault),
}

impl fmt::Display for TreeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TreeFault::Malformed => f.write_str("malformed request tree"),
            TreeFault::Kind(fault) => f.write_str(&fault.message().unwrap_or_default()),
        }
    }
}

impl std::error::Error for TreeFault {}

impl From<Malformed> for TreeFault {
    fn from(_: Malformed) -> Self {
        TreeFault::Malformed
    }
}

impl From<TreeFault> for Error {
    fn from(fault: TreeFault) -> Self {
        Error::SerializationException(match fault {
            TreeFault::Malformed => SerializationFault::NotJson,
            TreeFault::Kind(fault) => fault,
        })
    }
}

/// Reads a tree as a type.
///
/// # Errors
/// [`TreeFault::Malformed`] for bytes that do not follow the layout, [`TreeFault::Kind`] for a member of another kind.
#[inline(never)]
pub fn decode<'a, T: FromTree<'a>>(bytes: &'a [u8]) -> Result<T, TreeFault> {
    let mut reader = Reader {
        cursor: Cursor::new(bytes),
    };
    let mut value = T::BLANK;
    value.fill(&mut reader)?;
    if reader.cursor.is_empty() {
        Ok(value)
    } else {
        Err(TreeFault::Malformed)
    }
}

/// A place in a request tree.
pub struct Reader<'a> {
    cursor: Cursor<'a>,
}

/// What is left of a list or map.
struct Inside<'a> {
    left: usize,
    reader: Reader<'a>,
}

impl Inside<'_> {
    /// Counts one more, if there is one.
    fn next(&mut self) -> bool {
        let more = self.left > 0;
        self.left = self.left.saturating_sub(1);
        more
    }
}

impl<'a> Reader<'a> {
    /// Reads a structure: each member that the API has into its field, the others past.
    ///
    /// # Errors
    /// [`TreeFault::Malformed`] for a member that is missing or there twice, and whatever the fields report.
    pub fn structure(&mut self, members: &'static Members, fields: &mut dyn Fields<'a>) -> Result<(), TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::M {
            return Err(not_a_structure(found, members.name));
        }
        let mut map = self.inside()?;
        let mut seen = 0u32;
        while map.next() {
            let name = map.reader.cursor.text()?;
            let known = |member: &Member| equal(member.name.as_bytes(), name);
            let Some(position) = members.members.iter().position(known) else {
                utf8(name)?;
                map.reader.skip()?;
                continue;
            };
            if seen & (1 << position) != 0 {
                return Err(TreeFault::Malformed);
            }
            seen |= 1 << position;
            fields.fill_field(position, &mut map.reader)?;
        }
        if seen & members.demanded == members.demanded {
            Ok(())
        } else {
            Err(TreeFault::Malformed)
        }
    }

    /// Reads a word out of a closed set: its position there.
    ///
    /// # Errors
    /// [`TreeFault::Malformed`] for another word (member constraints are checked before), [`TreeFault::Kind`] for no text.
    pub fn word(&mut self, words: &'static [&'static str]) -> Result<usize, TreeFault> {
        let found = self.str()?;
        words.iter().position(|word| *word == found).ok_or(TreeFault::Malformed)
    }

    fn list(&mut self) -> Result<Inside<'a>, TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::L {
            return Err(not_a_list(found));
        }
        self.inside()
    }

    fn map(&mut self) -> Result<Inside<'a>, TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::M {
            return Err(not_a_map(found, MapType::ToString));
        }
        self.inside()
    }

    fn inside(&mut self) -> Result<Inside<'a>, TreeFault> {
        let collection = self.cursor.collection()?;
        Ok(Inside {
            left: collection.count,
            reader: Reader {
                cursor: collection.body,
            },
        })
    }

    /// The name before a map's value.
    fn name(&mut self) -> Result<&'a str, TreeFault> {
        utf8(self.cursor.text()?)
    }

    /// The tag of the value that comes next.
    fn peek(&self) -> Result<Tag, TreeFault> {
        Cursor::new(self.cursor.rest()).tag().map_err(TreeFault::from)
    }

    /// Reads text behind a tag that has to be `tag`.
    fn scalar(&mut self, tag: Tag, wanted: Wanted) -> Result<&'a [u8], TreeFault> {
        let found = self.cursor.tag()?;
        if found == tag {
            Ok(self.cursor.text()?)
        } else {
            Err(mismatch(found, wanted))
        }
    }

    /// Reads text.
    ///
    /// # Errors
    /// [`TreeFault::Kind`] for anything else.
    pub fn str(&mut self) -> Result<&'a str, TreeFault> {
        utf8(self.scalar(Tag::S, Wanted::String)?)
    }

    fn integer(&mut self, wanted: Wanted) -> Result<i64, TreeFault> {
        let text = utf8(self.scalar(Tag::N, wanted)?)?;
        parse_integer(text).ok_or(TreeFault::Malformed)
    }

    /// Reads one value without looking into it.
    fn skip(&mut self) -> Result<&'a [u8], TreeFault> {
        Ok(self.cursor.value()?.bytes())
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, TreeFault> {
    std::str::from_utf8(bytes).map_err(|_| TreeFault::Malformed)
}

/// Reads an integer as Java's `Number.longValue` would: a fraction is cut off, and too large a number stops at the edge.
pub(crate) fn parse_integer(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse::<i64>() {
        return Some(value);
    }
    let value = text.parse::<f64>().ok()?;
    value.is_finite().then_some(value as i64)
}

/// The framework's word for a scalar's kind, or the fault that a list or map is.
fn mismatch(found: Tag, wanted: Wanted) -> TreeFault {
    TreeFault::Kind(match found {
        Tag::S | Tag::B => SerializationFault::Inconvertible {
            token: Token::String,
            wanted,
        },
        Tag::N | Tag::Time => SerializationFault::Inconvertible {
            token: Token::Number,
            wanted,
        },
        Tag::True => SerializationFault::Inconvertible {
            token: Token::True,
            wanted,
        },
        Tag::False => SerializationFault::Inconvertible {
            token: Token::False,
            wanted,
        },
        Tag::L | Tag::Ss | Tag::Ns | Tag::Bs => SerializationFault::List {
            wanted: ListInstead::Scalar(wanted),
        },
        Tag::M | Tag::Attributes | Tag::Attribute => SerializationFault::MapUnexpected,
        Tag::Null | Tag::NullFalse | Tag::NoDatatype | Tag::ManyDatatypes => return TreeFault::Malformed,
    })
}

/// True for a value that is a scalar where something with members is wanted.
fn is_scalar(tag: Tag) -> bool {
    matches!(tag, Tag::S | Tag::N | Tag::B | Tag::True | Tag::False | Tag::Time)
}

fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::L | Tag::Ss | Tag::Ns | Tag::Bs)
}

fn not_a_list(found: Tag) -> TreeFault {
    if is_scalar(found) {
        TreeFault::Kind(SerializationFault::FieldType)
    } else if matches!(found, Tag::M | Tag::Attributes) {
        TreeFault::Kind(SerializationFault::MapUnexpected)
    } else {
        TreeFault::Malformed
    }
}

fn not_a_map(found: Tag, value: MapType) -> TreeFault {
    if is_scalar(found) {
        TreeFault::Kind(SerializationFault::FieldType)
    } else if is_list(found) {
        TreeFault::Kind(SerializationFault::List {
            wanted: ListInstead::Map(value),
        })
    } else {
        TreeFault::Malformed
    }
}

fn not_a_structure(found: Tag, name: &'static str) -> TreeFault {
    if is_scalar(found) {
        TreeFault::Kind(SerializationFault::ValueType)
    } else if is_list(found) {
        TreeFault::Kind(SerializationFault::List {
            wanted: ListInstead::Structure(name),
        })
    } else {
        TreeFault::Malformed
    }
}

impl<'a> FromTree<'a> for &'a str {
    const BLANK: Self = "";
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        *self = reader.str()?;
        Ok(())
    }
}

impl<'a> FromTree<'a> for bool {
    const BLANK: Self = false;
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let found = reader.cursor.tag()?;
        *self = found == Tag::True;
        if *self || found == Tag::False {
            Ok(())
        } else {
            Err(mismatch(found, Wanted::Boolean))
        }
    }
}

impl<'a> FromTree<'a> for i32 {
    const BLANK: Self = 0;
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let value = reader.integer(Wanted::Integer)?;
        *self = value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        Ok(())
    }
}

impl<'a> FromTree<'a> for i64 {
    const BLANK: Self = 0;
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        *self = reader.integer(Wanted::Long)?;
        Ok(())
    }
}

/// A moment before the epoch reads as the epoch, one too far off as the last there is.
impl<'a> FromTree<'a> for Time {
    const BLANK: Self = Time { epoch_ms: 0 };
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let text = utf8(reader.scalar(Tag::N, Wanted::Date)?)?;
        let seconds: f64 = text.parse().map_err(|_| TreeFault::Malformed)?;
        if !seconds.is_finite() {
            return Err(TreeFault::Malformed);
        }
        // A double of seconds is near the millisecond that was written, and may be just below it.
        self.epoch_ms = time::Time::from_ms(seconds * 1000.0).whole_ms();
        Ok(())
    }
}

impl<'a> FromTree<'a> for RawMap<'a> {
    const BLANK: Self = RawMap { bytes: &[] };
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let found = reader.peek()?;
        if found != Tag::Attributes {
            return Err(not_a_map(found, MapType::ToStructure(serialization::ATTRIBUTE_VALUE)));
        }
        self.bytes = reader.skip()?;
        Ok(())
    }
}

impl<'a> FromTree<'a> for RawValue<'a> {
    const BLANK: Self = RawValue { bytes: &[] };
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let found = reader.peek()?;
        if found != Tag::Attribute {
            return Err(not_a_structure(found, serialization::ATTRIBUTE_VALUE));
        }
        self.bytes = reader.skip()?.get(1..).ok_or(TreeFault::Malformed)?;
        Ok(())
    }
}

/// Absent members are not written at all; a NULL stands for one that a caller spelled out.
impl<'a, T: FromTree<'a>> FromTree<'a> for Option<T> {
    const BLANK: Self = None;
    const DEMANDED: bool = false;
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        if reader.peek()? == Tag::Null {
            reader.skip().map(drop)
        } else {
            self.insert(T::BLANK).fill(reader)
        }
    }
}

impl<'a, T: FromTree<'a>> FromTree<'a> for Vec<T> {
    const BLANK: Self = Vec::new();
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let mut list = reader.list()?;
        self.reserve_exact(list.left.min(RESERVED_MAX));
        while list.next() {
            let mut element = T::BLANK;
            element.fill(&mut list.reader)?;
            self.push(element);
        }
        Ok(())
    }
}

impl<'a, T: FromTree<'a>> FromTree<'a> for Entries<'a, T> {
    const BLANK: Self = Entries(Vec::new());
    fn fill(&mut self, reader: &mut Reader<'a>) -> Result<(), TreeFault> {
        let mut map = reader.map()?;
        self.0.reserve_exact(map.left.min(RESERVED_MAX));
        while map.next() {
            let name = map.reader.name()?;
            let mut value = T::BLANK;
            value.fill(&mut map.reader)?;
            self.0.push((name, value));
        }
        Ok(())
    }
}
