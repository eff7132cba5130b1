//! Shard iterators: places in shards as opaque texts.
//!
//! ```text
//! iterator := stream-arn "|1|" base64(record)
//! record   := crc32c:u32le shard:u64le u32le next:u64le issued:u64le flags:u8
//! ```
//!
//! The checksum covers the ARN and the rest of the record: a text that was not made here, or was changed, is refused.

use super::work::ShardPlace;
use crate::checksum::crc32c;
use crate::error::Error;
use crate::error::stream::StreamFault;
use crate::request::wire;
use crate::table::{RecordNumber, ShardId};

/// A place in a shard of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardIterator<'a> {
    /// The stream's ARN.
    pub stream: &'a str,
    /// The shard.
    pub shard: ShardId,
    /// Where in it.
    pub place: ShardPlace,
}

const SEPARATOR: &str = "|1|";
const CHECKSUM_BYTES: usize = 4;
const RECORD_BYTES: usize = CHECKSUM_BYTES + 8 + 4 + 8 + 8 + 1;
const HORIZON: u8 = 1;
const EXPIRES: u8 = 2;

impl<'a> ShardIterator<'a> {
    /// Reads an iterator.
    ///
    /// # Errors
    /// ValidationException for what is none.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        Self::read(text).ok_or(Error::invalid(StreamFault::Iterator))
    }

    fn read(text: &'a str) -> Option<Self> {
        let (stream, record) = text.rsplit_once(SEPARATOR)?;
        let record = wire::decode_base64(record)?;
        let (stated, body) = record.split_first_chunk::<CHECKSUM_BYTES>()?;
        if record.len() != RECORD_BYTES || u32::from_le_bytes(*stated) != crc32c(&[stream.as_bytes(), body]) {
            return None;
        }
        let (opened, body) = body.split_first_chunk()?;
        let (salt, body) = body.split_first_chunk()?;
        let (next, body) = body.split_first_chunk()?;
        let (issued, body) = body.split_first_chunk()?;
        let flags = *body.first()?;
        Some(ShardIterator {
            stream,
            shard: ShardId::from_parts(u64::from_le_bytes(*opened), u32::from_le_bytes(*salt)),
            place: ShardPlace {
                next: RecordNumber::from_u64(u64::from_le_bytes(*next)),
                horizon: flags & HORIZON != 0,
                issued_ms: (flags & EXPIRES != 0).then_some(u64::from_le_bytes(*issued)),
            },
        })
    }

    /// The iterator as text.
    pub fn write(&self) -> String {
        let (opened_ms, salt) = self.shard.parts();
        let ShardPlace {
            next,
            horizon,
            issued_ms,
        } = self.place;
        let flags = if horizon { HORIZON } else { 0 } | if issued_ms.is_some() { EXPIRES } else { 0 };
        let mut body = Vec::with_capacity(RECORD_BYTES);
        body.extend_from_slice(&opened_ms.to_le_bytes());
        body.extend_from_slice(&salt.to_le_bytes());
        body.extend_from_slice(&next.as_u64().to_le_bytes());
        body.extend_from_slice(&issued_ms.unwrap_or_default().to_le_bytes());
        body.push(flags);
        let checksum = crc32c(&[self.stream.as_bytes(), &body]).to_le_bytes();
        let record = wire::encode_base64(&[&checksum, body.as_slice()].concat());
        format!("{}{SEPARATOR}{record}", self.stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::StreamId;

    const ARN: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/Things/stream/2030-01-01T00:00:00.000";

    fn iterator(horizon: bool, issued_ms: Option<u64>) -> ShardIterator<'static> {
        let next = RecordNumber::first_of(7).next();
        ShardIterator {
            stream: ARN,
            shard: ShardId::new(StreamId(2), 1_893_456_000_000, RecordNumber::first_of(7)),
            place: ShardPlace {
                next,
                horizon,
                issued_ms,
            },
        }
    }

    #[test]
    fn iterators_read_back_and_are_not_too_long() {
        for horizon in [false, true] {
            for issued_ms in [None, Some(0), Some(1_893_456_000_000)] {
                let iterator = iterator(horizon, issued_ms);
                let text = iterator.write();
                assert_eq!(ShardIterator::parse(&text), Ok(iterator));
                assert!(text.len() < ARN.len() + 64);
            }
        }
    }

    #[test]
    fn no_changed_character_goes_unnoticed() {
        let text = iterator(true, Some(5)).write();
        for (at, _) in text.char_indices() {
            let changed = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
            let forged = [&text[..at], changed, &text[at + 1..]].concat();
            assert!(ShardIterator::parse(&forged).is_err(), "{forged}");
            assert!(ShardIterator::parse(&text[..at]).is_err());
        }
    }
}
