//! Any text has an answer, and values printed as literals are read as themselves.

use super::parse;
use crate::partiql::{Statement, admit, bind};
use crate::value::flat::{Tag, ValueRef, View, Writer};
use crate::value::{AttributeValue, Attributes, Layer, admit, number};
use proptest::prelude::*;

/// A value as a literal.
fn printed(value: ValueRef<'_>) -> String {
    let text = |bytes: &[u8]| format!("'{}'", String::from_utf8_lossy(bytes).replace('\'', "''"));
    let digits = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let joined = |parts: Vec<String>| parts.join(", ");
    match value.view().unwrap() {
        View::Null => "null".to_owned(),
        View::Bool(truth) => truth.to_string(),
        View::S(bytes) => text(bytes),
        View::N(bytes) => digits(bytes),
        View::Ss(members) => format!("<<{}>>", joined(members.iter().map(text).collect())),
        View::Ns(members) => format!("<<{}>>", joined(members.iter().map(digits).collect())),
        View::L(list) => format!("[{}]", joined(list.iter().map(printed).collect())),
        View::M(map) => {
            let entries = map
                .iter()
                .map(|(name, value)| format!("{}: {}", text(name), printed(value)));
            format!("{{{}}}", joined(entries.collect()))
        }
        View::B(_) | View::Bs(_) => panic!("binary has no literal"),
    }
}

/// Values that have literals.
fn literals() -> impl Strategy<Value = AttributeValue> {
    let scalar = prop_oneof![
        Just(AttributeValue::Null),
        any::<bool>().prop_map(AttributeValue::Bool),
        "[a-z'\"\\\\é \n]{0,6}".prop_map(AttributeValue::S),
        (any::<i64>(), -20i32..20).prop_map(|(digits, exponent)| {
            let text = format!("{digits}e{exponent}");
            let canonical = number::canonical(text.as_bytes(), Layer::Older).unwrap();
            AttributeValue::N(canonical.into_owned())
        }),
        prop::collection::btree_set("[a-z']{0,3}", 1..4)
            .prop_map(|members| AttributeValue::Ss(members.into_iter().collect())),
    ];
    scalar.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(AttributeValue::L),
            prop::collection::btree_map("[a-z'.]{1,3}", inner, 0..4).prop_map(|entries| {
                let mut attributes = Attributes::new();
                for (name, value) in entries {
                    attributes.insert(&name, value);
                }
                AttributeValue::M(attributes)
            }),
        ]
    })
}

/// What statements are made of, and some of what they are not.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "SELECT", "*", "FROM", "t", "\"t\".\"i\"", "WHERE", "AND", "OR", "NOT", "=", "<>", "<", "IN", "BETWEEN", "IS",
    "MISSING", "NULL", "INT4", "(", ")", "[", "]", "<<", ">>", "{", "}", ",", ":", ".", "?", "1", "-1e5", "'a'",
    "''", "INSERT", "INTO", "VALUE", "UPDATE", "SET", "REMOVE", "DELETE", "RETURNING", "ALL", "OLD", "MODIFIED",
    "NEW", "ORDER", "BY", "DESC", "size", "contains", "set_add", "list_append", "EXISTS", "count", "a", "a.b[0]",
    "true", "+", "-", "--\n", "/* */", ";", "AS", "LIKE", "||", "`i`",
];

/// Words of statements in any order.
fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![prop::sample::select(WORDS).prop_map(str::to_owned), "\\PC{0,3}",];
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_a_statement_or_has_a_sentence(text in soup()) {
        match parse(&text) {
            Ok(parsed) => {
                let mut raw = Writer::new();
                raw.scalar(Tag::S, b"a");
                let parameters = vec![raw.bytes(); 40];
                let parameters = admit(&parameters).unwrap();
                if let Err(fault) = bind(&parsed, &parameters) {
                    prop_assert!(!fault.to_string().is_empty());
                }
            }
            Err(fault) => prop_assert!(!fault.to_string().is_empty()),
        }
    }

    #[test]
    fn printed_values_are_read_as_themselves(value in literals()) {
        let flat = value.to_flat();
        let text = format!("INSERT INTO t VALUE {{'a': {}}}", printed(ValueRef::read(&flat).unwrap()));
        let statement = bind(&parse(&text).unwrap(), &[]).unwrap();
        let Statement::Insert(insert) = statement else {
            panic!("an INSERT");
        };
        let read = insert.item.item.get(b"a").unwrap();
        let admitted = admit::admit_value(&flat, Layer::Older).unwrap();
        prop_assert_eq!(read.bytes(), admitted.get().bytes());
    }
}
