//! The region: the one door. Flat request trees go in, flat response trees and errors come out.
//!
//! It owns a cluster and what an answer needs to know about each request that has not been answered. Whoever holds it brings
//! the time with every call; it never asks for it. With the default network every call is answered at once; on a network that
//! takes time a call is [`Answer::Pending`] and completes in a later [`Region::step`].

mod feeds;
mod restore;

pub use feeds::{Feed, FeedShard};
pub use restore::Restore;

use crate::cluster::{
    AdminOptions, BadNetwork, Chronicle, Cluster, ClusterOptions, Completion, Contributions, Description, Network,
    Ticket, Trace,
};
use crate::error::Error;
use crate::expression::ExpressionCache;
use crate::ordered::OrderedMap;
use crate::request::authorize::{Question, authorize};
use crate::request::plan::Plan;
use crate::request::policy::Principal;
use crate::request::respond::{Reply, respond};
use crate::request::{Context, Operation, dispatch};
use crate::store::snapshot::RegionImage;
use crate::table::{Catalog, IndexName, Origin, TableName};
use crate::time::Time;
use std::collections::VecDeque;
use std::rc::Rc;

/// How a region is set up.
#[derive(Clone, Debug)]
pub struct RegionOptions {
    /// Region and account that ARNs name.
    pub origin: Origin,
    /// Everything random follows from it.
    pub seed: u64,
    /// What the simulated network does to messages.
    pub network: Network,
    /// True if CREATING, UPDATING and DELETING are shown for a while.
    pub transient_states: bool,
    /// Partitions that a new table or index starts with.
    pub partitions: u32,
    /// True if requests are throttled by the capacity of what they use.
    pub throttling: bool,
}

impl Default for RegionOptions {
    fn default() -> Self {
        RegionOptions {
            origin: Origin::new("local-1", "000000000000"),
            seed: 0,
            network: Network::default(),
            transient_states: false,
            partitions: 1,
            throttling: false,
        }
    }
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Region and account that ARNs are of.
    pub origin: Origin,
    /// Who it has proven to be; where nobody proves anything, nobody is refused anything.
    pub principal: Option<Principal>,
}

/// What came of a call so far.
#[derive(Debug)]
pub enum Answer {
    /// The response, a flat tree.
    Done(Vec<u8>),
    /// The service's error.
    Failed(Error),
    /// Not answered yet.
    Pending(Ticket),
}

/// A DynamoDB region.
#[derive(Debug)]
pub struct Region {
    origin: Origin,
    seed: u64,
    cluster: Cluster,
    expressions: ExpressionCache,
    /// What the answers of pending requests need.
    waiting: OrderedMap<Ticket, Waiting>,
    completed: VecDeque<(Ticket, Result<Vec<u8>, Error>)>,
}

/// What the answer of a pending request needs.
#[derive(Debug)]
struct Waiting {
    reply: Reply,
    /// Whom its ARNs are for.
    origin: Origin,
}

impl Region {
    /// A region without tables.
    pub fn new(options: RegionOptions) -> Self {
        Region {
            cluster: Cluster::new(ClusterOptions {
                seed: options.seed,
                network: options.network,
                admin: AdminOptions {
                    transient_states: options.transient_states,
                    partitions: options.partitions,
                },
                throttling: options.throttling,
            }),
            origin: options.origin,
            seed: options.seed,
            expressions: ExpressionCache::new(),
            waiting: OrderedMap::new(),
            completed: VecDeque::new(),
        }
    }

    /// Region and account that ARNs name unless a call says otherwise.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
    /// The present moment of virtual time.
    pub fn now(&self) -> Time {
        self.cluster.now()
    }
    /// The tables.
    pub fn catalog(&self) -> &Rc<Catalog> {
        self.cluster.catalog()
    }

    /// Runs an operation at `now`. `tree` is its request: a flat map of the API's members.
    pub fn call(&mut self, now: Time, operation: Operation, tree: &[u8]) -> Answer {
        self.call_as(now, None, operation, tree)
    }

    /// Runs an operation for a caller whose credentials say who it is: ARNs are of its region, policies are asked about it.
    pub fn call_as(&mut self, now: Time, caller: Option<&Caller>, operation: Operation, tree: &[u8]) -> Answer {
        if self.cluster.next_deadline().is_some_and(|next| next <= now) {
            self.step(now);
        }
        match self.plan(caller, operation, tree) {
            Ok(plan) => self.execute(now, caller, plan),
            Err(error) => Answer::Failed(error),
        }
    }

    fn plan(&mut self, caller: Option<&Caller>, operation: Operation, tree: &[u8]) -> Result<Plan, Error> {
        let origin = caller.map_or(&self.origin, |caller| &caller.origin);
        let catalog = self.cluster.catalog();
        let context = Context {
            expressions: &mut self.expressions,
            catalog,
            origin,
        };
        let plan = dispatch(operation, tree, context)?;
        if let Some(principal) = caller.and_then(|caller| caller.principal.as_ref()) {
            let question = Question {
                principal,
                origin,
                operation,
                tree,
            };
            authorize(&question, &plan, catalog)?;
        }
        Ok(plan)
    }

    /// Carries out a plan at `now`.
    fn execute(&mut self, now: Time, caller: Option<&Caller>, plan: Plan) -> Answer {
        let Plan { work, reply } = plan;
        let ticket = self.cluster.submit(now, work);
        let mut reply = Some(reply);
        let mut answer = None;
        while let Some(completion) = self.cluster.next_completion() {
            if completion.ticket == ticket
                && let Some(reply) = reply.take()
            {
                answer = Some(completion.result.and_then(|outcome| respond(reply, outcome)));
            } else {
                self.complete(completion);
            }
        }
        let origin = caller.map_or(&self.origin, |caller| &caller.origin);
        if let Some(reply) = reply {
            let origin = origin.clone();
            self.waiting.insert(ticket, Waiting { reply, origin });
        }
        match answer {
            Some(Ok(tree)) => Answer::Done(tree),
            Some(Err(error)) => Answer::Failed(located(error, origin)),
            None => Answer::Pending(ticket),
        }
    }

    /// Lets time pass to `now`. Returns how many requests have been answered and not been taken.
    pub fn step(&mut self, now: Time) -> usize {
        self.cluster.step(now);
        while let Some(completion) = self.cluster.next_completion() {
            self.complete(completion);
        }
        self.completed.len()
    }

    fn complete(&mut self, completion: Completion) {
        // A fork goes on with what was under way, but nobody waits for it there.
        if let Some(Waiting { reply, origin }) = self.waiting.remove(&completion.ticket) {
            let result = completion.result.and_then(|outcome| respond(reply, outcome));
            let result = result.map_err(|error| located(error, &origin));
            self.completed.push_back((completion.ticket, result));
        }
    }

    /// The next request that has been answered since it was left pending.
    pub fn next_completion(&mut self) -> Option<(Ticket, Result<Vec<u8>, Error>)> {
        self.completed.pop_front()
    }
    /// Number of requests that have not been answered.
    pub fn pending(&self) -> usize {
        self.waiting.len()
    }
    /// When something will happen next; `None` when nothing is going on.
    pub fn next_deadline(&self) -> Option<Time> {
        self.cluster.next_deadline()
    }

    /// Partitions and replicas.
    pub fn describe(&self) -> Description {
        self.cluster.describe()
    }
    /// What was noted after the first `after` notes, as far as it is kept.
    pub fn chronicle(&self, after: u64) -> Chronicle {
        self.cluster.chronicle(after)
    }
    /// The keys of a table, or of one of its global indexes, that were asked for most; `None` if there is no such table or index.
    pub fn contributors(&self, table: &str, index: Option<&str>) -> Option<Contributions> {
        self.cluster.contributors(table, index)
    }
    /// What happened.
    pub fn trace(&self) -> &Trace {
        self.cluster.trace()
    }
    /// The cluster, to look at.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }
    /// Loses the transaction coordinator with all it knows but its ledger; another takes its place. What it had left half-way is
    /// ended, and its callers are answered with an InternalServerError.
    pub fn lose_coordinator(&mut self) {
        self.cluster.lose_coordinator();
        while let Some(completion) = self.cluster.next_completion() {
            self.complete(completion);
        }
    }
    /// Changes the network for messages sent from now on.
    ///
    /// # Errors
    /// [`BadNetwork`], and nothing changes.
    pub fn set_network(&mut self, latency_ms: [f64; 2], loss: f64, reorder: f64) -> Result<(), BadNetwork> {
        self.cluster.set_network(Network::new(latency_ms, loss, reorder)?);
        Ok(())
    }

    /// An independent region with the same contents, which it shares until one of them changes something. Requests that are
    /// under way take effect in both and are answered here only.
    pub fn fork(&self) -> Region {
        Region {
            origin: self.origin.clone(),
            seed: self.seed,
            cluster: self.cluster.clone(),
            expressions: ExpressionCache::new(),
            waiting: OrderedMap::new(),
            completed: VecDeque::new(),
        }
    }

    /// Everything committed, as it stands; what is written later does not change it.
    pub fn image(&self) -> RegionImage {
        self.cluster.image(self.seed)
    }
}

/// An error that says where what it is about lies, as its caller knows the place.
fn located(mut error: Error, origin: &Origin) -> Error {
    for reason in error.throttling_reasons_mut() {
        let table = TableName::new(&reason.table);
        reason.resource = match &reason.index {
            Some(index) => origin.index(&table, &IndexName::new(index)),
            None => origin.table(&table),
        };
    }
    error
}
