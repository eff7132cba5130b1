//! Names and values: what their maps may be, and how what nothing uses is listed.

use super::*;
use crate::expression::testing::{attributes, with_placeholders};
use crate::expression::{Paths, ProjectionAst};
use crate::value::admit::NESTING_LEVELS_MAX;
use serde_json::{Value as Json, json};
use std::rc::Rc;

fn names(entries: &[(&str, &str)]) -> String {
    let keys = entries.iter().map(|(key, _)| *key);
    match Placeholders::check_keys(Some(keys), None)
        .and_then(|()| Placeholders::none().read_names(entries.iter().copied()))
    {
        Ok(()) => "accepted".to_owned(),
        Err(fault) => fault.message(),
    }
}

fn values(json: &Json, layer: Layer) -> String {
    let bytes = attributes(json);
    let map = Map::read(&bytes).unwrap();
    if let Err(fault) = Placeholders::check_keys(None::<[&str; 0]>, Some(map)) {
        return fault.message();
    }
    match Placeholders::none().read_values(map, layer, NESTING_LEVELS_MAX) {
        Ok(()) => "accepted".to_owned(),
        Err(fault) => fault.message(layer),
    }
}

#[test]
fn keys_are_a_mark_and_a_word() {
    for key in ["#a", "#1", "#_", "#a_1", "#A9"] {
        assert_eq!(names(&[(key, "x")]), "accepted", "{key}");
    }
    for key in ["a", "#", ":a", "#a b", "#a.b", "##", "#é", "#a-"] {
        assert_eq!(
            names(&[("#ok", "x"), (key, "x")]),
            format!("ExpressionAttributeNames contains invalid key: Syntax error; key: \"{key}\"")
        );
    }
    assert_eq!(
        values(&json!({"a": {"N": "1"}}), Layer::Newer),
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\""
    );
    assert_eq!(
        names(&[("", "x")]),
        "ExpressionAttributeNames contains invalid key: The expression attribute map contains an empty key;"
    );
    let long = format!("#{}", "n".repeat(254));
    assert_eq!(names(&[(&long, "x")]), "accepted");
    assert_eq!(
        names(&[(&format!("{long}n"), "x")]),
        "ExpressionAttributeNames contains invalid key: \
         The expression attribute map contains a key that is too long; size of key: 256"
    );
    let long = format!(":{}", "v".repeat(255));
    assert_eq!(
        values(&json!({long.as_str(): {"N": "1"}}), Layer::Newer),
        "ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long;"
    );
}

#[test]
fn maps_and_names_are_not_empty() {
    assert_eq!(names(&[]), "ExpressionAttributeNames must not be empty");
    assert_eq!(
        values(&json!({}), Layer::Newer),
        "ExpressionAttributeValues must not be empty"
    );
    assert_eq!(
        names(&[("#n", "")]),
        "ExpressionAttributeNames contains invalid value: Empty attribute name for key #n"
    );
    assert_eq!(names(&[("#n", &"x".repeat(65_535))]), "accepted");
    assert_eq!(
        names(&[("#n", &"x".repeat(65_536))]),
        "ExpressionAttributeNames contains invalid value: \
         Attribute name is too large, must be less than 65536 bytes for key #n"
    );
}

#[test]
fn keys_are_looked_at_before_values_and_values_in_their_order() {
    let refused = "The parameter cannot be converted to a numeric value: x";
    let number = json!({":n": {"N": "x"}});
    assert_eq!(values(&number, Layer::Newer), refused);
    assert_eq!(
        values(&number, Layer::Older),
        format!("ExpressionAttributeValues contains invalid value: {refused} for key :n")
    );
    assert_eq!(
        values(&json!({":n": {"N": "x"}, "z": {"N": "1"}}), Layer::Older),
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"z\""
    );
    assert_eq!(
        values(&json!({":a": {"N": "x"}, ":b": {"N": "y"}}), Layer::Older),
        format!("ExpressionAttributeValues contains invalid value: {refused} for key :a")
    );
}

#[test]
fn what_nothing_uses_is_named_names_first() {
    let ast = Rc::new(ProjectionAst::parse("#b.c, d").unwrap());
    let unused = |names: Json, values: Json| {
        with_placeholders(&names, &values, |placeholders| {
            Paths::bind(&ast, placeholders).unwrap();
            placeholders.check_all_used().map_err(|fault| fault.message())
        })
    };
    assert_eq!(unused(json!({"#b": "b"}), json!({})), Ok(()));
    assert_eq!(
        unused(json!({"#b": "b", "#a": "a"}), json!({":v": {"N": "1"}})),
        Err("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}".to_owned())
    );
    assert_eq!(
        unused(json!({"#b": "b"}), json!({":v": {"N": "1"}})),
        Err("Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}".to_owned())
    );
}

/// Both recorded.
#[test]
fn unused_keys_stand_in_the_order_of_a_hash_set() {
    let values = json!({":n": {"N": "1"}, ":x": {"N": "1"}, ":c": {"N": "1"}, ":b": {"N": "1"}, ":a1": {"N": "1"}});
    let message = with_placeholders(&json!({}), &values, |placeholders| {
        assert!(placeholders.value(":n").is_some());
        placeholders.check_all_used().unwrap_err().message()
    });
    assert_eq!(
        message,
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b, :c, :a1, :x}"
    );
    // Twelve keys take 32 buckets, eleven take 16.
    assert_eq!(
        (hash_set_buckets(11), hash_set_buckets(12), hash_set_buckets(30)),
        (16, 32, 64)
    );
}

#[test]
fn a_key_given_twice_keeps_its_last_meaning() {
    let mut placeholders = Placeholders::none();
    placeholders
        .read_names([("#a", "x"), ("#b", "y"), ("#a", "z")])
        .unwrap();
    assert_eq!(placeholders.name("#a"), Some("z"));
    assert_eq!(placeholders.name("#c"), None);
    assert_eq!(
        placeholders.check_all_used().unwrap_err(),
        PlaceholderFault::Unused {
            map: PlaceholderMap::Names,
            keys: vec!["#b".to_owned()]
        }
    );
}
