//! What can be wrong with a request to a stream, about expiry of items, or about a Kinesis destination, with AWS's sentences.

use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";

/// A fault about a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamFault {
    /// A ShardIterator that was not handed out here.
    Iterator,
    /// A SequenceNumber that is absent where it is needed, no number, or none of the shard's.
    SequenceNumber,
    /// A SequenceNumber where the iterator's type takes none.
    SequenceNumberNotTaken,
    /// No Timestamp where the iterator's type needs one.
    Timestamp,
    /// A Timestamp where the iterator's type takes none.
    TimestampNotTaken,
    /// A Timestamp that is still to come.
    TimestampInFuture,
    /// A ShardFilter without a shard.
    FilterWithoutShard,
}

impl fmt::Display for StreamFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamFault::Iterator => f.write_str("Invalid ShardIterator"),
            // These two were seen on DynamoDB Local.
            StreamFault::SequenceNumber => write!(f, "{INVALID}Invalid SequenceNumber"),
            StreamFault::SequenceNumberNotTaken => {
                write!(f, "{INVALID}SequenceNumber should not be passed for this iterator type")
            }
            // No recorded answers: worded after their neighbours.
            StreamFault::Timestamp => write!(f, "{INVALID}Timestamp should be passed for this iterator type"),
            StreamFault::TimestampNotTaken => {
                write!(f, "{INVALID}Timestamp should not be passed for this iterator type")
            }
            StreamFault::TimestampInFuture => write!(f, "{INVALID}Timestamp should not be in the future"),
            StreamFault::FilterWithoutShard => write!(f, "{INVALID}ShardFilter must contain Type and ShardId"),
        }
    }
}

/// A fault about the expiry of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeToLiveFault {
    /// Enabled when it is.
    EnabledAlready,
    /// Disabled when it is.
    DisabledAlready,
    /// Enabled or disabled for another attribute than it is enabled for.
    OtherAttribute {
        /// The attribute it is enabled for.
        current: String,
    },
    /// Changed again within an hour.
    TooSoon,
    /// Described while the table is made or dropped.
    Unusable {
        /// The table's status.
        status: &'static str,
    },
}

impl fmt::Display for TimeToLiveFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeToLiveFault::EnabledAlready => f.write_str("TimeToLive is already enabled"),
            TimeToLiveFault::DisabledAlready => f.write_str("TimeToLive is already disabled"),
            TimeToLiveFault::OtherAttribute { current } => write!(
                f,
                "TimeToLive is active on a different AttributeName: current AttributeName is {current}"
            ),
            TimeToLiveFault::TooSoon => {
                f.write_str("Time to live has been modified multiple times within a fixed interval")
            }
            TimeToLiveFault::Unusable { status } => write!(
                f,
                "Cannot describe time to live while table is in {status} state: Current table state is {status}"
            ),
        }
    }
}

/// A fault about a Kinesis destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KinesisFault {
    /// Enabled while it is, or while it is being changed.
    NotDisabled,
    /// Disabled when changes do not go to it.
    NotActive,
    /// Updated when changes do not go to it.
    UpdateNotActive {
        /// The table's name.
        table: String,
        /// The data stream's ARN.
        arn: String,
    },
    /// Disabled with a configuration.
    DisableConfigured,
    /// Updated when they never did.
    Unknown {
        /// The data stream's ARN.
        arn: String,
    },
    /// Updated to the precision that it has.
    PrecisionUnchanged {
        /// The precision.
        precision: String,
        /// The table's identifier.
        table: String,
        /// The data stream's ARN.
        arn: String,
    },
    /// An update that asks for nothing.
    NothingAsked,
}

/// What sentences about a destination that is in no state for it begin with, whatever was asked.
const STATE: &str = "Table is not in a valid state to enable Kinesis Streaming Destination: ";

impl fmt::Display for KinesisFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KinesisFault::NotDisabled => write!(
                f,
                "{STATE}EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation."
            ),
            KinesisFault::NotActive => write!(
                f,
                "{STATE}KinesisStreamingDestination must be ACTIVE to perform DISABLE operation."
            ),
            KinesisFault::UpdateNotActive { table, arn } => write!(
                f,
                "{STATE}Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: {table}, kdsArn: {arn}"
            ),
            KinesisFault::DisableConfigured => {
                f.write_str("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters")
            }
            // What follows the ARN is not recorded.
            KinesisFault::Unknown { arn } => write!(f, "{STATE}No streaming destination with streamArn: {arn}"),
            KinesisFault::PrecisionUnchanged { precision, table, arn } => write!(
                f,
                "Invalid Request: Precision is already set to the desired value of {precision} for tableId: {table}, kdsArn: {arn}"
            ),
            KinesisFault::NothingAsked => f.write_str(
                "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
            ),
        }
    }
}
