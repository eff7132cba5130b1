//! The sweeper of a partition: has the leader delete items that have expired.
//!
//! It reads the partition's committed log and keeps every row that will expire, sorted by when. It owns nothing else, so there is
//! nothing to store. It sets one timer, for the earliest expiry; while nothing is to expire there is none. Sweeps take place at
//! whole steps of [`SWEEP_STEP`], so an item stays readable for a little while after it has expired, as on AWS. The leader
//! decides by the item as it then is: one that was written again in the meantime stays.

use super::lineage::StreamMessage;
use super::message::{ActorId, ControlMessage, ReplicaId, RequestId, SweeperId};
use super::runtime::Runtime;
use super::subscription::Subscription;
use crate::btree::Tree;
use crate::replica::{Entry, Feed, Reply, Row, Subscribed, ToLeader};
use crate::request::plan::{Action, OnFailure, Write};
use crate::table::{AttributeName, Expiry, RowKey, Table};
use crate::time::{Span, Time};
use crate::value::key::{OrderedBytes, PartitionHash};
use std::rc::Rc;

/// Sweeps take place at whole multiples of this.
pub const SWEEP_STEP: Span = Span::from_ms(5_000);

/// Most items that one sweep deletes. The next one follows a step later.
const SWEEP_ROWS_MAX: usize = 1_000;

/// The sweeper actor.
#[derive(Clone, Debug)]
pub struct Sweeper {
    id: SweeperId,
    table: Rc<Table>,
    attribute: AttributeName,
    subscription: Subscription,
    /// Rows that expire, by their expiry's big-endian bytes and their key.
    expiring: Tree<Row>,
    /// When the timer that was set last goes off.
    alarm: Option<Time>,
    sweeps: u32,
}

impl Sweeper {
    /// A sweeper of the partition that `leader` leads, not begun.
    pub fn new(id: SweeperId, table: Rc<Table>, attribute: AttributeName, leader: ReplicaId) -> Self {
        Sweeper {
            id,
            table,
            attribute,
            subscription: Subscription::new(leader),
            expiring: Tree::new(),
            alarm: None,
            sweeps: 0,
        }
    }

    /// Its address.
    pub fn id(&self) -> SweeperId {
        self.id
    }

    /// Takes in what the admin actor says.
    pub fn on_stream(&mut self, message: &StreamMessage, out: &mut Runtime) {
        let own = ActorId::Sweeper(self.id);
        match message {
            StreamMessage::Begin => self.subscription.subscribe(own, out),
            StreamMessage::End => self.subscription.send(own, ToLeader::Unsubscribe, out),
            StreamMessage::Shards { .. } | StreamMessage::Ask { .. } | StreamMessage::Told { .. } => {
                debug_assert!(false, "this is not for a sweeper");
            }
        }
    }

    /// Takes in its own timer.
    pub fn on_control(&mut self, message: &ControlMessage, out: &mut Runtime) {
        debug_assert!(matches!(message, ControlMessage::Tick), "this is not for a sweeper");
        if self.alarm.is_some_and(|alarm| alarm <= out.now()) {
            self.alarm = None;
            self.sweep(out);
            self.set_alarm(out);
        }
    }

    /// Takes in what the partition's leader says.
    pub fn on_reply(&mut self, reply: Reply, out: &mut Runtime) {
        let own = ActorId::Sweeper(self.id);
        let (expiring, attribute, now) = (&mut self.expiring, &self.attribute, out.now());
        match reply {
            Reply::Feed(Feed::Subscribed(subscribed)) => {
                let Subscribed { position, rows } = *subscribed;
                for row in rows.iter() {
                    note(expiring, row, attribute, now);
                }
                self.subscription
                    .on_subscribed(position, &mut |entry| follow(expiring, entry, attribute, now));
            }
            Reply::Feed(Feed::Entries(entries)) => {
                let mut take = |entry: &Entry| follow(expiring, entry, attribute, now);
                self.subscription.on_feed(own, &entries, out, &mut take);
            }
            // The log tells what became of it; what was refused is found again.
            Reply::Wrote { .. } | Reply::Failed { .. } => {}
            other => debug_assert!(false, "a sweeper is not told {}", other.kind()),
        }
        self.set_alarm(out);
    }

    /// Has the leader delete what has expired.
    fn sweep(&mut self, out: &mut Runtime) {
        let now = out.now();
        let mut writes = Vec::new();
        for (part, row) in (0..).zip(self.expiring.iter().take(SWEEP_ROWS_MAX)) {
            let Some((expiry, key)) = parts(row) else { break };
            if !expiry.is_due(now) {
                break;
            }
            let action = Action::Expire {
                attribute: self.attribute.clone(),
                now,
            };
            let write = Write {
                table: Rc::clone(&self.table),
                key,
                action,
                condition: None,
                on_failure: OnFailure::Refuse,
                closed: None,
            };
            writes.push((part, write));
        }
        if !writes.is_empty() {
            self.sweeps = self.sweeps.wrapping_add(1);
            let request = RequestId {
                slot: 0,
                generation: self.sweeps,
            };
            let own = ActorId::Sweeper(self.id);
            self.subscription
                .send(own, ToLeader::WriteMany { request, writes }, out);
        }
    }

    /// Sets a timer for the earliest expiry, unless one goes off by then.
    fn set_alarm(&mut self, out: &mut Runtime) {
        let Some((expiry, _)) = self.expiring.iter().next().and_then(parts) else {
            return;
        };
        let expired = Time::from_whole_ms(expiry.0.saturating_mul(1000)).max(out.now());
        let step = SWEEP_STEP.micros();
        let alarm = Time::from_micros((expired.micros() / step + 1).saturating_mul(step));
        if self.alarm.is_none_or(|set| alarm < set) {
            self.alarm = Some(alarm);
            let after = Span::from_micros(alarm.micros() - out.now().micros());
            out.remind(ActorId::Sweeper(self.id), after, ControlMessage::Tick.into());
        }
    }
}

/// Takes in an entry of the log.
fn follow(expiring: &mut Tree<Row>, entry: &Entry, attribute: &AttributeName, now: Time) {
    for change in entry.change.rows() {
        if let Some(before) = &change.before
            && let Some(expiry) = Expiry::of(before.item(), attribute)
        {
            expiring.remove(&place(expiry, before));
        }
        if let Some(after) = &change.after {
            note(expiring, after, attribute, now);
        }
    }
}

/// Notes a row that will expire.
fn note(expiring: &mut Tree<Row>, row: &Row, attribute: &AttributeName, now: Time) {
    if let Some(expiry) = Expiry::of(row.item(), attribute)
        && !expiry.is_forgotten(now)
    {
        let key = OrderedBytes::from(place(expiry, row));
        expiring.insert(Row::of_size(key, row.item().clone(), 0));
    }
}

/// Where a row sorts among those that expire.
fn place(expiry: Expiry, row: &Row) -> Vec<u8> {
    let mut key = Vec::with_capacity(EXPIRY_BYTES + row.key().len());
    key.extend_from_slice(&expiry.0.to_be_bytes());
    key.extend_from_slice(row.key());
    key
}

const EXPIRY_BYTES: usize = size_of::<u64>();

/// The expiry and the key of the row that stands at a place.
fn parts(row: &Row) -> Option<(Expiry, RowKey)> {
    let (expiry, key) = row.key().split_first_chunk::<EXPIRY_BYTES>()?;
    let hash = key.first_chunk().map(|hash| PartitionHash(u64::from_be_bytes(*hash)))?;
    let bytes = OrderedBytes::new(key);
    Some((Expiry(u64::from_be_bytes(*expiry)), RowKey { hash, bytes }))
}
