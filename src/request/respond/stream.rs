//! Answers of the operations on streams, and of those on the expiry of items.

use super::describe::{KeySchemaElement, key_schema, view_type};
use super::encode;
use crate::error::Error;
use crate::request::inputs::{StreamViewType, TimeToLiveSpecification};
use crate::request::plan::{RecordsRead, ShardIterator, ShardPlace};
use crate::request::tree::{RawMap, Time};
use crate::table::{
    Author, ChangeKind, ChangeStream, Label, Origin, Shard, ShardId, StreamReader, StreamRecord, StreamStatus,
    TimeToLive, TimeToLiveStatus,
};
use serde::Serialize;
use std::rc::Rc;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StreamsAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_stream_arn: Option<String>,
    streams: Vec<ListedStream>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListedStream {
    stream_arn: String,
    stream_label: String,
    table_name: String,
}

/// ListStreams: a page, and whether there are more.
pub fn answer_streams(streams: &[&ChangeStream], more: bool, origin: &Origin) -> Result<Vec<u8>, Error> {
    let arn = |stream: &ChangeStream| origin.stream(&stream.table_name, stream.label_ms);
    let listed = streams.iter().map(|stream| ListedStream {
        stream_arn: arn(stream),
        stream_label: Label(stream.label_ms).to_string(),
        table_name: stream.table_name.to_string(),
    });
    encode(&StreamsAnswer {
        last_evaluated_stream_arn: streams.last().filter(|_| more).map(|stream| arn(stream)),
        streams: listed.collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StreamAnswer<'a> {
    stream_description: StreamDescription<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StreamDescription<'a> {
    creation_request_date_time: Time,
    key_schema: Vec<KeySchemaElement<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_evaluated_shard_id: Option<String>,
    shards: Vec<ShardDescription>,
    stream_arn: String,
    stream_label: String,
    stream_status: &'static str,
    stream_view_type: StreamViewType,
    table_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShardDescription {
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_shard_id: Option<String>,
    sequence_number_range: SequenceNumberRange,
    shard_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SequenceNumberRange {
    #[serde(skip_serializing_if = "Option::is_none")]
    ending_sequence_number: Option<String>,
    starting_sequence_number: String,
}

/// DescribeStream: a page of shards, and whether there are more.
pub fn answer_stream(stream: &ChangeStream, shards: &[&Shard], more: bool, origin: &Origin) -> Result<Vec<u8>, Error> {
    let described = shards.iter().map(|shard| ShardDescription {
        parent_shard_id: shard.parent.map(|parent| parent.to_string()),
        sequence_number_range: SequenceNumberRange {
            ending_sequence_number: shard.end.map(|end| end.last.to_string()),
            starting_sequence_number: shard.first.to_string(),
        },
        shard_id: shard.id.to_string(),
    });
    encode(&StreamAnswer {
        stream_description: StreamDescription {
            creation_request_date_time: Time {
                epoch_ms: stream.label_ms,
            },
            key_schema: key_schema(&stream.schema),
            last_evaluated_shard_id: shards.last().filter(|_| more).map(|shard| shard.id.to_string()),
            shards: described.collect(),
            stream_arn: origin.stream(&stream.table_name, stream.label_ms),
            stream_label: Label(stream.label_ms).to_string(),
            stream_status: match stream.status {
                StreamStatus::Enabling => "ENABLING",
                StreamStatus::Enabled => "ENABLED",
                StreamStatus::Disabling(_) => "DISABLING",
                StreamStatus::Disabled(_) => "DISABLED",
            },
            stream_view_type: view_type(stream.view),
            table_name: stream.table_name.as_str(),
        },
    })
}

/// What GetShardIterator's answer needs of the request.
#[derive(Debug)]
pub struct IteratorReply {
    /// The stream's ARN.
    pub stream: String,
    /// The shard.
    pub shard: ShardId,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct IteratorAnswer {
    shard_iterator: String,
}

/// The answer to GetShardIterator.
#[inline(never)]
pub(super) fn located(reply: &IteratorReply, place: ShardPlace) -> Result<Vec<u8>, Error> {
    encode(&IteratorAnswer {
        shard_iterator: iterator(&reply.stream, reply.shard, place),
    })
}

fn iterator(stream: &str, shard: ShardId, place: ShardPlace) -> String {
    ShardIterator { stream, shard, place }.write()
}

/// What GetRecords' answer needs of the request.
#[derive(Debug)]
pub struct RecordsReply {
    /// The stream's ARN, as the iterator has it.
    pub arn: String,
    /// The shard.
    pub shard: ShardId,
    /// The stream.
    pub stream: Rc<ChangeStream>,
    /// The region that the caller believes to talk to.
    pub region: Rc<str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RecordsAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    next_shard_iterator: Option<String>,
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    aws_region: &'a str,
    dynamodb: Change<'a>,
    #[serde(rename = "eventID")]
    event_id: String,
    event_name: &'static str,
    event_source: &'static str,
    event_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_identity: Option<Identity>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Change<'a> {
    approximate_creation_date_time: Time,
    keys: RawMap<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_image: Option<RawMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_image: Option<RawMap<'a>>,
    sequence_number: String,
    size_bytes: usize,
    stream_view_type: StreamViewType,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Identity {
    principal_id: &'static str,
    #[serde(rename = "Type")]
    identity_type: &'static str,
}

/// The answer to GetRecords.
#[inline(never)]
pub(super) fn records(reply: &RecordsReply, read: &RecordsRead) -> Result<Vec<u8>, Error> {
    encode(&RecordsAnswer {
        next_shard_iterator: read.next.map(|next| iterator(&reply.arn, reply.shard, next)),
        records: read.records.iter().map(|record| described(reply, record)).collect(),
    })
}

fn described<'a>(reply: &'a RecordsReply, record: &'a StreamRecord) -> Record<'a> {
    // What goes to Kinesis tells more than readers of streams are told.
    let epoch_ms = match reply.stream.reader {
        StreamReader::Anyone => record.created_ms(),
        StreamReader::Kinesis(_) => record.at.whole_ms(),
    };
    Record {
        aws_region: &reply.region,
        dynamodb: Change {
            approximate_creation_date_time: Time { epoch_ms },
            keys: RawMap::from(&record.keys),
            new_image: record.new.as_ref().map(RawMap::from),
            old_image: record.old.as_ref().map(RawMap::from),
            sequence_number: record.number.to_string(),
            size_bytes: record.size_bytes(),
            stream_view_type: view_type(reply.stream.view),
        },
        event_id: reply.stream.event_id(record.number),
        event_name: match record.kind {
            ChangeKind::Insert => "INSERT",
            ChangeKind::Modify => "MODIFY",
            ChangeKind::Remove => "REMOVE",
        },
        event_source: "aws:dynamodb",
        event_version: "1.1",
        user_identity: match record.author {
            Author::Caller => None,
            Author::TimeToLive => Some(Identity {
                principal_id: "dynamodb.amazonaws.com",
                identity_type: "Service",
            }),
        },
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TimeToLiveChangeAnswer<'a> {
    time_to_live_specification: &'a TimeToLiveSpecification<'a>,
}

/// UpdateTimeToLive: the request's own words.
pub fn answer_time_to_live_change(specification: &TimeToLiveSpecification<'_>) -> Result<Vec<u8>, Error> {
    encode(&TimeToLiveChangeAnswer {
        time_to_live_specification: specification,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TimeToLiveAnswer<'a> {
    time_to_live_description: TimeToLiveDescription<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TimeToLiveDescription<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute_name: Option<&'a str>,
    time_to_live_status: &'static str,
}

/// DescribeTimeToLive. Once it is off, the attribute is not told any more.
pub fn answer_time_to_live(setting: Option<&TimeToLive>) -> Result<Vec<u8>, Error> {
    let status = setting.map_or(TimeToLiveStatus::Disabled, |setting| setting.status);
    let (time_to_live_status, named) = match status {
        TimeToLiveStatus::Enabling => ("ENABLING", true),
        TimeToLiveStatus::Enabled => ("ENABLED", true),
        TimeToLiveStatus::Disabling => ("DISABLING", true),
        TimeToLiveStatus::Disabled => ("DISABLED", false),
    };
    encode(&TimeToLiveAnswer {
        time_to_live_description: TimeToLiveDescription {
            attribute_name: setting.filter(|_| named).map(|setting| setting.attribute.as_str()),
            time_to_live_status,
        },
    })
}
