//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod btree;
