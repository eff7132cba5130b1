//! What can be wrong about capacity: provisioned, on demand or warm.

use super::INVALID;
use std::fmt;

/// A fault of capacity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CapacityFault {
    /// Provisioned billing without capacity.
    ThroughputMissing,
    /// On-demand billing with capacity.
    ThroughputOnDemand,
    /// Provisioned billing without capacity for an index.
    IndexThroughputMissing {
        /// The index.
        index: String,
    },
    /// On-demand billing with capacity for an index.
    IndexThroughputOnDemand {
        /// The index.
        index: String,
    },
    /// Switching to provisioned billing without capacity.
    ThroughputMissingOnUpdate,
    /// Switching to provisioned billing without capacity for an index.
    IndexThroughputMissingOnUpdate {
        /// The index.
        index: String,
    },
    /// The capacity that the table already has.
    ThroughputUnchanged {
        /// The index, if it is one's.
        index: Option<String>,
        /// `ReadCapacityUnits`
        read: u64,
        /// `WriteCapacityUnits`
        write: u64,
    },
    /// On-demand ceilings on a provisioned table.
    OnDemandProvisioned {
        /// `MaxReadRequestUnits` or `MaxWriteRequestUnits`.
        member: &'static str,
        /// The call; it words the sentence.
        call: Call,
    },
    /// An on-demand ceiling out of range.
    OnDemandRange {
        /// `MaxReadRequestUnits` or `MaxWriteRequestUnits`.
        member: &'static str,
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// Warm throughput below the least that it may be.
    WarmLowered {
        /// True for writes.
        write: bool,
        /// What the least is.
        floor: WarmFloor,
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// Warm throughput of an index, without members.
    WarmEmpty {
        /// The index.
        index: String,
    },
    /// An index update that asks for nothing, on a table that is charged by the request.
    IndexUpdateOnDemand {
        /// The index.
        index: String,
    },
    /// An index update that asks for nothing, on a provisioned table.
    IndexUpdateProvisioned {
        /// The index.
        index: String,
    },
    /// Capacity for an index of a table that is charged by the request, in UpdateTable's words.
    IndexCapacityOnDemand {
        /// The index.
        index: String,
    },
}

impl fmt::Display for CapacityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CapacityFault::ThroughputMissing => write!(
                f,
                "{INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
            ),
            CapacityFault::ThroughputOnDemand => write!(
                f,
                "{INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
            ),
            CapacityFault::IndexThroughputMissing { index } => {
                write!(f, "{INVALID}ProvisionedThroughput is not specified for index: {index}")
            }
            CapacityFault::IndexThroughputOnDemand { index } => write!(
                f,
                "{INVALID}ProvisionedThroughput should not be specified for index: {index} when BillingMode is PAY_PER_REQUEST"
            ),
            CapacityFault::ThroughputMissingOnUpdate => write!(
                f,
                "{INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
            ),
            CapacityFault::IndexThroughputMissingOnUpdate { index } => {
                write!(f, "{INVALID}ProvisionedThroughput must be specified for index: {index}")
            }
            CapacityFault::ThroughputUnchanged { index, read, write } => {
                let subject = match index {
                    Some(index) => format!("index {index}"),
                    None => "table".to_owned(),
                };
                write!(
                    f,
                    "The provisioned throughput for the {subject} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the {subject}: {read}. Requested ReadCapacityUnits: {read}. Current WriteCapacityUnits provisioned for the {subject}: {write}. Requested WriteCapacityUnits: {write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
                )
            }
            CapacityFault::OnDemandProvisioned { member, call } => match call {
                Call::CreateTable => write!(
                    f,
                    "{INVALID}{member} for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."
                ),
                Call::UpdateTable => write!(
                    f,
                    "{INVALID}{member} for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED"
                ),
            },
            CapacityFault::OnDemandRange { member, index } => {
                write!(f, "{INVALID}Requested {member} for OnDemandThroughput for ")?;
                match index {
                    Some(index) => write!(f, "index : {index}")?,
                    None => f.write_str("table")?,
                }
                f.write_str(" is outside of valid range")
            }
            CapacityFault::WarmLowered { write, floor, index } => {
                let member = if *write {
                    "WriteUnitsPerSecond"
                } else {
                    "ReadUnitsPerSecond"
                };
                write!(f, "{INVALID}Requested {member} for WarmThroughput for ")?;
                match index {
                    Some(index) => write!(f, "index {index}")?,
                    None => f.write_str("table")?,
                }
                match floor {
                    WarmFloor::Current => f.write_str(
                        " is lower than current WarmThroughput, decreasing WarmThroughput is not supported",
                    ),
                    WarmFloor::OnDemand => f.write_str(
                        " is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial",
                    ),
                    WarmFloor::Provisioned => {
                        let capacity = if *write { "WriteCapacityUnits" } else { "ReadCapacityUnits" };
                        write!(f, " is lower than {capacity} of ProvisionedThroughput")
                    }
                }
            }
            CapacityFault::WarmEmpty { index } => write!(
                f,
                "{INVALID}WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: {index}"
            ),
            CapacityFault::IndexUpdateOnDemand { index } => write!(
                f,
                "{INVALID}The only Updates for index: {index} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput"
            ),
            CapacityFault::IndexUpdateProvisioned { index } => write!(
                f,
                "{INVALID}Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {index}"
            ),
            CapacityFault::IndexCapacityOnDemand { index } => write!(
                f,
                "{INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index} when BillingMode is PAY_PER_REQUEST"
            ),
        }
    }
}

/// What the least warm throughput is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarmFloor {
    /// What there is.
    Current,
    /// What on-demand capacity begins with.
    OnDemand,
    /// The capacity that is provisioned.
    Provisioned,
}

/// Which call a sentence is worded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the API")]
pub enum Call {
    CreateTable,
    UpdateTable,
}
