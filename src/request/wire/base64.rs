//! Binary in JSON: standard base64 with padding, refused in the service's words.

use crate::error::serialization::SerializationFault;
use crate::value::flat::{Tag, Writer};
use ::base64::engine::general_purpose::STANDARD;
use ::base64::{DecodeSliceError, Engine};

/// Decodes text and writes it as B.
pub fn write_decoded(text: &str, writer: &mut Writer, tag: Option<Tag>) -> Result<(), SerializationFault> {
    let length = text.len();
    if !length.is_multiple_of(4) {
        return Err(SerializationFault::Base64Length { length });
    }
    let mut buffer = vec![0; length / 4 * 3];
    let decoded = STANDARD
        .decode_slice(text, &mut buffer)
        .map_err(|error| fault(text, &error))?;
    let bytes = buffer.get(..decoded).unwrap_or_default();
    match tag {
        Some(tag) => writer.scalar(tag, bytes),
        None => writer.text(bytes),
    }
    Ok(())
}

/// A character that base64 does not have is named; anything else that an encoder would not write is about the end.
fn fault(text: &str, _: &DecodeSliceError) -> SerializationFault {
    let stranger = text
        .chars()
        .find(|character| !(character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '=')));
    match stranger {
        Some(character) => SerializationFault::Base64Character { character },
        None => SerializationFault::Base64Padding,
    }
}

/// Appends bytes as base64.
pub fn write_encoded(bytes: &[u8], json: &mut Vec<u8>) {
    let start = json.len();
    json.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let written = json.get_mut(start..).map(|room| STANDARD.encode_slice(bytes, room));
    debug_assert!(matches!(written, Some(Ok(length)) if start + length == json.len()));
}

/// Bytes as base64.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes that a text is the base64 of, if it is.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
