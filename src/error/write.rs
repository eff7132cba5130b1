//! Errors as flat trees, and what of an error body is not in every one: the key of its sentence, and members beside it.

use super::{CancellationReason, Error, ThrottlingReason};
use crate::value::Item;
use crate::value::flat::{Tag, ValueRef, Writer};

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

impl CancellationReason {
    fn write_flat(&self, writer: &mut Writer) {
        let message = self.message();
        let item = match self {
            CancellationReason::ConditionalCheckFailed { item } => item.as_ref(),
            CancellationReason::None
            | CancellationReason::ValidationError(_)
            | CancellationReason::TransactionConflict
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
