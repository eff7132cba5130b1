//! Numbers against an exact decimal library, and the texts recorded on AWS.

use super::*;
use crate::value::arbitrary;
use bigdecimal::{BigDecimal, Signed, Zero};
use proptest::prelude::*;
use std::str::FromStr;

fn exact(text: &[u8]) -> BigDecimal {
    BigDecimal::from_str(std::str::from_utf8(text).unwrap()).unwrap()
}

/// What the limits say about an exact value, without looking at how it is written.
fn judged(value: &BigDecimal) -> Result<(), NumberFault> {
    if value.is_zero() {
        return Ok(());
    }
    let (digits, _) = value.normalized().into_bigint_and_exponent();
    if digits.abs().to_string().len() > SIGNIFICANT_DIGITS_MAX {
        return Err(NumberFault::TooManyDigits);
    }
    if value.abs() >= BigDecimal::from_str("1e126").unwrap() {
        return Err(NumberFault::Overflow);
    }
    if value.abs() < BigDecimal::from_str("1e-130").unwrap() {
        return Err(NumberFault::Underflow);
    }
    Ok(())
}

fn assert_canonical_form(text: &[u8]) {
    let text = std::str::from_utf8(text).unwrap();
    let magnitude = text.strip_prefix('-').unwrap_or(text);
    let (integer, fraction) = magnitude.split_once('.').unwrap_or((magnitude, "1"));
    assert!(integer == "0" || !integer.starts_with('0'), "{text}");
    assert!(
        !integer.is_empty() && integer.bytes().all(|byte| byte.is_ascii_digit()),
        "{text}"
    );
    assert!(
        !fraction.ends_with('0') && fraction.bytes().all(|byte| byte.is_ascii_digit()),
        "{text}"
    );
    assert!(!fraction.is_empty() && text != "-0", "{text}");
    assert!(text.len() <= CANONICAL_BYTES_MAX, "{text}");
}

fn check(text: &str, newer: Result<&str, NumberFault>, older: Result<&str, NumberFault>) {
    for (layer, expected) in [(Layer::Newer, newer), (Layer::Older, older)] {
        let read = canonical(text.as_bytes(), layer).map(|text| String::from_utf8(text.into_owned()).unwrap());
        assert_eq!(
            read.as_deref(),
            expected.as_ref().map(|text| *text),
            "{text} read by {layer:?}"
        );
    }
}

#[test]
fn spellings_recorded_on_aws_are_normalised() {
    let largest = format!("1{}", "0".repeat(125));
    let smallest = format!("0.{}1", "0".repeat(129));
    for (text, expected) in [
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.e5", "100000"),
        ("0042.1200", "42.12"),
        ("1E125", &largest),
        ("1e-130", &smallest),
        ("-1e-130", &format!("-{smallest}")),
        ("0e125", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("1e0000000000000000000000001", "10"),
    ] {
        check(text, Ok(expected), Ok(expected));
    }
}

#[test]
fn faults_recorded_on_aws_are_told_apart() {
    use NumberFault::{NotNumeric, Overflow, TooManyDigits, Underflow};
    for text in [
        "abc",
        "1.2.3",
        " 1",
        "1 ",
        "0x10",
        "1e",
        "NaN",
        "Infinity",
        "",
        "+",
        "-",
        ".",
        "e5",
        ".e5",
        "+e2",
        "1+2",
        "1e+",
        "--1",
        "1e5.",
        "1_000",
        "1e9223372036854775808",
        "1e-9223372036854775809",
        "é",
        "٣",
    ] {
        check(text, Err(NotNumeric), Err(NotNumeric));
    }
    for (text, newer, older) in [
        ("1e126", Overflow, Overflow),
        ("-1e126", Overflow, Overflow),
        ("1e-131", Underflow, Underflow),
        ("0e126", Overflow, Overflow),
        ("0e-131", Underflow, Underflow),
        ("1e2147483646", Overflow, Overflow),
        ("1e2147483647", Overflow, Underflow),
        ("1e2147483648", Overflow, NotNumeric),
        ("1e-2147483648", Underflow, NotNumeric),
        ("1e99999999999", Overflow, NotNumeric),
        ("1e-99999999999", Underflow, NotNumeric),
        ("1e9223372036854775807", Overflow, NotNumeric),
        ("1e-9223372036854775808", Underflow, NotNumeric),
        ("123456789012345678901234567890123456789", TooManyDigits, TooManyDigits),
        ("1.23456789012345678901234567890123456789", TooManyDigits, TooManyDigits),
    ] {
        check(text, Err(newer), Err(older));
    }
}

#[test]
fn canonical_text_is_handed_back_without_a_copy() {
    let digits = "12345678901234567890123456789012345678";
    let long = format!("-0.{}{digits}", "0".repeat(129));
    assert_eq!(long.len(), CANONICAL_BYTES_MAX);
    for text in ["0", "7", "-7", "10", "0.5", "-0.05", "42.12", digits, &long] {
        assert!(
            matches!(canonical(text.as_bytes(), Layer::Newer), Ok(Cow::Borrowed(_))),
            "{text}"
        );
    }
}

/// The sizes measured on AWS.
#[test]
fn sizes_count_digits_on_each_side_of_the_point() {
    for (text, size) in [
        ("1", 2),
        ("1E125", 2),
        ("0.0000001", 2),
        ("123456", 4),
        ("3.14159", 5),
        ("12345678901234567890123456789012345678", 20),
        ("0", 1),
        ("-1", 3),
        ("100.001", 5),
        ("1200", 2),
        ("0.0012", 2),
        ("10", 2),
        ("-10.5", 4),
    ] {
        let text = canonical(text.as_bytes(), Layer::Newer).unwrap();
        assert_eq!(size_bytes(&text), size, "{}", String::from_utf8_lossy(&text));
        assert!(size_if_short_canonical(&text).is_none_or(|short| short == size));
    }
}

#[test]
fn sums_leave_neither_digits_nor_range() {
    let nines = "9".repeat(38);
    let check = |a: &str, b: &str, expected: Result<&str, NumberFault>| {
        let a = canonical(a.as_bytes(), Layer::Newer).unwrap();
        let b = canonical(b.as_bytes(), Layer::Newer).unwrap();
        let sum = add(&a, &b).map(|sum| String::from_utf8(sum).unwrap());
        assert_eq!(sum.as_deref(), expected.as_ref().map(|text| *text));
    };
    check(&nines, "1", Ok(&format!("1{}", "0".repeat(38))));
    check(&nines, "0.1", Err(NumberFault::TooManyDigits));
    check("1e125", "1", Err(NumberFault::TooManyDigits));
    check("9.9e125", "9.9e125", Err(NumberFault::Overflow));
    check("1.5e-130", "-1.4e-130", Err(NumberFault::Underflow));
    check("1e125", "-1e125", Ok("0"));
    check("999999999999999999", "1", Ok("1000000000000000000"));
    check("-0.5", "0.25", Ok("-0.25"));
}

proptest! {
    #[test]
    fn canonical_text_is_the_exact_value(text in arbitrary::number_spelling()) {
        let value = exact(text.as_bytes());
        for layer in [Layer::Newer, Layer::Older] {
            match canonical(text.as_bytes(), layer) {
                Ok(read) => {
                    prop_assert_eq!(judged(&value), Ok(()));
                    assert_canonical_form(&read);
                    prop_assert_eq!(exact(&read), value.clone());
                    prop_assert_eq!(canonical(&read, layer), Ok(Cow::Borrowed(&*read)));
                    prop_assert!(size_if_short_canonical(&read).is_none_or(|size| size == size_bytes(&read)));
                }
                // A zero is judged by how it is written: see the recorded cases.
                Err(fault) => prop_assert!(value.is_zero() || judged(&value) == Err(fault), "{fault:?}"),
            }
        }
    }

    #[test]
    fn any_text_is_a_number_or_a_fault(text in proptest::collection::vec(any::<u8>(), 0..20)) {
        if let Ok(read) = canonical(&text, Layer::Older) {
            assert_canonical_form(&read);
        }
    }

    #[test]
    fn comparison_is_exact(a in arbitrary::number(), b in arbitrary::number()) {
        prop_assert_eq!(compare(&a, &b), exact(&a).cmp(&exact(&b)));
        prop_assert_eq!(compare(&a, &a), Ordering::Equal);
    }

    #[test]
    fn sums_and_differences_are_exact_or_refused(a in arbitrary::number(), b in arbitrary::number()) {
        for (computed, value) in [(add(&a, &b), exact(&a) + exact(&b)), (subtract(&a, &b), exact(&a) - exact(&b))] {
            match computed {
                Ok(text) => {
                    assert_canonical_form(&text);
                    prop_assert_eq!(exact(&text), value);
                }
                Err(fault) => prop_assert_eq!(judged(&value), Err(fault)),
            }
        }
    }

    #[test]
    fn sums_of_near_magnitudes_are_exact(a in "-?[1-9][0-9]{0,20}", b in "-?[1-9][0-9]{0,20}", places in 0usize..12) {
        let shift = |text: &str| canonical(format!("{text}e-{places}").as_bytes(), Layer::Newer).unwrap().into_owned();
        let (a, b) = (shift(&a), shift(&b));
        prop_assert_eq!(exact(&add(&a, &b).unwrap()), exact(&a) + exact(&b));
        prop_assert_eq!(exact(&subtract(&a, &b).unwrap()), exact(&a) - exact(&b));
    }
}
