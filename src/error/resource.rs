//! What is missing, busy or used up: the causes of the three resource exceptions, with their sentences.

use std::fmt;

/// The cause of a ResourceNotFoundException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The table of a data-plane call. AWS does not name it.
    Resource,
    /// The table of a control-plane call.
    Table {
        /// As the caller named it.
        table: String,
    },
    /// The index of a change to a table.
    Index {
        /// As the caller named it.
        index: String,
        /// The table.
        table: String,
    },
    /// The index of a call about the index of a table.
    IndexOf {
        /// As the caller named it.
        index: String,
        /// The table.
        table: String,
    },
    /// A stream.
    Stream {
        /// As the caller named it.
        arn: String,
    },
    /// A stream of a table, by its label.
    StreamOf {
        /// The label.
        label: String,
        /// The table.
        table: String,
    },
    /// The shard of a stream.
    Shard,
    /// The resource that tags belong to.
    Tagged {
        /// As the caller named it.
        arn: String,
    },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Requested resource not found")?;
        match self {
            Missing::Resource => Ok(()),
            Missing::Table { table } => write!(f, ": Table: {table} not found"),

            Missing::Index { index, table } => write!(f, ": Index {index} for table {table}"),
            Missing::IndexOf { index, table } => write!(f, ": Index: {index} not found for table: {table}"),
            Missing::StreamOf { label, table } => write!(f, ": Stream: {label} not found for Table: {table}"),
            Missing::Stream { arn } => write!(f, ": Stream: {arn} not found"),
            Missing::Shard => f.write_str(": Shard does not exist"),
            // AWS's spelling.
            Missing::Tagged { arn } => write!(f, ": ResourcArn: {arn} not found"),
        }
    }
}

/// What a table is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// CREATING
    Created,
    /// UPDATING
    Updated,
    /// DELETING
    Deleted,
}

/// The cause of a ResourceInUseException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Busy {
    /// CreateTable under a name that is taken.
    TableExists {
        /// The name.
        table: String,
    },
    /// A change to a table that is being changed.
    Table {
        /// The table's name.
        table: String,
        /// What is going on.
        transition: Transition,
    },
    /// UpdateTimeToLive while the table is made.
    NotMade {
        /// The table's name.
        table: String,
    },
    /// DeleteTable while an index comes or goes.
    Indexes,
    /// DeleteTable while the stream is enabled or disabled.
    Stream,
    /// DeleteTable while something else is changed.
    Updating {
        /// The table's name.
        table: String,
    },
    /// A new index is to go while its resources are being made.
    Allocating {
        /// The table's name.
        table: String,
        /// The index.
        index: String,
    },
    /// A resource policy changed again before the last change has settled.
    PolicyPending {
        /// The table's name.
        table: String,
    },
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const STILL: &str = "Attempt to change a resource which is still in use: ";
        match self {
            Busy::TableExists { table } => write!(f, "Table already exists: {table}"),
            Busy::Table { table, transition } => {
                let state = match transition {
                    Transition::Created => "created",
                    Transition::Updated => "updated",
                    Transition::Deleted => "deleted",
                };
                write!(f, "{STILL}Table is being {state}: {table}")
            }
            // Only there in this order.
            Busy::NotMade { table } => write!(f, "{STILL}Table {table} is being created"),
            Busy::Indexes => write!(
                f,
                "{STILL}Cannot delete table while indexes are being created, updated, or deleted."
            ),
            Busy::Stream => write!(f, "{STILL}Cannot delete table while stream is being enabled/disabled."),
            Busy::Updating { table } => write!(f, "{STILL}Table: {table} is in the process of being updated."),
            Busy::Allocating { table, index } => write!(
                f,
                "{STILL}Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: {table} Index: {index}"
            ),
            Busy::PolicyPending { table } => {
                write!(
                    f,
                    "{STILL}Table is pending previous resource-based policy update: {table}"
                )
            }
        }
    }
}

/// The cause of a PolicyNotFoundException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPolicy {
    /// The resource has no policy.
    Absent {
        /// The resource.
        arn: String,
    },
    /// A revision was expected where there is no policy.
    Unrevised {
        /// The revision expected.
        expected: String,
        /// The table.
        table: String,
    },
    /// The policy is of another revision, or there is one where none was expected.
    OtherRevision {
        /// The revision expected.
        expected: String,
        /// The table.
        table: String,
    },
}

impl fmt::Display for NoPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resource-based policy not found for the provided ResourceArn: ")?;
        match self {
            NoPolicy::Absent { arn } => f.write_str(arn),
            NoPolicy::Unrevised { expected, table } => write!(
                f,
                "Requested update for policy with revision id {expected}, but table {table} has no associated policy."
            ),
            // The end of the sentence is ours.
            NoPolicy::OtherRevision { expected, table } => write!(
                f,
                "Requested update for policy with revision id {expected}, but the policy associated to target table {table} did not match."
            ),
        }
    }
}

/// The cause of a LimitExceededException.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exceeded {
    /// A second online index action on a table, or two in one call.
    OnlineIndexes,
    /// UpdateTable makes one index too many.
    GlobalIndexes {
        /// The bound.
        limit: usize,
    },
    /// More provisioned capacity than a table or an index may have.
    Capacity {
        /// `ReadCapacityUnits` or `WriteCapacityUnits`.
        member: &'static str,
        /// As asked for.
        requested: u64,
        /// The bound.
        limit: u64,
        /// The index, if it is one's.
        index: Option<String>,
        /// Where.
        region: String,
    },
    /// More table operations at once than the account may have.
    TableOperations {
        /// The bound.
        limit: u32,
    },
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exceeded::OnlineIndexes => f.write_str(
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
            ),
            Exceeded::GlobalIndexes { limit } => write!(
                f,
                "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of {limit}"
            ),
            Exceeded::Capacity {
                member,
                requested,
                limit,
                index,
                region,
            } => {
                let (subject, kind) = match index {
                    Some(index) => (format!("{member} for index {index}"), "index"),
                    None => ((*member).to_owned(), "table"),
                };
                write!(
                    f,
                    "The requested {subject}, {requested}, is above the per {kind} maximum for the account in {region}. Per {kind} maximum: {limit}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
                )
            }
            Exceeded::TableOperations { limit } => write!(
                f,
                "Subscriber limit exceeded: There is a limit of {limit} simultaneous table operations per account"
            ),
        }
    }
}
