//! The deserializer: one pass over a request tree, borrowing everything.
//!
//! A value of another kind than the type wants is reported as the framework in front of the service would report it, so that
//! a caller of the wasm module and a caller over HTTP read the same sentence.

use super::{RAW_MAP, RAW_VALUE};
use crate::error::serialization::{ListInstead, MapType, SerializationFault, Token, Wanted};
use crate::error::{Error, serialization};
use crate::value::flat::{Cursor, Malformed, Tag};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use std::fmt;

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

impl de::Error for TreeFault {
    /// The derived code's own complaints: a member missing or twice, an enum's value unknown. Member constraints are checked
    /// before a tree is read, so the only trees that get here were not written by any of the package's encoders.
    fn custom<T: fmt::Display>(_: T) -> Self {
        TreeFault::Malformed
    }
}

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
pub fn decode<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, TreeFault> {
    let mut reader = Reader {
        cursor: Cursor::new(bytes),
    };
    let value = T::deserialize(&mut reader)?;
    if reader.cursor.is_empty() {
        Ok(value)
    } else {
        Err(TreeFault::Malformed)
    }
}

struct Reader<'de> {
    cursor: Cursor<'de>,
}

impl<'de> Reader<'de> {
    /// The tag of the value that comes next.
    fn peek(&self) -> Result<Tag, TreeFault> {
        Cursor::new(self.cursor.rest()).tag().map_err(TreeFault::from)
    }

    /// Reads text behind a tag that has to be `tag`.
    fn scalar(&mut self, tag: Tag, wanted: Wanted) -> Result<&'de [u8], TreeFault> {
        let found = self.cursor.tag()?;
        if found == tag {
            Ok(self.cursor.text()?)
        } else {
            Err(mismatch(found, wanted))
        }
    }

    fn str(&mut self) -> Result<&'de str, TreeFault> {
        utf8(self.scalar(Tag::S, Wanted::String)?)
    }

    fn integer(&mut self, wanted: Wanted) -> Result<i64, TreeFault> {
        let text = utf8(self.scalar(Tag::N, wanted)?)?;
        parse_integer(text).ok_or(TreeFault::Malformed)
    }

    /// Reads one value without looking into it.
    fn skip(&mut self) -> Result<&'de [u8], TreeFault> {
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

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = TreeFault;

    /// Types that ask for whatever comes do not occur in requests.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, TreeFault> {
        Err(TreeFault::Malformed)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        let found = self.cursor.tag()?;
        if found == Tag::True {
            visitor.visit_bool(true)
        } else if found == Tag::False {
            visitor.visit_bool(false)
        } else {
            Err(mismatch(found, Wanted::Boolean))
        }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        let value = self.integer(Wanted::Integer)?;
        visitor.visit_i32(value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        visitor.visit_i64(self.integer(Wanted::Long)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        visitor.visit_borrowed_str(self.str()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        self.deserialize_str(visitor)
    }

    /// Absent members are not written at all; a NULL stands for one that a caller spelled out.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        if self.peek()? == Tag::Null {
            self.skip()?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TreeFault> {
        let found = self.peek()?;
        if name == RAW_MAP {
            if found != Tag::Attributes {
                return Err(not_a_map(found, MapType::ToStructure(serialization::ATTRIBUTE_VALUE)));
            }
            visitor.visit_borrowed_bytes(self.skip()?)
        } else if name == RAW_VALUE {
            if found != Tag::Attribute {
                return Err(not_a_structure(found, serialization::ATTRIBUTE_VALUE));
            }
            let marked = self.skip()?;
            visitor.visit_borrowed_bytes(marked.get(1..).ok_or(TreeFault::Malformed)?)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::L {
            return Err(not_a_list(found));
        }
        let list = self.cursor.collection()?;
        visitor.visit_seq(Elements {
            left: list.count,
            reader: Reader { cursor: list.body },
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::M {
            return Err(not_a_map(found, MapType::ToString));
        }
        let map = self.cursor.collection()?;
        visitor.visit_map(Members {
            left: map.count,
            reader: Reader { cursor: map.body },
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeFault> {
        let found = self.cursor.tag()?;
        if found != Tag::M {
            return Err(not_a_structure(found, name));
        }
        let map = self.cursor.collection()?;
        visitor.visit_map(Members {
            left: map.count,
            reader: Reader { cursor: map.body },
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeFault> {
        visitor.visit_enum(Variant(self.str()?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeFault> {
        self.skip()?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Elements<'de> {
    left: usize,
    reader: Reader<'de>,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = TreeFault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, TreeFault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

struct Members<'de> {
    left: usize,
    reader: Reader<'de>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = TreeFault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TreeFault> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let name = utf8(self.reader.cursor.text()?)?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TreeFault> {
        seed.deserialize(&mut self.reader)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// An enum's value: its text, and nothing with it.
struct Variant<'de>(&'de str);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = TreeFault;
    type Variant = Unit;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Unit), TreeFault> {
        let variant = seed.deserialize(BorrowedStrDeserializer::<TreeFault>::new(self.0))?;
        Ok((variant, Unit))
    }
}

struct Unit;

impl<'de> de::VariantAccess<'de> for Unit {
    type Error = TreeFault;
    fn unit_variant(self) -> Result<(), TreeFault> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, TreeFault> {
        Err(TreeFault::Malformed)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, TreeFault> {
        Err(TreeFault::Malformed)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, TreeFault> {
        Err(TreeFault::Malformed)
    }
}
