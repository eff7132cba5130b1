//! Messages to replicas that are gone: their table or index was dropped while they were on their way.

use super::message::ActorId;
use super::trace::Happened;
use super::{Cluster, router};
use crate::replica::{Entries, Feed, Measure, Message, Reply, ToLeader};

impl Cluster {
    /// What a connection to a replica that is gone comes to: requests learn that the table is not there any more.
    pub(super) fn undeliverable(&mut self, actor: ActorId, from: ActorId, message: Message) {
        let kind = message.kind();
        self.runtime.note(actor, Happened::Undeliverable { kind });
        let runtime = &mut self.runtime;
        let mut answer = |reply: Reply| runtime.send(actor, from, reply.into());
        match message {
            Message::Get { request, part, .. } => answer(Reply::failed(request, part, router::not_found())),
            Message::Walk { request, .. } => answer(Reply::failed(request, 0, router::not_found())),
            Message::Measure { ticket, partition } => {
                let measure = Box::new(Measure::default());
                answer(Reply::Measured {
                    ticket,
                    partition,
                    measure,
                });
            }
            // A lineage outlives its partition, and must learn that nothing more comes.
            Message::ToLeader(ToLeader::Subscribe | ToLeader::Finish) if matches!(from, ActorId::Lineage(_)) => {
                answer(Reply::Feed(Feed::Finished(Entries::none())));
            }
            // Whatever the decision, nothing is left that it could be about.
            Message::ToLeader(ToLeader::Decide { transaction, .. }) => {
                let collections = Vec::new();
                answer(Reply::Decided {
                    transaction,
                    collections,
                });
            }
            Message::ToLeader(message) => message.refuse(&router::not_found(), &mut answer),
            // The rest of the replicas are going, too.
            Message::Append { .. } | Message::Commit { .. } | Message::Superseded { .. } => {}
        }
    }
}
