//! What is reported of the breaches that were found, and how.

use super::place::Path;
use super::{Breaches, Forms, echo};
use crate::error::Envelope;
use crate::error::member::{MemberFault, MemberFaults};
use crate::request::rules::{Check, Echo, Manner};
use crate::request::shapes::Shape;
use crate::request::wire::write_body;
use crate::value::flat::ValueRef;

/// A breach, with what its report needs.
pub(super) struct Found<'t> {
    pub(super) check: &'static Check,
    pub(super) value: Option<ValueRef<'t>>,
    pub(super) shape: &'static Shape,
    pub(super) path: Path,
}

impl Breaches<'_> {
    /// Decides which of the breaches are reported, and how.
    pub(super) fn report(self, echo: Echo) -> MemberFaults {
        if self.forms == Forms::Older {
            return MemberFaults::Counted(self.found.into_iter().map(|one| shown(one, echo)).collect());
        }
        let mut joined = Vec::new();
        let mut yielding = Vec::new();
        for one in self.found {
            match one.check.manner {
                Manner::Joined => joined.push(one),
                Manner::Yielding => yielding.push(one),
                Manner::Alone => return MemberFaults::Counted(vec![shown(one, echo)]),
                Manner::Located => {
                    return MemberFaults::Counted(vec![MemberFault::Located {
                        path: one.path.newer,
                        constraint: one.check.constraint,
                    }]);
                }
                Manner::Unlocated { shown, envelope } => {
                    let fault = MemberFault::Unlocated { constraint: shown };
                    return match envelope {
                        Envelope::Bare => MemberFaults::Bare(fault),
                        Envelope::OneError => MemberFaults::Counted(vec![fault]),
                    };
                }
                Manner::Sentence(sentence) => return sentence(),
            }
        }
        let reported = if joined.is_empty() { yielding } else { joined };
        MemberFaults::Counted(reported.into_iter().map(|one| shown(one, echo)).collect())
    }
}

fn shown(found: Found<'_>, echo: Echo) -> MemberFault {
    let value = found.value.map(|value| match echo {
        Echo::Java => echo::java(found.shape, value),
        Echo::Json if matches!(found.shape, Shape::Map(_) | Shape::List(_) | Shape::Structure(_)) => json(value),
        Echo::Json => echo::java(found.shape, value),
    });
    MemberFault::Shown {
        value,
        path: found.path.older,
        constraint: found.check.constraint,
    }
}

/// As JSON; a value too deep to be shown ends where it is.
fn json(value: ValueRef<'_>) -> String {
    let mut json = Vec::new();
    let _ = write_body(value.bytes(), &mut json);
    String::from_utf8_lossy(&json).into_owned()
}
