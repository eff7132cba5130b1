//! Writing flat bytes.

use super::{Tag, ValueRef};

/// Writes flat bytes: values one after another, collections opened and closed.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

/// A collection being written; hand it back to [`Writer::close`].
#[derive(Debug)]
#[must_use = "a collection that is not closed has no length"]
pub struct Open {
    at: usize,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Writer::default()
    }
    /// Writes after what `bytes` already holds.
    pub fn appending(bytes: Vec<u8>) -> Self {
        Writer { bytes }
    }
    /// Everything written so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// Hands the bytes over.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
    /// Writes a bare tag: NULL, booleans, refused values, or the `Attribute` marker before its value.
    pub fn tag(&mut self, tag: Tag) {
        self.bytes.push(tag as u8);
    }
    /// Writes a LEB128 number. Lengths stay far below 2^32: requests are bounded at 16 MB.
    pub fn varint(&mut self, value: usize) {
        let mut value = value;
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
    /// Writes a length and the bytes: a name, a set's member.
    pub fn text(&mut self, text: &[u8]) {
        self.varint(text.len());
        self.bytes.extend_from_slice(text);
    }
    /// Writes S, N, B or a time.
    pub fn scalar(&mut self, tag: Tag, text: &[u8]) {
        self.tag(tag);
        self.text(text);
    }
    /// Writes BOOL.
    pub fn bool(&mut self, value: bool) {
        self.tag(if value { Tag::True } else { Tag::False });
    }
    /// Copies a value that is flat already.
    pub fn copy(&mut self, value: ValueRef<'_>) {
        self.bytes.extend_from_slice(value.bytes());
    }
    /// Copies whole entries or elements of a collection that is flat already.
    pub fn entries(&mut self, entries: &[u8]) {
        self.bytes.extend_from_slice(entries);
    }
    /// Opens a collection of exactly `count` elements. Its u32 length is filled in by [`Writer::close`].
    pub fn open(&mut self, tag: Tag, count: usize) -> Open {
        self.tag(tag);
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 4]);
        self.varint(count);
        Open { at }
    }
    /// Opens a collection whose number of elements only its end will tell; [`Writer::close_counted`] closes it.
    pub fn open_uncounted(&mut self, tag: Tag) -> Open {
        self.open(tag, 0)
    }
    /// Closes a collection that was opened without a count. One byte was kept for the count; a larger one moves the elements.
    pub fn close_counted(&mut self, open: Open, count: usize) {
        let at = open.at + 4;
        if count < 0x80 {
            if let Some(byte) = self.bytes.get_mut(at) {
                *byte = count as u8;
            }
        } else {
            let mut varint = Writer::new();
            varint.varint(count);
            self.bytes.splice(at..=at, varint.bytes);
        }
        self.close(open);
    }
    /// How many bytes have been written: a place to [`Writer::rewind`] to.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }
    /// True before the first byte.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
    /// Takes back everything after the first `length` bytes.
    pub fn rewind(&mut self, length: usize) {
        self.bytes.truncate(length);
    }
    /// Takes back the bytes of a range, closing the gap: an entry that a later one replaces.
    pub fn remove(&mut self, range: std::ops::Range<usize>) {
        debug_assert!(range.start <= range.end && range.end <= self.bytes.len());
        if range.start <= range.end && range.end <= self.bytes.len() {
            self.bytes.drain(range);
        }
    }
    /// Closes a collection: its length is now known.
    pub fn close(&mut self, open: Open) {
        let length = self.bytes.len() - open.at - 4;
        debug_assert!(
            u32::try_from(length).is_ok(),
            "a collection is bounded by the request size"
        );
        if let Some(header) = self.bytes.get_mut(open.at..open.at + 4) {
            header.copy_from_slice(&(length as u32).to_le_bytes());
        }
    }
}
