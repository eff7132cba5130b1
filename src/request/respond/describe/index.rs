//! Descriptions of local and global indexes within those of tables, and what descriptions of all indexes share.

use super::throughput::{self, OnDemandThroughput, ThroughputDescription, WarmThroughputDescription};
use crate::request::inputs::{KeyType, ProjectionType};
use crate::sort;
use crate::table::{self, Counts, GlobalIndex, IndexStatus, KeySchema, LocalIndex, Origin, Table, TableStatus};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::request::respond) struct KeySchemaElement<'a> {
    attribute_name: &'a str,
    key_type: KeyType,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Projection<'a> {
    projection_type: ProjectionType,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    non_key_attributes: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LocalIndexDescription<'a> {
    index_name: &'a str,
    key_schema: Vec<KeySchemaElement<'a>>,
    projection: Projection<'a>,
    index_size_bytes: u64,
    item_count: u64,
    index_arn: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GlobalIndexDescription<'a> {
    index_name: &'a str,
    key_schema: Vec<KeySchemaElement<'a>>,
    projection: Projection<'a>,
    index_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    backfilling: Option<bool>,
    provisioned_throughput: ThroughputDescription,
    index_size_bytes: u64,
    item_count: u64,
    index_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_demand_throughput: Option<OnDemandThroughput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) warm_throughput: Option<WarmThroughputDescription>,
}

pub(in crate::request::respond) fn key_schema(schema: &KeySchema) -> Vec<KeySchemaElement<'_>> {
    let element = |attribute_name, key_type| KeySchemaElement {
        attribute_name,
        key_type,
    };
    let hash = schema
        .partition
        .iter()
        .map(|key| element(key.name.as_str(), KeyType::Hash));
    let range = schema.sort.iter().map(|key| element(key.name.as_str(), KeyType::Range));
    hash.chain(range).collect()
}

pub(super) fn projection(projection: &table::Projection) -> Projection<'_> {
    let (projection_type, mut non_key_attributes) = match projection {
        table::Projection::All => (ProjectionType::All, Vec::new()),
        table::Projection::KeysOnly => (ProjectionType::KeysOnly, Vec::new()),
        table::Projection::Include(names) => (
            ProjectionType::Include,
            names.iter().map(|name| name.as_str()).collect(),
        ),
    };
    // By name, as definitions.
    sort::by_key(&mut non_key_attributes, |name| *name);
    Projection {
        projection_type,
        non_key_attributes,
    }
}

/// Describes a local index to a caller of that region and account.
#[inline(never)]
pub(super) fn local<'a>(
    table: &Table,
    index: &'a LocalIndex,
    counts: Counts,
    origin: &Origin,
) -> LocalIndexDescription<'a> {
    LocalIndexDescription {
        index_name: index.name.as_str(),
        key_schema: key_schema(&index.schema),
        projection: projection(&index.projection),
        index_size_bytes: counts.bytes,
        item_count: counts.items,
        index_arn: origin.index(&table.name, &index.name),
    }
}

/// Describes a global index to a caller of that region and account, where it is `now_ms`.
#[inline(never)]
pub(super) fn global<'a>(
    table: &Table,
    index: &'a GlobalIndex,
    counts: Counts,
    now_ms: u64,
    origin: &Origin,
) -> GlobalIndexDescription<'a> {
    GlobalIndexDescription {
        index_name: index.name.as_str(),
        key_schema: key_schema(&index.schema),
        projection: projection(&index.projection),
        index_status: index_status(index.status),
        backfilling: backfilling(table, index.status),
        provisioned_throughput: throughput::of_index(table, index, now_ms),
        index_size_bytes: counts.bytes,
        item_count: counts.items,
        index_arn: origin.index(&table.name, &index.name),
        on_demand_throughput: throughput::on_demand(index.on_demand),
        warm_throughput: Some(throughput::warm_index(table, index)),
    }
}

/// An index that is made together with its table is never seen backfilling.
pub(super) fn backfilling(table: &Table, status: IndexStatus) -> Option<bool> {
    match (table.status, status) {
        (TableStatus::Creating, _) => None,
        (
            TableStatus::Updating | TableStatus::Active | TableStatus::Deleting,
            IndexStatus::Creating { backfilling },
        ) => Some(backfilling),
        (
            TableStatus::Updating | TableStatus::Active | TableStatus::Deleting,
            IndexStatus::Updating | IndexStatus::Deleting | IndexStatus::Active,
        ) => None,
    }
}

pub(super) fn index_status(status: IndexStatus) -> &'static str {
    match status {
        IndexStatus::Creating { .. } => "CREATING",
        IndexStatus::Updating => "UPDATING",
        IndexStatus::Deleting => "DELETING",
        IndexStatus::Active => "ACTIVE",
    }
}
