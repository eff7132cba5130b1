//! Answers of the table operations and of those about the region.

use super::TableMember;
use super::describe::TableDescription;
use super::encode;
use crate::error::Error;
use crate::limits;
use crate::table::Origin;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TableAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a TableDescription<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table_description: Option<&'a TableDescription<'a>>,
}

/// The answer that is a table's description.
#[inline(never)]
pub(super) fn table(description: &TableDescription<'_>, member: TableMember) -> Result<Vec<u8>, Error> {
    encode(&match member {
        TableMember::Table => TableAnswer {
            table: Some(description),
            table_description: None,
        },
        TableMember::TableDescription => TableAnswer {
            table: None,
            table_description: Some(description),
        },
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TablesAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_table_name: Option<&'a str>,
    table_names: &'a [&'a str],
}

/// ListTables: a page of names, and whether there are more.
pub fn answer_tables(names: &[&str], more: bool) -> Result<Vec<u8>, Error> {
    encode(&TablesAnswer {
        last_evaluated_table_name: names.last().copied().filter(|_| more),
        table_names: names,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LimitsAnswer {
    account_max_read_capacity_units: u64,
    account_max_write_capacity_units: u64,
    table_max_read_capacity_units: u64,
    table_max_write_capacity_units: u64,
}

/// DescribeLimits: the default quotas.
pub fn answer_limits() -> Result<Vec<u8>, Error> {
    encode(&LimitsAnswer {
        account_max_read_capacity_units: limits::ACCOUNT_READ_UNITS_MAX,
        account_max_write_capacity_units: limits::ACCOUNT_WRITE_UNITS_MAX,
        table_max_read_capacity_units: limits::TABLE_READ_UNITS_MAX,
        table_max_write_capacity_units: limits::TABLE_WRITE_UNITS_MAX,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct EndpointsAnswer {
    endpoints: Vec<Endpoint>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Endpoint {
    address: String,
    cache_period_in_minutes: u64,
}

/// DescribeEndpoints: the region's own endpoint, good for a day.
pub fn answer_endpoints(origin: &Origin) -> Result<Vec<u8>, Error> {
    encode(&EndpointsAnswer {
        endpoints: vec![Endpoint {
            address: format!("dynamodb.{}.amazonaws.com", origin.region),
            cache_period_in_minutes: 1440,
        }],
    })
}
