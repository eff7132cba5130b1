//! Vectors: lists of numbers as 32-bit floats, how far apart two of them are, and the nearest of many.
//!
//! This folder is the one place of the engine where floats decide anything: which results a search returns. They do so in the
//! same way everywhere. Every score is a sum of products in 64 bits, taken in one fixed order of additions, natively and in
//! wasm; a product of two 32-bit floats is exact in 64 bits, so scores are right to the last bit of the 32 that callers see in
//! all but contrived cases.

mod nearest;
mod score;

pub use nearest::Nearest;
pub use score::{Query, Score, SearchVector};

use super::flat::{Tag, ValueRef, View, Writer};
use serde::{Deserialize, Serialize};

/// Bytes of one element as an index stores it.
pub const ELEMENT_BYTES: usize = 4;

/// How a vector index measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Distance {
    /// One less the cosine of the angle between: 0 to 2, the least is nearest. A vector of zeros is at 1 from everything.
    Cosine,
    /// The straight distance, the least is nearest.
    Euclidean,
    /// The dot product, the greatest is nearest.
    DotProduct,
}

/// Why a value is not a vector of an index's dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorFault {
    /// It is no list.
    NotList,
    /// It has another number of elements.
    Dimensions {
        /// The number it has.
        actual: usize,
    },
    /// An element is no number, or none that 32 bits can hold.
    Element {
        /// Its position.
        at: usize,
    },
}

/// An admitted value as a vector: its elements, rounded to 32 bits, little-endian one after another.
///
/// # Errors
/// [`VectorFault`], the first of: no list, another number of elements, an element that is no 32-bit float.
pub fn read(value: ValueRef<'_>, dimensions: usize) -> Result<Vec<u8>, VectorFault> {
    let Ok(View::L(list)) = value.view() else {
        return Err(VectorFault::NotList);
    };
    if list.len() != dimensions {
        return Err(VectorFault::Dimensions { actual: list.len() });
    }
    let mut bytes = Vec::with_capacity(size_bytes(dimensions));
    for (at, element) in list.iter().enumerate() {
        let element = single(element).ok_or(VectorFault::Element { at })?;
        bytes.extend_from_slice(&element.to_le_bytes());
    }
    Ok(bytes)
}

/// What a vector counts for where it is stored as one.
pub fn size_bytes(dimensions: usize) -> usize {
    dimensions * ELEMENT_BYTES
}

/// A number rounded to 32 bits, if it does not become infinite.
fn single(value: ValueRef<'_>) -> Option<f32> {
    match value.view() {
        Ok(View::N(text)) => std::str::from_utf8(text)
            .ok()?
            .parse()
            .ok()
            .filter(|element: &f32| element.is_finite()),
        _ => None,
    }
}

/// Writes a vector as the list of numbers that it is to a caller: each the shortest decimal that rounds to the stored float.
pub fn write(bytes: &[u8], writer: &mut Writer) {
    let (elements, _) = bytes.as_chunks::<ELEMENT_BYTES>();
    let list = writer.open(Tag::L, elements.len());
    for element in elements {
        let element = f32::from_le_bytes(*element);
        // There is one zero.
        let text = if element == 0.0 {
            "0".to_owned()
        } else {
            element.to_string()
        };
        writer.scalar(Tag::N, text.as_bytes());
    }
    writer.close(list);
}

#[cfg(test)]
mod tests;
