//! The transaction coordinator's ledger: made when the first transaction needs it, and handed to every coordinator there is over
//! time.

use super::{Admin, Output};
use crate::cluster::map::Partition;
use crate::cluster::message::{ActorId, Opened, TransactionMessage};
use crate::cluster::transaction::ledger;
use crate::replica::State;
use crate::value::key::PartitionHash;
use std::rc::Rc;

impl Admin {
    /// Hands the ledger to a new transaction coordinator.
    #[inline(never)]
    pub(in crate::cluster) fn open_ledger(&mut self, out: &mut Output<'_>) {
        if self.ledger.is_none() {
            let partition = self.new_partition(PartitionHash(0), &State::new(0), out);
            self.ledger = partition.map(|partition| (Rc::new(ledger::table()), partition));
        }
        let Some((table, partition)) = &self.ledger else {
            return;
        };
        self.next.coordinator += 1;
        let opened = Opened {
            table: Rc::clone(table),
            leader: partition.leader,
            incarnation: self.next.coordinator,
            layout: Rc::new(self.layout.clone()),
        };
        let message = TransactionMessage::Ledger(Box::new(opened));
        out.runtime.send(ActorId::Admin, ActorId::Coordinator, message.into());
    }

    /// The partition of the transaction coordinator's ledger.
    pub fn ledger(&self) -> Option<&Partition> {
        Some(&self.ledger.as_ref()?.1)
    }
}
