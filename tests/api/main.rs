//! Each operation from request to response, through a whole region.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod access;
mod annotations;
mod capacity;
mod engine;
mod expressions;
mod insights;
mod items;
mod legacy;
mod statement_batches;
mod statements;
mod streams;
mod table_changes;
mod tables;
mod vectors;
mod walk;
