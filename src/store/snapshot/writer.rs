//! A region written as a stream, a frame at a time.

use super::record::{LineageRecord, Record};
use super::{RegionImage, RegionRecord, StreamImage, TableImage};
use crate::store::{Corrupt, change, frame};
use crate::table::{ChangeStream, History, Table};
use crate::value::key::OrderedBytes;
use std::collections::VecDeque;

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
