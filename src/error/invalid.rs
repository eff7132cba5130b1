//! Why a request is invalid: the causes of a ValidationException, and the envelope that some of their sentences stand in.

use super::{MemberFaults, annotation, item, stream, table, vector};
use crate::expression;
use crate::partiql::StatementFault;
use crate::value::Layer;
use crate::value::fault::ValueFault;
use std::fmt;

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
/// DeleteItem wrap sentences which GetItem, BatchGetItem and Query give bare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// The sentence as it is.
    Bare,
    /// `1 validation error detected: ` before the sentence.
    OneError,
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

/// Causes that say everything by themselves: no envelope, no layer.
macro_rules! causes {
    ($($fault:ty => $cause:ident,)*) => {
        $(impl From<$fault> for Invalid {
            fn from(fault: $fault) -> Self {
                Invalid::$cause(fault.into())
            }
        })*
    };
}

causes! {
    MemberFaults => Members,
    table::TableFault => Table,
    table::KeysFault => Table,
    table::CapacityFault => Table,
    table::IndexesFault => Table,
    table::SettingFault => Table,
    table::ChangeFault => Table,
    vector::DefinitionFault => Table,
    stream::StreamFault => Stream,
    stream::TimeToLiveFault => TimeToLive,
    stream::KinesisFault => Kinesis,
    annotation::AnnotationFault => Annotation,
    StatementFault => Statement,
    vector::VectorFault => Vector,
}
