//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod error;
pub mod request;
pub mod value;
