//! The leader of an index partition: takes each base partition's changes once and in order.

use super::Leader;
use super::answer::Waiting;
use crate::replica::log::Change;
use crate::replica::{ActorId, Core, Early, Entries, Event, IndexPosition, IndexWrite, Outbox, PartitionId, Reply};
use std::rc::Rc;

/// Changes that come from one base partition.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    appended: IndexPosition,
    /// Changes that came before the ones before them, by the position they follow on.
    early: Early<IndexPosition, Rc<IndexWrite>>,
}

impl Leader {
    #[inline(never)]
    pub(super) fn on_index_write(
        &mut self,
        core: &mut Core,
        from: ActorId,
        write: Rc<IndexWrite>,
        out: &mut impl Outbox,
    ) {
        let source = self.sources.get_or_insert_with(write.source, Default::default);
        if write.position <= source.appended {
            // It came before. What is committed of it is said again, in case the first answer was lost; what is not will be.
            self.acknowledge(core, from, write.source, None, out);
            return;
        }
        if write.previous != source.appended {
            let id = write.source;
            if source.early.keep(write.previous, write) {
                let missing = Some(source.appended);
                out.trace(Event::IndexGap { source: id });
                self.acknowledge(core, from, id, missing, out);
            }
            return;
        }
        let mut entries = Vec::new();
        let mut next = Some(write);
        while let Some(write) = next {
            let (id, position) = (write.source, write.position);
            let entry = self.append(core, Change::Index(write));
            self.waiting.push_back(Waiting {
                sequence: entry.sequence,
                to: from,
                answer: Reply::IndexWritten {
                    position,
                    missing: None,
                },
                collections: Vec::new(),
            });
            entries.push(entry);
            let source = self.sources.get_or_insert_with(id, Default::default);
            source.appended = position;
            next = source.early.take(position);
        }
        self.replicate(core, Entries::from(entries), out);
    }

    /// Says how far a base partition's changes are committed here.
    fn acknowledge(
        &self,
        core: &Core,
        to: ActorId,
        source: PartitionId,
        missing: Option<IndexPosition>,
        out: &mut impl Outbox,
    ) {
        let position = core.state.sources.get(&source).copied().unwrap_or_default();
        let missing = missing.map(Box::new);
        out.reply(to, Reply::IndexWritten { position, missing });
    }
}
