//! The members of CreateTable and UpdateTable that make a table global.

use super::tables::TableClass;
use crate::request::tree::input;

input! {
    pub struct ReplicationGroupUpdate<'a> {
        pub create: Option<CreateReplicationGroupMemberAction<'a>>,
        pub update: Option<UpdateReplicationGroupMemberAction<'a>>,
        pub delete: Option<DeleteReplicationGroupMemberAction<'a>>,
        pub disassociate: Option<DisassociateReplicationGroupMemberAction<'a>>,
    }

    pub struct CreateReplicationGroupMemberAction<'a> {
        pub region_name: &'a str,
        pub kms_master_key_id as "KMSMasterKeyId": Option<&'a str>,
        pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
        pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
        pub global_secondary_indexes: Option<Vec<ReplicaGlobalSecondaryIndex<'a>>>,
        pub table_class_override: Option<TableClass>,
    }

    pub struct UpdateReplicationGroupMemberAction<'a> {
        pub region_name: &'a str,
        pub kms_master_key_id as "KMSMasterKeyId": Option<&'a str>,
        pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
        pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
        pub global_secondary_indexes: Option<Vec<ReplicaGlobalSecondaryIndex<'a>>>,
        pub table_class_override: Option<TableClass>,
    }

    pub struct DeleteReplicationGroupMemberAction<'a> {
        pub region_name: &'a str,
    }

    pub struct DisassociateReplicationGroupMemberAction<'a> {
        pub region_name: &'a str,
        pub disassociation_mode: DisassociationMode,
    }

    pub enum DisassociationMode {
        WaitForReplication,
    }

    pub struct ReplicaGlobalSecondaryIndex<'a> {
        pub index_name: &'a str,
        pub provisioned_throughput_override: Option<ProvisionedThroughputOverride>,
        pub on_demand_throughput_override: Option<OnDemandThroughputOverride>,
    }

    pub struct ProvisionedThroughputOverride {
        pub read_capacity_units: Option<i64>,
    }

    pub struct OnDemandThroughputOverride {
        pub max_read_request_units: Option<i64>,
    }

    pub enum MultiRegionConsistency {
        Eventual,
        Strong,
    }

    pub struct GlobalTableWitnessGroupUpdate<'a> {
        pub create: Option<CreateGlobalTableWitnessGroupMemberAction<'a>>,
        pub delete: Option<DeleteGlobalTableWitnessGroupMemberAction<'a>>,
    }

    pub struct CreateGlobalTableWitnessGroupMemberAction<'a> {
        pub region_name: &'a str,
    }

    pub struct DeleteGlobalTableWitnessGroupMemberAction<'a> {
        pub region_name: &'a str,
    }

    pub enum GlobalTableSettingsReplicationMode {
        Enabled,
        Disabled,
        EnabledWithOverrides,
    }
}
