//! What can be wrong with a value that a caller sent, as data, and AWS's sentence for each.
//!
//! The sentences are bare. Some operations put an envelope or the name of an expression value around them: that is decided
//! where the operation is known, with [`ValueFault::is_enveloped`].

use super::Layer;
use super::flat::Malformed;
use super::number::NumberFault;
use crate::ordered::OrderedSet;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The type of a set's members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetKind {
    /// SS
    S,
    /// NS
    N,
    /// BS
    B,
}

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// Bytes that do not follow the flat layout, text that is not UTF-8, or a map that names an attribute twice. Nothing
    /// that the package's own encoders write, so AWS has no sentence for it.
    Malformed,
    /// An attribute name without characters, at the top or inside a map.
    EmptyName,
    /// An attribute name above 65,535 bytes.
    NameTooLong,
    /// More levels of lists and maps than an item may have.
    TooDeep,
    /// An N or a member of an NS that is no number.
    Number {
        /// What is wrong with it.
        fault: NumberFault,
        /// The text as sent.
        text: Box<[u8]>,
    },
    /// A set without members.
    EmptySet(SetKind),
    /// A set in which a member comes twice.
    Duplicates {
        /// The members' type.
        kind: SetKind,
        /// All members in the order sent; numbers as they were written.
        members: Vec<Box<[u8]>>,
    },
    /// `{"NULL": false}`
    NullFalse,
    /// A value without a datatype.
    NoDatatype,
    /// A value with several datatypes.
    ManyDatatypes,
}

impl From<Malformed> for ValueFault {
    fn from(Malformed: Malformed) -> Self {
        ValueFault::Malformed
    }
}

impl ValueFault {
    /// AWS's sentence as `layer` words it.
    pub fn message(&self, layer: Layer) -> String {
        match self {
            ValueFault::Malformed => "The request does not follow the layout of flat values".to_owned(),
            ValueFault::EmptyName => "Empty attribute name".to_owned(),
            // Seen on DynamoDB Local; no recording from AWS.
            ValueFault::NameTooLong => "Attribute name is too large, must be less than 65536 bytes".to_owned(),
            ValueFault::TooDeep => "Nesting Levels have exceeded supported limits: \
                 Attributes in the item have nested levels beyond supported limit"
                .to_owned(),
            ValueFault::Number { fault, text } => fault.message(text, layer),
            ValueFault::EmptySet(SetKind::S) => {
                "One or more parameter values were invalid: An string set  may not be empty".to_owned()
            }
            ValueFault::EmptySet(SetKind::N) => {
                "One or more parameter values were invalid: An number set  may not be empty".to_owned()
            }
            ValueFault::EmptySet(SetKind::B) => {
                "One or more parameter values were invalid: Binary sets should not be empty".to_owned()
            }
            ValueFault::Duplicates { kind, members } => duplicates_message(*kind, members, layer),
            ValueFault::NullFalse => {
                "One or more parameter values were invalid: Null attribute value types must have the value of true"
                    .to_owned()
            }
            ValueFault::NoDatatype => {
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes".to_owned()
            }
            ValueFault::ManyDatatypes => "Supplied AttributeValue has more than one datatypes set, \
                 must contain exactly one of the supported datatypes"
                .to_owned(),
        }
    }

    /// True for the faults that PutItem, UpdateItem and DeleteItem report inside `1 validation error detected: `.
    pub fn is_enveloped(&self) -> bool {
        match self {
            ValueFault::Number { .. }
            | ValueFault::EmptySet(_)
            | ValueFault::Duplicates { .. }
            | ValueFault::NullFalse => true,
            ValueFault::Malformed
            | ValueFault::EmptyName
            | ValueFault::NameTooLong
            | ValueFault::TooDeep
            | ValueFault::NoDatatype
            | ValueFault::ManyDatatypes => false,
        }
    }
}

/// The sentence about a set with duplicates. Blanks, quotes and full stops are where the service has them.
fn duplicates_message(kind: SetKind, members: &[Box<[u8]>], layer: Layer) -> String {
    let listed = match layer {
        Layer::Older => members.iter().map(|member| &**member).collect(),
        Layer::Newer => in_order_of_insertion(members),
    };
    match (kind, layer) {
        (SetKind::N, Layer::Older) => "Input collection contains duplicates".to_owned(),
        (SetKind::N, Layer::Newer) => {
            "One or more parameter values were invalid: Input collection contains duplicates.".to_owned()
        }
        (SetKind::S, Layer::Older) => format!(
            "One or more parameter values were invalid: Input collection [{}] contains duplicates.",
            join(&listed, ", ", |member| String::from_utf8_lossy(member).into_owned())
        ),
        (SetKind::S, Layer::Newer) => format!(
            "One or more parameter values were invalid: Input collection [{}] contains duplicates.",
            join(&listed, ", ", |member| format!("{:?}", String::from_utf8_lossy(member)))
        ),
        (SetKind::B, Layer::Older) => format!(
            "One or more parameter values were invalid: Input collection [{}]of type BS contains duplicates.",
            join(&listed, ", ", |member| STANDARD.encode(member))
        ),
        (SetKind::B, Layer::Newer) => format!(
            "One or more parameter values were invalid: Input collection [{}]of type BS contains duplicates.",
            join(&listed, ",", |member| format!("\"{}\"", STANDARD.encode(member)))
        ),
    }
}

/// The newer layer has put the members into an ordered set one by one when it meets the repeat: those before it are listed
/// in byte order, then come the repeat and the rest as sent.
fn in_order_of_insertion(members: &[Box<[u8]>]) -> Vec<&[u8]> {
    let mut inserted = OrderedSet::new();
    let mut rest = members.iter().map(|member| &**member);
    for member in rest.by_ref() {
        if !inserted.insert(member) {
            return inserted.into_iter().chain([member]).chain(rest).collect();
        }
    }
    inserted.into_iter().collect()
}

fn join(members: &[&[u8]], separator: &str, render: impl Fn(&[u8]) -> String) -> String {
    members
        .iter()
        .map(|member| render(member))
        .collect::<Vec<_>>()
        .join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicates(kind: SetKind, members: &[&[u8]]) -> ValueFault {
        ValueFault::Duplicates {
            kind,
            members: members.iter().map(|member| Box::from(*member)).collect(),
        }
    }

    fn number(fault: NumberFault, text: &str) -> ValueFault {
        ValueFault::Number {
            fault,
            text: text.as_bytes().into(),
        }
    }

    /// Each line was recorded on AWS, except where the source says so.
    #[test]
    fn every_fault_has_the_services_sentence() {
        use Layer::{Newer, Older};
        let invalid = "One or more parameter values were invalid: ";
        let strings = duplicates(SetKind::S, &[b"b", b"a", b"b"]);
        let binaries = duplicates(SetKind::B, &[&[0xff], &[0], &[0]]);
        let numbers = duplicates(SetKind::N, &[b"1", b"1.0"]);
        let cases: &[(&ValueFault, Layer, &str)] = &[
            (
                &strings,
                Older,
                &format!("{invalid}Input collection [b, a, b] contains duplicates."),
            ),
            (
                &strings,
                Newer,
                &format!("{invalid}Input collection [\"a\", \"b\", \"b\"] contains duplicates."),
            ),
            (
                &binaries,
                Older,
                &format!("{invalid}Input collection [/w==, AA==, AA==]of type BS contains duplicates."),
            ),
            (
                &binaries,
                Newer,
                &format!("{invalid}Input collection [\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates."),
            ),
            (&numbers, Older, "Input collection contains duplicates"),
            (
                &numbers,
                Newer,
                &format!("{invalid}Input collection contains duplicates."),
            ),
            (
                &ValueFault::EmptySet(SetKind::S),
                Newer,
                &format!("{invalid}An string set  may not be empty"),
            ),
            (
                &ValueFault::EmptySet(SetKind::N),
                Older,
                &format!("{invalid}An number set  may not be empty"),
            ),
            (
                &ValueFault::EmptySet(SetKind::B),
                Newer,
                &format!("{invalid}Binary sets should not be empty"),
            ),
            (
                &ValueFault::NullFalse,
                Newer,
                &format!("{invalid}Null attribute value types must have the value of true"),
            ),
            (
                &ValueFault::NoDatatype,
                Newer,
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            ),
            (
                &ValueFault::ManyDatatypes,
                Newer,
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            ),
            (&ValueFault::EmptyName, Newer, "Empty attribute name"),
            (
                &ValueFault::TooDeep,
                Older,
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
            ),
            (
                &number(NumberFault::NotNumeric, "1.2.3"),
                Newer,
                "The parameter cannot be converted to a numeric value: 1.2.3",
            ),
            (
                &number(NumberFault::NotNumeric, ""),
                Newer,
                "The parameter cannot be converted to a numeric value: ",
            ),
            (
                &number(NumberFault::NotNumeric, ""),
                Older,
                "The parameter cannot be converted to a numeric value",
            ),
            (
                &number(NumberFault::Overflow, "1e126"),
                Newer,
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
            ),
            (
                &number(NumberFault::Underflow, "1e-131"),
                Newer,
                "Number underflow. Attempting to store a number with magnitude smaller than supported range",
            ),
            (
                &number(NumberFault::TooManyDigits, "1"),
                Newer,
                "Attempting to store more than 38 significant digits in a Number",
            ),
        ];
        for (fault, layer, message) in cases {
            assert_eq!(fault.message(*layer), *message);
        }
    }

    #[test]
    fn duplicates_list_what_was_inserted_then_the_repeat_then_the_rest() {
        let fault = duplicates(SetKind::S, &[b"d", b"b", b"c", b"b", b"z", b"a"]);
        assert!(
            fault
                .message(Layer::Newer)
                .contains("[\"b\", \"c\", \"d\", \"b\", \"z\", \"a\"]")
        );
    }
}
