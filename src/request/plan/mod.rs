//! Plans: what the cluster is to do for a request that has been validated, and what comes back.
//!
//! A plan holds everything the cluster needs, bound to snapshots of the tables: the cluster looks nothing up by name and
//! never sees a request. [`Reply`] travels beside the work and is for `respond` only. Planning finds, in AWS's order, what is wrong
//! with a request against its table: the table, the index, keys, index keys, duplicates, sizes. What depends on the stored item
//! is found by [`evaluate()`], where the item is.

pub(super) mod annotation;
pub(super) mod batch;
mod closed;
mod evaluate;
pub(super) mod item;
mod iterator;
mod keys;
pub(super) mod kinesis;
pub(super) mod search;
mod select;
pub(super) mod statement;
pub(super) mod stream;
pub(super) mod table;
pub(super) mod transaction;
mod vector;
pub(super) mod walk;
mod work;

pub use closed::{Closed, ClosedEntries};
pub use evaluate::{attempted, evaluate};
pub use iterator::ShardIterator;
pub use work::*;

use super::respond::Reply;
use crate::error::{Error, Missing};
use crate::table::{Catalog, Table};
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
    pub(super) fn answered(tree: Vec<u8>) -> Self {
        Plan {
            work: Work::Answer,
            reply: Reply::Answered(tree),
        }
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
