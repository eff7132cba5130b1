//! Streams and the expiry of items.

use crate::request::tree::{Time, input};
use serde::Serialize;

input! {
    pub struct ListStreams<'a> {
        pub table_name: Option<&'a str>,
        pub limit: Option<i32>,
        pub exclusive_start_stream_arn: Option<&'a str>,
    }

    pub struct DescribeStream<'a> {
        pub stream_arn: &'a str,
        pub limit: Option<i32>,
        pub exclusive_start_shard_id: Option<&'a str>,
        pub shard_filter: Option<ShardFilter<'a>>,
    }

    pub struct ShardFilter<'a> {
        pub filter_type as "Type": Option<ShardFilterType>,
        pub shard_id: Option<&'a str>,
    }

    pub enum ShardFilterType {
        ChildShards,
    }

    pub struct GetShardIterator<'a> {
        pub stream_arn: &'a str,
        pub shard_id: &'a str,
        pub shard_iterator_type: ShardIteratorType,
        pub sequence_number: Option<&'a str>,
        pub timestamp: Option<Time>,
    }

    pub enum ShardIteratorType {
        TrimHorizon,
        Latest,
        AtSequenceNumber,
        AfterSequenceNumber,
        AtTimestamp,
    }

    pub struct GetRecords<'a> {
        pub shard_iterator: &'a str,
        pub limit: Option<i32>,
    }

    pub struct UpdateTimeToLive<'a> {
        pub table_name: &'a str,
        pub time_to_live_specification: TimeToLiveSpecification<'a>,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct TimeToLiveSpecification<'a> {
        pub attribute_name: &'a str,
        pub enabled: bool,
    }

    pub struct DescribeTimeToLive<'a> {
        pub table_name: &'a str,
    }
}
