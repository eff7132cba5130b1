//! A region as a stream of frames, and back.
//!
//! Writing takes a [`RegionImage`]: tables with row sources that stay as they were when the image was taken (copy-on-write
//! trees), so a snapshot is consistent however long it takes and whatever is written meanwhile. Reading hands records to a
//! [`Sink`] as they arrive. Both need memory for one frame, not for a second database.
//!
//! Only what cannot be derived is stored: items, not keys; base tables, not indexes; records that can still be read. Opening a
//! snapshot computes the rest from the schema, so an index can never disagree with its table after a restart.

mod chunked;
mod reader;
mod record;
mod writer;

pub use chunked::{ChunkedRecovery, ChunkedSnapshot};
pub use reader::SnapshotReader;
pub use writer::SnapshotWriter;

use crate::table::{ChangeStream, History, StreamRecord, Table};
use crate::value::Item;
use crate::value::key::OrderedBytes;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What a region keeps besides its tables: identity and the counters that make generated names unique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionRecord {
    /// The seed everything generated follows from.
    pub seed: u64,
    /// The generator's position in its sequence.
    pub generator: [u64; 2],
    /// The next table's id.
    pub next_table: u32,
    /// The next global index's id.
    pub next_index: u32,
    /// The next stream's id.
    pub next_stream: u32,
    /// The region's time, in epoch milliseconds.
    pub now_ms: u64,
}

/// Rows in key order, unaffected by later writes.
pub trait RowSource {
    /// Hands rows after `position` to `row` in key order until they pass `budget_bytes`, moves `position` to the last of
    /// them, and says whether there may be more.
    fn read(&self, position: &mut Option<OrderedBytes>, budget_bytes: usize, row: &mut dyn FnMut(&Item)) -> bool;
}

/// One table of an image.
pub struct TableImage {
    /// The schema.
    pub table: Rc<Table>,
    /// The rows.
    pub rows: Box<dyn RowSource>,
}

/// A region at one instant.
pub struct RegionImage {
    /// Identity and counters.
    pub region: RegionRecord,
    /// All tables.
    pub tables: Vec<TableImage>,
    /// All streams, those of tables that are gone included.
    pub streams: Vec<StreamImage>,
}

/// One stream of an image.
pub struct StreamImage {
    /// The stream.
    pub stream: Rc<ChangeStream>,
    /// What its lineages have seen, in the order of their partitions' hashes.
    pub histories: Vec<History>,
}

/// Receives a snapshot's contents in order: the region, then each table followed by its rows in key order, then each stream
/// followed by its lineages, each followed by its records.
pub trait Sink {
    /// Called once, first.
    fn region(&mut self, region: RegionRecord);
    /// Called for each table.
    fn table(&mut self, table: Table);
    /// Called for each row of the last table.
    fn row(&mut self, item: Item);
    /// Called for each stream.
    fn stream(&mut self, stream: ChangeStream);
    /// Called for each lineage of the last stream, without its records.
    fn lineage(&mut self, history: History);
    /// Called for each record of the last lineage.
    fn change(&mut self, record: StreamRecord);
}

#[cfg(test)]
mod tests;
