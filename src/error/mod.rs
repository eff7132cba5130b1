//! Placeholder until the wire branch is merged.
/// An AWS exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {}
