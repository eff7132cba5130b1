//! The cluster: every actor of a region, and the one loop that hands messages from one to another.
//!
//! It owns the actors and the [`Runtime`]. It promises that the same seed, requests and times give the same messages in the
//! same order, and that an actor changes only by a message. It reads no clock and keeps no data of its own.
//!
//! With the default network a request drains the queue and is answered within [`Cluster::submit`] and [`Cluster::step`]; on a
//! network that takes time, it is answered by a later step.
//!
//! # Who says what
//!
//! | Message | From | To | What the sender has done before |
//! |---|---|---|---|
//! | `Get`, `Walk` | router | a replica; the leader if the read is consistent | |
//! | `Got`, `Walked` | replica | router | a leader shows nothing that is not committed |
//! | `Write`, `WriteMany` | router | leader | |
//! | `Append` | leader | followers | appended the entries to its own log |
//! | `Appended` | follower | leader | appended everything up to `last` |
//! | `Wrote` | leader | router | a majority has appended the entry, the leader has applied it |
//! | `Failed` | leader | router | everything that the decision was based on is committed |
//! | `Commit` | leader | followers | a majority has appended everything up to the position |
//! | `Superseded` | replica | the sender of a message under a lower ballot | seen a higher ballot |
//! | `Subscribe`, `Unsubscribe` | propagator | base leader | |
//! | `Subscribed` | base leader | propagator | applied everything up to the position; trims nothing after it |
//! | `Feed` | base leader | propagator | committed and applied the entries |
//! | `IndexWrite` | propagator | index leader | |
//! | `IndexWritten` | index leader | propagator | committed the changes up to the position |
//! | `Fed` | propagator | base leader | had everything up to the position acknowledged by the index |
//! | `Request` | router | admin | |
//! | `Table` | admin | router | published what the table became |
//! | `Published` | admin | router | started the actors of everything in it |
//! | `Start`, `Stop` | admin | propagator | made, or dropped, the index's partitions |
//! | `Filled` | propagator | admin | had the copy of all rows acknowledged by the index |
//! | `TransactWrite`, `TransactRead` | router | coordinator | |
//! | `Write`, `Walk` | coordinator | its ledger's leader | |
//! | `Prepare` | coordinator | leader | had the transaction's first row committed by the ledger |
//! | `Prepared` | leader | coordinator | committed that it holds the rows; or holds none |
//! | `Decide` | coordinator | leader | to commit: had that committed by the ledger |
//! | `Decided` | leader | coordinator | committed the transaction's end, and applied its writes |
//! | `Look`, `Looked` | coordinator, leader | leader, coordinator | a leader shows nothing that is not committed |
//! | `Done` | coordinator | router | had every partition's `Decided` |
//! | `OpenLedger`, `Ledger` | coordinator, admin | admin, coordinator | |
//! | `Measure`, `Measured` | admin, leader | leader, admin | |
//! | `Subscribe`, `Unsubscribe`, `Fed` | lineage, sweeper | base leader | as a propagator |
//! | `Finish` | lineage | base leader | |
//! | `Finished` | base leader | lineage | gives up feeding it; has nothing committed that is not in here or acknowledged |
//! | `Begin`, `End` | admin | lineage, sweeper | published that the table has a stream, or expiring items, or no more |
//! | `Shards` | lineage | admin | opened, closed or forgotten a shard |
//! | `Ask` | router | lineage | |
//! | `Told` | lineage | router | |
//! | `WriteMany` | sweeper | base leader | seen in the log that the items have expired |
//! | `Tick`, `Step` | an actor | itself | |
//!
//! Appends, commits and everything between propagators and replicas may be lost or reordered, and is sent again until it is
//! acknowledged. Requests, answers and what the admin actor says are carried by connections, which lose only time.

mod admin;
mod admission;
mod census;
mod contributors;
mod deliver;
mod describe;
mod gone;
mod lineage;
mod map;
mod message;
mod network;
mod observe;
mod propagator;
mod random;
mod router;
mod runtime;
mod snapshot;
mod subscription;
mod sweeper;
mod trace;
mod transaction;

pub use admin::{Admin, AdminOptions, REPLICAS};
pub use admission::Admission;
pub use contributors::{CONTRIBUTORS_MAX, Contributions, Contributor};
pub use describe::{Description, PartitionDescription, ReplicaDescription};
pub use lineage::{Lineage, RETENTION, Recording, StreamMessage};
pub use map::{Layout, Partition, Partitions, Place};
pub use message::{
    ActorId, Ballot, ControlMessage, Envelope, IndexPosition, LineageId, Message, Opened, PartitionId, PropagatorId,
    ReplicaId, RequestId, SequenceNumber, SweeperId, TransactionId, TransactionMessage,
};
pub use network::{BadNetwork, Network};
pub use observe::{Chronicle, NoteDescription};
pub use propagator::Propagator;
pub use random::{Purpose, Random};
pub use router::{Completion, Router, Ticket};
pub use runtime::Runtime;
pub use snapshot::{Misfit, Restored};
pub use subscription::Subscription;
pub use sweeper::{SWEEP_STEP, Sweeper};
pub use trace::{Detail, Happened, Note, TRACE_NOTES_MAX, Trace};
pub use transaction::Coordinator;

use crate::replica::Replica;
use crate::request::plan::Work;
use crate::table::Catalog;
use crate::time::Time;
use std::rc::Rc;

/// How a cluster is set up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClusterOptions {
    /// Everything random follows from it.
    pub seed: u64,
    /// What the network does to messages.
    pub network: Network,
    /// How tables are made.
    pub admin: AdminOptions,
    /// True if requests are throttled by the capacity of what they use.
    pub throttling: bool,
}

/// All actors and what carries their messages. A clone is an independent cluster that shares rows and tree nodes, and costs
/// no more than its actors' headers.
#[derive(Clone, Debug)]
pub struct Cluster {
    runtime: Runtime,
    router: Router,
    admin: Admin,
    coordinator: Coordinator,
    /// By identifier; identifiers are never used again.
    replicas: Vec<Option<Replica>>,
    /// By identifier.
    propagators: Vec<Option<Propagator>>,
    /// By identifier.
    lineages: Vec<Option<Lineage>>,
    /// By identifier.
    sweepers: Vec<Option<Sweeper>>,
    /// Counts the changes that streams have recorded.
    recorded: u32,
}

impl Cluster {
    /// A cluster without tables.
    pub fn new(options: ClusterOptions) -> Self {
        Cluster {
            runtime: Runtime::new(options.seed, options.network),
            router: Router::new(options.seed, options.throttling),
            admin: Admin::new(options.seed, options.admin),
            coordinator: Coordinator::default(),
            replicas: Vec::new(),
            propagators: Vec::new(),
            lineages: Vec::new(),
            sweepers: Vec::new(),
            recorded: 0,
        }
    }

    /// The present moment of virtual time.
    pub fn now(&self) -> Time {
        self.runtime.now()
    }
    /// The tables, as requests are to be planned.
    pub fn catalog(&self) -> &Rc<Catalog> {
        self.router.catalog()
    }
    /// A replica that is there.
    pub fn replica(&self, id: ReplicaId) -> Option<&Replica> {
        self.replicas.get(id.0 as usize)?.as_ref()
    }
    /// The partitions as they are.
    pub fn layout(&self) -> &Layout {
        self.admin.layout()
    }
    /// Propagators that have been started, by the index they feed.
    pub fn propagators(&self) -> impl Iterator<Item = &Propagator> {
        self.propagators.iter().flatten()
    }
    /// The lineages of all streams, in the order of their identifiers.
    pub fn lineages(&self) -> impl Iterator<Item = &Lineage> {
        self.lineages.iter().flatten()
    }
    /// Counts the changes that streams have recorded, and wraps: equal figures mean that there are no new ones.
    pub fn recorded(&self) -> u32 {
        self.recorded
    }
    /// What happened.
    pub fn trace(&self) -> &Trace {
        self.runtime.trace()
    }
    /// Sets how much the trace notes.
    pub fn set_detail(&mut self, detail: Detail) {
        self.runtime.set_detail(detail);
    }
    /// The network as it is.
    pub fn network(&self) -> &Network {
        self.runtime.network()
    }
    /// Changes the network for messages sent from now on.
    pub fn set_network(&mut self, network: Network) {
        self.runtime.set_network(network);
    }

    /// Takes a request in at `now`, and lets happen what happens by then. Its completion follows, perhaps already.
    pub fn submit(&mut self, now: Time, work: Work) -> Ticket {
        // Anything that was to happen before the request does.
        if self.runtime.next_arrival().is_some() || now > self.runtime.now() {
            self.step(now);
        }
        let ticket = self.router.submit(work, &mut self.runtime);
        self.drain(now);
        ticket
    }

    /// Lets time pass to `now`: every message that arrives by then is delivered.
    pub fn step(&mut self, now: Time) {
        self.drain(now);
        self.runtime.advance(now);
    }

    /// The keys of a table, or of one of its global indexes, that were asked for most while Contributor Insights are enabled; `None` if
    /// there is no such table or index.
    pub fn contributors(&self, table: &str, index: Option<&str>) -> Option<Contributions> {
        let table = self.router.catalog().get(table)?;
        self.router.contributors().report(table, index)
    }

    /// The next request that has been answered.
    pub fn next_completion(&mut self) -> Option<Completion> {
        self.router.next_completion()
    }
    /// Number of requests that have been answered and not been taken.
    pub fn completions(&self) -> usize {
        self.router.completions()
    }
    /// Number of requests that have not been answered.
    pub fn pending(&self) -> usize {
        self.router.pending()
    }
    /// When the next message or timer is due; `None` when nothing is going on.
    pub fn next_deadline(&self) -> Option<Time> {
        self.runtime.next_arrival()
    }

    /// Loses the transaction coordinator and whatever it knew but its ledger. Another takes its place and ends what it has left
    /// half-way. Who waited for it gets an InternalServerError: the transaction may have happened or not, as with any service
    /// that fails while it answers, and its token tells.
    pub fn lose_coordinator(&mut self) {
        let lost = std::mem::take(&mut self.coordinator);
        lost.abandon(&mut self.runtime);
        self.coordinator.recover(&mut self.runtime);
        self.drain(self.now());
    }
    /// The replica that leads the transaction coordinator's ledger, once there is one.
    pub fn ledger_leader(&self) -> Option<&Replica> {
        self.replica(self.admin.ledger()?.leader)
    }
    /// The transaction coordinator.
    pub fn coordinator(&self) -> &Coordinator {
        &self.coordinator
    }

    fn drain(&mut self, until: Time) {
        while let Some(envelope) = self.runtime.next(until) {
            self.deliver(envelope);
        }
    }
}
