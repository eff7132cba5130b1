//! The follower's part: holds the log in order, acknowledges, and applies what the leader says is committed.

use super::{ActorId, Core, Early, Entries, Entry, Event, Outbox, Progress, SequenceNumber, ToLeader};
use std::rc::Rc;

/// What a follower has besides log and state.
#[derive(Clone, Debug, Default)]
pub(super) struct Follower {
    /// Entries that came before the one before them.
    early: Early<SequenceNumber, Rc<Entry>>,
}

impl Follower {
    pub(super) fn on_append(
        &mut self,
        core: &mut Core,
        from: ActorId,
        entries: &Entries,
        progress: Progress,
        out: &mut impl Outbox,
    ) {
        let mut gap = false;
        for entry in entries.as_slice() {
            let next = core.log.last().next();
            if entry.sequence == next {
                core.log.append(Rc::clone(entry));
                while let Some(entry) = self.early.take(core.log.last().next()) {
                    core.log.append(entry);
                }
            } else if entry.sequence > next {
                gap |= self.early.keep(entry.sequence, Rc::clone(entry));
            } else {
                debug_assert!(
                    core.log
                        .get(entry.sequence)
                        .is_none_or(|held| held.ballot == entry.ballot),
                    "what comes twice is the same entry"
                );
            }
        }
        core.learn(progress);
        if gap {
            out.trace(Event::LogGap { last: core.log.last() });
        }
        let appended = ToLeader::Appended {
            ballot: core.ballot,
            last: core.log.last(),
            applied: core.applied,
            gap,
        };
        out.tell(from, appended.into());
    }
}
