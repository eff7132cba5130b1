//! A transaction of reads: two looks at every item. If no item was written between the looks, and none was about to be, then all
//! of them stood like that at the same moment, between the two. One look is enough where one partition has them all.

use super::{Coordinator, answer, owner};
use crate::cluster::map::Layout;
use crate::cluster::message::{ActorId, ReplicaId, RequestId, TransactionId};
use crate::cluster::router::not_found;
use crate::cluster::runtime::Runtime;
use crate::error::{CancellationReason, Error, Invalid};
use crate::replica::{Part, Seen, ToLeader};
use crate::request::plan::{Get, Outcome};

/// A transaction of reads that is not over.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub id: TransactionId,
    pub request: RequestId,
    /// What is read where.
    pub gets: Vec<(ReplicaId, Vec<(Part, Get)>)>,
    /// The look that is being taken.
    pub look: Look,
    /// Items that have yet to be seen in this look.
    missing: usize,
    /// What each item was like at the last look.
    seen: Vec<Option<Seen>>,
    /// Which items have been written, or are about to be.
    disturbed: Vec<bool>,
}

/// One of the two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    First,
    Last,
}

impl Reading {
    /// A transaction that has not looked at anything.
    pub fn new(id: TransactionId, request: RequestId, gets: Vec<(ReplicaId, Vec<(Part, Get)>)>) -> Self {
        let count = gets.iter().map(|(_, gets)| gets.len()).sum();
        Reading {
            id,
            request,
            look: if gets.len() > 1 { Look::First } else { Look::Last },
            gets,
            missing: count,
            seen: vec![None; count],
            disturbed: vec![false; count],
        }
    }

    /// Takes in what a partition has shown. True if the look is complete.
    pub fn on_seen(&mut self, seen: Vec<(Part, Seen)>) -> bool {
        for (part, seen) in seen {
            let (Some(place), Some(disturbed)) =
                (self.seen.get_mut(part as usize), self.disturbed.get_mut(part as usize))
            else {
                continue;
            };
            let changed = place.as_ref().is_some_and(|earlier| !seen.is_unchanged_since(earlier));
            *disturbed |= seen.pending || changed;
            *place = Some(seen);
            self.missing = self.missing.saturating_sub(1);
        }
        self.missing == 0
    }

    /// Goes on to the last look, unless it was taken or what has been seen is enough to give up.
    pub fn looks_again(&mut self) -> bool {
        if self.look == Look::Last || self.disturbed.contains(&true) {
            return false;
        }
        self.look = Look::Last;
        self.missing = self.seen.len();
        true
    }

    /// What the looks have come to.
    pub fn result(self) -> Result<Outcome, Error> {
        if self.disturbed.contains(&true) {
            let reason = |disturbed| match disturbed {
                true => CancellationReason::TransactionConflict,
                false => CancellationReason::None,
            };
            return Err(Error::TransactionCanceledException {
                reasons: self.disturbed.into_iter().map(reason).collect(),
            });
        }
        let item = |seen: Option<Seen>| Some(seen?.row?.item().clone());
        Ok(Outcome::BatchGot(self.seen.into_iter().map(item).collect()))
    }
}

impl Coordinator {
    pub(super) fn on_read(
        &mut self,
        request: RequestId,
        gets: Vec<Result<Get, Invalid>>,
        layout: &Layout,
        out: &mut Runtime,
    ) {
        if gets.iter().any(Result::is_err) {
            let reason = |get: Result<Get, Invalid>| match get {
                Ok(_) => CancellationReason::None,
                Err(cause) => CancellationReason::ValidationError(cause),
            };
            let reasons = gets.into_iter().map(reason).collect();
            return answer(out, request, Err(Error::TransactionCanceledException { reasons }));
        }
        let mut shares: Vec<(ReplicaId, Vec<(Part, Get)>)> = Vec::with_capacity(1);
        for (part, get) in (0..).zip(gets.into_iter().flatten()) {
            let Some(partition) = owner(layout, &get.table, get.key.hash) else {
                return answer(out, request, Err(not_found()));
            };
            match shares.iter_mut().find(|(leader, _)| *leader == partition.leader) {
                Some((_, share)) => share.push((part, get)),
                None => shares.push((partition.leader, vec![(part, get)])),
            }
        }
        let id = self.next_id();
        let reading = Reading::new(id, request, shares);
        look(&reading, out);
        self.reads.push(reading);
    }

    pub(super) fn on_looked(
        &mut self,
        id: TransactionId,
        seen: Result<Vec<(Part, Seen)>, Box<Error>>,
        out: &mut Runtime,
    ) {
        let Some(at) = self.reads.iter().position(|reading| reading.id == id) else {
            return;
        };
        let Some(reading) = self.reads.get_mut(at) else { return };
        let error = match seen {
            Ok(seen) => {
                if !reading.on_seen(seen) {
                    return;
                }
                if reading.looks_again() {
                    return look(reading, out);
                }
                None
            }
            Err(error) => Some(*error),
        };
        let reading = self.reads.remove(at);
        let request = reading.request;
        answer(out, request, error.map_or_else(|| reading.result(), Err));
    }
}

fn look(reading: &Reading, out: &mut Runtime) {
    for (leader, gets) in &reading.gets {
        let message = ToLeader::Look {
            transaction: reading.id,
            gets: gets.clone(),
        };
        out.send(ActorId::Coordinator, ActorId::Replica(*leader), message.into());
    }
}
