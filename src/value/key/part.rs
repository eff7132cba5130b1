//! One attribute of a key: its value, its size, and the bytes that sort as it does.

use super::KeyType;
use crate::value::flat::{Tag, ValueRef};
use crate::value::number::{self, Decimal};

/// Added to the place of a number's point, so that it fits a byte.
pub(super) const POINT_BIAS: i64 = 129;

/// The value of one key attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPart<'a> {
    /// String: UTF-8 bytes.
    S(&'a [u8]),
    /// Number: canonical text.
    N(&'a [u8]),
    /// Binary.
    B(&'a [u8]),
}

impl<'a> KeyPart<'a> {
    /// The key part that an admitted value is, if it has the key's type.
    pub fn of(value: ValueRef<'a>, key_type: KeyType) -> Option<Self> {
        let part = Self::of_any_type(value)?;
        (part.key_type() == key_type).then_some(part)
    }

    /// The key part that an admitted value is, if a key can have its type at all.
    pub fn of_any_type(value: ValueRef<'a>) -> Option<Self> {
        let (tag, text) = value.scalar()?;
        match tag {
            Tag::S => Some(KeyPart::S(text)),
            Tag::N => Some(KeyPart::N(text)),
            Tag::B => Some(KeyPart::B(text)),
            _ => None,
        }
    }

    /// The part's type.
    pub fn key_type(&self) -> KeyType {
        match self {
            KeyPart::S(_) => KeyType::S,
            KeyPart::N(_) => KeyType::N,
            KeyPart::B(_) => KeyType::B,
        }
    }

    /// True for an empty string or binary, which no key may be.
    pub fn is_empty(&self) -> bool {
        match self {
            KeyPart::S(bytes) | KeyPart::B(bytes) => bytes.is_empty(),
            KeyPart::N(_) => false,
        }
    }

    /// The value's size in bytes by DynamoDB's rules, without its name.
    pub fn size_bytes(&self) -> usize {
        match self {
            KeyPart::S(bytes) | KeyPart::B(bytes) => bytes.len(),
            KeyPart::N(text) => number::size_bytes(text),
        }
    }

    /// Appends the part's ordered bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            KeyPart::S(bytes) | KeyPart::B(bytes) => {
                escape(bytes, out);
                out.extend_from_slice(&[0, 0]);
            }
            KeyPart::N(text) => encode_number(text, out),
        }
    }
}

/// Appends bytes so that a zero can end them: zeros inside are followed by 0xff.
pub(super) fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(zero) = rest.iter().position(|byte| *byte == 0) {
        let Some((plain, behind)) = rest.split_at_checked(zero + 1) else {
            break;
        };
        out.extend_from_slice(plain);
        out.push(0xff);
        rest = behind;
    }
    out.extend_from_slice(rest);
}

fn encode_number(canonical: &[u8], out: &mut Vec<u8>) {
    let decimal = Decimal::from_canonical(canonical);
    if decimal.digits().is_empty() {
        out.push(1);
        return;
    }
    let flip = if decimal.negative { 0xff } else { 0 };
    let point = decimal.point + POINT_BIAS;
    debug_assert!(
        (0..=255).contains(&point),
        "a number within range has a point that fits a byte"
    );
    out.push(if decimal.negative { 0 } else { 2 });
    out.push(point as u8 ^ flip);
    for pair in decimal.digits().chunks(2) {
        let value = match pair {
            [tens, ones] => tens * 10 + ones,
            [tens] => tens * 10,
            [..] => 0,
        };
        out.push((value + 1) ^ flip);
    }
    out.push(flip);
}
