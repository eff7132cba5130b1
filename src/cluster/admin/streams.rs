//! AutoAdmin's part in streams: which actors read which partitions, and what becomes of what they have recorded.

use super::{Admin, Effect, Output, Step, take};
use crate::cluster::lineage::{Lineage, RETENTION, Recording, StreamMessage};
use crate::cluster::map::{Partition, Place};
use crate::cluster::message::{ActorId, LineageId};
use crate::table::{
    ChangeStream, History, Shard, ShardId, StreamId, StreamReader, StreamStatus, StreamView, Table, TableId, TableName,
};
use crate::time::{Span, Time};
use std::rc::Rc;

impl Admin {
    /// Takes in what a lineage says.
    #[inline(never)]
    pub(in crate::cluster) fn on_stream(&mut self, message: StreamMessage, out: &mut Output<'_>) {
        match message {
            StreamMessage::Shards {
                stream,
                lineage,
                shards,
            } => {
                if shards.is_empty() {
                    out.effects.push(Effect::Forget(lineage));
                }
                self.replace_shards(stream, lineage, shards);
                self.tell_router(out);
            }
            StreamMessage::Begin | StreamMessage::End | StreamMessage::Ask { .. } | StreamMessage::Told { .. } => {
                debug_assert!(false, "this is not for the admin actor");
            }
        }
    }

    /// Puts a lineage's shards in the place of those that it had. Each lineage's stay together, oldest first.
    fn replace_shards(&mut self, stream: StreamId, lineage: LineageId, shards: Vec<Shard>) {
        if let Some(stream) = self.stream_mut(stream) {
            let at = stream.shards.iter().position(|shard| shard.lineage == lineage);
            stream.shards.retain(|shard| shard.lineage != lineage);
            let at = at.unwrap_or(stream.shards.len());
            stream.shards.splice(at..at, shards);
        }
    }

    fn stream_mut(&mut self, id: StreamId) -> Option<&mut ChangeStream> {
        let streams = self.catalog.streams_mut().iter_mut();
        let mut streams = streams.filter(|stream| stream.id == id);
        streams.next().map(Rc::make_mut)
    }

    /// The label of a stream that is enabled now: this moment, or the next at which no stream of a table of that name was.
    pub(super) fn next_label(&self, table: &TableName, now_ms: u64) -> u64 {
        let named = self
            .catalog
            .streams()
            .iter()
            .filter(|stream| stream.table_name == *table);
        let last = named.map(|stream| stream.label_ms).max();
        last.map_or(now_ms, |last| now_ms.max(last + 1))
    }

    /// Makes the stream that a table is to have from now on.
    #[inline(never)]
    pub(super) fn begin_stream(&mut self, table: &mut Table, out: &mut Output<'_>) {
        let label_ms = self.next_label(&table.name, out.runtime.now().whole_ms());
        let Some(stream) = &mut table.stream else { return };
        stream.enabled_ms = label_ms;
        if let Some(view) = stream.view {
            self.open_stream(table, view, label_ms, StreamReader::Anyone, out);
        }
    }

    /// Makes a stream of a table's changes from here on.
    pub(super) fn open_stream(
        &mut self,
        table: &Table,
        view: StreamView,
        label_ms: u64,
        reader: StreamReader,
        out: &mut Output<'_>,
    ) -> StreamId {
        let id = StreamId(take(&mut self.next.stream));
        let status = StreamStatus::Enabling;
        let stream = ChangeStream {
            id,
            table: table.id,
            table_name: table.name.clone(),
            schema: table.schema.clone(),
            view,
            label_ms,
            status: if self.options.transient_states {
                status
            } else {
                status.settled()
            },
            reader,
            shards: Vec::new(),
        };
        self.catalog.streams_mut().push(Rc::new(stream));
        self.attach(id, Vec::new(), out);
        id
    }

    /// Gives every partition of a stream's table a lineage of the stream. Histories go on where they fit the partitions; those
    /// of other partitions end, and the new ones follow on them.
    fn attach(&mut self, id: StreamId, histories: Vec<History>, out: &mut Output<'_>) {
        let Some(stream) = self.stream_mut(id).map(|stream| stream.clone()) else {
            return;
        };
        let now = out.runtime.now();
        let partitions = match stream.status.is_recording() {
            true => self.layout.get(Place::table(stream.table)).cloned(),
            false => None,
        };
        let partitions: &[Partition] = partitions.as_ref().map_or(&[], |partitions| partitions.all());
        let firsts = histories.iter().map(|history| history.first_hash);
        let fits = firsts.eq(partitions.iter().map(|partition| partition.first));
        let recording = Rc::new(Recording {
            stream: id,
            schema: stream.schema.clone(),
            view: stream.view,
        });
        let lanes = histories.len() as u32;
        let parent_of = |partition: &Partition, histories: &[History]| -> Option<ShardId> {
            let at = histories.partition_point(|history| history.first_hash <= partition.first);
            Some(histories.get(at.checked_sub(1)?)?.shards.last()?.id)
        };
        let mut opened = Vec::new();
        if !fits {
            for (lane, partition) in (lanes..).zip(partitions) {
                let mut history = History::new(partition.first, lane);
                history.open(id, parent_of(partition, &histories), now.whole_ms());
                opened.push((history, Some(partition.leader)));
            }
        }
        let kept = histories.into_iter().enumerate().map(|(at, mut history)| {
            let leader = partitions.get(at).filter(|_| fits).map(|partition| partition.leader);
            if leader.is_none() {
                history.close(now);
            }
            (history, leader)
        });
        let mut shards = Vec::new();
        for (history, leader) in kept.collect::<Vec<_>>().into_iter().chain(opened) {
            let actor = LineageId(take(&mut self.next.lineage));
            let lineage = Lineage::new(actor, Rc::clone(&recording), history, leader);
            shards.extend_from_slice(&lineage.history().shards);
            out.effects.push(Effect::Lineage(Box::new(lineage)));
            if leader.is_some() {
                out.tell(ActorId::Lineage(actor), StreamMessage::Begin);
            }
        }
        if let Some(stream) = self.stream_mut(id) {
            stream.shards = shards;
        }
    }

    /// Takes in a stream as it was stored, behind its table: restoring, before anything is served.
    pub(in crate::cluster) fn restore_stream(
        &mut self,
        mut stream: ChangeStream,
        histories: Vec<History>,
        out: &mut Output<'_>,
    ) {
        self.next.stream = self.next.stream.max(stream.id.0 + 1);
        stream.status = stream.status.settled();
        let id = stream.id;
        if let StreamStatus::Disabled(at) = stream.status {
            self.expire_stream(id, at, out);
        }
        self.catalog.streams_mut().push(Rc::new(stream));
        self.attach(id, histories, out);
        self.tell_router(out);
    }

    /// Has a stream's lineages take in what is committed by now, and no more.
    pub(super) fn close_stream(&mut self, id: StreamId, out: &mut Output<'_>) {
        let now_ms = out.runtime.now().whole_ms();
        let transient = self.options.transient_states;
        let Some(stream) = self.stream_mut(id).filter(|stream| stream.status.is_recording()) else {
            return;
        };
        let status = StreamStatus::Disabling(now_ms);
        stream.status = if transient { status } else { status.settled() };
        let open = stream.shards.iter().filter(|shard| shard.end.is_none());
        let lineages: Vec<LineageId> = open.map(|shard| shard.lineage).collect();
        for lineage in lineages {
            out.tell(ActorId::Lineage(lineage), StreamMessage::End);
        }
        self.expire_stream(id, now_ms, out);
    }

    fn expire_stream(&self, id: StreamId, disabled_ms: u64, out: &mut Output<'_>) {
        let expiry = Time::from_whole_ms(disabled_ms) + RETENTION;
        let left = expiry.micros().saturating_sub(out.runtime.now().micros());
        out.remind(Span::from_micros(left), Step::StreamExpired(id));
    }

    /// Forgets a stream that was disabled a day ago.
    pub(super) fn forget_stream(&mut self, id: StreamId, out: &mut Output<'_>) {
        let streams = self.catalog.streams_mut();
        let gone = streams.iter().filter(|stream| stream.id == id);
        let lineages = gone.flat_map(|stream| stream.shards.iter().map(|shard| Effect::Forget(shard.lineage)));
        out.effects.extend(lineages);
        streams.retain(|stream| stream.id != id);
        self.tell_router(out);
    }

    /// The stream that a table has for callers, if it records.
    pub(super) fn own_stream(&self, table: TableId) -> Option<StreamId> {
        let own = |stream: &&Rc<ChangeStream>| {
            stream.table == table && stream.reader == StreamReader::Anyone && stream.status.is_recording()
        };
        self.catalog.streams().iter().find(own).map(|stream| stream.id)
    }

    /// Closes every stream of a table that is dropped. The leaders tell the lineages the rest as they go.
    pub(super) fn close_streams(&mut self, table: TableId, out: &mut Output<'_>) {
        let streams = self.catalog.streams().iter();
        let own: Vec<StreamId> = streams
            .filter(|stream| stream.table == table)
            .map(|stream| stream.id)
            .collect();
        for id in own {
            self.close_stream(id, out);
        }
        self.settle_streams(table);
    }

    /// Brings the states of a table's streams to rest.
    pub(super) fn settle_streams(&mut self, table: TableId) {
        for stream in self.catalog.streams_mut() {
            if stream.table == table && stream.status != stream.status.settled() {
                Rc::make_mut(stream).status = stream.status.settled();
            }
        }
    }
}
