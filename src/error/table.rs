//! What can be wrong about a table's definition or a change to it, with AWS's sentences: long known, or recorded in October 2026 in
//! us-east-1 and us-west-2.

use super::vector::DefinitionFault;
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
    DefinitionTwice {
        /// The attribute.
        name: String,
    },
    /// HASH attributes behind RANGE attributes, in an index of several.
    KeyOrder,
    /// One attribute for both halves of a key, and definitions for two.
    KeysAlike,
    /// An attribute twice, in an index of several.
    KeyAttributeTwice,
    /// More than four of one kind, in an index of several.
    KeyAttributes {
        /// `HASH` or `RANGE`.
        key_type: &'static str,
    },

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
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// An on-demand ceiling out of range.
    OnDemandRange {
        /// `MaxReadRequestUnits` or `MaxWriteRequestUnits`.
        member: &'static str,
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// Warm throughput below the least that it may be.
    WarmLowered {
        /// True for writes.
        write: bool,
        /// What the least is.
        floor: WarmFloor,
        /// The index, if it is one's.
        index: Option<String>,
    },
    /// Warm throughput of an index, without members.
    WarmEmpty {
        /// The index.
        index: String,
    },

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

    /// A vector index's definition.
    Vector(DefinitionFault),

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
    /// A type or a key with encryption disabled.
    EncryptionDisabled {
        /// `SSEType` or `KMSMasterKeyId`.
        member: &'static str,
    },
    /// A key without the type that has keys.
    EncryptionKeyWithoutType,
    /// UpdateTable disables encryption that is not enabled.
    EncryptedByDefault,
    /// UpdateTable names the key that is in use.
    EncryptedWithKey,

    // Changes.
    /// UpdateTable that asks for nothing.
    NothingAsked,
    /// Two changes to one index.
    IndexChangedTwice {
        /// The index.
        index: String,
    },
    /// What goes alone, with something else.
    NotAlone(Alone),
    /// Warm throughput with a new index.
    WarmWithNewIndex,
    /// On-demand ceilings with something else than the billing mode.
    OnDemandNotAlone,
    /// A stream with provisioned capacity.
    StreamWithCapacity,
    /// An index to make or drop with provisioned capacity.
    IndexWithCapacity,
    /// An index to make or drop with a stream.
    IndexWithStream,
    /// UpdateTable enables a stream without saying what it carries.
    StreamEnabledWithoutView,
    /// UpdateTable disables a stream and says what it carries.
    StreamDisabledViewed,
    /// `GlobalSecondaryIndexUpdates: []`
    IndexUpdatesEmpty,
    /// A new index under a name that is taken.
    IndexExists,
    /// A change to an index that is no global one.
    IndexNotGlobal {
        /// `delete` or `update`.
        verb: &'static str,
        /// The index.
        index: String,
    },
    /// A new index without any definitions.
    DefinitionsAbsent {
        /// The index.
        index: String,
    },
    /// An entry of GlobalSecondaryIndexUpdates without an action.
    IndexActionMissing,
    /// An entry of GlobalSecondaryIndexUpdates with several actions.
    IndexActionCount,
    /// An index update that asks for nothing, on a table that is charged by the request.
    IndexUpdateOnDemand {
        /// The index.
        index: String,
    },
    /// An index update that asks for nothing, on a provisioned table.
    IndexUpdateProvisioned {
        /// The index.
        index: String,
    },
    /// Capacity for an index of a table that is charged by the request, in UpdateTable's words.
    IndexCapacityOnDemand {
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
}

/// A change that goes alone in its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as what they change")]
pub enum Alone {
    Encryption,
    Class,
    Protection,
    Warm,
}

/// What the least warm throughput is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarmFloor {
    /// What there is.
    Current,
    /// What on-demand capacity begins with.
    OnDemand,
    /// The capacity that is provisioned.
    Provisioned,
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
            TableFault::DefinitionTwice { name } => write!(f, "Attribute Name is duplicated: {name}"),
            TableFault::KeyOrder => write!(
                f,
                "{INVALID}All HASH key attributes must precede RANGE key attributes in the KeySchema"
            ),
            TableFault::KeyAttributeTwice => {
                f.write_str("The KeySchema contains multiple key attributes with the same name")
            }
            TableFault::KeysAlike => {
                f.write_str("Both the Hash Key and the Range Key element in the KeySchema have the same name")
            }
            TableFault::KeyAttributes { key_type } => write!(
                f,
                "{INVALID}The KeySchema exceeds the maximum allowed number of {key_type} key attributes"
            ),
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
            TableFault::ThroughputMissingOnUpdate => write!(
                f,
                "{INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
            ),
            TableFault::IndexThroughputMissingOnUpdate { index } => {
                write!(f, "{INVALID}ProvisionedThroughput must be specified for index: {index}")
            }
            TableFault::ThroughputUnchanged { index, read, write } => {
                // An article more for the index than for what is provisioned for it.
                let (subject, whose) = match index {
                    Some(index) => (format!("the index {index}"), format!("index {index}")),
                    None => ("the table".to_owned(), "the table".to_owned()),
                };
                write!(
                    f,
                    "The provisioned throughput for {subject} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for {whose}: {read}. Requested ReadCapacityUnits: {read}. Current WriteCapacityUnits provisioned for {whose}: {write}. Requested WriteCapacityUnits: {write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
                )
            }
            TableFault::OnDemandProvisioned { member, call, index } => {
                write!(f, "{INVALID}{member} for OnDemandThroughput")?;
                if let Some(index) = index {
                    write!(f, " for index: {index}")?;
                }
                f.write_str(match call {
                    Call::CreateTable => " cannot be specified when table BillingMode is PROVISIONED.",
                    Call::UpdateTable => " cannot be specified when the table BillingMode is PROVISIONED",
                })
            }
            TableFault::OnDemandRange { member, index } => {
                write!(f, "{INVALID}Requested {member} for OnDemandThroughput for ")?;
                match index {
                    Some(index) => write!(f, "index : {index}")?,
                    None => f.write_str("table")?,
                }
                f.write_str(" is outside of valid range")
            }
            TableFault::WarmLowered { write, floor, index } => {
                let member = if *write { "WriteUnitsPerSecond" } else { "ReadUnitsPerSecond" };
                write!(f, "{INVALID}Requested {member} for WarmThroughput for ")?;
                match index {
                    Some(index) => write!(f, "index {index}")?,
                    None => f.write_str("table")?,
                }
                match floor {
                    WarmFloor::Current => f.write_str(
                        " is lower than current WarmThroughput, decreasing WarmThroughput is not supported",
                    ),
                    WarmFloor::OnDemand => f.write_str(
                        " is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial",
                    ),
                    WarmFloor::Provisioned => {
                        let capacity = if *write { "WriteCapacityUnits" } else { "ReadCapacityUnits" };
                        write!(f, " is lower than {capacity} of ProvisionedThroughput")
                    }
                }
            }
            TableFault::WarmEmpty { index } => write!(
                f,
                "{INVALID}WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: {index}"
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
            TableFault::IncludedTwice { name } => {
                write!(f, "{INVALID}Duplicate element in NonKeyAttributes: {name}")
            }
            // No recorded answer: worded after its neighbours.
            TableFault::IncludedCount { limit } => write!(
                f,
                "{INVALID}Number of NonKeyAttributes across all secondary indexes exceeds per-table limit of {limit}"
            ),
            TableFault::Vector(fault) => write!(f, "{INVALID}{fault}"),
            TableFault::StreamDisabledWithView => write!(
                f,
                "{INVALID}Table is being created with a stream disabled, UpdateViewType should not be specified"
            ),
            TableFault::StreamWithoutView => write!(
                f,
                "{INVALID}Table is being created with a stream enabled, UpdateViewType is required"
            ),
            TableFault::StreamEnabledAlready { table } => {
                write!(f, "Table already has an enabled stream: TableName: {table}")
            }
            TableFault::StreamDisabledAlready { table } => {
                write!(f, "Table has no stream to disable: TableName: {table}")
            }
            TableFault::EncryptionType => write!(f, "{INVALID}SSEType AES256 is not supported"),
            TableFault::EncryptionDisabled { member } => {
                write!(f, "{INVALID}{member} can not be specified if Enabled is false")
            }
            TableFault::EncryptionKeyWithoutType => {
                write!(f, "{INVALID}SSEType KMS is required if KMSMasterKeyId is specified")
            }
            TableFault::EncryptedByDefault => write!(f, "{INVALID}Table is already encrypted by default"),
            TableFault::EncryptedWithKey => write!(
                f,
                "{INVALID}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key"
            ),
            TableFault::NothingAsked => f.write_str(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
            ),
            TableFault::IndexChangedTwice { index } => write!(
                f,
                "{INVALID}Only one global secondary index update per index is allowed simultaneously. Index: {index}"
            ),
            TableFault::NotAlone(what) => {
                let subject = match what {
                    Alone::Encryption => "Server-Side Encryption modification",
                    Alone::Class => "TableClass modification",
                    Alone::Protection => "DeletionProtection modification",
                    Alone::Warm => "WarmThroughput",
                };
                write!(f, "{INVALID}{subject} must be the only operation in the request")
            }
            TableFault::WarmWithNewIndex => write!(
                f,
                "{INVALID}Create global secondary index cannot be specified when updating WarmThroughput"
            ),
            TableFault::OnDemandNotAlone => write!(
                f,
                "{INVALID}OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"
            ),
            TableFault::StreamWithCapacity => {
                write!(f, "{INVALID}You cannot modify stream status while updating table IOPS")
            }
            TableFault::IndexWithCapacity => {
                write!(f, "{INVALID}You cannot create or delete index while updating table IOPS")
            }
            TableFault::IndexWithStream => {
                write!(f, "{INVALID}You cannot create or delete index while changing stream status")
            }
            TableFault::StreamEnabledWithoutView => {
                write!(f, "{INVALID}If stream is being enabled then UpdateViewType is required")
            }
            TableFault::StreamDisabledViewed => write!(
                f,
                "{INVALID}If stream is being disabled, then UpdateViewType must not be specified"
            ),
            TableFault::IndexUpdatesEmpty => write!(f, "{INVALID}List of GlobalSecondaryIndexUpdates is empty"),
            TableFault::IndexExists => f.write_str("Attempting to create an index which already exists"),
            TableFault::IndexNotGlobal { verb, index } => {
                write!(f, "Cannot {verb} an index that is not a GlobalSecondaryIndex: {index}")
            }
            TableFault::DefinitionsAbsent { index } => {
                write!(f, "{INVALID}AttributeDefinitions is not specified for index: {index}")
            }
            TableFault::IndexActionMissing => write!(
                f,
                "{INVALID}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"
            ),
            TableFault::IndexActionCount => write!(
                f,
                "{INVALID}Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object"
            ),
            TableFault::IndexUpdateOnDemand { index } => write!(
                f,
                "{INVALID}The only Updates for index: {index} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput"
            ),
            TableFault::IndexUpdateProvisioned { index } => write!(
                f,
                "{INVALID}Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {index}"
            ),
            TableFault::IndexCapacityOnDemand { index } => write!(
                f,
                "{INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {index} when BillingMode is PAY_PER_REQUEST"
            ),
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
