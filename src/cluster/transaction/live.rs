//! A transaction of writes from its beginning to its end, as its coordinator knows it. Everything here can be lost: the ledger
//! knows enough to end the transaction without it.

use super::ledger::{Progress, Record, RowName};
use crate::cluster::message::{PartitionId, ReplicaId, RequestId, TransactionId};
use crate::error::{CancellationReason, Error};
use crate::replica::{Foreseen, Part};
use crate::request::plan::{Outcome, Write, Written};
use crate::request::token::ContentDigest;
use crate::value::{Item, size};

/// A transaction that is not over.
#[derive(Clone, Debug)]
pub(super) struct Live {
    pub id: TransactionId,
    /// Who waits for it; nobody waits for what was found in the ledger.
    pub request: Option<RequestId>,
    /// Its row in the ledger.
    pub name: RowName,
    pub content: Option<ContentDigest>,
    pub participants: Vec<Participant>,
    pub phase: Phase,
    /// What has become of each action, as far as known.
    pub outcomes: Vec<Option<Foreseen>>,
    /// Once it is decided: what the ledger remembers of the actions' images.
    pub images: Vec<usize>,
    /// What the whole has come to, if it is more than the reasons of its actions.
    pub error: Option<Error>,
}

/// Where a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Its first row is being written.
    Beginning,
    /// The partitions are preparing it.
    Preparing,
    /// All have prepared it; that is being written.
    Deciding,
    /// It happens, partition by partition.
    Committing,
    /// It does not happen; who has prepared it lets go.
    Cancelling,
}

/// A partition that a transaction asks something of.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub partition: PartitionId,
    pub leader: ReplicaId,
    /// What it is asked, until it is.
    pub actions: Vec<(Part, Write)>,
    /// True if it owes an answer in this phase.
    pub owes: bool,
    /// False if it is known to hold nothing for the transaction.
    pub may_hold: bool,
}

impl Live {
    /// The participant led by a replica.
    pub fn participant(&mut self, leader: ReplicaId) -> Option<&mut Participant> {
        self.participants.iter_mut().find(|known| known.leader == leader)
    }

    /// True if nobody owes an answer.
    pub fn is_answered(&self) -> bool {
        self.participants.iter().all(|participant| !participant.owes)
    }

    /// True if every action can be done.
    pub fn is_prepared(&self) -> bool {
        self.error.is_none() && self.outcomes.iter().all(|outcome| matches!(outcome, Some(Ok(_))))
    }

    /// Notes what the ledger is to remember of the images.
    pub fn weigh(&mut self) {
        self.images = self.outcomes.iter().flatten().flatten().map(image_bytes).collect();
    }

    /// The ledger's record of it.
    pub fn record(&self, progress: Progress) -> Record {
        Record {
            transaction: self.id,
            progress,
            content: self.content,
            participants: self.participants.iter().map(|known| known.partition).collect(),
            images: self.images.clone(),
        }
    }

    /// True if it leaves a row behind when it is over.
    pub fn is_remembered(&self) -> bool {
        self.content.is_some() && self.phase == Phase::Committing
    }

    /// What it has come to.
    pub fn result(self) -> Result<Outcome, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let outcomes: Vec<_> = self.outcomes.into_iter().flatten().collect();
        if outcomes.iter().all(Result::is_ok) {
            return Ok(Outcome::Transacted(outcomes.into_iter().flatten().collect()));
        }
        let reasons = outcomes.into_iter().map(|outcome| outcome.err());
        Err(Error::TransactionCanceledException {
            reasons: reasons
                .map(|reason| reason.unwrap_or(CancellationReason::None))
                .collect(),
        })
    }
}

/// The larger of an action's images.
fn image_bytes(written: &Written) -> usize {
    let bytes = |image: &Option<Item>| image.as_ref().map_or(0, |item| size::item_size(item.attributes()));
    bytes(&written.before).max(bytes(&written.after))
}
