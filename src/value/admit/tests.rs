//! What admission takes, what it makes of it, and which fault it reports.

use super::*;
use crate::value::fault::SetKind;
use crate::value::flat::Writer;
use crate::value::number::NumberFault;
use crate::value::{AttributeValue, Attributes, arbitrary, equality};
use proptest::prelude::*;

fn flat(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

/// An `Attributes` form of entries that are flat already.
fn item(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    flat(|writer| {
        let open = writer.open(Tag::Attributes, entries.len());
        for (name, value) in entries {
            writer.text(name.as_bytes());
            writer.copy(ValueRef::read(value).unwrap());
        }
        writer.close(open);
    })
}

fn scalar(tag: Tag, text: &str) -> Vec<u8> {
    flat(|writer| writer.scalar(tag, text.as_bytes()))
}

fn set(tag: Tag, members: &[&[u8]]) -> Vec<u8> {
    flat(|writer| {
        let open = writer.open(tag, members.len());
        for member in members {
            writer.text(member);
        }
        writer.close(open);
    })
}

/// `leaf` inside `levels` maps of one entry.
fn nested(levels: usize, leaf: Vec<u8>) -> Vec<u8> {
    (0..levels).fold(leaf, |inner, _| {
        flat(|writer| {
            let open = writer.open(Tag::M, 1);
            writer.text(b"a");
            writer.copy(ValueRef::read(&inner).unwrap());
            writer.close(open);
        })
    })
}

fn map_with_empty_name() -> Vec<u8> {
    flat(|writer| {
        let open = writer.open(Tag::M, 1);
        writer.text(b"");
        writer.bool(true);
        writer.close(open);
    })
}

fn fault(entries: &[(&str, Vec<u8>)]) -> ValueFault {
    admit_item(&item(entries), Layer::Newer).unwrap_err()
}

fn not_numeric(text: &str) -> ValueFault {
    ValueFault::Number {
        fault: NumberFault::NotNumeric,
        text: text.as_bytes().into(),
    }
}

#[test]
fn what_is_canonical_is_taken_as_it_is() {
    let raw = item(&[
        ("pk", scalar(Tag::S, "user#1")),
        ("n", scalar(Tag::N, "42.5")),
        ("tags", set(Tag::Ss, &[b"a", b"b"])),
        ("scores", set(Tag::Ns, &[b"-1", b"2", b"10"])),
    ]);
    let admitted = admit_key(&raw, Layer::Newer).unwrap();
    assert!(matches!(admitted.bytes, Cow::Borrowed(_)));
    assert_eq!(admitted.size_bytes, (2 + 6) + (1 + 3) + (4 + 2) + (6 + 3 + 2 + 2));
}

#[test]
fn numbers_and_sets_are_written_in_one_way() {
    let raw = item(&[
        ("n", scalar(Tag::N, "+0042.1200")),
        ("ns", set(Tag::Ns, &[b"10", b"9.0", b"-1e1"])),
        ("l", nested(2, set(Tag::Bs, &[b"\xff", b""]))),
    ]);
    let expected = item(&[
        ("n", scalar(Tag::N, "42.12")),
        ("ns", set(Tag::Ns, &[b"-10", b"9", b"10"])),
        ("l", nested(2, set(Tag::Bs, &[b"", b"\xff"]))),
    ]);
    let admitted = admit_item(&raw, Layer::Newer).unwrap();
    assert_eq!(admitted.item.bytes(), expected);
    assert_eq!(admitted.size_bytes, size::item_size(admitted.item.attributes()));
}

#[test]
fn a_leaf_may_lie_under_31_maps_and_a_map_may_not() {
    let leaf = || scalar(Tag::S, "x");
    let empty_map = || {
        flat(|writer| {
            let open = writer.open(Tag::M, 0);
            writer.close(open);
        })
    };
    for (levels, value, deep) in [
        (31, leaf(), false),
        (32, leaf(), true),
        (30, empty_map(), false),
        (31, empty_map(), true),
    ] {
        let value = nested(levels, value);
        let expected = if deep { Err(ValueFault::TooDeep) } else { Ok(()) };
        assert_eq!(
            deeper_than(ValueRef::read(&value).unwrap(), NESTING_LEVELS_MAX).unwrap(),
            deep
        );
        assert_eq!(admit_value(&value, Layer::Newer).map(|_| ()), expected);
        assert!(admit_value_within(&value, Layer::Older, COMPARED_LEVELS_MAX).is_ok());
        assert_eq!(admit_item(&item(&[("a", value)]), Layer::Newer).map(|_| ()), expected);
    }
}

#[test]
fn depth_is_bounded_by_the_limit_and_not_by_the_value() {
    let value = nested(3000, scalar(Tag::S, "x"));
    assert_eq!(admit_value(&value, Layer::Newer).unwrap_err(), ValueFault::TooDeep);
    assert_eq!(deeper_than(ValueRef::read(&value).unwrap(), 62), Ok(true));
}

#[test]
fn an_empty_name_at_the_top_wins_over_depth_and_depth_over_all_else() {
    let deep = || nested(32, scalar(Tag::S, "x"));
    let number = || scalar(Tag::N, "abc");
    assert_eq!(fault(&[("d", deep()), ("", number())]), ValueFault::EmptyName);
    assert_eq!(
        fault(&[("m", map_with_empty_name()), ("d", deep())]),
        ValueFault::TooDeep
    );
    assert_eq!(fault(&[("n", number()), ("d", deep())]), ValueFault::TooDeep);
    assert_eq!(
        fault(&[("n", number()), ("m", map_with_empty_name())]),
        not_numeric("abc")
    );
    assert_eq!(
        fault(&[("m", map_with_empty_name()), ("n", number())]),
        ValueFault::EmptyName
    );
}

#[test]
fn otherwise_the_first_fault_in_the_document_wins() {
    let empty = || set(Tag::Ss, &[]);
    let number = || scalar(Tag::N, "x");
    assert_eq!(
        fault(&[("a", empty()), ("b", number())]),
        ValueFault::EmptySet(SetKind::S)
    );
    assert_eq!(fault(&[("b", number()), ("a", empty())]), not_numeric("x"));
    assert_eq!(fault(&[("a", set(Tag::Ns, &[b"1", b"x", b"1"]))]), not_numeric("x"));
    let repeated: &[&[u8]] = &[b"1", b"1.0", b"x"];
    assert_eq!(
        fault(&[("a", set(Tag::Ns, repeated))]),
        ValueFault::Duplicates {
            kind: SetKind::N,
            members: repeated.iter().map(|member| Box::from(*member)).collect(),
        }
    );
}

#[test]
fn refused_datatypes_are_named() {
    for (tag, expected) in [
        (Tag::NullFalse, ValueFault::NullFalse),
        (Tag::NoDatatype, ValueFault::NoDatatype),
        (Tag::ManyDatatypes, ValueFault::ManyDatatypes),
    ] {
        assert_eq!(fault(&[("a", vec![tag as u8])]), expected);
        assert_eq!(fault(&[("a", nested(3, vec![tag as u8]))]), expected);
    }
    for kind in [Tag::Ss, Tag::Ns, Tag::Bs] {
        assert!(matches!(fault(&[("a", set(kind, &[]))]), ValueFault::EmptySet(_)));
    }
    assert_eq!(fault(&[("a", set(Tag::Ns, &[b""]))]), not_numeric(""));
}

#[test]
fn markers_and_times_have_no_place_inside_a_value() {
    let attributes = item(&[]);
    let time = scalar(Tag::Time, "1");
    for inside in [attributes, time, vec![Tag::Attribute as u8, Tag::Null as u8]] {
        assert_eq!(fault(&[("a", inside)]), ValueFault::Malformed);
    }
    assert_eq!(
        admit_item(&scalar(Tag::S, "x"), Layer::Newer).unwrap_err(),
        ValueFault::Malformed
    );
    let marked = [Tag::Attribute as u8, Tag::True as u8];
    assert_eq!(admit_value(&marked, Layer::Newer).unwrap().size_bytes, 1);
}

#[test]
fn broken_layouts_and_texts_are_malformed() {
    let sound = item(&[("a", nested(2, set(Tag::Ss, &[b"x", b"y"])))]);
    assert!(admit_item(&sound, Layer::Newer).is_ok());
    for length in 0..sound.len() {
        assert_eq!(
            admit_item(&sound[..length], Layer::Newer).unwrap_err(),
            ValueFault::Malformed
        );
    }
    for (name, value) in [
        (&b"\xff"[..], scalar(Tag::S, "x")),
        (b"a", flat(|writer| writer.scalar(Tag::S, b"\xff"))),
        (b"a", set(Tag::Ss, &[b"\xc3"])),
    ] {
        let raw = flat(|writer| {
            let open = writer.open(Tag::Attributes, 1);
            writer.text(name);
            writer.copy(ValueRef::read(&value).unwrap());
            writer.close(open);
        });
        assert_eq!(admit_item(&raw, Layer::Newer).unwrap_err(), ValueFault::Malformed);
    }
    // A list that says it has one element and carries two.
    let crowded = [Tag::L as u8, 3, 0, 0, 0, 1, Tag::Null as u8, Tag::Null as u8];
    assert_eq!(admit_value(&crowded, Layer::Newer).unwrap_err(), ValueFault::Malformed);
}

#[test]
fn a_name_comes_once_in_small_and_large_maps() {
    for count in [2, 16, 17, 300] {
        let names: Vec<String> = (0..count).map(|number| format!("name{number}")).collect();
        let mut entries: Vec<_> = names.iter().map(|name| (name.as_str(), scalar(Tag::S, "x"))).collect();
        assert!(admit_item(&item(&entries), Layer::Newer).is_ok());
        entries[count - 1].0 = "name0";
        assert_eq!(fault(&entries), ValueFault::Malformed);
    }
}

#[test]
fn names_have_a_greatest_length() {
    let name = "n".repeat(NAME_BYTES_MAX);
    assert!(admit_item(&item(&[(&name, scalar(Tag::S, ""))]), Layer::Newer).is_ok());
    let name = name + "n";
    assert_eq!(fault(&[(&name, scalar(Tag::S, ""))]), ValueFault::NameTooLong);
}

#[test]
fn the_layers_differ_in_exponents_of_more_than_32_bits() {
    let raw = scalar(Tag::N, "1e2147483648");
    let fault_of = |layer| match admit_value(&raw, layer).unwrap_err() {
        ValueFault::Number { fault, .. } => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault_of(Layer::Newer), NumberFault::Overflow);
    assert_eq!(fault_of(Layer::Older), NumberFault::NotNumeric);
}

/// Writes a value as a caller might: numbers in another spelling, sets in another order.
fn write_carelessly(value: &AttributeValue, writer: &mut Writer) {
    let respell = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        match text.strip_prefix('-') {
            Some(magnitude) if text.contains('.') => format!("-0{magnitude}0e0"),
            Some(magnitude) => format!("-{magnitude}.0E+0"),
            None if text.contains('.') => format!("+{text}0"),
            None => format!("+00{text}."),
        }
    };
    match value {
        AttributeValue::N(text) => writer.scalar(Tag::N, respell(text).as_bytes()),
        AttributeValue::Ns(members) => {
            let open = writer.open(Tag::Ns, members.len());
            for member in members.iter().rev() {
                writer.text(respell(member).as_bytes());
            }
            writer.close(open);
        }
        AttributeValue::Ss(members) => {
            let open = writer.open(Tag::Ss, members.len());
            for member in members.iter().rev() {
                writer.text(member.as_bytes());
            }
            writer.close(open);
        }
        AttributeValue::L(elements) => {
            let open = writer.open(Tag::L, elements.len());
            for element in elements {
                write_carelessly(element, writer);
            }
            writer.close(open);
        }
        AttributeValue::M(attributes) => write_attributes_carelessly(attributes, Tag::M, writer),
        AttributeValue::Null
        | AttributeValue::Bool(_)
        | AttributeValue::S(_)
        | AttributeValue::B(_)
        | AttributeValue::Bs(_) => value.write(writer),
    }
}

fn write_attributes_carelessly(attributes: &Attributes, tag: Tag, writer: &mut Writer) {
    let open = writer.open(tag, attributes.len());
    for (name, value) in attributes.iter() {
        writer.text(name.as_bytes());
        write_carelessly(value, writer);
    }
    writer.close(open);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn careless_and_careful_spellings_are_one_item(attributes in arbitrary::attributes()) {
        let careful = flat(|writer| attributes.write(Tag::Attributes, writer));
        let careless = flat(|writer| write_attributes_carelessly(&attributes, Tag::Attributes, writer));
        for layer in [Layer::Newer, Layer::Older] {
            let admitted = admit_item(&careless, layer).unwrap();
            prop_assert_eq!(admitted.item.bytes(), &*careful);
            prop_assert_eq!(admitted.size_bytes, size::item_size(admitted.item.attributes()));
        }
        let again = admit_key(&careful, Layer::Newer).unwrap();
        prop_assert!(matches!(again.bytes, Cow::Borrowed(_)));
        let read = Attributes::from_flat(Map::read(&careful).unwrap()).unwrap();
        prop_assert!(equality::equal_maps(
            Map::read(&careful).unwrap(),
            Map::read(&flat(|writer| read.write(Tag::M, writer))).unwrap()
        ));
    }

    #[test]
    fn damaged_bytes_are_refused_or_still_an_item(
        attributes in arbitrary::attributes(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut raw = flat(|writer| attributes.write(Tag::Attributes, writer));
        for (place, byte) in damage {
            let place = place.index(raw.len());
            raw[place] = byte;
        }
        if let Ok(admitted) = admit_item(&raw, Layer::Newer) {
            let again = admit_key(admitted.item.bytes(), Layer::Newer).unwrap();
            prop_assert!(matches!(again.bytes, Cow::Borrowed(_)));
            prop_assert_eq!(again.size_bytes, admitted.size_bytes);
        }
    }
}
