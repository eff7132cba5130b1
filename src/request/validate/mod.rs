//! Validation: everything about a request that needs no table, in the order in which AWS reports it.
//!
//! A typed input, whose members satisfy their own constraints, becomes a [`Valid`] one: parameters fit together, expressions are
//! parsed and bound, values and keys are admitted. Faults are found in AWS's order: parameters that exclude each other, expressions,
//! values, names and values that nothing uses. Tables come later, in `plan`.

pub mod annotation;
mod batch;
mod change;
mod dialect;
mod expressions;
mod item;
mod legacy;
mod parameters;
pub mod schema;
mod search;
mod statement;
pub mod table;
mod transaction;
pub mod vectors;
mod walk;

pub use batch::{BatchGet, BatchWrite, BatchWriteEntry, GetBlock, WriteBlock};
pub use dialect::{Dialect, bare};
pub use item::{Answer, Change, Delete, Get, Put, Update};
pub use search::SearchRequest;
pub use statement::{BatchMember, SingleStatement, StatementBatch, StatementTransaction};
pub use transaction::check_size as check_transaction_size;
pub use transaction::{Effect, TransactAction, TransactGet, TransactRead, TransactWrite};
pub use walk::{Segment, WalkRequest};

use super::inputs::{
    DeleteTable, DescribeKinesisStreamingDestination, DescribeStream, DescribeTable, DescribeTimeToLive, GetRecords,
    GetShardIterator, KinesisStreamingDestination, ListStreams, ListTables, UpdateKinesisStreamingDestination,
    UpdateTable, UpdateTimeToLive,
};
use super::{Operation, Request};
use crate::error::Error;
use crate::expression::ExpressionCache;
use crate::table::TableSpec;
pub use crate::value::admit::AdmittedKey;

/// Something that validation has passed; nothing else can make one.
#[derive(Debug)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// What was validated.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// A request without faults of its own.
#[allow(missing_docs, reason = "named as in the API")]
#[derive(Debug)]
pub enum Checked<'a> {
    Put(Put<'a>),
    Update(Update<'a>),
    Delete(Delete<'a>),
    Get(Get<'a>),
    Query(WalkRequest<'a>),
    Scan(WalkRequest<'a>),
    Search(Box<SearchRequest<'a>>),
    BatchGet(BatchGet<'a>),
    BatchWrite(BatchWrite<'a>),
    TransactWrite(TransactWrite<'a>),
    TransactRead(TransactRead<'a>),
    Statement(Box<SingleStatement>),
    StatementBatch(StatementBatch),
    StatementTransaction(StatementTransaction),
    CreateTable(Box<TableSpec>),
    UpdateTable(Box<UpdateTable<'a>>),
    DeleteTable(DeleteTable<'a>),
    DescribeTable(DescribeTable<'a>),
    ListTables(ListTables<'a>),
    ListStreams(ListStreams<'a>),
    DescribeStream(DescribeStream<'a>),
    GetShardIterator(GetShardIterator<'a>),
    GetRecords(GetRecords<'a>),
    UpdateTimeToLive(UpdateTimeToLive<'a>),
    DescribeTimeToLive(DescribeTimeToLive<'a>),
    EnableKinesis(KinesisStreamingDestination<'a>),
    DisableKinesis(KinesisStreamingDestination<'a>),
    UpdateKinesis(UpdateKinesisStreamingDestination<'a>),
    DescribeKinesis(DescribeKinesisStreamingDestination<'a>),
    Annotation(annotation::Asked<'a>),
    DescribeLimits,
    DescribeEndpoints,
}

/// Validates a request. `cache` keeps what expressions parse to; it never changes an answer.
///
/// # Errors
/// ValidationException, for the first fault in AWS's order.
pub fn validate<'a>(request: Request<'a>, cache: &mut ExpressionCache) -> Result<Valid<Checked<'a>>, Error> {
    Ok(Valid(match request {
        Request::PutItem(input) => Checked::Put(item::put(input, cache)?),
        Request::UpdateItem(input) => Checked::Update(item::update(input, cache)?),
        Request::DeleteItem(input) => Checked::Delete(item::delete(input, cache)?),
        Request::GetItem(input) => Checked::Get(item::get(input, cache)?),
        Request::Query(input) => Checked::Query(walk::query(input, cache)?),
        Request::Scan(input) => Checked::Scan(walk::scan(input, cache)?),
        Request::SearchVectors(input) => Checked::Search(Box::new(search::search(input, cache)?)),
        Request::BatchGetItem(input) => Checked::BatchGet(batch::get(input, cache)?),
        Request::BatchWriteItem(input) => Checked::BatchWrite(batch::write(input)?),
        Request::TransactWriteItems(input, content) => {
            Checked::TransactWrite(transaction::write(input, content, cache)?)
        }
        Request::TransactGetItems(input) => Checked::TransactRead(transaction::read(input, cache)?),
        Request::ExecuteStatement(input) => Checked::Statement(Box::new(statement::single(&input)?)),
        Request::BatchExecuteStatement(input) => Checked::StatementBatch(statement::batch(&input)?),
        Request::ExecuteTransaction(input, content) => {
            Checked::StatementTransaction(statement::transaction(&input, content)?)
        }
        Request::CreateTable(input) => Checked::CreateTable(Box::new(table::create(&input)?)),
        Request::UpdateTable(input) => {
            change::update(&input)?;
            Checked::UpdateTable(input)
        }
        Request::DeleteTable(input) => Checked::DeleteTable(input),
        Request::DescribeTable(input) => Checked::DescribeTable(input),
        Request::ListTables(input) => Checked::ListTables(input),
        Request::ListStreams(input) => Checked::ListStreams(input),
        Request::DescribeStream(input) => Checked::DescribeStream(input),
        Request::GetShardIterator(input) => Checked::GetShardIterator(input),
        Request::GetRecords(input) => Checked::GetRecords(input),
        Request::UpdateTimeToLive(input) => Checked::UpdateTimeToLive(input),
        Request::DescribeTimeToLive(input) => Checked::DescribeTimeToLive(input),
        Request::EnableKinesisStreamingDestination(input) => Checked::EnableKinesis(input),
        Request::DisableKinesisStreamingDestination(input) => Checked::DisableKinesis(input),
        Request::UpdateKinesisStreamingDestination(input) => Checked::UpdateKinesis(input),
        Request::DescribeKinesisStreamingDestination(input) => Checked::DescribeKinesis(input),
        Request::TagResource(input) => Checked::Annotation(annotation::tag(&input)?),
        Request::UntagResource(input) => Checked::Annotation(annotation::untag(&input)?),
        Request::ListTagsOfResource(input) => Checked::Annotation(annotation::list_tags(&input)?),
        Request::PutResourcePolicy(input) => Checked::Annotation(annotation::put_policy(&input)?),
        Request::GetResourcePolicy(input) => Checked::Annotation(annotation::get_policy(&input)?),
        Request::DeleteResourcePolicy(input) => Checked::Annotation(annotation::delete_policy(&input)?),
        Request::UpdateContributorInsights(input) => Checked::Annotation(annotation::switch_insights(&input)),
        Request::DescribeContributorInsights(input) => Checked::Annotation(annotation::describe_insights(&input)),
        Request::ListContributorInsights(input) => Checked::Annotation(annotation::Asked::AllInsights(input)),
        Request::DescribeLimits(_) => Checked::DescribeLimits,
        Request::DescribeEndpoints(_) => Checked::DescribeEndpoints,
    }))
}

/// The dialects of the operations validated here.
const PUT: Dialect = Dialect::of(Operation::PutItem);
const UPDATE: Dialect = Dialect::of(Operation::UpdateItem);
const DELETE: Dialect = Dialect::of(Operation::DeleteItem);
const GET: Dialect = Dialect::of(Operation::GetItem);
const QUERY: Dialect = Dialect::of(Operation::Query);
const SCAN: Dialect = Dialect::of(Operation::Scan);
const BATCH_GET: Dialect = Dialect::of(Operation::BatchGetItem);
const BATCH_WRITE: Dialect = Dialect::of(Operation::BatchWriteItem);
/// The two operations on transactions are worded alike.
const TRANSACTION: Dialect = Dialect::of(Operation::TransactWriteItems);
