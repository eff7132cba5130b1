//! The follower's part: holds the log in order, acknowledges, and applies what the leader says is committed.

use super::{ActorId, Core, Early, Entries, Entry, Event, Message, Outbox, Progress, SequenceNumber};
use crate::error::Error;
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
        out.send(
            from,
            Message::Appended {
                ballot: core.ballot,
                last: core.log.last(),
                applied: core.applied,
                gap,
            },
        );
    }
}

/// Answers what only a leader can do. Requests are for the caller to try again; the others are told nothing and will ask the
/// leader once they know it.
#[inline(never)]
pub(super) fn refuse(from: ActorId, message: Message, out: &mut impl Outbox) {
    match message {
        Message::Write { request, part, .. } => {
            out.send(from, Message::failed(request, part, Error::InternalServerError));
        }
        Message::WriteMany { request, writes } => {
            for (part, _) in writes {
                out.send(from, Message::failed(request, part, Error::InternalServerError));
            }
        }
        Message::Prepare(prepare) => {
            out.send(
                from,
                Message::unprepared(prepare.transaction, Error::InternalServerError),
            );
        }
        Message::Look { transaction, .. } => {
            let seen = Err(Box::new(Error::InternalServerError));
            out.send(from, Message::Looked { transaction, seen });
        }
        Message::Decide { .. }
        | Message::Prepared { .. }
        | Message::Decided { .. }
        | Message::Looked { .. }
        | Message::Appended { .. }
        | Message::Subscribe
        | Message::Unsubscribe
        | Message::Finish
        | Message::Finished(_)
        | Message::Fed { .. }
        | Message::IndexWrite(_)
        | Message::Tick
        | Message::Get { .. }
        | Message::Got { .. }
        | Message::Wrote { .. }
        | Message::Failed { .. }
        | Message::Walk { .. }
        | Message::Walked { .. }
        | Message::Measure { .. }
        | Message::Measured { .. }
        | Message::Append { .. }
        | Message::Commit { .. }
        | Message::Superseded { .. }
        | Message::Subscribed { .. }
        | Message::Feed(_)
        | Message::IndexWritten { .. } => {}
    }
}
