use super::scan::DEPTH_MAX;
use super::*;
use crate::error::{Error, SerializationFault};
use crate::request::Operation;
use crate::value::flat::{Map, Tag, ValueRef, Writer};
use proptest::prelude::*;

fn read(operation: Operation, body: &str) -> Result<Vec<u8>, Error> {
    read_body(operation, body.as_bytes())
}

/// What a request body becomes when its tree is written as a response: the same JSON, but for order, nulls and strangers.
fn echo(operation: Operation, body: &str) -> String {
    let mut json = Vec::new();
    write_body(&read(operation, body).unwrap(), &mut json).unwrap();
    String::from_utf8(json).unwrap()
}

#[test]
fn a_body_becomes_the_tree_of_its_members() {
    let body = r##" {"TableName":"Movie","Item":{"year":{"N":"2013"},"cast":{"SS":["a","b"]},"x":{"M":{"l":{"L":[{"NULL":true},{"BOOL":false},{"B":"AAE="}]}}}},
        "ConditionExpression":"a\n\"\u00e9","ExpressionAttributeNames":{"#a":"b"}} "##;
    assert_eq!(
        echo(Operation::PutItem, body),
        r##"{"TableName":"Movie","Item":{"year":{"N":"2013"},"cast":{"SS":["a","b"]},"x":{"M":{"l":{"L":[{"NULL":true},{"BOOL":false},{"B":"AAE="}]}}}},"ConditionExpression":"a\n\"é","ExpressionAttributeNames":{"#a":"b"}}"##
    );
}

#[test]
fn nulls_are_absent_strangers_ignored_and_the_last_of_two_counts() {
    let cases = [
        (r#"{"TableName":null}"#, r#"{}"#),
        (
            r#"{"TableName":"a","Stranger":{"x":[1,{"y":null}]},"Limit":5}"#,
            r#"{"TableName":"a","Limit":5}"#,
        ),
        (
            r#"{"TableName":"a","Limit":1,"TableName":"b"}"#,
            r#"{"Limit":1,"TableName":"b"}"#,
        ),
        (
            r#"{"TableName":"a","Limit":1,"TableName":null,"Limit":2}"#,
            r#"{"Limit":2}"#,
        ),
        (
            r#"{"ExclusiveStartKey":{"a":{"S":"1"},"b":{"S":"2"},"a":{"S":"3"}}}"#,
            r#"{"ExclusiveStartKey":{"b":{"S":"2"},"a":{"S":"3"}}}"#,
        ),
        (
            r#"{"ExclusiveStartKey":{"a":{"S":"1","S":"2"},"b":{"S":"1","S":null,"N":"3"}}}"#,
            r#"{"ExclusiveStartKey":{"a":{"S":"2"},"b":{"N":"3"}}}"#,
        ),
        (
            r##"{"ExpressionAttributeNames":{"#a":"x","#a":"y"}}"##,
            r##"{"ExpressionAttributeNames":{"#a":"y"}}"##,
        ),
        (
            r#"{"Limit":3.9,"ScanIndexForward":false}"#,
            r#"{"Limit":3,"ScanIndexForward":false}"#,
        ),
    ];
    for (body, tree) in cases {
        assert_eq!(echo(Operation::Query, body), tree, "{body}");
    }
}

#[test]
fn repeated_names_among_many_entries_keep_the_last() {
    let entry = |n: usize| format!(r#""k{}":{{"N":"{n}"}}"#, n % 150);
    let body = format!(
        r#"{{"Item":{{{}}}}}"#,
        (0..200).map(entry).collect::<Vec<_>>().join(",")
    );
    let tree = read(Operation::PutItem, &body).unwrap();
    let item = Map::read(Map::read(&tree).unwrap().get(b"Item").unwrap().bytes()).unwrap();
    assert_eq!(item.len(), 150);
    assert_eq!(item.get(b"k7").unwrap().bytes(), b"\x04\x03157");
    assert_eq!(item.get(b"k70").unwrap().bytes(), b"\x04\x0270");
}

#[test]
fn values_that_admission_refuses_keep_their_place_in_the_tree() {
    let body = r#"{"Item":{"a":{"NULL":false},"b":{},"c":{"S":"x","N":"1"},"d":null,"e":{"X":1},"f":{"S":null}}}"#;
    let tree = read(Operation::PutItem, body).unwrap();
    let item = Map::read(Map::read(&tree).unwrap().get(b"Item").unwrap().bytes()).unwrap();
    let tags: Vec<Tag> = item.iter().map(|(_, value)| value.tag().unwrap()).collect();
    assert_eq!(
        tags,
        [
            Tag::NullFalse,
            Tag::NoDatatype,
            Tag::ManyDatatypes,
            Tag::NoDatatype,
            Tag::NoDatatype,
            Tag::NoDatatype
        ]
    );
}

fn nested(levels: usize) -> String {
    format!(
        r#"{{"Item":{{"a":{}{{"S":"x"}}{}}}}}"#,
        r#"{"L":["#.repeat(levels),
        "]}".repeat(levels)
    )
}

#[test]
fn deep_values_are_read_up_to_the_bound_on_brackets() {
    let fits = (DEPTH_MAX - 3) / 2;
    let tree = read(Operation::PutItem, &nested(fits)).unwrap();
    assert!(ValueRef::read(&tree).is_ok());
    assert_eq!(
        read(Operation::PutItem, &nested(fits + 1)).err(),
        Some(SerializationFault::TooDeep.into())
    );
    assert_eq!(
        read(Operation::PutItem, &nested(1_000_000)).err(),
        Some(SerializationFault::TooDeep.into())
    );
}

#[test]
fn an_error_body_has_its_type_its_sentence_and_its_members() {
    use crate::error::{CancellationReason, Error, Missing};
    let cases = [
        (
            Error::UnknownOperationException,
            r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#,
        ),
        (
            Error::ResourceNotFoundException(Missing::Resource),
            r#"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"#,
        ),
        (
            Error::SerializationException(SerializationFault::ValueType),
            r#"{"__type":"com.amazon.coral.service#SerializationException","Message":"Unexpected value type in payload"}"#,
        ),
        (
            Error::TransactionCanceledException {
                reasons: vec![
                    CancellationReason::None,
                    CancellationReason::ConditionalCheckFailed { item: None },
                ],
            },
            r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}]}"#,
        ),
    ];
    for (error, body) in cases {
        assert_eq!(String::from_utf8(write_error(&error)).unwrap(), body);
    }
}

/// What an error is to a client before it reads the sentence: the prefix of its type, the key of its sentence, its status.
#[test]
fn errors_have_the_prefix_the_key_and_the_status_of_their_kind() {
    use crate::error::{AccessFault, Busy, MessageKey, Missing};
    const MODEL: &str = "com.amazonaws.dynamodb.v20120810";
    const FRAMEWORK: &str = "com.amazon.coral.service";
    let cases = [
        (
            Error::invalid(crate::error::MemberFaults::TableNameLength),
            "com.amazon.coral.validate",
            MessageKey::Lower,
            400,
        ),
        (SerializationFault::NotJson.into(), FRAMEWORK, MessageKey::Upper, 400),
        (Error::UnknownOperationException, FRAMEWORK, MessageKey::Lower, 400),
        (
            Error::AccessDeniedException(AccessFault::Denied),
            FRAMEWORK,
            MessageKey::Upper,
            400,
        ),
        (
            Error::UnrecognizedClientException(AccessFault::UnknownKey),
            FRAMEWORK,
            MessageKey::Lower,
            400,
        ),
        (
            Error::MissingAuthenticationTokenException(AccessFault::MissingToken),
            FRAMEWORK,
            MessageKey::Lower,
            400,
        ),
        (
            Error::IncompleteSignatureException(AccessFault::MissingToken),
            FRAMEWORK,
            MessageKey::Lower,
            400,
        ),
        (Error::InternalServerError, MODEL, MessageKey::Lower, 500),
        (
            Error::ConditionalCheckFailedException { item: None },
            MODEL,
            MessageKey::Lower,
            400,
        ),
        (
            Error::ResourceNotFoundException(Missing::Resource),
            MODEL,
            MessageKey::Lower,
            400,
        ),
        (
            Error::ResourceInUseException(Busy::TableExists { table: "t".to_owned() }),
            MODEL,
            MessageKey::Lower,
            400,
        ),
        (
            Error::TransactionCanceledException { reasons: Vec::new() },
            MODEL,
            MessageKey::Upper,
            400,
        ),
        (Error::TransactionConflictException, MODEL, MessageKey::Lower, 400),
        (
            Error::DuplicateItemException { item: None },
            MODEL,
            MessageKey::Lower,
            400,
        ),
        (Error::ExpiredIteratorException, MODEL, MessageKey::Lower, 400),
        (Error::TrimmedDataAccessException, MODEL, MessageKey::Lower, 400),
    ];
    for (error, prefix, key, status) in cases {
        let seen = (error.type_prefix(), error.message_key(), error.http_status());
        assert_eq!(seen, (prefix, key, status), "{}", error.name());
    }
}

#[test]
fn a_tree_that_is_no_response_is_refused() {
    let mut writer = Writer::new();
    let map = writer.open(Tag::M, 1);
    writer.text(b"a");
    writer.tag(Tag::ManyDatatypes);
    writer.close(map);
    assert!(write_body(writer.bytes(), &mut Vec::new()).is_err());
    assert!(write_body(b"\x00\x00", &mut Vec::new()).is_err());
    let deep = [Tag::L as u8, 0, 0, 0, 0, 1].repeat(10);
    assert!(write_body(&deep, &mut Vec::new()).is_err());
}

/// Attribute values in DynamoDB's JSON.
fn attribute() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::json;
    let text = "\\PC{0,6}";
    let leaf = prop_oneof![
        Just(json!({"NULL": true})),
        any::<bool>().prop_map(|value| json!({ "BOOL": value })),
        text.prop_map(|value| json!({ "S": value })),
        any::<i64>().prop_map(|value| json!({ "N": value.to_string() })),
        proptest::collection::vec(any::<u8>(), 0..9).prop_map(|bytes| {
            let mut json = Vec::new();
            base64::write_encoded(&bytes, &mut json);
            json!({ "B": String::from_utf8(json).unwrap() })
        }),
        proptest::collection::vec(text, 0..4).prop_map(|values| json!({ "SS": values })),
        proptest::collection::vec(any::<i32>(), 0..4)
            .prop_map(|values| json!({ "NS": values.iter().map(i32::to_string).collect::<Vec<_>>() })),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|values| json!({ "L": values })),
            proptest::collection::btree_map(text, inner, 0..4).prop_map(|entries| json!({ "M": entries })),
        ]
    })
}

proptest! {
    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands(bytes in proptest::collection::vec(any::<u8>(), 0..40), plain in 0usize..40) {
        let text: Vec<u8> = std::iter::repeat_n(b'a', plain).chain(bytes).collect();
        let found = text.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
        prop_assert_eq!(first_special(&text), found);
    }

    #[test]
    fn an_item_comes_back_as_it_was_sent(item in proptest::collection::btree_map("\\PC{0,4}", attribute(), 0..20)) {
        let body = serde_json::json!({ "TableName": "t", "Item": item });
        let tree = read(Operation::PutItem, &body.to_string()).unwrap();
        let mut json = Vec::new();
        write_body(&tree, &mut json).unwrap();
        prop_assert_eq!(serde_json::from_slice::<serde_json::Value>(&json).unwrap(), body);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        for operation in Operation::ALL {
            let _ = read_body(*operation, &bytes);
        }
    }

    #[test]
    fn no_damage_to_a_body_makes_the_reader_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = br#"{"TableName":"t","Item":{"a":{"M":{"b":{"L":[{"S":"x"},{"NS":["1"]}]}}},"a":{"B":"AAE="}},"Expected":{"a":{"Value":{"S":"\u00e9"},"AttributeValueList":[{"N":"1"}],"Exists":true}}}"#.to_vec();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok(tree) = read_body(Operation::PutItem, &body) {
            prop_assert!(ValueRef::read(&tree).is_ok());
        }
    }
}
