//! Text that has to be UTF-8.

use crate::value::flat::Malformed;

#[inline(always)]
pub(super) fn check_utf8(text: &[u8]) -> Result<(), Malformed> {
    if is_ascii(text) {
        return Ok(());
    }
    match std::str::from_utf8(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(Malformed),
    }
}

/// ASCII, eight bytes at a time, the last eight perhaps twice: the texts are many, short and nearly always this.
fn is_ascii(text: &[u8]) -> bool {
    let high_bits = if let Some(last) = text.last_chunk::<8>() {
        let (chunks, _) = text.as_chunks::<8>();
        chunks.iter().fold(u64::from_le_bytes(*last), |bits, chunk| {
            bits | u64::from_le_bytes(*chunk)
        })
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        u64::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last))
    } else {
        text.iter().fold(0, |bits, byte| bits | u64::from(*byte))
    };
    high_bits & 0x8080_8080_8080_8080 == 0
}
