//! Byte order against the order of the values, and ranges against the comparisons they stand for.

use super::ordered::SHORT_BYTES_MAX;
use super::*;
use crate::value::flat::{Tag, ValueRef, Writer};
use crate::value::{Layer, arbitrary, number};
use bigdecimal::BigDecimal;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::str::FromStr;

const SEED: HashSeed = HashSeed(42);

/// An owned key part, ordered by its value: numbers by an exact decimal library.
#[derive(Clone, Debug)]
enum OwnedPart {
    S(String),
    N(Vec<u8>),
    B(Vec<u8>),
}

impl OwnedPart {
    fn part(&self) -> KeyPart<'_> {
        match self {
            OwnedPart::S(text) => KeyPart::S(text.as_bytes()),
            OwnedPart::N(text) => KeyPart::N(text),
            OwnedPart::B(bytes) => KeyPart::B(bytes),
        }
    }

    fn compare(&self, other: &OwnedPart) -> Ordering {
        let exact = |text: &[u8]| BigDecimal::from_str(std::str::from_utf8(text).unwrap()).unwrap();
        match (self, other) {
            (OwnedPart::S(a), OwnedPart::S(b)) => a.as_bytes().cmp(b.as_bytes()),
            (OwnedPart::N(a), OwnedPart::N(b)) => exact(a).cmp(&exact(b)),
            (OwnedPart::B(a), OwnedPart::B(b)) => a.cmp(b),
            (OwnedPart::S(_) | OwnedPart::N(_) | OwnedPart::B(_), _) => panic!("an attribute has one type"),
        }
    }

    fn begins_with(&self, prefix: &OwnedPart) -> bool {
        match (self, prefix) {
            (OwnedPart::S(a), OwnedPart::S(b)) => a.starts_with(b),
            (OwnedPart::N(a), OwnedPart::N(b)) => a == b,
            (OwnedPart::B(a), OwnedPart::B(b)) => a.starts_with(b),
            (OwnedPart::S(_) | OwnedPart::N(_) | OwnedPart::B(_), _) => panic!("an attribute has one type"),
        }
    }
}

fn part_of(key_type: KeyType) -> BoxedStrategy<OwnedPart> {
    match key_type {
        KeyType::S => arbitrary::text().prop_map(OwnedPart::S).boxed(),
        KeyType::N => prop_oneof![
            arbitrary::number(),
            // Neighbours: numbers that differ in their last digit or their sign only.
            "-?[12]?[01]?(\\.[01]?[1-3])?".prop_filter_map("a number", |text| {
                Some(number::canonical(text.as_bytes(), Layer::Newer).ok()?.into_owned())
            }),
        ]
        .prop_map(OwnedPart::N)
        .boxed(),
        KeyType::B => arbitrary::bytes().prop_map(OwnedPart::B).boxed(),
    }
}

fn key_type() -> impl Strategy<Value = KeyType> {
    prop_oneof![Just(KeyType::S), Just(KeyType::N), Just(KeyType::B)]
}

/// Two lists of parts of one schema.
fn two_keys(parts_max: usize) -> impl Strategy<Value = (Vec<OwnedPart>, Vec<OwnedPart>)> {
    proptest::collection::vec(key_type(), 1..=parts_max).prop_flat_map(|types| {
        let key = || types.iter().map(|key_type| part_of(*key_type)).collect::<Vec<_>>();
        (key(), key())
    })
}

fn parts(owned: &[OwnedPart]) -> Vec<KeyPart<'_>> {
    owned.iter().map(OwnedPart::part).collect()
}

fn encoded(part: KeyPart<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    part.encode(&mut bytes);
    bytes
}

fn compare_keys(a: &[OwnedPart], b: &[OwnedPart]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(a, b)| a.compare(b))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[test]
fn edges_of_numbers_are_ordered() {
    let digits = "12345678901234567890123456789012345678";
    let ascending = [
        format!("-{}", "9".repeat(38)) + &"0".repeat(88),
        "-100".to_owned(),
        "-99.9".to_owned(),
        "-99".to_owned(),
        "-10".to_owned(),
        "-1.1".to_owned(),
        "-1".to_owned(),
        "-0.1".to_owned(),
        format!("-0.{}{digits}", "0".repeat(129)),
        "0".to_owned(),
        format!("0.{}1", "0".repeat(129)),
        format!("0.{}{digits}", "0".repeat(129)),
        "0.1".to_owned(),
        "0.11".to_owned(),
        "0.9".to_owned(),
        "1".to_owned(),
        "1.0000000000000000000000000000000000001".to_owned(),
        "1.01".to_owned(),
        "1.1".to_owned(),
        "9.9".to_owned(),
        "10".to_owned(),
        "100".to_owned(),
        format!("1{}", "0".repeat(125)),
        format!("{}{}", "9".repeat(38), "0".repeat(88)),
    ];
    for (position, a) in ascending.iter().enumerate() {
        for (other, b) in ascending.iter().enumerate() {
            let order = encoded(KeyPart::N(a.as_bytes())).cmp(&encoded(KeyPart::N(b.as_bytes())));
            assert_eq!(order, position.cmp(&other), "{a} and {b}");
            assert_eq!(
                number::compare(a.as_bytes(), b.as_bytes()),
                position.cmp(&other),
                "{a} and {b}"
            );
        }
    }
}

#[test]
fn encodings_are_as_documented() {
    assert_eq!(encoded(KeyPart::S(b"a\0b")), b"a\0\xffb\0\0");
    assert_eq!(encoded(KeyPart::B(b"")), b"\0\0");
    assert_eq!(encoded(KeyPart::N(b"0")), [1]);
    assert_eq!(encoded(KeyPart::N(b"120.5")), [2, 132, 13, 6, 0]);
    assert_eq!(encoded(KeyPart::N(b"-7")), [0, !130, !71, 0xff]);
}

#[test]
fn a_value_of_another_type_is_no_key_part() {
    let mut writer = Writer::new();
    writer.scalar(Tag::N, b"7");
    let seven = ValueRef::read(writer.bytes()).unwrap();
    assert_eq!(KeyPart::of(seven, KeyType::N), Some(KeyPart::N(b"7")));
    assert_eq!(KeyPart::of(seven, KeyType::S), None);
    let truth = [Tag::True as u8];
    assert_eq!(KeyPart::of(ValueRef::read(&truth).unwrap(), KeyType::B), None);
}

#[test]
fn hashes_cover_their_range_to_the_last() {
    let half = PartitionHash(u64::MAX / 2);
    let low = KeyRange::hashes(PartitionHash(0), half);
    let high = KeyRange::hashes(PartitionHash(half.0 + 1), PartitionHash(u64::MAX));
    assert_eq!(low.to.as_ref(), Some(&high.from));
    assert_eq!(high.to, None);
    let key = key(SEED, &[KeyPart::S(b"a")], &[]);
    assert!(low.contains(key.as_bytes()) != high.contains(key.as_bytes()));
    assert_eq!(
        key.hash(),
        Some(write_partition_key(SEED, &[KeyPart::S(b"a")], &mut Vec::new()))
    );
}

#[test]
fn the_last_bytes_have_no_successor() {
    assert_eq!(successor(&[]), None);
    assert_eq!(successor(&[0xff, 0xff]), None);
    assert_eq!(successor(&[1, 0xff]), Some(OrderedBytes::new(&[2])));
}

proptest! {
    #[test]
    fn keys_made_in_place_are_the_keys_made_in_a_buffer((a, b) in two_keys(2)) {
        let (partition, within) = (parts(&a), parts(&b));
        let mut bytes = Vec::new();
        let hash = write_partition_key(SEED, &partition, &mut bytes);
        append_parts(&within, &mut bytes);
        prop_assert_eq!(hashed_key(SEED, &partition, &within), (hash, OrderedBytes::from(bytes)));
    }

    #[test]
    fn order_of_bytes_is_order_of_values((a, b) in two_keys(4)) {
        let mut a_bytes = Vec::new();
        append_parts(&parts(&a), &mut a_bytes);
        let mut b_bytes = Vec::new();
        append_parts(&parts(&b), &mut b_bytes);
        prop_assert_eq!(a_bytes.cmp(&b_bytes), compare_keys(&a, &b));
    }

    #[test]
    fn no_encoding_begins_another((a, b) in two_keys(1)) {
        let (a_bytes, b_bytes) = (encoded(a[0].part()), encoded(b[0].part()));
        prop_assert_eq!(a_bytes.starts_with(&b_bytes), a_bytes == b_bytes);
        prop_assert_eq!(b_bytes.starts_with(&a_bytes), a_bytes == b_bytes);
    }

    #[test]
    fn whole_keys_go_by_hash_then_by_parts((a, b) in two_keys(3), seed in any::<u64>()) {
        let make = |owned: &[OwnedPart]| {
            let parts = parts(owned);
            let (partition, within) = parts.split_at(1);
            key(HashSeed(seed), partition, within)
        };
        let (a_key, b_key) = (make(&a), make(&b));
        let (a_hash, b_hash) = (a_key.hash().unwrap(), b_key.hash().unwrap());
        prop_assert_eq!(a_key.cmp(&b_key), a_hash.cmp(&b_hash).then(compare_keys(&a, &b)));
        prop_assert!(a_hash == b_hash || a[0].compare(&b[0]).is_ne());
    }

    #[test]
    fn ranges_hold_what_their_comparison_says(
        (types, value, low, high, tail) in key_type().prop_flat_map(|types| {
            (Just(types), part_of(types), part_of(types), part_of(types), arbitrary::bytes())
        }),
        shared in arbitrary::bytes(),
    ) {
        let _ = types;
        let mut row = shared.clone();
        value.part().encode(&mut row);
        // An index has the base table's key behind the sort key.
        row.extend_from_slice(&tail);
        let held = |range| KeyRange::within(&shared, range).contains(&row);
        let to_low = value.compare(&low);
        prop_assert!(held(PartRange::All));
        prop_assert_eq!(held(PartRange::Equal(low.part())), to_low.is_eq());
        prop_assert_eq!(held(PartRange::Less(low.part())), to_low.is_lt());
        prop_assert_eq!(held(PartRange::LessOrEqual(low.part())), to_low.is_le());
        prop_assert_eq!(held(PartRange::Greater(low.part())), to_low.is_gt());
        prop_assert_eq!(held(PartRange::GreaterOrEqual(low.part())), to_low.is_ge());
        prop_assert_eq!(
            held(PartRange::Between(low.part(), high.part())),
            to_low.is_ge() && value.compare(&high).is_le()
        );
        prop_assert_eq!(held(PartRange::BeginsWith(low.part())), value.begins_with(&low));
    }

    #[test]
    fn every_beginning_of_a_string_finds_it(text in arbitrary::bytes(), length in 0usize..12) {
        let prefix = &text[..length.min(text.len())];
        let mut row = vec![7];
        KeyPart::B(&text).encode(&mut row);
        prop_assert!(KeyRange::within(&[7], PartRange::BeginsWith(KeyPart::B(prefix))).contains(&row));
    }

    #[test]
    fn a_walk_resumes_behind_what_it_saw(a in arbitrary::bytes(), b in arbitrary::bytes(), probe in arbitrary::bytes()) {
        let range = KeyRange { from: OrderedBytes::new(&a), to: Some(OrderedBytes::new(&b)) };
        let seen = probe.clone();
        prop_assert_eq!(range.clone().after(&seen).contains(&a), range.contains(&a) && a > seen);
        prop_assert_eq!(range.clone().before(&seen).contains(&a), range.contains(&a) && a < seen);
        let other = KeyRange::starting_with(&probe);
        prop_assert_eq!(
            range.clone().intersection(other.clone()).contains(&a),
            range.contains(&a) && other.contains(&a)
        );
        prop_assert!(!range.is_empty() || !range.contains(&probe));
    }
}

#[test]
fn keys_of_every_length_are_kept() {
    for length in 0..3 * SHORT_BYTES_MAX {
        let key: Vec<u8> = (0..length as u8).collect();
        assert_eq!(OrderedBytes::new(&key).as_bytes(), key);
        assert_eq!(OrderedBytes::from(key.clone()), OrderedBytes::new(&key));
    }
}

#[test]
fn parts_are_read_back_from_a_keys_bytes() {
    let numbers = [
        "0",
        "1",
        "-1",
        "10",
        "123456789012345678901234567890.12345678",
        "-0.00012",
        "0.5",
        "1000000",
    ];
    for text in numbers {
        let parts = [
            KeyPart::S(b"a\0b\0\0"),
            KeyPart::N(text.as_bytes()),
            KeyPart::B(&[0, 255, 0]),
        ];
        let bytes = key(HashSeed(1), &parts[..1], &parts[1..]);
        let types = || parts.iter().map(KeyPart::key_type);
        let read = decode_parts(bytes.as_bytes(), types()).unwrap();
        assert_eq!(read[0].1, b"a\0b\0\0");
        assert_eq!(String::from_utf8_lossy(&read[1].1), text);
        assert_eq!(read[2].1, [0, 255, 0]);
        for length in 0..bytes.as_bytes().len() {
            assert_eq!(decode_parts(&bytes.as_bytes()[..length], types()), None);
        }
    }
}
