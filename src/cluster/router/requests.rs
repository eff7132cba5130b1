//! The requests that have not been answered, and what each has gathered so far.
//!
//! A request is named by its place and by how many have used the place before it: an answer to one that has failed meanwhile
//! finds nothing, even if somebody else has the place.

use super::Ticket;
use crate::cluster::message::{ReplicaId, RequestId};
use crate::error::Error;
use crate::replica::Part;
use crate::request::plan::{Walk, Written};
use crate::value::Item;
use std::rc::Rc;

/// The requests that have not been answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    slots: Vec<Slot>,
    /// Places that nobody uses.
    free: Vec<u32>,
}

/// A place for a request.
#[derive(Clone, Debug)]
struct Slot {
    generation: u32,
    pending: Option<Pending>,
}

/// A request that has not been answered.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) ticket: Ticket,
    pub(super) gathered: Gathered,
}

/// What has been answered of a request.
#[derive(Clone, Debug)]
pub(super) enum Gathered {
    /// One read, answered whole.
    Got,
    /// Items that are there.
    BatchGot(Parts<Item>),
    /// One write, answered whole.
    Wrote,
    /// What came of writes.
    BatchWrote(Parts<Result<Box<Written>, Error>>),
    /// A page.
    Walk(Visiting),
    /// An operation on a shard, answered whole.
    Shard,
    /// A table operation, answered whole.
    Control,
    /// A transaction, answered whole.
    Transaction,
}

/// Where a page is on its way.
#[derive(Clone, Debug)]
pub(super) struct Visiting {
    pub(super) walk: Rc<Walk>,
    /// The replicas to visit after the one that has the page now, last first.
    pub(super) rest: Vec<ReplicaId>,
    /// The walks behind this one, last first.
    pub(super) further: Vec<Walk>,
}

/// The answers to a request of many parts, by part.
#[derive(Clone, Debug)]
pub(super) struct Parts<T> {
    answers: Vec<Option<T>>,
    missing: usize,
}

impl<T: Clone> Parts<T> {
    /// So many parts, none of them answered.
    pub(super) fn missing(count: usize) -> Self {
        Parts {
            answers: vec![None; count],
            missing: count,
        }
    }

    /// Takes in the answer to a part, which may be that there is nothing. True if no part is missing any more.
    pub(super) fn take_in(&mut self, part: Part, answer: Option<T>) -> bool {
        if let Some(place) = self.answers.get_mut(part as usize) {
            debug_assert!(place.is_none(), "a part is answered once");
            *place = answer;
        }
        self.missing -= 1;
        self.missing == 0
    }

    /// The answers, in the order of the parts.
    pub(super) fn into_answers(self) -> Vec<Option<T>> {
        self.answers
    }
}

impl Requests {
    /// Number of requests.
    pub(super) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Gives a request a place until it is closed.
    pub(super) fn open(&mut self, ticket: Ticket, gathered: Gathered) -> RequestId {
        let pending = Some(Pending { ticket, gathered });
        if let Some(slot) = self.free.pop()
            && let Some(place) = self.slots.get_mut(slot as usize)
        {
            place.pending = pending;
            return RequestId {
                slot,
                generation: place.generation,
            };
        }
        let slot = self.slots.len() as u32;
        self.slots.push(Slot { generation: 0, pending });
        RequestId { slot, generation: 0 }
    }

    /// What a request has gathered; `None` if it has been closed.
    pub(super) fn gathered(&mut self, request: RequestId) -> Option<&mut Gathered> {
        let slot = self.slots.get_mut(request.slot as usize)?;
        // An answer to a request that has failed meanwhile: somebody else may use its place now.
        if slot.generation != request.generation {
            return None;
        }
        Some(&mut slot.pending.as_mut()?.gathered)
    }

    /// Takes a request out; `None` if that has been done.
    pub(super) fn close(&mut self, request: RequestId) -> Option<Pending> {
        let slot = self.slots.get_mut(request.slot as usize)?;
        if slot.generation != request.generation {
            return None;
        }
        let pending = slot.pending.take()?;
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(request.slot);
        Some(pending)
    }
}
