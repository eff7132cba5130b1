//! Keys as bytes whose order is DynamoDB's order.
//!
//! A row of a table or an index is sorted by one run of bytes: the partition hash, the partition key's parts, the sort
//! key's parts and, for an index, the base table's key. Every part is encoded so that comparing bytes compares values and so
//! that no encoding is the beginning of another; parts can therefore be put behind each other without separators. This module
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

mod decode;
mod ordered;
mod part;
mod range;
mod whole;

pub use decode::{decode_parts, partition_key_len};
pub use ordered::OrderedBytes;
pub use part::KeyPart;
pub use range::{KeyRange, PartRange, successor};
pub use whole::{append_parts, hashed_key, key, write_partition_key};

use serde::{Deserialize, Serialize};

/// Bytes of the partition hash in front of every key.
pub const HASH_BYTES: usize = 8;

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

/// The hash in front of a key's bytes.
pub fn hash_of(key: &[u8]) -> Option<PartitionHash> {
    key.first_chunk::<HASH_BYTES>()
        .map(|hash| PartitionHash(u64::from_be_bytes(*hash)))
}

/// What the parts of one half of a key count towards its limit: 2,048 bytes for a partition key, 1,024 for a sort key.
pub fn size_bytes(parts: &[KeyPart<'_>]) -> usize {
    parts.iter().map(KeyPart::size_bytes).sum()
}

#[cfg(test)]
mod tests;
