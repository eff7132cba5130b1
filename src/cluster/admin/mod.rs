//! AutoAdmin: makes, changes and drops tables, their partitions and their indexes.
//!
//! It owns the truth about tables, hands out every identifier, and publishes to the router what may be used. It never touches
//! a row: partitions and propagators are actors that it starts and stops. A change is answered when it is accepted, as DynamoDB
//! answers: a new table reads CREATING, a changed one UPDATING. What comes of it is there by the next request, or with
//! transient states shown, after a while.

mod indexes;
mod ledger;
mod output;
mod places;
mod restore;
mod settings;
mod streams;
mod tables;

pub use output::Effect;
pub(super) use output::Output;

use indexes::Filling;

use crate::cluster::census::{Census, Then};
use crate::cluster::map::{Layout, Partition};
use crate::cluster::message::{ActorId, ControlMessage, PartitionId, PropagatorId, RequestId, SweeperId};
use crate::cluster::random::{Purpose, Random};
use crate::error::{Error, Missing};
use crate::ordered::OrderedMap;
use crate::replica::{self, Measure};
use crate::request::plan::{Control, TableAsk};
use crate::table::{Catalog, IndexId, StreamId, Table, TableId, TableName, TableStatistics, insights_settled, settled};
use crate::time::Span;
use std::rc::Rc;

/// Replicas of a partition, one in each zone.
pub const REPLICAS: u32 = 3;

/// How long states are shown that pass: only with `transient_states`.
const CREATING: Span = Span::from_ms(5_000);
const UPDATING: Span = Span::from_ms(5_000);
const DELETING: Span = Span::from_ms(3_000);
const BACKFILLING: Span = Span::from_ms(10_000);
const STREAM_SETTLING: Span = Span::from_ms(5_000);
const OBSERVING: Span = Span::from_ms(2_000);

/// How tables are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminOptions {
    /// True if CREATING, UPDATING and DELETING are shown for a while.
    pub transient_states: bool,
    /// Partitions that a new table or index starts with.
    pub partitions: u32,
}

impl Default for AdminOptions {
    fn default() -> Self {
        AdminOptions {
            transient_states: false,
            partitions: 1,
        }
    }
}

/// What follows on a change after a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A table is made.
    Created(TableId),
    /// A table is changed, and its new index can be filled.
    Updated(TableId),
    /// A new index is complete.
    Filled(TableId, IndexId),
    /// A table is dropped.
    Deleted(TableId),
    /// A table's time to live is on, or off.
    TimeToLive(TableId),
    /// A table's Kinesis destinations are on, or off.
    Kinesis(TableId),
    /// A stream was disabled a day ago.
    StreamExpired(StreamId),
    /// Contributor Insights are switched.
    Observed(TableId),
}

/// The admin actor.
#[derive(Clone, Debug)]
pub struct Admin {
    options: AdminOptions,
    random: Random,
    catalog: Catalog,
    layout: Layout,
    names: OrderedMap<TableId, TableName>,
    propagators: OrderedMap<IndexId, Vec<PropagatorId>>,
    /// New indexes, and how many propagators have yet to copy what there was.
    filling: OrderedMap<IndexId, Filling>,
    censuses: OrderedMap<u32, Census>,
    /// The transaction coordinator's ledger, once a transaction has needed it. It is in no catalog: nobody can name it.
    ledger: Option<(Rc<Table>, Partition)>,
    /// Those that sweep, and the table of each.
    sweepers: Vec<(TableId, SweeperId)>,
    next: Next,
}

/// The identifiers that come next.
#[derive(Clone, Copy, Debug, Default)]
struct Next {
    table: u32,
    index: u32,
    partition: u32,
    replica: u32,
    propagator: u32,
    stream: u32,
    lineage: u32,
    sweeper: u32,
    census: u32,
    coordinator: u32,
}

/// Takes the next of an identifier.
fn take(counter: &mut u32) -> u32 {
    let taken = *counter;
    *counter += 1;
    taken
}

impl Admin {
    /// An admin actor without tables.
    pub fn new(seed: u64, options: AdminOptions) -> Self {
        Admin {
            options,
            random: Random::new(seed, Purpose::Tables),
            catalog: Catalog::new(),
            layout: Layout::default(),
            names: OrderedMap::new(),
            propagators: OrderedMap::new(),
            filling: OrderedMap::new(),
            censuses: OrderedMap::new(),
            ledger: None,
            sweepers: Vec::new(),
            next: Next::default(),
        }
    }

    /// The tables as they are.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }
    /// The partitions as they are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Takes in a request, an actor's report or its own timer.
    pub(super) fn on_control(&mut self, message: ControlMessage, out: &mut Output<'_>) {
        match message {
            ControlMessage::Request { request, control } => match *control {
                Control::Create(spec) => self.create(request, *spec, out),
                Control::Of(planned, ask) => self.on_ask(request, &planned, ask, out),
            },
            ControlMessage::Filled { index } => self.on_filled(index, out),
            ControlMessage::Step(step) => self.on_step(step, out),
            ControlMessage::Table { .. }
            | ControlMessage::Published { .. }
            | ControlMessage::Start(_)
            | ControlMessage::Stop
            | ControlMessage::Tick => debug_assert!(false, "this is not for the admin actor"),
        }
    }

    /// Takes in what a partition holds.
    #[inline(never)]
    pub(super) fn on_measured(&mut self, ticket: u32, partition: PartitionId, measure: &Measure, out: &mut Output<'_>) {
        let Some(census) = self.censuses.get_mut(&ticket) else {
            return;
        };
        census.count(partition, measure);
        if census.is_complete()
            && let Some(census) = self.censuses.remove(&ticket)
        {
            self.finish_census(census, out);
        }
    }

    fn table(&self, id: TableId) -> Option<&Rc<Table>> {
        self.catalog.get(self.names.get(&id)?.as_str())
    }

    /// Replaces a table's snapshot and tells the router.
    fn publish(&mut self, table: Table, out: &mut Output<'_>) {
        self.names.insert(table.id, table.name.clone());
        self.catalog.insert(Rc::new(table));
        self.tell_router(out);
    }

    fn tell_router(&self, out: &mut Output<'_>) {
        let catalog = Rc::new(self.catalog.clone());
        let layout = Rc::new(self.layout.clone());
        out.send(ActorId::Router, ControlMessage::Published { catalog, layout });
    }

    /// Does what is asked about a table as it is now. Planning saw it at `planned`; what was under way then has come first.
    #[inline(never)]
    fn on_ask(&mut self, request: RequestId, planned: &Table, ask: TableAsk, out: &mut Output<'_>) {
        let Some(table) = self.table(planned.id).cloned() else {
            let table = planned.name.to_string();
            return out.fail(request, Error::ResourceNotFoundException(Missing::Table { table }));
        };
        let refused = match &ask {
            TableAsk::Update(change) => table.check_changeable(planned, change),
            TableAsk::Delete => table.check_droppable(),
            TableAsk::TimeToLive(_) | TableAsk::Kinesis(_) => table.check_usable(),
            TableAsk::Describe | TableAsk::Annotate(_) => Ok(()),
        };
        if let Err(error) = refused {
            return out.fail(request, error);
        }
        match ask {
            TableAsk::Update(change) => self.update(request, &table, &change, out),
            TableAsk::Delete => self.delete(request, &table, out),
            TableAsk::Describe => self.census(request, table, Then::Answer, out),
            TableAsk::TimeToLive(change) => self.change_time_to_live(request, &table, change, out),
            TableAsk::Kinesis(change) => self.change_kinesis(request, &table, &change, out),
            TableAsk::Annotate(change) => self.annotate(request, planned, &table, &change, out),
        }
    }

    /// Brings to rest what was shown on its way for a while.
    #[inline(never)]
    fn on_step(&mut self, step: Step, out: &mut Output<'_>) {
        match step {
            Step::Created(table) => {
                if let Some(table) = self.table(table).cloned() {
                    self.settle_streams(table.id);
                    self.publish(settled(&table), out);
                }
            }
            Step::Updated(table) => {
                if let Some(table) = self.table(table).cloned() {
                    self.settle(&table, out);
                }
            }
            Step::Filled(table, index) => self.activate(table, index, out),
            Step::TimeToLive(table) => self.settle_time_to_live(table, out),
            Step::Kinesis(table) => self.settle_kinesis(table, out),
            Step::StreamExpired(stream) => self.forget_stream(stream, out),
            Step::Observed(table) => {
                if let Some(table) = self.table(table).cloned() {
                    self.publish(insights_settled(&table), out);
                }
            }
            Step::Deleted(table) => {
                self.forget(table, out);
                self.retire(table, out);
            }
        }
    }

    /// Asks every partition of a table what it holds, and answers with the sum.
    #[inline(never)]
    fn census(&mut self, request: RequestId, table: Rc<Table>, then: Then, out: &mut Output<'_>) {
        let ticket = take(&mut self.next.census);
        let census = Census::new(request, table, then, &self.layout);
        for (partition, leader) in census.missing() {
            let message = replica::Message::Measure { ticket, partition };
            out.runtime
                .send(ActorId::Admin, ActorId::Replica(leader), message.into());
        }
        self.censuses.insert(ticket, census);
    }

    fn finish_census(&mut self, census: Census, out: &mut Output<'_>) {
        let (request, table, then, statistics) = census.into_answer();
        let id = table.id;
        self.answer(request, table, statistics, out);
        match then {
            Then::Answer => {}
            Then::AnswerAndRetire => self.retire(id, out),
        }
    }

    fn answer(&self, request: RequestId, table: Rc<Table>, statistics: TableStatistics, out: &mut Output<'_>) {
        let statistics = Box::new(TableStatistics {
            counted_ms: out.runtime.now().whole_ms(),
            ..statistics
        });
        out.send(
            ActorId::Router,
            ControlMessage::Table {
                request,
                table,
                statistics,
            },
        );
    }
}
