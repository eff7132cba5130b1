//! Streams as the package's own readers see them: every shard with places to start from, at once and whatever the network.
//!
//! Functions that a caller has registered are handed changes by readers in the package, which stand beside the region like the
//! service's own: they need no request to learn of a shard, and their places do not expire.

use super::Region;
use crate::request::plan::{ShardIterator, ShardPlace};
use crate::table::{ChangeStream, StreamReader, TimePrecision};
use serde::Serialize;

/// A stream, for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// The table.
    pub table: String,
    /// The stream's ARN.
    pub arn: String,
    /// The Kinesis data stream that it goes to, if it goes to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinesis: Option<String>,
    /// True if times are told to the microsecond.
    pub is_microsecond: bool,
    /// True while changes are recorded.
    pub is_recording: bool,
    /// True if changes have been committed that are not recorded yet.
    pub is_behind: bool,
    /// Its shards, parents before their children.
    pub shards: Vec<FeedShard>,
}

/// A shard, for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedShard {
    /// `ShardId`
    pub id: String,
    /// `ParentShardId`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// An iterator of the oldest record.
    pub oldest: String,
    /// An iterator behind the newest record; none for a shard that has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
}

impl Region {
    /// Every stream that can be read, those that go to Kinesis among them.
    pub fn feeds(&self) -> Vec<Feed> {
        let streams = self.catalog().streams().iter();
        streams.map(|stream| self.feed(stream)).collect()
    }

    /// Counts the changes that streams have recorded, and wraps: equal figures mean that there is nothing new to read.
    pub fn recorded(&self) -> u32 {
        self.cluster.recorded()
    }

    fn feed(&self, stream: &ChangeStream) -> Feed {
        let arn = self.origin.stream(&stream.table_name, stream.label_ms);
        let lineages = || self.cluster.lineages().filter(|lineage| lineage.stream() == stream.id);
        let table = self.catalog().get(stream.table_name.as_str());
        let destination = table.and_then(|table| table.kinesis.iter().find(|known| known.stream == stream.id));
        let is_behind = lineages().any(|lineage| {
            let subscription = lineage.subscription();
            subscription.is_some_and(|subscription| {
                let leader = self.cluster.replica(subscription.leader());
                leader.is_none_or(|leader| leader.committed() > subscription.received())
            })
        });
        let shards = lineages().flat_map(|lineage| {
            let history = lineage.history();
            let arn = &arn;
            history.shards.iter().map(move |shard| {
                let iterator = |next, horizon| {
                    let place = ShardPlace {
                        next,
                        horizon,
                        issued_ms: None,
                    };
                    let shard = shard.id;
                    ShardIterator {
                        stream: arn,
                        shard,
                        place,
                    }
                    .write()
                };
                FeedShard {
                    id: shard.id.to_string(),
                    parent: shard.parent.map(|parent| parent.to_string()),
                    oldest: iterator(shard.first, true),
                    newest: shard.end.is_none().then(|| iterator(history.next, false)),
                }
            })
        });
        Feed {
            table: stream.table_name.to_string(),
            kinesis: match &stream.reader {
                StreamReader::Anyone => None,
                StreamReader::Kinesis(arn) => Some(arn.to_string()),
            },
            is_microsecond: destination.is_some_and(|known| known.precision == TimePrecision::Microsecond),
            is_recording: stream.status.is_recording(),
            is_behind,
            shards: shards.collect(),
            arn,
        }
    }
}
