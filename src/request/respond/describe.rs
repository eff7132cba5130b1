//! Descriptions of tables, as DescribeTable and the other table operations answer them.
//!
//! Members that AWS omits are omitted: a stream that never was, ceilings that were never set, the billing mode of a table that
//! always was provisioned.

use super::throughput::{
    self, BillingModeSummary, OnDemandThroughput, ThroughputDescription, WarmThroughputDescription,
};
use super::vector::{VectorIndexDescription, vector};
use crate::request::inputs::{KeyType, ProjectionType, ScalarAttributeType, StreamViewType, TableClass};
use crate::request::tree::Time;
use crate::sort;
use crate::table::{
    self, Counts, GlobalIndex, IndexStatus, KeyAttribute, KeySchema, Label, LocalIndex, Origin, Stream, StreamView,
    Table, TableStatistics, TableStatus,
};
use crate::value::key;
use serde::Serialize;

/// `TableDescription`
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TableDescription<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute_definitions: Option<Vec<AttributeDefinition<'a>>>,
    table_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_schema: Option<Vec<KeySchemaElement<'a>>>,
    table_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_date_time: Option<Time>,
    provisioned_throughput: ThroughputDescription,
    table_size_bytes: u64,
    item_count: u64,
    table_arn: String,
    table_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_mode_summary: Option<BillingModeSummary>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    local_secondary_indexes: Vec<LocalIndexDescription<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    global_secondary_indexes: Vec<GlobalIndexDescription<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vector_indexes: Vec<VectorIndexDescription<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_specification: Option<StreamSpecification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_stream_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_stream_arn: Option<String>,
    #[serde(rename = "SSEDescription", skip_serializing_if = "Option::is_none")]
    sse_description: Option<SseDescription>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table_class_summary: Option<TableClassSummary>,
    deletion_protection_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_demand_throughput: Option<OnDemandThroughput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warm_throughput: Option<WarmThroughputDescription>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AttributeDefinition<'a> {
    attribute_name: &'a str,
    attribute_type: ScalarAttributeType,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct KeySchemaElement<'a> {
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
struct LocalIndexDescription<'a> {
    index_name: &'a str,
    key_schema: Vec<KeySchemaElement<'a>>,
    projection: Projection<'a>,
    index_size_bytes: u64,
    item_count: u64,
    index_arn: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct GlobalIndexDescription<'a> {
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
    warm_throughput: Option<WarmThroughputDescription>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StreamSpecification {
    stream_enabled: bool,
    stream_view_type: StreamViewType,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SseDescription {
    status: &'static str,
    #[serde(rename = "SSEType", skip_serializing_if = "Option::is_none")]
    sse_type: Option<&'static str>,
    #[serde(rename = "KMSMasterKeyArn", skip_serializing_if = "Option::is_none")]
    kms_master_key_arn: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct TableClassSummary {
    table_class: TableClass,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_update_date_time: Option<Time>,
}

/// How a table operation shows the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    Whole,
    /// As CreateTable answers: without warm throughput that was not asked for.
    Created,
    /// As UpdateTable answers: ceilings that it removed show as -1 this once.
    Updated {
        /// The read ceiling was removed.
        read_removed: bool,
        /// The write ceiling was removed.
        write_removed: bool,
    },
    /// As DeleteTable answers: without definitions, keys, indexes and settings.
    Deleted,
}

/// Describes a table to a caller of that region and account.
#[inline(never)]
pub fn describe<'a>(
    table: &'a Table,
    statistics: &TableStatistics,
    origin: &Origin,
    shown: Shown,
) -> TableDescription<'a> {
    let bare = TableDescription {
        attribute_definitions: None,
        table_name: table.name.as_str(),
        key_schema: None,
        table_status: table_status(table.status),
        creation_date_time: None,
        provisioned_throughput: throughput::of_table(table, statistics.counted_ms),
        table_size_bytes: statistics.table.bytes,
        item_count: statistics.table.items,
        table_arn: origin.table(&table.name),
        table_id: table.uuid.to_string(),
        billing_mode_summary: None,
        local_secondary_indexes: Vec::new(),
        global_secondary_indexes: Vec::new(),
        vector_indexes: Vec::new(),
        stream_specification: None,
        latest_stream_label: None,
        latest_stream_arn: None,
        sse_description: None,
        table_class_summary: None,
        deletion_protection_enabled: table.deletion_protection,
        on_demand_throughput: None,
        warm_throughput: Some(throughput::warm_table(table)),
    };
    match shown {
        Shown::Deleted => bare,
        Shown::Whole => filled(bare, table, statistics, origin, (false, false)),
        Shown::Created => without_default_warmth(filled(bare, table, statistics, origin, (false, false)), table),
        Shown::Updated {
            read_removed,
            write_removed,
        } => filled(bare, table, statistics, origin, (read_removed, write_removed)),
    }
}

fn without_default_warmth<'a>(mut description: TableDescription<'a>, table: &Table) -> TableDescription<'a> {
    if !table.warm_updating {
        description.warm_throughput = None;
    }
    for (index, described) in table
        .global_indexes
        .iter()
        .zip(&mut description.global_secondary_indexes)
    {
        if !index.warm_updating {
            described.warm_throughput = None;
        }
    }
    description
}

fn filled<'a>(
    bare: TableDescription<'a>,
    table: &'a Table,
    statistics: &TableStatistics,
    origin: &Origin,
    (read_removed, write_removed): (bool, bool),
) -> TableDescription<'a> {
    let mut ceilings = throughput::on_demand(table.on_demand);
    if read_removed || write_removed {
        let shown = ceilings.get_or_insert(OnDemandThroughput {
            max_read_request_units: None,
            max_write_request_units: None,
        });
        shown.max_read_request_units = shown.max_read_request_units.or(read_removed.then_some(-1));
        shown.max_write_request_units = shown.max_write_request_units.or(write_removed.then_some(-1));
    }
    let own = TableDescription {
        attribute_definitions: Some(definitions(&table.attributes)),
        key_schema: Some(key_schema(&table.schema)),
        creation_date_time: Some(time(table.created_ms)),
        billing_mode_summary: throughput::billing(table),
        stream_specification: table.stream.and_then(stream),
        latest_stream_label: table.stream.map(|stream| Label(stream.enabled_ms).to_string()),
        latest_stream_arn: table.stream.map(|stream| origin.stream(&table.name, stream.enabled_ms)),
        sse_description: encryption(table, origin),
        table_class_summary: class(table.former.as_deref().unwrap_or(table)),
        on_demand_throughput: ceilings,
        ..bare
    };
    match table.status {
        // Documented: nothing is told of the indexes of a table that is being dropped.
        TableStatus::Deleting => own,
        TableStatus::Creating | TableStatus::Updating | TableStatus::Active => {
            with_indexes(own, table, statistics, origin)
        }
    }
}

fn with_indexes<'a>(
    own: TableDescription<'a>,
    table: &'a Table,
    statistics: &TableStatistics,
    origin: &Origin,
) -> TableDescription<'a> {
    TableDescription {
        local_secondary_indexes: table
            .local_indexes
            .iter()
            .enumerate()
            .map(|(position, index)| local(table, index, counts(&statistics.local_indexes, position), origin))
            .collect(),
        global_secondary_indexes: table
            .global_indexes
            .iter()
            .enumerate()
            .map(|(position, index)| {
                let counts = counts(&statistics.global_indexes, position);
                global(table, index, counts, statistics.counted_ms, origin)
            })
            .collect(),
        vector_indexes: table
            .vector_indexes
            .iter()
            .enumerate()
            .map(|(position, index)| vector(table, index, counts(&statistics.vector_indexes, position), origin))
            .collect(),
        ..own
    }
}

fn counts(all: &[Counts], position: usize) -> Counts {
    all.get(position).copied().unwrap_or_default()
}

fn time(epoch_ms: u64) -> Time {
    Time { epoch_ms }
}

/// Definitions come back by name, whatever their order was.
fn definitions(attributes: &[KeyAttribute]) -> Vec<AttributeDefinition<'_>> {
    let mut definitions: Vec<_> = attributes.iter().map(definition).collect();
    sort::by_key(&mut definitions, |definition| definition.attribute_name);
    definitions
}

/// While a table is encrypted anew it is told of the key before, if there was one.
fn encryption(table: &Table, origin: &Origin) -> Option<SseDescription> {
    let former = table
        .former
        .as_ref()
        .map_or(&table.encryption, |former| &former.encryption);
    let changes = former != &table.encryption;
    if former.is_none() && !changes {
        return None;
    }
    let key = former
        .as_ref()
        .map(|encryption| origin.encryption_key(encryption.key.as_deref()));
    Some(SseDescription {
        status: if changes { "UPDATING" } else { "ENABLED" },
        sse_type: key.as_ref().map(|_| "KMS"),
        kms_master_key_arn: key,
    })
}

fn class(table: &Table) -> Option<TableClassSummary> {
    table.class.map(|class| TableClassSummary {
        table_class: match class {
            table::TableClass::Standard => TableClass::Standard,
            table::TableClass::StandardInfrequentAccess => TableClass::StandardInfrequentAccess,
        },
        last_update_date_time: table.class_changed_ms.map(time),
    })
}

fn definition(attribute: &KeyAttribute) -> AttributeDefinition<'_> {
    AttributeDefinition {
        attribute_name: attribute.name.as_str(),
        attribute_type: match attribute.key_type {
            key::KeyType::S => ScalarAttributeType::S,
            key::KeyType::N => ScalarAttributeType::N,
            key::KeyType::B => ScalarAttributeType::B,
        },
    }
}

pub(super) fn key_schema(schema: &KeySchema) -> Vec<KeySchemaElement<'_>> {
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

fn stream(stream: Stream) -> Option<StreamSpecification> {
    Some(StreamSpecification {
        stream_enabled: true,
        stream_view_type: view_type(stream.view?),
    })
}

pub(super) fn view_type(view: StreamView) -> StreamViewType {
    match view {
        StreamView::KeysOnly => StreamViewType::KeysOnly,
        StreamView::NewImage => StreamViewType::NewImage,
        StreamView::OldImage => StreamViewType::OldImage,
        StreamView::NewAndOldImages => StreamViewType::NewAndOldImages,
    }
}

fn local<'a>(table: &Table, index: &'a LocalIndex, counts: Counts, origin: &Origin) -> LocalIndexDescription<'a> {
    LocalIndexDescription {
        index_name: index.name.as_str(),
        key_schema: key_schema(&index.schema),
        projection: projection(&index.projection),
        index_size_bytes: counts.bytes,
        item_count: counts.items,
        index_arn: origin.index(&table.name, &index.name),
    }
}

fn global<'a>(
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

fn table_status(status: TableStatus) -> &'static str {
    match status {
        TableStatus::Creating => "CREATING",
        TableStatus::Updating => "UPDATING",
        TableStatus::Deleting => "DELETING",
        TableStatus::Active => "ACTIVE",
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
