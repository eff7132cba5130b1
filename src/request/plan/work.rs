//! The vocabulary between planning and the cluster: work to do and outcomes of it.

use super::closed::Closed;
use crate::error::{Error, Invalid};
use crate::expression::{Condition, Update, Updated};
use crate::limits;
use crate::request::token::Token;
use crate::table::{
    Annotation, AttributeName, Author, IndexId, KinesisChange, LineageId, RecordNumber, RowKey, ShardId, StreamRecord,
    Table, TableChange, TableSpec, TableStatistics, TimeToLiveChange,
};
use crate::time::Time;
use crate::value::Item;
use crate::value::key::{KeyRange, PartitionHash};
use crate::value::vector::{Nearest, Query};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Work for the cluster, and the [`Outcome`] each kind ends in. A failure of the whole is an [`Error`] instead.
#[derive(Debug)]
pub enum Work {
    /// GetItem: [`Outcome::Got`].
    Get(Box<Get>),
    /// BatchGetItem: [`Outcome::BatchGot`] or [`Outcome::BatchGotSome`], in order.
    BatchGet(Vec<Get>),
    /// PutItem, UpdateItem, DeleteItem: [`Outcome::Wrote`].
    Write(Box<Write>),
    /// BatchWriteItem: [`Outcome::BatchWrote`], in order.
    BatchWrite(Vec<Write>),
    /// TransactWriteItems, and ExecuteTransaction of writes: [`Outcome::Transacted`] or [`Outcome::Replayed`]. What is refused is a
    /// TransactionCanceledException.
    TransactWrite(Box<TransactWrite>),
    /// TransactGetItems, and ExecuteTransaction of reads: [`Outcome::BatchGot`], in order. A read that was found to be invalid has its
    /// cause instead, and refuses the whole.
    TransactGet(Vec<Result<Get, Invalid>>),
    /// Query, Scan and SearchVectors: [`Outcome::Walked`].
    Walk(Rc<Walk>),
    /// A SELECT of several keys: one page over walks of one table or index, one after the other. [`Outcome::Walked`].
    Walks(Vec<Walk>),
    /// Operations on shards: [`Outcome::Shard`].
    Shard(Box<ShardRead>),
    /// Table operations, for the admin actor: [`Outcome::Table`].
    Control(Control),
    /// Nothing to do: the reply has the answer. [`Outcome::Answered`].
    Answer,
}

/// One item to read by its key.
#[derive(Clone, Debug)]
pub struct Get {
    /// The table.
    pub table: Rc<Table>,
    /// The row.
    pub key: RowKey,
    /// True to read from the leader.
    pub consistent: bool,
}

/// One item to write.
#[derive(Clone, Debug)]
pub struct Write {
    /// The table.
    pub table: Rc<Table>,
    /// The row.
    pub key: RowKey,
    /// What to do to it.
    pub action: Action,
    /// What must hold of the item as it is.
    pub condition: Option<Condition>,
    /// What it comes to if that does not hold.
    pub on_failure: OnFailure,
    /// Index entries that it must not change: admission control's word, and nothing where requests are not throttled.
    pub closed: Option<Rc<Closed>>,
}

/// What a write comes to whose condition does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnFailure {
    /// ConditionalCheckFailedException.
    #[default]
    Refuse,
    /// ConditionalCheckFailedException that carries the item.
    ReturnOld,
    /// DuplicateItemException: an INSERT that met an item.
    Duplicate,
}

/// What a write does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Puts the item in place of what is there.
    Put(Item),
    /// Changes the item, or an item that only has its key if nothing is there.
    Update {
        /// The change; none stores a key-only item where nothing is and leaves alone what is there.
        update: Option<Update>,
        /// The key attributes.
        key: Item,
        /// True for AttributeUpdates, which words what it cannot do differently.
        legacy: bool,
    },
    /// Deletes the item, if it is there.
    Delete,
    /// Deletes the item if it has expired: the service's own write.
    Expire {
        /// The attribute that says when.
        attribute: AttributeName,
        /// The present moment.
        now: Time,
    },
    /// Leaves the item as it is: only in transactions, where a condition is all that an action may be.
    Check,
}

impl Action {
    /// On whose behalf the write is done.
    pub fn author(&self) -> Author {
        match self {
            Action::Put(_) | Action::Update { .. } | Action::Delete | Action::Check => Author::Caller,
            Action::Expire { .. } => Author::TimeToLive,
        }
    }
}

/// What a write comes to: [`super::evaluate()`].
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The item after the write; `None` when it is deleted.
    pub after: Option<Item>,
    /// What an update changed, for the answer.
    pub updated: Option<Updated>,
}

/// Writes that happen together or not at all, each to another item.
#[derive(Clone, Debug)]
pub struct TransactWrite {
    /// The writes, in order. One that planning found to be invalid has its cause instead: the transaction will be cancelled, with the
    /// reasons of all its actions.
    pub actions: Vec<Result<Write, Invalid>>,
    /// Makes it the same transaction when it is sent again.
    pub token: Option<Token>,
}

/// A write that was done.
#[derive(Clone, Debug)]
pub struct Written {
    /// The item before.
    pub before: Option<Item>,
    /// The item after.
    pub after: Option<Item>,
    /// What an update changed: as [`Evaluated`] has it.
    pub updated: Option<Updated>,
    /// Size of the item collection after the write, its local index entries included; only on tables with local indexes.
    pub collection_bytes: Option<u64>,
}

/// What a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The table's rows.
    Table,
    /// The entries of the local index at this position of the table's list.
    Local(usize),
    /// The entries of a global index.
    Global(IndexId),
    /// The entries of a vector index.
    Vector(IndexId),
}

/// A walk over rows or index entries: one page of Query or Scan.
///
/// The page ends when `limit` rows were evaluated or when the bytes read pass `page_bytes_max`; then `last` is set, also when
/// that was the very last row, as DynamoDB does.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The table.
    pub table: Rc<Table>,
    /// What to walk.
    pub source: Source,
    /// Partitions to visit: a single hash for Query; for Scan a segment's share of all hashes, from the starting key's on.
    pub hashes: RangeInclusive<PartitionHash>,
    /// The rows to visit: keys of the table or of the index entries. What an ExclusiveStartKey leaves, if there was one.
    pub range: KeyRange,
    /// False to go from the upper end down.
    pub forward: bool,
    /// Most rows to evaluate.
    pub limit: Option<usize>,
    /// Bytes to read before the page ends, counted before filter and projection.
    pub page_bytes_max: usize,
    /// Which evaluated rows are returned.
    pub filter: Option<Condition>,
    /// True to read from the leader.
    pub consistent: bool,
    /// A local index read that asks for attributes it does not project: rows show the whole base item, to the filter too.
    pub fetch_base: bool,
    /// True if rows are only counted: `rows` stays empty.
    pub count_only: bool,
    /// A search: of the rows that pass, the nearest are kept in `nearest`, and `rows` stays empty.
    pub search: Option<Search>,
}

/// A search among the entries of a vector index: SearchVectors.
#[derive(Clone, Debug)]
pub struct Search {
    /// The attribute that holds an entry's vector.
    pub attribute: AttributeName,
    /// What is searched for.
    pub query: Rc<Query>,
    /// How many of the nearest are wanted.
    pub most: usize,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// The rows that passed the filter; what the index holds of them unless the walk fetched base items. Empty when counting.
    pub rows: Vec<Item>,
    /// Rows that passed the filter.
    pub matched: usize,
    /// Rows evaluated.
    pub scanned: usize,
    /// Sizes of the rows evaluated: whole items, or what the index holds of them.
    pub evaluated_bytes: usize,
    /// Sizes of the base items fetched, one for each row evaluated.
    pub fetched_bytes: Vec<usize>,
    /// The same as they are read, each by whole read units.
    pub fetched_units_bytes: usize,
    /// What a search found.
    pub nearest: Nearest,
    /// The last row evaluated, if the page ended before the walk did. Any image that has the keys of table and index.
    pub last: Option<Item>,
}

impl Walked {
    /// What a page has a bound for: the rows evaluated; of a local index that fetches base items, both by whole read units, as the
    /// developer guide counts them.
    pub fn read_bytes(&self) -> usize {
        match self.fetched_units_bytes {
            0 => self.evaluated_bytes,
            fetched => self.evaluated_bytes.next_multiple_of(limits::READ_UNIT_BYTES) + fetched,
        }
    }
}

/// One shard to read.
#[derive(Clone, Debug)]
pub struct ShardRead {
    /// Who keeps its records.
    pub lineage: LineageId,
    /// The shard.
    pub shard: ShardId,
    /// What is asked.
    pub ask: ShardAsk,
}

/// What is asked of a shard.
#[derive(Clone, Copy, Debug)]
pub enum ShardAsk {
    /// GetShardIterator: [`ShardTold::Place`].
    Place(Starting),
    /// GetRecords: [`ShardTold::Records`].
    Records {
        /// Where to go on.
        from: ShardPlace,
        /// Most records to return.
        limit: usize,
    },
}

/// Where to start in a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starting {
    /// At the oldest record.
    TrimHorizon,
    /// Behind the newest record.
    Latest,
    /// At a record.
    At(RecordNumber),
    /// Behind a record.
    After(RecordNumber),
    /// At the first record that was created then or later.
    AtTimestamp {
        /// The moment, in epoch milliseconds.
        epoch_ms: u64,
    },
}

/// A place in a shard: what an iterator stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardPlace {
    /// The record to go on with, or the first one behind it.
    pub next: RecordNumber,
    /// True for the oldest record there is, even if older ones are forgotten before anybody looks.
    pub horizon: bool,
    /// When it was handed out, in epoch milliseconds. The service's own readers have places that stay good.
    pub issued_ms: Option<u64>,
}

/// What a shard answers.
#[derive(Clone, Debug)]
pub enum ShardTold {
    /// Where to start.
    Place(Box<ShardPlace>),
    /// Records.
    Records(Box<RecordsRead>),
}

/// Records, and where to go on.
#[derive(Clone, Debug)]
pub struct RecordsRead {
    /// In order.
    pub records: Vec<StreamRecord>,
    /// Absent once the shard has ended and all of it was read.
    pub next: Option<ShardPlace>,
}

/// A table operation.
#[derive(Clone, Debug)]
pub enum Control {
    /// CreateTable.
    Create(Box<TableSpec>),
    /// Something about a table, as it was when that was planned. It may be another by the time the admin actor is asked.
    Of(Rc<Table>, TableAsk),
}

/// What is asked about a table.
#[derive(Clone, Debug)]
pub enum TableAsk {
    /// UpdateTable.
    Update(Box<TableChange>),
    /// DeleteTable.
    Delete,
    /// DescribeTable.
    Describe,
    /// UpdateTimeToLive.
    TimeToLive(TimeToLiveChange),
    /// EnableKinesisStreamingDestination, DisableKinesisStreamingDestination, UpdateKinesisStreamingDestination.
    Kinesis(KinesisChange),
    /// Tags, a resource policy or Contributor Insights are changed.
    Annotate(Box<Annotation>),
}

/// What came of the work.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Of [`Work::Get`].
    Got(Option<Item>),
    /// Of [`Work::BatchGet`] and [`Work::TransactGet`], in its order.
    BatchGot(Vec<Option<Item>>),
    /// Of [`Work::BatchGet`] of which something was throttled, in its order. What was has its error.
    BatchGotSome(Vec<Result<Option<Item>, Error>>),
    /// Of [`Work::Write`].
    Wrote(Box<Written>),
    /// Of [`Work::BatchWrite`], in its order. A write that was throttled comes back as its error.
    BatchWrote(Vec<Result<Box<Written>, Error>>),
    /// Of [`Work::TransactWrite`], in its order.
    Transacted(Vec<Written>),
    /// Of [`Work::TransactWrite`] that had been done before under its token: the sizes of the images then, in its order.
    Replayed(Vec<usize>),
    /// Of [`Work::Walk`].
    Walked(Box<Walked>),
    /// Of [`Work::Shard`].
    Shard(ShardTold),
    /// Of [`Work::Control`]: the table as the operation leaves it.
    Table(Rc<Table>, Box<TableStatistics>),
    /// Of [`Work::Answer`].
    Answered,
}
