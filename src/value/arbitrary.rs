//! Random values for property tests, biased to the edges: zeros and 0xff in bytes, numbers at the ends of their range,
//! names and members that nearly collide.

use super::number;
use super::{AttributeValue, Attributes, Layer};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A number as a caller may spell it, mostly within digits and range, sometimes just outside.
pub(crate) fn number_spelling() -> impl Strategy<Value = String> {
    let digits = prop_oneof![
        4 => "[0-9]{0,6}",
        2 => "0{0,4}[0-9]{0,12}0{0,4}",
        1 => "[0-9]{34,39}",
        1 => "9{36,39}",
    ];
    let fraction = prop_oneof![2 => Just(String::new()), 2 => "\\.[0-9]{0,6}", 1 => "\\.0{0,4}[0-9]{0,36}0{0,3}"];
    let exponent = prop_oneof![
        3 => Just(String::new()),
        1 => (-12i32..12).prop_map(|exponent| format!("e{exponent}")),
        1 => (118i32..129).prop_map(|exponent| format!("E+{exponent}")),
        1 => (-140i32..-120).prop_map(|exponent| format!("E{exponent}")),
    ];
    ("[+-]?", digits, fraction, exponent)
        .prop_filter("a digit on one side of the point", |(_, digits, fraction, _)| {
            !digits.is_empty() || fraction.len() > 1
        })
        .prop_map(|(sign, digits, fraction, exponent)| format!("{sign}{digits}{fraction}{exponent}"))
}

/// A valid number's canonical text, biased to the ends of digits and range and to neighbours of small integers.
pub(crate) fn number() -> impl Strategy<Value = Vec<u8>> {
    let digits = prop_oneof![
        3 => "[1-9]{1,3}",
        2 => "[1-9][0-9]{0,16}",
        1 => "[1-9][0-9]{36,37}",
        1 => "9{37,38}",
    ];
    let point = prop_oneof![4 => -2i32..20, 1 => -129i32..-120, 1 => 120i32..=126];
    prop_oneof![
        1 => Just(b"0".to_vec()),
        15 => (any::<bool>(), digits, point).prop_map(|(negative, digits, point)| {
            let sign = if negative { "-" } else { "" };
            let text = format!("{sign}0.{digits}e{point}");
            number::canonical(text.as_bytes(), Layer::Newer).unwrap().into_owned()
        }),
    ]
}

/// Bytes in which the escaped and the highest ones are frequent.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(
        prop_oneof![Just(0u8), Just(1), Just(0xfe), Just(0xff), any::<u8>()],
        0..12,
    )
}

/// Text in which zeros, long characters and common beginnings are frequent.
pub(crate) fn text() -> impl Strategy<Value = String> {
    vec(
        prop_oneof![
            Just('\0'),
            Just('\u{1}'),
            Just('a'),
            Just('ÿ'),
            Just('\u{ffff}'),
            Just('\u{10ffff}'),
            any::<char>()
        ],
        0..8,
    )
    .prop_map(String::from_iter)
}

fn set<T: Ord + std::fmt::Debug>(member: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    vec(member, 1..20).prop_map(|members| BTreeSet::from_iter(members).into_iter().collect::<Vec<_>>())
}

fn attributes_of(value: impl Strategy<Value = AttributeValue>) -> impl Strategy<Value = Attributes> {
    vec(("[a-c]{1,2}|[\\p{L}]{1,20}", value), 0..24).prop_map(|entries| {
        let mut attributes = Attributes::new();
        for (name, value) in entries {
            attributes.insert(&name, value);
        }
        attributes
    })
}

/// A value of any type.
pub(crate) fn value() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        Just(AttributeValue::Null),
        any::<bool>().prop_map(AttributeValue::Bool),
        text().prop_map(AttributeValue::S),
        number().prop_map(AttributeValue::N),
        bytes().prop_map(AttributeValue::B),
        set(text()).prop_map(AttributeValue::Ss),
        set(number()).prop_map(AttributeValue::Ns),
        set(bytes()).prop_map(AttributeValue::Bs),
    ];
    leaf.prop_recursive(5, 48, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(AttributeValue::L),
            attributes_of(inner).prop_map(AttributeValue::M),
        ]
    })
}

/// An item's attributes.
pub(crate) fn attributes() -> impl Strategy<Value = Attributes> {
    attributes_of(value())
}
