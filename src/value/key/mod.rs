//! Keys as bytes whose order is DynamoDB's order.
//!
//! A row of a table or an index is sorted by one run of bytes: the partition hash, the partition key's parts, the sort
//! key's parts and, for an index, the base table's key. Every part is encoded so that comparing bytes compares values and so
//! that no encoding is the beginning of another; parts can therefore be put behind each other without separators. This file
//! makes those bytes and the ranges over them. It reads no schema: which attributes are the key, and how long they may be,
//! is for the caller to know.
//!
//! ```text
//! key     := hash:u64be part*                  xxh3-64, seeded, over the encoded partition parts
//! S, B    := (byte, 0x00 as 0x00 0xff)* 0x00 0x00
//! N       := 0x01                              zero
//!          | 0x02 point pair* 0x00             positive: point + 129 in a byte, then digits in pairs, each pair + 1
//!          | 0x00 ^point ^pair* 0xff           negative: the same bytes, complemented
//! ```

use super::Layer;
use super::flat::{Tag, ValueRef};
use super::number::{self, Decimal};
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Bytes of the partition hash in front of every key.
pub const HASH_BYTES: usize = 8;

/// Added to the place of a number's point, so that it fits a byte.
const POINT_BIAS: i64 = 129;

/// The type of a key attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum KeyType {
    /// String, ordered by its UTF-8 bytes.
    S,
    /// Number, ordered by value.
    N,
    /// Binary, ordered by unsigned bytes.
    B,
}

/// Where a partition key lies in its table's hash space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionHash(pub u64);

/// Chooses a table's hash function, so that the placement of keys follows from the database's seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashSeed(pub u64);

/// Bytes that sort as the key they stand for.
///
/// Short ones, as nearly all are, lie in place: making, moving and comparing a key then allocates nothing, and finding a row
/// among its neighbours touches one place in memory less.
#[derive(Clone)]
pub struct OrderedBytes(Place);

#[derive(Clone)]
enum Place {
    Short { length: u8, bytes: [u8; SHORT_BYTES_MAX] },
    Long(Box<[u8]>),
}

/// With the tag and the length, five words of eight bytes: a hash, and keys of some 28 letters and digits.
const SHORT_BYTES_MAX: usize = 38;
const _: () = assert!(size_of::<OrderedBytes>() == 40);

impl OrderedBytes {
    /// Takes bytes written by this module.
    pub fn new(key: &[u8]) -> Self {
        let mut bytes = [0; SHORT_BYTES_MAX];
        OrderedBytes(match bytes.get_mut(..key.len()) {
            Some(place) => {
                place.copy_from_slice(key);
                let length = key.len() as u8;
                Place::Short { length, bytes }
            }
            None => Place::Long(key.into()),
        })
    }
    /// The bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Place::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Place::Long(bytes) => bytes,
        }
    }
    /// The hash in front of a whole key.
    pub fn hash(&self) -> Option<PartitionHash> {
        hash_of(self.as_bytes())
    }
}

impl PartialEq for OrderedBytes {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for OrderedBytes {}

impl PartialOrd for OrderedBytes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedBytes {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Debug for OrderedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderedBytes({:?})", self.as_bytes())
    }
}

impl Borrow<[u8]> for OrderedBytes {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl AsRef<[u8]> for OrderedBytes {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<Vec<u8>> for OrderedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        if bytes.len() <= SHORT_BYTES_MAX {
            OrderedBytes::new(&bytes)
        } else {
            OrderedBytes(Place::Long(bytes.into_boxed_slice()))
        }
    }
}

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

/// What [`escape`] was given.
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

/// The hash in front of a key's bytes.
pub fn hash_of(key: &[u8]) -> Option<PartitionHash> {
    key.first_chunk::<HASH_BYTES>()
        .map(|hash| PartitionHash(u64::from_be_bytes(*hash)))
}

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

/// What the parts of a partition key count towards its limit of 2,048 bytes.
pub fn partition_key_size(parts: &[KeyPart<'_>]) -> usize {
    parts.iter().map(KeyPart::size_bytes).sum()
}

/// What the parts of a sort key count towards its limit of 1,024 bytes.
pub fn sort_key_size(parts: &[KeyPart<'_>]) -> usize {
    parts.iter().map(KeyPart::size_bytes).sum()
}

/// Writes hash and partition parts into `out`, replacing what it held, and returns the hash. Sort parts, and for an index
/// the base table's key, are appended by [`append_parts`]. A buffer that is used again makes this free of allocations.
pub fn write_partition_key(seed: HashSeed, parts: &[KeyPart<'_>], out: &mut Vec<u8>) -> PartitionHash {
    out.clear();
    out.extend_from_slice(&[0; HASH_BYTES]);
    append_parts(parts, out);
    let encoded = out.get(HASH_BYTES..).unwrap_or_default();
    let hash = PartitionHash(xxh3_64_with_seed(encoded, seed.0));
    if let Some(place) = out.first_chunk_mut::<HASH_BYTES>() {
        *place = hash.0.to_be_bytes();
    }
    hash
}

/// Appends the ordered bytes of `parts`.
pub fn append_parts(parts: &[KeyPart<'_>], out: &mut Vec<u8>) {
    for part in parts {
        part.encode(out);
    }
}

/// A whole key: the partition key's parts, then everything that sorts within the partition key (the sort key's parts; in
/// an index, the base table's key behind them).
pub fn key(seed: HashSeed, partition: &[KeyPart<'_>], within: &[KeyPart<'_>]) -> OrderedBytes {
    hashed_key(seed, partition, within).1
}

/// A whole key as [`key`] makes it, and the hash in front of it.
pub fn hashed_key(seed: HashSeed, partition: &[KeyPart<'_>], within: &[KeyPart<'_>]) -> (PartitionHash, OrderedBytes) {
    if let Some(key) = short_key(seed, partition, within) {
        return key;
    }
    let mut bytes = Vec::with_capacity(64);
    let hash = write_partition_key(seed, partition, &mut bytes);
    append_parts(within, &mut bytes);
    (hash, OrderedBytes::from(bytes))
}

/// The same of keys that fit in place and need no escaping, as nearly all do; `None` for others.
fn short_key(
    seed: HashSeed,
    partition: &[KeyPart<'_>],
    within: &[KeyPart<'_>],
) -> Option<(PartitionHash, OrderedBytes)> {
    let mut bytes = [0; SHORT_BYTES_MAX];
    let middle = copy_plain(partition, &mut bytes, HASH_BYTES)?;
    let end = copy_plain(within, &mut bytes, middle)?;
    let hash = PartitionHash(xxh3_64_with_seed(bytes.get(HASH_BYTES..middle)?, seed.0));
    *bytes.first_chunk_mut()? = hash.0.to_be_bytes();
    let length = end as u8;
    Some((hash, OrderedBytes(Place::Short { length, bytes })))
}

/// Copies parts to `at`, where there are zeros, so that the two that end each part are there already. Returns where they end;
/// `None` if they do not fit, or are not their own encoding.
fn copy_plain(parts: &[KeyPart<'_>], bytes: &mut [u8; SHORT_BYTES_MAX], mut at: usize) -> Option<usize> {
    for part in parts {
        let (KeyPart::S(text) | KeyPart::B(text)) = part else {
            return None;
        };
        let end = at + text.len() + 2;
        for (place, byte) in bytes.get_mut(at..end)?.iter_mut().zip(*text) {
            if *byte == 0 {
                return None;
            }
            *place = *byte;
        }
        at = end;
    }
    Some(at)
}

/// Keys from `from` on and before `to`; without a `to`, to the end of all keys.
///
/// Inclusive and exclusive bounds of every comparison become this one form, because the rows whose key has a certain
/// beginning lie between the beginning and its [`successor`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// The first key that may be in the range.
    pub from: OrderedBytes,
    /// The first key behind the range.
    pub to: Option<OrderedBytes>,
}

/// A comparison of the one key part that follows a beginning all keys of a range share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartRange<'a> {
    /// Every value.
    All,
    /// `=`
    Equal(KeyPart<'a>),
    /// `<`
    Less(KeyPart<'a>),
    /// `<=`
    LessOrEqual(KeyPart<'a>),
    /// `>`
    Greater(KeyPart<'a>),
    /// `>=`
    GreaterOrEqual(KeyPart<'a>),
    /// `BETWEEN`, both bounds included.
    Between(KeyPart<'a>, KeyPart<'a>),
    /// `begins_with`, of a string or binary. A number begins with nothing but itself.
    BeginsWith(KeyPart<'a>),
}

impl<'a> PartRange<'a> {
    /// The values that the range is compared with.
    pub fn operands(&self) -> impl Iterator<Item = KeyPart<'a>> {
        let (first, second) = match *self {
            PartRange::All => (None, None),
            PartRange::Equal(part)
            | PartRange::Less(part)
            | PartRange::LessOrEqual(part)
            | PartRange::Greater(part)
            | PartRange::GreaterOrEqual(part)
            | PartRange::BeginsWith(part) => (Some(part), None),
            PartRange::Between(low, high) => (Some(low), Some(high)),
        };
        first.into_iter().chain(second)
    }
}

impl KeyRange {
    /// Every key there is.
    pub fn all() -> Self {
        KeyRange {
            from: OrderedBytes::new(&[]),
            to: None,
        }
    }

    /// Keys whose hash is from `first` to `last`, both included.
    pub fn hashes(first: PartitionHash, last: PartitionHash) -> Self {
        KeyRange {
            from: OrderedBytes::new(&first.0.to_be_bytes()),
            to: last.0.checked_add(1).map(|next| OrderedBytes::new(&next.to_be_bytes())),
        }
    }

    /// Keys that start with `beginning`.
    pub fn starting_with(beginning: &[u8]) -> Self {
        KeyRange {
            from: OrderedBytes::new(beginning),
            to: successor(beginning),
        }
    }

    /// Keys that start with `beginning` (hash, partition parts, and sort parts that are given by equality) and whose next
    /// part is in `range`.
    pub fn within(beginning: &[u8], range: PartRange<'_>) -> Self {
        let with = |part: KeyPart<'_>| {
            let mut bytes = beginning.to_vec();
            part.encode(&mut bytes);
            bytes
        };
        let first = || OrderedBytes::new(beginning);
        match range {
            PartRange::All => KeyRange::starting_with(beginning),
            PartRange::Equal(part) => KeyRange::starting_with(&with(part)),
            PartRange::Less(part) => KeyRange {
                from: first(),
                to: Some(OrderedBytes::from(with(part))),
            },
            PartRange::LessOrEqual(part) => KeyRange {
                from: first(),
                to: successor(&with(part)),
            },
            PartRange::Greater(part) => match successor(&with(part)) {
                Some(from) => KeyRange {
                    from,
                    to: successor(beginning),
                },
                None => KeyRange::nothing(),
            },
            PartRange::GreaterOrEqual(part) => KeyRange {
                from: OrderedBytes::from(with(part)),
                to: successor(beginning),
            },
            PartRange::Between(low, high) => KeyRange {
                from: OrderedBytes::from(with(low)),
                to: successor(&with(high)),
            },
            PartRange::BeginsWith(part) => {
                let mut bytes = beginning.to_vec();
                match part {
                    KeyPart::S(prefix) | KeyPart::B(prefix) => escape(prefix, &mut bytes),
                    KeyPart::N(_) => part.encode(&mut bytes),
                }
                KeyRange::starting_with(&bytes)
            }
        }
    }

    /// No key at all.
    pub fn nothing() -> Self {
        KeyRange {
            from: OrderedBytes::new(&[]),
            to: Some(OrderedBytes::new(&[])),
        }
    }

    /// True when no key can be in the range.
    pub fn is_empty(&self) -> bool {
        self.to.as_ref().is_some_and(|to| *to <= self.from)
    }

    /// True when `key` is in the range.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.from.as_bytes() <= key && self.to.as_ref().is_none_or(|to| key < to.as_bytes())
    }

    /// What is left for a walk upwards that has seen `key`.
    pub fn after(mut self, key: &[u8]) -> Self {
        if self.from.as_bytes() <= key {
            // No bytes lie between a key and the key followed by a zero.
            let mut next = Vec::with_capacity(key.len() + 1);
            next.extend_from_slice(key);
            next.push(0);
            self.from = OrderedBytes::from(next);
        }
        self
    }

    /// What is left for a walk downwards that has seen `key`.
    pub fn before(mut self, key: &[u8]) -> Self {
        if self.to.as_ref().is_none_or(|to| key < to.as_bytes()) {
            self.to = Some(OrderedBytes::new(key));
        }
        self
    }

    /// The keys that are in both ranges.
    pub fn intersection(self, other: KeyRange) -> Self {
        KeyRange {
            from: self.from.max(other.from),
            to: match (self.to, other.to) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (to, None) | (None, to) => to,
            },
        }
    }
}

/// The first bytes behind everything that starts with `beginning`; none when nothing can be behind.
pub fn successor(beginning: &[u8]) -> Option<OrderedBytes> {
    let kept = beginning.iter().rposition(|byte| *byte != 0xff)?;
    let mut bytes = beginning.get(..=kept)?.to_vec();
    let last = bytes.last_mut()?;
    *last += 1;
    Some(OrderedBytes::from(bytes))
}

/// Appends bytes so that a zero can end them: zeros inside are followed by 0xff.
fn escape(bytes: &[u8], out: &mut Vec<u8>) {
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

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;
