//! Tables and the calls about the region: CreateTable, UpdateTable, DescribeTable, DeleteTable, ListTables, DescribeLimits, DescribeEndpoints.

use super::indexes::{
    GlobalSecondaryIndex, GlobalSecondaryIndexUpdate, LocalSecondaryIndex, VectorIndex, VectorIndexUpdate,
};
use super::replicas::{
    GlobalTableSettingsReplicationMode, GlobalTableWitnessGroupUpdate, MultiRegionConsistency, ReplicationGroupUpdate,
};
use super::shared::{AttributeDefinition, KeySchemaElement, OnDemandThroughput, ProvisionedThroughput, WarmThroughput};
use crate::request::tree::input;

input! {
    pub struct CreateTable<'a> {
        pub attribute_definitions: Option<Vec<AttributeDefinition<'a>>>,
        pub table_name: &'a str,
        pub key_schema: Option<Vec<KeySchemaElement<'a>>>,
        pub local_secondary_indexes: Option<Vec<LocalSecondaryIndex<'a>>>,
        pub global_secondary_indexes: Option<Vec<GlobalSecondaryIndex<'a>>>,
        pub billing_mode: Option<BillingMode>,
        pub provisioned_throughput: Option<ProvisionedThroughput>,
        pub stream_specification: Option<StreamSpecification>,
        pub sse_specification as "SSESpecification": Option<SseSpecification<'a>>,
        pub tags: Option<Vec<Tag<'a>>>,
        pub table_class: Option<TableClass>,
        pub deletion_protection_enabled: Option<bool>,
        pub warm_throughput: Option<WarmThroughput>,
        pub resource_policy: Option<&'a str>,
        pub on_demand_throughput: Option<OnDemandThroughput>,
        pub global_table_source_arn: Option<&'a str>,
        pub global_table_settings_replication_mode: Option<GlobalTableSettingsReplicationMode>,
        pub vector_indexes: Option<Vec<VectorIndex<'a>>>,
    }

    pub struct UpdateTable<'a> {
        pub attribute_definitions: Option<Vec<AttributeDefinition<'a>>>,
        pub table_name: &'a str,
        pub billing_mode: Option<BillingMode>,
        pub provisioned_throughput: Option<ProvisionedThroughput>,
        pub global_secondary_index_updates: Option<Vec<GlobalSecondaryIndexUpdate<'a>>>,
        pub stream_specification: Option<StreamSpecification>,
        pub sse_specification as "SSESpecification": Option<SseSpecification<'a>>,
        pub replica_updates: Option<Vec<ReplicationGroupUpdate<'a>>>,
        pub table_class: Option<TableClass>,
        pub deletion_protection_enabled: Option<bool>,
        pub multi_region_consistency: Option<MultiRegionConsistency>,
        pub global_table_witness_updates: Option<Vec<GlobalTableWitnessGroupUpdate<'a>>>,
        pub on_demand_throughput: Option<OnDemandThroughput>,
        pub warm_throughput: Option<WarmThroughput>,
        pub global_table_settings_replication_mode: Option<GlobalTableSettingsReplicationMode>,
        pub disassociation_protection_enabled: Option<bool>,
        pub vector_index_updates: Option<Vec<VectorIndexUpdate<'a>>>,
    }

    pub struct DescribeTable<'a> {
        pub table_name: &'a str,
    }

    pub struct DeleteTable<'a> {
        pub table_name: &'a str,
    }

    pub struct ListTables<'a> {
        pub exclusive_start_table_name: Option<&'a str>,
        pub limit: Option<i32>,
    }

    pub struct DescribeLimits {}

    pub struct DescribeEndpoints {}

    pub enum BillingMode {
        Provisioned,
        PayPerRequest,
    }

    pub enum TableClass {
        Standard,
        StandardInfrequentAccess,
    }

    pub struct StreamSpecification {
        pub stream_enabled: bool,
        pub stream_view_type: Option<StreamViewType>,
    }

    pub enum StreamViewType {
        NewImage,
        OldImage,
        NewAndOldImages,
        KeysOnly,
    }

    pub struct SseSpecification<'a> as "SSESpecification" {
        pub enabled: Option<bool>,
        pub sse_type as "SSEType": Option<SseType>,
        pub kms_master_key_id as "KMSMasterKeyId": Option<&'a str>,
    }

    pub enum SseType {
        Aes256 as "AES256",
        Kms,
    }

    pub struct Tag<'a> {
        pub key: Option<&'a str>,
        pub value: Option<&'a str>,
    }
}
