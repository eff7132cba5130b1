//! What can be wrong about the actions of a transaction.

use std::fmt;

/// A fault of a transaction as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionFault {
    /// An action that does nothing.
    NoAction,
    /// An action that does several things.
    ManyActions,
    /// One item in two actions.
    DuplicateItems,
    /// Items of more than 4 MB together.
    TooLarge,
}

impl fmt::Display for TransactionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TransactionFault::NoAction => {
                f.write_str("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request")
            }
            // Seen on DynamoDB Local; no recording from AWS.
            TransactionFault::ManyActions => {
                f.write_str("TransactItems can only contain one of Check, Put, Update or Delete")
            }
            TransactionFault::DuplicateItems => {
                f.write_str("Transaction request cannot include multiple operations on one item")
            }
            // As the API reference words the rule; no recording from AWS.
            TransactionFault::TooLarge => {
                f.write_str("The aggregate size of the items in the transaction cannot exceed 4 MB")
            }
        }
    }
}
