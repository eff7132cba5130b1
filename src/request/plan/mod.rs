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

/// Stand-in.
pub fn evaluate(write: &Write, before: Option<&crate::value::Item>) -> Result<Evaluated, crate::error::Error> {
    if let Some(condition) = &write.condition
        && !condition.holds(before.map(|item| item.attributes()))
    {
        let item = before.filter(|_| write.return_old_on_failure).cloned();
        return Err(crate::error::Error::ConditionalCheckFailedException { item });
    }
    let after = match &write.action {
        Action::Put(item) => Some(item.clone()),
        Action::Update { key, .. } => Some(before.cloned().unwrap_or_else(|| key.clone())),
        Action::Delete => None,
    };
    Ok(Evaluated { after, updated: None })
}
