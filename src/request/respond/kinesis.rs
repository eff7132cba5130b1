//! Answers of the operations on Kinesis destinations.

use super::encode;
use crate::error::Error;
use crate::request::inputs::{ApproximateCreationDateTimePrecision, KinesisStreamingConfiguration};
use crate::table::{KinesisStatus, Table, TimePrecision};
use serde::Serialize;

/// What enabling, disabling and updating a destination answer.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KinesisAnswer<'a> {
    /// `TableName`
    pub table_name: &'a str,
    /// `StreamArn`
    pub stream_arn: &'a str,
    /// `DestinationStatus`
    pub destination_status: &'static str,
    /// `EnableKinesisStreamingConfiguration`, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
    /// `UpdateKinesisStreamingConfiguration`, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_kinesis_streaming_configuration: Option<KinesisStreamingConfiguration>,
}

/// The answer to a change of a destination.
pub fn answer_destination(answer: &KinesisAnswer<'_>) -> Result<Vec<u8>, Error> {
    encode(answer)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DestinationsAnswer<'a> {
    table_name: &'a str,
    kinesis_data_stream_destinations: Vec<Destination<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Destination<'a> {
    stream_arn: &'a str,
    destination_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    approximate_creation_date_time_precision: Option<ApproximateCreationDateTimePrecision>,
}

/// DescribeKinesisStreamingDestination.
pub fn answer_destinations(table: &Table) -> Result<Vec<u8>, Error> {
    let destinations = table.kinesis.iter().map(|destination| Destination {
        stream_arn: &destination.arn,
        destination_status: match destination.status {
            KinesisStatus::Enabling => "ENABLING",
            KinesisStatus::Active => "ACTIVE",
            KinesisStatus::Updating => "UPDATING",
            KinesisStatus::Disabling => "DISABLING",
            KinesisStatus::Disabled => "DISABLED",
        },
        approximate_creation_date_time_precision: match destination.precision {
            TimePrecision::Millisecond => Some(ApproximateCreationDateTimePrecision::Millisecond),
            TimePrecision::Microsecond => Some(ApproximateCreationDateTimePrecision::Microsecond),
            TimePrecision::Unnamed => None,
        },
    });
    encode(&DestinationsAnswer {
        table_name: table.name.as_str(),
        kinesis_data_stream_destinations: destinations.collect(),
    })
}
