//! The flat layout: attribute values, items, requests and responses as one run of bytes.
//!
//! This module owns the byte layout, the borrowed views that walk it and the writer that makes it. It never allocates for a
//! read, never trusts a length it has not checked, and never panics: bytes that do not follow the layout read as [`Malformed`].
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

mod cursor;
mod view;
mod writer;

pub use cursor::{Collection, Cursor};
pub use view::{List, Map, Texts, ValueRef, View};
pub use writer::{Open, Writer};

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

#[cfg(test)]
mod tests;
