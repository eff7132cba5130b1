//! Descriptions of tables, as DescribeTable and the other table operations answer them.
//!
//! Members that AWS omits are omitted: a stream that never was, ceilings that were never set, the billing mode of a table that
//! always was provisioned.

mod index;
mod throughput;
mod vector;

pub(super) use index::{KeySchemaElement, key_schema};

use crate::request::inputs::{ScalarAttributeType, StreamViewType, TableClass};
use crate::request::tree::Time;
use crate::sort;
use crate::table::{
    self, Counts, KeyAttribute, Label, Origin, Stream, StreamView, Table, TableStatistics, TableStatus,
};
use crate::value::key;
use index::{GlobalIndexDescription, LocalIndexDescription, global, local};
use serde::Serialize;
use throughput::{BillingModeSummary, OnDemandThroughput, ThroughputDescription, WarmThroughputDescription};
use vector::{VectorIndexDescription, vector};

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
#[inline(never)]
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

fn table_status(status: TableStatus) -> &'static str {
    match status {
        TableStatus::Creating => "CREATING",
        TableStatus::Updating => "UPDATING",
        TableStatus::Deleting => "DELETING",
        TableStatus::Active => "ACTIVE",
    }
}
