//! The inputs of the operations that are answered, member by member as the API has them today (legacy ones included).
//!
//! Members that the API demands are not optional here: member constraints ([`crate::request::rules`]) are checked on the tree
//! before it is read into these types. Text borrows from the tree; items, keys and values are raw until admitted.
#![allow(missing_docs, reason = "structures, members and values are the API reference's")]

mod annotations;
mod batches;
mod indexes;
mod items;
mod kinesis;
mod reads;
mod replicas;
mod search;
mod shared;
mod statements;
mod streams;
mod tables;
mod transactions;

pub use annotations::*;
pub use batches::*;
pub use indexes::*;
pub use items::*;
pub use kinesis::*;
pub use reads::*;
pub use replicas::*;
pub use search::*;
pub use shared::*;
pub use statements::*;
pub use streams::*;
pub use tables::*;
pub use transactions::*;
