//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod btree;
pub mod error;
pub mod expression;
pub mod limits;
pub mod request;
pub mod table;
pub mod value;
