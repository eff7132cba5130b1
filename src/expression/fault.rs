//! Everything that can be wrong about an expression, and AWS's sentence for it.

use super::Kind;
use crate::value::Layer;
use crate::value::fault::ValueFault;
use crate::value::number::NumberFault;

/// What is wrong with an expression: found in its text, or when its names and values were resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionFault {
    /// An empty text.
    Empty,
    /// More than 4,096 bytes.
    TooLong {
        /// The text's length.
        bytes: usize,
    },
}

impl ExpressionFault {
    /// The sentence, naming the parameter. Bare of any envelope: that is the operation's.
    pub fn message(&self, _kind: Kind) -> String {
        todo!()
    }
}

/// What is wrong with ExpressionAttributeNames or the keys of ExpressionAttributeValues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceholderFault {}

impl PlaceholderFault {
    /// The sentence.
    pub fn message(&self) -> String {
        match *self {}
    }
}

/// What is wrong with ExpressionAttributeValues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesFault {
    /// The map or one of its keys.
    Placeholder(PlaceholderFault),
    /// A value.
    Value {
        /// The placeholder, `:` included.
        key: String,
        /// What is wrong with its value.
        fault: ValueFault,
    },
}

impl ValuesFault {
    /// The sentence, wrapped as the older layer wraps what it finds in expression values.
    pub fn message(&self, _layer: Layer) -> String {
        todo!()
    }
}

/// Why an update cannot be applied to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateFault {
    /// An operand's attribute is not in the item.
    MissingAttribute,
    /// A path leads through something that is not there or not a document.
    InvalidPath,
    /// An operand or the attribute has a type the clause cannot work with.
    OperandType,
    /// A sum or difference that is no number.
    Number(NumberFault),
    /// The item would have more levels than an item may have.
    TooDeep,
}

impl UpdateFault {
    /// The sentence, bare.
    pub fn message(&self) -> String {
        todo!()
    }
}

/// Why key conditions do not fit a key schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyConditionFault {
    /// A key attribute that must be compared is not.
    Missing(String),
}

impl KeyConditionFault {
    /// The sentence, bare.
    pub fn message(&self) -> String {
        todo!()
    }
}
