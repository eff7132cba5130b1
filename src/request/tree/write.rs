//! The serializer: structures become M, absent options nothing, raw parts their own bytes.

use super::{RAW_MAP, RAW_VALUE, TIME};
use crate::value::flat::{Open, Tag, ValueRef, Writer};
use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// A type that has no place in a response tree. Response types are this crate's own, so it is a bug of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a type without a place in a response tree")
    }
}

impl std::error::Error for Unsupported {}

impl ser::Error for Unsupported {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unsupported
    }
}

/// Room for the response that most requests get: growing to it byte by byte costs more than the lookup of an item.
const RESPONSE_BYTES_USUAL: usize = 512;

/// Writes a response as a tree.
///
/// # Errors
/// [`Unsupported`] for types that no response has: tuples, enums with data, maps without text as names.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unsupported> {
    let mut writer = Writer::appending(Vec::with_capacity(RESPONSE_BYTES_USUAL));
    encode_into(value, &mut writer)?;
    Ok(writer.into_bytes())
}

/// Writes a response as a tree after what the writer already holds. On an error the writer holds half a tree.
///
/// # Errors
/// As [`encode`].
pub fn encode_into<T: Serialize + ?Sized>(value: &T, writer: &mut Writer) -> Result<(), Unsupported> {
    value.serialize(Tree { writer })
}

struct Tree<'w> {
    writer: &'w mut Writer,
}

impl Tree<'_> {
    fn number(self, number: impl fmt::Display) -> Result<(), Unsupported> {
        self.writer.scalar(Tag::N, number.to_string().as_bytes());
        Ok(())
    }
}

impl<'w> Serializer for Tree<'w> {
    type Ok = ();
    type Error = Unsupported;
    type SerializeSeq = Collection<'w>;
    type SerializeTuple = ser::Impossible<(), Unsupported>;
    type SerializeTupleStruct = ser::Impossible<(), Unsupported>;
    type SerializeTupleVariant = ser::Impossible<(), Unsupported>;
    type SerializeMap = Collection<'w>;
    type SerializeStruct = Collection<'w>;
    type SerializeStructVariant = ser::Impossible<(), Unsupported>;

    fn serialize_bool(self, value: bool) -> Result<(), Unsupported> {
        self.writer.bool(value);
        Ok(())
    }
    fn serialize_i8(self, value: i8) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_i16(self, value: i16) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_i32(self, value: i32) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_i64(self, value: i64) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_u8(self, value: u8) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_u16(self, value: u16) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_u32(self, value: u32) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_u64(self, value: u64) -> Result<(), Unsupported> {
        self.number(value)
    }
    fn serialize_f32(self, value: f32) -> Result<(), Unsupported> {
        self.serialize_f64(f64::from(value))
    }
    /// As the service prints a double: with at least one decimal.
    fn serialize_f64(self, value: f64) -> Result<(), Unsupported> {
        self.number(format_args!("{value:?}"))
    }
    fn serialize_char(self, _: char) -> Result<(), Unsupported> {
        Err(Unsupported)
    }
    fn serialize_str(self, value: &str) -> Result<(), Unsupported> {
        self.writer.scalar(Tag::S, value.as_bytes());
        Ok(())
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unsupported> {
        self.writer.scalar(Tag::B, value);
        Ok(())
    }
    /// Nothing at all: the entry that this is the value of takes itself back.
    fn serialize_none(self) -> Result<(), Unsupported> {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unsupported> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Unsupported> {
        Err(Unsupported)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unsupported> {
        let empty = self.writer.open(Tag::M, 0);
        self.writer.close(empty);
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unsupported> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Unsupported> {
        let part = if name == RAW_MAP {
            Part::Map
        } else if name == RAW_VALUE {
            Part::Value
        } else if name == TIME {
            Part::Time
        } else {
            return value.serialize(self);
        };
        value.serialize(Raw {
            writer: self.writer,
            part,
        })
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unsupported> {
        Err(Unsupported)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Collection<'w>, Unsupported> {
        Ok(Collection::open(self.writer, Tag::L))
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unsupported> {
        Err(Unsupported)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unsupported> {
        Err(Unsupported)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsupported> {
        Err(Unsupported)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Collection<'w>, Unsupported> {
        Ok(Collection::open(self.writer, Tag::M))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collection<'w>, Unsupported> {
        Ok(Collection::open(self.writer, Tag::M))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        Err(Unsupported)
    }
}

/// A list or map being written; its count is known at its end, since absent members are left out.
struct Collection<'w> {
    writer: &'w mut Writer,
    open: Open,
    count: usize,
    /// Where the name of the entry being written starts.
    entry: usize,
}

impl<'w> Collection<'w> {
    fn open(writer: &'w mut Writer, tag: Tag) -> Self {
        let open = writer.open_uncounted(tag);
        Collection {
            writer,
            open,
            count: 0,
            entry: 0,
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.entry = self.writer.len();
        self.writer.text(name.as_bytes());
    }

    /// Writes the value of the entry whose name was written last, or takes the name back when the value is absent.
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        let before = self.writer.len();
        value.serialize(Tree { writer: self.writer })?;
        if self.writer.len() == before {
            self.writer.rewind(self.entry);
        } else {
            self.count += 1;
        }
        Ok(())
    }

    fn close(self) -> Result<(), Unsupported> {
        self.writer.close_counted(self.open, self.count);
        Ok(())
    }
}

impl ser::SerializeSeq for Collection<'_> {
    type Ok = ();
    type Error = Unsupported;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        self.entry = self.writer.len();
        self.value(value)
    }
    fn end(self) -> Result<(), Unsupported> {
        self.close()
    }
}

impl ser::SerializeMap for Collection<'_> {
    type Ok = ();
    type Error = Unsupported;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsupported> {
        self.entry = self.writer.len();
        key.serialize(Name { writer: self.writer })
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        self.value(value)
    }
    fn end(self) -> Result<(), Unsupported> {
        self.close()
    }
}

impl ser::SerializeStruct for Collection<'_> {
    type Ok = ();
    type Error = Unsupported;
    /// One function for each type of member: inlined, a table's description alone would be 12 KB of code.
    #[inline(never)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unsupported> {
        self.name(key);
        self.value(value)
    }
    fn end(self) -> Result<(), Unsupported> {
        self.close()
    }
}

/// Takes one `serialize_bytes` and puts the bytes where `part` says.
struct Raw<'w> {
    writer: &'w mut Writer,
    part: Part,
}

#[derive(Clone, Copy)]
enum Part {
    Map,
    Value,
    Time,
}

impl Raw<'_> {
    fn write(self, bytes: &[u8]) -> Result<(), Unsupported> {
        match self.part {
            Part::Map => self.writer.copy(ValueRef::read(bytes).map_err(|_| Unsupported)?),
            Part::Value => {
                let value = ValueRef::read(bytes).map_err(|_| Unsupported)?;
                self.writer.tag(Tag::Attribute);
                self.writer.copy(value);
            }
            Part::Time => self.writer.scalar(Tag::Time, bytes),
        }
        Ok(())
    }
}

/// Takes one `serialize_str` as the name of a map's entry.
struct Name<'w> {
    writer: &'w mut Writer,
}

/// Refuses everything but the one method that a single-purpose serializer is for.
macro_rules! refuse_all_but {
    ($($refused:ident: $argument:ty),* $(,)?) => {
        type Ok = ();
        type Error = Unsupported;
        type SerializeSeq = ser::Impossible<(), Unsupported>;
        type SerializeTuple = ser::Impossible<(), Unsupported>;
        type SerializeTupleStruct = ser::Impossible<(), Unsupported>;
        type SerializeTupleVariant = ser::Impossible<(), Unsupported>;
        type SerializeMap = ser::Impossible<(), Unsupported>;
        type SerializeStruct = ser::Impossible<(), Unsupported>;
        type SerializeStructVariant = ser::Impossible<(), Unsupported>;
        $(fn $refused(self, _: $argument) -> Result<(), Unsupported> { Err(Unsupported) })*
        fn serialize_bool(self, _: bool) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_i8(self, _: i8) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_i16(self, _: i16) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_i32(self, _: i32) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_i64(self, _: i64) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_u8(self, _: u8) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_u16(self, _: u16) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_u32(self, _: u32) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_u64(self, _: u64) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_f32(self, _: f32) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_f64(self, _: f64) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_char(self, _: char) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_none(self) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_unit(self) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_newtype_struct<T: Serialize + ?Sized>(
            self, _: &'static str, value: &T,
        ) -> Result<(), Unsupported> { value.serialize(self) }
        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self, _: &'static str, _: u32, _: &'static str, _: &T,
        ) -> Result<(), Unsupported> { Err(Unsupported) }
        fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Unsupported> { Err(Unsupported) }
        fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unsupported> { Err(Unsupported) }
        fn serialize_tuple_struct(
            self, _: &'static str, _: usize,
        ) -> Result<Self::SerializeTupleStruct, Unsupported> { Err(Unsupported) }
        fn serialize_tuple_variant(
            self, _: &'static str, _: u32, _: &'static str, _: usize,
        ) -> Result<Self::SerializeTupleVariant, Unsupported> { Err(Unsupported) }
        fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unsupported> { Err(Unsupported) }
        fn serialize_struct(
            self, _: &'static str, _: usize,
        ) -> Result<Self::SerializeStruct, Unsupported> { Err(Unsupported) }
        fn serialize_struct_variant(
            self, _: &'static str, _: u32, _: &'static str, _: usize,
        ) -> Result<Self::SerializeStructVariant, Unsupported> { Err(Unsupported) }
    };
}

impl Serializer for Raw<'_> {
    refuse_all_but!(serialize_str: &str);
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Unsupported> {
        self.write(bytes)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Unsupported> {
        Err(Unsupported)
    }
}

impl Serializer for Name<'_> {
    refuse_all_but!(serialize_bytes: &[u8]);
    fn serialize_str(self, name: &str) -> Result<(), Unsupported> {
        self.writer.text(name.as_bytes());
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Unsupported> {
        self.serialize_str(name)
    }
}
