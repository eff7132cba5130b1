//! Deliveries: each message to the actor it is for, and what the admin actor has the cluster do.

use super::Cluster;
use super::admin::{Effect, Output};
use super::lineage::StreamMessage;
use super::message::{
    ActorId, ControlMessage, Envelope, LineageId, Message, PropagatorId, ReplicaId, SweeperId, TransactionMessage,
};
use super::propagator::Propagator;
use super::router;
use super::runtime::Runtime;
use super::trace::Happened;
use crate::replica::{self, Event, Got, Outbox, Reply, ToLeader};

impl Cluster {
    /// Hands a message to the actor it is for.
    pub(super) fn deliver(&mut self, envelope: Envelope) {
        let Envelope { from, to, message } = envelope;
        match to {
            ActorId::Replica(id) => self.tell_replica(id, from, message),
            ActorId::Router => match message {
                Message::Got(got) => self.router.on_got(got, &mut self.runtime),
                Message::Reply(reply) => self.router.on_reply(reply, &mut self.runtime),
                Message::Control(message) => self.router.on_control(message, &mut self.runtime),
                Message::Stream(message) => self.router.on_stream(message, &mut self.runtime),
                Message::Transaction(message) => self.router.on_transaction(message, &mut self.runtime),
                Message::Replica(_) => debug_assert!(false, "the router is no replica"),
            },
            ActorId::Coordinator => match message {
                Message::Reply(reply) => self.coordinator.on_reply(from, reply, &mut self.runtime),
                Message::Transaction(message) => self.coordinator.on_transaction(message, &mut self.runtime),
                Message::Replica(_) | Message::Got(_) | Message::Control(_) | Message::Stream(_) => {
                    debug_assert!(false, "this is not for the coordinator");
                }
            },
            ActorId::Propagator(id) => self.tell_propagator(id, from, message),
            ActorId::Lineage(id) => self.tell_lineage(id, from, message),
            ActorId::Sweeper(id) => self.tell_sweeper(id, message),
            ActorId::Admin => self.tell_admin(message),
        }
    }

    #[inline]
    fn tell_replica(&mut self, id: ReplicaId, from: ActorId, message: Message) {
        let Message::Replica(message) = message else {
            debug_assert!(false, "replicas understand their own words only");
            return;
        };
        if !self.runtime.is_instant() {
            self.watch_read(id, &message);
        }
        match self.replicas.get_mut(id.0 as usize) {
            Some(Some(replica)) => {
                let mut out = ReplicaOutbox {
                    id,
                    runtime: &mut self.runtime,
                };
                replica.handle(from, message, &mut out);
            }
            Some(None) | None => self.undeliverable(ActorId::Replica(id), from, message),
        }
    }

    #[inline(never)]
    fn tell_propagator(&mut self, id: PropagatorId, from: ActorId, message: Message) {
        let Some(place) = self.propagators.get_mut(id.0 as usize) else {
            debug_assert!(false, "a propagator is made before it is told anything");
            return;
        };
        let Some(propagator) = place else {
            let actor = ActorId::Propagator(id);
            let kind = message.kind();
            self.runtime.note(actor, Happened::Undeliverable { kind });
            return;
        };
        match message {
            Message::Reply(reply) => propagator.on_reply(from, reply, &mut self.runtime),
            Message::Control(message) => {
                let stops = matches!(message, ControlMessage::Stop);
                propagator.on_control(message, &mut self.runtime);
                if stops {
                    *place = None;
                }
            }
            Message::Replica(_) | Message::Got(_) | Message::Stream(_) | Message::Transaction(_) => {
                debug_assert!(false, "this is not for a propagator");
            }
        }
    }

    #[inline(never)]
    fn tell_lineage(&mut self, id: LineageId, from: ActorId, message: Message) {
        let actor = ActorId::Lineage(id);
        let Some(Some(lineage)) = self.lineages.get_mut(id.0 as usize) else {
            let kind = message.kind();
            self.runtime.note(actor, Happened::Undeliverable { kind });
            if let Message::Stream(StreamMessage::Ask { request, .. }) = message {
                let gone = Reply::failed(request, 0, router::not_found());
                self.runtime.send(actor, from, gone.into());
            }
            return;
        };
        match message {
            Message::Reply(reply) => {
                let recorded = lineage.on_reply(reply, &mut self.runtime);
                self.recorded = self.recorded.wrapping_add(recorded as u32);
            }
            Message::Stream(message) => lineage.on_stream(message, &mut self.runtime),
            Message::Replica(_) | Message::Got(_) | Message::Control(_) | Message::Transaction(_) => {
                debug_assert!(false, "this is not for a lineage");
            }
        }
    }

    #[inline(never)]
    fn tell_sweeper(&mut self, id: SweeperId, message: Message) {
        let Some(place) = self.sweepers.get_mut(id.0 as usize) else {
            debug_assert!(false, "a sweeper is made before it is told anything");
            return;
        };
        // Timers and answers may come for one that is gone.
        let Some(sweeper) = place else { return };
        match message {
            Message::Reply(reply) => sweeper.on_reply(reply, &mut self.runtime),
            Message::Control(message) => sweeper.on_control(&message, &mut self.runtime),
            Message::Stream(message) => {
                sweeper.on_stream(&message, &mut self.runtime);
                if matches!(message, StreamMessage::End) {
                    *place = None;
                }
            }
            Message::Replica(_) | Message::Got(_) | Message::Transaction(_) => {
                debug_assert!(false, "this is not for a sweeper")
            }
        }
    }

    #[inline(never)]
    fn tell_admin(&mut self, message: Message) {
        let mut effects = Vec::new();
        let mut out = Output {
            runtime: &mut self.runtime,
            effects: &mut effects,
        };
        match message {
            Message::Control(message) => self.admin.on_control(message, &mut out),
            Message::Stream(message) => self.admin.on_stream(message, &mut out),
            Message::Transaction(TransactionMessage::OpenLedger) => self.admin.open_ledger(&mut out),
            Message::Transaction(_) => debug_assert!(false, "the admin actor takes no part in transactions"),
            Message::Reply(Reply::Measured {
                ticket,
                partition,
                measure,
            }) => self.admin.on_measured(ticket, partition, &measure, &mut out),
            Message::Reply(_) => debug_assert!(false, "the admin actor asks replicas for figures only"),
            Message::Replica(_) | Message::Got(_) => debug_assert!(false, "the admin actor reads no item"),
        }
        self.carry_out(effects);
    }

    /// Has actors come and go.
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Replica(replica) => {
                    let id = replica.id();
                    debug_assert_eq!(
                        id.0 as usize,
                        self.replicas.len(),
                        "replicas are made in the order of their ids"
                    );
                    self.replicas.push(Some(*replica));
                }
                Effect::Propagator(id) => {
                    debug_assert_eq!(id.0 as usize, self.propagators.len(), "and so are propagators");
                    self.propagators.push(Some(Propagator::new(id)));
                }
                Effect::Lineage(lineage) => {
                    let id = lineage.id();
                    debug_assert_eq!(id.0 as usize, self.lineages.len(), "and so are lineages");
                    self.lineages.push(Some(*lineage));
                }
                Effect::Forget(id) => {
                    if let Some(place) = self.lineages.get_mut(id.0 as usize) {
                        *place = None;
                    }
                }
                Effect::Sweeper(sweeper) => {
                    let id = sweeper.id();
                    debug_assert_eq!(id.0 as usize, self.sweepers.len(), "and so are sweepers");
                    self.sweepers.push(Some(*sweeper));
                }
                Effect::Retire(id) => {
                    let place = self.replicas.get_mut(id.0 as usize);
                    if let Some(replica) = place.and_then(Option::take) {
                        let runtime = &mut self.runtime;
                        replica.retire(&router::not_found(), &mut ReplicaOutbox { id, runtime });
                    }
                }
            }
        }
    }
}

/// Where a replica's effects go.
struct ReplicaOutbox<'a> {
    id: ReplicaId,
    runtime: &'a mut Runtime,
}

impl Outbox for ReplicaOutbox<'_> {
    #[inline]
    fn tell(&mut self, to: ActorId, message: replica::Message) {
        self.runtime
            .send(ActorId::Replica(self.id), to, Message::Replica(message));
    }
    #[inline]
    fn got(&mut self, to: ActorId, got: Got) {
        self.runtime.send(ActorId::Replica(self.id), to, Message::Got(got));
    }
    #[inline]
    fn reply(&mut self, to: ActorId, reply: Reply) {
        self.runtime.send(ActorId::Replica(self.id), to, Message::Reply(reply));
    }
    fn tick(&mut self) -> bool {
        match self.runtime.network().retransmission() {
            Some(after) => {
                let actor = ActorId::Replica(self.id);
                self.runtime.remind(actor, after, ToLeader::Tick.into());
                true
            }
            None => false,
        }
    }
    fn trace(&mut self, event: Event) {
        let actor = ActorId::Replica(self.id);
        self.runtime.note(actor, Happened::Replica(event));
    }
}
