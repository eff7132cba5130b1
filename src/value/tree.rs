//! Attribute values as an owned tree, for the paths that change values: update expressions.
//!
//! The hot paths walk flat bytes and never build one. A tree comes from admitted bytes and goes back to bytes that need no
//! admission again except for depth and size: sets are written ascending whatever order they were put together in.

use super::admit::compare_members;
use super::equality;
use super::fault::SetKind;
use super::flat::{Malformed, Map, Tag, Texts, ValueRef, View, Writer};
use crate::sort;

/// Levels that a tree read from bytes may have: an admitted value behind a path of the greatest length.
const TREE_LEVELS_MAX: usize = 2 * super::depth::NESTING_LEVELS_MAX;

/// An attribute value, owned. Equality is DynamoDB's: sets without order, maps by content, numbers by value.
#[derive(Clone, Debug)]
pub enum AttributeValue {
    /// NULL
    Null,
    /// BOOL
    Bool(bool),
    /// String.
    S(String),
    /// Number, as canonical text.
    N(Vec<u8>),
    /// Binary.
    B(Vec<u8>),
    /// String set.
    Ss(Vec<String>),
    /// Number set, of canonical texts.
    Ns(Vec<Vec<u8>>),
    /// Binary set.
    Bs(Vec<Vec<u8>>),
    /// List.
    L(Vec<AttributeValue>),
    /// Map.
    M(Attributes),
}

impl AttributeValue {
    /// Copies an admitted value out of its bytes.
    pub fn from_flat(value: ValueRef<'_>) -> Result<Self, Malformed> {
        Self::from_flat_at(value, TREE_LEVELS_MAX)
    }

    fn from_flat_at(value: ValueRef<'_>, levels: usize) -> Result<Self, Malformed> {
        let below = levels.checked_sub(1).ok_or(Malformed)?;
        Ok(match value.view()? {
            View::Null => AttributeValue::Null,
            View::Bool(value) => AttributeValue::Bool(value),
            View::S(text) => AttributeValue::S(string(text)?),
            View::N(text) => AttributeValue::N(text.to_vec()),
            View::B(bytes) => AttributeValue::B(bytes.to_vec()),
            View::Ss(members) => AttributeValue::Ss(each_text(members, string)?),
            View::Ns(members) => AttributeValue::Ns(each_text(members, |text| Ok(text.to_vec()))?),
            View::Bs(members) => AttributeValue::Bs(each_text(members, |bytes| Ok(bytes.to_vec()))?),
            View::L(list) => {
                let mut body = list.0.body;
                let elements = (0..list.len()).map(|_| Self::from_flat_at(body.value()?, below));
                AttributeValue::L(elements.collect::<Result<_, _>>()?)
            }
            View::M(map) => AttributeValue::M(Attributes::from_flat_at(map, below)?),
        })
    }

    /// Writes the value.
    pub fn write(&self, writer: &mut Writer) {
        match self {
            AttributeValue::Null => writer.tag(Tag::Null),
            AttributeValue::Bool(value) => writer.bool(*value),
            AttributeValue::S(text) => writer.scalar(Tag::S, text.as_bytes()),
            AttributeValue::N(text) => writer.scalar(Tag::N, text),
            AttributeValue::B(bytes) => writer.scalar(Tag::B, bytes),
            AttributeValue::Ss(members) => {
                write_set(Tag::Ss, SetKind::S, members.iter().map(String::as_bytes), writer);
            }
            AttributeValue::Ns(members) => write_set(Tag::Ns, SetKind::N, members.iter().map(Vec::as_slice), writer),
            AttributeValue::Bs(members) => write_set(Tag::Bs, SetKind::B, members.iter().map(Vec::as_slice), writer),
            AttributeValue::L(elements) => {
                let open = writer.open(Tag::L, elements.len());
                for element in elements {
                    element.write(writer);
                }
                writer.close(open);
            }
            AttributeValue::M(attributes) => attributes.write(Tag::M, writer),
        }
    }

    /// The value's flat bytes.
    pub fn to_flat(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes()
    }
}

impl PartialEq for AttributeValue {
    fn eq(&self, other: &Self) -> bool {
        // One definition of equality serves trees and bytes; trees are compared where speed does not matter.
        equality::equal(ValueRef::trusted(&self.to_flat()), ValueRef::trusted(&other.to_flat()))
    }
}

impl Eq for AttributeValue {}

/// Attributes by name, in the order in which they were put in.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    entries: Vec<(String, AttributeValue)>,
}

impl Attributes {
    /// No attributes.
    pub fn new() -> Self {
        Attributes::default()
    }

    /// Copies an admitted map, or an admitted item's attributes, out of its bytes.
    pub fn from_flat(map: Map<'_>) -> Result<Self, Malformed> {
        Self::from_flat_at(map, TREE_LEVELS_MAX)
    }

    fn from_flat_at(map: Map<'_>, levels: usize) -> Result<Self, Malformed> {
        let mut body = map.0.body;
        let entries = (0..map.len()).map(|_| {
            let name = string(body.text()?)?;
            Ok((name, AttributeValue::from_flat_at(body.value()?, levels)?))
        });
        Ok(Attributes {
            entries: entries.collect::<Result<_, _>>()?,
        })
    }

    /// Writes the attributes as an M, or as the `Attributes` form that `tag` asks for.
    pub fn write(&self, tag: Tag, writer: &mut Writer) {
        debug_assert!(matches!(tag, Tag::M | Tag::Attributes));
        let open = writer.open(tag, self.entries.len());
        for (name, value) in &self.entries {
            writer.text(name.as_bytes());
            value.write(writer);
        }
        writer.close(open);
    }

    /// Number of attributes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True for none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &AttributeValue)> {
        self.entries.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The value under `name`.
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value under `name`, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut AttributeValue> {
        self.entries
            .iter_mut()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// Puts a value under `name`, at the end if the name is new, and hands back what was there.
    pub fn insert(&mut self, name: &str, value: AttributeValue) -> Option<AttributeValue> {
        if let Some(place) = self.get_mut(name) {
            return Some(std::mem::replace(place, value));
        }
        self.entries.push((name.to_owned(), value));
        None
    }

    /// Takes the value under `name` out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        let position = self.entries.iter().position(|(key, _)| key == name)?;
        Some(self.entries.remove(position).1)
    }
}

fn string(text: &[u8]) -> Result<String, Malformed> {
    String::from_utf8(text.to_vec()).map_err(|_| Malformed)
}

fn each_text<T>(members: Texts<'_>, read: impl Fn(&[u8]) -> Result<T, Malformed>) -> Result<Vec<T>, Malformed> {
    let mut body = members.0.body;
    (0..members.len()).map(|_| read(body.text()?)).collect()
}

fn write_set<'a>(tag: Tag, kind: SetKind, members: impl Iterator<Item = &'a [u8]>, writer: &mut Writer) {
    let mut members: Vec<&[u8]> = members.collect();
    sort::by(&mut members, |a, b| compare_members(kind, a, b));
    debug_assert!(members.is_sorted_by(|a, b| a != b), "a set has no member twice");
    let open = writer.open(tag, members.len());
    for member in members {
        writer.text(member);
    }
    writer.close(open);
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
