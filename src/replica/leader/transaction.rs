//! The leader's part in transactions: decides what a transaction's writes come to, holds their rows until it ends, and writes
//! them or lets go.
//!
//! A prepared transaction is in the log, so followers know it and no new leader forgets it. Between its preparation and its end
//! nobody else writes its rows: what was decided at the preparation still holds at the end, whenever that comes. Nobody waits for
//! a held row either; who meets one is refused, so transactions cannot wait for each other in a circle.
//!
//! Transactions have logical timestamps, and a partition takes them in that order: one that is not above all it has prepared is
//! refused. The one coordinator sends preparations in the order of their timestamps over a link that keeps it, so that only what
//! is not alive any more is ever refused: a preparation that was on its way when its transaction was already given up.

use super::Leader;
use super::answer::{Collections, Waiting, collection};
use super::write::Outcome;
use crate::error::{CancellationReason, Error};
use crate::replica::log::{Change, Hold, Prepared};
use crate::replica::{
    ActorId, Core, Decision, Entries, Foreseen, LOG_ENTRIES_MAX, Outbox, Part, Prepare, Reply, RowChange, TransactionId,
};
use crate::request::plan::{Get, Write, Written};
use crate::sort;
use std::rc::Rc;

/// What transactions hold, as far as appended.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    transactions: Vec<HeldTransaction>,
    /// The newest transaction that was prepared.
    newest: TransactionId,
}

#[derive(Clone, Debug)]
struct HeldTransaction {
    prepared: Rc<Prepared>,
    /// Whose sizes belong in the last answer.
    collections: Collections,
}

impl Held {
    /// True if a transaction holds the row.
    #[inline]
    pub fn holds(&self, key: &[u8]) -> bool {
        self.transactions.iter().any(|held| held.prepared.hold(key).is_some())
    }
    fn take(&mut self, transaction: TransactionId) -> Option<HeldTransaction> {
        let of = |held: &HeldTransaction| held.prepared.transaction == transaction;
        let at = self.transactions.iter().position(of)?;
        Some(self.transactions.remove(at))
    }
}

impl Leader {
    /// The rows as a transaction of reads finds them.
    #[inline(never)]
    pub(super) fn on_look(
        core: &Core,
        from: ActorId,
        transaction: TransactionId,
        gets: Vec<(Part, Get)>,
        out: &mut impl Outbox,
    ) {
        let look = |(part, get): (Part, Get)| (part, core.state.look(get.key.bytes.as_bytes()));
        let seen = Ok(gets.into_iter().map(look).collect());
        out.reply(from, Reply::Looked { transaction, seen });
    }

    #[inline(never)]
    pub(super) fn on_prepare(&mut self, core: &mut Core, from: ActorId, prepare: Prepare, out: &mut impl Outbox) {
        let transaction = prepare.transaction;
        let mut outcomes = Vec::<(Part, Foreseen)>::with_capacity(prepare.actions.len());
        let mut changes = Vec::with_capacity(prepare.actions.len());
        let mut held = Vec::with_capacity(prepare.actions.len());
        let mut collections = Collections::new();
        for (part, write) in prepare.actions {
            let ranges = collection(part, &write);
            let key = write.key.bytes.clone();
            match self.foresee(core, transaction, write).map_err(CancellationReason::of) {
                Ok((change, written)) => {
                    let writes = change.is_some();
                    changes.extend(change);
                    collections.extend(ranges);
                    held.push(Hold { key, writes });
                    outcomes.push((part, Ok(written)));
                }
                Err(Ok(reason)) => outcomes.push((part, Err(reason))),
                Err(Err(error)) => {
                    self.answer(core, from, Reply::unprepared(transaction, error), Vec::new(), out);
                    return;
                }
            }
        }
        let is_prepared = outcomes.iter().all(|(_, outcome)| outcome.is_ok());
        let answer = Reply::Prepared {
            transaction,
            outcome: Box::new(Ok(outcomes)),
        };
        if !is_prepared {
            return self.answer(core, from, answer, Vec::new(), out);
        }
        sort::by(&mut held, |a, b| a.key.cmp(&b.key));
        let prepared = Rc::new(Prepared {
            transaction,
            record: prepare.record,
            held,
            changes,
        });
        self.held.newest = transaction;
        self.held.transactions.push(HeldTransaction {
            prepared: Rc::clone(&prepared),
            collections,
        });
        self.append_answered(core, from, Change::Prepare(prepared), answer, Vec::new(), out);
    }

    /// What a write of a transaction will come to.
    fn foresee(
        &self,
        core: &Core,
        transaction: TransactionId,
        write: Write,
    ) -> Result<(Option<RowChange>, Written), Error> {
        if core.log.len() >= LOG_ENTRIES_MAX {
            return Err(Error::ThrottlingException { reasons: Vec::new() });
        }
        if transaction <= self.held.newest || self.held.holds(write.key.bytes.as_bytes()) {
            return Err(Error::TransactionConflictException);
        }
        Ok(match self.decide(core, &write)? {
            Outcome::Change(change, written) => (Some(change), *written),
            Outcome::Nothing(written) => (None, *written),
        })
    }

    #[inline(never)]
    pub(super) fn on_decide(
        &mut self,
        core: &mut Core,
        from: ActorId,
        transaction: TransactionId,
        decision: Decision,
        out: &mut impl Outbox,
    ) {
        // What is still to come of the transaction, if anything is, comes too late.
        self.held.newest = self.held.newest.max(transaction);
        let collections = Vec::new();
        let answer = Reply::Decided {
            transaction,
            collections,
        };
        let Some(held) = self.held.take(transaction) else {
            // It was refused here, or has ended before.
            return self.answer(core, from, answer, Vec::new(), out);
        };
        let (change, collections) = match decision {
            Decision::Commit => (Change::Commit(held.prepared), held.collections),
            Decision::Cancel => (Change::Cancel(transaction), Vec::new()),
        };
        self.append_answered(core, from, change, answer, collections, out);
    }

    /// Appends and replicates a change that is answered when it is committed.
    fn append_answered(
        &mut self,
        core: &mut Core,
        to: ActorId,
        change: Change,
        answer: Reply,
        collections: Collections,
        out: &mut impl Outbox,
    ) {
        let entry = self.append(core, change);
        self.waiting.push_back(Waiting {
            sequence: entry.sequence,
            to,
            answer,
            collections,
        });
        self.replicate(core, Entries::One(entry), out);
    }
}
