//! Indexes that come and go on a table in use: how a changed table comes to rest, and when a new index can be read.

use super::{Admin, BACKFILLING, Output, Step};
use crate::cluster::message::ActorId;
use crate::cluster::trace::Happened;
use crate::table::{IndexId, IndexStatus, Table, TableId, settled};

/// An index that is being filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling {
    table: TableId,
    propagators: usize,
}

impl Admin {
    /// Brings a changed table to rest. Dropped indexes go; a new one starts to be filled.
    #[inline(never)]
    pub(super) fn settle(&mut self, updating: &Table, out: &mut Output<'_>) {
        let mut next = settled(updating);
        self.settle_streams(updating.id);
        for index in updating.fed_indexes() {
            match index.status {
                IndexStatus::Deleting => self.drop_index(updating.id, index.id, out),
                IndexStatus::Creating { .. } if !self.propagators.contains_key(&index.id) => {
                    self.add_index(updating, index.id, out);
                    let filling = Filling {
                        table: updating.id,
                        propagators: self.propagators.get(&index.id).map_or(0, Vec::len),
                    };
                    self.filling.insert(index.id, filling);
                }
                IndexStatus::Creating { .. } | IndexStatus::Updating | IndexStatus::Active => {}
            }
        }
        for (index, _, status) in next.fed_statuses_mut() {
            if self.filling.contains_key(&index) {
                *status = IndexStatus::Creating { backfilling: true };
            }
        }
        self.publish(next, out);
    }

    /// A propagator has copied what there was. When all of an index have, it can be used.
    #[inline(never)]
    pub(super) fn on_filled(&mut self, index: IndexId, out: &mut Output<'_>) {
        // Indexes that came with their table are in use from the start: nothing was there to copy.
        let Some(filling) = self.filling.get_mut(&index) else {
            return;
        };
        filling.propagators = filling.propagators.saturating_sub(1);
        if filling.propagators > 0 {
            return;
        }
        let table = filling.table;
        if self.options.transient_states {
            out.remind(BACKFILLING, Step::Filled(table, index));
        } else {
            self.activate(table, index, out);
        }
    }

    pub(super) fn activate(&mut self, table: TableId, index: IndexId, out: &mut Output<'_>) {
        // The index may have been dropped while it was shown as backfilling.
        if self.filling.remove(&index).is_none() {
            return;
        }
        let Some(mut next) = self.table(table).map(|table| Table::clone(table)) else {
            return;
        };
        let own_name = next.name.clone();
        for (known, name, status) in next.fed_statuses_mut() {
            if known == index {
                *status = IndexStatus::Active;
                let (table, index) = (own_name.clone(), name.clone());
                out.runtime.note(ActorId::Admin, Happened::IndexFilled { table, index });
            }
        }
        self.publish(next, out);
    }
}
