//! What can be wrong about a table's definition or a change to it, with AWS's sentences.

use std::fmt;

/// What sentences about values that do not fit their parameter begin with.
const INVALID: &str = "One or more parameter values were invalid: ";

/// A fault about a table's definition or a change to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    // Keys.
    /// `Invalid KeySchema: …`
    Schema(SchemaFault),
    /// A table or a local index with other key attributes than the definitions, where there is no other index.
    DefinitionCount,
    /// Definitions that no key uses.
    DefinitionsUnused {
        /// Names defined.
        defined: Vec<String>,
        /// Names that keys use.
        used: Vec<String>,
    },
    /// Key attributes without a definition.
    DefinitionsMissing {
        /// The names of the key that lacks some.
        keys: Vec<String>,
        /// Names defined.
        defined: Vec<String>,
    },
    /// An attribute defined twice.
    DefinitionTwice,

    // Capacity.
    /// Provisioned billing without capacity.
    ThroughputMissing,
    /// On-demand billing with capacity.
    ThroughputOnDemand,
    /// Provisioned billing without capacity for an index.
    IndexThroughputMissing {
        /// The index.
        index: String,
    },
    /// On-demand billing with capacity for an index.
    IndexThroughputOnDemand {
        /// The index.
        index: String,
    },
    /// Capacity above what can be asked for.
    ThroughputBounds {
        /// The value.
        value: u64,
        /// `ReadCapacityUnits` or `WriteCapacityUnits`.
        member: &'static str,
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// Switching to provisioned billing without capacity.
    ThroughputMissingOnUpdate,
    /// Switching to provisioned billing without capacity for an index.
    IndexThroughputMissingOnUpdate {
        /// The index.
        index: String,
    },
    /// The capacity that the table already has.
    ThroughputUnchanged {
        /// The index, if it is one's.
        index: Option<String>,
        /// `ReadCapacityUnits`
        read: u64,
        /// `WriteCapacityUnits`
        write: u64,
    },
    /// On-demand ceilings on a provisioned table.
    OnDemandProvisioned {
        /// `MaxReadRequestUnits` or `MaxWriteRequestUnits`.
        member: &'static str,
        /// The call; it words the sentence.
        call: Call,
    },
    /// An on-demand ceiling out of range.
    OnDemandRange {
        /// `MaxReadRequestUnits` or `MaxWriteRequestUnits`.
        member: &'static str,
    },
    /// Warm throughput below what there is.
    WarmLowered {
        /// `ReadUnitsPerSecond` or `WriteUnitsPerSecond`.
        member: &'static str,
        /// As asked for.
        requested: u64,
        /// What there is.
        current: u64,
    },
    /// Warm throughput without members.
    WarmEmpty,

    // Indexes.
    /// `LocalSecondaryIndexes: []`
    LocalIndexesEmpty,
    /// `GlobalSecondaryIndexes: []`
    GlobalIndexesEmpty,
    /// Too many local indexes.
    LocalIndexCount {
        /// The bound.
        limit: usize,
    },
    /// Too many global indexes.
    GlobalIndexCount {
        /// The bound.
        limit: usize,
    },
    /// Two indexes of one name.
    IndexNameTwice {
        /// The name.
        index: String,
    },
    /// A local index on a table without a sort key.
    LocalIndexNeedsSortKey,
    /// A local index without a sort key.
    LocalIndexWithoutSortKey {
        /// The index.
        index: String,
    },
    /// A local index with another partition key.
    LocalIndexPartitionKey {
        /// The index.
        index: String,
        /// Its partition key.
        own: String,
        /// The table's.
        table: String,
    },
    /// A projection without a type.
    ProjectionTypeMissing,
    /// INCLUDE without attributes.
    IncludeWithoutAttributes,
    /// Attributes without INCLUDE.
    AttributesWithoutInclude {
        /// `ALL` or `KEYS_ONLY`.
        projection: &'static str,
    },
    /// An attribute included twice.
    IncludedTwice {
        /// The attribute.
        name: String,
    },
    /// More non-key attributes than all indexes together may project.
    IncludedCount {
        /// The bound.
        limit: usize,
    },

    // Other settings.
    /// A view type for a stream that is off.
    StreamDisabledWithView,
    /// A stream that is on, without a view type.
    StreamWithoutView,
    /// UpdateTable enables a stream that is on.
    StreamEnabledAlready {
        /// The table.
        table: String,
    },
    /// UpdateTable disables a stream that is off.
    StreamDisabledAlready {
        /// The table.
        table: String,
    },
    /// `SSEType: AES256`, which only shows in descriptions of old tables.
    EncryptionType,
    /// A key of the Key Management Service with encryption disabled.
    EncryptionKeyDisabled,

    // Changes.
    /// UpdateTable that asks for nothing.
    NothingAsked,
    /// Two changes to one index.
    IndexChangedTwice {
        /// The index.
        index: String,
    },
    /// A new index under a name that is taken.
    IndexExists {
        /// The index.
        index: String,
    },
    /// An entry of GlobalSecondaryIndexUpdates with no action or several.
    IndexActionCount,
    /// An index update that asks for nothing.
    IndexUpdateEmpty {
        /// The index.
        index: String,
    },
    /// DeleteTable on a protected table.
    Protected,
}

/// What is wrong with a KeySchema by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaFault {
    /// The first element is no HASH.
    FirstNotHash,
    /// The second element is no RANGE.
    SecondNotRange,
    /// A key attribute without a definition, or one attribute twice.
    NotDefined,
    /// HASH attributes behind RANGE attributes, in an index of several.
    Order,
    /// More than four of one kind.
    TooMany,
}

/// Which call a sentence is worded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the API")]
pub enum Call {
    CreateTable,
    UpdateTable,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableFault::Schema(fault) => write!(f, "Invalid KeySchema: {fault}"),
            TableFault::DefinitionCount => write!(
                f,
                "{INVALID}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            ),
            TableFault::DefinitionsUnused { defined, used } => write!(
                f,
                "{INVALID}Some AttributeDefinitions are not used. AttributeDefinitions: {}, keys used: {}",
                List(defined),
                List(used)
            ),
            TableFault::DefinitionsMissing { keys, defined } => {
                write!(
                    f,
                    "{INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: {}, AttributeDefinitions: {}",
                    List(keys),
                    List(defined)
                )
            }
            // Seen on DynamoDB Local.
            TableFault::DefinitionTwice => f.write_str("Cannot have two attributes with the same name"),
            TableFault::ThroughputMissing => write!(
                f,
                "{INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
            ),
            TableFault::ThroughputOnDemand => write!(
                f,
                "{INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
            ),
            TableFault::IndexThroughputMissing { index } => {
                write!(f, "{INVALID}ProvisionedThroughput is not specified for index: {index}")
            }
            TableFault::IndexThroughputOnDemand { index } => write!(
                f,
                "{INVALID}ProvisionedThroughput should not be specified for index: {index} when BillingMode is PAY_PER_REQUEST"
            ),
            TableFault::ThroughputBounds { value, member, index } => {
                write!(f, "Given value {value} for {member} is out of bounds")?;
                match index {
                    Some(index) => write!(f, " for index {index}"),
                    None => Ok(()),
                }
            }
            TableFault::ThroughputMissingOnUpdate => write!(
                f,
                "{INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
            ),
            // No recorded answer: worded after its neighbours.
            TableFault::IndexThroughputMissingOnUpdate { index } => {
                write!(f, "{INVALID}ProvisionedThroughput must be specified for index: {index}")
            }
            TableFault::ThroughputUnchanged { index, read, write } => {
                let subject = match index {
                    Some(index) => format!("index {index}"),
                    None => "table".to_owned(),
                };
                write!(
                    f,
                    "The provisioned throughput for the {subject} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the {subject}: {read}. Requested ReadCapacityUnits: {read}. Current WriteCapacityUnits provisioned for the {subject}: {write}. Requested WriteCapacityUnits: {write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
                )
            }
            TableFault::OnDemandProvisioned { member, call } => match call {
                Call::CreateTable => write!(
                    f,
                    "{INVALID}{member} for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."
                ),
                Call::UpdateTable => write!(
                    f,
                    "{INVALID}{member} for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED"
                ),
            },
            TableFault::OnDemandRange { member } => write!(
                f,
                "{INVALID}Requested {member} for OnDemandThroughput for table is outside of valid range"
            ),
            // No recorded answer: worded after its neighbours.
            TableFault::WarmLowered {
                member,
                requested,
                current,
            } => write!(
                f,
                "{INVALID}Requested {member} for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported. Requested: {requested}, current: {current}"
            ),
            // No recorded answer: worded after its neighbours.
            TableFault::WarmEmpty => write!(
                f,
                "{INVALID}WarmThroughput must contain ReadUnitsPerSecond or WriteUnitsPerSecond"
            ),
            TableFault::LocalIndexesEmpty => write!(f, "{INVALID}List of LocalSecondaryIndexes is empty"),
            TableFault::GlobalIndexesEmpty => write!(f, "{INVALID}List of GlobalSecondaryIndexes is empty"),
            TableFault::LocalIndexCount { limit } => write!(
                f,
                "{INVALID}Number of LocalSecondaryIndexes exceeds per-table limit of {limit}"
            ),
            TableFault::GlobalIndexCount { limit } => write!(
                f,
                "{INVALID}GlobalSecondaryIndex count exceeds the per-table limit of {limit}"
            ),
            TableFault::IndexNameTwice { index } => write!(f, "{INVALID}Duplicate index name: {index}"),
            TableFault::LocalIndexNeedsSortKey => write!(
                f,
                "{INVALID}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"
            ),
            TableFault::LocalIndexWithoutSortKey { index } => write!(
                f,
                "{INVALID}Index KeySchema does not have a range key for index: {index}"
            ),
            TableFault::LocalIndexPartitionKey { index, own, table } => write!(
                f,
                "{INVALID}Index KeySchema does not have the same leading hash key as table KeySchema for index: {index}. index hash key: {own}, table hash key: {table}"
            ),
            TableFault::ProjectionTypeMissing => write!(f, "{INVALID}Unknown ProjectionType: null"),
            TableFault::IncludeWithoutAttributes => write!(
                f,
                "{INVALID}ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
            ),
            TableFault::AttributesWithoutInclude { projection } => write!(
                f,
                "{INVALID}ProjectionType is {projection}, but NonKeyAttributes is specified"
            ),
            // No recorded answer: worded after its neighbours.
            TableFault::IncludedTwice { name } => write!(f, "{INVALID}Duplicate NonKeyAttribute: {name}"),
            // No recorded answer: worded after its neighbours.
            TableFault::IncludedCount { limit } => write!(
                f,
                "{INVALID}Number of NonKeyAttributes across all secondary indexes exceeds per-table limit of {limit}"
            ),
            TableFault::StreamDisabledWithView => write!(
                f,
                "{INVALID}Table is being created with a stream disabled, UpdateViewType should not be specified"
            ),
            // Seen on DynamoDB Local.
            TableFault::StreamWithoutView => f.write_str(
                "Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.",
            ),
            TableFault::StreamEnabledAlready { table } => write!(f, "Table already has an enabled stream: {table}"),
            TableFault::StreamDisabledAlready { table } => {
                write!(f, "Table does not have a stream to disable: {table}")
            }
            // No recorded answer: worded after its neighbours.
            TableFault::EncryptionType => write!(f, "{INVALID}SSEType AES256 is not supported"),
            // No recorded answer: worded after its neighbours.
            TableFault::EncryptionKeyDisabled => write!(
                f,
                "{INVALID}KMSMasterKeyId should not be specified when SSE is disabled"
            ),
            TableFault::NothingAsked => f.write_str(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
            ),
            TableFault::IndexChangedTwice { index } => write!(
                f,
                "{INVALID}Only one global secondary index update per index is allowed simultaneously. Index: {index}"
            ),
            TableFault::IndexExists { index } => {
                write!(f, "Attempting to create an index which already exists: {index}")
            }
            // No recorded answer: worded after its neighbours.
            TableFault::IndexActionCount => write!(
                f,
                "{INVALID}One and only one of Create, Update and Delete is required for a global secondary index update"
            ),
            // No recorded answer: worded after its neighbours.
            TableFault::IndexUpdateEmpty { index } => {
                write!(f, "{INVALID}Nothing to update for index: {index}")
            }
            TableFault::Protected => f.write_str(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
            ),
        }
    }
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SchemaFault::FirstNotHash => "The first KeySchemaElement is not a HASH key type",
            SchemaFault::SecondNotRange => "The second KeySchemaElement is not a RANGE key type",
            SchemaFault::NotDefined => "Some index key attribute have no definition",
            // No recorded answer to these two.
            SchemaFault::Order => "HASH key attributes must come before RANGE key attributes",
            SchemaFault::TooMany => "Too many key attributes of one key type",
        })
    }
}

/// Names as Java prints a list.
struct List<'a>(&'a [String]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.0.join(", "))
    }
}
