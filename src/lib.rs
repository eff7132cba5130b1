//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod error;
pub mod value;
