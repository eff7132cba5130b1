//! Validation: everything about a request that needs no table, in the order in which AWS reports it.
//!
//! A typed input, whose members satisfy their own constraints, becomes the operation's valid one: parameters fit together, expressions are
//! parsed and bound, values and keys are admitted. Faults are found in AWS's order: parameters that exclude each other, expressions,
//! values, names and values that nothing uses. Tables come later, in `plan`.

pub mod annotation;
pub(super) mod batch;
pub(super) mod change;
mod dialect;
mod expressions;
pub(super) mod item;
mod legacy;
mod parameters;
pub mod schema;
pub(super) mod search;
pub(super) mod statement;
pub mod table;
pub(super) mod transaction;
pub mod vectors;
pub(super) mod walk;

pub use batch::{BatchGet, BatchWrite, BatchWriteEntry, GetBlock, WriteBlock};
pub use dialect::{Dialect, bare};
pub use item::{Answer, Change, Delete, Get, Put, Update};
pub use search::SearchRequest;
pub use statement::{BatchMember, SingleStatement, StatementBatch, StatementTransaction};
pub use transaction::check_size as check_transaction_size;
pub use transaction::{Effect, TransactAction, TransactGet, TransactRead, TransactWrite};
pub use walk::{Segment, WalkRequest};

use super::Operation;
pub use crate::value::admit::AdmittedKey;

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
