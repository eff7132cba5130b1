//! A stream read back, piece by piece as it arrives.

use super::Sink;
use super::record::Record;
use crate::store::frame::FrameReader;
use crate::store::{Corrupt, change};
use crate::table::History;
use crate::value::Item;
use crate::value::flat::{Cursor, Tag};
use crate::value::key::PartitionHash;
use std::rc::Rc;

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
