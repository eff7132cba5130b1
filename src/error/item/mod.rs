//! What can be wrong about items, keys and the parameters of calls on them, with AWS's sentences.
//!
//! Whether a sentence stands in an envelope is not decided here: see [`super::Envelope`].

mod index;
mod key;
mod legacy;
mod parameters;
mod start_key;
mod transaction;

pub use index::IndexFault;
pub use key::KeyFault;
pub use legacy::{ConditionFault, UpdateFault};
pub use parameters::{ParameterFault, Select};
pub use start_key::StartKeyFault;
pub use transaction::TransactionFault;

use crate::value::key::KeyType;
use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";
/// The same about empty values; the service words it differently.
const NOT_VALID: &str = "One or more parameter values are not valid. ";

/// A fault about items, keys and the parameters of calls on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemFault {
    /// Parameters that exclude or need each other.
    Parameters(ParameterFault),
    /// A legacy condition that does not hang together.
    Condition(ConditionFault),
    /// A legacy update that does not hang together.
    Update(UpdateFault),
    /// A key.
    Key(KeyFault),
    /// A secondary index, or an attribute of its key.
    Index(IndexFault),
    /// A starting key.
    StartKey(StartKeyFault),
    /// A transaction as a whole.
    Transaction(TransactionFault),
    /// A put above 400 KB.
    ItemTooLarge,
    /// An update whose outcome, or whose own size, is above 400 KB.
    UpdatedItemTooLarge,
}

/// What an empty key value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// `""`
    Text,
    /// No bytes.
    Binary,
}

impl fmt::Display for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ItemFault::Parameters(fault) => fault.fmt(f),
            ItemFault::Condition(fault) => fault.fmt(f),
            ItemFault::Update(fault) => fault.fmt(f),
            ItemFault::Key(fault) => fault.fmt(f),
            ItemFault::Index(fault) => fault.fmt(f),
            ItemFault::StartKey(fault) => fault.fmt(f),
            ItemFault::Transaction(fault) => fault.fmt(f),
            ItemFault::ItemTooLarge => f.write_str("Item size has exceeded the maximum allowed size"),
            ItemFault::UpdatedItemTooLarge => f.write_str("Item size to update has exceeded the maximum allowed size"),
        }
    }
}

/// What a fault is about.
macro_rules! subjects {
    ($($fault:ty => $subject:ident,)*) => {
        $(impl From<$fault> for ItemFault {
            fn from(fault: $fault) -> Self {
                ItemFault::$subject(fault)
            }
        })*
    };
}

subjects! {
    ParameterFault => Parameters,
    ConditionFault => Condition,
    UpdateFault => Update,
    KeyFault => Key,
    IndexFault => Index,
    StartKeyFault => StartKey,
    TransactionFault => Transaction,
}

impl fmt::Display for Empty {
    /// The sentence that all faults about empty key values share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Empty::Text => "string",
            Empty::Binary => "binary",
        };
        write!(
            f,
            "The AttributeValue for a key attribute cannot contain an empty {kind} value."
        )
    }
}

/// A key type as in the API.
pub fn type_name(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::S => "S",
        KeyType::N => "N",
        KeyType::B => "B",
    }
}
