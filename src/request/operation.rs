//! The operations of the API, by name and by number.

/// The two APIs that share one endpoint, told apart by what stands before the dot of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// `DynamoDB_20120810`
    DynamoDb,
    /// `DynamoDBStreams_20120810`
    Streams,
}

impl Service {
    /// The prefix of the service's targets.
    pub fn target_prefix(self) -> &'static str {
        match self {
            Service::DynamoDb => "DynamoDB_20120810",
            Service::Streams => "DynamoDBStreams_20120810",
        }
    }
}

macro_rules! operations {
    ($($name:ident),* $(,)?) => {
        /// An operation of the API of 2012-08-10 or of its streams API. The numbers are the positions in [`Operation::ALL`]:
        /// the package asks for the names once and sends numbers from then on.
        #[allow(missing_docs, reason = "named as in the API")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $($name),*
        }

        impl Operation {
            /// Every operation, in the order of their numbers.
            pub const ALL: &'static [Operation] = &[$(Operation::$name),*];

            /// The operation's name in the API.
            pub fn name(self) -> &'static str {
                match self {
                    $(Operation::$name => stringify!($name)),*
                }
            }
        }
    };
}

operations! {
    BatchExecuteStatement,
    BatchGetItem,
    BatchWriteItem,
    CancelBulkOperation,
    CreateBackup,
    CreateGlobalTable,
    CreateTable,
    DeleteBackup,
    DeleteItem,
    DeleteResourcePolicy,
    DeleteTable,
    DescribeBackup,
    DescribeBulkOperation,
    DescribeContinuousBackups,
    DescribeContributorInsights,
    DescribeEndpoints,
    DescribeExport,
    DescribeGlobalTable,
    DescribeGlobalTableSettings,
    DescribeImport,
    DescribeKinesisStreamingDestination,
    DescribeLimits,
    DescribeTable,
    DescribeTableReplicaAutoScaling,
    DescribeTimeToLive,
    DisableKinesisStreamingDestination,
    EnableKinesisStreamingDestination,
    ExecuteStatement,
    ExecuteTransaction,
    ExportTableToPointInTime,
    GetItem,
    GetResourcePolicy,
    ImportTable,
    ListBackups,
    ListBulkOperations,
    ListContributorInsights,
    ListExports,
    ListGlobalTables,
    ListImports,
    ListTables,
    ListTagsOfResource,
    PutItem,
    PutResourcePolicy,
    Query,
    RestoreTableFromBackup,
    RestoreTableToPointInTime,
    Scan,
    SearchVectors,
    StartBulkPutItems,
    TagResource,
    TransactGetItems,
    TransactWriteItems,
    UntagResource,
    UpdateContinuousBackups,
    UpdateContributorInsights,
    UpdateGlobalTable,
    UpdateGlobalTableSettings,
    UpdateItem,
    UpdateKinesisStreamingDestination,
    UpdateTable,
    UpdateTableReplicaAutoScaling,
    UpdateTimeToLive,
    // The streams API.
    DescribeStream,
    GetRecords,
    GetShardIterator,
    ListStreams,
}

impl Operation {
    /// The operation of a number, if there is one.
    pub fn from_number(number: u32) -> Option<Operation> {
        Operation::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The operation's number.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The operation of a name, in one of the two APIs.
    pub fn from_name(service: Service, name: &str) -> Option<Operation> {
        Operation::ALL
            .iter()
            .copied()
            .find(|operation| operation.service() == service && operation.name() == name)
    }

    /// The API that the operation belongs to.
    pub fn service(self) -> Service {
        if matches!(
            self,
            Operation::DescribeStream | Operation::GetRecords | Operation::GetShardIterator | Operation::ListStreams
        ) {
            Service::Streams
        } else {
            Service::DynamoDb
        }
    }

    /// False for the operations that the API gives no answer: over HTTP theirs is empty.
    pub fn has_output(self) -> bool {
        !matches!(self, Operation::TagResource | Operation::UntagResource)
    }

    /// True for the operations that are answered. The others are unknown operations to a caller.
    pub fn is_supported(self) -> bool {
        matches!(
            self,
            Operation::CreateTable
                | Operation::UpdateTable
                | Operation::DescribeTable
                | Operation::ListTables
                | Operation::DeleteTable
                | Operation::PutItem
                | Operation::GetItem
                | Operation::UpdateItem
                | Operation::DeleteItem
                | Operation::Query
                | Operation::Scan
                | Operation::SearchVectors
                | Operation::BatchGetItem
                | Operation::BatchWriteItem
                | Operation::ExecuteStatement
                | Operation::BatchExecuteStatement
                | Operation::ExecuteTransaction
                | Operation::TransactWriteItems
                | Operation::TransactGetItems
                | Operation::ListStreams
                | Operation::DescribeStream
                | Operation::GetShardIterator
                | Operation::GetRecords
                | Operation::UpdateTimeToLive
                | Operation::DescribeTimeToLive
                | Operation::EnableKinesisStreamingDestination
                | Operation::DisableKinesisStreamingDestination
                | Operation::UpdateKinesisStreamingDestination
                | Operation::DescribeKinesisStreamingDestination
                | Operation::TagResource
                | Operation::UntagResource
                | Operation::ListTagsOfResource
                | Operation::PutResourcePolicy
                | Operation::GetResourcePolicy
                | Operation::DeleteResourcePolicy
                | Operation::UpdateContributorInsights
                | Operation::DescribeContributorInsights
                | Operation::ListContributorInsights
                | Operation::DescribeLimits
                | Operation::DescribeEndpoints
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back_to_their_operation() {
        for (position, operation) in Operation::ALL.iter().enumerate() {
            assert_eq!(operation.number() as usize, position);
            assert_eq!(Operation::from_number(operation.number()), Some(*operation));
            assert_eq!(
                Operation::from_name(operation.service(), operation.name()),
                Some(*operation)
            );
        }
        assert_eq!(Operation::from_number(Operation::ALL.len() as u32), None);
        assert_eq!(Operation::from_name(Service::Streams, "PutItem"), None);
    }
}
