//! Messages to replicas that are gone: their table or index was dropped while they were on their way.

use super::message::{ActorId, Message};
use super::trace::Happened;
use super::{Cluster, router};
use crate::replica::{self, Measure};

impl Cluster {
    /// What a connection to a replica that is gone comes to: requests learn that the table is not there any more.
    pub(super) fn undeliverable(&mut self, actor: ActorId, from: ActorId, message: replica::Message) {
        let kind = Message::Replica(message.clone()).kind();
        self.runtime.note(actor, Happened::Undeliverable { kind });
        let gone = |request, part| replica::Message::failed(request, part, router::not_found());
        match message {
            replica::Message::Get { request, part, .. } | replica::Message::Write { request, part, .. } => {
                self.runtime.send(actor, from, gone(request, part).into());
            }
            replica::Message::Walk { request, .. } => self.runtime.send(actor, from, gone(request, 0).into()),
            replica::Message::WriteMany { request, writes } => {
                for (part, _) in writes {
                    self.runtime.send(actor, from, gone(request, part).into());
                }
            }
            replica::Message::Measure { ticket, partition } => {
                let measure = Box::new(Measure::default());
                let answer = replica::Message::Measured {
                    ticket,
                    partition,
                    measure,
                };
                self.runtime.send(actor, from, answer.into());
            }
            // A lineage outlives its partition, and must learn that nothing more comes.
            replica::Message::Subscribe | replica::Message::Finish if matches!(from, ActorId::Lineage(_)) => {
                let nothing = replica::Message::Finished(replica::Entries::none());
                self.runtime.send(actor, from, nothing.into());
            }
            replica::Message::Prepare(prepare) => {
                let answer = replica::Message::unprepared(prepare.transaction, router::not_found());
                self.runtime.send(actor, from, answer.into());
            }
            // Whatever the decision, nothing is left that it could be about.
            replica::Message::Decide { transaction, .. } => {
                let answer = replica::Message::Decided {
                    transaction,
                    collections: Vec::new(),
                };
                self.runtime.send(actor, from, answer.into());
            }
            replica::Message::Look { transaction, .. } => {
                let seen = Err(Box::new(router::not_found()));
                let answer = replica::Message::Looked { transaction, seen };
                self.runtime.send(actor, from, answer.into());
            }
            // Protocols between actors of the same table, all of which are going.
            replica::Message::Got { .. }
            | replica::Message::Wrote { .. }
            | replica::Message::Failed { .. }
            | replica::Message::Prepared { .. }
            | replica::Message::Decided { .. }
            | replica::Message::Looked { .. }
            | replica::Message::Walked { .. }
            | replica::Message::Measured { .. }
            | replica::Message::Append { .. }
            | replica::Message::Appended { .. }
            | replica::Message::Commit { .. }
            | replica::Message::Superseded { .. }
            | replica::Message::Subscribe
            | replica::Message::Subscribed { .. }
            | replica::Message::Unsubscribe
            | replica::Message::Finish
            | replica::Message::Finished(_)
            | replica::Message::Feed(_)
            | replica::Message::Fed { .. }
            | replica::Message::IndexWrite(_)
            | replica::Message::IndexWritten { .. }
            | replica::Message::Tick => {}
        }
    }
}
