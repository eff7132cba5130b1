//! Tables and the calls about the region: CreateTable, UpdateTable, DescribeTable, DeleteTable, ListTables, DescribeLimits, DescribeEndpoints.

use super::indexes::{
    GlobalSecondaryIndex, GlobalSecondaryIndexUpdate, LocalSecondaryIndex, VectorIndex, VectorIndexUpdate,
};
use super::replicas::{
    GlobalTableSettingsReplicationMode, GlobalTableWitnessGroupUpdate, MultiRegionConsistency, ReplicationGroupUpdate,
};
use super::shared::{AttributeDefinition, KeySchemaElement, OnDemandThroughput, ProvisionedThroughput, WarmThroughput};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateTable<'a> {
    #[serde(borrow)]
    pub attribute_definitions: Option<Vec<AttributeDefinition<'a>>>,
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub key_schema: Option<Vec<KeySchemaElement<'a>>>,
    #[serde(borrow)]
    pub local_secondary_indexes: Option<Vec<LocalSecondaryIndex<'a>>>,
    #[serde(borrow)]
    pub global_secondary_indexes: Option<Vec<GlobalSecondaryIndex<'a>>>,
    pub billing_mode: Option<BillingMode>,
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    pub stream_specification: Option<StreamSpecification>,
    #[serde(borrow, rename = "SSESpecification")]
    pub sse_specification: Option<SseSpecification<'a>>,
    #[serde(borrow)]
    pub tags: Option<Vec<Tag<'a>>>,
    pub table_class: Option<TableClass>,
    pub deletion_protection_enabled: Option<bool>,
    pub warm_throughput: Option<WarmThroughput>,
    #[serde(borrow)]
    pub resource_policy: Option<&'a str>,
    pub on_demand_throughput: Option<OnDemandThroughput>,
    #[serde(borrow)]
    pub global_table_source_arn: Option<&'a str>,
    pub global_table_settings_replication_mode: Option<GlobalTableSettingsReplicationMode>,
    #[serde(borrow)]
    pub vector_indexes: Option<Vec<VectorIndex<'a>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateTable<'a> {
    #[serde(borrow)]
    pub attribute_definitions: Option<Vec<AttributeDefinition<'a>>>,
    #[serde(borrow)]
    pub table_name: &'a str,
    pub billing_mode: Option<BillingMode>,
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    #[serde(borrow)]
    pub global_secondary_index_updates: Option<Vec<GlobalSecondaryIndexUpdate<'a>>>,
    pub stream_specification: Option<StreamSpecification>,
    #[serde(borrow, rename = "SSESpecification")]
    pub sse_specification: Option<SseSpecification<'a>>,
    #[serde(borrow)]
    pub replica_updates: Option<Vec<ReplicationGroupUpdate<'a>>>,
    pub table_class: Option<TableClass>,
    pub deletion_protection_enabled: Option<bool>,
    pub multi_region_consistency: Option<MultiRegionConsistency>,
    #[serde(borrow)]
    pub global_table_witness_updates: Option<Vec<GlobalTableWitnessGroupUpdate<'a>>>,
    pub on_demand_throughput: Option<OnDemandThroughput>,
    pub warm_throughput: Option<WarmThroughput>,
    pub global_table_settings_replication_mode: Option<GlobalTableSettingsReplicationMode>,
    pub disassociation_protection_enabled: Option<bool>,
    #[serde(borrow)]
    pub vector_index_updates: Option<Vec<VectorIndexUpdate<'a>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeTable<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteTable<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTables<'a> {
    #[serde(borrow)]
    pub exclusive_start_table_name: Option<&'a str>,
    pub limit: Option<i32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeLimits {}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeEndpoints {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BillingMode {
    Provisioned,
    PayPerRequest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TableClass {
    Standard,
    StandardInfrequentAccess,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamSpecification {
    pub stream_enabled: bool,
    pub stream_view_type: Option<StreamViewType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StreamViewType {
    NewImage,
    OldImage,
    NewAndOldImages,
    KeysOnly,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", rename = "SSESpecification")]
pub struct SseSpecification<'a> {
    pub enabled: Option<bool>,
    #[serde(rename = "SSEType")]
    pub sse_type: Option<SseType>,
    #[serde(borrow, rename = "KMSMasterKeyId")]
    pub kms_master_key_id: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SseType {
    #[serde(rename = "AES256")]
    Aes256,
    Kms,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag<'a> {
    #[serde(borrow)]
    pub key: Option<&'a str>,
    #[serde(borrow)]
    pub value: Option<&'a str>,
}
