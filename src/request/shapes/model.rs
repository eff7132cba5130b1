//! The input shapes of every operation. Written by scripts/shapes.mjs from AWS's service models; not edited by hand.

use super::{Member, Shape, Structure};
use crate::request::Operation;

/// The structure that an operation's body is read into.
pub fn input(operation: Operation) -> &'static Structure {
    match operation {
        Operation::BatchExecuteStatement => &BATCH_EXECUTE_STATEMENT_INPUT,
        Operation::BatchGetItem => &BATCH_GET_ITEM_INPUT,
        Operation::BatchWriteItem => &BATCH_WRITE_ITEM_INPUT,
        Operation::CancelBulkOperation => &CANCEL_BULK_OPERATION_INPUT,
        Operation::CreateBackup => &CREATE_BACKUP_INPUT,
        Operation::CreateGlobalTable => &CREATE_GLOBAL_TABLE_INPUT,
        Operation::CreateTable => &CREATE_TABLE_INPUT,
        Operation::DeleteBackup => &DELETE_BACKUP_INPUT,
        Operation::DeleteItem => &DELETE_ITEM_INPUT,
        Operation::DeleteResourcePolicy => &DELETE_RESOURCE_POLICY_INPUT,
        Operation::DeleteTable => &DELETE_TABLE_INPUT,
        Operation::DescribeBackup => &DESCRIBE_BACKUP_INPUT,
        Operation::DescribeBulkOperation => &DESCRIBE_BULK_OPERATION_INPUT,
        Operation::DescribeContinuousBackups => &DESCRIBE_CONTINUOUS_BACKUPS_INPUT,
        Operation::DescribeContributorInsights => &DESCRIBE_CONTRIBUTOR_INSIGHTS_INPUT,
        Operation::DescribeEndpoints => &DESCRIBE_ENDPOINTS_REQUEST,
        Operation::DescribeExport => &DESCRIBE_EXPORT_INPUT,
        Operation::DescribeGlobalTable => &DESCRIBE_GLOBAL_TABLE_INPUT,
        Operation::DescribeGlobalTableSettings => &DESCRIBE_GLOBAL_TABLE_SETTINGS_INPUT,
        Operation::DescribeImport => &DESCRIBE_IMPORT_INPUT,
        Operation::DescribeKinesisStreamingDestination => &DESCRIBE_KINESIS_STREAMING_DESTINATION_INPUT,
        Operation::DescribeLimits => &DESCRIBE_LIMITS_INPUT,
        Operation::DescribeTable => &DESCRIBE_TABLE_INPUT,
        Operation::DescribeTableReplicaAutoScaling => &DESCRIBE_TABLE_REPLICA_AUTO_SCALING_INPUT,
        Operation::DescribeTimeToLive => &DESCRIBE_TIME_TO_LIVE_INPUT,
        Operation::DisableKinesisStreamingDestination => &KINESIS_STREAMING_DESTINATION_INPUT,
        Operation::EnableKinesisStreamingDestination => &KINESIS_STREAMING_DESTINATION_INPUT,
        Operation::ExecuteStatement => &EXECUTE_STATEMENT_INPUT,
        Operation::ExecuteTransaction => &EXECUTE_TRANSACTION_INPUT,
        Operation::ExportTableToPointInTime => &EXPORT_TABLE_TO_POINT_IN_TIME_INPUT,
        Operation::GetItem => &GET_ITEM_INPUT,
        Operation::GetResourcePolicy => &GET_RESOURCE_POLICY_INPUT,
        Operation::ImportTable => &IMPORT_TABLE_INPUT,
        Operation::ListBackups => &LIST_BACKUPS_INPUT,
        Operation::ListBulkOperations => &LIST_BULK_OPERATIONS_INPUT,
        Operation::ListContributorInsights => &LIST_CONTRIBUTOR_INSIGHTS_INPUT,
        Operation::ListExports => &LIST_EXPORTS_INPUT,
        Operation::ListGlobalTables => &LIST_GLOBAL_TABLES_INPUT,
        Operation::ListImports => &LIST_IMPORTS_INPUT,
        Operation::ListTables => &LIST_TABLES_INPUT,
        Operation::ListTagsOfResource => &LIST_TAGS_OF_RESOURCE_INPUT,
        Operation::PutItem => &PUT_ITEM_INPUT,
        Operation::PutResourcePolicy => &PUT_RESOURCE_POLICY_INPUT,
        Operation::Query => &QUERY_INPUT,
        Operation::RestoreTableFromBackup => &RESTORE_TABLE_FROM_BACKUP_INPUT,
        Operation::RestoreTableToPointInTime => &RESTORE_TABLE_TO_POINT_IN_TIME_INPUT,
        Operation::Scan => &SCAN_INPUT,
        Operation::SearchVectors => &SEARCH_VECTORS_INPUT,
        Operation::StartBulkPutItems => &START_BULK_PUT_ITEMS_INPUT,
        Operation::TagResource => &TAG_RESOURCE_INPUT,
        Operation::TransactGetItems => &TRANSACT_GET_ITEMS_INPUT,
        Operation::TransactWriteItems => &TRANSACT_WRITE_ITEMS_INPUT,
        Operation::UntagResource => &UNTAG_RESOURCE_INPUT,
        Operation::UpdateContinuousBackups => &UPDATE_CONTINUOUS_BACKUPS_INPUT,
        Operation::UpdateContributorInsights => &UPDATE_CONTRIBUTOR_INSIGHTS_INPUT,
        Operation::UpdateGlobalTable => &UPDATE_GLOBAL_TABLE_INPUT,
        Operation::UpdateGlobalTableSettings => &UPDATE_GLOBAL_TABLE_SETTINGS_INPUT,
        Operation::UpdateItem => &UPDATE_ITEM_INPUT,
        Operation::UpdateKinesisStreamingDestination => &UPDATE_KINESIS_STREAMING_DESTINATION_INPUT,
        Operation::UpdateTable => &UPDATE_TABLE_INPUT,
        Operation::UpdateTableReplicaAutoScaling => &UPDATE_TABLE_REPLICA_AUTO_SCALING_INPUT,
        Operation::UpdateTimeToLive => &UPDATE_TIME_TO_LIVE_INPUT,
        Operation::DescribeStream => &DESCRIBE_STREAM_INPUT,
        Operation::GetRecords => &GET_RECORDS_INPUT,
        Operation::GetShardIterator => &GET_SHARD_ITERATOR_INPUT,
        Operation::ListStreams => &LIST_STREAMS_INPUT,
    }
}

static ATTRIBUTE_DEFINITION: Structure = Structure {
    name: "AttributeDefinition",
    members: &[
        Member {
            name: "AttributeName",
            shape: Shape::String,
        },
        Member {
            name: "AttributeType",
            shape: Shape::String,
        },
    ],
};

static ATTRIBUTE_VALUE_UPDATE: Structure = Structure {
    name: "AttributeValueUpdate",
    members: &[
        Member {
            name: "Value",
            shape: Shape::AttributeValue,
        },
        Member {
            name: "Action",
            shape: Shape::String,
        },
    ],
};

static AUTO_SCALING_POLICY_UPDATE: Structure = Structure {
    name: "AutoScalingPolicyUpdate",
    members: &[
        Member {
            name: "PolicyName",
            shape: Shape::String,
        },
        Member {
            name: "TargetTrackingScalingPolicyConfiguration",
            shape: Shape::Structure(&AUTO_SCALING_TARGET_TRACKING_SCALING_POLICY_CONFIGURATION_UPDATE),
        },
    ],
};

static AUTO_SCALING_SETTINGS_UPDATE: Structure = Structure {
    name: "AutoScalingSettingsUpdate",
    members: &[
        Member {
            name: "MinimumUnits",
            shape: Shape::Long,
        },
        Member {
            name: "MaximumUnits",
            shape: Shape::Long,
        },
        Member {
            name: "AutoScalingDisabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "AutoScalingRoleArn",
            shape: Shape::String,
        },
        Member {
            name: "ScalingPolicyUpdate",
            shape: Shape::Structure(&AUTO_SCALING_POLICY_UPDATE),
        },
    ],
};

static AUTO_SCALING_TARGET_TRACKING_SCALING_POLICY_CONFIGURATION_UPDATE: Structure = Structure {
    name: "AutoScalingTargetTrackingScalingPolicyConfigurationUpdate",
    members: &[
        Member {
            name: "DisableScaleIn",
            shape: Shape::Boolean,
        },
        Member {
            name: "ScaleInCooldown",
            shape: Shape::Integer,
        },
        Member {
            name: "ScaleOutCooldown",
            shape: Shape::Integer,
        },
        Member {
            name: "TargetValue",
            shape: Shape::Double,
        },
    ],
};

static BATCH_EXECUTE_STATEMENT_INPUT: Structure = Structure {
    name: "BatchExecuteStatementInput",
    members: &[
        Member {
            name: "Statements",
            shape: Shape::List(&Shape::Structure(&BATCH_STATEMENT_REQUEST)),
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
    ],
};

static BATCH_GET_ITEM_INPUT: Structure = Structure {
    name: "BatchGetItemInput",
    members: &[
        Member {
            name: "RequestItems",
            shape: Shape::Map(&Shape::Structure(&KEYS_AND_ATTRIBUTES)),
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
    ],
};

static BATCH_STATEMENT_REQUEST: Structure = Structure {
    name: "BatchStatementRequest",
    members: &[
        Member {
            name: "Statement",
            shape: Shape::String,
        },
        Member {
            name: "Parameters",
            shape: Shape::List(&Shape::AttributeValue),
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static BATCH_WRITE_ITEM_INPUT: Structure = Structure {
    name: "BatchWriteItemInput",
    members: &[
        Member {
            name: "RequestItems",
            shape: Shape::Map(&Shape::List(&Shape::Structure(&WRITE_REQUEST))),
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ReturnItemCollectionMetrics",
            shape: Shape::String,
        },
    ],
};

static CANCEL_BULK_OPERATION_INPUT: Structure = Structure {
    name: "CancelBulkOperationInput",
    members: &[Member {
        name: "BulkOperationArn",
        shape: Shape::String,
    }],
};

static CONDITION: Structure = Structure {
    name: "Condition",
    members: &[
        Member {
            name: "AttributeValueList",
            shape: Shape::List(&Shape::AttributeValue),
        },
        Member {
            name: "ComparisonOperator",
            shape: Shape::String,
        },
    ],
};

static CONDITION_CHECK: Structure = Structure {
    name: "ConditionCheck",
    members: &[
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static CREATE_BACKUP_INPUT: Structure = Structure {
    name: "CreateBackupInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "BackupName",
            shape: Shape::String,
        },
    ],
};

static CREATE_GLOBAL_SECONDARY_INDEX_ACTION: Structure = Structure {
    name: "CreateGlobalSecondaryIndexAction",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "KeySchema",
            shape: Shape::List(&Shape::Structure(&KEY_SCHEMA_ELEMENT)),
        },
        Member {
            name: "Projection",
            shape: Shape::Structure(&PROJECTION),
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "WarmThroughput",
            shape: Shape::Structure(&WARM_THROUGHPUT),
        },
    ],
};

static CREATE_GLOBAL_TABLE_INPUT: Structure = Structure {
    name: "CreateGlobalTableInput",
    members: &[
        Member {
            name: "GlobalTableName",
            shape: Shape::String,
        },
        Member {
            name: "ReplicationGroup",
            shape: Shape::List(&Shape::Structure(&REPLICA)),
        },
    ],
};

static CREATE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "CreateGlobalTableWitnessGroupMemberAction",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static CREATE_REPLICA_ACTION: Structure = Structure {
    name: "CreateReplicaAction",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static CREATE_REPLICATION_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "CreateReplicationGroupMemberAction",
    members: &[
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
        Member {
            name: "KMSMasterKeyId",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughputOverride",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT_OVERRIDE),
        },
        Member {
            name: "OnDemandThroughputOverride",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT_OVERRIDE),
        },
        Member {
            name: "GlobalSecondaryIndexes",
            shape: Shape::List(&Shape::Structure(&REPLICA_GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "TableClassOverride",
            shape: Shape::String,
        },
    ],
};

static CREATE_TABLE_INPUT: Structure = Structure {
    name: "CreateTableInput",
    members: &[
        Member {
            name: "AttributeDefinitions",
            shape: Shape::List(&Shape::Structure(&ATTRIBUTE_DEFINITION)),
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "KeySchema",
            shape: Shape::List(&Shape::Structure(&KEY_SCHEMA_ELEMENT)),
        },
        Member {
            name: "LocalSecondaryIndexes",
            shape: Shape::List(&Shape::Structure(&LOCAL_SECONDARY_INDEX)),
        },
        Member {
            name: "GlobalSecondaryIndexes",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "BillingMode",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "StreamSpecification",
            shape: Shape::Structure(&STREAM_SPECIFICATION),
        },
        Member {
            name: "SSESpecification",
            shape: Shape::Structure(&SSE_SPECIFICATION),
        },
        Member {
            name: "Tags",
            shape: Shape::List(&Shape::Structure(&TAG)),
        },
        Member {
            name: "TableClass",
            shape: Shape::String,
        },
        Member {
            name: "DeletionProtectionEnabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "WarmThroughput",
            shape: Shape::Structure(&WARM_THROUGHPUT),
        },
        Member {
            name: "ResourcePolicy",
            shape: Shape::String,
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "GlobalTableSourceArn",
            shape: Shape::String,
        },
        Member {
            name: "GlobalTableSettingsReplicationMode",
            shape: Shape::String,
        },
        Member {
            name: "VectorIndexes",
            shape: Shape::List(&Shape::Structure(&VECTOR_INDEX)),
        },
    ],
};

static CREATE_VECTOR_INDEX_ACTION: Structure = Structure {
    name: "CreateVectorIndexAction",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "VectorAttribute",
            shape: Shape::Structure(&VECTOR_ATTRIBUTE_DEFINITION),
        },
        Member {
            name: "SearchSchema",
            shape: Shape::List(&Shape::Structure(&SEARCH_SCHEMA_ELEMENT)),
        },
        Member {
            name: "Projection",
            shape: Shape::Structure(&PROJECTION),
        },
        Member {
            name: "Dimensions",
            shape: Shape::Long,
        },
        Member {
            name: "DistanceFunction",
            shape: Shape::String,
        },
    ],
};

static CSV_OPTIONS: Structure = Structure {
    name: "CsvOptions",
    members: &[
        Member {
            name: "Delimiter",
            shape: Shape::String,
        },
        Member {
            name: "HeaderList",
            shape: Shape::List(&Shape::String),
        },
    ],
};

static DELETE: Structure = Structure {
    name: "Delete",
    members: &[
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static DELETE_BACKUP_INPUT: Structure = Structure {
    name: "DeleteBackupInput",
    members: &[Member {
        name: "BackupArn",
        shape: Shape::String,
    }],
};

static DELETE_GLOBAL_SECONDARY_INDEX_ACTION: Structure = Structure {
    name: "DeleteGlobalSecondaryIndexAction",
    members: &[Member {
        name: "IndexName",
        shape: Shape::String,
    }],
};

static DELETE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "DeleteGlobalTableWitnessGroupMemberAction",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static DELETE_ITEM_INPUT: Structure = Structure {
    name: "DeleteItemInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "Expected",
            shape: Shape::Map(&Shape::Structure(&EXPECTED_ATTRIBUTE_VALUE)),
        },
        Member {
            name: "ConditionalOperator",
            shape: Shape::String,
        },
        Member {
            name: "ReturnValues",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ReturnItemCollectionMetrics",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static DELETE_REPLICA_ACTION: Structure = Structure {
    name: "DeleteReplicaAction",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static DELETE_REPLICATION_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "DeleteReplicationGroupMemberAction",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static DELETE_REQUEST: Structure = Structure {
    name: "DeleteRequest",
    members: &[Member {
        name: "Key",
        shape: Shape::Attributes,
    }],
};

static DELETE_RESOURCE_POLICY_INPUT: Structure = Structure {
    name: "DeleteResourcePolicyInput",
    members: &[
        Member {
            name: "ResourceArn",
            shape: Shape::String,
        },
        Member {
            name: "ExpectedRevisionId",
            shape: Shape::String,
        },
    ],
};

static DELETE_TABLE_INPUT: Structure = Structure {
    name: "DeleteTableInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DELETE_VECTOR_INDEX_ACTION: Structure = Structure {
    name: "DeleteVectorIndexAction",
    members: &[Member {
        name: "IndexName",
        shape: Shape::String,
    }],
};

static DESCRIBE_BACKUP_INPUT: Structure = Structure {
    name: "DescribeBackupInput",
    members: &[Member {
        name: "BackupArn",
        shape: Shape::String,
    }],
};

static DESCRIBE_BULK_OPERATION_INPUT: Structure = Structure {
    name: "DescribeBulkOperationInput",
    members: &[Member {
        name: "BulkOperationArn",
        shape: Shape::String,
    }],
};

static DESCRIBE_CONTINUOUS_BACKUPS_INPUT: Structure = Structure {
    name: "DescribeContinuousBackupsInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_CONTRIBUTOR_INSIGHTS_INPUT: Structure = Structure {
    name: "DescribeContributorInsightsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
    ],
};

static DESCRIBE_ENDPOINTS_REQUEST: Structure = Structure {
    name: "DescribeEndpointsRequest",
    members: &[],
};

static DESCRIBE_EXPORT_INPUT: Structure = Structure {
    name: "DescribeExportInput",
    members: &[Member {
        name: "ExportArn",
        shape: Shape::String,
    }],
};

static DESCRIBE_GLOBAL_TABLE_INPUT: Structure = Structure {
    name: "DescribeGlobalTableInput",
    members: &[Member {
        name: "GlobalTableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_GLOBAL_TABLE_SETTINGS_INPUT: Structure = Structure {
    name: "DescribeGlobalTableSettingsInput",
    members: &[Member {
        name: "GlobalTableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_IMPORT_INPUT: Structure = Structure {
    name: "DescribeImportInput",
    members: &[Member {
        name: "ImportArn",
        shape: Shape::String,
    }],
};

static DESCRIBE_KINESIS_STREAMING_DESTINATION_INPUT: Structure = Structure {
    name: "DescribeKinesisStreamingDestinationInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_LIMITS_INPUT: Structure = Structure {
    name: "DescribeLimitsInput",
    members: &[],
};

static DESCRIBE_STREAM_INPUT: Structure = Structure {
    name: "DescribeStreamInput",
    members: &[
        Member {
            name: "StreamArn",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "ExclusiveStartShardId",
            shape: Shape::String,
        },
        Member {
            name: "ShardFilter",
            shape: Shape::Structure(&SHARD_FILTER),
        },
    ],
};

static DESCRIBE_TABLE_INPUT: Structure = Structure {
    name: "DescribeTableInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_TABLE_REPLICA_AUTO_SCALING_INPUT: Structure = Structure {
    name: "DescribeTableReplicaAutoScalingInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DESCRIBE_TIME_TO_LIVE_INPUT: Structure = Structure {
    name: "DescribeTimeToLiveInput",
    members: &[Member {
        name: "TableName",
        shape: Shape::String,
    }],
};

static DISASSOCIATE_REPLICATION_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "DisassociateReplicationGroupMemberAction",
    members: &[
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
        Member {
            name: "DisassociationMode",
            shape: Shape::String,
        },
    ],
};

static ENABLE_KINESIS_STREAMING_CONFIGURATION: Structure = Structure {
    name: "EnableKinesisStreamingConfiguration",
    members: &[Member {
        name: "ApproximateCreationDateTimePrecision",
        shape: Shape::String,
    }],
};

static EXECUTE_STATEMENT_INPUT: Structure = Structure {
    name: "ExecuteStatementInput",
    members: &[
        Member {
            name: "Statement",
            shape: Shape::String,
        },
        Member {
            name: "Parameters",
            shape: Shape::List(&Shape::AttributeValue),
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static EXECUTE_TRANSACTION_INPUT: Structure = Structure {
    name: "ExecuteTransactionInput",
    members: &[
        Member {
            name: "TransactStatements",
            shape: Shape::List(&Shape::Structure(&PARAMETERIZED_STATEMENT)),
        },
        Member {
            name: "ClientRequestToken",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
    ],
};

static EXPECTED_ATTRIBUTE_VALUE: Structure = Structure {
    name: "ExpectedAttributeValue",
    members: &[
        Member {
            name: "Value",
            shape: Shape::AttributeValue,
        },
        Member {
            name: "Exists",
            shape: Shape::Boolean,
        },
        Member {
            name: "ComparisonOperator",
            shape: Shape::String,
        },
        Member {
            name: "AttributeValueList",
            shape: Shape::List(&Shape::AttributeValue),
        },
    ],
};

static EXPORT_TABLE_TO_POINT_IN_TIME_INPUT: Structure = Structure {
    name: "ExportTableToPointInTimeInput",
    members: &[
        Member {
            name: "TableArn",
            shape: Shape::String,
        },
        Member {
            name: "ExportTime",
            shape: Shape::Timestamp,
        },
        Member {
            name: "ClientToken",
            shape: Shape::String,
        },
        Member {
            name: "S3Bucket",
            shape: Shape::String,
        },
        Member {
            name: "S3BucketOwner",
            shape: Shape::String,
        },
        Member {
            name: "S3Prefix",
            shape: Shape::String,
        },
        Member {
            name: "S3SseAlgorithm",
            shape: Shape::String,
        },
        Member {
            name: "S3SseKmsKeyId",
            shape: Shape::String,
        },
        Member {
            name: "ExportFormat",
            shape: Shape::String,
        },
        Member {
            name: "ExportType",
            shape: Shape::String,
        },
        Member {
            name: "IncrementalExportSpecification",
            shape: Shape::Structure(&INCREMENTAL_EXPORT_SPECIFICATION),
        },
        Member {
            name: "FilterSpecification",
            shape: Shape::Structure(&FILTER_SPECIFICATION),
        },
    ],
};

static FILTER_SPECIFICATION: Structure = Structure {
    name: "FilterSpecification",
    members: &[
        Member {
            name: "FilterExpression",
            shape: Shape::String,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "KeyConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
    ],
};

static GET: Structure = Structure {
    name: "Get",
    members: &[
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
    ],
};

static GET_ITEM_INPUT: Structure = Structure {
    name: "GetItemInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "AttributesToGet",
            shape: Shape::List(&Shape::String),
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
    ],
};

static GET_RECORDS_INPUT: Structure = Structure {
    name: "GetRecordsInput",
    members: &[
        Member {
            name: "ShardIterator",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
    ],
};

static GET_RESOURCE_POLICY_INPUT: Structure = Structure {
    name: "GetResourcePolicyInput",
    members: &[Member {
        name: "ResourceArn",
        shape: Shape::String,
    }],
};

static GET_SHARD_ITERATOR_INPUT: Structure = Structure {
    name: "GetShardIteratorInput",
    members: &[
        Member {
            name: "StreamArn",
            shape: Shape::String,
        },
        Member {
            name: "ShardId",
            shape: Shape::String,
        },
        Member {
            name: "ShardIteratorType",
            shape: Shape::String,
        },
        Member {
            name: "SequenceNumber",
            shape: Shape::String,
        },
        Member {
            name: "Timestamp",
            shape: Shape::Timestamp,
        },
    ],
};

static GLOBAL_SECONDARY_INDEX: Structure = Structure {
    name: "GlobalSecondaryIndex",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "KeySchema",
            shape: Shape::List(&Shape::Structure(&KEY_SCHEMA_ELEMENT)),
        },
        Member {
            name: "Projection",
            shape: Shape::Structure(&PROJECTION),
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "WarmThroughput",
            shape: Shape::Structure(&WARM_THROUGHPUT),
        },
    ],
};

static GLOBAL_SECONDARY_INDEX_AUTO_SCALING_UPDATE: Structure = Structure {
    name: "GlobalSecondaryIndexAutoScalingUpdate",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedWriteCapacityAutoScalingUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
    ],
};

static GLOBAL_SECONDARY_INDEX_UPDATE: Structure = Structure {
    name: "GlobalSecondaryIndexUpdate",
    members: &[
        Member {
            name: "Update",
            shape: Shape::Structure(&UPDATE_GLOBAL_SECONDARY_INDEX_ACTION),
        },
        Member {
            name: "Create",
            shape: Shape::Structure(&CREATE_GLOBAL_SECONDARY_INDEX_ACTION),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE_GLOBAL_SECONDARY_INDEX_ACTION),
        },
    ],
};

static GLOBAL_TABLE_GLOBAL_SECONDARY_INDEX_SETTINGS_UPDATE: Structure = Structure {
    name: "GlobalTableGlobalSecondaryIndexSettingsUpdate",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedWriteCapacityUnits",
            shape: Shape::Long,
        },
        Member {
            name: "ProvisionedWriteCapacityAutoScalingSettingsUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
    ],
};

static GLOBAL_TABLE_WITNESS_GROUP_UPDATE: Structure = Structure {
    name: "GlobalTableWitnessGroupUpdate",
    members: &[
        Member {
            name: "Create",
            shape: Shape::Structure(&CREATE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE_GLOBAL_TABLE_WITNESS_GROUP_MEMBER_ACTION),
        },
    ],
};

static IMPORT_TABLE_INPUT: Structure = Structure {
    name: "ImportTableInput",
    members: &[
        Member {
            name: "ClientToken",
            shape: Shape::String,
        },
        Member {
            name: "S3BucketSource",
            shape: Shape::Structure(&S3_BUCKET_SOURCE),
        },
        Member {
            name: "InputFormat",
            shape: Shape::String,
        },
        Member {
            name: "InputFormatOptions",
            shape: Shape::Structure(&INPUT_FORMAT_OPTIONS),
        },
        Member {
            name: "InputCompressionType",
            shape: Shape::String,
        },
        Member {
            name: "TableCreationParameters",
            shape: Shape::Structure(&TABLE_CREATION_PARAMETERS),
        },
    ],
};

static INCREMENTAL_EXPORT_SPECIFICATION: Structure = Structure {
    name: "IncrementalExportSpecification",
    members: &[
        Member {
            name: "ExportFromTime",
            shape: Shape::Timestamp,
        },
        Member {
            name: "ExportToTime",
            shape: Shape::Timestamp,
        },
        Member {
            name: "ExportViewType",
            shape: Shape::String,
        },
    ],
};

static INPUT_FORMAT_OPTIONS: Structure = Structure {
    name: "InputFormatOptions",
    members: &[Member {
        name: "Csv",
        shape: Shape::Structure(&CSV_OPTIONS),
    }],
};

static INPUT_S3_CONFIGURATION: Structure = Structure {
    name: "InputS3Configuration",
    members: &[
        Member {
            name: "S3BucketOwner",
            shape: Shape::String,
        },
        Member {
            name: "S3Bucket",
            shape: Shape::String,
        },
        Member {
            name: "S3KeyPrefix",
            shape: Shape::String,
        },
        Member {
            name: "InputFormat",
            shape: Shape::String,
        },
        Member {
            name: "InputCompressionType",
            shape: Shape::String,
        },
    ],
};

static KEY_SCHEMA_ELEMENT: Structure = Structure {
    name: "KeySchemaElement",
    members: &[
        Member {
            name: "AttributeName",
            shape: Shape::String,
        },
        Member {
            name: "KeyType",
            shape: Shape::String,
        },
    ],
};

static KEYS_AND_ATTRIBUTES: Structure = Structure {
    name: "KeysAndAttributes",
    members: &[
        Member {
            name: "Keys",
            shape: Shape::List(&Shape::Attributes),
        },
        Member {
            name: "AttributesToGet",
            shape: Shape::List(&Shape::String),
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
    ],
};

static KINESIS_STREAMING_DESTINATION_INPUT: Structure = Structure {
    name: "KinesisStreamingDestinationInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "StreamArn",
            shape: Shape::String,
        },
        Member {
            name: "EnableKinesisStreamingConfiguration",
            shape: Shape::Structure(&ENABLE_KINESIS_STREAMING_CONFIGURATION),
        },
    ],
};

static LIST_BACKUPS_INPUT: Structure = Structure {
    name: "ListBackupsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "TimeRangeLowerBound",
            shape: Shape::Timestamp,
        },
        Member {
            name: "TimeRangeUpperBound",
            shape: Shape::Timestamp,
        },
        Member {
            name: "ExclusiveStartBackupArn",
            shape: Shape::String,
        },
        Member {
            name: "BackupType",
            shape: Shape::String,
        },
    ],
};

static LIST_BULK_OPERATIONS_INPUT: Structure = Structure {
    name: "ListBulkOperationsInput",
    members: &[
        Member {
            name: "MaxResults",
            shape: Shape::Integer,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
    ],
};

static LIST_CONTRIBUTOR_INSIGHTS_INPUT: Structure = Structure {
    name: "ListContributorInsightsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
        Member {
            name: "MaxResults",
            shape: Shape::Integer,
        },
    ],
};

static LIST_EXPORTS_INPUT: Structure = Structure {
    name: "ListExportsInput",
    members: &[
        Member {
            name: "TableArn",
            shape: Shape::String,
        },
        Member {
            name: "MaxResults",
            shape: Shape::Integer,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
    ],
};

static LIST_GLOBAL_TABLES_INPUT: Structure = Structure {
    name: "ListGlobalTablesInput",
    members: &[
        Member {
            name: "ExclusiveStartGlobalTableName",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
    ],
};

static LIST_IMPORTS_INPUT: Structure = Structure {
    name: "ListImportsInput",
    members: &[
        Member {
            name: "TableArn",
            shape: Shape::String,
        },
        Member {
            name: "PageSize",
            shape: Shape::Integer,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
    ],
};

static LIST_STREAMS_INPUT: Structure = Structure {
    name: "ListStreamsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "ExclusiveStartStreamArn",
            shape: Shape::String,
        },
    ],
};

static LIST_TABLES_INPUT: Structure = Structure {
    name: "ListTablesInput",
    members: &[
        Member {
            name: "ExclusiveStartTableName",
            shape: Shape::String,
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
    ],
};

static LIST_TAGS_OF_RESOURCE_INPUT: Structure = Structure {
    name: "ListTagsOfResourceInput",
    members: &[
        Member {
            name: "ResourceArn",
            shape: Shape::String,
        },
        Member {
            name: "NextToken",
            shape: Shape::String,
        },
    ],
};

static LOCAL_SECONDARY_INDEX: Structure = Structure {
    name: "LocalSecondaryIndex",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "KeySchema",
            shape: Shape::List(&Shape::Structure(&KEY_SCHEMA_ELEMENT)),
        },
        Member {
            name: "Projection",
            shape: Shape::Structure(&PROJECTION),
        },
    ],
};

static ON_DEMAND_THROUGHPUT: Structure = Structure {
    name: "OnDemandThroughput",
    members: &[
        Member {
            name: "MaxReadRequestUnits",
            shape: Shape::Long,
        },
        Member {
            name: "MaxWriteRequestUnits",
            shape: Shape::Long,
        },
    ],
};

static ON_DEMAND_THROUGHPUT_OVERRIDE: Structure = Structure {
    name: "OnDemandThroughputOverride",
    members: &[Member {
        name: "MaxReadRequestUnits",
        shape: Shape::Long,
    }],
};

static OUTPUT_S3_CONFIGURATION: Structure = Structure {
    name: "OutputS3Configuration",
    members: &[
        Member {
            name: "S3BucketOwner",
            shape: Shape::String,
        },
        Member {
            name: "S3Bucket",
            shape: Shape::String,
        },
        Member {
            name: "S3KeyPrefix",
            shape: Shape::String,
        },
        Member {
            name: "S3SseAlgorithm",
            shape: Shape::String,
        },
        Member {
            name: "S3SseKmsKeyId",
            shape: Shape::String,
        },
        Member {
            name: "OutputType",
            shape: Shape::List(&Shape::String),
        },
    ],
};

static PARAMETERIZED_STATEMENT: Structure = Structure {
    name: "ParameterizedStatement",
    members: &[
        Member {
            name: "Statement",
            shape: Shape::String,
        },
        Member {
            name: "Parameters",
            shape: Shape::List(&Shape::AttributeValue),
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static POINT_IN_TIME_RECOVERY_SPECIFICATION: Structure = Structure {
    name: "PointInTimeRecoverySpecification",
    members: &[
        Member {
            name: "PointInTimeRecoveryEnabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "RecoveryPeriodInDays",
            shape: Shape::Integer,
        },
    ],
};

static PROJECTION: Structure = Structure {
    name: "Projection",
    members: &[
        Member {
            name: "ProjectionType",
            shape: Shape::String,
        },
        Member {
            name: "NonKeyAttributes",
            shape: Shape::List(&Shape::String),
        },
    ],
};

static PROVISIONED_THROUGHPUT: Structure = Structure {
    name: "ProvisionedThroughput",
    members: &[
        Member {
            name: "ReadCapacityUnits",
            shape: Shape::Long,
        },
        Member {
            name: "WriteCapacityUnits",
            shape: Shape::Long,
        },
    ],
};

static PROVISIONED_THROUGHPUT_OVERRIDE: Structure = Structure {
    name: "ProvisionedThroughputOverride",
    members: &[Member {
        name: "ReadCapacityUnits",
        shape: Shape::Long,
    }],
};

static PUT: Structure = Structure {
    name: "Put",
    members: &[
        Member {
            name: "Item",
            shape: Shape::Attributes,
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static PUT_ITEM_INPUT: Structure = Structure {
    name: "PutItemInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Item",
            shape: Shape::Attributes,
        },
        Member {
            name: "Expected",
            shape: Shape::Map(&Shape::Structure(&EXPECTED_ATTRIBUTE_VALUE)),
        },
        Member {
            name: "ReturnValues",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ReturnItemCollectionMetrics",
            shape: Shape::String,
        },
        Member {
            name: "ConditionalOperator",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static PUT_REQUEST: Structure = Structure {
    name: "PutRequest",
    members: &[Member {
        name: "Item",
        shape: Shape::Attributes,
    }],
};

static PUT_RESOURCE_POLICY_INPUT: Structure = Structure {
    name: "PutResourcePolicyInput",
    members: &[
        Member {
            name: "ResourceArn",
            shape: Shape::String,
        },
        Member {
            name: "Policy",
            shape: Shape::String,
        },
        Member {
            name: "ExpectedRevisionId",
            shape: Shape::String,
        },
        Member {
            name: "ConfirmRemoveSelfResourceAccess",
            shape: Shape::Boolean,
        },
    ],
};

static QUERY_INPUT: Structure = Structure {
    name: "QueryInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "Select",
            shape: Shape::String,
        },
        Member {
            name: "AttributesToGet",
            shape: Shape::List(&Shape::String),
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
        Member {
            name: "KeyConditions",
            shape: Shape::Map(&Shape::Structure(&CONDITION)),
        },
        Member {
            name: "QueryFilter",
            shape: Shape::Map(&Shape::Structure(&CONDITION)),
        },
        Member {
            name: "ConditionalOperator",
            shape: Shape::String,
        },
        Member {
            name: "ScanIndexForward",
            shape: Shape::Boolean,
        },
        Member {
            name: "ExclusiveStartKey",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "FilterExpression",
            shape: Shape::String,
        },
        Member {
            name: "KeyConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
    ],
};

static REPLICA: Structure = Structure {
    name: "Replica",
    members: &[Member {
        name: "RegionName",
        shape: Shape::String,
    }],
};

static REPLICA_AUTO_SCALING_UPDATE: Structure = Structure {
    name: "ReplicaAutoScalingUpdate",
    members: &[
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
        Member {
            name: "ReplicaGlobalSecondaryIndexUpdates",
            shape: Shape::List(&Shape::Structure(&REPLICA_GLOBAL_SECONDARY_INDEX_AUTO_SCALING_UPDATE)),
        },
        Member {
            name: "ReplicaProvisionedReadCapacityAutoScalingUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
    ],
};

static REPLICA_GLOBAL_SECONDARY_INDEX: Structure = Structure {
    name: "ReplicaGlobalSecondaryIndex",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughputOverride",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT_OVERRIDE),
        },
        Member {
            name: "OnDemandThroughputOverride",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT_OVERRIDE),
        },
    ],
};

static REPLICA_GLOBAL_SECONDARY_INDEX_AUTO_SCALING_UPDATE: Structure = Structure {
    name: "ReplicaGlobalSecondaryIndexAutoScalingUpdate",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedReadCapacityAutoScalingUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
    ],
};

static REPLICA_GLOBAL_SECONDARY_INDEX_SETTINGS_UPDATE: Structure = Structure {
    name: "ReplicaGlobalSecondaryIndexSettingsUpdate",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedReadCapacityUnits",
            shape: Shape::Long,
        },
        Member {
            name: "ProvisionedReadCapacityAutoScalingSettingsUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
    ],
};

static REPLICA_SETTINGS_UPDATE: Structure = Structure {
    name: "ReplicaSettingsUpdate",
    members: &[
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
        Member {
            name: "ReplicaProvisionedReadCapacityUnits",
            shape: Shape::Long,
        },
        Member {
            name: "ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
        Member {
            name: "ReplicaGlobalSecondaryIndexSettingsUpdate",
            shape: Shape::List(&Shape::Structure(&REPLICA_GLOBAL_SECONDARY_INDEX_SETTINGS_UPDATE)),
        },
        Member {
            name: "ReplicaTableClass",
            shape: Shape::String,
        },
    ],
};

static REPLICA_UPDATE: Structure = Structure {
    name: "ReplicaUpdate",
    members: &[
        Member {
            name: "Create",
            shape: Shape::Structure(&CREATE_REPLICA_ACTION),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE_REPLICA_ACTION),
        },
    ],
};

static REPLICATION_GROUP_UPDATE: Structure = Structure {
    name: "ReplicationGroupUpdate",
    members: &[
        Member {
            name: "Create",
            shape: Shape::Structure(&CREATE_REPLICATION_GROUP_MEMBER_ACTION),
        },
        Member {
            name: "Update",
            shape: Shape::Structure(&UPDATE_REPLICATION_GROUP_MEMBER_ACTION),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE_REPLICATION_GROUP_MEMBER_ACTION),
        },
        Member {
            name: "Disassociate",
            shape: Shape::Structure(&DISASSOCIATE_REPLICATION_GROUP_MEMBER_ACTION),
        },
    ],
};

static RESTORE_TABLE_FROM_BACKUP_INPUT: Structure = Structure {
    name: "RestoreTableFromBackupInput",
    members: &[
        Member {
            name: "TargetTableName",
            shape: Shape::String,
        },
        Member {
            name: "BackupArn",
            shape: Shape::String,
        },
        Member {
            name: "BillingModeOverride",
            shape: Shape::String,
        },
        Member {
            name: "GlobalSecondaryIndexOverride",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "LocalSecondaryIndexOverride",
            shape: Shape::List(&Shape::Structure(&LOCAL_SECONDARY_INDEX)),
        },
        Member {
            name: "ProvisionedThroughputOverride",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughputOverride",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "SSESpecificationOverride",
            shape: Shape::Structure(&SSE_SPECIFICATION),
        },
        Member {
            name: "VectorIndexOverride",
            shape: Shape::List(&Shape::Structure(&VECTOR_INDEX)),
        },
    ],
};

static RESTORE_TABLE_TO_POINT_IN_TIME_INPUT: Structure = Structure {
    name: "RestoreTableToPointInTimeInput",
    members: &[
        Member {
            name: "SourceTableArn",
            shape: Shape::String,
        },
        Member {
            name: "SourceTableName",
            shape: Shape::String,
        },
        Member {
            name: "TargetTableName",
            shape: Shape::String,
        },
        Member {
            name: "UseLatestRestorableTime",
            shape: Shape::Boolean,
        },
        Member {
            name: "RestoreDateTime",
            shape: Shape::Timestamp,
        },
        Member {
            name: "BillingModeOverride",
            shape: Shape::String,
        },
        Member {
            name: "GlobalSecondaryIndexOverride",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "LocalSecondaryIndexOverride",
            shape: Shape::List(&Shape::Structure(&LOCAL_SECONDARY_INDEX)),
        },
        Member {
            name: "ProvisionedThroughputOverride",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughputOverride",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "SSESpecificationOverride",
            shape: Shape::Structure(&SSE_SPECIFICATION),
        },
        Member {
            name: "VectorIndexOverride",
            shape: Shape::List(&Shape::Structure(&VECTOR_INDEX)),
        },
    ],
};

static S3_BUCKET_SOURCE: Structure = Structure {
    name: "S3BucketSource",
    members: &[
        Member {
            name: "S3BucketOwner",
            shape: Shape::String,
        },
        Member {
            name: "S3Bucket",
            shape: Shape::String,
        },
        Member {
            name: "S3KeyPrefix",
            shape: Shape::String,
        },
    ],
};

static SSE_SPECIFICATION: Structure = Structure {
    name: "SSESpecification",
    members: &[
        Member {
            name: "Enabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "SSEType",
            shape: Shape::String,
        },
        Member {
            name: "KMSMasterKeyId",
            shape: Shape::String,
        },
    ],
};

static SCAN_INPUT: Structure = Structure {
    name: "ScanInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "AttributesToGet",
            shape: Shape::List(&Shape::String),
        },
        Member {
            name: "Limit",
            shape: Shape::Integer,
        },
        Member {
            name: "Select",
            shape: Shape::String,
        },
        Member {
            name: "ScanFilter",
            shape: Shape::Map(&Shape::Structure(&CONDITION)),
        },
        Member {
            name: "ConditionalOperator",
            shape: Shape::String,
        },
        Member {
            name: "ExclusiveStartKey",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "TotalSegments",
            shape: Shape::Integer,
        },
        Member {
            name: "Segment",
            shape: Shape::Integer,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "FilterExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ConsistentRead",
            shape: Shape::Boolean,
        },
    ],
};

static SEARCH_SCHEMA_ELEMENT: Structure = Structure {
    name: "SearchSchemaElement",
    members: &[
        Member {
            name: "AttributeName",
            shape: Shape::String,
        },
        Member {
            name: "SearchSchemaElementType",
            shape: Shape::String,
        },
    ],
};

static SEARCH_VECTORS_INPUT: Structure = Structure {
    name: "SearchVectorsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ProjectionExpression",
            shape: Shape::String,
        },
        Member {
            name: "SearchVector",
            shape: Shape::List(&Shape::AttributeValue),
        },
        Member {
            name: "SearchConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "TopK",
            shape: Shape::Integer,
        },
    ],
};

static SHARD_FILTER: Structure = Structure {
    name: "ShardFilter",
    members: &[
        Member {
            name: "Type",
            shape: Shape::String,
        },
        Member {
            name: "ShardId",
            shape: Shape::String,
        },
    ],
};

static START_BULK_PUT_ITEMS_INPUT: Structure = Structure {
    name: "StartBulkPutItemsInput",
    members: &[
        Member {
            name: "ClientToken",
            shape: Shape::String,
        },
        Member {
            name: "InputS3Configuration",
            shape: Shape::Structure(&INPUT_S3_CONFIGURATION),
        },
        Member {
            name: "OutputS3Configuration",
            shape: Shape::Structure(&OUTPUT_S3_CONFIGURATION),
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "MaxWriteRequestUnits",
            shape: Shape::Long,
        },
        Member {
            name: "PerformanceTier",
            shape: Shape::String,
        },
    ],
};

static STREAM_SPECIFICATION: Structure = Structure {
    name: "StreamSpecification",
    members: &[
        Member {
            name: "StreamEnabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "StreamViewType",
            shape: Shape::String,
        },
    ],
};

static TABLE_CREATION_PARAMETERS: Structure = Structure {
    name: "TableCreationParameters",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "AttributeDefinitions",
            shape: Shape::List(&Shape::Structure(&ATTRIBUTE_DEFINITION)),
        },
        Member {
            name: "KeySchema",
            shape: Shape::List(&Shape::Structure(&KEY_SCHEMA_ELEMENT)),
        },
        Member {
            name: "BillingMode",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "SSESpecification",
            shape: Shape::Structure(&SSE_SPECIFICATION),
        },
        Member {
            name: "GlobalSecondaryIndexes",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "VectorIndexes",
            shape: Shape::List(&Shape::Structure(&VECTOR_INDEX)),
        },
    ],
};

static TAG: Structure = Structure {
    name: "Tag",
    members: &[
        Member {
            name: "Key",
            shape: Shape::String,
        },
        Member {
            name: "Value",
            shape: Shape::String,
        },
    ],
};

static TAG_RESOURCE_INPUT: Structure = Structure {
    name: "TagResourceInput",
    members: &[
        Member {
            name: "ResourceArn",
            shape: Shape::String,
        },
        Member {
            name: "Tags",
            shape: Shape::List(&Shape::Structure(&TAG)),
        },
    ],
};

static TIME_TO_LIVE_SPECIFICATION: Structure = Structure {
    name: "TimeToLiveSpecification",
    members: &[
        Member {
            name: "Enabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "AttributeName",
            shape: Shape::String,
        },
    ],
};

static TRANSACT_GET_ITEM: Structure = Structure {
    name: "TransactGetItem",
    members: &[Member {
        name: "Get",
        shape: Shape::Structure(&GET),
    }],
};

static TRANSACT_GET_ITEMS_INPUT: Structure = Structure {
    name: "TransactGetItemsInput",
    members: &[
        Member {
            name: "TransactItems",
            shape: Shape::List(&Shape::Structure(&TRANSACT_GET_ITEM)),
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
    ],
};

static TRANSACT_WRITE_ITEM: Structure = Structure {
    name: "TransactWriteItem",
    members: &[
        Member {
            name: "ConditionCheck",
            shape: Shape::Structure(&CONDITION_CHECK),
        },
        Member {
            name: "Put",
            shape: Shape::Structure(&PUT),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE),
        },
        Member {
            name: "Update",
            shape: Shape::Structure(&UPDATE),
        },
    ],
};

static TRANSACT_WRITE_ITEMS_INPUT: Structure = Structure {
    name: "TransactWriteItemsInput",
    members: &[
        Member {
            name: "TransactItems",
            shape: Shape::List(&Shape::Structure(&TRANSACT_WRITE_ITEM)),
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ReturnItemCollectionMetrics",
            shape: Shape::String,
        },
        Member {
            name: "ClientRequestToken",
            shape: Shape::String,
        },
    ],
};

static UNTAG_RESOURCE_INPUT: Structure = Structure {
    name: "UntagResourceInput",
    members: &[
        Member {
            name: "ResourceArn",
            shape: Shape::String,
        },
        Member {
            name: "TagKeys",
            shape: Shape::List(&Shape::String),
        },
    ],
};

static UPDATE: Structure = Structure {
    name: "Update",
    members: &[
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "UpdateExpression",
            shape: Shape::String,
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static UPDATE_CONTINUOUS_BACKUPS_INPUT: Structure = Structure {
    name: "UpdateContinuousBackupsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "PointInTimeRecoverySpecification",
            shape: Shape::Structure(&POINT_IN_TIME_RECOVERY_SPECIFICATION),
        },
    ],
};

static UPDATE_CONTRIBUTOR_INSIGHTS_INPUT: Structure = Structure {
    name: "UpdateContributorInsightsInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ContributorInsightsAction",
            shape: Shape::String,
        },
        Member {
            name: "ContributorInsightsMode",
            shape: Shape::String,
        },
    ],
};

static UPDATE_GLOBAL_SECONDARY_INDEX_ACTION: Structure = Structure {
    name: "UpdateGlobalSecondaryIndexAction",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "WarmThroughput",
            shape: Shape::Structure(&WARM_THROUGHPUT),
        },
    ],
};

static UPDATE_GLOBAL_TABLE_INPUT: Structure = Structure {
    name: "UpdateGlobalTableInput",
    members: &[
        Member {
            name: "GlobalTableName",
            shape: Shape::String,
        },
        Member {
            name: "ReplicaUpdates",
            shape: Shape::List(&Shape::Structure(&REPLICA_UPDATE)),
        },
    ],
};

static UPDATE_GLOBAL_TABLE_SETTINGS_INPUT: Structure = Structure {
    name: "UpdateGlobalTableSettingsInput",
    members: &[
        Member {
            name: "GlobalTableName",
            shape: Shape::String,
        },
        Member {
            name: "GlobalTableBillingMode",
            shape: Shape::String,
        },
        Member {
            name: "GlobalTableProvisionedWriteCapacityUnits",
            shape: Shape::Long,
        },
        Member {
            name: "GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
        Member {
            name: "GlobalTableGlobalSecondaryIndexSettingsUpdate",
            shape: Shape::List(&Shape::Structure(&GLOBAL_TABLE_GLOBAL_SECONDARY_INDEX_SETTINGS_UPDATE)),
        },
        Member {
            name: "ReplicaSettingsUpdate",
            shape: Shape::List(&Shape::Structure(&REPLICA_SETTINGS_UPDATE)),
        },
    ],
};

static UPDATE_ITEM_INPUT: Structure = Structure {
    name: "UpdateItemInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "Key",
            shape: Shape::Attributes,
        },
        Member {
            name: "AttributeUpdates",
            shape: Shape::Map(&Shape::Structure(&ATTRIBUTE_VALUE_UPDATE)),
        },
        Member {
            name: "Expected",
            shape: Shape::Map(&Shape::Structure(&EXPECTED_ATTRIBUTE_VALUE)),
        },
        Member {
            name: "ConditionalOperator",
            shape: Shape::String,
        },
        Member {
            name: "ReturnValues",
            shape: Shape::String,
        },
        Member {
            name: "ReturnConsumedCapacity",
            shape: Shape::String,
        },
        Member {
            name: "ReturnItemCollectionMetrics",
            shape: Shape::String,
        },
        Member {
            name: "UpdateExpression",
            shape: Shape::String,
        },
        Member {
            name: "ConditionExpression",
            shape: Shape::String,
        },
        Member {
            name: "ExpressionAttributeNames",
            shape: Shape::Map(&Shape::String),
        },
        Member {
            name: "ExpressionAttributeValues",
            shape: Shape::Attributes,
        },
        Member {
            name: "ReturnValuesOnConditionCheckFailure",
            shape: Shape::String,
        },
    ],
};

static UPDATE_KINESIS_STREAMING_CONFIGURATION: Structure = Structure {
    name: "UpdateKinesisStreamingConfiguration",
    members: &[Member {
        name: "ApproximateCreationDateTimePrecision",
        shape: Shape::String,
    }],
};

static UPDATE_KINESIS_STREAMING_DESTINATION_INPUT: Structure = Structure {
    name: "UpdateKinesisStreamingDestinationInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "StreamArn",
            shape: Shape::String,
        },
        Member {
            name: "UpdateKinesisStreamingConfiguration",
            shape: Shape::Structure(&UPDATE_KINESIS_STREAMING_CONFIGURATION),
        },
    ],
};

static UPDATE_REPLICATION_GROUP_MEMBER_ACTION: Structure = Structure {
    name: "UpdateReplicationGroupMemberAction",
    members: &[
        Member {
            name: "RegionName",
            shape: Shape::String,
        },
        Member {
            name: "KMSMasterKeyId",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughputOverride",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT_OVERRIDE),
        },
        Member {
            name: "OnDemandThroughputOverride",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT_OVERRIDE),
        },
        Member {
            name: "GlobalSecondaryIndexes",
            shape: Shape::List(&Shape::Structure(&REPLICA_GLOBAL_SECONDARY_INDEX)),
        },
        Member {
            name: "TableClassOverride",
            shape: Shape::String,
        },
    ],
};

static UPDATE_TABLE_INPUT: Structure = Structure {
    name: "UpdateTableInput",
    members: &[
        Member {
            name: "AttributeDefinitions",
            shape: Shape::List(&Shape::Structure(&ATTRIBUTE_DEFINITION)),
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "BillingMode",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedThroughput",
            shape: Shape::Structure(&PROVISIONED_THROUGHPUT),
        },
        Member {
            name: "GlobalSecondaryIndexUpdates",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX_UPDATE)),
        },
        Member {
            name: "StreamSpecification",
            shape: Shape::Structure(&STREAM_SPECIFICATION),
        },
        Member {
            name: "SSESpecification",
            shape: Shape::Structure(&SSE_SPECIFICATION),
        },
        Member {
            name: "ReplicaUpdates",
            shape: Shape::List(&Shape::Structure(&REPLICATION_GROUP_UPDATE)),
        },
        Member {
            name: "TableClass",
            shape: Shape::String,
        },
        Member {
            name: "DeletionProtectionEnabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "MultiRegionConsistency",
            shape: Shape::String,
        },
        Member {
            name: "GlobalTableWitnessUpdates",
            shape: Shape::List(&Shape::Structure(&GLOBAL_TABLE_WITNESS_GROUP_UPDATE)),
        },
        Member {
            name: "OnDemandThroughput",
            shape: Shape::Structure(&ON_DEMAND_THROUGHPUT),
        },
        Member {
            name: "WarmThroughput",
            shape: Shape::Structure(&WARM_THROUGHPUT),
        },
        Member {
            name: "GlobalTableSettingsReplicationMode",
            shape: Shape::String,
        },
        Member {
            name: "DisassociationProtectionEnabled",
            shape: Shape::Boolean,
        },
        Member {
            name: "VectorIndexUpdates",
            shape: Shape::List(&Shape::Structure(&VECTOR_INDEX_UPDATE)),
        },
    ],
};

static UPDATE_TABLE_REPLICA_AUTO_SCALING_INPUT: Structure = Structure {
    name: "UpdateTableReplicaAutoScalingInput",
    members: &[
        Member {
            name: "GlobalSecondaryIndexUpdates",
            shape: Shape::List(&Shape::Structure(&GLOBAL_SECONDARY_INDEX_AUTO_SCALING_UPDATE)),
        },
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "ProvisionedWriteCapacityAutoScalingUpdate",
            shape: Shape::Structure(&AUTO_SCALING_SETTINGS_UPDATE),
        },
        Member {
            name: "ReplicaUpdates",
            shape: Shape::List(&Shape::Structure(&REPLICA_AUTO_SCALING_UPDATE)),
        },
    ],
};

static UPDATE_TIME_TO_LIVE_INPUT: Structure = Structure {
    name: "UpdateTimeToLiveInput",
    members: &[
        Member {
            name: "TableName",
            shape: Shape::String,
        },
        Member {
            name: "TimeToLiveSpecification",
            shape: Shape::Structure(&TIME_TO_LIVE_SPECIFICATION),
        },
    ],
};

static VECTOR_ATTRIBUTE_DEFINITION: Structure = Structure {
    name: "VectorAttributeDefinition",
    members: &[Member {
        name: "AttributeName",
        shape: Shape::String,
    }],
};

static VECTOR_INDEX: Structure = Structure {
    name: "VectorIndex",
    members: &[
        Member {
            name: "IndexName",
            shape: Shape::String,
        },
        Member {
            name: "VectorAttribute",
            shape: Shape::Structure(&VECTOR_ATTRIBUTE_DEFINITION),
        },
        Member {
            name: "SearchSchema",
            shape: Shape::List(&Shape::Structure(&SEARCH_SCHEMA_ELEMENT)),
        },
        Member {
            name: "Projection",
            shape: Shape::Structure(&PROJECTION),
        },
        Member {
            name: "Dimensions",
            shape: Shape::Long,
        },
        Member {
            name: "DistanceFunction",
            shape: Shape::String,
        },
    ],
};

static VECTOR_INDEX_UPDATE: Structure = Structure {
    name: "VectorIndexUpdate",
    members: &[
        Member {
            name: "Create",
            shape: Shape::Structure(&CREATE_VECTOR_INDEX_ACTION),
        },
        Member {
            name: "Delete",
            shape: Shape::Structure(&DELETE_VECTOR_INDEX_ACTION),
        },
    ],
};

static WARM_THROUGHPUT: Structure = Structure {
    name: "WarmThroughput",
    members: &[
        Member {
            name: "ReadUnitsPerSecond",
            shape: Shape::Long,
        },
        Member {
            name: "WriteUnitsPerSecond",
            shape: Shape::Long,
        },
    ],
};

static WRITE_REQUEST: Structure = Structure {
    name: "WriteRequest",
    members: &[
        Member {
            name: "PutRequest",
            shape: Shape::Structure(&PUT_REQUEST),
        },
        Member {
            name: "DeleteRequest",
            shape: Shape::Structure(&DELETE_REQUEST),
        },
    ],
};
