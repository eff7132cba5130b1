//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod expression;
pub mod value;
