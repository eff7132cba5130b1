//! A region as a stream of frames, and back.
//!
//! Writing takes a [`RegionImage`]: tables with row sources that stay as they were when the image was taken (copy-on-write
//! trees), so a snapshot is consistent however long it takes and whatever is written meanwhile. Reading hands records to a
//! [`Sink`] as they arrive. Both need memory for one frame, not for a second database.
//!
//! Only what cannot be derived is stored: items, not keys; base tables, not indexes; records that can still be read. Opening a snapshot computes the rest
//! from the schema, so an index can never disagree with its table after a restart.

use super::Corrupt;
use super::change;
use super::frame::{self, FrameReader};
use crate::checksum::Running32c;
use crate::table::{ChangeStream, History, RecordNumber, Shard, StreamRecord, Table};
use crate::value::Item;
use crate::value::flat::{Cursor, Tag};
use crate::value::key::{OrderedBytes, PartitionHash};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
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

/// What a frame holds. Variants keep their order: `postcard` stores their position.
#[derive(Serialize, Deserialize)]
enum Record {
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
    /// Records of the last lineage, one after another ([`super::change`]).
    Changes(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// A history without its records.
#[derive(Serialize, Deserialize)]
struct LineageRecord {
    first_hash: u64,
    shards: Vec<Shard>,
    next: RecordNumber,
    trimmed: RecordNumber,
}

/// Produces a snapshot's stream, a frame at a time.
pub struct SnapshotWriter {
    region: Option<RegionRecord>,
    waiting: VecDeque<TableImage>,
    current: Option<(TableImage, Option<OrderedBytes>)>,
    streams: VecDeque<StreamImage>,
    /// Lineages of the last stream written.
    histories: VecDeque<History>,
    /// The last lineage written, and how many of its records have been.
    changes: Option<(History, usize)>,
    tables_written: u32,
    rows_written: u64,
    ended: bool,
}

impl SnapshotWriter {
    /// Starts with the first frame of `image`.
    pub fn new(image: RegionImage) -> Self {
        SnapshotWriter {
            region: Some(image.region),
            waiting: image.tables.into(),
            current: None,
            streams: image.streams.into(),
            histories: VecDeque::new(),
            changes: None,
            tables_written: 0,
            rows_written: 0,
            ended: false,
        }
    }

    /// Appends the next frame to `out`; false once the stream is complete and nothing was appended.
    ///
    /// # Errors
    /// None that data can cause; see [`frame::write_frame`].
    pub fn write_next(&mut self, out: &mut Vec<u8>) -> Result<bool, Corrupt> {
        let record = if let Some(region) = self.region.take() {
            frame::write_header(out);
            Record::Region(region)
        } else if let Some((image, position)) = self.current.take() {
            self.next_rows(image, position)
        } else if let Some(image) = self.waiting.pop_front() {
            self.tables_written += 1;
            let record = Record::Table(Box::new(Table::clone(&image.table)));
            self.current = Some((image, None));
            record
        } else if let Some((history, written)) = self.changes.take() {
            self.next_changes(history, written)
        } else if let Some(history) = self.histories.pop_front() {
            let record = Record::Lineage(LineageRecord {
                first_hash: history.first_hash.0,
                shards: history.shards.clone(),
                next: history.next,
                trimmed: history.trimmed,
            });
            self.changes = (!history.records.is_empty()).then_some((history, 0));
            record
        } else if let Some(image) = self.streams.pop_front() {
            self.histories = image.histories.into();
            Record::Stream(Box::new(ChangeStream::clone(&image.stream)))
        } else if !self.ended {
            self.ended = true;
            Record::End {
                tables: self.tables_written,
                rows: self.rows_written,
            }
        } else {
            return Ok(false);
        };
        frame::write_frame(out, &record)?;
        Ok(true)
    }

    /// The whole stream at once: [`SnapshotWriter::write_next`] to the end.
    ///
    /// # Errors
    /// None that data can cause; see [`frame::write_frame`].
    pub fn write_all(mut self) -> Result<Vec<u8>, Corrupt> {
        let mut out = Vec::new();
        while self.write_next(&mut out)? {}
        Ok(out)
    }

    fn next_rows(&mut self, image: TableImage, mut position: Option<OrderedBytes>) -> Record {
        let mut bytes = Vec::new();
        let mut rows = 0u64;
        let more = image.rows.read(&mut position, frame::ROWS_FRAME_BYTES, &mut |item| {
            bytes.extend_from_slice(item.bytes());
            rows += 1;
        });
        self.rows_written += rows;
        if more {
            self.current = Some((image, position));
        }
        Record::Rows(bytes)
    }

    fn next_changes(&mut self, history: History, mut written: usize) -> Record {
        let mut bytes = Vec::new();
        for record in history.records.range(written..) {
            change::write(record, &mut bytes);
            written += 1;
            self.rows_written += 1;
            if bytes.len() > frame::ROWS_FRAME_BYTES {
                break;
            }
        }
        self.changes = (written < history.records.len()).then_some((history, written));
        Record::Changes(bytes)
    }
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

/// Takes a snapshot's stream apart.
#[derive(Debug, Default)]
pub struct SnapshotReader {
    frames: FrameReader,
    tables: u32,
    rows: u64,
    region_seen: bool,
    place: Place,
    ended: bool,
}

/// What a record may belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Tables,
    Streams,
    Lineages,
}

impl SnapshotReader {
    /// Waits for the stream's first byte.
    pub fn new() -> Self {
        SnapshotReader::default()
    }

    /// Adds the next piece of the stream and hands on what it completes.
    ///
    /// # Errors
    /// [`Corrupt`]; what was handed on before is then worthless.
    pub fn feed(&mut self, piece: &[u8], sink: &mut dyn Sink) -> Result<(), Corrupt> {
        self.frames.feed(piece);
        while let Some(record) = self.frames.next_record::<Record>()? {
            if self.ended || self.region_seen == matches!(record, Record::Region(_)) {
                return Err(Corrupt::Undecodable);
            }
            match record {
                Record::Region(region) => {
                    self.region_seen = true;
                    sink.region(region);
                }
                Record::Table(table) => {
                    if self.place != Place::Tables {
                        return Err(Corrupt::Undecodable);
                    }
                    self.tables += 1;
                    sink.table(*table);
                }
                Record::Rows(bytes) => self.hand_on(&bytes, sink)?,
                Record::Stream(stream) => {
                    self.place = Place::Streams;
                    sink.stream(*stream);
                }
                Record::Lineage(lineage) => {
                    if self.place == Place::Tables {
                        return Err(Corrupt::Undecodable);
                    }
                    self.place = Place::Lineages;
                    sink.lineage(History {
                        first_hash: PartitionHash(lineage.first_hash),
                        shards: lineage.shards,
                        next: lineage.next,
                        trimmed: lineage.trimmed,
                        records: Rc::default(),
                    });
                }
                Record::Changes(bytes) => {
                    if self.place != Place::Lineages {
                        return Err(Corrupt::Undecodable);
                    }
                    let mut cursor = Cursor::new(&bytes);
                    while !cursor.is_empty() {
                        self.rows += 1;
                        sink.change(change::read(&mut cursor).ok_or(Corrupt::Undecodable)?);
                    }
                }
                Record::End { tables, rows } => {
                    if (tables, rows) != (self.tables, self.rows) {
                        return Err(Corrupt::Undecodable);
                    }
                    self.ended = true;
                }
            }
        }
        Ok(())
    }

    /// Confirms that the stream was whole.
    ///
    /// # Errors
    /// [`Corrupt::Torn`] if its end has not come.
    pub fn finish(self) -> Result<(), Corrupt> {
        if self.ended && self.frames.is_between_frames() {
            Ok(())
        } else {
            Err(Corrupt::Torn)
        }
    }

    fn hand_on(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<(), Corrupt> {
        if self.tables == 0 || self.place != Place::Tables {
            return Err(Corrupt::Undecodable);
        }
        let mut cursor = Cursor::new(bytes);
        while !cursor.is_empty() {
            let value = cursor.value().map_err(|_| Corrupt::Undecodable)?;
            if value.tag() != Ok(Tag::Attributes) {
                return Err(Corrupt::Undecodable);
            }
            self.rows += 1;
            sink.row(Item::from_admitted(value.bytes()));
        }
        Ok(())
    }
}

/// Cuts a snapshot into chunks for a store whose values are bounded.
pub struct ChunkedSnapshot {
    writer: SnapshotWriter,
    generation: super::manifest::Generation,
    piece_bytes: usize,
    pending: Vec<u8>,
    chunk_count: u32,
    stream_bytes: u64,
    stream_crc32c: Running32c,
    complete: bool,
}

impl ChunkedSnapshot {
    /// No chunk will be longer than `max_value_bytes`, or than a sensible minimum should that be too small to hold anything.
    pub fn new(image: RegionImage, generation: super::manifest::Generation, max_value_bytes: usize) -> Self {
        ChunkedSnapshot {
            writer: SnapshotWriter::new(image),
            generation,
            piece_bytes: max_value_bytes
                .saturating_sub(super::chunk::CHUNK_OVERHEAD_BYTES)
                .max(64),
            pending: Vec::new(),
            chunk_count: 0,
            stream_bytes: 0,
            stream_crc32c: Running32c::new(),
            complete: false,
        }
    }

    /// The next chunk and its index, or `None` after the last.
    ///
    /// # Errors
    /// None that data can cause; see [`frame::write_frame`].
    pub fn next_chunk(&mut self) -> Result<Option<(u32, Vec<u8>)>, Corrupt> {
        while !self.complete && self.pending.len() < self.piece_bytes {
            self.complete = !self.writer.write_next(&mut self.pending)?;
        }
        if self.pending.is_empty() {
            return Ok(None);
        }
        let rest = self.pending.split_off(self.pending.len().min(self.piece_bytes));
        let piece = std::mem::replace(&mut self.pending, rest);
        let index = self.chunk_count;
        self.chunk_count += 1;
        self.stream_bytes += piece.len() as u64;
        self.stream_crc32c.update(&piece);
        Ok(Some((index, super::chunk::seal(self.generation, index, &piece))))
    }

    /// The manifest of the chunks handed out, which are all once [`ChunkedSnapshot::next_chunk`] has given `None`.
    pub fn manifest(&self) -> super::manifest::Manifest {
        debug_assert!(
            self.complete && self.pending.is_empty(),
            "a manifest comes after the last chunk"
        );
        super::manifest::Manifest {
            generation: self.generation,
            chunk_count: self.chunk_count,
            stream_bytes: self.stream_bytes,
            stream_crc32c: self.stream_crc32c.value(),
        }
    }
}

/// Puts a chunked snapshot together again.
pub struct ChunkedRecovery {
    manifest: super::manifest::Manifest,
    reader: SnapshotReader,
    next_index: u32,
    stream_bytes: u64,
    stream_crc32c: Running32c,
}

impl ChunkedRecovery {
    /// Expects the chunks that `manifest` describes, in order.
    pub fn new(manifest: super::manifest::Manifest) -> Self {
        ChunkedRecovery {
            manifest,
            reader: SnapshotReader::new(),
            next_index: 0,
            stream_bytes: 0,
            stream_crc32c: Running32c::new(),
        }
    }

    /// Adds the next chunk.
    ///
    /// # Errors
    /// [`Corrupt`] if it is not exactly the chunk that was written in this place.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Result<(), Corrupt> {
        let piece = super::chunk::unseal(self.manifest.generation, self.next_index, chunk)?;
        self.next_index += 1;
        self.stream_bytes += piece.len() as u64;
        self.stream_crc32c.update(piece);
        self.reader.feed(piece, sink)
    }

    /// Confirms that everything was there.
    ///
    /// # Errors
    /// [`Corrupt::MissingChunk`], [`Corrupt::Checksum`] or [`Corrupt::Torn`].
    pub fn finish(self) -> Result<(), Corrupt> {
        if self.next_index != self.manifest.chunk_count {
            return Err(Corrupt::MissingChunk { index: self.next_index });
        }
        if (self.stream_bytes, self.stream_crc32c.value()) != (self.manifest.stream_bytes, self.manifest.stream_crc32c)
        {
            return Err(Corrupt::Checksum);
        }
        self.reader.finish()
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
