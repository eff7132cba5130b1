//! Updates against recorded answers.

use super::*;
use crate::expression::Kind;
use crate::expression::testing::{check_table, item, item_of, sentence, to_json, values, with_placeholders};
use serde_json::json;

fn bind(text: &str) -> Result<Update, ExpressionFault> {
    let ast = Rc::new(UpdateAst::parse(text)?);
    with_placeholders(&json!({}), &values(), |placeholders| Update::bind(&ast, placeholders))
}

fn answer(text: &str) -> String {
    let update = match bind(text) {
        Ok(update) => update,
        Err(fault) => return sentence(&fault, Kind::Update),
    };
    for key in ["pk", "sk"] {
        if update.touches(key) {
            return format!(
                "One or more parameter values were invalid: \
                 Cannot update attribute {key}. This attribute is part of the key"
            );
        }
    }
    let key = item_of(&json!({"pk": {"S": "a"}, "sk": {"S": "b"}}));
    match update.apply(Some(&item()), &key) {
        Ok(updated) => to_json(updated.item.attributes()).to_string(),
        Err(fault) => fault.message(),
    }
}

#[test]
fn updates_answer_as_recorded() {
    check_table(include_str!("../cases/updates.txt"), answer);
}

fn updated(text: &str) -> Updated {
    bind(text).unwrap().apply(Some(&item()), &item()).unwrap()
}

fn json_of(item: Option<Item>) -> String {
    item.map_or_else(|| "nothing".to_owned(), |item| to_json(item.attributes()).to_string())
}

/// Old and new as ReturnValues UPDATED_OLD and UPDATED_NEW show them.
#[test]
fn only_what_changed_is_returned() {
    for (text, old, new) in [
        ("SET a = :s", r#"{"a":{"N":"1"}}"#, r#"{"a":{"S":"x"}}"#),
        ("SET nope = :n", "nothing", r#"{"nope":{"N":"1"}}"#),
        ("REMOVE a", r#"{"a":{"N":"1"}}"#, "nothing"),
        ("REMOVE nope", "nothing", "nothing"),
        (
            "SET m.p = :s",
            r#"{"m":{"M":{"p":{"N":"1"}}}}"#,
            r#"{"m":{"M":{"p":{"S":"x"}}}}"#,
        ),
        ("SET m.fresh = :s", "nothing", r#"{"m":{"M":{"fresh":{"S":"x"}}}}"#),
        ("REMOVE l[0]", r#"{"l":{"L":[{"N":"1"}]}}"#, "nothing"),
        (
            "SET l[0] = :s, l[1].y = :s",
            r#"{"l":{"L":[{"N":"1"},{"M":{"y":{"N":"2"}}}]}}"#,
            r#"{"l":{"L":[{"S":"x"},{"M":{"y":{"S":"x"}}}]}}"#,
        ),
        // The new element stands at another place than the one that was named.
        ("SET l[9] = :s", "nothing", "nothing"),
        ("ADD a :n", r#"{"a":{"N":"1"}}"#, r#"{"a":{"N":"2"}}"#),
        ("DELETE ss :ss", r#"{"ss":{"SS":["x","y"]}}"#, "nothing"),
    ] {
        let updated = updated(text);
        assert_eq!(json_of(updated.old(Some(&item()))), old, "{text}");
        assert_eq!(json_of(updated.new_fragments()), new, "{text}");
    }
}

#[test]
fn an_item_that_is_not_there_starts_with_its_key() {
    let key = item_of(&json!({"pk": {"S": "a"}, "sk": {"S": "b"}}));
    let updated = bind("SET c = sk, d = if_not_exists(e, :n) ADD f :ss REMOVE g DELETE h :ss").unwrap();
    let updated = updated.apply(None, &key).unwrap();
    assert_eq!(
        to_json(updated.item.attributes()),
        json!({"pk": {"S": "a"}, "sk": {"S": "b"}, "c": {"S": "b"}, "d": {"N": "1"}, "f": {"SS": ["x", "y"]}})
    );
    assert_eq!(json_of(updated.old(None)), "nothing");
    let nothing = Update::nothing().apply(None, &key).unwrap();
    assert_eq!(nothing.item, key);
    assert_eq!(
        bind("REMOVE g.h").unwrap().apply(None, &key).unwrap_err(),
        UpdateFault::InvalidPath
    );
}

#[test]
fn untouched_attributes_keep_their_bytes_and_places() {
    let before = item();
    let updated = updated("SET z = :n");
    let names = |item: &Item| {
        item.attributes()
            .iter()
            .map(|(name, _)| name.to_vec())
            .collect::<Vec<_>>()
    };
    let mut expected = names(&before);
    expected.push(b"z".to_vec());
    assert_eq!(names(&updated.item), expected);
    for (name, value) in before.attributes().iter() {
        assert_eq!(updated.item.get(name).unwrap().bytes(), value.bytes());
    }
}

#[test]
fn sets_stay_ascending() {
    let values = json!({":n": {"NS": ["10", "9", "-1"]}, ":d": {"NS": ["9", "2", "1.50"]}});
    let ast = Rc::new(UpdateAst::parse("ADD n :n DELETE d :d").unwrap());
    let update = with_placeholders(&json!({}), &values, |placeholders| Update::bind(&ast, placeholders)).unwrap();
    let before = item_of(&json!({"n": {"NS": ["100", "9"]}, "d": {"NS": ["1.5", "2", "3", "10"]}}));
    let updated = update.apply(Some(&before), &before).unwrap();
    assert_eq!(
        to_json(updated.item.attributes()),
        json!({"n": {"NS": ["-1", "9", "10", "100"]}, "d": {"NS": ["3", "10"]}})
    );
}

#[test]
fn sums_are_exact_and_bounded() {
    let apply = |text: &str, number: &str| {
        let ast = Rc::new(UpdateAst::parse(text).unwrap());
        let values = json!({":v": {"N": number}});
        let update = with_placeholders(&json!({}), &values, |placeholders| Update::bind(&ast, placeholders)).unwrap();
        let before = item_of(&json!({"a": {"N": "9.9e125"}, "b": {"N": "0.1"}}));
        match update.apply(Some(&before), &before) {
            Ok(updated) => to_json(updated.item.attributes())["b"]["N"]
                .as_str()
                .unwrap()
                .to_owned(),
            Err(fault) => fault.message(),
        }
    };
    assert_eq!(apply("SET b = b + :v", "0.2"), "0.3");
    assert_eq!(apply("SET b = :v - b", "0.2"), "0.1");
    assert_eq!(apply("ADD b :v", "-0.1"), "0");
    assert_eq!(
        apply("SET a = a + :v", "9.9e125"),
        "Number overflow. Attempting to store a number with magnitude larger than supported range"
    );
    assert_eq!(
        apply("ADD a :v", "1"),
        "Attempting to store more than 38 significant digits in a Number"
    );
}

#[test]
fn nothing_becomes_nested_too_deep() {
    let nested = |maps: usize| (0..maps).fold(json!({"N": "1"}), |value, _| json!({"M": {"a": value}}));
    let apply = |text: &str, maps: usize| {
        let ast = Rc::new(UpdateAst::parse(text).unwrap());
        let values = json!({":d": nested(maps)});
        let update = with_placeholders(&json!({}), &values, |placeholders| Update::bind(&ast, placeholders)).unwrap();
        update.apply(Some(&item()), &item()).map(|_| ())
    };
    assert_eq!(apply("SET d = :d", 31), Ok(()));
    assert_eq!(apply("SET m.d = :d", 30), Ok(()));
    assert_eq!(apply("SET m.d = :d", 31), Err(UpdateFault::TooDeep));
    assert_eq!(
        UpdateFault::TooDeep.message(),
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
    );
}

#[test]
fn the_charge_follows_from_the_request() {
    let charge = |text: &str| bind(text).unwrap().charge();
    // Values: `:n` counts 2 bytes, `:s` 1, `:ss` 2.
    assert_eq!(charge("SET a = :n"), 3 + 19 + 1 + 2);
    assert_eq!(
        charge("SET abc = :s, b.cd[10] = :s"),
        3 + (19 + 3 + 1) + (19 + 1 + 6 + 6 + 1)
    );
    assert_eq!(charge("ADD a :n"), 3 + 19 + 1 + 2);
    assert_eq!(charge("REMOVE a, b[0]"), 3 + (1 + 1) + (1 + 1 + 5));
    assert_eq!(charge("DELETE ss :ss"), 3 + 1 + 2);
    assert_eq!(charge("SET a = b"), 3 + 19 + 1 + (1 + 15));
    assert_eq!(charge("SET a = b.cd[10]"), 3 + 19 + 1 + (1 + 15 + 16 + 16));
    assert_eq!(charge("SET a = a + :n"), 3 + 19 + 1 + 34 + (1 + 15) + 2);
    assert_eq!(charge("SET a = (:n - :n)"), 3 + 19 + 1 + 37 + 2 + 2);
    assert_eq!(charge("SET a = if_not_exists(a, :n)"), 3 + 19 + 1 + 39 + (1 + 15) + 2);
    // `:l` is a list of a number and a string of one byte: 3 + (1 + 2) + (1 + 1).
    assert_eq!(charge("SET a = list_append(:l, :l)"), 3 + 19 + 1 + 37 + 8 + 8);
}

#[test]
fn what_is_touched_is_known_without_an_item() {
    let update = bind("SET b = :n, a.c = :n REMOVE l[0] ADD d :n DELETE a.e :ss").unwrap();
    assert_eq!(update.touched().collect::<Vec<_>>(), ["b", "a", "l", "d", "a"]);
    assert!(update.touches("a") && !update.touches("c"));
}
