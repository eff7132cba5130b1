//! Kinesis destinations.

use serde::{Deserialize, Serialize};

/// EnableKinesisStreamingDestination and DisableKinesisStreamingDestination, which have one input.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KinesisStreamingDestination<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub stream_arn: &'a str,
    pub enable_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateKinesisStreamingDestination<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub stream_arn: &'a str,
    pub update_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKinesisStreamingDestination<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KinesisStreamingConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_creation_date_time_precision: Option<ApproximateCreationDateTimePrecision>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ApproximateCreationDateTimePrecision {
    Millisecond,
    Microsecond,
}
