//! Tables and counters as a snapshot has them.

use super::{Admin, Next, Output};
use crate::cluster::map::even_shares;
use crate::cluster::random::{Purpose, Random};
use crate::replica::State;
use crate::table::{Table, insights_settled, settled};
use crate::value::key::PartitionHash;

impl Admin {
    /// Takes in a table as it was stored, with the states of its partitions: restoring, before anything is served.
    ///
    /// A table that was being made, changed or filled is at rest.
    pub(in crate::cluster) fn restore(&mut self, table: &Table, states: &[State], out: &mut Output<'_>) {
        debug_assert!(!self.names.contains_key(&table.id), "a table is restored once");
        let mut table = insights_settled(&settled(table));
        if let Some(setting) = &mut table.time_to_live {
            setting.status = setting.status.settled();
        }
        table.settle_kinesis();
        self.next.table = self.next.table.max(table.id.0 + 1);
        for index in table.fed_indexes() {
            self.next.index = self.next.index.max(index.id.0 + 1);
        }
        self.build(&table, states, out);
        let id = table.id;
        self.publish(table, out);
        self.begin_sweepers(id, out);
    }

    /// Where the identifiers that outlive the process stand: the generator's position, the next table, index and stream.
    pub(in crate::cluster) fn counters(&self) -> ([u64; 2], [u32; 3]) {
        let Next {
            table, index, stream, ..
        } = self.next;
        (self.random.position(), [table, index, stream])
    }

    /// Goes on from [`Admin::counters`] of a region with that seed.
    pub(in crate::cluster) fn resume(&mut self, seed: u64, generator: [u64; 2], [table, index, stream]: [u32; 3]) {
        self.random = Random::at(seed, Purpose::Tables, generator);
        self.next.table = self.next.table.max(table);
        self.next.index = self.next.index.max(index);
        self.next.stream = self.next.stream.max(stream);
    }

    /// The shares that a restored table's rows are to be sorted into.
    pub(in crate::cluster) fn shares(&self) -> Vec<PartitionHash> {
        even_shares(self.options.partitions).collect()
    }
}
