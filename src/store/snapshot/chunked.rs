//! The stream in chunks, for a store whose values are bounded, and together again.

use super::{RegionImage, Sink, SnapshotReader, SnapshotWriter};
use crate::checksum::Running32c;
use crate::store::manifest::{Generation, Manifest};
use crate::store::{Corrupt, chunk};

/// Cuts a snapshot into chunks for a store whose values are bounded.
pub struct ChunkedSnapshot {
    writer: SnapshotWriter,
    generation: Generation,
    piece_bytes: usize,
    pending: Vec<u8>,
    chunk_count: u32,
    stream_bytes: u64,
    stream_crc32c: Running32c,
    complete: bool,
}

impl ChunkedSnapshot {
    /// No chunk will be longer than `max_value_bytes`, or than a sensible minimum should that be too small to hold anything.
    pub fn new(image: RegionImage, generation: Generation, max_value_bytes: usize) -> Self {
        ChunkedSnapshot {
            writer: SnapshotWriter::new(image),
            generation,
            piece_bytes: max_value_bytes.saturating_sub(chunk::CHUNK_OVERHEAD_BYTES).max(64),
            pending: Vec::new(),
            chunk_count: 0,
            stream_bytes: 0,
            stream_crc32c: Running32c::new(),
            complete: false,
        }
    }

    /// The next chunk and its index, or `None` after the last.
    ///
    /// # Errors
    /// None that data can cause; see [`write_frame`](crate::store::frame::write_frame).
    pub fn next_chunk(&mut self) -> Result<Option<(u32, Vec<u8>)>, Corrupt> {
        while !self.complete && self.pending.len() < self.piece_bytes {
            self.complete = !self.writer.write_next(&mut self.pending)?;
        }
        if self.pending.is_empty() {
            return Ok(None);
        }
        let rest = self.pending.split_off(self.pending.len().min(self.piece_bytes));
        let piece = std::mem::replace(&mut self.pending, rest);
        let index = self.chunk_count;
        self.chunk_count += 1;
        self.stream_bytes += piece.len() as u64;
        self.stream_crc32c.update(&piece);
        Ok(Some((index, chunk::seal(self.generation, index, &piece))))
    }

    /// The manifest of the chunks handed out, which are all once [`ChunkedSnapshot::next_chunk`] has given `None`.
    pub fn manifest(&self) -> Manifest {
        debug_assert!(
            self.complete && self.pending.is_empty(),
            "a manifest comes after the last chunk"
        );
        Manifest {
            generation: self.generation,
            chunk_count: self.chunk_count,
            stream_bytes: self.stream_bytes,
            stream_crc32c: self.stream_crc32c.value(),
        }
    }
}

/// Puts a chunked snapshot together again.
pub struct ChunkedRecovery {
    manifest: Manifest,
    reader: SnapshotReader,
    next_index: u32,
    stream_bytes: u64,
    stream_crc32c: Running32c,
}

impl ChunkedRecovery {
    /// Expects the chunks that `manifest` describes, in order.
    pub fn new(manifest: Manifest) -> Self {
        ChunkedRecovery {
            manifest,
            reader: SnapshotReader::new(),
            next_index: 0,
            stream_bytes: 0,
            stream_crc32c: Running32c::new(),
        }
    }

    /// Adds the next chunk.
    ///
    /// # Errors
    /// [`Corrupt`] if it is not exactly the chunk that was written in this place.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Result<(), Corrupt> {
        let piece = chunk::unseal(self.manifest.generation, self.next_index, chunk)?;
        self.next_index += 1;
        self.stream_bytes += piece.len() as u64;
        self.stream_crc32c.update(piece);
        self.reader.feed(piece, sink)
    }

    /// Confirms that everything was there.
    ///
    /// # Errors
    /// [`Corrupt::MissingChunk`], [`Corrupt::Checksum`] or [`Corrupt::Torn`].
    pub fn finish(self) -> Result<(), Corrupt> {
        if self.next_index != self.manifest.chunk_count {
            return Err(Corrupt::MissingChunk { index: self.next_index });
        }
        if (self.stream_bytes, self.stream_crc32c.value()) != (self.manifest.stream_bytes, self.manifest.stream_crc32c)
        {
            return Err(Corrupt::Checksum);
        }
        self.reader.finish()
    }
}
