//! Requests: from bytes to typed input, with everything checked that needs no table.
//!
//! Whatever a caller speaks (JSON over HTTP, JS values), its request becomes one flat tree ([`wire`] for JSON); [`decode`]
//! checks the members' own constraints ([`rules`]) and reads the tree into the operation's typed input ([`inputs`]).
//! Nothing here looks at a table, a clock or a stored item.

pub mod authorize;
pub mod capacity;
mod deep;
pub mod inputs;
pub mod members;
pub mod next_token;
mod operation;
pub mod plan;
pub mod policy;
pub mod respond;
pub mod rules;
pub mod shapes;
pub mod token;
pub mod tree;
pub mod validate;
pub mod wire;

pub use operation::{Operation, Service};

use crate::error::Error;
use inputs::{
    BatchExecuteStatement, BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteResourcePolicy, DeleteTable,
    DescribeContributorInsights, DescribeEndpoints, DescribeKinesisStreamingDestination, DescribeLimits,
    DescribeStream, DescribeTable, DescribeTimeToLive, ExecuteStatement, ExecuteTransaction, GetItem, GetRecords,
    GetResourcePolicy, GetShardIterator, KinesisStreamingDestination, ListContributorInsights, ListStreams, ListTables,
    ListTagsOfResource, PutItem, PutResourcePolicy, Query, Scan, SearchVectors, TagResource, TransactGetItems,
    TransactWriteItems, UntagResource, UpdateContributorInsights, UpdateItem, UpdateKinesisStreamingDestination,
    UpdateTable, UpdateTimeToLive,
};
use token::ContentDigest;
use tree::TreeFault;

/// The typed input of an operation, its members' own constraints satisfied.
#[allow(missing_docs, reason = "named as in the API")]
#[derive(Clone, Debug)]
pub enum Request<'a> {
    CreateTable(Box<CreateTable<'a>>),
    UpdateTable(Box<UpdateTable<'a>>),
    DescribeTable(DescribeTable<'a>),
    ListTables(ListTables<'a>),
    DeleteTable(DeleteTable<'a>),
    PutItem(PutItem<'a>),
    GetItem(GetItem<'a>),
    UpdateItem(UpdateItem<'a>),
    DeleteItem(DeleteItem<'a>),
    Query(Query<'a>),
    Scan(Scan<'a>),
    SearchVectors(SearchVectors<'a>),
    BatchGetItem(BatchGetItem<'a>),
    BatchWriteItem(BatchWriteItem<'a>),
    ListStreams(ListStreams<'a>),
    DescribeStream(DescribeStream<'a>),
    GetShardIterator(GetShardIterator<'a>),
    GetRecords(GetRecords<'a>),
    UpdateTimeToLive(UpdateTimeToLive<'a>),
    DescribeTimeToLive(DescribeTimeToLive<'a>),
    EnableKinesisStreamingDestination(KinesisStreamingDestination<'a>),
    DisableKinesisStreamingDestination(KinesisStreamingDestination<'a>),
    UpdateKinesisStreamingDestination(UpdateKinesisStreamingDestination<'a>),
    DescribeKinesisStreamingDestination(DescribeKinesisStreamingDestination<'a>),
    /// With what its token stands for.
    TransactWriteItems(TransactWriteItems<'a>, ContentDigest),
    TransactGetItems(TransactGetItems<'a>),
    ExecuteStatement(ExecuteStatement<'a>),
    BatchExecuteStatement(BatchExecuteStatement<'a>),
    /// With what its token stands for.
    ExecuteTransaction(ExecuteTransaction<'a>, ContentDigest),
    TagResource(TagResource<'a>),
    UntagResource(UntagResource<'a>),
    ListTagsOfResource(ListTagsOfResource<'a>),
    PutResourcePolicy(PutResourcePolicy<'a>),
    GetResourcePolicy(GetResourcePolicy<'a>),
    DeleteResourcePolicy(DeleteResourcePolicy<'a>),
    UpdateContributorInsights(UpdateContributorInsights<'a>),
    DescribeContributorInsights(DescribeContributorInsights<'a>),
    ListContributorInsights(ListContributorInsights<'a>),
    DescribeLimits(DescribeLimits),
    DescribeEndpoints(DescribeEndpoints),
}

/// Reads a request tree into the operation's input.
///
/// # Errors
/// `UnknownOperationException` for an operation that is not answered, `SerializationException` for members of another kind
/// than the API's, `ValidationException` for members that break their own constraints, in that order.
pub fn decode(operation: Operation, bytes: &[u8]) -> Result<Request<'_>, Error> {
    if !operation.is_supported() {
        return Err(Error::UnknownOperationException);
    }
    if let Err(faults) = members::check(operation, bytes) {
        // A member of another kind comes before any constraint. Over HTTP the body's reader has seen to that.
        return Err(match read(operation, bytes) {
            Ok(_) => Error::invalid(faults),
            Err(TreeFault::Malformed) => misfit(operation, bytes, || Error::invalid(faults)),
            Err(fault @ TreeFault::Kind(_)) => misfit(operation, bytes, || fault.into()),
        });
    }
    read(operation, bytes)
        .map_err(|fault| misfit(operation, bytes, || fault.into()))?
        .ok_or(Error::UnknownOperationException)
}

/// What is said of a tree that is not the operation's: what the reader of bodies says of the same as JSON, which stops at the
/// first thing that does not fit and knows what it was. `otherwise` is for what JSON cannot tell from a right request.
fn misfit(operation: Operation, bytes: &[u8], otherwise: impl FnOnce() -> Error) -> Error {
    let mut body = Vec::new();
    let written = wire::write_body(bytes, &mut body);
    match written.map(|()| wire::read_body(operation, &body)) {
        Ok(Err(said)) => said,
        Ok(Ok(_)) | Err(_) => otherwise(),
    }
}

/// The tree as the operation's type; `None` for operations without one.
fn read(operation: Operation, bytes: &[u8]) -> Result<Option<Request<'_>>, TreeFault> {
    Ok(Some(match operation {
        Operation::CreateTable => Request::CreateTable(Box::new(tree::decode(bytes)?)),
        Operation::UpdateTable => Request::UpdateTable(Box::new(tree::decode(bytes)?)),
        Operation::DescribeTable => Request::DescribeTable(tree::decode(bytes)?),
        Operation::ListTables => Request::ListTables(tree::decode(bytes)?),
        Operation::DeleteTable => Request::DeleteTable(tree::decode(bytes)?),
        Operation::PutItem => Request::PutItem(tree::decode(bytes)?),
        Operation::GetItem => Request::GetItem(tree::decode(bytes)?),
        Operation::UpdateItem => Request::UpdateItem(tree::decode(bytes)?),
        Operation::DeleteItem => Request::DeleteItem(tree::decode(bytes)?),
        Operation::Query => Request::Query(tree::decode(bytes)?),
        Operation::Scan => Request::Scan(tree::decode(bytes)?),
        Operation::SearchVectors => Request::SearchVectors(tree::decode(bytes)?),
        Operation::BatchGetItem => Request::BatchGetItem(tree::decode(bytes)?),
        Operation::BatchWriteItem => Request::BatchWriteItem(tree::decode(bytes)?),
        Operation::ListStreams => Request::ListStreams(tree::decode(bytes)?),
        Operation::DescribeStream => Request::DescribeStream(tree::decode(bytes)?),
        Operation::GetShardIterator => Request::GetShardIterator(tree::decode(bytes)?),
        Operation::GetRecords => Request::GetRecords(tree::decode(bytes)?),
        Operation::UpdateTimeToLive => Request::UpdateTimeToLive(tree::decode(bytes)?),
        Operation::DescribeTimeToLive => Request::DescribeTimeToLive(tree::decode(bytes)?),
        Operation::TransactWriteItems => {
            Request::TransactWriteItems(tree::decode(bytes)?, ContentDigest::of(bytes, "TransactItems"))
        }
        Operation::TransactGetItems => Request::TransactGetItems(tree::decode(bytes)?),
        Operation::ExecuteStatement => Request::ExecuteStatement(tree::decode(bytes)?),
        Operation::BatchExecuteStatement => Request::BatchExecuteStatement(tree::decode(bytes)?),
        Operation::ExecuteTransaction => {
            Request::ExecuteTransaction(tree::decode(bytes)?, ContentDigest::of(bytes, "TransactStatements"))
        }
        Operation::TagResource => Request::TagResource(tree::decode(bytes)?),
        Operation::UntagResource => Request::UntagResource(tree::decode(bytes)?),
        Operation::ListTagsOfResource => Request::ListTagsOfResource(tree::decode(bytes)?),
        Operation::PutResourcePolicy => Request::PutResourcePolicy(tree::decode(bytes)?),
        Operation::GetResourcePolicy => Request::GetResourcePolicy(tree::decode(bytes)?),
        Operation::DeleteResourcePolicy => Request::DeleteResourcePolicy(tree::decode(bytes)?),
        Operation::UpdateContributorInsights => Request::UpdateContributorInsights(tree::decode(bytes)?),
        Operation::DescribeContributorInsights => Request::DescribeContributorInsights(tree::decode(bytes)?),
        Operation::ListContributorInsights => Request::ListContributorInsights(tree::decode(bytes)?),
        Operation::EnableKinesisStreamingDestination => {
            Request::EnableKinesisStreamingDestination(tree::decode(bytes)?)
        }
        Operation::DisableKinesisStreamingDestination => {
            Request::DisableKinesisStreamingDestination(tree::decode(bytes)?)
        }
        Operation::UpdateKinesisStreamingDestination => {
            Request::UpdateKinesisStreamingDestination(tree::decode(bytes)?)
        }
        Operation::DescribeKinesisStreamingDestination => {
            Request::DescribeKinesisStreamingDestination(tree::decode(bytes)?)
        }
        Operation::DescribeLimits => Request::DescribeLimits(tree::decode(bytes)?),
        Operation::DescribeEndpoints => Request::DescribeEndpoints(tree::decode(bytes)?),
        _ => return Ok(None),
    }))
}
