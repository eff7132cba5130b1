//! Placeholder until the wire branch is merged.
pub mod plan;
