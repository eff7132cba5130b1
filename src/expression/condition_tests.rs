//! Conditions against recorded answers, and their semantics beyond them.

use super::*;
use crate::expression::Kind;
use crate::expression::testing::{check_table, item, item_of, sentence, values, with_placeholders};
use serde_json::json;

fn answer(text: &str) -> String {
    let bound = ConditionAst::parse(text).and_then(|ast| {
        with_placeholders(&json!({}), &values(), |placeholders| {
            Condition::bind(&Rc::new(ast), placeholders)
        })
    });
    match bound {
        Ok(condition) => condition.holds(Some(item().attributes())).to_string(),
        Err(fault) => sentence(&fault, Kind::Filter),
    }
}

#[test]
fn conditions_answer_as_recorded() {
    check_table(include_str!("cases/conditions.txt"), answer);
}

fn holds(text: &str, values: &serde_json::Value, item: Option<&crate::value::Item>) -> bool {
    let ast = Rc::new(ConditionAst::parse(text).unwrap());
    let condition = with_placeholders(&json!({}), values, |placeholders| Condition::bind(&ast, placeholders)).unwrap();
    condition.holds(item.map(crate::value::Item::attributes))
}

#[test]
fn an_item_that_is_not_there_has_no_attributes() {
    let values = json!({":n": {"N": "1"}});
    for (text, expected) in [
        ("a = :n", false),
        ("a <> :n", true),
        ("NOT a = :n", true),
        ("attribute_not_exists(a)", true),
        ("attribute_exists(a)", false),
        ("size(a) < :n", false),
        ("a between :n and :n", false),
        ("a in (:n)", false),
    ] {
        assert_eq!(holds(text, &values, None), expected, "{text}");
        assert_eq!(
            holds(text, &values, Some(&item_of(&json!({"pk": {"S": "x"}})))),
            expected,
            "{text}"
        );
    }
}

#[test]
fn sizes_count_utf16_units_bytes_and_members() {
    let item = item_of(&json!({
        "ascii": {"S": "abc"}, "latin": {"S": "é"}, "astral": {"S": "a😀"}, "empty": {"S": ""},
        "binary": {"B": "AAEC"}, "set": {"NS": ["1", "2"]}, "list": {"L": []}, "map": {"M": {"a": {"NULL": true}}},
        "number": {"N": "12345"}, "null": {"NULL": true}, "bool": {"BOOL": true},
    }));
    for (name, size) in [
        ("ascii", Some(3)),
        ("latin", Some(1)),
        ("astral", Some(3)),
        ("empty", Some(0)),
        ("binary", Some(3)),
        ("set", Some(2)),
        ("list", Some(0)),
        ("map", Some(1)),
        ("number", None),
        ("null", None),
        ("bool", None),
    ] {
        let equal = |size: usize| {
            let ast = Rc::new(ConditionAst::parse("size(#a) = :n").unwrap());
            let (names, values) = (json!({"#a": name}), json!({":n": {"N": size.to_string()}}));
            let condition = with_placeholders(&names, &values, |placeholders| Condition::bind(&ast, placeholders));
            condition.unwrap().holds(Some(item.attributes()))
        };
        let matching: Vec<usize> = (0..10).filter(|size| equal(*size)).collect();
        assert_eq!(matching, size.into_iter().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn numbers_compare_by_value_whatever_their_spelling() {
    let item = item_of(&json!({"a": {"N": "10.0"}, "s": {"NS": ["1", "2.50"]}}));
    let values =
        json!({":nine": {"N": "9"}, ":ten": {"N": "1e1"}, ":member": {"N": "2.5"}, ":s": {"NS": ["2.5", "01"]}});
    for text in [
        "a = :ten",
        "a > :nine",
        "a in (:nine, :ten)",
        "contains(s, :member)",
        "s = :s",
    ] {
        let ast = Rc::new(ConditionAst::parse(text).unwrap());
        let condition = with_placeholders(&json!({}), &values, |placeholders| Condition::bind(&ast, placeholders));
        assert!(condition.unwrap().holds(Some(item.attributes())), "{text}");
    }
}

#[test]
fn blanks_of_every_kind_part_tokens_and_stay_in_the_near() {
    assert!(holds("a\t=\r\n :n", &json!({":n": {"N": "1"}}), Some(&item())));
    let fault = |text: &str| ConditionAst::parse(text).unwrap_err().message(Kind::Condition);
    let syntax = |token: &str, near: &str| {
        format!("Invalid ConditionExpression: Syntax error; token: \"{token}\", near: \"{near}\"")
    };
    assert_eq!(fault("a =  "), syntax("<EOF>", "=  "));
    assert_eq!(fault("  = a"), syntax("=", "  = a"));
    assert_eq!(fault("  "), syntax("<EOF>", "  "));
    assert_eq!(fault("a\u{a0}= :n"), syntax("\u{a0}", "a\u{a0}="));
    assert_eq!(fault("😀"), syntax("😀", "😀"));
}

#[test]
fn the_text_is_bounded_before_it_is_read() {
    let text = |bytes: usize| format!("a{} = :n", " ".repeat(bytes - 6));
    assert!(ConditionAst::parse(&text(4096)).is_ok());
    let fault = ConditionAst::parse(&text(4097)).unwrap_err();
    assert_eq!(
        fault.message(Kind::Filter),
        "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097"
    );
    assert_eq!(
        fault.message(Kind::Update),
        "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;"
    );
    for kind in [
        Kind::Condition,
        Kind::Filter,
        Kind::KeyCondition,
        Kind::Projection,
        Kind::Update,
    ] {
        assert_eq!(
            ConditionAst::parse("").unwrap_err().message(kind),
            format!("Invalid {}: The expression can not be empty;", kind.parameter())
        );
    }
}

#[test]
fn operators_operands_and_paths_are_bounded() {
    let ands = |count: usize| vec!["a=:n"; count].join(" and ");
    assert_eq!(answer(&ands(150)), "true");
    let too_many = "! The expression contains too many operators; operator count: 301";
    assert_eq!(answer(&ands(151)), too_many);
    assert_eq!(answer(&format!("{}a=:n", "NOT ".repeat(299))), "false");
    assert_eq!(answer(&format!("{}a=:n", "NOT ".repeat(300))), too_many);
    let among = |count: usize| format!("a in ({})", vec![":n"; count].join(","));
    assert_eq!(answer(&among(100)), "true");
    assert_eq!(
        answer(&among(101)),
        "! The IN operator is provided with too many operands; number of operands: 101"
    );
    assert_eq!(answer(&format!("{} = :n", vec!["b"; 32].join("."))), "false");
    assert_eq!(
        answer(&format!("{} = :n", vec!["b"; 33].join("."))),
        "! The document path has too many nesting levels; nesting levels: 33"
    );
}

#[test]
fn what_is_contained_is_found_in_linear_time() {
    for (whole, part, expected) in [
        (&b"aaab"[..], &b"aab"[..], true),
        (b"ababac", b"abac", true),
        (b"abab", b"abac", false),
        (b"", b"", true),
        (b"a", b"", true),
        (b"", b"a", false),
        (b"aabaabaaab", b"aabaaab", true),
    ] {
        assert_eq!(holds_bytes(whole, part), expected, "{whole:?} {part:?}");
    }
    let whole = vec![b'a'; 400_000];
    let mut part = vec![b'a'; 200_000];
    part.push(b'b');
    assert!(!holds_bytes(&whole, &part));
}

proptest::proptest! {
    #[test]
    fn what_is_contained_is_what_windows_find(
        whole in proptest::collection::vec(0u8..3, 0..40),
        part in proptest::collection::vec(0u8..3, 0..6),
    ) {
        let found = part.is_empty() || whole.windows(part.len()).any(|window| window == part);
        proptest::prop_assert_eq!(holds_bytes(&whole, &part), found);
    }

    #[test]
    fn any_text_is_an_expression_or_a_fault(text in "[ a-c#:()\\[\\]0-9.,=<>+-]{0,60}|(a|:n|b\\.c|size\\(|\\(|\\)| and | or |NOT | in | = | between |,|SET |REMOVE |ADD |#x| ){0,24}") {
        let _ = answer(&text);
        let _ = crate::expression::UpdateAst::parse(&text);
        let _ = crate::expression::ProjectionAst::parse(&text);
    }
}
