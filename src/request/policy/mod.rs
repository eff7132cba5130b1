//! Resource policies: documents of AWS's policy language, and what they say about a request.
//!
//! A [`Policy`] is made of JSON text and nothing else, written back in one canonical form (as AWS does: what is stored is not what
//! was sent), and asked about [`Access`]es. Which operators and keys of conditions are understood is said in [`condition`].

mod actions;
pub mod condition;
mod evaluate;
mod read;
mod write;

pub use actions::Subject;
pub use evaluate::{Access, Decision, Principal, wildcard};

use condition::Condition;

/// Largest document, in bytes as sent.
pub const POLICY_BYTES_MAX: usize = 20 * 1024;

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The version of the language, as sent.
    pub version: Option<String>,
    /// The document's name.
    pub id: Option<String>,
    /// What it says, in its order.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its name.
    pub sid: Option<String>,
    /// What it does where it applies.
    pub effect: Effect,
    /// Whom it is about.
    pub principals: Principals,
    /// Which actions it is about.
    pub actions: Listed,
    /// Which resources it is about.
    pub resources: Listed,
    /// When it applies.
    pub conditions: Vec<Condition>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the policy language")]
pub enum Effect {
    Allow,
    Deny,
}

/// Patterns, or everything but them (`NotAction`, `NotResource`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// True for everything but the patterns.
    pub negated: bool,
    /// Text with `*` and `?`.
    pub patterns: Vec<String>,
}

/// Principals, or everybody but them (`NotPrincipal`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// True for everybody but those named.
    pub negated: bool,
    /// Who.
    pub who: Who,
}

/// Whom a statement names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// `"*"`
    Everybody,
    /// By kind (`AWS`, `Service`, `Federated`, `CanonicalUser`), then by name.
    Named(Vec<(String, Vec<String>)>),
}

impl Principals {
    /// True if everybody is meant, as far as AWS accounts go.
    pub fn is_everybody(&self) -> bool {
        !self.negated
            && match &self.who {
                Who::Everybody => true,
                Who::Named(kinds) => kinds
                    .iter()
                    .any(|(kind, names)| kind == AWS && names.iter().any(|name| name == "*")),
            }
    }
}

/// The kind of principals that have accounts.
pub const AWS: &str = "AWS";

#[cfg(test)]
mod tests;
