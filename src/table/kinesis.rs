//! Kinesis destinations as settings of a table: data streams outside of the region that changes are to reach.

use super::{StreamId, Table};
use crate::error::stream::KinesisFault;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::rc::Rc;

/// A Kinesis data stream that a table's changes go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinesisDestination {
    /// The data stream's ARN.
    pub arn: Rc<str>,
    /// Where it stands.
    pub status: KinesisStatus,
    /// How exactly records tell their time.
    pub precision: TimePrecision,
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

impl TimePrecision {
    /// True if times are as exact.
    fn is_as(self, other: TimePrecision) -> bool {
        let is_exact = |precision| precision == TimePrecision::Microsecond;
        is_exact(self) == is_exact(other)
    }
}

impl KinesisStatus {
    /// True unless changes have ceased to go there: a table has one destination of which that holds.
    fn is_live(self) -> bool {
        match self {
            KinesisStatus::Enabling | KinesisStatus::Active | KinesisStatus::Updating | KinesisStatus::Disabling => {
                true
            }
            KinesisStatus::Disabled => false,
        }
    }
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
    /// What nobody named: as MILLISECOND, and not shown.
    Unnamed,
}

/// A change of a table's Kinesis destinations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KinesisChange {
    /// The data stream.
    pub arn: Rc<str>,
    /// What is asked.
    pub asked: KinesisAsked,
}

/// What is asked of a Kinesis destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinesisAsked {
    /// That changes go to it, with times this exact.
    Enable(TimePrecision),
    /// That no more changes go to it.
    Disable,
    /// That times are this exact from now on.
    Update(TimePrecision),
}

impl Table {
    /// The destination of an ARN, to be changed.
    pub fn destination_mut(&mut self, arn: &str) -> Option<&mut KinesisDestination> {
        self.kinesis.iter_mut().find(|known| &*known.arn == arn)
    }
    /// Brings the states of all destinations to rest.
    pub fn settle_kinesis(&mut self) {
        for destination in &mut self.kinesis {
            destination.status = destination.status.settled();
        }
    }
}

impl KinesisChange {
    /// Whether a destination as it is may be changed so; there may be none.
    ///
    /// # Errors
    /// Why it may not.
    pub fn check(&self, table: &Table) -> Result<(), KinesisFault> {
        let destination = table.kinesis.iter().find(|known| known.arn == self.arn);
        let active = destination.filter(|known| known.status == KinesisStatus::Active);
        let arn = || self.arn.to_string();
        match (self.asked, destination, active) {
            (KinesisAsked::Enable(_), _, _) if table.kinesis.iter().any(|known| known.status.is_live()) => {
                Err(KinesisFault::NotDisabled)
            }
            (KinesisAsked::Enable(_), _, _) | (KinesisAsked::Disable, _, Some(_)) => Ok(()),
            (KinesisAsked::Disable, _, None) => Err(KinesisFault::NotActive),
            (KinesisAsked::Update(_), None, _) => Err(KinesisFault::Unknown { arn: arn() }),
            (KinesisAsked::Update(_), Some(_), None) => Err(KinesisFault::UpdateNotActive {
                table: table.name.to_string(),
                arn: arn(),
            }),
            (KinesisAsked::Update(precision), _, Some(known)) if known.precision.is_as(precision) => {
                Err(KinesisFault::PrecisionUnchanged {
                    precision: precision.to_string(),
                    table: table.uuid.to_string(),
                    arn: arn(),
                })
            }
            (KinesisAsked::Update(_), _, Some(_)) => Ok(()),
        }
    }
}

impl fmt::Display for TimePrecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimePrecision::Millisecond | TimePrecision::Unnamed => "MILLISECOND",
            TimePrecision::Microsecond => "MICROSECOND",
        })
    }
}
