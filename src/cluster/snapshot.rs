//! Taking a cluster's tables out, and putting them back: what storage, snapshots and restores stand on.
//!
//! What is taken out is what the leaders have committed. Global indexes are not taken along: they are filled again from the
//! rows, by the same propagators that fill a new index.

use super::Cluster;
use super::admin::Output;
use super::map::Place;
use crate::replica::{Row, State};
use crate::table::{Table, TableStatus};
use crate::value::Item;
use std::rc::Rc;

/// A table and its rows, as committed.
pub struct StoredTable<'a> {
    /// The table.
    pub table: &'a Rc<Table>,
    cluster: &'a Cluster,
}

impl<'a> StoredTable<'a> {
    /// The rows in the order of their keys.
    pub fn rows(&self) -> impl Iterator<Item = &'a Row> + use<'a> {
        let cluster = self.cluster;
        let partitions = cluster.admin.layout().get(Place::table(self.table.id));
        let partitions = partitions.map(|partitions| partitions.all()).unwrap_or_default();
        partitions
            .iter()
            .filter_map(|partition| cluster.replica(partition.leader))
            .flat_map(|leader| leader.rows().iter())
    }
}

/// A table that is being put back.
#[derive(Debug)]
pub struct Restored {
    table: Table,
    /// A state for each partition, with the first hash it owns.
    shares: Vec<(crate::value::key::PartitionHash, State)>,
}

/// An item that does not belong into the table it was stored in: it lacks the key, or has one of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misplaced;

impl Restored {
    /// Adds an item, in any order. One with the key of an earlier one takes its place.
    ///
    /// # Errors
    /// [`Misplaced`] when the item has no row in this table.
    pub fn add(&mut self, item: Item) -> Result<(), Misplaced> {
        let key = self.table.row_key(item.attributes()).ok_or(Misplaced)?;
        let at = self
            .shares
            .partition_point(|(first, _)| *first <= key.hash)
            .saturating_sub(1);
        let (_, state) = self.shares.get_mut(at).ok_or(Misplaced)?;
        state.load(&self.table, Row::new(key.bytes, item));
        Ok(())
    }
}

impl Cluster {
    /// Every table that is not being dropped, by name.
    pub fn tables(&self) -> impl Iterator<Item = StoredTable<'_>> {
        let cluster = self;
        let kept = |table: &&Rc<Table>| match table.status {
            TableStatus::Creating | TableStatus::Updating | TableStatus::Active => true,
            TableStatus::Deleting => false,
        };
        let tables = self.admin.catalog().after(None).filter(kept);
        tables.map(move |table| StoredTable { table, cluster })
    }

    /// Begins to put a table back. Nothing is seen of it before [`Cluster::restore`].
    pub fn begin_restore(&self, table: Table) -> Restored {
        let empty = State::new(table.local_indexes.len());
        let shares = self
            .admin
            .shares()
            .into_iter()
            .map(|first| (first, empty.clone()))
            .collect();
        Restored { table, shares }
    }

    /// Puts a table back, under its name and with its identity. Its global indexes are complete by the time everything due
    /// has been delivered.
    ///
    /// # Errors
    /// The table itself if one of its name is there.
    pub fn restore(&mut self, restored: Restored) -> Result<(), Box<Table>> {
        if self.admin.catalog().get(restored.table.name.as_str()).is_some() {
            return Err(Box::new(restored.table));
        }
        let states: Vec<State> = restored.shares.into_iter().map(|(_, state)| state).collect();
        let mut effects = Vec::new();
        let mut out = Output {
            runtime: &mut self.runtime,
            effects: &mut effects,
        };
        self.admin.restore(&restored.table, &states, &mut out);
        self.carry_out(effects);
        self.drain(self.now());
        Ok(())
    }
}
