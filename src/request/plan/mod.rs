//! Plans: what the cluster is to do for a request that has been validated, and what comes back.
//!
//! A plan holds everything the cluster needs, bound to snapshots of the tables: the cluster looks nothing up by name and
//! never sees a request. [`Reply`] travels beside the work and is for `respond` only.

mod work;

pub use work::*;

use super::respond::Reply;

/// What is to be done, and what the answer needs to know about the request.
#[derive(Debug)]
pub struct Plan {
    /// For the cluster.
    pub work: Work,
    /// For `respond`; opaque to the cluster.
    pub reply: Reply,
}
