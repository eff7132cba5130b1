//! A number taken apart, and the reading of what callers write.

use super::{NumberFault, POINT_MAX, POINT_MIN, SIGNIFICANT_DIGITS_MAX};
use crate::value::Layer;

/// A number taken apart: 0.d₁d₂d₃… × 10^point, the first and the last digit not zero. Zero has no digits.
#[derive(Clone, Debug)]
pub(in crate::value) struct Decimal {
    pub(in crate::value) negative: bool,
    pub(in crate::value) point: i64,
    digits: [u8; SIGNIFICANT_DIGITS_MAX],
    count: usize,
}

impl Decimal {
    /// Zero, to be filled.
    pub(super) fn zero() -> Self {
        Decimal {
            negative: false,
            point: 0,
            digits: [0; SIGNIFICANT_DIGITS_MAX],
            count: 0,
        }
    }

    /// The digits, each 0 to 9.
    pub(in crate::value) fn digits(&self) -> &[u8] {
        self.digits.get(..self.count).unwrap_or_default()
    }

    /// Reads what a caller wrote.
    pub(super) fn parse(text: &[u8], layer: Layer) -> Result<Self, NumberFault> {
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
    pub(in crate::value) fn from_canonical(text: &[u8]) -> Self {
        let decimal = Decimal::parse(text, Layer::Newer);
        debug_assert!(decimal.is_ok(), "canonical text is a number");
        decimal.unwrap_or(Decimal::zero())
    }

    /// Appends a digit.
    pub(super) fn push(&mut self, digit: u8) -> Result<(), NumberFault> {
        let place = self.digits.get_mut(self.count).ok_or(NumberFault::TooManyDigits)?;
        *place = digit;
        self.count += 1;
        Ok(())
    }

    /// Writes the canonical text.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
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
pub(super) fn check_range(point: i64, layer: Layer) -> Result<(), NumberFault> {
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
