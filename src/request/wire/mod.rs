//! JSON 1.0, both ways: a body into a flat request tree, guided by the operation's shapes, and a flat response tree or an
//! error into a body.
//!
//! The only place where JSON text is met. Reading stops at the first value that does not fit its shape, in document order,
//! with the framework's own sentence; null means absent, members that the API does not have are ignored, and of a member that
//! comes twice the last one counts.

mod base64;
mod read;
pub mod scan;
mod write;

pub(in crate::request) use base64::{decode as decode_base64, encode as encode_base64};
pub use read::read_body;
pub use write::{write_body, write_error, write_text};

/// The longest body that is read: 16 MB, as the service takes them.
pub const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Where the next byte stands that JSON text cannot hold as it is: a quote, a backslash, a control character. Text between
/// them is most of a body, so eight bytes are looked at at once.
fn first_special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // Each line has a high bit where a byte is zero after the exclusive or, or below a blank.
    let is_plain = |word: u64| {
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * u64::from(b' ')) & !word);
        found & HIGHS == 0
    };
    let (words, _) = bytes.as_chunks::<8>();
    let plain = 8 * words
        .iter()
        .take_while(|word| is_plain(u64::from_le_bytes(**word)))
        .count();
    let rest = bytes.get(plain..)?;
    let special = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    Some(plain + special)
}

#[cfg(test)]
mod tests;
