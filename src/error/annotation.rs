//! What can be wrong about tags, resource policies and the ARNs that name what they are for, with AWS's sentences (recorded in
//! October 2026 unless said otherwise).

use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";

/// A fault about what a table carries beside its definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotationFault {
    // Tags.
    /// TagResource without tags.
    TagsEmpty,
    /// UntagResource without keys.
    TagKeysEmpty,
    /// A key that is absent, empty, too long, or has characters that tags do not have.
    TagKey {
        /// As sent.
        key: Option<String>,
    },
    /// A value that is absent, too long, or has characters that tags do not have.
    TagValue {
        /// As sent.
        value: Option<String>,
    },
    /// A key that begins with `aws:`.
    TagReserved {
        /// The key.
        key: String,
    },
    /// A key twice.
    TagTwice {
        /// The key.
        key: String,
    },
    /// More tags than a table may have.
    TagCount,
    /// An ARN that names no table of this region.
    TaggedArn {
        /// As sent.
        arn: String,
    },

    // ARNs of resource policies.
    /// Text that is no ARN.
    NoArn {
        /// As sent.
        text: String,
    },
    /// An ARN of another service, or of something of DynamoDB's that has no policy.
    ForeignArn {
        /// As sent.
        arn: String,
    },
    /// The ARN of an index.
    IndexArn {
        /// As sent.
        arn: String,
    },
    /// An ARN of another region or partition.
    ArnElsewhere {
        /// As sent.
        arn: String,
    },
    /// An ARN of another account.
    ArnOfAnotherAccount,

    // Resource policies.
    /// More than 20 KB.
    PolicySize,
    /// A document that cannot be read.
    Policy(PolicyFault),
    /// An Allow for everybody.
    PolicyUnbounded,

    // Contributor Insights.
    /// A page token that no page ended in.
    InsightsToken,
    /// Enabling on a table that is not ACTIVE.
    InsightsTableState,
    /// Enabling on an index that is not ACTIVE.
    InsightsIndexState,
}

/// Why a policy document is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFault {
    /// It is not JSON, or no object.
    Json,
    /// It is `null`.
    Null,
    /// No statements.
    NoStatements,
    /// A statement lacks an element.
    Missing {
        /// The element.
        element: &'static str,
    },
    /// Something that the policy language does not have.
    Syntax {
        /// The element in which it stands.
        element: &'static str,
    },
    /// Two statements with one identifier.
    SidTwice,
    /// Actions that are none of the resource's.
    Actions {
        /// As sent.
        names: Vec<String>,
    },
}

impl fmt::Display for AnnotationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnnotationFault::TagsEmpty => f.write_str("Atleast one Tag needs to be provided as Input."),
            AnnotationFault::TagKeysEmpty => f.write_str("Atleast one Tag Key needs to be provided as Input."),
            AnnotationFault::TagKey { key } => {
                write!(f, "The Tag Key provided is invalid, Key: {}", key.as_deref().unwrap_or("null"))
            }
            AnnotationFault::TagValue { value } => {
                write!(f, "The Tag Value provided is invalid, Value: {}", value.as_deref().unwrap_or("null"))
            }
            AnnotationFault::TagReserved { key } => write!(f, "Tag Key cannot be prefixed with aws:, Key: {key}"),
            AnnotationFault::TagTwice { key } => {
                write!(f, "Duplicate Tag Keys provided as input: Duplicate Tag Key found {key}")
            }
            AnnotationFault::TagCount => {
                f.write_str("Number of Tags exceed the current limit for the provided ResourceArn")
            }
            AnnotationFault::TaggedArn { arn } => {
                write!(f, "Invalid TableArn: Invalid ResourceArn provided as input {arn}")
            }
            AnnotationFault::NoArn { text } => write!(f, "{INVALID}ARNs must start with 'arn:': {text}"),
            AnnotationFault::ForeignArn { arn } => {
                write!(f, "{INVALID}Provided Arn is not a DynamoDB resource arn: {arn}")
            }
            AnnotationFault::IndexArn { arn } => write!(
                f,
                "{INVALID}Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {arn}"
            ),
            AnnotationFault::ArnElsewhere { arn } => write!(f, "{INVALID}Invalid resource Arn: {arn}"),
            AnnotationFault::ArnOfAnotherAccount => {
                f.write_str("This action is only supported by accounts that match the resource owner\u{2019}s account.")
            }
            AnnotationFault::PolicySize => write!(f, "{INVALID}Maximum policy size of 20480 bytes exceeded"),
            AnnotationFault::Policy(fault) => write!(f, "{INVALID}Invalid policy document: {fault}"),
            AnnotationFault::PolicyUnbounded => f.write_str(
                "Resource-based policy grants unbounded access in one or more elements. Please revise the policy to ensure least-privilege form of access",
            ),
            // No recorded answer.
            AnnotationFault::InsightsToken => write!(f, "{INVALID}The provided NextToken is invalid"),
            AnnotationFault::InsightsTableState => f.write_str(
                "Table or Index is not in a valid state to update Key Access Insights: TableStatus must be ACTIVE to enable ContributorInsights.",
            ),
            AnnotationFault::InsightsIndexState => f.write_str(
                "Table or Index is not in a valid state to update Key Access Insights: IndexStatus must be ACTIVE to enable ContributorInsights.",
            ),
        }
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PolicyFault::Json => f.write_str("This policy contains invalid Json"),
            PolicyFault::Null => f.write_str("This text appears not to be a policy"),
            PolicyFault::NoStatements => f.write_str("Could not parse the policy: Statement is empty!"),
            PolicyFault::Missing { element } => write!(f, "Missing required field {element}"),
            // AWS points at a line and a column of its own form of the document.
            PolicyFault::Syntax { element } => write!(f, "Syntax error in {element}"),
            PolicyFault::SidTwice => f.write_str("The Statement Ids in the policy are not unique"),
            PolicyFault::Actions { names } => {
                f.write_str("The following action names are invalid: ")?;
                for (position, name) in names.iter().enumerate() {
                    if position > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "\"{name}\"")?;
                }
                Ok(())
            }
        }
    }
}

impl From<PolicyFault> for AnnotationFault {
    fn from(fault: PolicyFault) -> Self {
        AnnotationFault::Policy(fault)
    }
}
