//! Streams and the expiry of items.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListStreams<'a> {
    #[serde(borrow)]
    pub table_name: Option<&'a str>,
    pub limit: Option<i32>,
    #[serde(borrow)]
    pub exclusive_start_stream_arn: Option<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeStream<'a> {
    #[serde(borrow)]
    pub stream_arn: &'a str,
    pub limit: Option<i32>,
    #[serde(borrow)]
    pub exclusive_start_shard_id: Option<&'a str>,
    #[serde(borrow)]
    pub shard_filter: Option<ShardFilter<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ShardFilter<'a> {
    #[serde(rename = "Type")]
    pub filter_type: Option<ShardFilterType>,
    #[serde(borrow)]
    pub shard_id: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShardFilterType {
    ChildShards,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetShardIterator<'a> {
    #[serde(borrow)]
    pub stream_arn: &'a str,
    #[serde(borrow)]
    pub shard_id: &'a str,
    pub shard_iterator_type: ShardIteratorType,
    #[serde(borrow)]
    pub sequence_number: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShardIteratorType {
    TrimHorizon,
    Latest,
    AtSequenceNumber,
    AfterSequenceNumber,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetRecords<'a> {
    #[serde(borrow)]
    pub shard_iterator: &'a str,
    pub limit: Option<i32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateTimeToLive<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub time_to_live_specification: TimeToLiveSpecification<'a>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TimeToLiveSpecification<'a> {
    #[serde(borrow)]
    pub attribute_name: &'a str,
    pub enabled: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeTimeToLive<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
}
