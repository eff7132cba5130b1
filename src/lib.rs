//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod store;
pub mod value;
