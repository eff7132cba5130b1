//! Capacity within descriptions of tables and of their indexes.
//!
//! While capacity changes, AWS goes on telling of what there was: [`Table::former`]. When it was asked to change is new at once.

use crate::request::inputs::BillingMode;
use crate::request::tree::Time;
use crate::table::{self, GlobalIndex, IndexStatus, ProvisionedThroughput, Table, TableStatus, WarmThroughput};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ThroughputDescription {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_increase_date_time: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_decrease_date_time: Option<Time>,
    number_of_decreases_today: u64,
    read_capacity_units: u64,
    write_capacity_units: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BillingModeSummary {
    billing_mode: BillingMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_update_to_pay_per_request_date_time: Option<Time>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OnDemandThroughput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_read_request_units: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_write_request_units: Option<i64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct WarmThroughputDescription {
    read_units_per_second: u64,
    write_units_per_second: u64,
    status: &'static str,
}

/// The table before the changes under way, if they leave the billing mode alone: a switch shows the capacity it brings.
fn former(table: &Table) -> Option<&Table> {
    let former = table.former.as_deref()?;
    (former.billing == table.billing).then_some(former)
}

/// Provisioned capacity of a table, at a moment in epoch milliseconds.
pub(super) fn of_table(table: &Table, now_ms: u64) -> ThroughputDescription {
    provisioned(
        &table.throughput,
        former(table).map(|former| &former.throughput),
        now_ms,
    )
}

/// Provisioned capacity of an index.
pub(super) fn of_index(table: &Table, index: &GlobalIndex, now_ms: u64) -> ThroughputDescription {
    let former = former(table).and_then(|former| former.global_index(index.name.as_str()));
    provisioned(&index.throughput, former.map(|former| &former.throughput), now_ms)
}

fn provisioned(
    current: &ProvisionedThroughput,
    former: Option<&ProvisionedThroughput>,
    now_ms: u64,
) -> ThroughputDescription {
    let time = |epoch_ms| Time { epoch_ms };
    let shown = former.unwrap_or(current);
    ThroughputDescription {
        last_increase_date_time: current.increased_ms.map(time),
        last_decrease_date_time: current.decreased_ms.map(time),
        number_of_decreases_today: shown.decreases_on(now_ms),
        read_capacity_units: shown.units.read,
        write_capacity_units: shown.units.write,
    }
}

/// A table that always was provisioned has no summary. When it was last switched to on-demand billing is told once that is done.
pub(super) fn billing(table: &Table) -> Option<BillingModeSummary> {
    let billing_mode = match (table.billing, table.on_demand_since_ms) {
        (table::BillingMode::Provisioned, None) => return None,
        (table::BillingMode::Provisioned, Some(_)) => BillingMode::Provisioned,
        (table::BillingMode::PayPerRequest, _) => BillingMode::PayPerRequest,
    };
    let switches = table
        .former
        .as_ref()
        .is_some_and(|former| former.billing != table.billing);
    let since_ms = table
        .on_demand_since_ms
        .filter(|_| table.status != TableStatus::Creating && !switches);
    Some(BillingModeSummary {
        billing_mode,
        last_update_to_pay_per_request_date_time: since_ms.map(|epoch_ms| Time { epoch_ms }),
    })
}

/// On-demand ceilings, if any was set.
pub(super) fn on_demand(ceilings: Option<table::OnDemandThroughput>) -> Option<OnDemandThroughput> {
    let shown = |units: Option<u64>| units.map(|units| i64::try_from(units).unwrap_or(i64::MAX));
    ceilings.map(|ceilings| OnDemandThroughput {
        max_read_request_units: shown(ceilings.read_max),
        max_write_request_units: shown(ceilings.write_max),
    })
}

/// Warm throughput of a table.
pub(super) fn warm_table(table: &Table) -> WarmThroughputDescription {
    let former = table.former.as_deref();
    warm(
        former.map_or(table.warm, |former| former.warm),
        match table.status {
            TableStatus::Deleting => "DELETING",
            TableStatus::Creating | TableStatus::Updating | TableStatus::Active if table.warm_updating => "UPDATING",
            TableStatus::Creating | TableStatus::Updating | TableStatus::Active => "ACTIVE",
        },
    )
}

/// Warm throughput of an index.
pub(super) fn warm_index(table: &Table, index: &GlobalIndex) -> WarmThroughputDescription {
    let former = table
        .former
        .as_deref()
        .and_then(|former| former.global_index(index.name.as_str()));
    warm(
        former.map_or(index.warm, |former| former.warm),
        match index.status {
            IndexStatus::Deleting => "DELETING",
            IndexStatus::Creating { .. } | IndexStatus::Updating | IndexStatus::Active if index.warm_updating => {
                "UPDATING"
            }
            IndexStatus::Creating { .. } | IndexStatus::Updating | IndexStatus::Active => "ACTIVE",
        },
    )
}

fn warm(warm: WarmThroughput, status: &'static str) -> WarmThroughputDescription {
    WarmThroughputDescription {
        read_units_per_second: warm.read,
        write_units_per_second: warm.write,
        status,
    }
}
