//! Checksums: CRC-32 for HTTP bodies, CRC-32C for everything stored.
//!
//! Eight bytes at a time, by eight tables of a kilobyte that are computed when they are first needed. Stored in the module they
//! would not compress, and would be a tenth of the download.

use std::sync::LazyLock;

/// The polynomials, with the coefficient of the highest power in the lowest bit.
const ISO_HDLC: u32 = 0xedb8_8320;
const ISCSI: u32 = 0x82f6_3b78;

static ISO_HDLC_TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::new(ISO_HDLC));
static ISCSI_TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::new(ISCSI));

/// What a byte adds to the remainder, by how many bytes of a word come after it.
struct Tables([[u32; 256]; 8]);

impl Tables {
    fn new(polynomial: u32) -> Self {
        let mut last = [0; 256];
        for (byte, entry) in (0..).zip(&mut last) {
            *entry = (0..8).fold(byte, |remainder, _| match remainder & 1 {
                0 => remainder >> 1,
                _ => (remainder >> 1) ^ polynomial,
            });
        }
        let mut tables = [last; 8];
        let mut earlier = last;
        for table in tables.iter_mut().skip(1) {
            earlier = earlier.map(|remainder| shift(&last, remainder, 0));
            *table = earlier;
        }
        Tables(tables)
    }

    /// The remainder after more bytes.
    fn update(&self, mut remainder: u32, bytes: &[u8]) -> u32 {
        let [last, sixth, fifth, fourth, third, second, first, zeroth] = &self.0;
        let (words, rest) = bytes.as_chunks::<8>();
        for [a, b, c, d, e, f, g, h] in words {
            let [a, b, c, d] = (remainder ^ u32::from_le_bytes([*a, *b, *c, *d])).to_le_bytes();
            remainder = zeroth[usize::from(a)]
                ^ first[usize::from(b)]
                ^ second[usize::from(c)]
                ^ third[usize::from(d)]
                ^ fourth[usize::from(*e)]
                ^ fifth[usize::from(*f)]
                ^ sixth[usize::from(*g)]
                ^ last[usize::from(*h)];
        }
        rest.iter()
            .fold(remainder, |remainder, byte| shift(last, remainder, *byte))
    }
}

/// The remainder after one more byte.
fn shift(last: &[u32; 256], remainder: u32, byte: u8) -> u32 {
    let [lowest, ..] = remainder.to_le_bytes();
    (remainder >> 8) ^ last[usize::from(lowest ^ byte)]
}

/// CRC-32 as in zlib and Ethernet: what `x-amz-crc32` carries.
pub fn crc32(bytes: &[u8]) -> u32 {
    !ISO_HDLC_TABLES.update(!0, bytes)
}

/// CRC-32C (Castagnoli) of several pieces, one after another.
pub fn crc32c(pieces: &[&[u8]]) -> u32 {
    let mut running = Running32c::new();
    pieces.iter().for_each(|piece| running.update(piece));
    running.value()
}

/// A CRC-32C over data that comes bit by bit.
#[derive(Clone)]
pub struct Running32c {
    remainder: u32,
}

impl Running32c {
    /// Of nothing yet.
    pub fn new() -> Self {
        Running32c { remainder: !0 }
    }
    /// Adds the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.remainder = ISCSI_TABLES.update(self.remainder, piece);
    }
    /// The checksum of everything so far.
    pub fn value(&self) -> u32 {
        !self.remainder
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
