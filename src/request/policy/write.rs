//! The canonical form of a policy: no blanks, members in one order, lists of one as their element.

use super::condition::Condition;
use super::{Effect, Listed, Policy, Principals, Statement, Who};
use crate::request::wire::write_text;

/// What a document without a version is shown with.
const OLD_VERSION: &str = "2008-10-17";

impl Policy {
    /// The document as it is stored and shown.
    pub fn to_canonical(&self) -> String {
        let mut json = Vec::with_capacity(256);
        json.push(b'{');
        name("Version", &mut json);
        write_text(self.version.as_deref().unwrap_or(OLD_VERSION).as_bytes(), &mut json);
        if let Some(id) = &self.id {
            json.push(b',');
            name("Id", &mut json);
            write_text(id.as_bytes(), &mut json);
        }
        json.push(b',');
        name("Statement", &mut json);
        separated(b"[]", &self.statements, &mut json, write_statement);
        json.push(b'}');
        String::from_utf8(json).unwrap_or_default()
    }
}

fn name(name: &str, json: &mut Vec<u8>) {
    write_text(name.as_bytes(), json);
    json.push(b':');
}

fn separated<T>(brackets: &[u8; 2], values: &[T], json: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    let [open, close] = *brackets;
    json.push(open);
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            json.push(b',');
        }
        write(value, json);
    }
    json.push(close);
}

/// One text as itself, several as a list.
fn texts(values: &[String], json: &mut Vec<u8>) {
    match values {
        [one] => write_text(one.as_bytes(), json),
        _ => separated(b"[]", values, json, |text, json| write_text(text.as_bytes(), json)),
    }
}

fn write_statement(statement: &Statement, json: &mut Vec<u8>) {
    json.push(b'{');
    if let Some(sid) = &statement.sid {
        name("Sid", json);
        write_text(sid.as_bytes(), json);
        json.push(b',');
    }
    name("Effect", json);
    let effect: &[u8] = match statement.effect {
        Effect::Allow => b"Allow",
        Effect::Deny => b"Deny",
    };
    write_text(effect, json);
    json.push(b',');
    write_principals(&statement.principals, json);
    json.push(b',');
    write_listed(&statement.actions, ["Action", "NotAction"], json);
    json.push(b',');
    write_listed(&statement.resources, ["Resource", "NotResource"], json);
    if !statement.conditions.is_empty() {
        json.push(b',');
        name("Condition", json);
        write_conditions(&statement.conditions, json);
    }
    json.push(b'}');
}

fn write_listed(listed: &Listed, [plain, negated]: [&str; 2], json: &mut Vec<u8>) {
    name(if listed.negated { negated } else { plain }, json);
    texts(&listed.patterns, json);
}

fn write_principals(principals: &Principals, json: &mut Vec<u8>) {
    name(
        if principals.negated {
            "NotPrincipal"
        } else {
            "Principal"
        },
        json,
    );
    match &principals.who {
        Who::Everybody => write_text(b"*", json),
        Who::Named(kinds) => separated(b"{}", kinds, json, |(kind, names), json| {
            name(kind, json);
            texts(names, json);
        }),
    }
}

/// Conditions of one operator stand together, in the order in which the operators came.
fn write_conditions(conditions: &[Condition], json: &mut Vec<u8>) {
    let mut operators = Vec::new();
    for condition in conditions {
        if !operators.contains(&condition.operator) {
            operators.push(condition.operator);
        }
    }
    separated(b"{}", &operators, json, |operator, json| {
        name(&operator.name(), json);
        let of_it: Vec<&Condition> = conditions
            .iter()
            .filter(|condition| condition.operator == *operator)
            .collect();
        separated(b"{}", &of_it, json, |condition, json| {
            name(&condition.key, json);
            texts(&condition.values, json);
        });
    });
}
