//! Chunks: a stream cut to the host's largest value, each piece checked on its own.
//!
//! ```text
//! chunk := crc32c:u32le generation:u64le index:u32le bytes      (the checksum covers everything after it)
//! ```
//!
//! Generation and index inside the checksum catch a store that returns an old or another chunk under the right key.

use super::Corrupt;
use super::manifest::Generation;
use crate::checksum;

/// Bytes a chunk needs beside the stream's own.
pub const CHUNK_OVERHEAD_BYTES: usize = 4 + 8 + 4;

/// Wraps one piece of a stream.
pub fn seal(generation: Generation, index: u32, piece: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::with_capacity(CHUNK_OVERHEAD_BYTES + piece.len());
    chunk.extend_from_slice(&[0; 4]);
    chunk.extend_from_slice(&generation.0.to_le_bytes());
    chunk.extend_from_slice(&index.to_le_bytes());
    chunk.extend_from_slice(piece);
    let (stated, covered) = chunk.split_at_mut(4);
    stated.copy_from_slice(&checksum::crc32c(&[covered]).to_le_bytes());
    chunk
}

/// The piece inside a chunk, if the chunk is exactly the one asked for.
///
/// # Errors
/// [`Corrupt::Torn`] for a chunk shorter than its header, [`Corrupt::Checksum`] for any other difference.
pub fn unseal(generation: Generation, index: u32, chunk: &[u8]) -> Result<&[u8], Corrupt> {
    let (stated, covered) = chunk.split_at_checked(4).ok_or(Corrupt::Torn)?;
    let (header, piece) = covered
        .split_at_checked(CHUNK_OVERHEAD_BYTES - 4)
        .ok_or(Corrupt::Torn)?;
    let (found_generation, found_index) = header.split_at(8);
    let genuine = stated == checksum::crc32c(&[covered]).to_le_bytes()
        && found_generation == generation.0.to_le_bytes()
        && found_index == index.to_le_bytes();
    if genuine { Ok(piece) } else { Err(Corrupt::Checksum) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_chunk_asked_for_opens() {
        let chunk = seal(Generation(7), 3, b"piece");
        assert_eq!(unseal(Generation(7), 3, &chunk), Ok(&b"piece"[..]));
        assert_eq!(unseal(Generation(6), 3, &chunk), Err(Corrupt::Checksum));
        assert_eq!(unseal(Generation(7), 2, &chunk), Err(Corrupt::Checksum));
        for length in 0..chunk.len() {
            assert!(unseal(Generation(7), 3, &chunk[..length]).is_err());
        }
    }
}
