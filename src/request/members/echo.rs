//! How the older layer shows a value that breaks a constraint: as Java's `toString` of the model's classes.

use super::place::lower_camel;
use crate::request::shapes::{Shape, Structure};
use crate::value::flat::{Map, Tag, ValueRef, View};

/// Levels that are shown; a deeper value is cut off there.
const LEVELS_MAX: usize = 100;

/// Shows a value of a shape.
pub fn java(shape: &'static Shape, value: ValueRef<'_>) -> String {
    let mut text = String::new();
    write(shape, value, LEVELS_MAX, &mut text);
    text
}

fn write(shape: &'static Shape, value: ValueRef<'_>, levels: usize, text: &mut String) {
    let Some(levels) = levels.checked_sub(1) else {
        return;
    };
    match (shape, value.view()) {
        (Shape::List(element), Ok(View::L(list))) => {
            separated("[", "]", list.iter(), text, |value, text| {
                write(element, value, levels, text)
            });
        }
        (Shape::Map(inner), Ok(View::M(map))) => {
            entries(map, text, |value, text| write(inner, value, levels, text));
        }
        (Shape::Attributes, Ok(View::M(map))) => {
            entries(map, text, |value, text| attribute(value, levels, text));
        }
        (Shape::AttributeValue, _) => attribute(value, levels, text),
        (Shape::Structure(structure), Ok(View::M(members))) => write_structure(structure, members, levels, text),
        (_, Ok(View::S(shown) | View::N(shown))) => push(shown, text),
        (_, Ok(View::Bool(shown))) => text.push_str(if shown { "true" } else { "false" }),
        _ => text.push_str("null"),
    }
}

/// A structure shows all its members, absent ones as null.
fn write_structure(structure: &'static Structure, members: Map<'_>, levels: usize, text: &mut String) {
    text.push_str(structure.name);
    separated("(", ")", structure.members.iter(), text, |member, text| {
        text.push_str(&lower_camel(member.name));
        text.push('=');
        match members.get(member.name.as_bytes()) {
            Some(value) => write(&member.shape, value, levels, text),
            None => text.push_str("null"),
        }
    });
}

/// An attribute value shows its one datatype among the absent others.
fn attribute(value: ValueRef<'_>, levels: usize, text: &mut String) {
    let Some(levels) = levels.checked_sub(1) else {
        return;
    };
    let value = value.unmarked();
    let kind = match value.tag() {
        Ok(Tag::S) => "s",
        Ok(Tag::N) => "n",
        Ok(Tag::B) => "b",
        Ok(Tag::Ss) => "sS",
        Ok(Tag::Ns) => "nS",
        Ok(Tag::Bs) => "bS",
        Ok(Tag::M) => "m",
        Ok(Tag::L) => "l",
        Ok(Tag::Null | Tag::NullFalse) => "nULL",
        Ok(Tag::True | Tag::False) => "bOOL",
        Ok(Tag::NoDatatype | Tag::ManyDatatypes | Tag::Attributes | Tag::Attribute | Tag::Time) | Err(_) => "",
    };
    text.push_str("AttributeValue");
    let kinds = ["s", "n", "b", "sS", "nS", "bS", "m", "l", "nULL", "bOOL"];
    separated("(", ")", kinds.iter(), text, |name, text| {
        text.push_str(name);
        text.push('=');
        if *name == kind {
            datatype(value, levels, text);
        } else {
            text.push_str("null");
        }
    });
}

fn datatype(value: ValueRef<'_>, levels: usize, text: &mut String) {
    match value.view() {
        Ok(View::S(shown) | View::N(shown)) => push(shown, text),
        Ok(View::B(bytes)) => buffer(bytes, text),
        Ok(View::Bool(shown)) => text.push_str(if shown { "true" } else { "false" }),
        Ok(View::Ss(set) | View::Ns(set)) => separated("[", "]", set.iter(), text, push),
        Ok(View::Bs(set)) => separated("[", "]", set.iter(), text, buffer),
        Ok(View::L(list)) => separated("[", "]", list.iter(), text, |value, text| {
            attribute(value, levels, text)
        }),
        Ok(View::M(map)) => entries(map, text, |value, text| attribute(value, levels, text)),
        Ok(View::Null) => text.push_str("true"),
        // `{"NULL": false}` is the one refused value that has a kind.
        Err(_) => text.push_str("false"),
    }
}

fn entries<'a>(map: Map<'a>, text: &mut String, mut write: impl FnMut(ValueRef<'a>, &mut String)) {
    separated("{", "}", map.iter(), text, |(key, value), text| {
        push(key, text);
        text.push('=');
        write(value, text);
    });
}

fn separated<T>(
    opening: &str,
    closing: &str,
    parts: impl Iterator<Item = T>,
    text: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    text.push_str(opening);
    for (position, part) in parts.enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        write(part, text);
    }
    text.push_str(closing);
}

fn push(shown: &[u8], text: &mut String) {
    text.push_str(&String::from_utf8_lossy(shown));
}

fn buffer(bytes: &[u8], text: &mut String) {
    let length = bytes.len();
    text.push_str(&format!("java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]"));
}
