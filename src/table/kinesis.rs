//! Kinesis destinations as settings of a table: data streams outside of the region that changes are to reach.

use super::StreamId;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A Kinesis data stream that a table's changes go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinesisDestination {
    /// The data stream's ARN.
    pub arn: Rc<str>,
    /// Where it stands.
    pub status: KinesisStatus,
    /// How exactly records tell their time, once that was said.
    pub precision: Option<TimePrecision>,
    /// The stream that keeps the changes for it: the last one that was enabled.
    pub stream: StreamId,
}

/// Where a Kinesis destination stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KinesisStatus {
    /// ENABLING
    Enabling,
    /// ACTIVE
    Active,
    /// UPDATING
    Updating,
    /// DISABLING
    Disabling,
    /// DISABLED
    Disabled,
}

impl KinesisStatus {
    /// What it comes to.
    #[must_use]
    pub fn settled(self) -> Self {
        match self {
            KinesisStatus::Enabling | KinesisStatus::Active | KinesisStatus::Updating => KinesisStatus::Active,
            KinesisStatus::Disabling | KinesisStatus::Disabled => KinesisStatus::Disabled,
        }
    }
}

/// How exactly records tell their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimePrecision {
    /// MILLISECOND
    Millisecond,
    /// MICROSECOND
    Microsecond,
}
