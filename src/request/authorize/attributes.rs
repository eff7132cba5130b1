//! The attributes that a request names: `dynamodb:Attributes`.
//!
//! Top-level names of items, keys, legacy conditions and expressions. A nested path counts by its first name.

use crate::ordered::OrderedSet;
use crate::value::flat::{Map, View};

/// Members that are maps from attribute names, or hold such maps.
const MAPS: &[&str] = &[
    "Item",
    "Key",
    "Expected",
    "AttributeUpdates",
    "KeyConditions",
    "QueryFilter",
    "ScanFilter",
];
const EXPRESSIONS: &[&str] = &[
    "ProjectionExpression",
    "UpdateExpression",
    "ConditionExpression",
    "FilterExpression",
    "KeyConditionExpression",
];
/// What looks like a name in an expression and is none.
const WORDS: &[&str] = &[
    "and",
    "or",
    "not",
    "between",
    "in",
    "set",
    "remove",
    "add",
    "delete",
    "attribute_exists",
    "attribute_not_exists",
    "attribute_type",
    "begins_with",
    "contains",
    "size",
    "if_not_exists",
    "list_append",
];

/// The names, each once.
pub(super) fn of(tree: &[u8]) -> Vec<String> {
    let mut names = OrderedSet::new();
    if let Ok(members) = Map::read(tree) {
        collect(members, &mut names);
        let inside = |name: &[u8]| members.get(name).and_then(|value| value.view().ok());
        if let Some(View::M(tables)) = inside(b"RequestItems") {
            tables
                .iter()
                .for_each(|(_, value)| batch(value.view().ok(), &mut names));
        }
        batch(inside(b"TransactItems"), &mut names);
    }
    names.into_iter().collect()
}

fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// One table's part of a batch (requests of a write, or keys and what to show of a get), or the actions of a transaction.
fn batch(part: Option<View<'_>>, names: &mut OrderedSet<String>) {
    match part {
        Some(View::M(block)) => {
            collect(block, names);
            if let Some(Ok(View::L(keys))) = block.get(b"Keys").map(|keys| keys.view()) {
                for key in keys.iter() {
                    if let Ok(View::M(key)) = key.view() {
                        names.extend(key.iter().filter_map(|(name, _)| text(name)));
                    }
                }
            }
        }
        Some(View::L(requests)) => {
            for request in requests.iter() {
                let Ok(View::M(request)) = request.view() else { continue };
                for (_, write) in request.iter() {
                    if let Ok(View::M(write)) = write.view() {
                        collect(write, names);
                    }
                }
            }
        }
        Some(_) | None => {}
    }
}

fn collect(members: Map<'_>, names: &mut OrderedSet<String>) {
    for name in MAPS {
        if let Some(Ok(View::M(map))) = members.get(name.as_bytes()).map(|value| value.view()) {
            names.extend(map.iter().filter_map(|(name, _)| text(name)));
        }
    }
    if let Some(Ok(View::L(listed))) = members.get(b"AttributesToGet").map(|value| value.view()) {
        for name in listed.iter() {
            if let Ok(View::S(name)) = name.view() {
                names.extend(text(name));
            }
        }
    }
    let placeholders = match members.get(b"ExpressionAttributeNames").map(|value| value.view()) {
        Some(Ok(View::M(placeholders))) => Some(placeholders),
        Some(_) | None => None,
    };
    for expression in EXPRESSIONS {
        if let Some(Ok(View::S(expression))) = members.get(expression.as_bytes()).map(|value| value.view())
            && let Ok(expression) = std::str::from_utf8(expression)
        {
            expressed(expression, placeholders, names);
        }
    }
}

fn expressed(expression: &str, placeholders: Option<Map<'_>>, names: &mut OrderedSet<String>) {
    let is_inner = |character: char| character.is_alphanumeric() || matches!(character, '_' | '#' | ':');
    let mut behind_point = false;
    for token in expression.split_inclusive(|character| !is_inner(character)) {
        let word = token.trim_end_matches(|character| !is_inner(character));
        let nested = behind_point;
        behind_point = token.ends_with('.');
        let is_name = word.starts_with(|first: char| first.is_alphabetic() || first == '#');
        if nested || !is_name || WORDS.contains(&word.to_ascii_lowercase().as_str()) {
            continue;
        }
        let resolved = match word.strip_prefix('#') {
            None => Some(word.to_owned()),
            Some(_) => match placeholders
                .and_then(|map| map.get(word.as_bytes()))
                .map(|value| value.view())
            {
                Some(Ok(View::S(name))) => text(name),
                Some(_) | None => None,
            },
        };
        names.extend(resolved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Operation, wire};

    fn names(operation: Operation, body: &str) -> String {
        let tree = wire::read_body(operation, body.as_bytes()).unwrap_or_default();
        of(&tree).join(" ")
    }

    #[test]
    fn items_keys_and_expressions_name_attributes() {
        assert_eq!(
            names(
                Operation::PutItem,
                r#"{"Item":{"id":{"S":"a"},"m":{"M":{"inner":{"S":"x"}}}}}"#
            ),
            "id m"
        );
        assert_eq!(
            names(
                Operation::UpdateItem,
                r##"{"Key":{"id":{"S":"a"}},"UpdateExpression":"SET #a.b = if_not_exists(c[1].d, :v), e = :w REMOVE f",
                    "ConditionExpression":"attribute_exists(g) AND NOT size(h) < :n","ExpressionAttributeNames":{"#a":"real"}}"##
            ),
            "c e f g h id real"
        );
        assert_eq!(
            names(
                Operation::Query,
                r#"{"AttributesToGet":["x"],"KeyConditions":{"k":{"ComparisonOperator":"EQ"}}}"#
            ),
            "k x"
        );
        assert_eq!(
            names(
                Operation::BatchWriteItem,
                r#"{"RequestItems":{"t-1":[{"PutRequest":{"Item":{"a":{"S":"1"}}}},{"DeleteRequest":{"Key":{"b":{"S":"1"}}}}]}}"#
            ),
            "a b"
        );
        assert_eq!(
            names(
                Operation::BatchGetItem,
                r#"{"RequestItems":{"t-1":{"Keys":[{"k":{"S":"1"}}],"ProjectionExpression":"p, q.r"}}}"#
            ),
            "k p q"
        );
        assert_eq!(names(Operation::ListTables, "{}"), "");
    }
}
