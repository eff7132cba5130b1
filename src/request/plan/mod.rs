//! Plans: what the cluster is to do for a request that has been validated, and what comes back.
//!
//! A plan holds everything the cluster needs, bound to snapshots of the tables: the cluster looks nothing up by name and
//! never sees a request. [`Reply`] travels beside the work and is for `respond` only. Planning finds, in AWS's order, what is wrong
//! with a request against its table: the table, the index, keys, index keys, duplicates, sizes. What depends on the stored item
//! is found by [`evaluate()`], where the item is.
//!
//! What concerns one operation is never inlined into the functions that tell operations apart (here, and likewise in `validate`,
//! `respond` and the actors): JavaScript engines compile a wasm function when it is first called, and a database would open only
//! when the planning of all operations was compiled.

mod annotation;
mod batch;
mod closed;
mod evaluate;
mod item;
mod iterator;
mod keys;
mod kinesis;
mod search;
mod select;
mod statement;
mod stream;
mod table;
mod transaction;
mod vector;
mod walk;
mod work;

pub use closed::{Closed, ClosedEntries};
pub use evaluate::{attempted, evaluate};
pub use iterator::ShardIterator;
pub use work::*;

use super::respond::{Reply, answer_endpoints, answer_limits};
use super::validate::{Checked, Valid};
use crate::error::{Error, Missing};
use crate::table::{Catalog, Origin, Table};
use std::rc::Rc;

/// What is to be done, and what the answer needs to know about the request.
#[derive(Debug)]
pub struct Plan {
    /// For the cluster.
    pub work: Work,
    /// For `respond`; opaque to the cluster.
    pub reply: Reply,
}

impl Plan {
    /// The plan of a request that the catalog can answer.
    fn answered(tree: Vec<u8>) -> Self {
        Plan {
            work: Work::Answer,
            reply: Reply::Answered(tree),
        }
    }
}

/// Plans a valid request against the tables there are. `origin` is whom ARNs in the answer are for.
///
/// # Errors
/// ResourceNotFoundException, ResourceInUseException, LimitExceededException; ValidationException for what does not fit the table.
pub fn plan(request: Valid<Checked<'_>>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    match request.into_inner() {
        Checked::Put(put) => item::put(put, catalog),
        Checked::Update(update) => item::update(update, catalog),
        Checked::Delete(delete) => item::delete(delete, catalog),
        Checked::Get(get) => item::get(get, catalog),
        Checked::Query(walk) => walk::query(walk, catalog),
        Checked::Scan(walk) => walk::scan(walk, catalog),
        Checked::Search(request) => search::search(*request, catalog),
        Checked::BatchGet(batch) => batch::get(batch, catalog),
        Checked::BatchWrite(batch) => batch::write(batch, catalog),
        Checked::TransactWrite(transaction) => transaction::write(transaction, catalog),
        Checked::TransactRead(transaction) => transaction::read(transaction, catalog),
        Checked::Statement(single) => statement::single(*single, catalog),
        Checked::StatementBatch(batch) => statement::batch(batch, catalog),
        Checked::StatementTransaction(transaction) => statement::transaction(transaction, catalog),
        Checked::CreateTable(spec) => table::create(spec, catalog, origin),
        Checked::UpdateTable(input) => table::update(&input, catalog, origin),
        Checked::DeleteTable(input) => table::delete(&input, catalog, origin),
        Checked::DescribeTable(input) => table::describe(&input, catalog, origin),
        Checked::ListTables(input) => table::list(&input, catalog).map(Plan::answered),
        Checked::ListStreams(input) => stream::list(&input, catalog, origin).map(Plan::answered),
        Checked::DescribeStream(input) => stream::describe(&input, catalog, origin).map(Plan::answered),
        Checked::GetShardIterator(input) => stream::iterator(&input, catalog, origin),
        Checked::GetRecords(input) => stream::records(&input, catalog, origin),
        Checked::UpdateTimeToLive(input) => stream::update_time_to_live(&input, catalog),
        Checked::DescribeTimeToLive(input) => stream::describe_time_to_live(&input, catalog).map(Plan::answered),
        Checked::Annotation(asked) => annotation::plan(asked, catalog, origin),
        Checked::EnableKinesis(input) => kinesis::enable(&input, catalog),
        Checked::DisableKinesis(input) => kinesis::disable(&input, catalog),
        Checked::UpdateKinesis(input) => kinesis::update(&input, catalog),
        Checked::DescribeKinesis(input) => kinesis::describe(&input, catalog).map(Plan::answered),
        Checked::DescribeLimits => answer_limits().map(Plan::answered),
        Checked::DescribeEndpoints => answer_endpoints(origin).map(Plan::answered),
    }
}

/// A table's name as a caller wrote it: nearly always the table's own, which is shared.
fn shown_name(table: &Table, name: &str) -> Rc<str> {
    if table.name.as_str() == name {
        table.name.shared()
    } else {
        Rc::from(name)
    }
}

/// The table of a data-plane operation. AWS does not name the one that is missing.
fn usable(catalog: &Catalog, name: &str) -> Result<Rc<Table>, Error> {
    catalog
        .usable(name)
        .cloned()
        .ok_or(Error::ResourceNotFoundException(Missing::Resource))
}
