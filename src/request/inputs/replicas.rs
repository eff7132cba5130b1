//! The members of CreateTable and UpdateTable that make a table global.

use super::tables::TableClass;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicationGroupUpdate<'a> {
    #[serde(borrow)]
    pub create: Option<CreateReplicationGroupMemberAction<'a>>,
    #[serde(borrow)]
    pub update: Option<UpdateReplicationGroupMemberAction<'a>>,
    #[serde(borrow)]
    pub delete: Option<DeleteReplicationGroupMemberAction<'a>>,
    #[serde(borrow)]
    pub disassociate: Option<DisassociateReplicationGroupMemberAction<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateReplicationGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
    #[serde(borrow, rename = "KMSMasterKeyId")]
    pub kms_master_key_id: Option<&'a str>,
    pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
    pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
    #[serde(borrow)]
    pub global_secondary_indexes: Option<Vec<ReplicaGlobalSecondaryIndex<'a>>>,
    pub table_class_override: Option<TableClass>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateReplicationGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
    #[serde(borrow, rename = "KMSMasterKeyId")]
    pub kms_master_key_id: Option<&'a str>,
    pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
    pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
    #[serde(borrow)]
    pub global_secondary_indexes: Option<Vec<ReplicaGlobalSecondaryIndex<'a>>>,
    pub table_class_override: Option<TableClass>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteReplicationGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisassociateReplicationGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
    pub disassociation_mode: DisassociationMode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DisassociationMode {
    WaitForReplication,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicaGlobalSecondaryIndex<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
    pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ProvisionedThroughputOverride {
    pub read_capacity_units: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OnDemandThroughputOverride {
    pub max_read_request_units: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MultiRegionConsistency {
    Eventual,
    Strong,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GlobalTableWitnessGroupUpdate<'a> {
    #[serde(borrow)]
    pub create: Option<CreateGlobalTableWitnessGroupMemberAction<'a>>,
    #[serde(borrow)]
    pub delete: Option<DeleteGlobalTableWitnessGroupMemberAction<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGlobalTableWitnessGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGlobalTableWitnessGroupMemberAction<'a> {
    #[serde(borrow)]
    pub region_name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GlobalTableSettingsReplicationMode {
    Enabled,
    Disabled,
    EnabledWithOverrides,
}
