//! Streams, expiry and Kinesis destinations: members that break their own constraint. The API's model has the constraints; the
//! form of the report is that of AWS's older layer. What else is wrong with such requests is in tests/api/streams.rs.

use super::check;
use snowglobe::request::Operation::{self, *};

const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/t-1/stream/2030-01-01T00:00:00.000";
const SHARD: &str = "shardId-00000001414562045508-2bac9cd2";

/// Checks a report of one breach: the value as shown, the path, the constraint.
fn one(operation: Operation, body: &str, value: &str, path: &str, constraint: &str) {
    let message = format!(
        "1 validation error detected: Value {value} at '{path}' failed to satisfy constraint: Member must {constraint}"
    );
    check(operation, body, "ValidationException", Some(&message));
}

#[test]
fn streams() {
    let listed =
        |body: &str, value: &str, path: &str, constraint: &str| one(ListStreams, body, value, path, constraint);
    listed(
        r#"{"Limit":0}"#,
        "'0'",
        "limit",
        "have value greater than or equal to 1",
    );
    listed(
        r#"{"Limit":101}"#,
        "'101'",
        "limit",
        "have value less than or equal to 100",
    );
    listed(
        r#"{"TableName":"ab"}"#,
        "'ab'",
        "tableName",
        "have length greater than or equal to 3",
    );
    listed(
        r#"{"TableName":"a b c"}"#,
        "'a b c'",
        "tableName",
        "satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    );
    listed(
        r#"{"ExclusiveStartStreamArn":"arn"}"#,
        "'arn'",
        "exclusiveStartStreamArn",
        "have length greater than or equal to 37",
    );
    one(DescribeStream, "{}", "null", "streamArn", "not be null");
    one(
        DescribeStream,
        r#"{"StreamArn":"arn"}"#,
        "'arn'",
        "streamArn",
        "have length greater than or equal to 37",
    );
    one(
        DescribeStream,
        &format!(r#"{{"StreamArn":"{ARN}","ExclusiveStartShardId":"shardId"}}"#),
        "'shardId'",
        "exclusiveStartShardId",
        "have length greater than or equal to 28",
    );
    one(
        DescribeStream,
        &format!(r#"{{"StreamArn":"{ARN}","ShardFilter":{{"Type":"ALL","ShardId":"{SHARD}"}}}}"#),
        "'ALL'",
        "shardFilter.type",
        "satisfy enum value set: [CHILD_SHARDS]",
    );
}

#[test]
fn shards() {
    one(
        GetShardIterator,
        &format!(r#"{{"StreamArn":"{ARN}","ShardId":"{SHARD}"}}"#),
        "null",
        "shardIteratorType",
        "not be null",
    );
    one(
        GetShardIterator,
        &format!(r#"{{"StreamArn":"{ARN}","ShardId":"{SHARD}","ShardIteratorType":"OLDEST"}}"#),
        "'OLDEST'",
        "shardIteratorType",
        "satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON, AT_TIMESTAMP]",
    );
    one(
        GetShardIterator,
        &format!(
            r#"{{"StreamArn":"{ARN}","ShardId":"{SHARD}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"12"}}"#
        ),
        "'12'",
        "sequenceNumber",
        "have length greater than or equal to 21",
    );
    one(GetRecords, "{}", "null", "shardIterator", "not be null");
    one(
        GetRecords,
        r#"{"ShardIterator":""}"#,
        "''",
        "shardIterator",
        "have length greater than or equal to 1",
    );
    for (limit, constraint) in [(0, "greater than or equal to 1"), (1001, "less than or equal to 1000")] {
        one(
            GetRecords,
            &format!(r#"{{"ShardIterator":"x","Limit":{limit}}}"#),
            &format!("'{limit}'"),
            "limit",
            &format!("have value {constraint}"),
        );
    }
}

#[test]
fn expiry() {
    one(
        UpdateTimeToLive,
        r#"{"TableName":"t-1"}"#,
        "null",
        "timeToLiveSpecification",
        "not be null",
    );
    one(
        UpdateTimeToLive,
        r#"{"TableName":"t-1","TimeToLiveSpecification":{"Enabled":true}}"#,
        "null",
        "timeToLiveSpecification.attributeName",
        "not be null",
    );
    one(
        UpdateTimeToLive,
        r#"{"TableName":"t-1","TimeToLiveSpecification":{"Enabled":true,"AttributeName":""}}"#,
        "''",
        "timeToLiveSpecification.attributeName",
        "have length greater than or equal to 1",
    );
    one(
        UpdateTimeToLive,
        r#"{"TableName":"t-1","TimeToLiveSpecification":{"AttributeName":"ttl"}}"#,
        "null",
        "timeToLiveSpecification.enabled",
        "not be null",
    );
}

#[test]
fn kinesis_destinations() {
    for operation in [EnableKinesisStreamingDestination, DisableKinesisStreamingDestination] {
        one(operation, r#"{"TableName":"t-1"}"#, "null", "streamArn", "not be null");
        one(
            operation,
            r#"{"TableName":"t-1","StreamArn":""}"#,
            "''",
            "streamArn",
            "have length greater than or equal to 1",
        );
    }
}
