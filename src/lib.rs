//! Snowglobe: a whole DynamoDB region in one event loop.

pub mod btree;
pub mod bytes;
pub mod checksum;
pub mod cluster;
pub mod error;
pub mod expression;
pub mod http;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod limits;
pub mod ordered;
pub mod partiql;
pub mod region;
pub mod replica;
pub mod request;
pub mod sigv4;
pub mod sim;
pub mod sort;
pub mod store;
pub mod table;
pub mod time;
pub mod value;
