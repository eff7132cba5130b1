//! Requests: from bytes to a plan, and from what came of it to the answer.
//!
//! Whatever a caller speaks (JSON over HTTP, JS values), its request becomes one flat tree ([`wire`] for JSON). [`dispatch()`] leads it
//! through the stages of its operation: the members' own constraints ([`rules`]), the operation's typed input ([`inputs`]),
//! everything that needs no table ([`validate`]), and what the cluster is to do ([`plan`]). Nothing here looks at a clock or at a
//! stored item.

pub mod authorize;
pub mod capacity;
mod deep;
mod dispatch;
pub mod inputs;
pub mod members;
pub mod next_token;
mod operation;
pub mod plan;
pub mod policy;
pub mod respond;
pub mod rules;
pub mod shapes;
pub mod token;
pub mod tree;
pub mod validate;
pub mod wire;

pub use dispatch::{Context, dispatch};
pub use operation::{Operation, Service};
