//! What the tests of expressions share: items and values in DynamoDB JSON, and tables of recorded answers.

use super::{ExpressionFault, Kind, Placeholders};
use crate::value::admit::NESTING_LEVELS_MAX;
use crate::value::flat::{Map, Tag, ValueRef, View, Writer};
use crate::value::{Item, Layer, admit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

/// The values that the recorded tables refer to.
pub(super) fn values() -> Json {
    json!({
        ":n": {"N": "1"}, ":s": {"S": "x"}, ":b": {"B": "AAE="}, ":t": {"BOOL": true}, ":u": {"NULL": true},
        ":ss": {"SS": ["x", "y"]}, ":ns": {"NS": ["1", "2"]}, ":bs": {"BS": ["AAE="]},
        ":l": {"L": [{"N": "1"}, {"S": "x"}]}, ":m": {"M": {"a": {"N": "1"}}}, ":tn": {"S": "N"},
    })
}

/// The item that the recorded tables are about.
pub(super) fn item() -> Item {
    item_of(&json!({
        "pk": {"S": "a"}, "sk": {"S": "b"}, "a": {"N": "1"},
        "l": {"L": [{"N": "1"}, {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}]},
        "m": {"M": {"p": {"N": "1"}, "q": {"S": "z"}}},
        "ss": {"SS": ["x", "y"]}, "s": {"S": "str"},
    }))
}

/// An admitted item.
pub(super) fn item_of(json: &Json) -> Item {
    admit::admit_item(&attributes(json), Layer::Newer).unwrap().item
}

/// The `Attributes` form of DynamoDB JSON.
pub(super) fn attributes(json: &Json) -> Vec<u8> {
    let mut out = Writer::new();
    write_map(Tag::Attributes, json, &mut out);
    out.into_bytes()
}

fn write_map(tag: Tag, json: &Json, out: &mut Writer) {
    let entries = json.as_object().unwrap();
    let open = out.open(tag, entries.len());
    for (name, value) in entries {
        out.text(name.as_bytes());
        write_value(value, out);
    }
    out.close(open);
}

fn write_value(json: &Json, out: &mut Writer) {
    let (kind, content) = json.as_object().unwrap().iter().next().unwrap();
    let text = || content.as_str().unwrap().as_bytes();
    let binary = |content: &Json| STANDARD.decode(content.as_str().unwrap()).unwrap();
    match kind.as_str() {
        "S" => out.scalar(Tag::S, text()),
        "N" => out.scalar(Tag::N, text()),
        "B" => out.scalar(Tag::B, &binary(content)),
        "BOOL" => out.bool(content.as_bool().unwrap()),
        "NULL" => out.tag(Tag::Null),
        "M" => write_map(Tag::M, content, out),
        "L" => {
            let elements = content.as_array().unwrap();
            let open = out.open(Tag::L, elements.len());
            for element in elements {
                write_value(element, out);
            }
            out.close(open);
        }
        "SS" | "NS" | "BS" => {
            let members = content.as_array().unwrap();
            let tag = match kind.as_str() {
                "SS" => Tag::Ss,
                "NS" => Tag::Ns,
                _ => Tag::Bs,
            };
            let open = out.open(tag, members.len());
            for member in members {
                match tag {
                    Tag::Bs => out.text(&binary(member)),
                    _ => out.text(member.as_str().unwrap().as_bytes()),
                }
            }
            out.close(open);
        }
        other => panic!("no type {other}"),
    }
}

/// DynamoDB JSON of an item.
pub(super) fn to_json(map: Map<'_>) -> Json {
    Json::Object(
        map.iter()
            .map(|(name, value)| (String::from_utf8(name.to_vec()).unwrap(), value_to_json(value)))
            .collect(),
    )
}

fn value_to_json(value: ValueRef<'_>) -> Json {
    let text = |text: &[u8]| String::from_utf8(text.to_vec()).unwrap();
    match value.view().unwrap() {
        View::Null => json!({"NULL": true}),
        View::Bool(value) => json!({"BOOL": value}),
        View::S(value) => json!({"S": text(value)}),
        View::N(value) => json!({"N": text(value)}),
        View::B(value) => json!({"B": STANDARD.encode(value)}),
        View::Ss(members) => json!({"SS": members.iter().map(text).collect::<Vec<_>>()}),
        View::Ns(members) => json!({"NS": members.iter().map(text).collect::<Vec<_>>()}),
        View::Bs(members) => json!({"BS": members.iter().map(|member| STANDARD.encode(member)).collect::<Vec<_>>()}),
        View::L(list) => json!({"L": list.iter().map(value_to_json).collect::<Vec<_>>()}),
        View::M(map) => json!({"M": to_json(map)}),
    }
}

/// Calls `test` with placeholders made of names and values.
pub(super) fn with_placeholders<T>(names: &Json, values: &Json, test: impl FnOnce(&mut Placeholders<'_>) -> T) -> T {
    let names = names.as_object().unwrap();
    let values = attributes(values);
    let values = Map::read(&values).unwrap();
    let mut placeholders = Placeholders::none();
    if !names.is_empty() {
        let names = names.iter().map(|(key, name)| (key.as_str(), name.as_str().unwrap()));
        placeholders.read_names(names).unwrap();
    }
    if !values.is_empty() {
        placeholders
            .read_values(values, Layer::Newer, NESTING_LEVELS_MAX)
            .unwrap();
    }
    test(&mut placeholders)
}

/// The sentence of a fault without the parameter it names, marked as the tables mark it.
pub(super) fn sentence(fault: &ExpressionFault, kind: Kind) -> String {
    let prefix = format!("Invalid {}: ", kind.parameter());
    let message = fault.message(kind);
    format!(
        "! {}",
        message.strip_prefix(&prefix).expect("every fault names its parameter")
    )
}

/// Checks `answer` against a table of recorded answers: expressions, each followed by its answer, indented by two blanks.
pub(super) fn check_table(table: &str, answer: impl Fn(&str) -> String) {
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with("//")).collect();
    let mut wrong = Vec::new();
    for pair in lines.chunks(2) {
        let [expression, recorded] = pair else {
            panic!("a line is missing at the end")
        };
        let recorded = recorded
            .strip_prefix("  ")
            .expect("an answer is indented by two blanks");
        let answered = answer(expression);
        if answered != recorded {
            wrong.push(format!("{expression}\n  recorded {recorded}\n  answered {answered}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        lines.len() / 2,
        wrong.join("\n")
    );
}
