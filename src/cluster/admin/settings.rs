//! What a table is given beside its definition: the expiry of its items and their sweepers, Kinesis destinations, tags, policies,
//! Contributor Insights; and how such settings come to rest.

use super::{Admin, Effect, OBSERVING, Output, STREAM_SETTLING, Step, take};
use crate::cluster::lineage::StreamMessage;
use crate::cluster::map::Place;
use crate::cluster::message::{ActorId, RequestId, SweeperId};
use crate::cluster::sweeper::Sweeper;
use crate::error::Error;
use crate::table::{
    Annotation, KinesisAsked, KinesisChange, KinesisDestination, KinesisStatus, StreamReader, StreamView, Table,
    TableId, TableStatistics, TimeToLiveChange, annotate, insights_settled,
};
use std::rc::Rc;

impl Admin {
    /// UpdateTimeToLive.
    #[inline(never)]
    pub(super) fn change_time_to_live(
        &mut self,
        request: RequestId,
        table: &Table,
        change: TimeToLiveChange,
        out: &mut Output<'_>,
    ) {
        let (id, mut next) = (table.id, table.clone());
        match change.applied(next.time_to_live.as_ref(), out.runtime.now().whole_ms()) {
            Ok(changed) => next.time_to_live = Some(changed),
            Err(fault) => return out.fail(request, Error::invalid(fault)),
        }
        self.publish(next.clone(), out);
        if self.options.transient_states {
            out.remind(STREAM_SETTLING, Step::TimeToLive(id));
        } else {
            self.settle_time_to_live(id, out);
        }
        self.answer(request, Rc::new(next), TableStatistics::default(), out);
    }

    /// Brings a table's time to live to rest: sweepers begin, or end.
    pub(super) fn settle_time_to_live(&mut self, id: TableId, out: &mut Output<'_>) {
        let Some(mut next) = self.table(id).map(|table| Table::clone(table)) else {
            return;
        };
        if let Some(setting) = &mut next.time_to_live {
            setting.status = setting.status.settled();
        }
        self.publish(next, out);
        self.end_sweepers(id, out);
        self.begin_sweepers(id, out);
    }

    /// Gives every partition of a table whose items expire a sweeper.
    pub(super) fn begin_sweepers(&mut self, id: TableId, out: &mut Output<'_>) {
        let Some(table) = self.table(id).cloned() else { return };
        let setting = table.time_to_live.as_ref();
        let Some(setting) = setting.filter(|setting| setting.status.is_on()) else {
            return;
        };
        let partitions = self.layout.get(Place::table(id)).cloned();
        for partition in partitions.iter().flat_map(|partitions| partitions.all()) {
            let actor = SweeperId(take(&mut self.next.sweeper));
            let sweeper = Sweeper::new(actor, Rc::clone(&table), setting.attribute.clone(), partition.leader);
            out.effects.push(Effect::Sweeper(Box::new(sweeper)));
            out.tell(ActorId::Sweeper(actor), StreamMessage::Begin);
            self.sweepers.push((id, actor));
        }
    }

    pub(super) fn end_sweepers(&mut self, table: TableId, out: &mut Output<'_>) {
        self.sweepers.retain(|(swept, actor)| {
            if *swept == table {
                out.tell(ActorId::Sweeper(*actor), StreamMessage::End);
            }
            *swept != table
        });
    }

    /// Enables, disables or updates a Kinesis destination.
    #[inline(never)]
    pub(super) fn change_kinesis(
        &mut self,
        request: RequestId,
        table: &Table,
        change: &KinesisChange,
        out: &mut Output<'_>,
    ) {
        if let Err(fault) = change.check(table) {
            return out.fail(request, Error::invalid(fault));
        }
        let (id, mut next) = (table.id, table.clone());
        match change.asked {
            KinesisAsked::Enable(precision) => {
                let reader = StreamReader::Kinesis(Rc::clone(&change.arn));
                let label_ms = self.next_label(&next.name, out.runtime.now().whole_ms());
                let stream = self.open_stream(&next, StreamView::NewAndOldImages, label_ms, reader, out);
                next.kinesis.retain(|known| known.arn != change.arn);
                next.kinesis.push(KinesisDestination {
                    arn: Rc::clone(&change.arn),
                    status: KinesisStatus::Enabling,
                    precision,
                    stream,
                });
            }
            KinesisAsked::Disable => {
                let stream = next.destination_mut(&change.arn).map(|known| {
                    known.status = KinesisStatus::Disabling;
                    known.stream
                });
                if let Some(stream) = stream {
                    self.close_stream(stream, out);
                }
            }
            KinesisAsked::Update(precision) => {
                if let Some(known) = next.destination_mut(&change.arn) {
                    known.status = KinesisStatus::Updating;
                    known.precision = precision;
                }
            }
        }
        self.publish(next.clone(), out);
        if self.options.transient_states {
            out.remind(STREAM_SETTLING, Step::Kinesis(id));
        } else {
            self.settle_kinesis(id, out);
        }
        self.answer(request, Rc::new(next), TableStatistics::default(), out);
    }

    /// Brings the states of a table's Kinesis destinations to rest.
    pub(super) fn settle_kinesis(&mut self, id: TableId, out: &mut Output<'_>) {
        let Some(mut next) = self.table(id).map(|table| Table::clone(table)) else {
            return;
        };
        self.settle_streams(id);
        next.settle_kinesis();
        self.publish(next, out);
    }

    /// Changes what a table carries beside its definition. The answer shows Contributor Insights on their way; without transient
    /// states they have arrived by the next request.
    #[inline(never)]
    pub(super) fn annotate(
        &mut self,
        request: RequestId,
        planned: &Table,
        table: &Table,
        change: &Annotation,
        out: &mut Output<'_>,
    ) {
        let now_ms = out.runtime.now().whole_ms();
        let next = match annotate(planned, table, change, now_ms, self.options.transient_states) {
            Ok(next) => next,
            Err(error) => return out.fail(request, error),
        };
        if self.options.transient_states {
            self.publish(next.clone(), out);
            if matches!(change, Annotation::Insights { .. }) {
                out.remind(OBSERVING, Step::Observed(table.id));
            }
        } else {
            self.publish(insights_settled(&next), out);
        }
        self.answer(request, Rc::new(next), TableStatistics::default(), out);
    }
}
