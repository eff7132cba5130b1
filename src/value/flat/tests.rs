//! What is written reads back; what is damaged is malformed and nothing worse.

use super::*;
use crate::value::arbitrary;
use proptest::prelude::*;

#[test]
fn written_values_read_back() {
    let mut writer = Writer::new();
    let item = writer.open(Tag::Attributes, 2);
    writer.text(b"pk");
    writer.scalar(Tag::S, b"a");
    writer.text(b"tags");
    let tags = writer.open(Tag::L, 2);
    writer.bool(true);
    writer.scalar(Tag::N, b"42");
    writer.close(tags);
    writer.close(item);
    let map = Map::read(writer.bytes()).unwrap();
    assert_eq!(map.len(), 2);
    let View::L(list) = map.get(b"tags").unwrap().view().unwrap() else {
        panic!("a list")
    };
    assert!(matches!(list.get(1).unwrap().view().unwrap(), View::N(b"42")));
    assert!(map.get(b"absent").is_none());
}

#[test]
fn a_count_found_at_the_end_reads_as_one_given_at_the_start() {
    for count in [0, 1, 127, 128, 300, 20_000] {
        let mut counted = Writer::new();
        let list = counted.open(Tag::L, count);
        (0..count).for_each(|_| counted.tag(Tag::Null));
        counted.close(list);
        let mut uncounted = Writer::new();
        let list = uncounted.open_uncounted(Tag::L);
        (0..count).for_each(|_| uncounted.tag(Tag::Null));
        uncounted.close_counted(list, count);
        assert_eq!(counted.bytes(), uncounted.bytes());
    }
}

#[test]
fn every_truncation_is_malformed() {
    let mut writer = Writer::new();
    let map = writer.open(Tag::M, 1);
    writer.text(b"name");
    writer.scalar(Tag::S, b"value");
    writer.close(map);
    let bytes = writer.into_bytes();
    for length in 0..bytes.len() {
        assert_eq!(ValueRef::read(&bytes[..length]).err(), Some(Malformed));
    }
    assert!(ValueRef::read(&bytes).is_ok());
}

#[test]
fn a_varint_holds_32_bits_and_no_more() {
    assert_eq!(
        Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).varint(),
        Ok(u32::MAX as usize)
    );
    assert_eq!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x1f]).varint(), Err(Malformed));
}

#[test]
fn a_collection_never_reaches_past_its_length_or_its_bytes() {
    // A count that the bytes cannot hold sizes nothing; a length past the end is no collection.
    let lying_count = [Tag::L as u8, 1, 0, 0, 0, 2];
    assert_eq!(ValueRef::read(&lying_count).err(), Some(Malformed));
    let lying_length = [Tag::L as u8, 0xff, 0xff, 0xff, 0xff, 0];
    assert_eq!(ValueRef::read(&lying_length).err(), Some(Malformed));
    // The element says it has more text than the list has bytes: the list ends there.
    let lying_element = [Tag::L as u8, 4, 0, 0, 0, 1, Tag::S as u8, 9, b'x'];
    let View::L(list) = ValueRef::read(&lying_element).unwrap().view().unwrap() else {
        panic!("a list")
    };
    assert_eq!(list.iter().count(), 0);
}

/// Reads everything that can be read.
fn walk(value: ValueRef<'_>, levels: usize) -> usize {
    let Some(below) = levels.checked_sub(1) else { return 0 };
    match value.view() {
        Ok(View::L(list)) => 1 + list.iter().map(|element| walk(element, below)).sum::<usize>(),
        Ok(View::M(map)) => 1 + map.iter().map(|(_, value)| walk(value, below)).sum::<usize>(),
        Ok(View::Ss(texts) | View::Ns(texts) | View::Bs(texts)) => texts.iter().count(),
        Ok(View::Null | View::Bool(_) | View::S(_) | View::N(_) | View::B(_)) => 1,
        Err(Malformed) => 0,
    }
}

proptest! {
    #[test]
    fn any_bytes_can_be_walked(bytes in proptest::collection::vec(prop_oneof![0u8..16, any::<u8>()], 0..64)) {
        if let Ok(value) = ValueRef::read(&bytes) {
            prop_assert!(walk(value, 40) <= bytes.len());
            prop_assert_eq!(value.bytes(), &*bytes);
        }
    }

    #[test]
    fn a_value_is_read_whole_or_not_at_all(value in arbitrary::value(), cut in any::<prop::sample::Index>()) {
        let bytes = value.to_flat();
        prop_assert!(ValueRef::read(&bytes).is_ok());
        prop_assert!(ValueRef::read(&bytes[..cut.index(bytes.len())]).is_err());
        let mut longer = bytes.clone();
        longer.push(0);
        prop_assert!(ValueRef::read(&longer).is_err());
        let mut cursor = Cursor::new(&longer);
        prop_assert_eq!(cursor.value().unwrap().bytes(), &*bytes);
        prop_assert_eq!(cursor.rest(), [0]);
    }

    #[test]
    fn varints_round_trip(value in prop_oneof![0u32..300, any::<u32>()]) {
        let mut writer = Writer::new();
        writer.varint(value as usize);
        prop_assert!(writer.bytes().len() <= 5);
        let mut cursor = Cursor::new(writer.bytes());
        prop_assert_eq!(cursor.varint(), Ok(value as usize));
        prop_assert!(cursor.is_empty());
    }
}

#[test]
fn a_number_in_more_bytes_than_it_needs_is_malformed() {
    assert_eq!(Cursor::new(&[0x81, 0x01]).varint(), Ok(129));
    assert_eq!(Cursor::new(&[0x81, 0x00]).varint(), Err(Malformed));
    assert_eq!(Cursor::new(&[0x80, 0x80, 0x00]).varint(), Err(Malformed));
}
