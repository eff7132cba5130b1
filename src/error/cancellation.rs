//! Cancelled transactions: what became of each of their actions.

use super::{CONDITION_FAILED, DUPLICATE_KEY, Error, Invalid, TRANSACTION_ONGOING, ThrottlingReason, throttling};
use crate::value::Item;
use std::borrow::Cow;

/// What became of one action of a cancelled transaction, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancellationReason {
    /// The action was fine.
    None,
    /// Its condition was false; the item is shown where the action asked for it.
    ConditionalCheckFailed {
        /// The item as it stood.
        item: Option<Item>,
    },
    /// It was invalid against the table or the stored item.
    ValidationError(Invalid),
    /// Another transaction holds the item.
    TransactionConflict,
    /// The provisioned throughput of the table, or of an index that the action would write to, is spent.
    ProvisionedThroughputExceeded(Vec<ThrottlingReason>),
    /// The table or an index on demand cannot keep up.
    ThrottlingError(Vec<ThrottlingReason>),
    /// A PartiQL INSERT met an item.
    DuplicateItem,
}

/// The sentence of a cancelled transaction: users of botocore parse the codes out of it.
pub(super) fn cancelled(reasons: &[CancellationReason]) -> String {
    let codes: Vec<&str> = reasons.iter().map(CancellationReason::code).collect();
    format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    )
}

impl CancellationReason {
    /// The reason for which an error of one action cancels its transaction.
    ///
    /// # Errors
    /// The error itself, if it is none of an action: it is the answer to the whole transaction.
    pub fn of(error: Error) -> Result<Self, Error> {
        Ok(match error {
            Error::ConditionalCheckFailedException { item } => CancellationReason::ConditionalCheckFailed { item },
            Error::ValidationException(cause) => CancellationReason::ValidationError(cause),
            Error::TransactionConflictException => CancellationReason::TransactionConflict,
            Error::ProvisionedThroughputExceededException { reasons } => {
                CancellationReason::ProvisionedThroughputExceeded(reasons)
            }
            // Cancelled transactions know no code of the account's limit.
            Error::ThrottlingException { reasons } | Error::RequestLimitExceeded { reasons } => {
                CancellationReason::ThrottlingError(reasons)
            }
            Error::DuplicateItemException { .. } => CancellationReason::DuplicateItem,
            // No other exception is about a single action.
            other => return Err(other),
        })
    }

    /// The `Code` member.
    pub fn code(&self) -> &'static str {
        match self {
            CancellationReason::None => "None",
            CancellationReason::ConditionalCheckFailed { .. } => "ConditionalCheckFailed",
            CancellationReason::ValidationError(_) => "ValidationError",
            CancellationReason::TransactionConflict => "TransactionConflict",
            CancellationReason::ProvisionedThroughputExceeded(_) => "ProvisionedThroughputExceeded",
            CancellationReason::ThrottlingError(_) => "ThrottlingError",
            CancellationReason::DuplicateItem => "DuplicateItem",
        }
    }

    /// The `Message` member; an action that was fine has none.
    pub fn message(&self) -> Option<Cow<'static, str>> {
        match self {
            CancellationReason::None => None,
            CancellationReason::ConditionalCheckFailed { .. } => Some(CONDITION_FAILED.into()),
            CancellationReason::ValidationError(invalid) => Some(invalid.to_string().into()),
            CancellationReason::TransactionConflict => Some(TRANSACTION_ONGOING.into()),
            CancellationReason::ProvisionedThroughputExceeded(reasons) => {
                Some(throttling::cancelling_sentence(reasons).into())
            }
            CancellationReason::ThrottlingError(reasons) => Some(throttling::throttling_sentence(reasons).into()),
            CancellationReason::DuplicateItem => Some(DUPLICATE_KEY.into()),
        }
    }
}
