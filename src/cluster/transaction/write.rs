//! Transactions of writes: from their first row in the ledger to their last, and what the partitions are asked between.

use super::ledger::{Progress, Record};
use super::live::{Live, Participant, Phase};
use super::{Access, BEGIN, Coordinator, DECIDE, END, MARK, answer, log, owner};
use crate::cluster::map::Layout;
use crate::cluster::message::{ActorId, ReplicaId, RequestId, TransactionId};
use crate::cluster::router::not_found;
use crate::cluster::runtime::Runtime;
use crate::error::{CancellationReason, Error, Invalid};
use crate::replica::{Decision, Foreseen, Part, Prepare, ToLeader};
use crate::request::plan::{Outcome, TransactWrite, Write, Written};
use crate::value::Item;
use std::rc::Rc;

impl Coordinator {
    pub(super) fn begin(&mut self, request: RequestId, transaction: TransactWrite, layout: &Layout, out: &mut Runtime) {
        let Access::Open(ledger) = &self.access else {
            debug_assert!(false, "transactions begin when the ledger is open");
            return;
        };
        let ledger = Rc::clone(ledger);
        self.sweep_if_due(&ledger, out);
        let id = self.next_id();
        let TransactWrite { actions, token } = transaction;
        let content = token.as_ref().map(|token| token.content);
        let Some(name) = ledger.name(id, token.as_ref()) else {
            return answer(out, request, Err(Error::InternalServerError));
        };
        if let Some(live) = self.live.iter().find(|live| live.name == name) {
            let error = if live.content == content {
                Error::TransactionInProgressException
            } else {
                Error::IdempotentParameterMismatchException
            };
            return answer(out, request, Err(error));
        }
        let Some((participants, outcomes)) = share(actions, layout) else {
            return answer(out, request, Err(not_found()));
        };
        let live = Live {
            id,
            request: Some(request),
            name,
            content,
            participants,
            phase: Phase::Beginning,
            outcomes,
            images: Vec::new(),
            error: None,
        };
        let first = live.record(Progress::Begun);
        let write = match content {
            Some(_) => ledger.insert(&live.name, &first),
            None => ledger.put(&live.name, &first),
        };
        log(out, ledger.leader, id, BEGIN, write);
        self.live.push(live);
    }

    /// The ledger has taken in what was written to it, or has refused it.
    pub(super) fn on_recorded(
        &mut self,
        id: TransactionId,
        part: Part,
        result: Result<Written, Error>,
        out: &mut Runtime,
    ) {
        if part == MARK && id == self.incarnation() {
            return self.on_marked(out);
        }
        let Some(at) = self.find(id) else { return };
        let Some(live) = self.live.get_mut(at) else { return };
        match (live.phase, part, result) {
            (Phase::Beginning, BEGIN, Ok(_)) => self.prepare(id, out),
            (Phase::Beginning, BEGIN, Err(Error::ConditionalCheckFailedException { item: Some(row) })) => {
                self.on_known(at, &row, out);
            }
            (Phase::Beginning, BEGIN, Err(error)) => {
                live.error = Some(error);
                self.finish(at, out);
            }
            (Phase::Deciding, DECIDE, Ok(_)) => self.end(id, Decision::Commit, out),
            // Refused before it was written: nothing is decided.
            (Phase::Deciding, DECIDE, Err(error @ Error::ThrottlingException { .. })) => {
                live.error = Some(error);
                self.end(id, Decision::Cancel, out);
            }
            // Whether it is decided is the ledger's to know, and the next incarnation's to ask.
            (Phase::Deciding, DECIDE, Err(error)) => {
                if let Some(request) = live.request.take() {
                    answer(out, request, Err(error));
                }
            }
            // The last row of a transaction, which nobody waits for, or what an earlier incarnation has written.
            (
                Phase::Beginning | Phase::Preparing | Phase::Deciding | Phase::Committing | Phase::Cancelling,
                _,
                Ok(_) | Err(_),
            ) => {}
        }
    }

    /// A transaction's token stands for another one, or did.
    fn on_known(&mut self, at: usize, row: &Item, out: &mut Runtime) {
        let Access::Open(ledger) = &self.access else { return };
        let ledger = Rc::clone(ledger);
        match Record::read(row) {
            Some(known) if !known.is_expired(out.now()) => {
                let live = self.live.remove(at);
                let result = if known.content == live.content {
                    Ok(Outcome::Replayed(known.images))
                } else {
                    Err(Error::IdempotentParameterMismatchException)
                };
                if let Some(request) = live.request {
                    answer(out, request, result);
                }
            }
            Some(_) | None => {
                // The token is free again. Transactions that began meanwhile go first: a new identifier keeps their order.
                let mut live = self.live.remove(at);
                live.id = self.next_id();
                let write = ledger.put(&live.name, &live.record(Progress::Begun));
                log(out, ledger.leader, live.id, BEGIN, write);
                self.live.push(live);
            }
        }
    }

    /// Asks the partitions to prepare.
    fn prepare(&mut self, id: TransactionId, out: &mut Runtime) {
        let Some(live) = self.find(id).and_then(|at| self.live.get_mut(at)) else {
            return;
        };
        live.phase = Phase::Preparing;
        for participant in &mut live.participants {
            participant.owes = true;
            let prepare = ToLeader::Prepare(Box::new(Prepare {
                transaction: id,
                record: live.name.key.bytes.clone(),
                actions: std::mem::take(&mut participant.actions),
            }));
            out.send(
                ActorId::Coordinator,
                ActorId::Replica(participant.leader),
                prepare.into(),
            );
        }
        self.decide_if_answered(id, out);
    }

    pub(super) fn on_prepared(
        &mut self,
        id: TransactionId,
        from: ReplicaId,
        outcome: Result<Vec<(Part, Foreseen)>, Error>,
        out: &mut Runtime,
    ) {
        let Some(live) = self.find(id).and_then(|at| self.live.get_mut(at)) else {
            return;
        };
        // An answer to an earlier incarnation, which asked before it was lost.
        if live.phase != Phase::Preparing {
            return;
        }
        if let Some(participant) = live.participant(from) {
            participant.owes = false;
            participant.may_hold = match &outcome {
                Ok(outcomes) => outcomes.iter().all(|(_, outcome)| outcome.is_ok()),
                Err(_) => true,
            };
        }
        match outcome {
            Ok(outcomes) => {
                for (part, outcome) in outcomes {
                    if let Some(place) = live.outcomes.get_mut(part as usize) {
                        *place = Some(outcome);
                    }
                }
            }
            Err(error) => live.error = Some(error),
        }
        self.decide_if_answered(id, out);
    }

    fn decide_if_answered(&mut self, id: TransactionId, out: &mut Runtime) {
        let Access::Open(ledger) = &self.access else { return };
        let Some(live) = self.find(id).and_then(|at| self.live.get_mut(at)) else {
            return;
        };
        if !live.is_answered() {
            return;
        }
        if live.is_prepared() {
            live.phase = Phase::Deciding;
            live.weigh();
            let write = ledger.put(&live.name, &live.record(Progress::Committing));
            log(out, ledger.leader, id, DECIDE, write);
        } else {
            self.end(id, Decision::Cancel, out);
        }
    }

    /// Tells the partitions how it ends.
    pub(super) fn end(&mut self, id: TransactionId, decision: Decision, out: &mut Runtime) {
        let Some(at) = self.find(id) else { return };
        let Some(live) = self.live.get_mut(at) else { return };
        live.phase = match decision {
            Decision::Commit => Phase::Committing,
            Decision::Cancel => Phase::Cancelling,
        };
        for participant in &mut live.participants {
            if participant.may_hold {
                participant.owes = true;
                let message = ToLeader::Decide {
                    transaction: id,
                    decision,
                };
                out.send(
                    ActorId::Coordinator,
                    ActorId::Replica(participant.leader),
                    message.into(),
                );
            }
        }
        if live.is_answered() {
            self.finish(at, out);
        }
    }

    pub(super) fn on_decided(
        &mut self,
        id: TransactionId,
        from: ReplicaId,
        collections: &[(Part, u64)],
        out: &mut Runtime,
    ) {
        let Some(at) = self.find(id) else { return };
        let Some(live) = self.live.get_mut(at) else { return };
        for (part, bytes) in collections {
            if let Some(Some(Ok(written))) = live.outcomes.get_mut(*part as usize) {
                written.collection_bytes = Some(*bytes);
            }
        }
        if let Some(participant) = live.participant(from) {
            participant.owes = false;
        }
        if matches!(live.phase, Phase::Committing | Phase::Cancelling) && live.is_answered() {
            self.finish(at, out);
        }
    }

    /// A transaction is over: the ledger keeps what its token needs, and whoever waits for it is answered.
    fn finish(&mut self, at: usize, out: &mut Runtime) {
        let live = self.live.remove(at);
        // What did not get its first row has no row: the one under its name, if there is one, is another transaction's.
        if live.phase != Phase::Beginning
            && let Access::Open(ledger) | Access::Recovering(ledger, _) = &self.access
        {
            let write = if live.is_remembered() {
                ledger.put(&live.name, &live.record(Progress::Finished(out.now().whole_ms())))
            } else {
                ledger.delete(&live.name)
            };
            log(out, ledger.leader, live.id, END, write);
        }
        if let Some(request) = live.request {
            answer(out, request, live.result());
        }
    }
}

/// The partitions that a transaction concerns, what it asks of each, and the outcomes that are known before anybody is asked;
/// `None` if a partition is gone.
fn share(actions: Vec<Result<Write, Invalid>>, layout: &Layout) -> Option<(Vec<Participant>, Vec<Option<Foreseen>>)> {
    let mut participants: Vec<Participant> = Vec::with_capacity(1);
    let mut outcomes = Vec::with_capacity(actions.len());
    for (part, action) in (0..).zip(actions) {
        let write = match action {
            Ok(write) => write,
            Err(cause) => {
                outcomes.push(Some(Err(CancellationReason::ValidationError(cause))));
                continue;
            }
        };
        outcomes.push(None);
        let partition = owner(layout, &write.table, write.key.hash)?;
        match participants.iter_mut().find(|known| known.partition == partition.id) {
            Some(participant) => participant.actions.push((part, write)),
            None => participants.push(Participant {
                partition: partition.id,
                leader: partition.leader,
                actions: vec![(part, write)],
                owes: false,
                may_hold: true,
            }),
        }
    }
    Some((participants, outcomes))
}
