//! Streams as data: what a table's changes are recorded as, the shards they are kept in, and the names and numbers of both.
//!
//! A stream lives longer than its table: once disabled it can be read for a day. So it carries what a reader needs to know
//! of the table. The actors that keep the records are `cluster::lineage`'s.

use super::{KeySchema, StreamView, TableId, TableName};
use crate::time::Time;
use crate::value::Item;
use crate::value::key::PartitionHash;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Identifies a stream for the life of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StreamId(pub u32);

/// The keeper of the shards that one partition's changes go to: an actor's address, new in every process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineageId(pub u32);

/// A stream of a table's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeStream {
    /// Identifies it.
    pub id: StreamId,
    /// The table whose changes it has; it may be gone.
    pub table: TableId,
    /// That table's name.
    pub table_name: TableName,
    /// That table's key.
    pub schema: KeySchema,
    /// What records carry.
    pub view: StreamView,
    /// When it was enabled, in epoch milliseconds: its label. No two streams of tables of one name have the same.
    pub label_ms: u64,
    /// Where it stands.
    pub status: StreamStatus,
    /// Who reads it.
    pub reader: StreamReader,
    /// Its shards, parents before their children. What the snapshot's lineages hold, so it is not stored twice.
    #[serde(skip)]
    pub shards: Vec<Shard>,
}

/// Who reads a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StreamReader {
    /// Whoever calls the streams API.
    Anyone,
    /// A Kinesis data stream, by its ARN: nobody else sees the stream.
    Kinesis(Rc<str>),
}

/// Where a stream stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StreamStatus {
    /// Being enabled.
    Enabling,
    /// Records changes.
    Enabled,
    /// Being disabled, since that moment in epoch milliseconds.
    Disabling(u64),
    /// Records no more since that moment.
    Disabled(u64),
}

impl StreamStatus {
    /// True while changes are recorded.
    pub fn is_recording(self) -> bool {
        match self {
            StreamStatus::Enabling | StreamStatus::Enabled => true,
            StreamStatus::Disabling(_) | StreamStatus::Disabled(_) => false,
        }
    }
    /// What it comes to once nothing is in transition.
    #[must_use]
    pub fn settled(self) -> Self {
        match self {
            StreamStatus::Enabling | StreamStatus::Enabled => StreamStatus::Enabled,
            StreamStatus::Disabling(at) | StreamStatus::Disabled(at) => StreamStatus::Disabled(at),
        }
    }
}

/// Names a shard: when it was opened, and enough of a hash to be unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShardId {
    opened_ms: u64,
    salt: u32,
}

impl ShardId {
    /// The shard of a stream that was opened at a time and begins with a record. Records' numbers are unique in a stream.
    pub fn new(stream: StreamId, opened_ms: u64, first: RecordNumber) -> Self {
        let mut bytes = [0; 20];
        let parts = stream.0.to_le_bytes().into_iter();
        let parts = parts.chain(first.0.to_le_bytes()).chain(opened_ms.to_le_bytes());
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        let salt = xxh3_64(&bytes) as u32;
        ShardId { opened_ms, salt }
    }
    /// When it was opened, and the rest: what iterators carry.
    pub fn parts(self) -> (u64, u32) {
        (self.opened_ms, self.salt)
    }
    /// The shard whose [`ShardId::parts`] these are.
    pub fn from_parts(opened_ms: u64, salt: u32) -> Self {
        ShardId { opened_ms, salt }
    }
    /// When it was opened, in epoch milliseconds.
    pub fn opened_ms(self) -> u64 {
        self.opened_ms
    }
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (opened, salt) = text.strip_prefix("shardId-")?.split_once('-')?;
        let shard = ShardId {
            opened_ms: opened.parse().ok()?,
            salt: u32::from_str_radix(salt, 16).ok()?,
        };
        (shard.to_string() == text).then_some(shard)
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shardId-{:020}-{:08x}", self.opened_ms, self.salt)
    }
}

/// Lineages of one stream whose records' numbers never meet.
const LANES: u64 = 100_000;

/// Orders the records of a lineage, and names each of a stream: the lineages count in steps, each in a lane of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordNumber(u64);

impl RecordNumber {
    /// Before every record.
    pub const ZERO: RecordNumber = RecordNumber(0);

    /// The first number of a lane.
    pub fn first_of(lane: u32) -> Self {
        RecordNumber(LANES + u64::from(lane) % LANES)
    }
    /// The next number of the lane.
    #[must_use]
    pub fn next(self) -> Self {
        RecordNumber(self.0.saturating_add(LANES))
    }
    /// The number before in the lane.
    #[must_use]
    pub fn previous(self) -> Self {
        RecordNumber(self.0.saturating_sub(LANES))
    }
    /// As a plain number: what iterators carry.
    pub fn as_u64(self) -> u64 {
        self.0
    }
    /// The number that [`RecordNumber::as_u64`] gave.
    pub fn from_u64(number: u64) -> Self {
        RecordNumber(number)
    }
    /// Reads a SequenceNumber, if it can be one.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('1').filter(|digits| digits.len() == 20)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number).map(RecordNumber)
    }
}

impl fmt::Display for RecordNumber {
    /// As a SequenceNumber: 21 digits, so that texts sort as numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1{:020}", self.0)
    }
}

/// A part of a stream: the records of one partition over some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its name.
    pub id: ShardId,
    /// The shard whose records come before.
    pub parent: Option<ShardId>,
    /// The number of its first record.
    pub first: RecordNumber,
    /// Set once no more records come.
    pub end: Option<ShardEnd>,
    /// Who keeps its records.
    #[serde(skip)]
    pub lineage: LineageId,
}

/// The end of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardEnd {
    /// The number of its last record; its first one's if it has none.
    pub last: RecordNumber,
    /// When it was closed, in epoch milliseconds.
    pub closed_ms: u64,
}

/// What the lineage of a partition has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The first hash of the partition.
    pub first_hash: PartitionHash,
    /// Its shards, oldest first; only the last may be open.
    pub shards: Vec<Shard>,
    /// The number that the next record gets.
    pub next: RecordNumber,
    /// The last record that was forgotten for its age.
    pub trimmed: RecordNumber,
    /// The records, in order. Shared with forks and snapshots until somebody adds one.
    pub records: Rc<VecDeque<StreamRecord>>,
}

impl History {
    /// A history without records, its first number that of the lane.
    pub fn new(first_hash: PartitionHash, lane: u32) -> Self {
        History {
            first_hash,
            shards: Vec::new(),
            next: RecordNumber::first_of(lane),
            trimmed: RecordNumber::ZERO,
            records: Rc::default(),
        }
    }
}

/// On whose behalf an item was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Author {
    /// A caller's.
    #[default]
    Caller,
    /// The service's own: the item had expired.
    TimeToLive,
}

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// INSERT
    Insert,
    /// MODIFY
    Modify,
    /// REMOVE
    Remove,
}

/// One change of an item, as a stream keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamRecord {
    /// Its number.
    pub number: RecordNumber,
    /// When it was recorded.
    pub at: Time,
    /// What happened.
    pub kind: ChangeKind,
    /// On whose behalf.
    pub author: Author,
    /// The item's key.
    pub keys: Item,
    /// The item after, if the stream carries it and there is one.
    pub new: Option<Item>,
    /// The item before, likewise.
    pub old: Option<Item>,
}

impl StreamRecord {
    /// ApproximateCreationDateTime as readers of streams see it: rounded down to whole seconds, in epoch milliseconds.
    pub fn created_ms(&self) -> u64 {
        let at_ms = self.at.whole_ms();
        at_ms - at_ms % 1000
    }

    /// What the record counts for: the sizes of its key and images.
    pub fn size_bytes(&self) -> usize {
        let items = [Some(&self.keys), self.new.as_ref(), self.old.as_ref()];
        let sizes = items.into_iter().flatten();
        sizes.map(Item::size_bytes).sum()
    }
}

impl StreamView {
    /// True if records carry the item as it was.
    pub fn has_old(self) -> bool {
        match self {
            StreamView::OldImage | StreamView::NewAndOldImages => true,
            StreamView::KeysOnly | StreamView::NewImage => false,
        }
    }
    /// True if records carry the item as it became.
    pub fn has_new(self) -> bool {
        match self {
            StreamView::NewImage | StreamView::NewAndOldImages => true,
            StreamView::KeysOnly | StreamView::OldImage => false,
        }
    }
}

impl ChangeStream {
    /// The shard of a name.
    pub fn shard(&self, id: ShardId) -> Option<&Shard> {
        self.shards.iter().find(|shard| shard.id == id)
    }
    /// An identifier of one of its records that no other record anywhere has: 32 hexadecimal digits.
    pub fn event_id(&self, record: RecordNumber) -> String {
        let place = format!("{}/{}/{record}", self.table_name, self.label_ms);
        format!("{:032x}", xxh3_128(place.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shard_ids_and_sequence_numbers_read_back() {
        let first = RecordNumber::first_of(3);
        let shard = ShardId::new(StreamId(1), 1_414_562_045_508, first);
        assert!(shard.to_string().starts_with("shardId-00000001414562045508-"));
        assert_eq!(shard.to_string().len(), 37);
        assert_eq!(ShardId::parse(&shard.to_string()), Some(shard));
        assert_eq!(ShardId::parse("shardId-1414562045508-0000000a"), None);
        assert_eq!(first.to_string(), "100000000000000100003");
        assert_eq!(first.next().to_string(), "100000000000000200003");
        assert_eq!(RecordNumber::parse(&first.to_string()), Some(first));
        for text in [
            "000000000000000000001",
            "1+0000000000000000001",
            "1",
            "",
            "99999999999999999999999",
        ] {
            assert_eq!(RecordNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn lanes_do_not_meet() {
        let (one, two) = (RecordNumber::first_of(1), RecordNumber::first_of(2));
        assert!(one < two && two < one.next() && one.next() < two.next());
        assert_eq!(one.next().previous(), one);
    }
}
