//! The cluster through the region's door, and its actors' conversations message by message.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test cannot go on without fails it"
)]

mod conversation;
mod door;
mod indexes;
mod lifecycle;
mod network;
mod observe;
mod overtaken;
mod serialisability;
mod storage;
mod streams;
mod throttling;
mod time_to_live;
mod transactions;
mod vectors;
