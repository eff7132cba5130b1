//! Placeholder until the expression branch is merged.
/// A bound condition.
#[derive(Clone, Debug)]
pub struct Condition;
/// A bound update.
#[derive(Clone, Debug)]
pub struct Update;
/// Bound paths.
#[derive(Clone, Debug)]
pub struct Paths;
