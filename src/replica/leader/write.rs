//! Writes: what one comes to is decided against the newest appended image of its row.

use super::Leader;
use super::answer::{Waiting, collection};
use crate::btree::Place;
use crate::error::Error;
use crate::replica::log::{Change, Entry, RowChange};
use crate::replica::state::local_changes;
use crate::replica::{ActorId, Core, LOG_ENTRIES_MAX, Outbox, Part, Reply, RequestId, Row};
use crate::request::plan::{self, Action, Write, Written};
use std::rc::Rc;

/// What a write came to.
pub(super) enum Outcome {
    /// It changes a row.
    Change(RowChange, Box<Written>),
    /// It finds nothing to change: a delete of nothing.
    Nothing(Box<Written>),
}

impl Leader {
    /// Decides a write and appends what it comes to.
    pub(super) fn write(
        &mut self,
        core: &mut Core,
        from: ActorId,
        request: RequestId,
        part: Part,
        write: &Write,
        out: &mut impl Outbox,
    ) -> Option<Rc<Entry>> {
        if core.log.len() >= LOG_ENTRIES_MAX {
            let error = Error::ThrottlingException { reasons: Vec::new() };
            out.reply(from, Reply::failed(request, part, error));
            return None;
        }
        if self.held.holds(write.key.bytes.as_bytes()) {
            let error = Error::TransactionConflictException;
            self.answer(core, from, Reply::failed(request, part, error), Vec::new(), out);
            return None;
        }
        let collections = collection(part, write);
        match self.decide(core, write) {
            Ok(Outcome::Change(change, written)) => {
                let entry = self.append(core, Change::Row(change));
                self.waiting.push_back(Waiting {
                    sequence: entry.sequence,
                    to: from,
                    answer: Reply::Wrote { request, part, written },
                    collections,
                });
                Some(entry)
            }
            Ok(Outcome::Nothing(written)) => {
                self.answer(core, from, Reply::Wrote { request, part, written }, collections, out);
                None
            }
            Err(error) => {
                self.answer(core, from, Reply::failed(request, part, error), Vec::new(), out);
                None
            }
        }
    }

    /// What a write comes to, on the newest appended state.
    pub(super) fn decide(&self, core: &Core, write: &Write) -> Result<Outcome, Error> {
        let key = write.key.bytes.as_bytes();
        let (before, place): (Option<Row>, Option<Place>) = match self.newest.get(key) {
            Some(change) => (change.after.clone(), None),
            None => core
                .state
                .rows
                .find(key)
                .map(|(row, place)| (row.clone(), place))
                .unzip(),
        };
        let author = write.action.author();
        let evaluated = plan::evaluate(write, before.as_ref().map(Row::item))?;
        if let Some(closed) = &write.closed
            && let Some(refusal) = closed.refusal(write, before.as_ref().map(Row::item), evaluated.after.as_ref())
        {
            return Err(refusal);
        }
        let written = Box::new(Written {
            before: before.as_ref().map(|row| row.item().clone()),
            after: evaluated.after.clone(),
            updated: evaluated.updated,
            collection_bytes: None,
        });
        let after = evaluated
            .after
            .map(|item| Row::stored(&write.table, write.key.bytes.clone(), item));
        if matches!(write.action, Action::Check) || (before.is_none() && after.is_none()) {
            return Ok(Outcome::Nothing(written));
        }
        let locals = local_changes(&write.table, written.before.as_ref(), written.after.as_ref());
        let change = RowChange {
            before,
            after,
            place,
            locals,
            author,
        };
        Ok(Outcome::Change(change, written))
    }
}
