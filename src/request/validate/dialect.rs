//! How an operation words what it refuses: which generation of validation reads it, and whether sentences stand in an envelope.

use crate::error::item::ItemFault;
use crate::error::{Envelope, Error, Invalid};
use crate::expression::{ExpressionFault, Kind, PlaceholderFault, ValueOfPlaceholder};
use crate::request::Operation;
use crate::value::Layer;
use crate::value::admit::{COMPARED_LEVELS_MAX, NESTING_LEVELS_MAX};
use crate::value::fault::ValueFault;

/// The wording of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Which generation of validation reads its values.
    pub layer: Layer,
    /// What stands around sentences that are not about members.
    pub envelope: Envelope,
    /// Levels that expression values may have.
    pub value_levels: usize,
}

impl Dialect {
    /// The wording of an operation, as us-east-1 has it.
    pub const fn of(operation: Operation) -> Self {
        match operation {
            Operation::PutItem | Operation::UpdateItem | Operation::DeleteItem => Dialect {
                layer: Layer::Newer,
                envelope: Envelope::OneError,
                value_levels: NESTING_LEVELS_MAX,
            },
            Operation::GetItem | Operation::BatchGetItem | Operation::Query | Operation::SearchVectors => Dialect {
                layer: Layer::Newer,
                envelope: Envelope::Bare,
                value_levels: NESTING_LEVELS_MAX,
            },
            // What a transaction compares with is not looked into; what it would store cancels it.
            Operation::TransactWriteItems => Dialect {
                layer: Layer::Older,
                envelope: Envelope::Bare,
                value_levels: COMPARED_LEVELS_MAX,
            },
            // Scan, BatchWriteItem, PartiQL and the control plane.
            _ => Dialect {
                layer: Layer::Older,
                envelope: Envelope::Bare,
                value_levels: NESTING_LEVELS_MAX,
            },
        }
    }

    /// A fault of parameters.
    pub fn item(self, fault: impl Into<ItemFault>) -> Error {
        Error::invalid(Invalid::Item {
            fault: fault.into(),
            envelope: self.envelope,
        })
    }

    /// A value that is refused.
    pub fn value(self, fault: ValueFault) -> Error {
        Error::invalid(Invalid::Value {
            fault,
            layer: self.layer,
            envelope: self.envelope,
        })
    }

    /// A fault of an expression.
    pub fn expression(self, kind: Kind) -> impl FnOnce(ExpressionFault) -> Error {
        move |fault| {
            Error::invalid(Invalid::Expression {
                kind,
                fault,
                envelope: self.envelope,
            })
        }
    }

    /// A fault of names, or of values that nothing uses.
    pub fn placeholder(self, fault: PlaceholderFault) -> Error {
        Error::invalid(Invalid::Placeholder {
            fault,
            envelope: self.envelope,
        })
    }

    /// A fault of the value of a placeholder.
    pub fn values(self, fault: ValueOfPlaceholder) -> Error {
        Error::invalid(Invalid::Values {
            fault,
            layer: self.layer,
            envelope: self.envelope,
        })
    }
}

/// A fault that is never in an envelope: everything found after the table lookup.
pub fn bare(fault: impl Into<ItemFault>) -> Error {
    Error::invalid(Invalid::Item {
        fault: fault.into(),
        envelope: Envelope::Bare,
    })
}
