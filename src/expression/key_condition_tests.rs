//! Key conditions against recorded answers, on a table with the string keys `pk` and `sk`, and on indexes with more keys.

use super::*;
use crate::expression::testing::{check_table, sentence, with_placeholders};
use crate::expression::{KeyConditionFault, KeyMatch, Kind, match_schema};
use crate::value::key::{KeyPart, KeyType, PartRange};
use serde_json::{Value as Json, json};

/// The attributes of a partition key, and of a sort key.
type Schema<'s> = (&'s [(&'s str, KeyType)], &'s [(&'s str, KeyType)]);

const TABLE: Schema<'_> = (&[("pk", KeyType::S)], &[("sk", KeyType::S)]);

const INDEX: Schema<'_> = (
    &[("h1", KeyType::S), ("h2", KeyType::N)],
    &[("r1", KeyType::S), ("r2", KeyType::N), ("r3", KeyType::B)],
);

fn values() -> Json {
    let mut values = crate::expression::testing::values();
    for (key, value) in [(":hi", "b"), (":lo", "a"), (":e", ""), (":x", "a")] {
        values[key] = json!({"S": value});
    }
    values
}

fn bind(text: &str) -> Result<KeyConditions, ExpressionFault> {
    let ast = Rc::new(ConditionAst::parse(text)?);
    let names = json!({"#p": "pk", "#q": "pk"});
    with_placeholders(&names, &values(), |placeholders| {
        BoundKeyConditions::bind(&ast, placeholders).and_then(|bound| bound.clauses())
    })
}

fn answer(text: &str) -> String {
    match bind(text) {
        Err(fault) => sentence(&fault, Kind::KeyCondition),
        Ok(conditions) => match match_schema(&conditions, TABLE.0, TABLE.1) {
            Ok(_) => "OK".to_owned(),
            Err(fault) => fault.message(),
        },
    }
}

#[test]
fn key_conditions_answer_as_recorded() {
    check_table(include_str!("cases/key_conditions.txt"), answer);
}

fn on_index(text: &str) -> Result<String, KeyConditionFault> {
    let conditions = bind(text).unwrap();
    match_schema(&conditions, INDEX.0, INDEX.1).map(|matched| format!("{matched:?}"))
}

#[test]
fn a_reversed_comparison_means_the_same() {
    let conditions = bind(":lo <= sk and :x = pk").unwrap();
    let matched = match_schema(&conditions, TABLE.0, TABLE.1).unwrap();
    assert_eq!(
        matched,
        KeyMatch {
            partition: vec![KeyPart::S(b"a")],
            sort_equal: Vec::new(),
            range: PartRange::GreaterOrEqual(KeyPart::S(b"a")),
        }
    );
}

#[test]
fn every_range_reaches_the_sort_key() {
    let a = KeyPart::S(b"a");
    for (text, range) in [
        ("pk = :x", PartRange::All),
        ("pk = :x and sk = :lo", PartRange::Equal(a)),
        ("pk = :x and sk < :lo", PartRange::Less(a)),
        ("pk = :x and sk <= :lo", PartRange::LessOrEqual(a)),
        ("pk = :x and sk > :lo", PartRange::Greater(a)),
        ("pk = :x and :lo > sk", PartRange::Less(a)),
        (
            "pk = :x and sk between :lo and :hi",
            PartRange::Between(a, KeyPart::S(b"b")),
        ),
        ("begins_with(sk, :lo) and pk = :x", PartRange::BeginsWith(a)),
    ] {
        let conditions = bind(text).unwrap();
        let matched = match_schema(&conditions, TABLE.0, TABLE.1).unwrap();
        assert_eq!((matched.partition, matched.range), (vec![a], range), "{text}");
    }
}

#[test]
fn several_key_attributes_take_equality_and_then_one_range() {
    let whole = "h2 = :n and h1 = :x and r3 > :b and r2 = :n and r1 = :s";
    assert_eq!(
        on_index(whole).unwrap(),
        format!(
            "{:?}",
            KeyMatch {
                partition: vec![KeyPart::S(b"a"), KeyPart::N(b"1")],
                sort_equal: vec![KeyPart::S(b"x"), KeyPart::N(b"1")],
                range: PartRange::Greater(KeyPart::B(&[0, 1])),
            }
        )
    );
    assert!(on_index("h1 = :x and h2 = :n and r1 < :s").is_ok());
    assert!(on_index("h1 = :x and h2 = :n").is_ok());
}

#[test]
fn gaps_and_early_ranges_are_refused() {
    let refused = |text: &str| on_index(text).unwrap_err().message();
    let because = |attributes: &str, of: &str| {
        format!(
            "RANGE key attributes {attributes} must have equality conditions specified in the query \
             because a condition is present on key attribute {of}"
        )
    };
    assert_eq!(
        refused("h1 = :x and r1 = :s"),
        "Query condition missed key schema element: h2"
    );
    assert_eq!(refused("h1 = :x and h2 > :n"), "Query key condition not supported");
    assert_eq!(refused("h1 = :x and h2 = :n and r2 = :n"), because("r1", "r2"));
    assert_eq!(
        refused("h1 = :x and h2 = :n and r1 > :s and r2 = :n"),
        because("r1", "r2")
    );
    assert_eq!(refused("h1 = :x and h2 = :n and r3 = :b"), because("r1, r2", "r3"));
    assert_eq!(
        refused("h1 = :x and h2 = :n and r1 = :n"),
        "One or more parameter values were invalid: Condition parameter type does not match schema type"
    );
    assert_eq!(
        refused("h1 = :x and h2 = :n and r1 = :e"),
        "One or more parameter values are not valid. \
         The AttributeValue for a key attribute cannot contain an empty string value. Key: r1"
    );
    assert_eq!(
        refused("h1=:x and h2=:n and r1=:x and r2=:n and r3=:b and a=:x"),
        "The number of query conditions (6) exceeds the number of key attributes defined in the schema (5)"
    );
}
