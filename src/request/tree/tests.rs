use super::*;
use crate::error::serialization::{ListInstead, SerializationFault, Token, Wanted};
use crate::request::inputs::{GetItem, ReturnConsumedCapacity};
use crate::value::flat::Writer;
use proptest::prelude::*;
use serde::Serialize;

type Write = Box<dyn FnOnce(&mut Writer)>;

/// A GetItem tree, with one more member written by `extra`.
fn get_item(extra: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    let tree = writer.open(Tag::M, 4);
    writer.text(b"TableName");
    writer.scalar(Tag::S, b"Movie");
    writer.text(b"Key");
    let key = writer.open(Tag::Attributes, 1);
    writer.text(b"title");
    writer.scalar(Tag::S, b"Rush");
    writer.close(key);
    writer.text(b"ReturnConsumedCapacity");
    writer.scalar(Tag::S, b"TOTAL");
    extra(&mut writer);
    writer.close(tree);
    writer.into_bytes()
}

fn with_member(name: &str, write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    get_item(|writer| {
        writer.text(name.as_bytes());
        write(writer);
    })
}

#[test]
fn a_request_reads_into_its_type_without_copying() {
    let bytes = with_member("ConsistentRead", |writer| writer.bool(true));
    let request: GetItem<'_> = decode(&bytes).unwrap();
    assert_eq!(request.table_name, "Movie");
    assert!(bytes.as_ptr_range().contains(&request.table_name.as_ptr()));
    assert_eq!(request.key.len(), 1);
    assert_eq!(request.consistent_read, Some(true));
    assert_eq!(request.return_consumed_capacity, Some(ReturnConsumedCapacity::Total));
    assert!(request.projection_expression.is_none());
}

#[test]
fn members_the_api_does_not_have_are_skipped_and_nulls_are_absent() {
    let bytes = with_member("Surprise", |writer| {
        let list = writer.open(Tag::L, 1);
        writer.tag(Tag::ManyDatatypes);
        writer.close(list);
    });
    assert!(decode::<GetItem<'_>>(&bytes).is_ok());
    let bytes = with_member("ConsistentRead", |writer| writer.tag(Tag::Null));
    assert_eq!(decode::<GetItem<'_>>(&bytes).unwrap().consistent_read, None);
}

#[test]
fn a_member_of_another_kind_is_reported_as_over_http() {
    let cases: [(&str, Write, SerializationFault); 5] = [
        (
            "ProjectionExpression",
            Box::new(|writer| writer.scalar(Tag::N, b"1")),
            SerializationFault::Inconvertible {
                token: Token::Number,
                wanted: Wanted::String,
            },
        ),
        (
            "ConsistentRead",
            Box::new(|writer| writer.scalar(Tag::S, b"true")),
            SerializationFault::Inconvertible {
                token: Token::String,
                wanted: Wanted::Boolean,
            },
        ),
        (
            "AttributesToGet",
            Box::new(|writer| writer.scalar(Tag::S, b"a")),
            SerializationFault::FieldType,
        ),
        (
            "ProjectionExpression",
            Box::new(|writer| {
                let list = writer.open(Tag::L, 0);
                writer.close(list);
            }),
            SerializationFault::List {
                wanted: ListInstead::Scalar(Wanted::String),
            },
        ),
        (
            "ExpressionAttributeNames",
            Box::new(|writer| writer.bool(true)),
            SerializationFault::FieldType,
        ),
    ];
    for (member, write, fault) in cases {
        let bytes = with_member(member, write);
        assert_eq!(decode::<GetItem<'_>>(&bytes).err(), Some(TreeFault::Kind(fault)));
    }
}

#[test]
fn every_truncated_tree_is_malformed() {
    let bytes = with_member("ConsistentRead", |writer| writer.bool(true));
    for length in 0..bytes.len() {
        assert_eq!(
            decode::<GetItem<'_>>(&bytes[..length]).err(),
            Some(TreeFault::Malformed)
        );
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Response<'a> {
    item: Option<RawMap<'a>>,
    key: Option<RawMap<'a>>,
    count: u32,
    units: f64,
    created: Time,
    names: Vec<&'a str>,
    by_name: Entries<'a, Option<i64>>,
}

#[test]
fn a_response_leaves_absent_members_out_and_marks_the_callers_data() {
    let mut item = Writer::new();
    let attributes = item.open(Tag::Attributes, 1);
    item.text(b"pk");
    item.scalar(Tag::S, b"a");
    item.close(attributes);
    let bytes = encode(&Response {
        item: Some(RawMap::new(item.bytes()).unwrap()),
        key: None,
        count: 3,
        units: 1.0,
        created: Time {
            epoch_ms: 1_700_000_000_120,
        },
        names: vec!["a", "b"],
        by_name: Entries(vec![("x", None), ("y", Some(-1))]),
    })
    .unwrap();
    let tree = Map::read(&bytes).unwrap();
    assert_eq!(tree.len(), 6);
    assert_eq!(tree.get(b"Item").unwrap().bytes(), item.bytes());
    assert!(tree.get(b"Key").is_none());
    assert_eq!(tree.get(b"Units").unwrap().bytes(), b"\x04\x031.0");
    assert_eq!(tree.get(b"Created").unwrap().bytes(), b"\x22\x0d1700000000.12");
    let by_name = Map::read(tree.get(b"ByName").unwrap().bytes()).unwrap();
    assert_eq!(by_name.len(), 1);
    assert_eq!(by_name.get(b"y").unwrap().bytes(), b"\x04\x02-1");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<GetItem<'_>>(&bytes);
        let _ = decode::<crate::request::inputs::BatchWriteItem<'_>>(&bytes);
        let _ = decode::<crate::request::inputs::CreateTable<'_>>(&bytes);
    }

    #[test]
    fn no_damage_to_a_tree_makes_the_reader_panic(at in 0usize..100, byte in any::<u8>()) {
        let mut bytes = with_member("ConsistentRead", |writer| writer.bool(true));
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = decode::<GetItem<'_>>(&bytes);
    }
}

#[test]
fn names_follow_from_identifiers_unless_they_are_given() {
    input! {
        pub struct Sample<'a> {
            pub table_name: Option<&'a str>,
            pub sse_type as "SSEType": Option<Word>,
        }
        pub enum Word {
            AllOld,
            Aes256 as "AES256",
        }
        pub struct Nothing {}
    }
    let tree = |word: &[u8]| {
        let mut writer = Writer::new();
        let tree = writer.open(Tag::M, 2);
        writer.text(b"TableName");
        writer.scalar(Tag::S, b"Movie");
        writer.text(b"SSEType");
        writer.scalar(Tag::S, word);
        writer.close(tree);
        writer.into_bytes()
    };
    let bytes = tree(b"AES256");
    let sample: Sample<'_> = decode(&bytes).unwrap();
    assert_eq!(
        (sample.table_name, sample.sse_type),
        (Some("Movie"), Some(Word::Aes256))
    );
    assert_eq!(
        decode::<Sample<'_>>(&tree(b"ALL_OLD")).unwrap().sse_type,
        Some(Word::AllOld)
    );
    assert_eq!(decode::<Sample<'_>>(&tree(b"AllOld")).err(), Some(TreeFault::Malformed));
    assert!(decode::<Nothing>(&bytes).is_ok());
}

#[test]
fn a_member_that_is_demanded_or_comes_twice_makes_the_tree_malformed() {
    let mut writer = Writer::new();
    let tree = writer.open(Tag::M, 0);
    writer.close(tree);
    assert_eq!(decode::<GetItem<'_>>(writer.bytes()).err(), Some(TreeFault::Malformed));
    let twice = with_member("TableName", |writer| writer.scalar(Tag::S, b"Movie"));
    assert_eq!(decode::<GetItem<'_>>(&twice).err(), Some(TreeFault::Malformed));
}
