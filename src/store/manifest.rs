//! The manifest: the one small value whose arrival makes a snapshot current, and the keys everything is stored under.

use super::Corrupt;
use super::frame;
use serde::{Deserialize, Serialize};

/// Counts a database's snapshots, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Generation(pub u64);

impl Generation {
    /// The one after this.
    pub fn next(self) -> Generation {
        Generation(self.0 + 1)
    }
}

/// What must be there for a snapshot to be whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Which snapshot this is.
    pub generation: Generation,
    /// Chunks `0..chunk_count` hold the stream.
    pub chunk_count: u32,
    /// Length of the stream, all chunks together, without their headers.
    pub stream_bytes: u64,
    /// CRC32C of the whole stream.
    pub stream_crc32c: u32,
}

impl Manifest {
    /// The manifest as it is stored: a stream of one frame.
    ///
    /// # Errors
    /// None that data can cause; see [`frame::write_frame`].
    pub fn encode(&self) -> Result<Vec<u8>, Corrupt> {
        let mut out = Vec::new();
        frame::write_header(&mut out);
        frame::write_frame(&mut out, self)?;
        Ok(out)
    }

    /// Reads what [`Manifest::encode`] wrote.
    ///
    /// # Errors
    /// Any [`Corrupt`]; a manifest that is torn or foreign is as good as absent.
    pub fn decode(bytes: &[u8]) -> Result<Manifest, Corrupt> {
        let mut reader = frame::FrameReader::new();
        reader.feed(bytes);
        let manifest = reader.next_record()?.ok_or(Corrupt::Torn)?;
        if reader.is_between_frames() {
            Ok(manifest)
        } else {
            Err(Corrupt::Undecodable)
        }
    }
}

/// Key prefix of all manifests of a database.
pub fn manifest_prefix(database: &str) -> String {
    format!("{database}/manifest/")
}

/// Key prefix of all chunks of a database.
pub fn chunk_prefix(database: &str) -> String {
    format!("{database}/chunk/")
}

/// Key of a manifest. Generations are written with 16 hexadecimal digits, so that key order is their order.
pub fn manifest_key(database: &str, generation: Generation) -> String {
    format!("{}{:016x}", manifest_prefix(database), generation.0)
}

/// Key of a chunk.
pub fn chunk_key(database: &str, generation: Generation, index: u32) -> String {
    format!("{}{:016x}/{index:08x}", chunk_prefix(database), generation.0)
}

/// The generation that a manifest's or chunk's key names, or `None` for a key of something else.
pub fn generation_of(database: &str, key: &str) -> Option<Generation> {
    let rest = key
        .strip_prefix(&manifest_prefix(database))
        .or_else(|| key.strip_prefix(&chunk_prefix(database)))?;
    let digits = rest.split('/').next()?;
    if digits.len() != 16 {
        return None;
    }
    u64::from_str_radix(digits, 16).ok().map(Generation)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: Manifest = Manifest {
        generation: Generation(3),
        chunk_count: 2,
        stream_bytes: 70_000,
        stream_crc32c: 0xdead_beef,
    };

    #[test]
    fn a_manifest_reads_back_and_a_torn_one_does_not() {
        let bytes = MANIFEST.encode().unwrap();
        assert_eq!(Manifest::decode(&bytes).unwrap(), MANIFEST);
        for length in 0..bytes.len() {
            assert!(Manifest::decode(&bytes[..length]).is_err());
        }
    }

    #[test]
    fn keys_name_their_generation_and_sort_by_it() {
        assert!(manifest_key("shop", Generation(9)) < manifest_key("shop", Generation(16)));
        assert_eq!(
            generation_of("shop", &manifest_key("shop", Generation(16))),
            Some(Generation(16))
        );
        assert_eq!(
            generation_of("shop", &chunk_key("shop", Generation(16), 4)),
            Some(Generation(16))
        );
        assert_eq!(generation_of("shop", "shop/else/0000000000000010"), None);
        assert_eq!(generation_of("other", &manifest_key("shop", Generation(16))), None);
    }
}
