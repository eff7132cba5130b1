//! Whole keys: the hash, the partition key's parts, and what sorts within the partition key.

use super::ordered::SHORT_BYTES_MAX;
use super::{HASH_BYTES, HashSeed, KeyPart, OrderedBytes, PartitionHash};
use xxhash_rust::xxh3::xxh3_64_with_seed;

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
    Some((hash, OrderedBytes::short(bytes, end as u8)))
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
