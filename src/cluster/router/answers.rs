//! Answers: what replicas, the admin actor, lineages and the transaction coordinator say to the router, and what each makes of
//! the request that waits for it.

use super::requests::Gathered;
use super::{Router, not_found, send};
use crate::cluster::lineage::StreamMessage;
use crate::cluster::message::{ControlMessage, RequestId, TransactionMessage};
use crate::cluster::runtime::Runtime;
use crate::error::Error;
use crate::replica::{self, Got, Part, Reply};
use crate::request::plan::{Outcome, Walk, Walked, Written};
use std::rc::Rc;

impl Router {
    /// Takes in what a replica answers, or what stands for an answer.
    pub fn on_reply(&mut self, reply: Reply, out: &mut Runtime) {
        match reply {
            Reply::Wrote { request, part, written } => self.on_written(request, part, Ok(written), out),
            Reply::Failed { request, part, error } => self.on_written(request, part, Err(*error), out),
            Reply::Walked { request, page, ended } => self.on_walked(request, page, ended, out),
            Reply::Measured { .. }
            | Reply::Prepared { .. }
            | Reply::Decided { .. }
            | Reply::Looked { .. }
            | Reply::Feed(_)
            | Reply::IndexWritten { .. } => debug_assert!(false, "this is not for the router"),
        }
    }

    /// Takes in what the admin actor says.
    #[inline(never)]
    pub fn on_control(&mut self, message: ControlMessage, out: &mut Runtime) {
        match message {
            ControlMessage::Published { catalog, layout } => {
                self.contributors.publish(&catalog);
                if let Some(admission) = &mut self.admission {
                    admission.publish(&catalog, &layout, out.now());
                }
                self.catalog = catalog;
                self.layout = layout;
            }
            ControlMessage::Table {
                request,
                table,
                statistics,
            } => {
                if let Some(pending) = self.requests.close(request) {
                    debug_assert!(matches!(pending.gathered, Gathered::Control));
                    self.complete(pending.ticket, Ok(Outcome::Table(table, statistics)), out);
                }
            }
            ControlMessage::Request { .. }
            | ControlMessage::Start(_)
            | ControlMessage::Stop
            | ControlMessage::Filled { .. }
            | ControlMessage::Step(_)
            | ControlMessage::Tick => debug_assert!(false, "this is not for the router"),
        }
    }

    /// Takes in what a lineage says.
    #[inline(never)]
    pub fn on_stream(&mut self, message: StreamMessage, out: &mut Runtime) {
        match message {
            StreamMessage::Told { request, told } => {
                if let Some(pending) = self.requests.close(request) {
                    debug_assert!(matches!(pending.gathered, Gathered::Shard));
                    self.complete(pending.ticket, Ok(Outcome::Shard(told)), out);
                }
            }
            StreamMessage::Begin | StreamMessage::End | StreamMessage::Shards { .. } | StreamMessage::Ask { .. } => {
                debug_assert!(false, "this is not for the router");
            }
        }
    }

    /// Takes in what the transaction coordinator says.
    #[inline(never)]
    pub fn on_transaction(&mut self, message: TransactionMessage, out: &mut Runtime) {
        let TransactionMessage::Done { request, result } = message else {
            debug_assert!(false, "this is not for the router");
            return;
        };
        if let Some(pending) = self.requests.close(request) {
            debug_assert!(matches!(pending.gathered, Gathered::Transaction));
            self.complete(pending.ticket, *result, out);
        }
    }

    /// Takes in an item.
    pub fn on_got(&mut self, got: Got, out: &mut Runtime) {
        let Got { request, part, item } = got;
        if let Some(Gathered::BatchGot(parts)) = self.requests.gathered(request) {
            if parts.take_in(part, item)
                && let Some(pending) = self.requests.close(request)
                && let Gathered::BatchGot(parts) = pending.gathered
            {
                self.complete(pending.ticket, Ok(Outcome::BatchGot(parts.into_answers())), out);
            }
        } else if let Some(pending) = self.requests.close(request) {
            debug_assert!(matches!(pending.gathered, Gathered::Got));
            self.complete(pending.ticket, Ok(Outcome::Got(item)), out);
        }
    }

    fn on_written(&mut self, request: RequestId, part: Part, result: Result<Box<Written>, Error>, out: &mut Runtime) {
        if let Some(Gathered::BatchWrote(parts)) = self.requests.gathered(request) {
            if parts.take_in(part, Some(result))
                && let Some(pending) = self.requests.close(request)
                && let Gathered::BatchWrote(parts) = pending.gathered
            {
                let results = parts.into_answers().into_iter().flatten().collect();
                self.complete(pending.ticket, Ok(Outcome::BatchWrote(results)), out);
            }
        } else if let Some(pending) = self.requests.close(request) {
            // Everything else is answered whole, and a failure of any part is a failure of the whole.
            self.complete(pending.ticket, result.map(Outcome::Wrote), out);
        }
    }

    #[inline(never)]
    fn on_walked(&mut self, request: RequestId, page: Box<Walked>, ended: bool, out: &mut Runtime) {
        let Some(Gathered::Walk(visiting)) = self.requests.gathered(request) else {
            return;
        };
        let next = if ended { None } else { visiting.rest.pop() };
        if let Some(replica) = next {
            let walk = Rc::clone(&visiting.walk);
            return send(out, replica, replica::Message::Walk { request, walk, page });
        }
        match visiting.further.pop().filter(|_| !ended) {
            Some(walk) => self.go_on(request, walk, page, out),
            None => {
                if let Some(pending) = self.requests.close(request) {
                    self.complete(pending.ticket, Ok(Outcome::Walked(page)), out);
                }
            }
        }
    }

    /// The page of a walk that has ended goes on in the next one.
    fn go_on(&mut self, request: RequestId, walk: Walk, page: Box<Walked>, out: &mut Runtime) {
        let Some(mut visits) = self.visits(&walk) else {
            return self.fail(request, not_found(), out);
        };
        let walk = Rc::new(walk);
        let first = visits.pop();
        if let Some(Gathered::Walk(visiting)) = self.requests.gathered(request) {
            visiting.walk = Rc::clone(&walk);
            visiting.rest = visits;
        }
        match first {
            Some(replica) => send(out, replica, replica::Message::Walk { request, walk, page }),
            None => self.on_walked(request, page, false, out),
        }
    }
}
