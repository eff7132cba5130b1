//! Frames: a stream of `postcard` records, each with its length and CRC32C, behind one header.
//!
//! ```text
//! stream := "SNOWGLOB" version:u16le frame*
//! frame  := length:u32le crc32c:u32le record        (the checksum covers the length and the record)
//! ```
//!
//! A frame is small (rows are batched up to [`ROWS_FRAME_BYTES`]) so that a stream is produced and consumed piece by piece:
//! a snapshot never needs memory for a second copy of the database.

use super::Corrupt;
use crate::checksum;
use serde::{Deserialize, Serialize};

/// First bytes of every stream.
const MAGIC: &[u8; 8] = b"SNOWGLOB";

/// The format this build writes, and the only one it reads.
pub const FORMAT_VERSION: u16 = 2;

/// A batch of rows is closed once it holds this many bytes.
pub const ROWS_FRAME_BYTES: usize = 64 * 1024;

/// No frame is longer: the largest row is 400 KB and a batch closes with the row that passes 64 KiB.
const FRAME_BYTES_MAX: usize = 8 * 1024 * 1024;

const HEADER_BYTES: usize = 8;

/// Appends the stream's header to `out`.
pub fn write_header(out: &mut Vec<u8>) {
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
}

/// Appends `record` as a frame.
///
/// # Errors
/// [`Corrupt::Undecodable`] if the record cannot be encoded, which its type decides, never its data.
pub fn write_frame<T: Serialize>(out: &mut Vec<u8>, record: &T) -> Result<(), Corrupt> {
    let record = postcard::to_allocvec(record).map_err(|_| Corrupt::Undecodable)?;
    let length = u32::try_from(record.len()).map_err(|_| Corrupt::Undecodable)?;
    debug_assert!(record.len() <= FRAME_BYTES_MAX, "a frame must stay readable");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&frame_checksum(length, &record).to_le_bytes());
    out.extend_from_slice(&record);
    Ok(())
}

fn frame_checksum(length: u32, record: &[u8]) -> u32 {
    checksum::crc32c(&[&length.to_le_bytes(), record])
}

/// Takes a stream apart as its pieces arrive.
#[derive(Debug, Default)]
pub struct FrameReader {
    pending: Vec<u8>,
    consumed: usize,
    header_seen: bool,
}

impl FrameReader {
    /// Waits for the stream's first byte.
    pub fn new() -> Self {
        FrameReader::default()
    }

    /// Adds the next piece of the stream.
    pub fn feed(&mut self, piece: &[u8]) {
        self.pending.drain(..self.consumed);
        self.consumed = 0;
        self.pending.extend_from_slice(piece);
    }

    /// The next whole record, or `None` until more is fed.
    ///
    /// # Errors
    /// [`Corrupt`] when the bytes are not what [`write_frame`] wrote.
    pub fn next_record<T: for<'de> Deserialize<'de>>(&mut self) -> Result<Option<T>, Corrupt> {
        if !self.header_seen && !self.read_header()? {
            return Ok(None);
        }
        let Some((header, after)) = self.rest().split_at_checked(HEADER_BYTES) else {
            return Ok(None);
        };
        let (length, stated) = header.split_at(4);
        let (length, stated) = (le32(length), le32(stated));
        let size = usize::try_from(length).map_err(|_| Corrupt::Checksum)?;
        if size > FRAME_BYTES_MAX {
            return Err(Corrupt::Checksum);
        }
        let Some(record) = after.get(..size) else {
            return Ok(None);
        };
        if frame_checksum(length, record) != stated {
            return Err(Corrupt::Checksum);
        }
        let record = postcard::from_bytes(record).map_err(|_| Corrupt::Undecodable)?;
        self.consumed += HEADER_BYTES + size;
        Ok(Some(record))
    }

    /// True when every byte fed so far belonged to a whole frame.
    pub fn is_between_frames(&self) -> bool {
        self.header_seen && self.rest().is_empty()
    }

    fn rest(&self) -> &[u8] {
        self.pending.get(self.consumed..).unwrap_or_default()
    }

    fn read_header(&mut self) -> Result<bool, Corrupt> {
        let Some((magic, after)) = self.rest().split_at_checked(MAGIC.len()) else {
            return Ok(false);
        };
        if magic != MAGIC {
            return Err(Corrupt::Foreign);
        }
        let Some((low, high)) = after.first().zip(after.get(1)) else {
            return Ok(false);
        };
        let found = u16::from_le_bytes([*low, *high]);
        if found != FORMAT_VERSION {
            return Err(Corrupt::Version { found });
        }
        self.consumed += MAGIC.len() + 2;
        self.header_seen = true;
        Ok(true)
    }
}

fn le32(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |value, byte| (value << 8) | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Vec<u8> {
        let mut out = Vec::new();
        write_header(&mut out);
        for record in ["first", "second", ""] {
            write_frame(&mut out, &record.to_string()).unwrap();
        }
        out
    }

    fn read_in_pieces(bytes: &[u8], piece: usize) -> Result<Vec<String>, Corrupt> {
        let mut reader = FrameReader::new();
        let mut records = Vec::new();
        for piece in bytes.chunks(piece) {
            reader.feed(piece);
            while let Some(record) = reader.next_record()? {
                records.push(record);
            }
        }
        if reader.is_between_frames() {
            Ok(records)
        } else {
            Err(Corrupt::Torn)
        }
    }

    #[test]
    fn records_come_back_whatever_the_pieces() {
        for piece in 1..40 {
            assert_eq!(read_in_pieces(&stream(), piece).unwrap(), ["first", "second", ""]);
        }
    }

    #[test]
    fn no_flipped_bit_goes_unnoticed() {
        let whole = stream();
        for position in 0..whole.len() {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[position] ^= 1 << bit;
                assert!(read_in_pieces(&bytes, 16).is_err(), "bit {bit} of byte {position}");
            }
        }
    }

    #[test]
    fn a_cut_stream_is_torn_or_ends_between_frames() {
        let whole = stream();
        let boundaries: Vec<usize> = (10..=whole.len())
            .filter(|length| read_in_pieces(&whole[..*length], 7).is_ok())
            .collect();
        assert_eq!(boundaries.len(), 4, "after the header and after each of three frames");
    }

    #[test]
    fn another_version_is_named() {
        let mut bytes = stream();
        bytes[8] = 9;
        assert_eq!(read_in_pieces(&bytes, 64), Err(Corrupt::Version { found: 9 }));
    }
}
