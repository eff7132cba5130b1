//! Checksums: CRC-32 for HTTP bodies, CRC-32C for everything stored.
//!
//! Sixteen bytes at a time, by tables of 16 KB that are computed when they are first needed. Stored in the module they would not
//! compress, and would be a tenth of the download.

use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, Crc, Digest, Table};
use std::sync::LazyLock;

type Crc32 = Crc<u32, Table<16>>;

static ISO_HDLC: LazyLock<Crc32> = LazyLock::new(|| Crc32::new(&CRC_32_ISO_HDLC));
static ISCSI: LazyLock<Crc32> = LazyLock::new(|| Crc32::new(&CRC_32_ISCSI));

/// CRC-32 as in zlib and Ethernet: what `x-amz-crc32` carries.
pub fn crc32(bytes: &[u8]) -> u32 {
    ISO_HDLC.checksum(bytes)
}

/// CRC-32C (Castagnoli) of several pieces, one after another.
pub fn crc32c(pieces: &[&[u8]]) -> u32 {
    let mut running = Running32c::new();
    pieces.iter().for_each(|piece| running.update(piece));
    running.value()
}

/// A CRC-32C over data that comes bit by bit.
#[derive(Clone)]
pub struct Running32c(Digest<'static, u32, Table<16>>);

impl Running32c {
    /// Of nothing yet.
    pub fn new() -> Self {
        Running32c(ISCSI.digest())
    }
    /// Adds the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }
    /// The checksum of everything so far.
    pub fn value(&self) -> u32 {
        self.0.clone().finalize()
    }
}

impl Default for Running32c {
    fn default() -> Self {
        Running32c::new()
    }
}

impl std::fmt::Debug for Running32c {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Running32c({:#010x})", self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_values_of_the_catalogue() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32c(&[b"123456789"]), 0xe306_9283);
        assert_eq!(crc32c(&[b"1234", b"", b"56789"]), 0xe306_9283);
    }

    /// Long division, a bit at a time.
    fn divided(polynomial: u32, bytes: &[u8]) -> u32 {
        let bits = bytes
            .iter()
            .flat_map(|byte| (0..8).map(move |bit| u32::from(byte >> bit & 1)));
        !bits.fold(!0, |remainder: u32, bit| match (remainder ^ bit) & 1 {
            0 => remainder >> 1,
            _ => (remainder >> 1) ^ polynomial,
        })
    }

    #[test]
    fn words_and_what_is_left_of_them_come_to_the_same_as_bits() {
        let bytes: Vec<u8> = (0..40u8).map(|byte| byte.wrapping_mul(151) ^ 0x5a).collect();
        for end in 0..=bytes.len() {
            let (piece, rest) = bytes.split_at(end);
            assert_eq!(crc32(piece), divided(0xedb8_8320, piece));
            assert_eq!(crc32c(&[piece]), divided(0x82f6_3b78, piece));
            assert_eq!(crc32c(&[piece, rest]), divided(0x82f6_3b78, &bytes));
        }
    }
}
