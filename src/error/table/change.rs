//! What cannot be changed so, or not together.

use super::INVALID;
use std::fmt;

/// A fault of an UpdateTable or a DeleteTable as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeFault {
    /// UpdateTable that asks for nothing.
    NothingAsked,
    /// Two changes to one index.
    IndexChangedTwice {
        /// The index.
        index: String,
    },
    /// What goes alone, with something else.
    NotAlone(Alone),
    /// Warm throughput with a new index.
    WarmWithNewIndex,
    /// On-demand ceilings with something else than the billing mode.
    OnDemandNotAlone,
    /// A stream with provisioned capacity.
    StreamWithCapacity,
    /// An index to make or drop with provisioned capacity.
    IndexWithCapacity,
    /// An index to make or drop with a stream.
    IndexWithStream,
    /// `GlobalSecondaryIndexUpdates: []`
    IndexUpdatesEmpty,
    /// A new index under a name that is taken.
    IndexExists,
    /// A change to an index that is no global one.
    IndexNotGlobal {
        /// `delete` or `update`.
        verb: &'static str,
        /// The index.
        index: String,
    },
    /// An entry of GlobalSecondaryIndexUpdates without an action.
    IndexActionMissing,
    /// An entry of GlobalSecondaryIndexUpdates with several actions.
    IndexActionCount,
    /// DeleteTable on a protected table.
    Protected,
}

impl fmt::Display for ChangeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChangeFault::NothingAsked => f.write_str(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
            ),
            ChangeFault::IndexChangedTwice { index } => write!(
                f,
                "{INVALID}Only one global secondary index update per index is allowed simultaneously. Index: {index}"
            ),
            ChangeFault::NotAlone(what) => {
                let subject = match what {
                    Alone::Encryption => "Server-Side Encryption modification",
                    Alone::Class => "TableClass modification",
                    Alone::Protection => "DeletionProtection modification",
                    Alone::Warm => "WarmThroughput",
                };
                write!(f, "{INVALID}{subject} must be the only operation in the request")
            }
            ChangeFault::WarmWithNewIndex => write!(
                f,
                "{INVALID}Create global secondary index cannot be specified when updating WarmThroughput"
            ),
            ChangeFault::OnDemandNotAlone => write!(
                f,
                "{INVALID}OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"
            ),
            ChangeFault::StreamWithCapacity => {
                write!(f, "{INVALID}You cannot modify stream status while updating table IOPS")
            }
            ChangeFault::IndexWithCapacity => {
                write!(f, "{INVALID}You cannot create or delete index while updating table IOPS")
            }
            ChangeFault::IndexWithStream => {
                write!(f, "{INVALID}You cannot create or delete index while changing stream status")
            }
            ChangeFault::IndexUpdatesEmpty => write!(f, "{INVALID}List of GlobalSecondaryIndexUpdates is empty"),
            ChangeFault::IndexExists => f.write_str("Attempting to create an index which already exists"),
            ChangeFault::IndexNotGlobal { verb, index } => {
                write!(f, "Cannot {verb} an index that is not a GlobalSecondaryIndex: {index}")
            }
            ChangeFault::IndexActionMissing => write!(
                f,
                "{INVALID}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"
            ),
            ChangeFault::IndexActionCount => write!(
                f,
                "{INVALID}Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object"
            ),
            ChangeFault::Protected => f.write_str(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
            ),
        }
    }
}

/// A change that goes alone in its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as what they change")]
pub enum Alone {
    Encryption,
    Class,
    Protection,
    Warm,
}
