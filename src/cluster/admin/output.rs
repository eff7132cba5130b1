//! What the admin actor hands on: messages to other actors, and the coming and going of actors themselves.

use super::Step;
use crate::cluster::lineage::{Lineage, StreamMessage};
use crate::cluster::message::{ActorId, ControlMessage, LineageId, PropagatorId, ReplicaId, RequestId};
use crate::cluster::runtime::Runtime;
use crate::cluster::sweeper::Sweeper;
use crate::error::Error;
use crate::replica::{Replica, Reply};
use crate::time::Span;

/// What the admin actor has the cluster do: actors come and go.
#[derive(Debug)]
pub enum Effect {
    /// A replica comes to life.
    Replica(Box<Replica>),
    /// A propagator comes to life.
    Propagator(PropagatorId),
    /// A replica is gone: it answers no more.
    Retire(ReplicaId),
    /// A lineage comes to life.
    Lineage(Box<Lineage>),
    /// A lineage is gone, with all its records.
    Forget(LineageId),
    /// A sweeper comes to life.
    Sweeper(Box<Sweeper>),
}

/// Where the admin actor's effects go.
pub(in crate::cluster) struct Output<'a> {
    pub(in crate::cluster) runtime: &'a mut Runtime,
    pub(in crate::cluster) effects: &'a mut Vec<Effect>,
}

impl Output<'_> {
    pub(super) fn send(&mut self, to: ActorId, message: ControlMessage) {
        self.runtime.send(ActorId::Admin, to, message.into());
    }
    pub(super) fn tell(&mut self, to: ActorId, message: StreamMessage) {
        self.runtime.send(ActorId::Admin, to, message.into());
    }
    pub(super) fn fail(&mut self, request: RequestId, error: Error) {
        let answer = Reply::failed(request, 0, error);
        self.runtime.send(ActorId::Admin, ActorId::Router, answer.into());
    }
    pub(super) fn remind(&mut self, after: Span, step: Step) {
        self.runtime
            .remind(ActorId::Admin, after, ControlMessage::Step(step).into());
    }
}
