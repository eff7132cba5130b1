//! The transaction coordinator: transactions of writes and of reads, as in 'Distributed Transactions at Scale in Amazon DynamoDB'
//! (USENIX ATC 2023).
//!
//! A transaction of writes has two phases. The partitions *prepare* it: they decide what its writes come to and hold the rows.
//! When all have, the coordinator writes that into its ledger, and in this moment the transaction has happened; then it has the
//! partitions *commit*. If one refuses, the others are told to *cancel*. Nobody waits for a held row: whoever meets one is refused.
//!
//! The coordinator can be lost at any moment. The next one has nothing but the [`ledger`]: it cancels what was not decided and
//! commits what was, so no row is held for ever. Transactions that arrive meanwhile wait for that.

pub mod ledger;
mod live;
mod read;
mod write;

use super::map::{Layout, Partition, Place};
use super::message::{ActorId, Opened, PartitionId, ReplicaId, RequestId, TransactionId, TransactionMessage};
use super::runtime::Runtime;
use crate::error::Error;
use crate::limits;
use crate::replica::{self, Decision, Part, Reply, ToLeader};
use crate::request::plan::{Outcome, Walked, Write};
use crate::table::Table;
use crate::time::Time;
use crate::value::key::PartitionHash;
use ledger::{Ledger, Progress, Record};
use live::{Live, Participant, Phase};
use read::Reading;
use std::collections::VecDeque;
use std::rc::Rc;

/// The coordinator actor.
#[derive(Clone, Debug, Default)]
pub struct Coordinator {
    access: Access,
    /// Transactions that wait for the ledger to be open.
    waiting: VecDeque<TransactionMessage>,
    /// Transactions of writes that are not over, in the order of their identifiers.
    live: Vec<Live>,
    /// Transactions of reads that are not over.
    reads: Vec<Reading>,
    /// The identifier given last.
    newest: TransactionId,
    /// When the ledger was last swept of what has expired.
    swept: Time,
    sweeping: bool,
}

/// What the coordinator knows of its ledger.
#[derive(Clone, Debug, Default)]
enum Access {
    /// Nothing: no transaction has needed one.
    #[default]
    Closed,
    /// The admin actor has been asked where it is.
    Opening,
    /// This incarnation is being marked in it.
    Marking(Rc<Ledger>, Rc<Layout>),
    /// Transactions of an earlier incarnation are being looked for in it.
    Recovering(Rc<Ledger>, Rc<Layout>),
    /// It can be used.
    Open(Rc<Ledger>),
}

/// Which of a transaction's writes to the ledger is answered.
const BEGIN: Part = 0;
const DECIDE: Part = 1;
/// Nothing waits for these.
const END: Part = 2;
const MARK: Part = 3;

/// Names a transaction to the ledger's leader, which hands it back.
fn request_of(TransactionId(id): TransactionId) -> RequestId {
    RequestId {
        slot: id as u32,
        generation: (id >> 32) as u32,
    }
}

fn transaction_of(RequestId { slot, generation }: RequestId) -> TransactionId {
    TransactionId(u64::from(generation) << 32 | u64::from(slot))
}

/// How many transactions an incarnation can count.
const COUNT_BITS: u32 = 40;

impl Coordinator {
    /// Number of transactions that are not over, or not begun.
    pub fn pending(&self) -> usize {
        self.live.len() + self.reads.len() + self.waiting.len()
    }

    /// The first thing a coordinator does that takes the place of another: it looks for what that one has left.
    pub(super) fn recover(&mut self, out: &mut Runtime) {
        self.access = Access::Opening;
        tell(out, ActorId::Admin, TransactionMessage::OpenLedger);
    }

    /// The end of a coordinator: whoever waits for it learns that the connection is gone, not what became of the transaction.
    pub(super) fn abandon(self, out: &mut Runtime) {
        let live = self.live.into_iter().filter_map(|live| live.request);
        let reads = self.reads.into_iter().map(|reading| reading.request);
        let waiting = self.waiting.into_iter().filter_map(|message| message.request());
        for request in live.chain(reads).chain(waiting) {
            answer(out, request, Err(Error::InternalServerError));
        }
    }

    /// Takes in a transaction, or where the ledger is.
    #[inline(never)]
    pub(super) fn on_transaction(&mut self, message: TransactionMessage, out: &mut Runtime) {
        match message {
            TransactionMessage::Write { .. } if !self.is_open() => {
                self.waiting.push_back(message);
                if matches!(self.access, Access::Closed) {
                    self.recover(out);
                }
            }
            // Only a lost coordinator's successor has reads wait: answers to its predecessor's may be on their way.
            TransactionMessage::Read { .. } if !self.is_open() && !matches!(self.access, Access::Closed) => {
                self.waiting.push_back(message);
            }
            TransactionMessage::Write {
                request,
                transaction,
                layout,
            } => self.begin(request, *transaction, &layout, out),
            TransactionMessage::Read { request, gets, layout } => self.on_read(request, gets, &layout, out),
            TransactionMessage::Ledger(opened) => self.on_ledger(*opened, out),
            TransactionMessage::OpenLedger | TransactionMessage::Done { .. } => {
                debug_assert!(false, "this is not for the coordinator");
            }
        }
    }

    /// Takes in an answer of a replica's: of a participant, or of the ledger's leader.
    #[inline(never)]
    pub(super) fn on_reply(&mut self, from: ActorId, reply: Reply, out: &mut Runtime) {
        let ActorId::Replica(from) = from else {
            debug_assert!(false, "these are a replica's words");
            return;
        };
        match reply {
            Reply::Prepared { transaction, outcome } => self.on_prepared(transaction, from, *outcome, out),
            Reply::Decided {
                transaction,
                collections,
            } => self.on_decided(transaction, from, &collections, out),
            Reply::Looked { transaction, seen } => self.on_looked(transaction, seen, out),
            Reply::Wrote { request, part, written } => {
                self.on_recorded(transaction_of(request), part, Ok(*written), out);
            }
            Reply::Failed { request, part, error } => {
                self.on_recorded(transaction_of(request), part, Err(*error), out);
            }
            Reply::Walked { request, page, .. } => self.on_page(transaction_of(request), &page, out),
            Reply::Measured { .. } | Reply::Feed(_) | Reply::IndexWritten { .. } => {
                debug_assert!(false, "this is not for the coordinator");
            }
        }
    }

    /// The first identifier of this incarnation, which no transaction gets.
    fn incarnation(&self) -> TransactionId {
        TransactionId(self.newest.0 >> COUNT_BITS << COUNT_BITS)
    }

    fn next_id(&mut self) -> TransactionId {
        self.newest = TransactionId(self.newest.0 + 1);
        self.newest
    }

    fn is_open(&self) -> bool {
        matches!(self.access, Access::Open(_))
    }

    fn find(&self, id: TransactionId) -> Option<usize> {
        self.live.binary_search_by(|live| live.id.cmp(&id)).ok()
    }
}

/// Opening the ledger, recovery, and the sweeping of what has expired.
impl Coordinator {
    fn on_ledger(&mut self, opened: Opened, out: &mut Runtime) {
        let Opened {
            table,
            leader,
            incarnation,
            layout,
        } = opened;
        if !matches!(self.access, Access::Opening) {
            // 1. A coordinator asks, and is lost before it is answered. 2. Its successor asks, and takes the first answer for its
            // own; nobody has used what that one counts as its incarnation. 3. The second answer comes, and is of no use.
            return;
        }
        self.newest = TransactionId(u64::from(incarnation) << COUNT_BITS);
        self.swept = out.now();
        let ledger = Rc::new(Ledger::new(table, leader));
        if let Some(mark) = ledger.mark() {
            log(out, leader, self.newest, MARK, mark);
        }
        self.access = Access::Marking(ledger, layout);
    }

    fn on_marked(&mut self, out: &mut Runtime) {
        if let Access::Marking(ledger, layout) = std::mem::take(&mut self.access) {
            self.walk(&ledger, None, out);
            self.access = Access::Recovering(ledger, layout);
        }
    }

    fn walk(&self, ledger: &Ledger, after: Option<&ledger::RowName>, out: &mut Runtime) {
        let message = replica::Message::Walk {
            request: request_of(self.incarnation()),
            walk: Rc::new(ledger.walk(after)),
            page: Box::default(),
        };
        out.send(ActorId::Coordinator, ActorId::Replica(ledger.leader), message.into());
    }

    /// A page of the ledger: what it shows of an earlier incarnation's transactions is ended, what has expired is deleted.
    fn on_page(&mut self, incarnation: TransactionId, page: &Walked, out: &mut Runtime) {
        if incarnation != self.incarnation() {
            // Of a walk that an earlier incarnation had begun.
            return;
        }
        let (ledger, layout) = match &self.access {
            Access::Recovering(ledger, layout) => (Rc::clone(ledger), Some(Rc::clone(layout))),
            Access::Open(ledger) => (Rc::clone(ledger), None),
            Access::Closed | Access::Opening | Access::Marking(..) => return,
        };
        for row in &page.rows {
            let (Some(record), Some(name)) = (Record::read(row), ledger.name_of(row)) else {
                continue;
            };
            if self.live.iter().any(|live| live.name == name) {
                continue;
            }
            match (record.progress, &layout) {
                (Progress::Begun | Progress::Committing, Some(layout)) => self.take_up(record, name, layout, out),
                (Progress::Finished(_), _) if record.is_expired(out.now()) => {
                    log(out, ledger.leader, record.transaction, END, ledger.delete(&name));
                }
                // Its end was on its way to the ledger when the walk came by, or its token still stands for it.
                (Progress::Begun | Progress::Committing | Progress::Finished(_), _) => {}
            }
        }
        match page.last.as_ref().and_then(|row| ledger.name_of(row)) {
            Some(last) => self.walk(&ledger, Some(&last), out),
            None => {
                self.sweeping = false;
                self.open(ledger, out);
            }
        }
    }

    /// Ends a transaction that an earlier incarnation has left half-way.
    fn take_up(&mut self, record: Record, name: ledger::RowName, layout: &Layout, out: &mut Runtime) {
        let decision = match record.progress {
            Progress::Begun => Decision::Cancel,
            Progress::Committing | Progress::Finished(_) => Decision::Commit,
        };
        let participants = record.participants.iter().filter_map(|partition| {
            // A partition that is gone has nothing to end.
            let leader = leader_of(layout, *partition)?;
            Some(Participant {
                partition: *partition,
                leader,
                actions: Vec::new(),
                owes: false,
                may_hold: true,
            })
        });
        let live = Live {
            id: record.transaction,
            request: None,
            name,
            content: record.content,
            participants: participants.collect(),
            phase: Phase::Deciding,
            outcomes: Vec::new(),
            images: record.images,
            error: None,
        };
        let id = live.id;
        let at = self.live.partition_point(|known| known.id < id);
        self.live.insert(at, live);
        self.end(id, decision, out);
    }

    fn open(&mut self, ledger: Rc<Ledger>, out: &mut Runtime) {
        self.access = Access::Open(ledger);
        for message in std::mem::take(&mut self.waiting) {
            self.on_transaction(message, out);
        }
    }

    /// Has what has expired deleted, once in the life of a token: a row is looked at twice at most.
    fn sweep_if_due(&mut self, ledger: &Ledger, out: &mut Runtime) {
        let due = self.swept.whole_ms().saturating_add(limits::TOKEN_LIFE_MS);
        if !self.sweeping && out.now().whole_ms() >= due {
            self.sweeping = true;
            self.swept = out.now();
            self.walk(ledger, None, out);
        }
    }
}

fn owner<'l>(layout: &'l Layout, table: &Table, hash: PartitionHash) -> Option<&'l Partition> {
    layout.get(Place::table(table.id))?.owner(hash)
}

fn leader_of(layout: &Layout, partition: PartitionId) -> Option<ReplicaId> {
    let mut partitions = layout.iter().flat_map(|(_, partitions)| partitions.all());
    Some(partitions.find(|known| known.id == partition)?.leader)
}

/// Sends a write to the ledger.
fn log(out: &mut Runtime, leader: ReplicaId, transaction: TransactionId, part: Part, write: Write) {
    let message = ToLeader::Write {
        request: request_of(transaction),
        part,
        write: Box::new(write),
    };
    out.send(ActorId::Coordinator, ActorId::Replica(leader), message.into());
}

fn tell(out: &mut Runtime, to: ActorId, message: TransactionMessage) {
    out.send(ActorId::Coordinator, to, message.into());
}

fn answer(out: &mut Runtime, request: RequestId, result: Result<Outcome, Error>) {
    let result = Box::new(result);
    tell(out, ActorId::Router, TransactionMessage::Done { request, result });
}
