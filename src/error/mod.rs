//! Every exception the API can answer with, and the one place where each becomes its name, status and sentence.
//!
//! An [`Error`] is a cause as data. Nothing outside this folder writes a sentence a caller can read: the causes live in the
//! files beside this one, grouped by what they are about, and say themselves through [`std::fmt::Display`]. Presentation (the
//! envelope around a sentence, the older or the newer wording) is carried by the cause, because it follows from the operation
//! that was called.

pub mod access;
pub mod annotation;
pub mod item;
pub mod member;
pub mod resource;
pub mod serialization;
pub mod stream;
pub mod table;
pub mod throttling;
pub mod vector;

use crate::expression;
use crate::partiql::StatementFault;
use crate::value::fault::ValueFault;
use crate::value::flat::{Tag, ValueRef, Writer};
use crate::value::{Item, Layer};
pub use access::AccessFault;
pub use member::MemberFaults;
pub use resource::{Busy, Exceeded, Missing, NoPolicy};
pub use serialization::SerializationFault;
use std::borrow::Cow;
use std::fmt;
pub use throttling::ThrottlingReason;

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
    ItemCollectionSizeLimitExceededException,
    ProvisionedThroughputExceededException { reasons: Vec<ThrottlingReason> },
    RequestLimitExceeded { reasons: Vec<ThrottlingReason> },
    ThrottlingException { reasons: Vec<ThrottlingReason> },
    InternalServerError,
    InternalFailure,
    // Transactions and PartiQL.
    TransactionCanceledException { reasons: Vec<CancellationReason> },
    TransactionConflictException,
    TransactionInProgressException,
    IdempotentParameterMismatchException,
    DuplicateItemException,
    // Streams.
    ExpiredIteratorException,
    TrimmedDataAccessException,
    // Backups, restores, exports and imports.
    BackupInUseException { arn: String },
    BackupNotFoundException { arn: String },
    ContinuousBackupsUnavailableException { table: String },
    PointInTimeRecoveryUnavailableException { table: String },
    InvalidRestoreTimeException,
    InvalidExportTimeException,
    TableAlreadyExistsException { table: String },
    TableInUseException { table: String },
    TableNotFoundException { table: String },
    ExportConflictException,
    ExportNotFoundException { arn: String },
    ImportConflictException,
    ImportNotFoundException { arn: String },
    // Global tables, policies.
    GlobalTableAlreadyExistsException { table: String },
    GlobalTableNotFoundException { table: String },
    ReplicaAlreadyExistsException { table: String, region: String },
    ReplicaNotFoundException { table: String, region: String },
    ReplicatedWriteConflictException,
    IndexNotFoundException { index: String },
    PolicyNotFoundException(NoPolicy),
}

/// Why a request is invalid: the cause of a ValidationException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A member breaks its own constraint.
    Members(MemberFaults),
    /// Something about a table: its definition, or a change to it.
    Table(table::TableFault),
    /// Something about a stream.
    Stream(stream::StreamFault),
    /// Something about the expiry of items.
    TimeToLive(stream::TimeToLiveFault),
    /// Something about a Kinesis destination.
    Kinesis(stream::KinesisFault),
    /// Something about tags, a resource policy, or the ARN that names what they are for.
    Annotation(annotation::AnnotationFault),
    /// Something about items: parameters that exclude each other, keys, sizes.
    Item {
        /// What is wrong.
        fault: item::ItemFault,
        /// Whether the sentence stands in an envelope.
        envelope: Envelope,
    },
    /// A value that cannot be stored.
    Value {
        /// What is wrong.
        fault: ValueFault,
        /// Who words the sentence.
        layer: Layer,
        /// Whether the sentence stands in an envelope, if it is one that ever does.
        envelope: Envelope,
    },
    /// An expression.
    Expression {
        /// The parameter it stands in.
        kind: expression::Kind,
        /// What is wrong.
        fault: expression::ExpressionFault,
        /// Whether the sentence stands in an envelope.
        envelope: Envelope,
    },
    /// ExpressionAttributeNames, or the keys of ExpressionAttributeValues.
    Placeholder {
        /// What is wrong.
        fault: expression::PlaceholderFault,
        /// Whether the sentence stands in an envelope.
        envelope: Envelope,
    },
    /// ExpressionAttributeValues.
    Values {
        /// What is wrong.
        fault: expression::ValuesFault,
        /// Who words the sentence.
        layer: Layer,
        /// Whether the sentence stands in an envelope.
        envelope: Envelope,
    },
    /// Key conditions that do not fit the key.
    KeyCondition(expression::KeyConditionFault),
    /// An update that cannot be applied to the item as it is.
    Update(expression::UpdateFault),
    /// A PartiQL statement.
    Statement(StatementFault),
    /// A vector, or a search among vectors.
    Vector(vector::VectorFault),
}

/// Whether a sentence of its own stands in the envelope that member constraints have. On AWS, PutItem, UpdateItem and
/// DeleteItem wrap sentences which GetItem, BatchGetItem and Query give bare).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// The sentence as it is.
    Bare,
    /// `1 validation error detected: ` before the sentence.
    OneError,
}

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
    /// The item collection would pass 10 GB.
    ItemCollectionSizeLimitExceeded,
    /// The provisioned throughput of the table, or of an index that the action would write to, is spent.
    ProvisionedThroughputExceeded(Vec<ThrottlingReason>),
    /// The table or an index on demand cannot keep up.
    ThrottlingError(Vec<ThrottlingReason>),
    /// A PartiQL INSERT met an item.
    DuplicateItem,
}

/// The member of an error body that holds its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKey {
    /// `message`
    Lower,
    /// `Message`
    Upper,
}

impl MessageKey {
    /// The key as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageKey::Lower => "message",
            MessageKey::Upper => "Message",
        }
    }
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
            Error::ItemCollectionSizeLimitExceededException => "ItemCollectionSizeLimitExceededException",
            Error::ProvisionedThroughputExceededException { .. } => "ProvisionedThroughputExceededException",
            Error::RequestLimitExceeded { .. } => "RequestLimitExceeded",
            Error::ThrottlingException { .. } => "ThrottlingException",
            Error::InternalServerError => "InternalServerError",
            Error::InternalFailure => "InternalFailure",
            Error::TransactionCanceledException { .. } => "TransactionCanceledException",
            Error::TransactionConflictException => "TransactionConflictException",
            Error::TransactionInProgressException => "TransactionInProgressException",
            Error::IdempotentParameterMismatchException => "IdempotentParameterMismatchException",
            Error::DuplicateItemException => "DuplicateItemException",
            Error::ExpiredIteratorException => "ExpiredIteratorException",
            Error::TrimmedDataAccessException => "TrimmedDataAccessException",
            Error::BackupInUseException { .. } => "BackupInUseException",
            Error::BackupNotFoundException { .. } => "BackupNotFoundException",
            Error::ContinuousBackupsUnavailableException { .. } => "ContinuousBackupsUnavailableException",
            Error::PointInTimeRecoveryUnavailableException { .. } => "PointInTimeRecoveryUnavailableException",
            Error::InvalidRestoreTimeException => "InvalidRestoreTimeException",
            Error::InvalidExportTimeException => "InvalidExportTimeException",
            Error::TableAlreadyExistsException { .. } => "TableAlreadyExistsException",
            Error::TableInUseException { .. } => "TableInUseException",
            Error::TableNotFoundException { .. } => "TableNotFoundException",
            Error::ExportConflictException => "ExportConflictException",
            Error::ExportNotFoundException { .. } => "ExportNotFoundException",
            Error::ImportConflictException => "ImportConflictException",
            Error::ImportNotFoundException { .. } => "ImportNotFoundException",
            Error::GlobalTableAlreadyExistsException { .. } => "GlobalTableAlreadyExistsException",
            Error::GlobalTableNotFoundException { .. } => "GlobalTableNotFoundException",
            Error::ReplicaAlreadyExistsException { .. } => "ReplicaAlreadyExistsException",
            Error::ReplicaNotFoundException { .. } => "ReplicaNotFoundException",
            Error::ReplicatedWriteConflictException => "ReplicatedWriteConflictException",
            Error::IndexNotFoundException { .. } => "IndexNotFoundException",
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
            Error::ItemCollectionSizeLimitExceededException => COLLECTION_TOO_LARGE.into(),
            Error::ProvisionedThroughputExceededException { reasons } => {
                throttling::provisioned_sentence(reasons).into()
            }
            Error::RequestLimitExceeded { .. } => throttling::account_sentence().into(),
            Error::ThrottlingException { reasons } => throttling::throttling_sentence(reasons).into(),
            Error::InternalServerError => "Internal server error".into(),
            Error::TransactionCanceledException { reasons } => cancelled(reasons).into(),
            Error::TransactionConflictException => TRANSACTION_ONGOING.into(),
            Error::TransactionInProgressException => {
                "The transaction with the given request token is already in progress.".into()
            }
            Error::IdempotentParameterMismatchException => {
                "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.".into()
            }
            Error::DuplicateItemException => DUPLICATE_KEY.into(),
            Error::ExpiredIteratorException => "Iterator expired. Please get a new iterator.".into(),
            Error::TrimmedDataAccessException => {
                "The operation attempted to read past the oldest stream record in a shard.".into()
            }
            Error::BackupInUseException { arn } => {
                format!("Backup is being used by another operation: {arn}").into()
            }
            Error::BackupNotFoundException { arn } => format!("Backup not found: {arn}").into(),
            Error::ContinuousBackupsUnavailableException { table } => {
                format!("Backups are being enabled for the table: {table}. Please retry later").into()
            }
            Error::PointInTimeRecoveryUnavailableException { table } => {
                format!("Point in time recovery is not enabled for table '{table}'").into()
            }
            Error::InvalidRestoreTimeException => {
                "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.".into()
            }
            Error::InvalidExportTimeException => {
                "The specified ExportTime is outside of the point in time recovery window.".into()
            }
            Error::TableAlreadyExistsException { table } => format!("Table already exists: {table}").into(),
            Error::TableInUseException { table } => format!("Table is in use: {table}").into(),
            Error::TableNotFoundException { table } => format!("Table not found: {table}").into(),
            Error::ExportConflictException => "There was a conflict when writing to the specified S3 bucket.".into(),
            Error::ExportNotFoundException { arn } => format!("Export not found: {arn}").into(),
            Error::ImportConflictException => {
                "There was a conflict when importing from the specified S3 source.".into()
            }
            Error::ImportNotFoundException { arn } => format!("Import not found: {arn}").into(),
            Error::GlobalTableAlreadyExistsException { table } => {
                format!("Global table with name: '{table}' already exists.").into()
            }
            Error::GlobalTableNotFoundException { table } => {
                format!("Global table not found: Global table with name: '{table}' does not exist.").into()
            }
            Error::ReplicaAlreadyExistsException { table, region } => format!(
                "Replica already exists: Global table '{table}' already has a replica in region '{region}'."
            )
            .into(),
            Error::ReplicaNotFoundException { table, region } => format!(
                "Replica not found: Global table '{table}' does not have a replica in region '{region}'."
            )
            .into(),
            Error::ReplicatedWriteConflictException => {
                "One or more items in this request are being modified by a request in another Region.".into()
            }
            Error::IndexNotFoundException { index } => {
                format!("The operation tried to access a nonexistent index: {index}").into()
            }
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
            | Error::ItemCollectionSizeLimitExceededException
            | Error::ProvisionedThroughputExceededException { .. }
            | Error::RequestLimitExceeded { .. }
            | Error::ThrottlingException { .. }
            | Error::InternalServerError
            | Error::TransactionCanceledException { .. }
            | Error::TransactionConflictException
            | Error::TransactionInProgressException
            | Error::IdempotentParameterMismatchException
            | Error::DuplicateItemException
            | Error::ExpiredIteratorException
            | Error::TrimmedDataAccessException
            | Error::BackupInUseException { .. }
            | Error::BackupNotFoundException { .. }
            | Error::ContinuousBackupsUnavailableException { .. }
            | Error::PointInTimeRecoveryUnavailableException { .. }
            | Error::InvalidRestoreTimeException
            | Error::InvalidExportTimeException
            | Error::TableAlreadyExistsException { .. }
            | Error::TableInUseException { .. }
            | Error::TableNotFoundException { .. }
            | Error::ExportConflictException
            | Error::ExportNotFoundException { .. }
            | Error::ImportConflictException
            | Error::ImportNotFoundException { .. }
            | Error::GlobalTableAlreadyExistsException { .. }
            | Error::GlobalTableNotFoundException { .. }
            | Error::ReplicaAlreadyExistsException { .. }
            | Error::ReplicaNotFoundException { .. }
            | Error::ReplicatedWriteConflictException
            | Error::IndexNotFoundException { .. }
            | Error::PolicyNotFoundException(_) => "com.amazonaws.dynamodb.v20120810",
        }
    }

    /// How the JSON body spells the member that holds the sentence: as the API's model does, and `Message` for the two
    /// framework exceptions that AWS was seen to answer so.
    pub fn message_key(&self) -> MessageKey {
        if matches!(
            self,
            Error::SerializationException(_)
                | Error::AccessDeniedException(_)
                | Error::TransactionCanceledException { .. }
                | Error::TransactionInProgressException
                | Error::IdempotentParameterMismatchException
        ) {
            MessageKey::Upper
        } else {
            MessageKey::Lower
        }
    }

    /// Writes the error tree: M {name, message where there is one, status, and the exception's own members}.
    pub fn write_flat(&self, writer: &mut Writer) {
        let message = self.message();
        let count = 2 + usize::from(message.is_some()) + usize::from(self.has_members());
        let tree = writer.open(Tag::M, count);
        writer.text(b"name");
        writer.scalar(Tag::S, self.name().as_bytes());
        if let Some(message) = message {
            writer.text(b"message");
            writer.scalar(Tag::S, message.as_bytes());
        }
        writer.text(b"status");
        writer.scalar(Tag::N, self.http_status().to_string().as_bytes());
        self.write_members(writer);
        writer.close(tree);
    }

    /// True when the exception carries a member beside its sentence.
    pub fn has_members(&self) -> bool {
        self.extra().is_some()
    }

    /// Writes the exception's own member as name and value, if it has one ([`Error::has_members`]).
    pub fn write_members(&self, writer: &mut Writer) {
        match self.extra() {
            None => {}
            Some(Extra::Item(item)) => write_item(item, writer),
            Some(Extra::Cancellation(reasons)) => {
                writer.text(b"CancellationReasons");
                let list = writer.open(Tag::L, reasons.len());
                for reason in reasons {
                    reason.write_flat(writer);
                }
                writer.close(list);
            }
            Some(Extra::Throttling { name, reasons }) => write_throttling(name, reasons, writer),
        }
    }

    /// The member that an exception has beside its sentence.
    fn extra(&self) -> Option<Extra<'_>> {
        let (name, reasons) = match self {
            Error::ConditionalCheckFailedException { item } => return item.as_ref().map(Extra::Item),
            Error::TransactionCanceledException { reasons } => return Some(Extra::Cancellation(reasons)),
            Error::ProvisionedThroughputExceededException { reasons } | Error::RequestLimitExceeded { reasons } => {
                ("ThrottlingReasons", reasons)
            }
            // The model spells this one's member differently.
            Error::ThrottlingException { reasons } => ("throttlingReasons", reasons),
            // Every other exception is its sentence and nothing more.
            _ => return None,
        };
        (!reasons.is_empty()).then_some(Extra::Throttling { name, reasons })
    }
}

/// A member of an exception beside its sentence.
enum Extra<'a> {
    Item(&'a Item),
    Cancellation(&'a [CancellationReason]),
    Throttling {
        name: &'static str,
        reasons: &'a [ThrottlingReason],
    },
}

const CONDITION_FAILED: &str = "The conditional request failed";
const COLLECTION_TOO_LARGE: &str = "Collection size exceeded.";
const TRANSACTION_ONGOING: &str = "Transaction is ongoing for the item";
const DUPLICATE_KEY: &str = "Duplicate primary key exists in table";

/// The sentence of a cancelled transaction: users of botocore parse the codes out of it.
fn cancelled(reasons: &[CancellationReason]) -> String {
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
            Error::ItemCollectionSizeLimitExceededException => CancellationReason::ItemCollectionSizeLimitExceeded,
            Error::ProvisionedThroughputExceededException { reasons } => {
                CancellationReason::ProvisionedThroughputExceeded(reasons)
            }
            // Cancelled transactions know no code of the account's limit.
            Error::ThrottlingException { reasons } | Error::RequestLimitExceeded { reasons } => {
                CancellationReason::ThrottlingError(reasons)
            }
            Error::DuplicateItemException => CancellationReason::DuplicateItem,
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
            CancellationReason::ItemCollectionSizeLimitExceeded => "ItemCollectionSizeLimitExceeded",
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
            CancellationReason::ItemCollectionSizeLimitExceeded => Some(COLLECTION_TOO_LARGE.into()),
            CancellationReason::ProvisionedThroughputExceeded(reasons) => {
                Some(throttling::cancelling_sentence(reasons).into())
            }
            CancellationReason::ThrottlingError(reasons) => Some(throttling::throttling_sentence(reasons).into()),
            CancellationReason::DuplicateItem => Some(DUPLICATE_KEY.into()),
        }
    }

    fn write_flat(&self, writer: &mut Writer) {
        let message = self.message();
        let item = match self {
            CancellationReason::ConditionalCheckFailed { item } => item.as_ref(),
            CancellationReason::None
            | CancellationReason::ValidationError(_)
            | CancellationReason::TransactionConflict
            | CancellationReason::ItemCollectionSizeLimitExceeded
            | CancellationReason::ProvisionedThroughputExceeded(_)
            | CancellationReason::ThrottlingError(_)
            | CancellationReason::DuplicateItem => None,
        };
        let count = 1 + usize::from(message.is_some()) + usize::from(item.is_some());
        let reason = writer.open(Tag::M, count);
        writer.text(b"Code");
        writer.scalar(Tag::S, self.code().as_bytes());
        if let Some(message) = message {
            writer.text(b"Message");
            writer.scalar(Tag::S, message.as_bytes());
        }
        if let Some(item) = item {
            write_item(item, writer);
        }
        writer.close(reason);
    }
}

fn write_item(item: &Item, writer: &mut Writer) {
    writer.text(b"Item");
    match ValueRef::read(item.bytes()) {
        Ok(value) => writer.copy(value),
        Err(_) => {
            debug_assert!(false, "a stored item is well formed");
            let empty = writer.open(Tag::Attributes, 0);
            writer.close(empty);
        }
    }
}

fn write_throttling(name: &str, reasons: &[ThrottlingReason], writer: &mut Writer) {
    writer.text(name.as_bytes());
    let list = writer.open(Tag::L, reasons.len());
    for reason in reasons {
        let entry = writer.open(Tag::M, 2);
        writer.text(b"reason");
        writer.scalar(Tag::S, reason.name().as_bytes());
        writer.text(b"resource");
        writer.scalar(Tag::S, reason.resource.as_bytes());
        writer.close(entry);
    }
    writer.close(list);
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Invalid::Members(faults) => faults.fmt(f),
            Invalid::Table(fault) => fault.fmt(f),
            Invalid::Stream(fault) => fault.fmt(f),
            Invalid::TimeToLive(fault) => fault.fmt(f),
            Invalid::Kinesis(fault) => fault.fmt(f),
            Invalid::Annotation(fault) => fault.fmt(f),
            Invalid::Item { fault, envelope } => write!(f, "{envelope}{fault}"),
            Invalid::Value { fault, layer, envelope } => {
                let envelope = if fault.is_enveloped() {
                    *envelope
                } else {
                    Envelope::Bare
                };
                write!(f, "{envelope}{}", fault.message(*layer))
            }
            Invalid::Expression { kind, fault, envelope } => write!(f, "{envelope}{}", fault.message(*kind)),
            Invalid::Placeholder { fault, envelope } => write!(f, "{envelope}{}", fault.message()),
            Invalid::Values { fault, layer, envelope } => {
                let enveloped = match fault {
                    expression::ValuesFault::Placeholder(_) => true,
                    expression::ValuesFault::Value { fault, .. } => fault.is_enveloped(),
                };
                let envelope = if enveloped { *envelope } else { Envelope::Bare };
                write!(f, "{envelope}{}", fault.message(*layer))
            }
            Invalid::KeyCondition(fault) => f.write_str(&fault.message()),
            Invalid::Update(fault) => f.write_str(&fault.message()),
            Invalid::Statement(fault) => fault.fmt(f),
            Invalid::Vector(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for Envelope {
    /// What stands before the sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Envelope::Bare => Ok(()),
            Envelope::OneError => f.write_str("1 validation error detected: "),
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

impl From<MemberFaults> for Invalid {
    fn from(faults: MemberFaults) -> Self {
        Invalid::Members(faults)
    }
}

impl From<StatementFault> for Invalid {
    fn from(fault: StatementFault) -> Self {
        Invalid::Statement(fault)
    }
}

impl From<table::TableFault> for Invalid {
    fn from(fault: table::TableFault) -> Self {
        Invalid::Table(fault)
    }
}

impl From<stream::StreamFault> for Invalid {
    fn from(fault: stream::StreamFault) -> Self {
        Invalid::Stream(fault)
    }
}

impl From<stream::KinesisFault> for Invalid {
    fn from(fault: stream::KinesisFault) -> Self {
        Invalid::Kinesis(fault)
    }
}

impl From<stream::TimeToLiveFault> for Invalid {
    fn from(fault: stream::TimeToLiveFault) -> Self {
        Invalid::TimeToLive(fault)
    }
}

impl From<annotation::AnnotationFault> for Invalid {
    fn from(fault: annotation::AnnotationFault) -> Self {
        Invalid::Annotation(fault)
    }
}

impl From<vector::VectorFault> for Invalid {
    fn from(fault: vector::VectorFault) -> Self {
        Invalid::Vector(fault)
    }
}

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
