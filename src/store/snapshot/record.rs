//! What frames hold: the format of the stream.

use super::RegionRecord;
use crate::table::{ChangeStream, RecordNumber, Shard, Table};
use serde::{Deserialize, Serialize};

/// What a frame holds. Variants keep their order: `postcard` stores their position.
#[derive(Serialize, Deserialize)]
pub(super) enum Record {
    Region(RegionRecord),
    Table(Box<Table>),
    /// Items of the last table named, one flat item after another.
    Rows(#[serde(with = "serde_bytes")] Vec<u8>),
    End {
        tables: u32,
        rows: u64,
    },
    Stream(Box<ChangeStream>),
    /// A lineage of the last stream named.
    Lineage(LineageRecord),
    /// Records of the last lineage, one after another ([`crate::store::change`]).
    Changes(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// A history without its records.
#[derive(Serialize, Deserialize)]
pub(super) struct LineageRecord {
    pub first_hash: u64,
    pub shards: Vec<Shard>,
    pub next: RecordNumber,
    pub trimmed: RecordNumber,
}
