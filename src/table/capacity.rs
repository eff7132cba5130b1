//! Capacity that is asked for: how it changes what a table or an index has.

use super::{BillingMode, OnDemandThroughput, ProvisionedThroughput, Throughput, WarmThroughput};
use crate::limits;

/// Warm throughput asked for, member by member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WarmChange {
    /// `ReadUnitsPerSecond`
    pub read: Option<u64>,
    /// `WriteUnitsPerSecond`
    pub write: Option<u64>,
}

/// A change of one on-demand ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// Sets it.
    To(u64),
    /// Removes it: `-1` in the request.
    Removed,
}

/// On-demand ceilings asked for, member by member; what is absent stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnDemandChange {
    /// `MaxReadRequestUnits`
    pub read_max: Option<Ceiling>,
    /// `MaxWriteRequestUnits`
    pub write_max: Option<Ceiling>,
}

const DAY_MS: u64 = 86_400_000;

impl ProvisionedThroughput {
    /// Capacity that was never changed.
    pub fn new(units: Throughput) -> Self {
        ProvisionedThroughput {
            units,
            ..ProvisionedThroughput::default()
        }
    }

    /// How often it shrank on the UTC day of a moment.
    pub fn decreases_on(&self, now_ms: u64) -> u64 {
        let same_day = self.decreased_ms.is_some_and(|at| at / DAY_MS == now_ms / DAY_MS);
        if same_day { self.decreases_today } else { 0 }
    }

    /// This capacity after a change at `now_ms`; the count of decreases starts again with each UTC day.
    pub fn changed(mut self, units: Throughput, now_ms: u64) -> Self {
        if units.read > self.units.read || units.write > self.units.write {
            self.increased_ms = Some(now_ms);
        }
        if units.read < self.units.read || units.write < self.units.write {
            self.decreases_today = self.decreases_on(now_ms) + 1;
            self.decreased_ms = Some(now_ms);
        }
        self.units = units;
        self
    }
}

impl WarmChange {
    /// True if nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.read.is_none() && self.write.is_none()
    }
    /// `current` with what is asked for.
    pub fn over(self, current: WarmThroughput) -> WarmThroughput {
        WarmThroughput {
            read: self.read.unwrap_or(current.read),
            write: self.write.unwrap_or(current.write),
        }
    }
}

/// What a new table or index serves at once: on demand the documented default, otherwise what is provisioned.
pub fn starting_warmth(billing: BillingMode, throughput: Throughput) -> WarmThroughput {
    match billing {
        BillingMode::PayPerRequest => WarmThroughput {
            read: limits::WARM_READ_UNITS,
            write: limits::WARM_WRITE_UNITS,
        },
        BillingMode::Provisioned => WarmThroughput {
            read: throughput.read,
            write: throughput.write,
        },
    }
}

/// Warm throughput that grows with what an index or a table may consume, and never shrinks.
pub fn grown(current: WarmThroughput, served: WarmThroughput) -> WarmThroughput {
    WarmThroughput {
        read: current.read.max(served.read),
        write: current.write.max(served.write),
    }
}

impl OnDemandChange {
    /// `current` with the members that are asked for; `None` once no ceiling is left.
    pub fn over(self, current: Option<OnDemandThroughput>) -> Option<OnDemandThroughput> {
        let current = current.unwrap_or_default();
        let member = |change: Option<Ceiling>, current: Option<u64>| match change {
            None => current,
            Some(Ceiling::To(units)) => Some(units),
            Some(Ceiling::Removed) => None,
        };
        let merged = OnDemandThroughput {
            read_max: member(self.read_max, current.read_max),
            write_max: member(self.write_max, current.write_max),
        };
        (merged != OnDemandThroughput::default()).then_some(merged)
    }
}
