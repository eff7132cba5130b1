//! Members that break their own constraint: the `N validation errors detected` family and its relatives.
//!
//! A fault says which member, what it held and which constraint failed; the sentence is put together here and nowhere else.

use std::fmt::{self, Display};

/// The member faults of one request, in AWS's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberFaults {
    /// All of them, counted.
    Counted(Vec<MemberFault>),
    /// One, without the count.
    Bare(MemberFault),
    /// A table name of the wrong length where the control plane says so in a sentence of its own.
    TableNameLength,
    /// A storage class that there is not.
    TableClass,
    /// The name of an index of the wrong length where the control plane says so in a sentence of its own.
    IndexNameLength,
    /// A required parameter of the control plane.
    Required {
        /// Its name, as in the API.
        parameter: &'static str,
    },
    /// A required member of an operation whose JSON has a strict reader.
    MissingField {
        /// Its name, as in the API.
        member: &'static str,
        /// The line of the bracket that ends the request, counted from one.
        line: usize,
        /// Bytes of that line up to and with the bracket.
        column: usize,
    },
    /// A batch without requests.
    RequestItemsRequired {
        /// The operation's name.
        operation: &'static str,
    },
}

/// One member and the constraint it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberFault {
    /// The older layer's form, which shows the value: `Value '0' at 'limit' failed to satisfy constraint: …`
    Shown {
        /// The value as it is shown: `null`, or text that stands in quotes.
        value: Option<String>,
        /// The member's path in lower camel case, lists counted from one.
        path: String,
        /// What it breaks.
        constraint: Constraint,
    },
    /// The newer layer's form: `Value at 'Limit' failed to satisfy constraint: …`
    Located {
        /// The member's path in the API's own spelling.
        path: String,
        /// What it breaks.
        constraint: Constraint,
    },
    /// The newer layer's form for some enums: `Failed to satisfy constraint: …`
    Unlocated {
        /// What it breaks.
        constraint: Constraint,
    },
}

/// A constraint on one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Required.
    NotNull,
    /// Characters, elements or entries, at least.
    LengthAtLeast(usize),
    /// Characters, elements or entries, at most.
    LengthAtMost(usize),
    /// A number, at least.
    ValueAtLeast(i64),
    /// A number, at most.
    ValueAtMost(i64),
    /// A regular expression, as AWS prints it.
    Pattern(&'static str),
    /// One of an enum's values, in the order AWS lists them.
    OneOf(&'static [&'static str]),
    /// Each key of a map.
    MapKeys(&'static [Constraint]),
    /// Each value of a map.
    MapValues(&'static [Constraint]),
}

impl fmt::Display for MemberFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MemberFaults::Counted(faults) => {
                let count = faults.len();
                debug_assert!(count > 0, "a request without faults is valid");
                let plural = if count == 1 { "" } else { "s" };
                write!(f, "{count} validation error{plural} detected: ")?;
                for (position, fault) in faults.iter().enumerate() {
                    if position > 0 {
                        f.write_str("; ")?;
                    }
                    fault.fmt(f)?;
                }
                Ok(())
            }
            MemberFaults::Bare(fault) => fault.fmt(f),
            MemberFaults::TableNameLength => {
                f.write_str("TableName must be at least 3 characters long and at most 255 characters long")
            }
            MemberFaults::IndexNameLength => {
                f.write_str("IndexName must be at least 3 characters long and at most 255 characters long")
            }
            MemberFaults::TableClass => f.write_str(
                "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
            ),
            MemberFaults::Required { parameter } => write!(
                f,
                "The parameter '{parameter}' is required but was not present in the request"
            ),
            MemberFaults::MissingField { member, line, column } => {
                write!(f, "missing field `{member}` at line {line} column {column}")
            }
            MemberFaults::RequestItemsRequired { operation } => {
                write!(f, "The requestItems parameter is required for {operation}")
            }
        }
    }
}

impl fmt::Display for MemberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MemberFault::Shown {
                value,
                path,
                constraint,
            } => {
                match value {
                    Some(value) => write!(f, "Value '{value}'")?,
                    None => f.write_str("Value null")?,
                }
                write!(f, " at '{path}' failed to satisfy constraint: {constraint}")
            }
            MemberFault::Located { path, constraint } => {
                write!(f, "Value at '{path}' failed to satisfy constraint: {constraint}")
            }
            MemberFault::Unlocated { constraint } => write!(f, "Failed to satisfy constraint: {constraint}"),
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constraint::NotNull => f.write_str("Member must not be null"),
            Constraint::LengthAtLeast(n) => write!(f, "Member must have length greater than or equal to {n}"),
            Constraint::LengthAtMost(n) => write!(f, "Member must have length less than or equal to {n}"),
            Constraint::ValueAtLeast(n) => write!(f, "Member must have value greater than or equal to {n}"),
            Constraint::ValueAtMost(n) => write!(f, "Member must have value less than or equal to {n}"),
            Constraint::Pattern(pattern) => {
                write!(f, "Member must satisfy regular expression pattern: {pattern}")
            }
            Constraint::OneOf(values) => write!(f, "Member must satisfy enum value set: [{}]", values.join(", ")),
            Constraint::MapKeys(constraints) => write_all(f, "Map keys must", constraints),
            Constraint::MapValues(constraints) => write_all(f, "Map value must", constraints),
        }
    }
}

fn write_all(f: &mut fmt::Formatter<'_>, subject: &str, constraints: &[Constraint]) -> fmt::Result {
    write!(f, "{subject} satisfy constraint: [")?;
    for (position, constraint) in constraints.iter().enumerate() {
        if position > 0 {
            f.write_str(", ")?;
        }
        constraint.fmt(f)?;
    }
    f.write_str("]")
}
