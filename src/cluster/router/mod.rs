//! The request router: sends each part of a request to the partition that owns it, gathers the answers in order.
//!
//! The router holds no data. It knows tables and partitions as the admin actor last published them, and the requests that have
//! not been answered. Consistent reads and all writes go to the leader of a partition, other reads to any of its replicas.

mod answers;
mod requests;

use requests::{Gathered, Parts, Requests, Visiting};

use crate::cluster::admission::Admission;
use crate::cluster::contributors::Contributors;
use crate::cluster::lineage::StreamMessage;
use crate::cluster::map::{Layout, Partition, Partitions, Place};
use crate::cluster::message::{ActorId, ControlMessage, ReplicaId, RequestId, TransactionMessage};
use crate::cluster::random::{Purpose, Random};
use crate::cluster::runtime::Runtime;
use crate::error::{Error, Missing};
use crate::replica::{self, Part, ToLeader};
use crate::request::plan::{Control, Get, Outcome, ShardRead, Source, Walk, Work, Write};
use crate::table::Catalog;
use std::collections::VecDeque;
use std::rc::Rc;

/// Names a request to whoever made it, until it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u32);

/// A request that has been answered.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The request.
    pub ticket: Ticket,
    /// What came of it.
    pub result: Result<Outcome, Error>,
}

/// The router actor.
#[derive(Clone, Debug)]
pub struct Router {
    catalog: Rc<Catalog>,
    layout: Rc<Layout>,
    requests: Requests,
    tickets: u32,
    reads: Random,
    completed: VecDeque<Completion>,
    contributors: Contributors,
    /// Only where requests are throttled.
    admission: Option<Box<Admission>>,
}

impl Router {
    /// A router that knows no table. It throttles requests, or does not.
    pub fn new(seed: u64, throttling: bool) -> Self {
        Router {
            catalog: Rc::new(Catalog::new()),
            layout: Rc::new(Layout::default()),
            requests: Requests::default(),
            tickets: 0,
            reads: Random::new(seed, Purpose::Reads),
            completed: VecDeque::new(),
            contributors: Contributors::default(),
            admission: throttling.then(Box::default),
        }
    }

    /// The tables, as requests are to be planned.
    pub fn catalog(&self) -> &Rc<Catalog> {
        &self.catalog
    }
    /// The partitions, as requests are routed.
    pub fn layout(&self) -> &Rc<Layout> {
        &self.layout
    }
    /// The keys that were asked for most.
    pub fn contributors(&self) -> &Contributors {
        &self.contributors
    }
    /// The next request that has been answered.
    pub fn next_completion(&mut self) -> Option<Completion> {
        self.completed.pop_front()
    }
    /// Number of requests that have been answered and not been taken.
    pub fn completions(&self) -> usize {
        self.completed.len()
    }
    /// Number of requests that have not been answered.
    pub fn pending(&self) -> usize {
        self.requests.len()
    }

    /// Takes in a request from outside the cluster. Its completion follows, at once or later.
    pub fn submit(&mut self, mut work: Work, out: &mut Runtime) -> Ticket {
        self.tickets = self.tickets.wrapping_add(1);
        let ticket = Ticket(self.tickets);
        self.contributors.begin(ticket, &work);
        if let Some(admission) = &mut self.admission
            && let Some(result) = admission.admit(ticket, &mut work, out.now())
        {
            self.complete(ticket, result, out);
            return ticket;
        }
        match work {
            Work::Get(get) => self.submit_get(ticket, get, out),
            Work::BatchGet(gets) => self.submit_gets(ticket, gets, out),
            Work::Write(write) => self.submit_write(ticket, write, out),
            Work::BatchWrite(writes) => self.submit_writes(ticket, writes, out),
            Work::Walk(walk) => self.submit_walk(ticket, walk, Vec::new(), out),
            Work::Walks(mut walks) => {
                walks.reverse();
                match walks.pop() {
                    Some(first) => self.submit_walk(ticket, Rc::new(first), walks, out),
                    None => self.complete(ticket, Ok(Outcome::Walked(Box::default())), out),
                }
            }
            Work::Shard(read) => self.submit_shard_read(ticket, read, out),
            Work::TransactWrite(transaction) => {
                self.submit_transaction(ticket, out, |request, layout| TransactionMessage::Write {
                    request,
                    transaction,
                    layout,
                });
            }
            Work::TransactGet(gets) => {
                self.submit_transaction(ticket, out, |request, layout| TransactionMessage::Read {
                    request,
                    gets,
                    layout,
                });
            }
            Work::Control(control) => self.submit_control(ticket, control, out),
            Work::Answer => self.complete(ticket, Ok(Outcome::Answered), out),
        }
        ticket
    }

    fn submit_get(&mut self, ticket: Ticket, get: Box<Get>, out: &mut Runtime) {
        let Some(replica) = self.reader_of(&get) else {
            return self.complete(ticket, Err(not_found()), out);
        };
        let request = self.requests.open(ticket, Gathered::Got);
        send(out, replica, replica::Message::Get { request, part: 0, get });
    }

    #[inline(never)]
    fn submit_gets(&mut self, ticket: Ticket, gets: Vec<Get>, out: &mut Runtime) {
        if gets.is_empty() {
            return self.complete(ticket, Ok(Outcome::BatchGot(Vec::new())), out);
        }
        let request = self
            .requests
            .open(ticket, Gathered::BatchGot(Parts::missing(gets.len())));
        for (part, get) in (0..).zip(gets) {
            let Some(replica) = self.reader_of(&get) else {
                return self.fail(request, not_found(), out);
            };
            let get = Box::new(get);
            send(out, replica, replica::Message::Get { request, part, get });
        }
    }

    /// The replica that is asked for an item; none if its table is gone.
    fn reader_of(&mut self, get: &Get) -> Option<ReplicaId> {
        let partitions = self.layout.get(Place::table(get.table.id))?;
        let partition = partitions.owner(get.key.hash)?;
        Some(if get.consistent {
            partition.leader
        } else {
            any(&mut self.reads, partition)
        })
    }

    fn submit_write(&mut self, ticket: Ticket, write: Box<Write>, out: &mut Runtime) {
        let Some(leader) = leader_of(&self.layout, &write) else {
            return self.complete(ticket, Err(not_found()), out);
        };
        let request = self.requests.open(ticket, Gathered::Wrote);
        let write = ToLeader::Write {
            request,
            part: 0,
            write,
        };
        send(out, leader, write.into());
    }

    /// Sends the writes of a batch leader by leader, each leader's in the order of the request.
    #[inline(never)]
    fn submit_writes(&mut self, ticket: Ticket, writes: Vec<Write>, out: &mut Runtime) {
        if writes.is_empty() {
            return self.complete(ticket, Ok(Outcome::BatchWrote(Vec::new())), out);
        }
        let count = writes.len();
        let mut batches: Vec<(ReplicaId, Vec<(Part, Write)>)> = Vec::with_capacity(1);
        for (part, write) in (0..).zip(writes) {
            let Some(leader) = leader_of(&self.layout, &write) else {
                return self.complete(ticket, Err(not_found()), out);
            };
            match batches.iter_mut().find(|(batch, _)| *batch == leader) {
                Some((_, batch)) => batch.push((part, write)),
                None => batches.push((leader, vec![(part, write)])),
            }
        }
        let request = self.requests.open(ticket, Gathered::BatchWrote(Parts::missing(count)));
        for (leader, writes) in batches {
            send(out, leader, ToLeader::WriteMany { request, writes }.into());
        }
    }

    /// The replicas that a walk visits, the first at the end; none if what it walks is gone.
    fn visits(&mut self, walk: &Walk) -> Option<Vec<ReplicaId>> {
        let place = match walk.source {
            Source::Table | Source::Local(_) => Place::table(walk.table.id),
            Source::Global(index) | Source::Vector(index) => Place::index(walk.table.id, index),
        };
        let partitions = self.layout.get(place)?;
        Some(visits(&mut self.reads, partitions, walk))
    }

    #[inline(never)]
    fn submit_walk(&mut self, ticket: Ticket, walk: Rc<Walk>, further: Vec<Walk>, out: &mut Runtime) {
        let Some(mut rest) = self.visits(&walk) else {
            return self.complete(ticket, Err(not_found()), out);
        };
        let Some(first) = rest.pop() else {
            return self.complete(ticket, Ok(Outcome::Walked(Box::default())), out);
        };
        let request = self.requests.open(
            ticket,
            Gathered::Walk(Visiting {
                walk: Rc::clone(&walk),
                rest,
                further,
            }),
        );
        let page = Box::default();
        send(out, first, replica::Message::Walk { request, walk, page });
    }

    #[inline(never)]
    fn submit_shard_read(&mut self, ticket: Ticket, read: Box<ShardRead>, out: &mut Runtime) {
        let lineage = ActorId::Lineage(read.lineage);
        let request = self.requests.open(ticket, Gathered::Shard);
        out.send(ActorId::Router, lineage, StreamMessage::Ask { request, read }.into());
    }

    /// Hands a transaction to the coordinator, with the partitions as they are now.
    #[inline(never)]
    fn submit_transaction(
        &mut self,
        ticket: Ticket,
        out: &mut Runtime,
        message: impl FnOnce(RequestId, Rc<Layout>) -> TransactionMessage,
    ) {
        let request = self.requests.open(ticket, Gathered::Transaction);
        let message = message(request, Rc::clone(&self.layout));
        out.send(ActorId::Router, ActorId::Coordinator, message.into());
    }

    #[inline(never)]
    fn submit_control(&mut self, ticket: Ticket, control: Control, out: &mut Runtime) {
        let request = self.requests.open(ticket, Gathered::Control);
        let control = Box::new(control);
        out.send(
            ActorId::Router,
            ActorId::Admin,
            ControlMessage::Request { request, control }.into(),
        );
    }

    fn fail(&mut self, request: RequestId, error: Error, out: &mut Runtime) {
        if let Some(pending) = self.requests.close(request) {
            self.complete(pending.ticket, Err(error), out);
        }
    }

    fn complete(&mut self, ticket: Ticket, mut result: Result<Outcome, Error>, out: &mut Runtime) {
        if let Some(admission) = &mut self.admission {
            admission.settle(ticket, &mut result, out);
        }
        self.contributors.end(ticket, &result);
        self.completed.push_back(Completion { ticket, result });
    }
}

/// The replicas to ask for a page, the first to ask at the end.
fn visits(reads: &mut Random, partitions: &Partitions, walk: &Walk) -> Vec<ReplicaId> {
    let mut replicas: Vec<ReplicaId> = partitions
        .owners(&walk.hashes)
        .iter()
        .map(|partition| {
            if walk.consistent {
                partition.leader
            } else {
                any(reads, partition)
            }
        })
        .collect();
    if walk.forward {
        replicas.reverse();
    }
    replicas
}

fn any(reads: &mut Random, partition: &Partition) -> ReplicaId {
    let at = reads.below(partition.replicas.len() as u64);
    partition.replicas.get(at as usize).copied().unwrap_or(partition.leader)
}

fn leader_of(layout: &Layout, write: &Write) -> Option<ReplicaId> {
    let partitions = layout.get(Place::table(write.table.id))?;
    Some(partitions.owner(write.key.hash)?.leader)
}

fn send(out: &mut Runtime, replica: ReplicaId, message: replica::Message) {
    out.send(ActorId::Router, ActorId::Replica(replica), message.into());
}

/// The table was deleted between planning and routing, or between routing and arrival.
pub(in crate::cluster) fn not_found() -> Error {
    Error::ResourceNotFoundException(Missing::Resource)
}
