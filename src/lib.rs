//! Snowglobe: a whole DynamoDB region in one event loop.
//!
//! A module uses only those above it; `tests/tidy.rs` holds this table to it. ARCHITECTURE.md draws how a request travels
//! through them, and says what always holds and why it was decided so.
//!
//! | Module | Owns |
//! |---|---|
//! | `limits` | quotas and the engine's own bounds, units in their names |
//! | `bytes` | comparing bytes |
//! | `ordered` | small maps and sets as sorted vectors |
//! | `sort` | the one sort |
//! | `checksum` | CRC-32 and CRC-32C |
//! | `time` | virtual time, told by whoever calls |
//! | `value` | attribute values as flat bytes, exact numbers, ordered keys, sizes, vectors |
//! | `btree` | the copy-on-write tree that rows stand in |
//! | `expression` | conditions, filters, projections and updates: parsed, bound, evaluated |
//! | `partiql` | statements, lowered to expressions and values |
//! | `error` | every exception of the API and every sentence that a caller reads |
//! | `table` | tables as data: schemas, indexes, streams, settings, and what may change about them |
//! | `request` | bytes to typed input, checks, plans for the cluster, and answers |
//! | `sigv4` | who signed an HTTP request |
//! | `replica` | one copy of a partition: its log and the rows that follow from it |
//! | `store` | snapshots as checked frames, chunks and a manifest |
//! | `cluster` | all actors and the loop that hands messages between them |
//! | `region` | the one door: request trees in, response trees out |
//! | `http` | JSON 1.0 exchanges |
//! | `js` | the engine as JavaScript holds it; in wasm only |
//! | `sim` | workloads, a model and checkers that drive the cluster; nothing depends on it |

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
