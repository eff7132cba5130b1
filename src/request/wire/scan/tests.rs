//! The tokenizer against `serde_json`, and what that does not show: tokens beyond machine numbers, and the bound on depth.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

/// Reads one value into what `serde_json` makes of it.
fn parse(text: &str) -> Result<Value, ScanFault> {
    let mut scanner = Scanner::new(text);
    let token = scanner.value()?;
    let value = build(&mut scanner, token)?;
    scanner.end()?;
    Ok(value)
}

fn build(scanner: &mut Scanner<'_>, token: Token<'_>) -> Result<Value, ScanFault> {
    let mut place = Place::First;
    Ok(match token {
        Token::Null => Value::Null,
        Token::True => Value::Bool(true),
        Token::False => Value::Bool(false),
        Token::String(text) => Value::String(text.into_owned()),
        Token::Integer(text) | Token::Decimal(text) => serde_json::from_str(text).map_err(|_| ScanFault::Syntax)?,
        Token::List => {
            let mut list = Vec::new();
            while scanner.element(&mut place)? {
                let token = scanner.value()?;
                list.push(build(scanner, token)?);
            }
            Value::Array(list)
        }
        Token::Object => {
            let mut map = serde_json::Map::new();
            while let Some(name) = scanner.member(&mut place)? {
                let token = scanner.value()?;
                map.insert(name.into_owned(), build(scanner, token)?);
            }
            Value::Object(map)
        }
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::String),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec(("\\PC{0,3}", inner), 0..4).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_back(value in json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert_eq!(parse(&text), Ok(value));
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in "[\\[\\]{},:\"\\\\ 01.eEu+tfnrlasdbx-]{0,12}") {
        prop_assert_eq!(parse(&text).ok(), serde_json::from_str::<Value>(&text).ok(), "{}", text);
    }

    #[test]
    fn skipping_reads_as_far_as_reading(value in json(), tail in "[ ,\\]}]{0,2}") {
        let text = format!("{value}{tail}");
        let mut skipping = Scanner::new(&text);
        let token = skipping.value().unwrap();
        skipping.skip(&token).unwrap();
        let mut reading = Scanner::new(&text);
        let token = reading.value().unwrap();
        build(&mut reading, token).unwrap();
        prop_assert_eq!(skipping.at, reading.at);
    }
}

#[test]
fn a_number_beyond_any_machine_number_is_a_token() {
    let mut scanner = Scanner::new("1e99999 ");
    assert_eq!(scanner.value(), Ok(Token::Decimal("1e99999")));
    let mut scanner = Scanner::new("123456789012345678901234567890]");
    assert_eq!(scanner.value(), Ok(Token::Integer("123456789012345678901234567890")));
}

#[test]
fn half_a_surrogate_pair_is_refused() {
    for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800x""#] {
        assert_eq!(parse(text), Err(ScanFault::Syntax), "{text}");
    }
    assert_eq!(parse(r#""\ud83d\ude00""#), Ok(Value::from("\u{1f600}")));
}

#[test]
fn depth_is_bounded_in_what_is_read_and_in_what_is_skipped() {
    for (depth, outcome) in [(DEPTH_MAX, Ok(())), (DEPTH_MAX + 1, Err(ScanFault::TooDeep))] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let mut scanner = Scanner::new(&text);
        let token = scanner.value().unwrap();
        assert_eq!(scanner.skip(&token), outcome);
    }
}
