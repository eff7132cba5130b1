//! Recording: changes become records, shards begin and end, and what is too old goes.

use super::{RETENTION, Recording, SHARD_LIFE_MS};
use crate::cluster::message::LineageId;
use crate::replica::{self, Entry, RowChange};
use crate::table::{ChangeKind, History, Shard, ShardEnd, ShardId, StreamId, StreamRecord};
use crate::time::Time;
use crate::value::{Item, equal_maps};
use std::rc::Rc;

impl History {
    /// Records what an entry changes.
    pub(super) fn record(&mut self, recording: &Recording, entry: &Entry, now: Time) {
        for change in entry.change.rows() {
            self.record_change(recording, change, now);
        }
    }

    /// Records a change, unless it changes nothing. Opens another shard first where it is time.
    fn record_change(&mut self, recording: &Recording, change: &RowChange, now: Time) {
        let Some(kind) = kind_of(change) else { return };
        let (before, after) = (&change.before, &change.after);
        let Some(row) = after.as_ref().or(before.as_ref()) else {
            return;
        };
        self.roll(recording.stream, now);
        let image = |wanted: bool, row: &Option<replica::Row>| {
            let row = row.as_ref().filter(|_| wanted);
            row.map(|row| row.item().clone())
        };
        Rc::make_mut(&mut self.records).push_back(StreamRecord {
            number: self.next,
            at: now,
            kind,
            author: change.author,
            keys: recording.schema.key_of(row.item().attributes()),
            new: image(recording.view.has_new(), after),
            old: image(recording.view.has_old(), before),
        });
        self.next = self.next.next();
    }

    /// Follows a shard that has been open for long with another.
    fn roll(&mut self, stream: StreamId, now: Time) {
        let now_ms = now.whole_ms();
        let Some(open) = self.shards.last().filter(|shard| shard.end.is_none()) else {
            return;
        };
        if open.first < self.next && open.id.opened_ms() + SHARD_LIFE_MS <= now_ms {
            let parent = open.id;
            self.close(now);
            self.open(stream, Some(parent), now_ms);
        }
    }

    /// Opens a shard that begins with the next record.
    pub fn open(&mut self, stream: StreamId, parent: Option<ShardId>, now_ms: u64) {
        debug_assert!(self.shards.last().is_none_or(|last| last.end.is_some()));
        self.shards.push(Shard {
            id: ShardId::new(stream, now_ms, self.next),
            parent,
            first: self.next,
            end: None,
            lineage: self.shards.last().map_or(LineageId::default(), |last| last.lineage),
        });
    }

    /// Closes the open shard. One without records uses up a number, so that its end is its own.
    pub fn close(&mut self, now: Time) {
        let next = &mut self.next;
        if let Some(open) = self.shards.last_mut().filter(|shard| shard.end.is_none()) {
            if open.first == *next {
                *next = next.next();
            }
            open.end = Some(ShardEnd {
                last: next.previous(),
                closed_ms: now.whole_ms(),
            });
        }
    }

    /// Forgets records and shards that have had their time. True if shards were among them.
    pub(super) fn trim(&mut self, now: Time) -> bool {
        let old = |record: &StreamRecord| record.at + RETENTION <= now;
        if self.records.front().is_some_and(old) {
            let records = Rc::make_mut(&mut self.records);
            while let Some(record) = records.pop_front_if(|record| old(record)) {
                self.trimmed = record.number;
            }
        }
        let shards = self.shards.len();
        let kept = |end: ShardEnd| Time::from_whole_ms(end.closed_ms) + RETENTION > now;
        self.shards.retain(|shard| shard.end.is_none_or(kept));
        self.shards.len() != shards
    }
}

/// What a change does to its item; nothing if the item stays as it was.
fn kind_of(change: &RowChange) -> Option<ChangeKind> {
    match (&change.before, &change.after) {
        (None, None) => None,
        (None, Some(_)) => Some(ChangeKind::Insert),
        (Some(_), None) => Some(ChangeKind::Remove),
        (Some(before), Some(after)) => (!same(before.item(), after.item())).then_some(ChangeKind::Modify),
    }
}

fn same(a: &Item, b: &Item) -> bool {
    a.bytes() == b.bytes() || equal_maps(a.attributes(), b.attributes())
}
