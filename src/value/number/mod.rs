//! Exact decimal numbers: 38 significant digits, magnitudes from 1E-130 to 9.99…E+125.
//!
//! A number lives as its canonical text: plain decimal digits without an exponent, no `+`, no zero that could be left out,
//! `0` for every zero. Two numbers are equal exactly when their canonical texts are. This module reads what callers write
//! into that form, compares, adds and measures it. It never rounds and never goes through floating point.

mod decimal;
mod sum;

pub(super) use decimal::Decimal;
pub use sum::{add, subtract};

use super::Layer;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Significant digits that a number may have.
pub const SIGNIFICANT_DIGITS_MAX: usize = 38;

/// Digits left of the point in the largest numbers: 9.99…E+125.
const POINT_MAX: i64 = 126;

/// Where the point stands in the smallest numbers: 1E-130 is 0.1 shifted 129 places to the right.
const POINT_MIN: i64 = -129;

/// Longest canonical text: `-0.`, the zeros of the smallest magnitude, and all the digits.
pub const CANONICAL_BYTES_MAX: usize = 3 + POINT_MIN.unsigned_abs() as usize + SIGNIFICANT_DIGITS_MAX;

/// A text of at most this many bytes is within the digits and the range whatever it says, if it has no exponent.
const SHORT_BYTES_MAX: usize = SIGNIFICANT_DIGITS_MAX;

/// Why a text is not a number, or a sum is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// The text does not follow the grammar, or its exponent is beyond what the layer reads.
    NotNumeric,
    /// Above 9.99…E+125.
    Overflow,
    /// Nearer to zero than 1E-130.
    Underflow,
    /// More than 38 significant digits.
    TooManyDigits,
}

impl NumberFault {
    /// AWS's sentence for the fault, `text` being what was sent. Bare: the caller wraps it as its operation does.
    pub fn message(self, text: &[u8], layer: Layer) -> String {
        match self {
            NumberFault::NotNumeric if text.is_empty() => match layer {
                Layer::Newer => "The parameter cannot be converted to a numeric value: ".to_owned(),
                Layer::Older => "The parameter cannot be converted to a numeric value".to_owned(),
            },
            NumberFault::NotNumeric => format!(
                "The parameter cannot be converted to a numeric value: {}",
                String::from_utf8_lossy(text)
            ),
            NumberFault::Overflow => {
                "Number overflow. Attempting to store a number with magnitude larger than supported range".to_owned()
            }
            NumberFault::Underflow => {
                "Number underflow. Attempting to store a number with magnitude smaller than supported range".to_owned()
            }
            NumberFault::TooManyDigits => "Attempting to store more than 38 significant digits in a Number".to_owned(),
        }
    }
}

/// The canonical text of a number that a caller wrote. Text that is canonical already is handed back as it is.
pub fn canonical(text: &[u8], layer: Layer) -> Result<Cow<'_, [u8]>, NumberFault> {
    if size_if_short_canonical(text).is_some() {
        return Ok(Cow::Borrowed(text));
    }
    let mut written = Vec::with_capacity(CANONICAL_BYTES_MAX);
    Decimal::parse(text, layer)?.write(&mut written);
    if written == text {
        return Ok(Cow::Borrowed(text));
    }
    Ok(Cow::Owned(written))
}

/// Orders two canonical texts by value.
pub fn compare(a: &[u8], b: &[u8]) -> Ordering {
    match (a.strip_prefix(b"-"), b.strip_prefix(b"-")) {
        (None, None) => compare_magnitudes(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(a), Some(b)) => compare_magnitudes(b, a),
    }
}

/// The bytes a number counts for: one, half a byte a digit on each side of the point, each side rounded up, and one for
/// the sign of a negative. Zeros at either end of the value are no digits. Observed on AWS; the developer guide's rule is
/// not what the service does.
pub fn size_bytes(canonical: &[u8]) -> usize {
    let (negative, magnitude) = match canonical.strip_prefix(b"-") {
        Some(magnitude) => (1, magnitude),
        None => (0, canonical),
    };
    let (integer, fraction) = split_at_point(magnitude);
    1 + digits_size_bytes(integer, fraction) + negative
}

/// The size of a number whose text is canonical and so short that neither digits nor range need counting, which is nearly
/// every number; `None` says nothing about the text. One pass, because every number of every item comes by here.
pub(super) fn size_if_short_canonical(text: &[u8]) -> Option<usize> {
    let (negative, magnitude) = match text {
        [b'-', magnitude @ ..] => (1, magnitude),
        [..] => (0, text),
    };
    if magnitude.len() > SHORT_BYTES_MAX {
        return None;
    }
    let mut point = magnitude.len();
    for (position, byte) in magnitude.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' if point == magnitude.len() => point = position,
            _ => return None,
        }
    }
    let integer = magnitude.get(..point)?;
    let fraction = magnitude.get(point + 1..).unwrap_or_default();
    let canonical = match (integer, fraction) {
        ([], _) | ([b'0', _, ..], _) | (_, [.., b'0']) => false,
        ([b'0'], []) => negative == 0,
        ([..], _) => true,
    } && (point == magnitude.len() || !fraction.is_empty());
    canonical.then(|| 1 + digits_size_bytes(integer, fraction) + negative)
}

/// The size of a canonical number's digits.
fn digits_size_bytes(integer: &[u8], fraction: &[u8]) -> usize {
    let integer_digits = match (integer, fraction) {
        ([b'0'], _) => 0,
        ([..], []) => integer.len() - trailing_zeros(integer),
        ([..], [..]) => integer.len(),
    };
    let fraction_digits = match integer_digits {
        0 => fraction.len() - leading_zeros(fraction),
        1.. => fraction.len(),
    };
    integer_digits.div_ceil(2) + fraction_digits.div_ceil(2)
}

/// Orders canonical magnitudes: the longer integer part is larger, then the texts decide digit by digit.
fn compare_magnitudes(a: &[u8], b: &[u8]) -> Ordering {
    let (a_integer, _) = split_at_point(a);
    let (b_integer, _) = split_at_point(b);
    a_integer.len().cmp(&b_integer.len()).then_with(|| a.cmp(b))
}

/// Integer and fraction of a magnitude, without the point.
fn split_at_point(magnitude: &[u8]) -> (&[u8], &[u8]) {
    let length = magnitude.iter().take_while(|byte| **byte != b'.').count();
    match magnitude.split_at_checked(length) {
        Some((integer, [_, fraction @ ..])) => (integer, fraction),
        Some((integer, [])) => (integer, &[]),
        None => (magnitude, &[]),
    }
}

fn leading_zeros(digits: &[u8]) -> usize {
    digits.iter().take_while(|digit| **digit == b'0').count()
}

fn trailing_zeros(digits: &[u8]) -> usize {
    digits.iter().rev().take_while(|digit| **digit == b'0').count()
}

#[cfg(test)]
mod tests;
