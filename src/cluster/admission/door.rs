//! Lets requests in: asks their buckets, and takes what they cost at least.

use super::claim::Claim;
use super::meter::Meter;
use crate::cluster::map::Place;
use crate::error::throttling::{Access, Limit};
use crate::error::{CancellationReason, Error, ThrottlingReason};
use crate::ordered::OrderedMap;
use crate::request::plan::{Closed, ClosedEntries, Outcome, Work};
use crate::table::Table;
use crate::time::Time;
use crate::value::key::PartitionHash;
use std::rc::Rc;

/// A request that was let in, or a part of it.
#[derive(Clone, Debug)]
pub(super) struct Admitted {
    /// What of it goes ahead, in order.
    pub claims: Vec<Claim>,
    /// What does not, by its place in the request, in order.
    pub refused: Vec<(usize, Error)>,
}

/// What becomes of a request. One that is refused as a whole is an error instead.
pub(super) enum Verdict {
    /// It goes ahead, or what is left of it does.
    Passes(Admitted),
    /// It goes ahead and consumes nothing that is metered.
    Unmetered,
    /// Every part of it was refused, and this is what it comes to.
    Over(Outcome),
}

/// Lets requests in at one moment.
pub(super) struct Door<'a> {
    meters: &'a mut OrderedMap<Place, Meter>,
    now: Time,
}

impl<'a> Door<'a> {
    pub fn new(meters: &'a mut OrderedMap<Place, Meter>, now: Time) -> Self {
        Door { meters, now }
    }

    /// Decides about a request. What is refused of it is taken out of `work`; what stays learns which index entries it must not change.
    pub fn judge(&mut self, work: &mut Work) -> Result<Verdict, Error> {
        let admitted = match work {
            Work::Get(get) => self.whole(Claim::get(get))?,
            Work::BatchGet(gets) => {
                let admitted = self.part(gets, Claim::get);
                if gets.is_empty() {
                    return Ok(Verdict::Over(Outcome::BatchGotSome(errors(admitted.refused))));
                }
                admitted
            }
            Work::BatchWrite(writes) => {
                let admitted = self.part(writes, Claim::write);
                if writes.is_empty() {
                    return Ok(Verdict::Over(Outcome::BatchWrote(errors(admitted.refused))));
                }
                for write in writes {
                    write.closed = self.closed(&write.table);
                }
                admitted
            }
            Work::Write(write) => {
                write.closed = self.closed(&write.table);
                self.whole(Claim::write(write))?
            }
            Work::TransactWrite(transaction) => {
                let actions = transaction.actions.iter();
                let claims = actions.map(|write| Some(Claim::transact_write(write.as_ref().ok()?)));
                // One that is invalid will be cancelled, and is told so.
                let Some(claims) = claims.collect() else {
                    return Ok(Verdict::Unmetered);
                };
                for write in transaction.actions.iter_mut().flatten() {
                    write.closed = self.closed(&write.table);
                }
                self.all(claims)?
            }
            Work::TransactGet(gets) => {
                let claims = gets.iter().map(|get| Some(Claim::transact_get(get.as_ref().ok()?)));
                let Some(claims) = claims.collect() else {
                    return Ok(Verdict::Unmetered);
                };
                self.all(claims)?
            }
            Work::Walk(walk) => match Claim::walk(walk) {
                Some(claim) => self.whole(claim)?,
                None => return Ok(Verdict::Unmetered),
            },
            // They go over one table or index, and make one page.
            Work::Walks(walks) => match walks.first().and_then(Claim::walk) {
                Some(claim) => self.whole(claim)?,
                None => return Ok(Verdict::Unmetered),
            },
            Work::Shard(_) | Work::Control(_) | Work::Answer => return Ok(Verdict::Unmetered),
        };
        Ok(Verdict::Passes(admitted))
    }

    /// Everything that stands against a claim.
    fn objections(&mut self, claim: &Claim) -> Vec<ThrottlingReason> {
        let (now, access) = (self.now, claim.access());
        // What is gone is told by the router.
        let Some(meter) = self.meters.get_mut(&claim.place) else {
            return Vec::new();
        };
        let provisioned = meter.is_provisioned();
        let whole = meter.exhausted(access, now);
        let range = meter
            .is_range_exhausted(access, claim.hash, now)
            .then_some(Limit::KeyRange);
        let limits = whole.into_iter().chain(range);
        limits
            .map(|limit| reason(&claim.table, claim.place, access, limit, provisioned))
            .collect()
    }

    fn take(&mut self, claim: &Claim) {
        if let Some(meter) = self.meters.get_mut(&claim.place) {
            meter.take(claim.access(), claim.hash, claim.taken, self.now);
        }
    }

    /// Lets in a request of one action.
    fn whole(&mut self, claim: Claim) -> Result<Admitted, Error> {
        let objections = self.objections(&claim);
        if !objections.is_empty() {
            return Err(Error::throttled(objections));
        }
        self.take(&claim);
        Ok(Admitted {
            claims: vec![claim],
            refused: Vec::new(),
        })
    }

    /// Lets in what may go ahead of a batch, and takes the rest out of it.
    fn part<T>(&mut self, actions: &mut Vec<T>, claim: impl Fn(&T) -> Claim) -> Admitted {
        let mut admitted = Admitted {
            claims: Vec::with_capacity(actions.len()),
            refused: Vec::new(),
        };
        let mut at = 0;
        actions.retain(|action| {
            let claim = claim(action);
            let objections = self.objections(&claim);
            let passes = objections.is_empty();
            if passes {
                self.take(&claim);
                admitted.claims.push(claim);
            } else {
                admitted.refused.push((at, Error::throttled(objections)));
            }
            at += 1;
            passes
        });
        admitted
    }

    /// Lets in all of a transaction or nothing.
    fn all(&mut self, claims: Vec<Claim>) -> Result<Admitted, Error> {
        let objections: Vec<_> = claims.iter().map(|claim| self.objections(claim)).collect();
        if objections.iter().any(|objections| !objections.is_empty()) {
            let reason = |objections: Vec<ThrottlingReason>| match objections.is_empty() {
                true => Ok(CancellationReason::None),
                false => CancellationReason::of(Error::throttled(objections)),
            };
            let reasons = objections.into_iter().map(reason).collect::<Result<_, _>>()?;
            return Err(Error::TransactionCanceledException { reasons });
        }
        for claim in &claims {
            self.take(claim);
        }
        Ok(Admitted {
            claims,
            refused: Vec::new(),
        })
    }

    /// The parts of a table's global indexes that take no more writes now.
    fn closed(&mut self, table: &Table) -> Option<Rc<Closed>> {
        let now = self.now;
        let mut closed = Vec::new();
        for index in &table.global_indexes {
            let place = Place::index(table.id, index.id);
            let Some(meter) = self.meters.get_mut(&place) else {
                continue;
            };
            let provisioned = meter.is_provisioned();
            let whole = meter.exhausted(Access::Write, now);
            let ranges = meter.exhausted_ranges(Access::Write, now);
            let all = PartitionHash(0)..=PartitionHash(u64::MAX);
            let parts = whole.map(|limit| (all, limit)).into_iter();
            let parts = parts.chain(ranges.into_iter().map(|hashes| (hashes, Limit::KeyRange)));
            closed.extend(parts.map(|(hashes, limit)| ClosedEntries {
                index: index.id,
                hashes,
                reason: reason(table, place, Access::Write, limit, provisioned),
            }));
        }
        (!closed.is_empty()).then(|| Rc::new(Closed(closed)))
    }
}

fn reason(table: &Table, place: Place, access: Access, limit: Limit, provisioned: bool) -> ThrottlingReason {
    let mut indexes = table.global_indexes.iter();
    let index = indexes.find(|index| Some(index.id) == place.index);
    ThrottlingReason {
        access,
        limit,
        provisioned,
        table: table.name.as_str().to_owned(),
        index: index.map(|index| index.name.as_str().to_owned()),
        resource: String::new(),
    }
}

fn errors<T>(refused: Vec<(usize, Error)>) -> Vec<Result<T, Error>> {
    refused.into_iter().map(|(_, error)| Err(error)).collect()
}
