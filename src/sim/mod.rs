//! The simulator: a seed draws a network, a table and a workload; a plain model says what every answer may be.
//!
//! It drives [`crate::cluster`] through its public door, and nothing depends on it. A run is judged while it goes on (answers
//! against the model) and when everything has come to rest (replicas against each other, rows against the model, indexes
//! against the rows). A finding names the seed, which replays it.

mod checks;
mod model;
mod report;
mod table;
mod workload;

pub use report::{Fault, Finding, Report, SimOptions};
pub use workload::run;
