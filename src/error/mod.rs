//! Every exception the API can answer with, and the one place where each becomes its name, status and sentence.
//!
//! An [`Error`] is a cause as data. Nothing outside this folder writes a sentence a caller can read: the causes live in the
//! files beside this one, grouped by what they are about, and say themselves through [`std::fmt::Display`]. Presentation (the
//! envelope around a sentence, the older or the newer wording) is carried by the cause, because it follows from the operation
//! that was called.

pub mod access;
pub mod annotation;
mod cancellation;
mod invalid;
pub mod item;
pub mod member;
pub mod resource;
pub mod serialization;
pub mod stream;
pub mod table;
pub mod throttling;
pub mod vector;
mod write;

use crate::value::Item;
pub use access::AccessFault;
pub use cancellation::CancellationReason;
pub use invalid::{Envelope, Invalid};
pub use member::MemberFaults;
pub use resource::{Busy, Exceeded, Missing, NoPolicy};
pub use serialization::SerializationFault;
use std::borrow::Cow;
use std::fmt;
pub use throttling::ThrottlingReason;
pub use write::MessageKey;

const CONDITION_FAILED: &str = "The conditional request failed";
const TRANSACTION_ONGOING: &str = "Transaction is ongoing for the item";
const DUPLICATE_KEY: &str = "Duplicate primary key exists in table";

/// An exception of the API. Variants carry AWS's names, letter for letter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "a variant is the AWS exception of its name; its cause documents itself"
)]
pub enum Error {
    // The framework's, before an operation is looked at.
    SerializationException(SerializationFault),
    UnknownOperationException,
    RequestEntityTooLargeException,
    AccessDeniedException(AccessFault),
    MissingAuthenticationTokenException(AccessFault),
    IncompleteSignatureException(AccessFault),
    InvalidSignatureException(AccessFault),
    UnrecognizedClientException(AccessFault),
    // The operations'.
    ValidationException(Invalid),
    ResourceNotFoundException(Missing),
    ResourceInUseException(Busy),
    LimitExceededException(Exceeded),
    ConditionalCheckFailedException { item: Option<Item> },
    ProvisionedThroughputExceededException { reasons: Vec<ThrottlingReason> },
    RequestLimitExceeded { reasons: Vec<ThrottlingReason> },
    ThrottlingException { reasons: Vec<ThrottlingReason> },
    InternalServerError,
    InternalFailure,
    // Transactions and PartiQL. The item that an INSERT has met is weighed, never shown.
    TransactionCanceledException { reasons: Vec<CancellationReason> },
    TransactionConflictException,
    TransactionInProgressException,
    IdempotentParameterMismatchException,
    DuplicateItemException { item: Option<Item> },
    // Streams.
    ExpiredIteratorException,
    TrimmedDataAccessException,
    // Policies.
    PolicyNotFoundException(NoPolicy),
}

impl Error {
    /// A ValidationException over a cause.
    pub fn invalid(cause: impl Into<Invalid>) -> Self {
        Error::ValidationException(cause.into())
    }

    /// AWS's name of the exception: what follows `#` in `__type`, and the `name` of the JS error.
    pub fn name(&self) -> &'static str {
        match self {
            Error::SerializationException(_) => "SerializationException",
            Error::UnknownOperationException => "UnknownOperationException",
            Error::RequestEntityTooLargeException => "RequestEntityTooLargeException",
            Error::AccessDeniedException(_) => "AccessDeniedException",
            Error::MissingAuthenticationTokenException(_) => "MissingAuthenticationTokenException",
            Error::IncompleteSignatureException(_) => "IncompleteSignatureException",
            Error::InvalidSignatureException(_) => "InvalidSignatureException",
            Error::UnrecognizedClientException(_) => "UnrecognizedClientException",
            Error::ValidationException(_) => "ValidationException",
            Error::ResourceNotFoundException(_) => "ResourceNotFoundException",
            Error::ResourceInUseException(_) => "ResourceInUseException",
            Error::LimitExceededException(_) => "LimitExceededException",
            Error::ConditionalCheckFailedException { .. } => "ConditionalCheckFailedException",
            Error::ProvisionedThroughputExceededException { .. } => "ProvisionedThroughputExceededException",
            Error::RequestLimitExceeded { .. } => "RequestLimitExceeded",
            Error::ThrottlingException { .. } => "ThrottlingException",
            Error::InternalServerError => "InternalServerError",
            Error::InternalFailure => "InternalFailure",
            Error::TransactionCanceledException { .. } => "TransactionCanceledException",
            Error::TransactionConflictException => "TransactionConflictException",
            Error::TransactionInProgressException => "TransactionInProgressException",
            Error::IdempotentParameterMismatchException => "IdempotentParameterMismatchException",
            Error::DuplicateItemException { .. } => "DuplicateItemException",
            Error::ExpiredIteratorException => "ExpiredIteratorException",
            Error::TrimmedDataAccessException => "TrimmedDataAccessException",
            Error::PolicyNotFoundException(_) => "PolicyNotFoundException",
        }
    }

    /// The sentence, or `None` where AWS sends none.
    pub fn message(&self) -> Option<Cow<'static, str>> {
        let sentence: Cow<'static, str> = match self {
            Error::SerializationException(fault) => return fault.message(),
            Error::UnknownOperationException | Error::RequestEntityTooLargeException | Error::InternalFailure => {
                return None;
            }
            Error::AccessDeniedException(fault)
            | Error::MissingAuthenticationTokenException(fault)
            | Error::IncompleteSignatureException(fault)
            | Error::InvalidSignatureException(fault)
            | Error::UnrecognizedClientException(fault) => fault.to_string().into(),
            Error::ValidationException(invalid) => invalid.to_string().into(),
            Error::ResourceNotFoundException(missing) => missing.to_string().into(),
            Error::ResourceInUseException(busy) => busy.to_string().into(),
            Error::LimitExceededException(exceeded) => exceeded.to_string().into(),
            Error::ConditionalCheckFailedException { .. } => CONDITION_FAILED.into(),
            Error::ProvisionedThroughputExceededException { reasons } => {
                throttling::provisioned_sentence(reasons).into()
            }
            Error::RequestLimitExceeded { .. } => throttling::account_sentence().into(),
            Error::ThrottlingException { reasons } => throttling::throttling_sentence(reasons).into(),
            Error::InternalServerError => "Internal server error".into(),
            Error::TransactionCanceledException { reasons } => cancellation::cancelled(reasons).into(),
            Error::TransactionConflictException => TRANSACTION_ONGOING.into(),
            Error::TransactionInProgressException => {
                "The transaction with the given request token is already in progress.".into()
            }
            Error::IdempotentParameterMismatchException => {
                "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.".into()
            }
            Error::DuplicateItemException { .. } => DUPLICATE_KEY.into(),
            Error::ExpiredIteratorException => "Shard iterator has expired".into(),
            Error::TrimmedDataAccessException => "The data you are trying to access has been trimmed".into(),
            Error::PolicyNotFoundException(missing) => missing.to_string().into(),
        };
        Some(sentence)
    }

    /// 500 where the fault is the service's, 413 for a body that is too long, 400 everywhere else.
    pub fn http_status(&self) -> u16 {
        if matches!(self, Error::InternalServerError | Error::InternalFailure) {
            500
        } else if matches!(self, Error::RequestEntityTooLargeException) {
            413
        } else {
            400
        }
    }

    /// What stands before `#` in the `__type` of a JSON body.
    pub fn type_prefix(&self) -> &'static str {
        match self {
            Error::ValidationException(_) => "com.amazon.coral.validate",
            Error::SerializationException(_)
            | Error::UnknownOperationException
            | Error::RequestEntityTooLargeException
            | Error::AccessDeniedException(_)
            | Error::MissingAuthenticationTokenException(_)
            | Error::IncompleteSignatureException(_)
            | Error::InvalidSignatureException(_)
            | Error::UnrecognizedClientException(_)
            | Error::InternalFailure => "com.amazon.coral.service",
            Error::ResourceNotFoundException(_)
            | Error::ResourceInUseException(_)
            | Error::LimitExceededException(_)
            | Error::ConditionalCheckFailedException { .. }
            | Error::ProvisionedThroughputExceededException { .. }
            | Error::RequestLimitExceeded { .. }
            | Error::ThrottlingException { .. }
            | Error::InternalServerError
            | Error::TransactionCanceledException { .. }
            | Error::TransactionConflictException
            | Error::TransactionInProgressException
            | Error::IdempotentParameterMismatchException
            | Error::DuplicateItemException { .. }
            | Error::ExpiredIteratorException
            | Error::TrimmedDataAccessException
            | Error::PolicyNotFoundException(_) => "com.amazonaws.dynamodb.v20120810",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message() {
            Some(message) => write!(f, "{}: {message}", self.name()),
            None => f.write_str(self.name()),
        }
    }
}

impl std::error::Error for Error {}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Error::ValidationException(invalid)
    }
}

impl From<SerializationFault> for Error {
    fn from(fault: SerializationFault) -> Self {
        Error::SerializationException(fault)
    }
}
