//! Checksums: CRC-32 for HTTP bodies, CRC-32C for everything stored.
//!
//! Tables of one kilobyte each. The crates that go faster carry tables of 16 KB and more, which do not compress: they cost a tenth
//! of the download, and checksums are not where a request's time goes.

use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, Crc, Table};

static ISO_HDLC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);
static ISCSI: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISCSI);

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
pub struct Running32c(crc::Digest<'static, u32, Table<1>>);

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
}
