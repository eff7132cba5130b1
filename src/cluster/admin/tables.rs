//! The life of a table: made, changed, dropped, forgotten.

use super::{Admin, CREATING, DELETING, Output, Step, UPDATING, take};
use crate::cluster::census::Then;
use crate::cluster::message::{ActorId, RequestId};
use crate::cluster::trace::Happened;
use crate::table::{
    Birth, IndexId, StreamChange, Table, TableChange, TableId, TableSpec, TableStatistics, TableStatus, Uuid,
    apply_change, settled,
};
use crate::value::key::HashSeed;
use std::rc::Rc;

impl Admin {
    /// CreateTable.
    #[inline(never)]
    pub(super) fn create(&mut self, request: RequestId, spec: TableSpec, out: &mut Output<'_>) {
        if let Err(error) = self.catalog.check_creatable(&spec.name) {
            return out.fail(request, error);
        }
        let birth = Birth {
            id: TableId(take(&mut self.next.table)),
            uuid: Uuid::from_random(self.random.bytes()),
            seed: HashSeed(self.random.bits()),
            first_index: IndexId(self.next.index),
            now_ms: out.runtime.now().whole_ms(),
        };
        let mut table = spec.into_table(birth, TableStatus::Creating);
        self.next.index += table.fed_indexes().count() as u32;
        self.build(&table, &[], out);
        self.begin_stream(&mut table, out);
        out.runtime
            .note(ActorId::Admin, Happened::TableCreated(table.name.clone()));
        if self.options.transient_states {
            self.publish(table.clone(), out);
            out.remind(CREATING, Step::Created(table.id));
        } else {
            self.publish(settled(&table), out);
        }
        let statistics = TableStatistics::empty(&table);
        self.answer(request, Rc::new(table), statistics, out);
    }

    /// UpdateTable.
    #[inline(never)]
    pub(super) fn update(&mut self, request: RequestId, table: &Table, change: &TableChange, out: &mut Output<'_>) {
        let id = table.id;
        let now_ms = out.runtime.now().whole_ms();
        let index = IndexId(take(&mut self.next.index));
        let mut updating = apply_change(table, change, index, now_ms);
        match change.stream {
            None => {}
            Some(StreamChange::Enable(_)) => self.begin_stream(&mut updating, out),
            Some(StreamChange::Disable) => {
                if let Some(stream) = self.own_stream(id) {
                    self.close_stream(stream, out);
                }
            }
        }
        if self.options.transient_states {
            self.publish(updating.clone(), out);
            if updating.former.is_some() {
                out.remind(UPDATING, Step::Updated(id));
            }
        } else {
            self.settle(&updating, out);
        }
        self.census(request, Rc::new(updating), Then::Answer, out);
    }

    /// DeleteTable.
    #[inline(never)]
    pub(super) fn delete(&mut self, request: RequestId, table: &Table, out: &mut Output<'_>) {
        let id = table.id;
        let deleting = Table {
            status: TableStatus::Deleting,
            ..table.clone()
        };
        let then = if self.options.transient_states {
            self.publish(deleting.clone(), out);
            out.remind(DELETING, Step::Deleted(id));
            Then::Answer
        } else {
            // Requests stop here; the replicas go once they have been counted for the answer.
            self.forget(id, out);
            Then::AnswerAndRetire
        };
        self.census(request, Rc::new(deleting), then, out);
    }

    /// Takes a table from the catalog: nothing finds it any more.
    pub(super) fn forget(&mut self, id: TableId, out: &mut Output<'_>) {
        self.close_streams(id, out);
        self.end_sweepers(id, out);
        if let Some(name) = self.names.remove(&id) {
            self.catalog.remove(name.as_str());
            self.tell_router(out);
            out.runtime.note(ActorId::Admin, Happened::TableDeleted(name));
        }
    }
}
