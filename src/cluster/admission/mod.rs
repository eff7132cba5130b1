//! Admission control: which requests go ahead, by the capacity of tables, indexes and partitions.
//!
//! It owns the token buckets of everything that consumes capacity. The router asks it before it sends anything, and tells it what
//! came of what it let pass. It is told the time, sends nothing, and knows nothing but settings and what was consumed: the same
//! requests at the same times get the same answers.
//!
//! In DynamoDB (Elhemali et al., USENIX ATC 2022, section 4) request routers admit requests from token buckets of their own, which
//! global admission control refills from the table's, and the nodes that hold partitions have a bucket for each, so that none is
//! overrun. Here is one router, so its buckets are the table's; and the buckets of partitions are asked at the same place, because a
//! request that a partition refuses has cost its table nothing.
//!
//! A request is let in while its buckets have anything in them. It takes the least that it can consume at once, so that requests
//! which are under way together do not all pass for the last unit, and the rest when it is known. What a write costs global
//! indexes is only known where the item is: it carries the parts of indexes that are exhausted, and the leader refuses it if it
//! would change one ([`Closed`]). That is how an index which cannot follow holds up its table.

mod bucket;
mod claim;
mod door;
mod meter;
mod outcome;
mod terms;

use super::map::{Layout, Place};
use super::message::ActorId;
use super::router::Ticket;
use super::runtime::Runtime;
use super::trace::Happened;
use crate::error::Error;
use crate::error::throttling::Access;
use crate::ordered::OrderedMap;
use crate::request::capacity::{self, Units};
use crate::request::plan::{Outcome, Work, Written};
use crate::table::{Catalog, Table};
use crate::time::Time;
use claim::{Claim, Kind};
use door::{Admitted, Door, Verdict};
use meter::Meter;
use outcome::{End, end, put_in, told};
use terms::Terms;

/// The state of admission control.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// Of every table and every global index.
    meters: OrderedMap<Place, Meter>,
    /// What was let in and has not ended.
    admitted: OrderedMap<Ticket, Admitted>,
}

impl Admission {
    /// Takes in the tables as they are now. What is new begins to save what nobody uses.
    #[inline(never)]
    pub(super) fn publish(&mut self, catalog: &Catalog, layout: &Layout, now: Time) {
        let mut meters = OrderedMap::new();
        for table in catalog.after(None) {
            let indexes = table.global_indexes.iter();
            let indexes = indexes.map(|index| Place::index(table.id, index.id));
            for place in [Place::table(table.id)].into_iter().chain(indexes) {
                let Some(terms) = Terms::of(table, place, partitions(layout, place)) else {
                    continue;
                };
                let meter = match self.meters.remove(&place) {
                    Some(mut known) => {
                        known.change(terms, now);
                        known
                    }
                    None => Meter::new(terms, now),
                };
                meters.insert(place, meter);
            }
        }
        self.meters = meters;
    }

    /// Decides about a request. What goes ahead stays in `work`; if nothing of it does, its result is returned.
    #[inline(never)]
    pub(super) fn admit(&mut self, ticket: Ticket, work: &mut Work, now: Time) -> Option<Result<Outcome, Error>> {
        let mut door = Door::new(&mut self.meters, now);
        match door.judge(work) {
            Ok(Verdict::Passes(admitted)) => {
                self.admitted.insert(ticket, admitted);
                None
            }
            Ok(Verdict::Unmetered) => None,
            Ok(Verdict::Over(outcome)) => Some(Ok(outcome)),
            Err(error) => Some(Err(error)),
        }
    }

    /// A request has ended. What of it was not let in takes its place in the result.
    #[inline(never)]
    pub(super) fn settle(&mut self, ticket: Ticket, result: &mut Result<Outcome, Error>, out: &mut Runtime) {
        if let Some(admitted) = self.admitted.remove(&ticket) {
            for (at, claim) in admitted.claims.iter().enumerate() {
                self.charge(claim, &end(result, at), out.now());
            }
            if !admitted.refused.is_empty() {
                put_in(result, admitted.refused);
            }
        }
        for reason in told(result) {
            out.note(ActorId::Router, Happened::Throttled(Box::new(reason)));
        }
    }

    fn charge(&mut self, claim: &Claim, end: &End<'_>, now: Time) {
        let consumed = match end {
            End::Read(item) => claim.consumed_by_read(*item),
            End::Wrote(written) => {
                self.charge_indexes(&claim.table, written, now);
                claim.consumed_by_write(written)
            }
            End::Replayed(bytes) => {
                if let Some(meter) = self.meters.get_mut(&claim.place) {
                    meter.take(Access::Read, claim.hash, capacity::transacted_read(*bytes), now);
                }
                Units::NONE
            }
            End::Walked(page) => match claim.kind {
                Kind::Walk { source, consistent } => capacity::page(&claim.table, source, consistent, page).total(),
                Kind::Get { .. } | Kind::TransactGet | Kind::Write | Kind::TransactWrite => claim.taken,
            },
            End::Throttled => Units::NONE,
            End::Failed => claim.taken,
        };
        if let Some(meter) = self.meters.get_mut(&claim.place) {
            meter.take(claim.access(), claim.hash, consumed.beyond(claim.taken), now);
            meter.put_back(claim.access(), claim.hash, claim.taken.beyond(consumed));
        }
    }

    fn charge_indexes(&mut self, table: &Table, written: &Written, now: Time) {
        for index in &table.global_indexes {
            let Some(meter) = self.meters.get_mut(&Place::index(table.id, index.id)) else {
                continue;
            };
            let (before, after) = (written.before.as_ref(), written.after.as_ref());
            for (hash, units) in capacity::entry_writes(table, index, before, after) {
                meter.take(Access::Write, hash, units, now);
            }
        }
    }
}

fn partitions(layout: &Layout, place: Place) -> usize {
    layout.get(place).map_or(1, |partitions| partitions.all().len())
}
