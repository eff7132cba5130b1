//! Answers: each is given once everything it was decided on is committed, with the sizes of item collections as they then are.

use super::Leader;
use crate::error::Error;
use crate::replica::{ActorId, Core, Outbox, Part, Reply, SequenceNumber};
use crate::request::plan::Write;
use crate::value::key::KeyRange;

/// An answer that waits for an entry to be committed.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub sequence: SequenceNumber,
    pub to: ActorId,
    pub answer: Reply,
    /// The item collections whose sizes belong in the answer.
    pub collections: Collections,
}

/// Item collections, and the writes in whose answers their sizes belong.
pub(super) type Collections = Vec<(Part, KeyRange)>;

impl Leader {
    /// Answers what appended nothing: now, or when everything it was decided on is committed.
    pub(super) fn answer(
        &mut self,
        core: &Core,
        to: ActorId,
        mut answer: Reply,
        collections: Collections,
        out: &mut impl Outbox,
    ) {
        if core.applied == core.log.last() {
            measure_collections(core, &mut answer, &collections);
            out.reply(to, answer);
            return;
        }
        self.waiting.push_back(Waiting {
            sequence: core.log.last(),
            to,
            answer,
            collections,
        });
    }

    /// Answers what waited for what has been applied.
    pub(super) fn answer_waiting(&mut self, core: &Core, out: &mut impl Outbox) {
        while let Some(next) = self.waiting.front()
            && next.sequence <= core.applied
            && let Some(mut next) = self.waiting.pop_front()
        {
            measure_collections(core, &mut next.answer, &next.collections);
            out.reply(next.to, next.answer);
        }
    }

    /// Gives up what has not been committed: who waits for it is told so, with `error`.
    #[inline(never)]
    pub(in crate::replica) fn abandon(self, error: &Error, out: &mut impl Outbox) {
        for waiting in self.waiting {
            match waiting.answer {
                Reply::Wrote { request, part, .. } | Reply::Failed { request, part, .. } => {
                    out.reply(waiting.to, Reply::failed(request, part, error.clone()));
                }
                Reply::Prepared { transaction, .. } => {
                    out.reply(waiting.to, Reply::unprepared(transaction, error.clone()));
                }
                // What is decided elsewhere is decided here too, or there is nothing left to decide.
                Reply::Decided { transaction, .. } => {
                    let collections = Vec::new();
                    let decided = Reply::Decided {
                        transaction,
                        collections,
                    };
                    out.reply(waiting.to, decided);
                }
                // A propagator sends again until it is answered.
                Reply::IndexWritten { .. } => {}
                Reply::Walked { .. } | Reply::Measured { .. } | Reply::Looked { .. } | Reply::Feed(_) => {
                    debug_assert!(false, "only answers wait")
                }
            }
        }
    }
}

/// The item collection that a write belongs to, on tables that report its size.
pub(super) fn collection(part: Part, write: &Write) -> Collections {
    if write.table.local_indexes.is_empty() {
        return Vec::new();
    }
    let range = write.table.collection(&write.key.bytes);
    range.map(|range| (part, range)).into_iter().collect()
}

fn measure_collections(core: &Core, answer: &mut Reply, ranges: &[(Part, KeyRange)]) {
    match (answer, ranges) {
        (_, []) => {}
        (Reply::Wrote { written, .. }, [(_, range), ..]) => {
            written.collection_bytes = Some(core.state.range_bytes(range));
        }
        (Reply::Decided { collections, .. }, ranges) => {
            let measured = ranges
                .iter()
                .map(|(part, range)| (*part, core.state.range_bytes(range)));
            collections.extend(measured);
        }
        _ => debug_assert!(false, "no other answer has collections"),
    }
}
