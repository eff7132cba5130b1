//! What outlives the process: snapshots as a stream of checked frames, cut into chunks that fit the host's store, made
//! current by one manifest.
//!
//! This module owns formats and never does I/O: it turns frames into bytes and bytes into frames, and says which keys hold
//! them. Whoever drives it (the wasm bindings, a test) does the reading and writing.
//!
//! A snapshot of generation *g* is written in three steps, and a crash between any two of them loses nothing:
//!
//! 1. every chunk of generation *g* is put under a key of its own; nothing refers to them yet;
//! 2. the manifest of generation *g* is put: one atomic write makes the snapshot current;
//! 3. generations older than *g − 1* are deleted. The one before stays, for a store that tore the newest.
//!
//! Recovery reads the manifests newest first and opens the first whose every byte checks out.

mod change;
pub mod chunk;
pub mod frame;
pub mod manifest;
pub mod snapshot;

/// Why stored bytes were refused. Never raised for a caller's mistake: it means torn, foreign or newer data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Corrupt {
    /// Shorter than its own header says.
    Torn,
    /// A checksum does not match.
    Checksum,
    /// Not data of this engine.
    Foreign,
    /// Written in a format this build does not read.
    Version {
        /// The version found.
        found: u16,
    },
    /// Bytes that check out but do not decode; a bug or a collision, and not trusted either way.
    Undecodable,
    /// A chunk that the manifest names is absent.
    MissingChunk {
        /// Its place in the snapshot.
        index: u32,
    },
}

impl std::fmt::Display for Corrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Corrupt::Torn => f.write_str("the stored data ends too early"),
            Corrupt::Checksum => f.write_str("a checksum of the stored data does not match"),
            Corrupt::Foreign => f.write_str("the stored data was not written by Snowglobe"),
            Corrupt::Version { found } => write!(
                f,
                "the stored data has format version {found}; this build reads version {}",
                frame::FORMAT_VERSION
            ),
            Corrupt::Undecodable => f.write_str("the stored data cannot be decoded"),
            Corrupt::MissingChunk { index } => write!(f, "chunk {index} of the stored data is missing"),
        }
    }
}

impl std::error::Error for Corrupt {}
