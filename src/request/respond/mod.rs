//! Answers: from what the cluster did to the flat response tree.
//!
//! A [`Reply`] is made by planning and carries what an answer needs of the request; nothing here looks at a table's current
//! state or at the clock. Capacity is worked out only when the caller asked for it.

mod annotation;
mod batch;
pub mod capacity;
mod control;
pub mod describe;
mod item;
mod items;
mod kinesis;
mod named;
mod search;
mod statement;
mod stream;
mod transaction;
mod walk;

pub use annotation::{
    InsightsPage, answer_all_insights, answer_insights, answer_nothing, answer_policy, answer_revision, answer_tags,
};
pub use batch::{BatchGetReply, BatchWriteReply, SentWrite, UnprocessedBlock, WriteShape};
pub use capacity::Detail;
pub use control::{answer_endpoints, answer_limits, answer_tables};
pub use describe::Shown;
pub use item::{GetReply, Returned, WriteReply};
pub use kinesis::{KinesisAnswer, answer_destination, answer_destinations};
pub use search::SearchReply;
pub use statement::{BatchStatementReply, MemberReply, SelectReply, StatementReply};
pub use stream::{
    IteratorReply, RecordsReply, answer_stream, answer_streams, answer_time_to_live, answer_time_to_live_change,
};
pub use transaction::{ActionShape, TransactGetReply, TransactWriteReply};
pub use walk::WalkReply;

use super::plan::{Outcome, ShardTold};
use super::tree;
use crate::error::Error;
use crate::table::{IndexName, Origin, PolicyOf};
use items::Items;
use serde::Serialize;

/// What an answer needs to know about the request.
#[derive(Debug)]
pub enum Reply {
    /// GetItem.
    Get(GetReply),
    /// PutItem, UpdateItem, DeleteItem.
    Write(WriteReply),
    /// Query, Scan.
    Walk(WalkReply),
    /// SearchVectors.
    Search(SearchReply),
    /// BatchGetItem.
    BatchGet(BatchGetReply),
    /// BatchWriteItem.
    BatchWrite(BatchWriteReply),
    /// TransactWriteItems.
    TransactWrite(TransactWriteReply),
    /// TransactGetItems.
    TransactGet(TransactGetReply),
    /// ExecuteStatement of a SELECT.
    Select(SelectReply),
    /// ExecuteStatement of a write.
    Statement(StatementReply),
    /// BatchExecuteStatement.
    StatementBatch(BatchStatementReply),
    /// A table operation: the region and account it is answered for, how the table is shown, the member it is shown under.
    Table(Origin, Shown, TableMember),
    /// GetShardIterator.
    Iterator(IteratorReply),
    /// GetRecords.
    Records(RecordsReply),
    /// PutResourcePolicy: the revision of this policy.
    Revision(PolicyOf),
    /// UpdateContributorInsights, of the table or of this index.
    Insights(Option<IndexName>),
    /// The answer was made when the work was planned.
    Answered(Vec<u8>),
}

/// The member of a response that holds a table's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableMember {
    /// `Table`, of DescribeTable.
    Table,
    /// `TableDescription`, of the other operations.
    TableDescription,
}

/// Writes the answer to a request.
///
/// # Errors
/// The error of a batch's member that is not a reason to try again. An outcome of another kind than the reply's is a broken
/// invariant: InternalServerError.
pub fn respond(mut reply: Reply, outcome: Outcome) -> Result<Vec<u8>, Error> {
    match (&mut reply, outcome) {
        (Reply::Get(reply), Outcome::Got(item)) => item::got(reply, item.as_ref()),
        (Reply::Write(reply), Outcome::Wrote(written)) => item::wrote(reply, &written),
        (Reply::Walk(reply), Outcome::Walked(walked)) => walk::walked(reply, &walked),
        (Reply::Search(reply), Outcome::Walked(walked)) => search::searched(reply, *walked),
        (Reply::BatchGet(reply), Outcome::BatchGot(items)) => batch::got(reply, Items::All(items.iter())),
        (Reply::BatchGet(reply), Outcome::BatchGotSome(items)) => batch::got(reply, Items::Some(items.iter())),
        (Reply::BatchWrite(reply), Outcome::BatchWrote(written)) => batch::wrote(reply, written),
        (Reply::TransactWrite(reply), Outcome::Transacted(written)) => transaction::wrote(reply, &written),
        (Reply::TransactWrite(reply), Outcome::Replayed(images)) => transaction::replayed(reply, &images),
        (Reply::TransactGet(reply), Outcome::BatchGot(items)) => transaction::got(reply, &items),
        (Reply::Select(reply), Outcome::Walked(walked)) => statement::selected(reply, &walked),
        (Reply::Statement(reply), Outcome::Wrote(written)) => statement::wrote(reply, &written),
        (Reply::StatementBatch(reply), Outcome::BatchGot(items)) => statement::got(reply, Items::All(items.iter())),
        (Reply::StatementBatch(reply), Outcome::BatchGotSome(items)) => {
            statement::got(reply, Items::Some(items.iter()))
        }
        (Reply::StatementBatch(reply), Outcome::BatchWrote(written)) => statement::batch_wrote(reply, &written),
        (Reply::Table(origin, shown, member), Outcome::Table(table, statistics)) => {
            control::table(&describe::describe(&table, &statistics, origin, *shown), *member)
        }
        (Reply::Iterator(reply), Outcome::Shard(ShardTold::Place(place))) => stream::located(reply, *place),
        (Reply::Records(reply), Outcome::Shard(ShardTold::Records(read))) => stream::records(reply, &read),
        (Reply::Revision(of), Outcome::Table(table, _)) => annotation::revision(&table, *of),
        (Reply::Insights(index), Outcome::Table(table, _)) => annotation::switched(&table, index.as_ref()),
        (Reply::Answered(tree), Outcome::Answered | Outcome::Table(..)) => Ok(std::mem::take(tree)),
        (
            Reply::Get(_)
            | Reply::Write(_)
            | Reply::Walk(_)
            | Reply::Search(_)
            | Reply::BatchGet(_)
            | Reply::BatchWrite(_)
            | Reply::TransactWrite(_)
            | Reply::TransactGet(_)
            | Reply::Select(_)
            | Reply::Statement(_)
            | Reply::StatementBatch(_)
            | Reply::Table(..)
            | Reply::Iterator(_)
            | Reply::Records(_)
            | Reply::Revision(_)
            | Reply::Insights(_)
            | Reply::Answered(_),
            _,
        ) => {
            debug_assert!(false, "the cluster answers the work it was given");
            Err(Error::InternalServerError)
        }
    }
}

/// The tree of a response. Responses are made of types that trees have.
fn encode<T: Serialize>(response: &T) -> Result<Vec<u8>, Error> {
    let tree = tree::encode(response);
    debug_assert!(tree.is_ok(), "a response is made of what trees have");
    tree.map_err(|_| Error::InternalServerError)
}
