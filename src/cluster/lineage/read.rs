//! Reading: where a reader may start in a shard, and the records behind a place.

use super::{ITERATOR_LIFE_MS, RETENTION};
use crate::error::stream::StreamFault;
use crate::error::{Error, Missing};
use crate::limits;
use crate::request::plan::{RecordsRead, ShardAsk, ShardPlace, ShardRead, ShardTold, Starting};
use crate::table::{History, RecordNumber, Shard, StreamRecord};
use crate::time::Time;

impl History {
    /// Answers a request about one of the shards.
    ///
    /// # Errors
    /// ResourceNotFoundException for a shard that is not kept any more, and what the API documents for iterators.
    pub(super) fn answer(&self, read: &ShardRead, now: Time) -> Result<ShardTold, Error> {
        let shard = self.shards.iter().find(|shard| shard.id == read.shard);
        // It was there when the request was planned, and its time has come since.
        let shard = shard.ok_or(Error::ResourceNotFoundException(Missing::Resource))?;
        match read.ask {
            ShardAsk::Place(starting) => self.place(shard, starting, now).map(Box::new).map(ShardTold::Place),
            ShardAsk::Records { from, limit } => {
                self.read(shard, from, limit, now).map(Box::new).map(ShardTold::Records)
            }
        }
    }

    /// GetShardIterator.
    fn place(&self, shard: &Shard, starting: Starting, now: Time) -> Result<ShardPlace, Error> {
        let within = |number: RecordNumber| {
            let passed = shard.end.is_some_and(|end| number > end.last);
            if number < shard.first || passed {
                return Err(Error::invalid(StreamFault::SequenceNumber));
            }
            Ok(number)
        };
        let (next, horizon) = match starting {
            Starting::TrimHorizon => (shard.first, true),
            Starting::Latest => (shard.end.map_or(self.next, |end| end.last.next()), false),
            Starting::At(number) => (within(number)?, false),
            Starting::After(number) => (within(number)?.next(), false),
            Starting::AtTimestamp { epoch_ms } => self.at_timestamp(shard, epoch_ms, now)?,
        };
        self.check_trimmed(next, horizon)?;
        Ok(ShardPlace {
            next,
            horizon,
            issued_ms: Some(now.whole_ms()),
        })
    }

    /// The first record of a shard that shows a moment or a later one, or the place behind its last; the oldest record, as
    /// for TRIM_HORIZON, for a moment whose records have had their time.
    fn at_timestamp(&self, shard: &Shard, epoch_ms: u64, now: Time) -> Result<(RecordNumber, bool), Error> {
        if epoch_ms > now.whole_ms() {
            return Err(Error::invalid(StreamFault::TimestampInFuture));
        }
        if Time::from_whole_ms(epoch_ms) + RETENTION <= now {
            return Ok((shard.first, true));
        }
        let earlier = self.records.partition_point(|record| record.created_ms() < epoch_ms);
        let found = self.records.get(earlier).map_or(self.next, |record| record.number);
        let behind = shard.end.map_or(self.next, |end| end.last.next());
        Ok((found.max(shard.first).min(behind), false))
    }

    fn check_trimmed(&self, next: RecordNumber, horizon: bool) -> Result<(), Error> {
        if next <= self.trimmed && !horizon {
            return Err(Error::TrimmedDataAccessException);
        }
        Ok(())
    }

    /// GetRecords.
    fn read(&self, shard: &Shard, from: ShardPlace, limit: usize, now: Time) -> Result<RecordsRead, Error> {
        let issued = from.issued_ms;
        if issued.is_some_and(|issued| issued + ITERATOR_LIFE_MS < now.whole_ms()) {
            return Err(Error::ExpiredIteratorException);
        }
        self.check_trimmed(from.next, from.horizon)?;
        let first = self.records.partition_point(|record| record.number < from.next);
        let last = shard.end.map(|end| end.last);
        let mut rest = self
            .records
            .range(first..)
            .take_while(|record| last.is_none_or(|last| record.number <= last))
            .peekable();
        let (mut records, mut bytes) = (Vec::new(), 0);
        while let Some(record) = rest.peek() {
            bytes += record.size_bytes();
            if records.len() == limit || (bytes > limits::RECORDS_BYTES_MAX && !records.is_empty()) {
                break;
            }
            records.extend(rest.next().cloned());
        }
        let ended = shard.end.is_some() && rest.peek().is_none();
        let read: Option<RecordNumber> = records.last().map(|record: &StreamRecord| record.number);
        let next = ShardPlace {
            next: read.map_or(from.next, RecordNumber::next),
            horizon: from.horizon && read.is_none(),
            issued_ms: issued.map(|_| now.whole_ms()),
        };
        Ok(RecordsRead {
            records,
            next: (!ended).then_some(next),
        })
    }
}
