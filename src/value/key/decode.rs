//! Keys read back: the values that ordered bytes stand for.

use super::part::POINT_BIAS;
use super::{HASH_BYTES, KeyType};
use crate::value::{Layer, number};

/// How many bytes at the beginning of a row's key all rows of its partition key share: the hash and the one part behind it.
pub fn partition_key_len(key: &[u8], key_type: KeyType) -> Option<usize> {
    Some(HASH_BYTES + part_len(key.get(HASH_BYTES..)?, key_type)?)
}

/// How long the part is that `bytes` begin with.
fn part_len(part: &[u8], key_type: KeyType) -> Option<usize> {
    let length = match key_type {
        KeyType::S | KeyType::B => {
            // A zero inside is followed by 0xff, the two at the end by each other.
            let zero = |at: &usize| part.get(*at..*at + 2) == Some(&[0, 0]);
            let escaped = |at: usize| part.get(at) == Some(&0);
            let mut at = 0;
            while !zero(&at) {
                at += if escaped(at) { 2 } else { 1 };
                if at >= part.len() {
                    return None;
                }
            }
            at + 2
        }
        KeyType::N => match part.first()? {
            0 => 2 + part.get(2..)?.iter().position(|byte| *byte == 0xff)? + 1,
            1 => 1,
            _ => 2 + part.get(2..)?.iter().position(|byte| *byte == 0)? + 1,
        },
    };
    Some(length)
}

/// Reads parts of these types from a whole key's bytes, or from the beginning of one: text, canonical numbers, binary.
pub fn decode_parts(key: &[u8], types: impl Iterator<Item = KeyType>) -> Option<Vec<(KeyType, Vec<u8>)>> {
    let mut rest = key.get(HASH_BYTES..)?;
    let mut parts = Vec::new();
    for key_type in types {
        let (part, behind) = rest.split_at_checked(part_len(rest, key_type)?)?;
        let value = match key_type {
            KeyType::S | KeyType::B => unescape(part.get(..part.len() - 2)?),
            KeyType::N => decode_number(part)?,
        };
        parts.push((key_type, value));
        rest = behind;
    }
    Some(parts)
}

/// What [`escape`](super::part::escape) was given.
fn unescape(escaped: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut after_zero = false;
    for byte in escaped {
        if !after_zero {
            bytes.push(*byte);
        }
        after_zero = !after_zero && *byte == 0;
    }
    bytes
}

/// The canonical text of a number's ordered bytes.
fn decode_number(part: &[u8]) -> Option<Vec<u8>> {
    let (sign, flip) = match part.first()? {
        1 => return Some(b"0".to_vec()),
        0 => ("-", 0xff),
        _ => ("", 0),
    };
    let point = i64::from(part.get(1)? ^ flip) - POINT_BIAS;
    let mut text = format!("{sign}0.");
    for byte in part.get(2..part.len() - 1)? {
        text.push_str(&format!("{:02}", (byte ^ flip).checked_sub(1)?));
    }
    text.push_str(&format!("E{point}"));
    let canonical = number::canonical(text.as_bytes(), Layer::Newer).ok()?;
    Some(canonical.into_owned())
}
