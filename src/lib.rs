//! Snowglobe: a whole DynamoDB region in one event loop.

#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod store;
pub mod value;
