//! Kinesis destinations.

use crate::request::tree::input;
use serde::Serialize;

input! {
    /// EnableKinesisStreamingDestination and DisableKinesisStreamingDestination, which have one input.
    pub struct KinesisStreamingDestination<'a> {
        pub table_name: &'a str,
        pub stream_arn: &'a str,
        pub enable_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
    }

    pub struct UpdateKinesisStreamingDestination<'a> {
        pub table_name: &'a str,
        pub stream_arn: &'a str,
        pub update_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
    }

    pub struct DescribeKinesisStreamingDestination<'a> {
        pub table_name: &'a str,
    }

    #[derive(Copy, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct KinesisStreamingConfiguration {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub approximate_creation_date_time_precision: Option<ApproximateCreationDateTimePrecision>,
    }

    pub enum ApproximateCreationDateTimePrecision {
        Millisecond,
        Microsecond,
    }
}
