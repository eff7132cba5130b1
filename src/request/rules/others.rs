//! The rules of the operations beside items and tables: transactions, PartiQL, time to live, tags, streams.

use super::names::{KNOWN_TABLE_NAME, OBSERVED_INDEX_NAME, OPTIONAL_TABLE_NAME, TABLE_NAME, optional_bare_name};
use super::{
    CAPACITY, Check, Inside, METRICS, NOT_EMPTY, REQUIRED, Rule, Rules, VALUES_ON_FAILURE, if_present, joined, nested,
    older, rule, tables,
};
use crate::error::member::Constraint::{LengthAtLeast, LengthAtMost, NotNull, OneOf, ValueAtLeast, ValueAtMost};
use crate::request::Operation;

/// The rules of an operation that is neither about items nor about tables; none where the API asks nothing of members, or
/// the operation is not answered.
pub fn rules(operation: Operation) -> &'static Rules {
    match operation {
        Operation::TransactWriteItems => &TRANSACT_WRITE_ITEMS,
        Operation::TransactGetItems => &TRANSACT_GET_ITEMS,
        Operation::ExecuteStatement => &EXECUTE_STATEMENT,
        Operation::BatchExecuteStatement => &BATCH_EXECUTE_STATEMENT,
        Operation::ExecuteTransaction => &EXECUTE_TRANSACTION,
        Operation::UpdateTimeToLive => &UPDATE_TIME_TO_LIVE,
        Operation::DescribeTimeToLive => &tables::TABLE_BY_NAME,
        Operation::TagResource => &TAG_RESOURCE,
        Operation::UntagResource => &UNTAG_RESOURCE,
        Operation::ListTagsOfResource | Operation::GetResourcePolicy => &BY_RESOURCE_ARN,
        Operation::PutResourcePolicy => &PUT_POLICY,
        Operation::DeleteResourcePolicy => &DELETE_POLICY,
        Operation::UpdateContributorInsights => &UPDATE_INSIGHTS,
        Operation::DescribeContributorInsights => &DESCRIBE_INSIGHTS,
        Operation::ListContributorInsights => &LIST_INSIGHTS,
        Operation::EnableKinesisStreamingDestination | Operation::DisableKinesisStreamingDestination => {
            &KINESIS_DESTINATION
        }
        Operation::UpdateKinesisStreamingDestination => &UPDATE_KINESIS_DESTINATION,
        Operation::DescribeKinesisStreamingDestination => &tables::TABLE_BY_NAME,
        Operation::ListStreams => &LIST_STREAMS,
        Operation::DescribeStream => &DESCRIBE_STREAM,
        Operation::GetShardIterator => &GET_SHARD_ITERATOR,
        Operation::GetRecords => &GET_RECORDS,
        _ => &NONE,
    }
}

static NONE: Rules = older(&[]);

const TOKEN: Rule = rule(
    "ClientRequestToken",
    &[joined(LengthAtLeast(1)), joined(LengthAtMost(36))],
);
const KEY: Rule = rule("Key", REQUIRED);

static TRANSACT_WRITE_ITEMS: Rules = older(&[
    TOKEN,
    CAPACITY,
    METRICS,
    nested(
        "TransactItems",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(100))],
        Inside::List(&[
            nested(
                "ConditionCheck",
                &[],
                Inside::Structure(&[
                    TABLE_NAME,
                    KEY,
                    rule("ConditionExpression", REQUIRED),
                    VALUES_ON_FAILURE,
                ]),
            ),
            nested(
                "Put",
                &[],
                Inside::Structure(&[TABLE_NAME, rule("Item", REQUIRED), VALUES_ON_FAILURE]),
            ),
            nested("Delete", &[], Inside::Structure(&[TABLE_NAME, KEY, VALUES_ON_FAILURE])),
            nested(
                "Update",
                &[],
                Inside::Structure(&[TABLE_NAME, KEY, rule("UpdateExpression", REQUIRED), VALUES_ON_FAILURE]),
            ),
        ]),
    ),
]);

static TRANSACT_GET_ITEMS: Rules = older(&[
    CAPACITY,
    nested(
        "TransactItems",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(100))],
        Inside::List(&[nested("Get", REQUIRED, Inside::Structure(&[TABLE_NAME, KEY]))]),
    ),
]);

const STATEMENT: Rule = rule(
    "Statement",
    &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(8192))],
);
const PARAMETERS: Rule = rule("Parameters", NOT_EMPTY);

static EXECUTE_STATEMENT: Rules = older(&[
    CAPACITY,
    STATEMENT,
    PARAMETERS,
    rule("Limit", &[joined(ValueAtLeast(1))]),
    rule("NextToken", &[joined(LengthAtLeast(1)), joined(LengthAtMost(32_768))]),
    VALUES_ON_FAILURE,
]);

static BATCH_EXECUTE_STATEMENT: Rules = older(&[
    CAPACITY,
    nested(
        "Statements",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(25))],
        Inside::List(&[STATEMENT, PARAMETERS, VALUES_ON_FAILURE]),
    ),
]);

static EXECUTE_TRANSACTION: Rules = older(&[
    TOKEN,
    CAPACITY,
    nested(
        "TransactStatements",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(100))],
        Inside::List(&[STATEMENT, PARAMETERS, VALUES_ON_FAILURE]),
    ),
]);

static UPDATE_TIME_TO_LIVE: Rules = older(&[
    KNOWN_TABLE_NAME,
    nested(
        "TimeToLiveSpecification",
        REQUIRED,
        Inside::Structure(&[
            rule("Enabled", REQUIRED),
            rule(
                "AttributeName",
                &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(255))],
            ),
        ]),
    ),
]);

const RESOURCE_ARN: Rule = rule(
    "ResourceArn",
    &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(1283))],
);

// Keys and values of tags are refused in sentences of their own.
static TAG_RESOURCE: Rules = older(&[RESOURCE_ARN, rule("Tags", REQUIRED)]);
static UNTAG_RESOURCE: Rules = older(&[RESOURCE_ARN, rule("TagKeys", REQUIRED)]);
static BY_RESOURCE_ARN: Rules = older(&[RESOURCE_ARN]);

const REVISION: Rule = rule(
    "ExpectedRevisionId",
    &[joined(LengthAtLeast(1)), joined(LengthAtMost(255))],
);
static PUT_POLICY: Rules = older(&[RESOURCE_ARN, rule("Policy", REQUIRED), REVISION]);
static DELETE_POLICY: Rules = older(&[RESOURCE_ARN, REVISION]);

static UPDATE_INSIGHTS: Rules = older(&[
    KNOWN_TABLE_NAME,
    OBSERVED_INDEX_NAME,
    rule(
        "ContributorInsightsAction",
        &[joined(NotNull), joined(OneOf(&["ENABLE", "DISABLE"]))],
    ),
    rule(
        "ContributorInsightsMode",
        &[joined(OneOf(&["THROTTLED_KEYS", "ACCESSED_AND_THROTTLED_KEYS"]))],
    ),
]);
static DESCRIBE_INSIGHTS: Rules = older(&[KNOWN_TABLE_NAME, OBSERVED_INDEX_NAME]);
static LIST_INSIGHTS: Rules = older(&[OPTIONAL_TABLE_NAME, rule("MaxResults", &[joined(ValueAtMost(100))])]);

const STREAM_ARN_CHECKS: &[Check] = &[joined(NotNull), joined(LengthAtLeast(37)), joined(LengthAtMost(1024))];
const SHARD_ID_CHECKS: &[Check] = &[joined(NotNull), joined(LengthAtLeast(28)), joined(LengthAtMost(65))];
const STREAM_ARN: Rule = rule("StreamArn", STREAM_ARN_CHECKS);

const TIME_PRECISION: Inside = Inside::Structure(&[rule(
    "ApproximateCreationDateTimePrecision",
    &[joined(OneOf(&["MICROSECOND", "MILLISECOND"]))],
)]);
/// Shorter than the ARN of a stream of DynamoDB's may be: a text that is no ARN is just no destination.
const DATA_STREAM_ARN: Rule = rule(
    "StreamArn",
    &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(1024))],
);
static KINESIS_DESTINATION: Rules = older(&[
    KNOWN_TABLE_NAME,
    DATA_STREAM_ARN,
    nested("EnableKinesisStreamingConfiguration", &[], TIME_PRECISION),
]);
static UPDATE_KINESIS_DESTINATION: Rules = older(&[
    KNOWN_TABLE_NAME,
    DATA_STREAM_ARN,
    nested("UpdateKinesisStreamingConfiguration", &[], TIME_PRECISION),
]);

static LIST_STREAMS: Rules = older(&[
    // An ARN cannot stand here.
    optional_bare_name("TableName"),
    rule("Limit", &[joined(ValueAtLeast(1)), joined(ValueAtMost(100))]),
    rule("ExclusiveStartStreamArn", if_present(STREAM_ARN_CHECKS)),
]);
static DESCRIBE_STREAM: Rules = older(&[
    STREAM_ARN,
    rule("Limit", &[joined(ValueAtLeast(1)), joined(ValueAtMost(100))]),
    rule("ExclusiveStartShardId", if_present(SHARD_ID_CHECKS)),
    nested(
        "ShardFilter",
        &[],
        Inside::Structure(&[
            rule("Type", &[joined(OneOf(&["CHILD_SHARDS"]))]),
            rule("ShardId", if_present(SHARD_ID_CHECKS)),
        ]),
    ),
]);
static GET_SHARD_ITERATOR: Rules = older(&[
    STREAM_ARN,
    rule("ShardId", SHARD_ID_CHECKS),
    rule(
        "ShardIteratorType",
        &[
            joined(NotNull),
            joined(OneOf(&[
                "AFTER_SEQUENCE_NUMBER",
                "LATEST",
                "AT_SEQUENCE_NUMBER",
                "TRIM_HORIZON",
                "AT_TIMESTAMP",
            ])),
        ],
    ),
    rule("SequenceNumber", &[joined(LengthAtLeast(21)), joined(LengthAtMost(40))]),
]);
static GET_RECORDS: Rules = older(&[
    rule(
        "ShardIterator",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(2048))],
    ),
    rule("Limit", &[joined(ValueAtLeast(1)), joined(ValueAtMost(1000))]),
]);
