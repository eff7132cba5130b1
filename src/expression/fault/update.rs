//! Why an update cannot be applied to an item as it is.

use crate::value::Layer;
use crate::value::fault::ValueFault;
use crate::value::number::NumberFault;

/// Why an update cannot be applied to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateFault {
    /// An operand's attribute is not in the item.
    MissingAttribute,
    /// A path leads through something that is not there or not a document.
    InvalidPath,
    /// An operand or the attribute has a type that the clause cannot work with.
    OperandType,
    /// A sum or difference that is no number.
    Number(NumberFault),
    /// An attribute would have more levels than it may have.
    TooDeep,
}

impl UpdateFault {
    /// The sentence, bare.
    pub fn message(&self) -> String {
        match self {
            UpdateFault::MissingAttribute => {
                "The provided expression refers to an attribute that does not exist in the item".to_owned()
            }
            UpdateFault::InvalidPath => {
                "The document path provided in the update expression is invalid for update".to_owned()
            }
            UpdateFault::OperandType => "An operand in the update expression has an incorrect data type".to_owned(),
            UpdateFault::Number(fault) => fault.message(b"", Layer::Newer),
            UpdateFault::TooDeep => ValueFault::TooDeep.message(Layer::Newer),
        }
    }
}
