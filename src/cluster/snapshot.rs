//! Taking a cluster's tables out, and putting them back: what storage, snapshots and restores stand on.
//!
//! What is taken out is what the leaders have committed, transactions that are on their way whole or not at all; taking it costs a
//! pointer for each partition. Indexes are not taken
//! along: local ones are derived from the rows as they are put back, global ones are filled by the same propagators that fill
//! a new index.

use super::Cluster;
use super::admin::Output;
use super::map::Place;
use super::transaction::ledger::{Progress, Record};
use crate::btree::Tree;
use crate::replica::{Ballot, Change, Entry, Prepared, Replica, Row, SequenceNumber, State};
use crate::sort;
use crate::store::snapshot::{RegionImage, RegionRecord, RowSource, StreamImage, TableImage};
use crate::table::{ChangeStream, History, Table, TableStatus};
use crate::time::Time;
use crate::value::Item;
use crate::value::key::{OrderedBytes, PartitionHash};
use std::ops::Bound;
use std::rc::Rc;

/// The rows of a table's partitions, in the order of their hashes, as they were.
struct Rows(Vec<Tree<Row>>);

impl RowSource for Rows {
    fn read(&self, position: &mut Option<OrderedBytes>, budget_bytes: usize, row: &mut dyn FnMut(&Item)) -> bool {
        let after = position.clone();
        let lower = match &after {
            Some(key) => Bound::Excluded(key.as_bytes()),
            None => Bound::Unbounded,
        };
        let mut bytes = 0;
        for next in self.0.iter().flat_map(|tree| tree.range((lower, Bound::Unbounded))) {
            if bytes > budget_bytes {
                return true;
            }
            row(next.item());
            bytes += next.item().bytes().len();
            *position = Some(OrderedBytes::new(next.key()));
        }
        false
    }
}

/// A table that is being put back.
#[derive(Debug)]
pub struct Restored {
    table: Table,
    /// A state for each partition, with the first hash it owns.
    shares: Vec<(PartitionHash, State)>,
}

/// Why a table cannot be put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// An item lacks the table's key, or has one of another type.
    Item,
    /// A table of that name or identity is there.
    Table,
}

impl Restored {
    /// Adds an item, in any order. One with the key of an earlier one takes its place.
    ///
    /// # Errors
    /// [`Misfit::Item`]
    pub fn add(&mut self, item: Item) -> Result<(), Misfit> {
        let key = self.table.row_key(item.attributes()).ok_or(Misfit::Item)?;
        let at = self.shares.partition_point(|(first, _)| *first <= key.hash);
        let (_, state) = self.shares.get_mut(at.saturating_sub(1)).ok_or(Misfit::Item)?;
        state.load(&self.table, Row::stored(&self.table, key.bytes, item));
        Ok(())
    }
}

impl Cluster {
    /// Every table that is not being dropped, with its committed rows. Later writes do not change it.
    pub fn image(&self, seed: u64) -> RegionImage {
        let (generator, [next_table, next_index, next_stream]) = self.admin.counters();
        let kept = |table: &Table| match table.status {
            TableStatus::Creating | TableStatus::Updating | TableStatus::Active => true,
            TableStatus::Deleting => false,
        };
        let tables = self.admin.catalog().after(None).filter(|table| kept(table));
        RegionImage {
            region: RegionRecord {
                seed,
                generator,
                next_table,
                next_index,
                next_stream,
                now_ms: self.now().whole_ms(),
            },
            tables: tables
                .map(|table| TableImage {
                    table: table.clone(),
                    rows: Box::new(self.committed(table)),
                })
                .collect(),
            streams: self
                .admin
                .catalog()
                .streams()
                .iter()
                .map(|stream| self.stream_image(stream))
                .collect(),
        }
    }

    /// A stream with all that its lineages have seen, and what the leaders have committed that has not reached them.
    fn stream_image(&self, stream: &Rc<ChangeStream>) -> StreamImage {
        let own = self.lineages().filter(|lineage| lineage.stream() == stream.id);
        let mut histories: Vec<History> = own
            .map(|lineage| {
                let reads = lineage.subscription().and_then(|subscription| {
                    let leader = self.replica(subscription.leader())?;
                    Some(self.ended_after(leader, subscription.received()))
                });
                lineage.history_with(&reads.unwrap_or_default(), self.now())
            })
            .collect();
        sort::by_key(&mut histories, |history| history.first_hash);
        StreamImage {
            stream: Rc::clone(stream),
            histories,
        }
    }

    fn committed(&self, table: &Table) -> Rows {
        let partitions = self.admin.layout().get(Place::table(table.id));
        let partitions = partitions.map(|partitions| partitions.all()).unwrap_or_default();
        let leaders = partitions.iter().filter_map(|partition| self.replica(partition.leader));
        Rows(leaders.map(|leader| self.settled(leader)).collect())
    }

    /// The rows of a partition, with every transaction that it has prepared at its end: an image is taken between two messages,
    /// when a transaction may have been committed by some partitions and not yet by others. The ledger knows which have happened.
    fn settled(&self, leader: &Replica) -> Tree<Row> {
        let mut rows = leader.rows().clone();
        for prepared in leader.prepared() {
            if !self.has_happened(prepared) {
                continue;
            }
            for change in &prepared.changes {
                match &change.after {
                    Some(row) => drop(rows.insert(row.clone())),
                    None => drop(rows.remove(change.key())),
                }
            }
        }
        rows
    }

    /// What a partition has committed after a place in its log, and the end of every transaction that has happened.
    fn ended_after(&self, leader: &Replica, place: SequenceNumber) -> Vec<Rc<Entry>> {
        let mut entries = leader.committed_after(place);
        let happened = leader.prepared().iter().filter(|prepared| self.has_happened(prepared));
        entries.extend(happened.map(|prepared| {
            Rc::new(Entry {
                sequence: leader.applied().next(),
                ballot: Ballot(0),
                change: Change::Commit(Rc::clone(prepared)),
            })
        }));
        entries
    }

    fn has_happened(&self, prepared: &Prepared) -> bool {
        let row = self
            .ledger_leader()
            .and_then(|leader| leader.rows().get(prepared.record.as_bytes()));
        let record = row.and_then(|row| Record::read(row.item()));
        record.is_some_and(|record| {
            record.transaction == prepared.transaction
                && matches!(record.progress, Progress::Committing | Progress::Finished(_))
        })
    }

    /// Goes on from where another cluster was when its image was taken: time, and identifiers that must not be used twice.
    pub fn resume(&mut self, record: &RegionRecord) {
        self.step(Time::from_micros(record.now_ms.saturating_mul(1000)));
        let next = [record.next_table, record.next_index, record.next_stream];
        self.admin.resume(record.seed, record.generator, next);
    }

    /// Begins to put a table back. Nothing is seen of it before [`Cluster::restore`].
    pub fn begin_restore(&self, table: Table) -> Restored {
        let empty = State::new(table.local_indexes.len());
        let shares = self.admin.shares();
        let shares = shares.into_iter().map(|first| (first, empty.clone())).collect();
        Restored { table, shares }
    }

    /// Puts a table back, with its name and identity. Its global indexes are complete once everything due has been delivered.
    ///
    /// # Errors
    /// [`Misfit::Table`]
    pub fn restore(&mut self, restored: Restored) -> Result<(), Misfit> {
        let Restored { table, shares } = restored;
        let clashes = |known: &Table| known.name == table.name || known.id == table.id;
        if self.admin.catalog().after(None).any(|known| clashes(known)) {
            return Err(Misfit::Table);
        }
        let states: Vec<State> = shares.into_iter().map(|(_, state)| state).collect();
        let mut effects = Vec::new();
        let mut out = Output {
            runtime: &mut self.runtime,
            effects: &mut effects,
        };
        self.admin.restore(&table, &states, &mut out);
        self.carry_out(effects);
        self.drain(self.now());
        Ok(())
    }

    /// Puts a stream back, behind its table. Its records go on where its table's partitions are what they were.
    pub fn restore_stream(&mut self, stream: ChangeStream, histories: Vec<History>) {
        let mut effects = Vec::new();
        let mut out = Output {
            runtime: &mut self.runtime,
            effects: &mut effects,
        };
        self.admin.restore_stream(stream, histories, &mut out);
        self.carry_out(effects);
        self.drain(self.now());
    }
}
