//! Sums and differences, exact: digits under digits.

use super::decimal::check_range;
use super::{CANONICAL_BYTES_MAX, Decimal, NumberFault, POINT_MAX, POINT_MIN, SIGNIFICANT_DIGITS_MAX};
use crate::value::Layer;

/// Every position that a digit of a valid number can take, one more for a carry.
const POSITIONS: usize = (POINT_MAX - POINT_MIN) as usize + SIGNIFICANT_DIGITS_MAX + 1;

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
    let mut decimal = Decimal::zero();
    decimal.negative = negative;
    decimal.point = POINT_MAX + 1 - (start + leading) as i64;
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
