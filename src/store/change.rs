//! Records of streams as they are stored, one after another.
//!
//! ```text
//! change := number:u64le at:u64le what:u8 item item* (at is in microseconds since the epoch; key, then new, then old image)
//! what   := kind (0 insert, 1 modify, 2 remove) + 4 if expired + 8 with a new image + 16 with an old image
//! ```

use crate::table::{Author, ChangeKind, RecordNumber, StreamRecord};
use crate::time::Time;
use crate::value::Item;
use crate::value::flat::{Cursor, Tag};

const KIND: u8 = 3;
const EXPIRED: u8 = 4;
const NEW: u8 = 8;
const OLD: u8 = 16;

/// Appends a record.
pub(super) fn write(record: &StreamRecord, out: &mut Vec<u8>) {
    let kind = match record.kind {
        ChangeKind::Insert => 0,
        ChangeKind::Modify => 1,
        ChangeKind::Remove => 2,
    };
    let expired = match record.author {
        Author::Caller => 0,
        Author::TimeToLive => EXPIRED,
    };
    let images = if record.new.is_some() { NEW } else { 0 } | if record.old.is_some() { OLD } else { 0 };
    out.extend_from_slice(&record.number.as_u64().to_le_bytes());
    out.extend_from_slice(&record.at.micros().to_le_bytes());
    out.push(kind | expired | images);
    let items = [Some(&record.keys), record.new.as_ref(), record.old.as_ref()];
    for item in items.into_iter().flatten() {
        out.extend_from_slice(item.bytes());
    }
}

/// Reads the next record; none if the bytes are not what [`write`] wrote.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<StreamRecord> {
    let number = RecordNumber::from_u64(word(cursor)?);
    let at = Time::from_micros(word(cursor)?);
    let what = cursor.byte().ok()?;
    let kind = match what & KIND {
        0 => ChangeKind::Insert,
        1 => ChangeKind::Modify,
        2 => ChangeKind::Remove,
        _ => return None,
    };
    let author = if what & EXPIRED == 0 {
        Author::Caller
    } else {
        Author::TimeToLive
    };
    let keys = item(cursor)?;
    let mut image = |flag| match what & flag {
        0 => Some(None),
        _ => item(cursor).map(Some),
    };
    Some(StreamRecord {
        number,
        at,
        kind,
        author,
        keys,
        new: image(NEW)?,
        old: image(OLD)?,
    })
}

fn word(cursor: &mut Cursor<'_>) -> Option<u64> {
    let bytes = cursor.take(size_of::<u64>()).ok()?;
    Some(u64::from_le_bytes(*bytes.first_chunk()?))
}

fn item(cursor: &mut Cursor<'_>) -> Option<Item> {
    let value = cursor.value().ok()?;
    (value.tag() == Ok(Tag::Attributes)).then(|| Item::from_admitted(value.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::flat::Writer;
    use std::iter::successors;

    fn item(text: &str) -> Item {
        let mut writer = Writer::new();
        let open = writer.open(Tag::Attributes, 1);
        writer.text(b"pk");
        writer.scalar(Tag::S, text.as_bytes());
        writer.close(open);
        Item::from_admitted(writer.bytes())
    }

    #[test]
    fn records_read_back_and_torn_ones_do_not() {
        let mut bytes = Vec::new();
        let mut records = Vec::new();
        let numbers = successors(Some(RecordNumber::first_of(3)), |number| Some(number.next()));
        let kinds = [ChangeKind::Insert, ChangeKind::Modify, ChangeKind::Remove];
        for (number, at) in numbers.zip(0..12) {
            let record = StreamRecord {
                number,
                at: Time::from_micros(at),
                kind: kinds[at as usize % 3],
                author: if at % 2 == 0 {
                    Author::Caller
                } else {
                    Author::TimeToLive
                },
                keys: item("key"),
                new: (at % 3 < 2).then(|| item("new")),
                old: (at % 3 > 0).then(|| item("old")),
            };
            write(&record, &mut bytes);
            records.push(record);
        }
        let mut cursor = Cursor::new(&bytes);
        for record in records {
            assert_eq!(read(&mut cursor), Some(record));
        }
        assert!(cursor.is_empty());
        for length in 0..40 {
            assert_eq!(read(&mut Cursor::new(&bytes[..length])), None);
        }
    }
}
