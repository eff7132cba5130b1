//! Exact decimal numbers: 38 significant digits, magnitudes from 1E-130 to 9.99…E+125.
//!
//! A number lives as its canonical text: plain decimal digits without an exponent, no `+`, no zero that could be left out,
//! `0` for every zero. Two numbers are equal exactly when their canonical texts are. This file reads what callers write
//! into that form, compares, adds and measures it. It never rounds and never goes through floating point.

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

/// Every position that a digit of a valid number can take, one more for a carry.
const POSITIONS: usize = (POINT_MAX - POINT_MIN) as usize + SIGNIFICANT_DIGITS_MAX + 1;

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

/// The exact sum of two canonical texts, canonical. Fails when the sum needs more than 38 digits or leaves the range.
pub fn add(a: &[u8], b: &[u8]) -> Result<Vec<u8>, NumberFault> {
    if let (Some(a), Some(b)) = (small_integer(a), small_integer(b)) {
        return Ok((a + b).to_string().into_bytes());
    }
    sum(&Decimal::from_canonical(a), &Decimal::from_canonical(b))
}

/// The exact difference `a - b` of two canonical texts, canonical. Fails as [`add`] does.
pub fn subtract(a: &[u8], b: &[u8]) -> Result<Vec<u8>, NumberFault> {
    if let (Some(a), Some(b)) = (small_integer(a), small_integer(b)) {
        return Ok((a - b).to_string().into_bytes());
    }
    let mut subtrahend = Decimal::from_canonical(b);
    subtrahend.negative = !subtrahend.negative;
    sum(&Decimal::from_canonical(a), &subtrahend)
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

/// A number taken apart: 0.d₁d₂d₃… × 10^point, the first and the last digit not zero. Zero has no digits.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    pub(super) point: i64,
    digits: [u8; SIGNIFICANT_DIGITS_MAX],
    count: usize,
}

impl Decimal {
    /// Zero, to be filled.
    fn zero() -> Self {
        Decimal {
            negative: false,
            point: 0,
            digits: [0; SIGNIFICANT_DIGITS_MAX],
            count: 0,
        }
    }

    /// The digits, each 0 to 9.
    pub(super) fn digits(&self) -> &[u8] {
        self.digits.get(..self.count).unwrap_or_default()
    }

    /// Reads what a caller wrote.
    fn parse(text: &[u8], layer: Layer) -> Result<Self, NumberFault> {
        let written = Written::read(text, layer)?;
        let places = written.integer.iter().chain(written.fraction);
        let Some(leading) = places.clone().position(|digit| *digit != b'0') else {
            check_range(written.point_of_zero(), layer)?;
            return Ok(Decimal::zero());
        };
        let trailing = places.clone().rev().take_while(|digit| **digit == b'0').count();
        let count = written.integer.len() + written.fraction.len() - leading - trailing;
        if count > SIGNIFICANT_DIGITS_MAX {
            return Err(NumberFault::TooManyDigits);
        }
        let point = (written.integer.len() as i64 - leading as i64).saturating_add(written.exponent);
        check_range(point, layer)?;
        let mut decimal = Decimal {
            negative: written.negative,
            point,
            ..Decimal::zero()
        };
        for digit in places.skip(leading).take(count) {
            decimal.push(digit - b'0')?;
        }
        Ok(decimal)
    }

    /// Takes canonical text apart. What is not canonical reads as some number: callers pass what [`canonical`] made.
    pub(super) fn from_canonical(text: &[u8]) -> Self {
        let decimal = Decimal::parse(text, Layer::Newer);
        debug_assert!(decimal.is_ok(), "canonical text is a number");
        decimal.unwrap_or(Decimal::zero())
    }

    /// Appends a digit.
    fn push(&mut self, digit: u8) -> Result<(), NumberFault> {
        let place = self.digits.get_mut(self.count).ok_or(NumberFault::TooManyDigits)?;
        *place = digit;
        self.count += 1;
        Ok(())
    }

    /// Writes the canonical text.
    fn write(&self, out: &mut Vec<u8>) {
        if self.count == 0 {
            out.push(b'0');
            return;
        }
        if self.negative {
            out.push(b'-');
        }
        let digits = self.digits();
        let point = usize::try_from(self.point).unwrap_or(0);
        if point == 0 {
            let zeros = usize::try_from(self.point.unsigned_abs()).unwrap_or(0);
            out.extend_from_slice(b"0.");
            out.extend(std::iter::repeat_n(b'0', zeros));
        }
        for (position, digit) in digits.iter().enumerate() {
            if position == point && point > 0 {
                out.push(b'.');
            }
            out.push(b'0' + digit);
        }
        out.extend(std::iter::repeat_n(b'0', point.saturating_sub(digits.len())));
    }
}

/// A caller's text cut at its point and exponent.
struct Written<'a> {
    negative: bool,
    integer: &'a [u8],
    fraction: &'a [u8],
    exponent: i64,
}

impl<'a> Written<'a> {
    /// Follows the grammar `[+-] digits [. digits] [(e|E) [+-] digits]`, at least one digit on either side of the point.
    fn read(text: &'a [u8], layer: Layer) -> Result<Self, NumberFault> {
        let (negative, unsigned) = take_sign(text);
        let (integer, rest) = take_digits(unsigned);
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => take_digits(rest),
            [..] => (&[][..], rest),
        };
        if integer.is_empty() && fraction.is_empty() {
            return Err(NumberFault::NotNumeric);
        }
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', exponent @ ..] => read_exponent(exponent)?,
            [..] => return Err(NumberFault::NotNumeric),
        };
        if layer == Layer::Older {
            // The older layer keeps the exponent and the scale (digits after the point less the exponent) in 32 bits each.
            let scale = (fraction.len() as i64).checked_sub(exponent);
            if i32::try_from(exponent).is_err() || scale.is_none_or(|scale| i32::try_from(scale).is_err()) {
                return Err(NumberFault::NotNumeric);
            }
        }
        Ok(Written {
            negative,
            integer,
            fraction,
            exponent,
        })
    }

    /// A zero is range-checked by the place its last zero was written at.
    fn point_of_zero(&self) -> i64 {
        self.exponent
            .saturating_sub(self.fraction.len() as i64)
            .saturating_add(1)
    }
}

fn take_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        [..] => (false, text),
    }
}

fn take_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.split_at_checked(length).unwrap_or((text, &[]))
}

/// An exponent of up to 64 bits.
fn read_exponent(text: &[u8]) -> Result<i64, NumberFault> {
    let (negative, digits) = take_sign(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NumberFault::NotNumeric);
    }
    // Counted downwards, because the range has one more number there.
    let mut value = 0i64;
    for digit in digits {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_sub(i64::from(digit - b'0')))
            .ok_or(NumberFault::NotNumeric)?;
    }
    if negative {
        Ok(value)
    } else {
        value.checked_neg().ok_or(NumberFault::NotNumeric)
    }
}

/// Refuses a magnitude by the place of its point. The older layer's arithmetic wraps at 32 bits, which turns the largest
/// exponent it reads into an underflow.
fn check_range(point: i64, layer: Layer) -> Result<(), NumberFault> {
    let point = match layer {
        Layer::Newer => point,
        Layer::Older => i64::from(point as i32),
    };
    if point > POINT_MAX {
        Err(NumberFault::Overflow)
    } else if point < POINT_MIN {
        Err(NumberFault::Underflow)
    } else {
        Ok(())
    }
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

/// An integer whose sums cannot leave 64 bits: what counters hold.
fn small_integer(canonical: &[u8]) -> Option<i64> {
    if canonical.len() > 18 {
        return None;
    }
    std::str::from_utf8(canonical).ok()?.parse().ok()
}

/// Digits laid out by position, most significant first, from the largest place a number can have to the smallest.
struct Places([u8; POSITIONS]);

impl Places {
    /// Lays a number out; its sign is left to the caller.
    fn of(decimal: &Decimal) -> Self {
        let mut places = Places([0; POSITIONS]);
        for (place, digit) in places.0.iter_mut().skip(first_position(decimal)).zip(decimal.digits()) {
            *place = *digit;
        }
        places
    }
}

/// Where a number's first digit is laid out. Position 0 is for the carry, so the largest numbers start at position 1.
fn first_position(decimal: &Decimal) -> usize {
    usize::try_from(POINT_MAX - decimal.point).unwrap_or(0) + 1
}

fn add_places(sum: &mut [u8], other: &[u8]) {
    let mut carry = 0;
    for (place, other) in sum.iter_mut().zip(other).rev() {
        let digit = *place + other + carry;
        (carry, *place) = (u8::from(digit >= 10), if digit >= 10 { digit - 10 } else { digit });
    }
    debug_assert_eq!(carry, 0, "the first place takes the carry");
}

/// Subtracts a magnitude that is not larger.
fn subtract_places(difference: &mut [u8], other: &[u8]) {
    let mut borrow = 0;
    for (place, other) in difference.iter_mut().zip(other).rev() {
        let subtrahend = other + borrow;
        borrow = u8::from(*place < subtrahend);
        *place = *place + 10 * borrow - subtrahend;
    }
    debug_assert_eq!(borrow, 0, "the larger magnitude stands first");
}

/// Reads a result back whose first digit stands at `start`, checking what a number may be.
fn from_places(places: &[u8], start: usize, negative: bool) -> Result<Decimal, NumberFault> {
    let Some(leading) = places.iter().position(|digit| *digit != 0) else {
        return Ok(Decimal::zero());
    };
    let trailing = places.iter().rev().take_while(|digit| **digit == 0).count();
    let mut decimal = Decimal {
        negative,
        point: POINT_MAX + 1 - (start + leading) as i64,
        ..Decimal::zero()
    };
    for digit in places.iter().take(places.len() - trailing).skip(leading) {
        decimal.push(*digit)?;
    }
    check_range(decimal.point, Layer::Newer)?;
    Ok(decimal)
}

fn sum(a: &Decimal, b: &Decimal) -> Result<Vec<u8>, NumberFault> {
    let (mut a_places, mut b_places) = (Places::of(a), Places::of(b));
    // Only the places that either number takes, and one for the carry, have to be gone through.
    let (a_first, b_first) = (first_position(a), first_position(b));
    let start = a_first.min(b_first) - 1;
    let end = (a_first + a.digits().len()).max(b_first + b.digits().len());
    let a_window = a_places.0.get_mut(start..end).unwrap_or_default();
    let b_window = b_places.0.get_mut(start..end).unwrap_or_default();
    let total = if a.negative == b.negative {
        add_places(a_window, b_window);
        from_places(a_window, start, a.negative)?
    } else if *a_window >= *b_window {
        subtract_places(a_window, b_window);
        from_places(a_window, start, a.negative)?
    } else {
        subtract_places(b_window, a_window);
        from_places(b_window, start, b.negative)?
    };
    let mut text = Vec::with_capacity(CANONICAL_BYTES_MAX);
    total.write(&mut text);
    Ok(text)
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
