//! What a table or an index may consume, by its settings.

use super::bucket::Flow;
use crate::cluster::map::Place;
use crate::error::throttling::Limit;
use crate::limits;
use crate::table::{BillingMode, OnDemandThroughput, Table, Throughput, WarmThroughput};

/// The terms of a table or an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// True if capacity is provisioned.
    pub provisioned: bool,
    /// For reads.
    pub read: Allowance,
    /// For writes.
    pub write: Allowance,
    /// How many key ranges share the load.
    pub ranges: u32,
}

/// What one kind of requests may consume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Of the whole table or index.
    pub whole: Flow,
    /// What it is when that is exceeded.
    pub limit: Limit,
    /// Of each key range.
    pub range: Flow,
}

impl Terms {
    /// The terms of a place that has that many partitions; `None` if the table has no such index.
    pub fn of(table: &Table, place: Place, partitions: usize) -> Option<Terms> {
        let (units, on_demand, warm) = match place.index {
            None => (table.throughput.units, table.on_demand, table.warm),
            Some(id) => {
                let index = table.global_indexes.iter().find(|index| index.id == id)?;
                (index.throughput.units, index.on_demand, index.warm)
            }
        };
        Some(Terms::new(table.billing, units, on_demand, warm, partitions))
    }

    fn new(
        billing: BillingMode,
        units: Throughput,
        on_demand: Option<OnDemandThroughput>,
        warm: WarmThroughput,
        partitions: usize,
    ) -> Terms {
        let on_demand = on_demand.unwrap_or_default();
        let allowance = |units, ceiling: Option<u64>, account, partition| {
            let (per_second, seconds, limit) = match (billing, ceiling) {
                (BillingMode::Provisioned, _) => (units, limits::BURST_SECONDS, Limit::Provisioned),
                (BillingMode::PayPerRequest, Some(ceiling)) => (ceiling, 1, Limit::MaxOnDemand),
                (BillingMode::PayPerRequest, None) => (account, 1, Limit::Account),
            };
            Allowance {
                whole: Flow { per_second, seconds },
                limit,
                range: Flow {
                    per_second: partition,
                    seconds: 1,
                },
            }
        };
        Terms {
            provisioned: billing == BillingMode::Provisioned,
            read: allowance(
                units.read,
                on_demand.read_max,
                limits::TABLE_READ_UNITS_MAX,
                limits::PARTITION_READ_UNITS,
            ),
            write: allowance(
                units.write,
                on_demand.write_max,
                limits::TABLE_WRITE_UNITS_MAX,
                limits::PARTITION_WRITE_UNITS,
            ),
            ranges: ranges(warm, partitions),
        }
    }
}

/// In how many key ranges admission control counts. Warm throughput is what DynamoDB has partitions for, so there are as many as it
/// needs, a whole number of them in each partition that there is.
fn ranges(warm: WarmThroughput, partitions: usize) -> u32 {
    let needed = (warm.read.div_ceil(limits::PARTITION_READ_UNITS))
        .max(warm.write.div_ceil(limits::PARTITION_WRITE_UNITS))
        .max(1);
    let partitions = (partitions as u64).max(1);
    u32::try_from(needed.div_ceil(partitions).saturating_mul(partitions)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_are_divided_until_there_are_enough_for_the_warm_throughput() {
        let of = |read, write, partitions| ranges(WarmThroughput { read, write }, partitions);
        assert_eq!(of(12_000, 4_000, 1), 4);
        assert_eq!(of(12_000, 4_000, 3), 6);
        assert_eq!(of(12_000, 4_000, 10), 10);
        assert_eq!(of(12_001, 4_000, 1), 5);
        assert_eq!(of(0, 0, 0), 1);
        assert_eq!(of(u64::MAX, 0, 1), u32::MAX);
    }

    #[test]
    fn on_demand_the_account_is_the_ceiling_where_none_was_set() {
        let warm = WarmThroughput {
            read: 12_000,
            write: 4_000,
        };
        let ceiling = Some(OnDemandThroughput {
            read_max: Some(7),
            write_max: None,
        });
        let terms = Terms::new(BillingMode::PayPerRequest, Throughput::default(), ceiling, warm, 1);
        assert!(!terms.provisioned);
        assert_eq!((terms.read.limit, terms.read.whole.per_second), (Limit::MaxOnDemand, 7));
        assert_eq!(
            (terms.write.limit, terms.write.whole.per_second),
            (Limit::Account, 40_000)
        );
        let units = Throughput { read: 5, write: 6 };
        let terms = Terms::new(BillingMode::Provisioned, units, None, warm, 1);
        assert!(terms.provisioned);
        assert_eq!(
            (terms.write.limit, terms.write.whole.per_second),
            (Limit::Provisioned, 6)
        );
        assert_eq!(terms.read.whole.seconds, 300);
    }
}
