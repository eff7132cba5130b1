//! Descriptions of tables, as DescribeTable and the other table operations answer them.
//!
//! Members that AWS omits are omitted: a stream that never was, ceilings that were never set, the billing mode of a table that
//! always was provisioned.

use super::vector::{VectorIndexDescription, vector};
use crate::request::inputs::{BillingMode, KeyType, ProjectionType, ScalarAttributeType, StreamViewType, TableClass};
use crate::request::tree::Time;
use crate::table::{
    self, Counts, GlobalIndex, IndexStatus, KeyAttribute, KeySchema, Label, LocalIndex, Origin, Stream, StreamView,
    Table, TableStatistics, TableStatus, WarmThroughput,
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
    warm_throughput: WarmThroughputDescription,
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
struct ThroughputDescription {
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
struct BillingModeSummary {
    billing_mode: BillingMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_update_to_pay_per_request_date_time: Option<Time>,
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
    warm_throughput: WarmThroughputDescription,
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
    #[serde(rename = "SSEType")]
    sse_type: &'static str,
    #[serde(rename = "KMSMasterKeyArn")]
    kms_master_key_arn: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct TableClassSummary {
    table_class: TableClass,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_update_date_time: Option<Time>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct OnDemandThroughput {
    #[serde(skip_serializing_if = "Option::is_none")]
    max_read_request_units: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_write_request_units: Option<i64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct WarmThroughputDescription {
    read_units_per_second: u64,
    write_units_per_second: u64,
    status: &'static str,
}

/// How a table operation shows the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    Whole,
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
        provisioned_throughput: throughput(&table.throughput),
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
        warm_throughput: warm(table.warm, table_warm_status(table)),
    };
    match shown {
        Shown::Deleted => bare,
        Shown::Whole => filled(bare, table, statistics, origin, (false, false)),
        Shown::Updated {
            read_removed,
            write_removed,
        } => filled(bare, table, statistics, origin, (read_removed, write_removed)),
    }
}

fn filled<'a>(
    bare: TableDescription<'a>,
    table: &'a Table,
    statistics: &TableStatistics,
    origin: &Origin,
    (read_removed, write_removed): (bool, bool),
) -> TableDescription<'a> {
    let mut ceilings = on_demand(table.on_demand);
    if read_removed || write_removed {
        let shown = ceilings.get_or_insert(OnDemandThroughput {
            max_read_request_units: None,
            max_write_request_units: None,
        });
        shown.max_read_request_units = shown.max_read_request_units.or(read_removed.then_some(-1));
        shown.max_write_request_units = shown.max_write_request_units.or(write_removed.then_some(-1));
    }
    let own = TableDescription {
        attribute_definitions: Some(table.attributes.iter().map(definition).collect()),
        key_schema: Some(key_schema(&table.schema)),
        creation_date_time: Some(time(table.created_ms)),
        billing_mode_summary: billing(table),
        stream_specification: table.stream.and_then(stream),
        latest_stream_label: table.stream.map(|stream| Label(stream.enabled_ms).to_string()),
        latest_stream_arn: table.stream.map(|stream| origin.stream(&table.name, stream.enabled_ms)),
        sse_description: table.encryption.as_ref().map(|encryption| SseDescription {
            status: "ENABLED",
            sse_type: "KMS",
            kms_master_key_arn: origin.encryption_key(encryption.key.as_deref()),
        }),
        table_class_summary: table.class.map(|class| TableClassSummary {
            table_class: match class {
                table::TableClass::Standard => TableClass::Standard,
                table::TableClass::StandardInfrequentAccess => TableClass::StandardInfrequentAccess,
            },
            last_update_date_time: table.class_changed_ms.map(time),
        }),
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
            .map(|(position, index)| global(table, index, counts(&statistics.global_indexes, position), origin))
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
    let (projection_type, non_key_attributes) = match projection {
        table::Projection::All => (ProjectionType::All, Vec::new()),
        table::Projection::KeysOnly => (ProjectionType::KeysOnly, Vec::new()),
        table::Projection::Include(names) => (
            ProjectionType::Include,
            names.iter().map(|name| name.as_str()).collect(),
        ),
    };
    Projection {
        projection_type,
        non_key_attributes,
    }
}

fn throughput(provisioned: &table::ProvisionedThroughput) -> ThroughputDescription {
    ThroughputDescription {
        last_increase_date_time: provisioned.increased_ms.map(time),
        last_decrease_date_time: provisioned.decreased_ms.map(time),
        number_of_decreases_today: provisioned.decreases_today,
        read_capacity_units: provisioned.units.read,
        write_capacity_units: provisioned.units.write,
    }
}

/// A table that always was provisioned has no summary.
fn billing(table: &Table) -> Option<BillingModeSummary> {
    let billing_mode = match (table.billing, table.on_demand_since_ms) {
        (table::BillingMode::Provisioned, None) => return None,
        (table::BillingMode::Provisioned, Some(_)) => BillingMode::Provisioned,
        (table::BillingMode::PayPerRequest, _) => BillingMode::PayPerRequest,
    };
    Some(BillingModeSummary {
        billing_mode,
        last_update_to_pay_per_request_date_time: table.on_demand_since_ms.map(time),
    })
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

fn on_demand(ceilings: Option<table::OnDemandThroughput>) -> Option<OnDemandThroughput> {
    let shown = |units: Option<u64>| units.map(|units| i64::try_from(units).unwrap_or(i64::MAX));
    ceilings.map(|ceilings| OnDemandThroughput {
        max_read_request_units: shown(ceilings.read_max),
        max_write_request_units: shown(ceilings.write_max),
    })
}

fn warm(warm: WarmThroughput, status: &'static str) -> WarmThroughputDescription {
    WarmThroughputDescription {
        read_units_per_second: warm.read,
        write_units_per_second: warm.write,
        status,
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

fn global<'a>(table: &Table, index: &'a GlobalIndex, counts: Counts, origin: &Origin) -> GlobalIndexDescription<'a> {
    GlobalIndexDescription {
        index_name: index.name.as_str(),
        key_schema: key_schema(&index.schema),
        projection: projection(&index.projection),
        index_status: index_status(index.status),
        backfilling: backfilling(table, index.status),
        provisioned_throughput: throughput(&index.throughput),
        index_size_bytes: counts.bytes,
        item_count: counts.items,
        index_arn: origin.index(&table.name, &index.name),
        on_demand_throughput: on_demand(index.on_demand),
        warm_throughput: warm(index.warm, index_status(index.status)),
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

fn table_warm_status(table: &Table) -> &'static str {
    match table.status {
        TableStatus::Creating => "CREATING",
        TableStatus::Updating if table.warm_updating => "UPDATING",
        TableStatus::Deleting => "DELETING",
        TableStatus::Updating | TableStatus::Active => "ACTIVE",
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
