//! What a table carries beside its definition: tags, resource policies, Contributor Insights; and the changes of them.
//!
//! Pure: the admin actor brings the time and publishes what a change comes to.

use super::{GlobalIndex, IndexName, Table, TableStatus, Tag};
use crate::error::annotation::AnnotationFault;
use crate::error::resource::NoPolicy;
use crate::error::{Busy, Error, Missing};
use crate::limits;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A resource's policy, or when its last one was taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySlot {
    /// The policy in its canonical form, as JSON text.
    pub document: Option<Rc<str>>,
    /// The revision of what `document` says: when it was put, or taken away, in epoch milliseconds. Zero if there never was one.
    pub revision: u64,
}

impl PolicySlot {
    /// The policy that a table is made with.
    pub fn created(document: Option<Rc<str>>, now_ms: u64) -> Self {
        let revision = if document.is_some() { now_ms } else { 0 };
        PolicySlot { document, revision }
    }

    /// The slot after a change at `now_ms`: revisions never repeat.
    fn changed(&self, document: Option<Rc<str>>, now_ms: u64) -> Self {
        PolicySlot {
            document,
            revision: now_ms.max(self.revision + 1),
        }
    }
}

/// How Contributor Insights stands for a table or a global index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insights {
    /// What is counted.
    pub mode: InsightsMode,
    /// Where it stands.
    pub status: InsightsStatus,
    /// When it was last enabled from being disabled, in epoch milliseconds: part of the rules' names.
    pub enabled_ms: u64,
    /// When it was last changed, in epoch milliseconds.
    pub updated_ms: u64,
}

/// What Contributor Insights counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InsightsMode {
    /// Every request, and those that are throttled.
    AccessedAndThrottled,
    /// Requests that are throttled.
    Throttled,
}

/// Where Contributor Insights stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InsightsStatus {
    /// Being switched on, or to another mode.
    Enabling,
    /// Counting.
    Enabled,
    /// Being switched off.
    Disabling,
    /// Off.
    Disabled,
}

impl Insights {
    /// True while requests are counted.
    pub fn counts(&self) -> bool {
        self.status == InsightsStatus::Enabled
    }

    /// Once what was asked for is done.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.status = match self.status {
            InsightsStatus::Enabling | InsightsStatus::Enabled => InsightsStatus::Enabled,
            InsightsStatus::Disabling | InsightsStatus::Disabled => InsightsStatus::Disabled,
        };
        self
    }
}

/// Which of a table's policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyOf {
    /// The table's.
    Table,
    /// That of the stream enabled at this instant.
    Stream(u64),
}

/// What a caller expects of the policy that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `NO_POLICY`
    None,
    /// This revision.
    Revision(Rc<str>),
}

/// A change of what a table carries beside its definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Annotation {
    /// Sets tags.
    Tag(Vec<Tag>),
    /// Takes tags away.
    Untag(Vec<Rc<str>>),
    /// Puts a policy, or takes it away.
    Policy {
        /// Whose.
        of: PolicyOf,
        /// The policy, in its canonical form; `None` takes it away.
        document: Option<Rc<str>>,
        /// What must be there.
        expected: Option<Expected>,
    },
    /// Switches Contributor Insights.
    Insights {
        /// Of this global index; `None` is the table.
        index: Option<IndexName>,
        /// On, in this mode; `None` is off.
        mode: Option<InsightsMode>,
    },
}

/// How long a change of a policy settles where that is shown.
pub const POLICY_SETTLING_MS: u64 = 2_000;

/// A table with a change that was asked for at `now_ms`, and planned on the table as it was at `planned`. `settling` says that
/// changes take time.
///
/// # Errors
/// Too many tags; a policy of another revision, or one that is still settling; an index or a stream that is gone.
pub fn annotate(
    planned: &Table,
    table: &Table,
    change: &Annotation,
    now_ms: u64,
    settling: bool,
) -> Result<Table, Error> {
    let mut next = table.clone();
    match change {
        Annotation::Tag(tags) => {
            for tag in tags {
                match next.tags.iter_mut().find(|known| known.key == tag.key) {
                    Some(known) => known.value = Rc::clone(&tag.value),
                    None => next.tags.push(tag.clone()),
                }
            }
            if next.tags.len() > limits::TAGS_MAX {
                return Err(Error::invalid(AnnotationFault::TagCount));
            }
        }
        Annotation::Untag(keys) => next.tags.retain(|tag| !keys.contains(&tag.key)),
        Annotation::Policy { of, document, expected } => {
            let name = table.name.as_str();
            let slot = policy_slot(&mut next, *of)?;
            check_revision(slot, expected.as_ref(), name)?;
            if slot.document != *document {
                // The answer was made of the revision that planning saw.
                let overtaken = slot.revision != planned.policy_slot(*of).revision;
                if overtaken || settling && now_ms < slot.revision + POLICY_SETTLING_MS {
                    let table = name.to_owned();
                    return Err(Error::ResourceInUseException(Busy::PolicyPending { table }));
                }
                *slot = slot.changed(document.clone(), now_ms);
            }
        }
        Annotation::Insights { index, mode } => {
            if mode.is_some() {
                check_active(table, index.as_ref())?;
            }
            let insights = insights_of(&mut next, index.as_ref())?;
            *insights = switched(*insights, *mode, now_ms);
        }
    }
    Ok(next)
}

fn policy_slot(table: &mut Table, of: PolicyOf) -> Result<&mut PolicySlot, Error> {
    match of {
        PolicyOf::Table => Ok(&mut table.policy),
        PolicyOf::Stream(enabled_ms) => {
            let is_newest = table.stream.is_some_and(|stream| stream.enabled_ms == enabled_ms);
            if is_newest {
                Ok(&mut table.stream_policy)
            } else {
                Err(Error::ResourceNotFoundException(Missing::Resource))
            }
        }
    }
}

fn check_revision(slot: &PolicySlot, expected: Option<&Expected>, table: &str) -> Result<(), Error> {
    let table = || table.to_owned();
    let revision = || slot.revision.to_string();
    let fault = match (expected, &slot.document) {
        (None, _) | (Some(Expected::None), None) => return Ok(()),
        (Some(Expected::Revision(expected)), Some(_)) if **expected == *revision() => return Ok(()),
        (Some(Expected::Revision(expected)), Some(_)) => NoPolicy::OtherRevision {
            expected: expected.as_ref().to_owned(),
            table: table(),
        },
        (Some(Expected::None), Some(_)) => NoPolicy::OtherRevision {
            expected: NO_POLICY.to_owned(),
            table: table(),
        },
        (Some(Expected::Revision(expected)), None) => NoPolicy::Unrevised {
            expected: expected.as_ref().to_owned(),
            table: table(),
        },
    };
    Err(Error::PolicyNotFoundException(fault))
}

/// What stands in a revision's place to expect none.
pub const NO_POLICY: &str = "NO_POLICY";

fn check_active(table: &Table, index: Option<&IndexName>) -> Result<(), Error> {
    use super::IndexStatus;
    let is_made = match table.status {
        TableStatus::Active | TableStatus::Updating => true,
        TableStatus::Creating | TableStatus::Deleting => false,
    };
    let fault = match index.map(|name| table.global_index(name.as_str())) {
        _ if !is_made => AnnotationFault::InsightsTableState,
        Some(Some(index)) if matches!(index.status, IndexStatus::Creating { .. } | IndexStatus::Deleting) => {
            AnnotationFault::InsightsIndexState
        }
        None | Some(_) => return Ok(()),
    };
    Err(Error::invalid(fault))
}

fn insights_of<'t>(table: &'t mut Table, index: Option<&IndexName>) -> Result<&'t mut Option<Insights>, Error> {
    let Some(name) = index else {
        return Ok(&mut table.insights);
    };
    let missing = Missing::IndexOf {
        index: name.to_string(),
        table: table.name.to_string(),
    };
    let found = table.global_indexes.iter_mut().find(|index| index.name == *name);
    found
        .map(|index| &mut index.insights)
        .ok_or(Error::ResourceNotFoundException(missing))
}

/// Insights after switching: what already is as asked for stays, another mode is a new beginning with the same rules.
fn switched(now: Option<Insights>, mode: Option<InsightsMode>, now_ms: u64) -> Option<Insights> {
    let is_on = |insights: &Insights| match insights.status {
        InsightsStatus::Enabling | InsightsStatus::Enabled => true,
        InsightsStatus::Disabling | InsightsStatus::Disabled => false,
    };
    match (now, mode) {
        (None, None) => None,
        (Some(insights), None) if !is_on(&insights) => Some(insights),
        (Some(insights), None) => Some(Insights {
            status: InsightsStatus::Disabling,
            updated_ms: now_ms,
            ..insights
        }),
        (Some(insights), Some(mode)) if is_on(&insights) && insights.mode == mode => Some(insights),
        (insights, Some(mode)) => Some(Insights {
            mode,
            status: InsightsStatus::Enabling,
            enabled_ms: insights.filter(is_on).map_or(now_ms, |insights| insights.enabled_ms),
            updated_ms: now_ms,
        }),
    }
}

/// A table whose Contributor Insights have come to rest.
pub fn insights_settled(table: &Table) -> Table {
    let mut next = table.clone();
    next.insights = next.insights.map(Insights::settled);
    for index in &mut next.global_indexes {
        index.insights = index.insights.map(Insights::settled);
    }
    next
}

impl Table {
    /// The place of one of its policies.
    pub fn policy_slot(&self, of: PolicyOf) -> &PolicySlot {
        match of {
            PolicyOf::Table => &self.policy,
            PolicyOf::Stream(_) => &self.stream_policy,
        }
    }

    /// True if anything of the table is counted by Contributor Insights.
    pub fn is_observed(&self) -> bool {
        let counts = |insights: &Option<Insights>| insights.is_some_and(|insights| insights.counts());
        counts(&self.insights) || self.global_indexes.iter().any(|index| counts(&index.insights))
    }
}

impl GlobalIndex {
    /// True if the index is counted by Contributor Insights.
    pub fn is_observed(&self) -> bool {
        self.insights.is_some_and(|insights| insights.counts())
    }
}
