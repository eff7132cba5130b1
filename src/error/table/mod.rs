//! What can be wrong about a table's definition or a change to it, with AWS's sentences: long known, or recorded in October 2026 in
//! us-east-1 and us-west-2.

mod capacity;
mod change;
mod indexes;
mod keys;
mod setting;

pub use capacity::{Call, CapacityFault, WarmFloor};
pub use change::{Alone, ChangeFault};
pub use indexes::IndexesFault;
pub use keys::{KeysFault, SchemaFault};
pub use setting::SettingFault;

use super::vector::DefinitionFault;
use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";

/// A fault about a table's definition or a change to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// Keys and the attributes they are made of.
    Keys(KeysFault),
    /// Capacity.
    Capacity(CapacityFault),
    /// Secondary indexes.
    Indexes(IndexesFault),
    /// A vector index's definition.
    Vector(DefinitionFault),
    /// A stream, or encryption.
    Setting(SettingFault),
    /// A change as a whole.
    Change(ChangeFault),
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableFault::Keys(fault) => fault.fmt(f),
            TableFault::Capacity(fault) => fault.fmt(f),
            TableFault::Indexes(fault) => fault.fmt(f),
            TableFault::Vector(fault) => write!(f, "{INVALID}{fault}"),
            TableFault::Setting(fault) => fault.fmt(f),
            TableFault::Change(fault) => fault.fmt(f),
        }
    }
}

/// What a fault is about.
macro_rules! subjects {
    ($($fault:ty => $subject:ident,)*) => {
        $(impl From<$fault> for TableFault {
            fn from(fault: $fault) -> Self {
                TableFault::$subject(fault)
            }
        })*
    };
}

subjects! {
    KeysFault => Keys,
    CapacityFault => Capacity,
    IndexesFault => Indexes,
    DefinitionFault => Vector,
    SettingFault => Setting,
    ChangeFault => Change,
}
