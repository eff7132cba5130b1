//! What somebody who looks at the whole cluster sees happen: reads that are behind, and the trace as it is shown.
//!
//! A replica cannot know that it is behind; only who sees it and its leader at the same moment can. Nothing that is seen here
//! goes back into the cluster.

use super::Cluster;
use super::map::Place;
use super::message::{ActorId, PartitionId, ReplicaId, SequenceNumber};
use super::trace::{Happened, Note};
use crate::replica::{Event, Message, Replica, RoleName};
use serde::Serialize;

/// A part of the trace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chronicle {
    /// How much was ever noted: where to go on from.
    pub noted: u64,
    /// Notes that are kept, oldest first.
    pub notes: Vec<NoteDescription>,
}

/// A note. Which members there are depends on what happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NoteDescription {
    /// What happened.
    pub event: &'static str,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// What kind of actor it happened to.
    pub actor: &'static str,
    /// Which of that kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The partition that a replica belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<PartitionId>,
    /// The table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// Committed by the leader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed: Option<SequenceNumber>,
    /// Applied by the replica.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied: Option<SequenceNumber>,
    /// The kind of a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'static str>,
    /// Why something was throttled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Cluster {
    /// Notes a read that a replica is about to answer from rows that are behind its leader's.
    #[cold]
    pub(super) fn watch_read(&mut self, id: ReplicaId, message: &Message) {
        if !matches!(message, Message::Get { .. } | Message::Walk { .. }) {
            return;
        }
        let Some(reader) = self.replica(id).filter(|reader| reader.role() == RoleName::Follower) else {
            return;
        };
        let applied = reader.applied();
        let Some((_, leader)) = self.place_of(id) else { return };
        let Some(committed) = self.replica(leader).map(Replica::committed) else {
            return;
        };
        if applied < committed {
            self.runtime
                .note(ActorId::Replica(id), Happened::StaleRead { committed, applied });
        }
    }

    /// What a replica holds a part of, and who leads that part.
    fn place_of(&self, id: ReplicaId) -> Option<(Place, ReplicaId)> {
        let partition = self.replica(id)?.partition();
        self.admin.layout().iter().find_map(|(place, partitions)| {
            let own = partitions.all().iter().find(|own| own.id == partition)?;
            Some((place, own.leader))
        })
    }

    /// What was noted after the first `after` notes, as far as it is kept.
    pub fn chronicle(&self, after: u64) -> Chronicle {
        let trace = self.trace();
        let noted = trace.noted();
        let kept = trace.notes().len();
        let wanted = usize::try_from(noted.saturating_sub(after)).unwrap_or(usize::MAX);
        let notes = trace.notes().skip(kept.saturating_sub(wanted));
        Chronicle {
            noted,
            notes: notes.map(|note| self.describe_note(note)).collect(),
        }
    }

    fn describe_note(&self, note: &Note) -> NoteDescription {
        let (actor, id) = name_of(note.actor);
        let replica = match note.actor {
            ActorId::Replica(id) => self.replica(id),
            ActorId::Router
            | ActorId::Admin
            | ActorId::Propagator(_)
            | ActorId::Lineage(_)
            | ActorId::Sweeper(_)
            | ActorId::Coordinator => None,
        };
        let place = replica.and_then(|replica| self.place_of(replica.id()));
        let names = place.and_then(|(place, _)| self.names(place));
        let (table, index) = names.map_or((None, None), |(table, index)| (Some(table), index));
        let own = NoteDescription {
            event: event_of(&note.happened),
            at: note.at.as_ms(),
            actor,
            id,
            partition: replica.map(Replica::partition),
            table,
            index,
            ..NoteDescription::default()
        };
        add_particulars(own, &note.happened)
    }
}

fn name_of(actor: ActorId) -> (&'static str, Option<u32>) {
    match actor {
        ActorId::Router => ("router", None),
        ActorId::Admin => ("admin", None),
        ActorId::Coordinator => ("coordinator", None),
        ActorId::Replica(id) => ("replica", Some(id.0)),
        ActorId::Propagator(id) => ("propagator", Some(id.0)),
        ActorId::Lineage(id) => ("lineage", Some(id.0)),
        ActorId::Sweeper(id) => ("sweeper", Some(id.0)),
    }
}

fn event_of(happened: &Happened) -> &'static str {
    match happened {
        Happened::Replica(Event::StaleBallot { .. }) => "staleBallot",
        Happened::Replica(Event::SteppedDown { .. }) => "steppedDown",
        Happened::Replica(Event::LogGap { .. }) => "logGap",
        Happened::Replica(Event::IndexGap { .. }) => "indexGap",
        Happened::Replica(Event::SentAgain { .. }) => "sentAgain",
        Happened::Lost { .. } => "messageLost",
        Happened::Received { .. } => "messageReceived",
        Happened::Undeliverable { .. } => "undeliverable",
        Happened::TableCreated(_) => "tableCreated",
        Happened::TableDeleted(_) => "tableDeleted",
        Happened::IndexFilled { .. } => "indexFilled",
        Happened::StaleRead { .. } => "staleRead",
        Happened::Throttled(_) => "throttled",
    }
}

fn add_particulars(note: NoteDescription, happened: &Happened) -> NoteDescription {
    let named = |name: &str| Some(name.to_owned());
    match happened {
        Happened::Replica(_) => note,
        Happened::Lost { kind } | Happened::Received { kind, .. } | Happened::Undeliverable { kind } => {
            NoteDescription {
                message: Some(kind),
                ..note
            }
        }
        Happened::TableCreated(table) | Happened::TableDeleted(table) => NoteDescription {
            table: named(table.as_str()),
            ..note
        },
        Happened::IndexFilled { table, index } => NoteDescription {
            table: named(table.as_str()),
            index: named(index.as_str()),
            ..note
        },
        Happened::StaleRead { committed, applied } => NoteDescription {
            committed: Some(*committed),
            applied: Some(*applied),
            ..note
        },
        Happened::Throttled(reason) => NoteDescription {
            table: named(&reason.table),
            index: reason.index.clone(),
            reason: Some(reason.name()),
            ..note
        },
    }
}
