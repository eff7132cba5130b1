//! A replica and what it says, in words: one line for each message.

use crate::door::{Door, TABLE};
use snowglobe::cluster::{Network, PartitionId, Place, ReplicaId};
use snowglobe::replica::{
    ActorId, Ballot, Entries, Event, Feed, Got, Message, Outbox, Progress, Replica, Reply, RequestId, SequenceNumber,
    State, ToLeader,
};
use snowglobe::request::Operation;
use snowglobe::request::plan::{Action, OnFailure, Write};
use snowglobe::table::Table;
use snowglobe::value::flat::{Tag, Writer};
use snowglobe::value::{Item, Layer, admit};
use std::rc::Rc;

pub(super) const FOLLOWERS: [ReplicaId; 2] = [ReplicaId(1), ReplicaId(2)];
pub(super) const LEADER: ActorId = ActorId::Replica(ReplicaId(0));
pub(super) const ONE: ActorId = ActorId::Replica(ReplicaId(1));
pub(super) const TWO: ActorId = ActorId::Replica(ReplicaId(2));

/// Keeps what a replica says.
#[derive(Default)]
pub(super) struct Transcript {
    pub(super) lines: Vec<String>,
    pub(super) appended: Vec<Entries>,
    pub(super) ticks: bool,
}

impl Outbox for Transcript {
    fn tell(&mut self, to: ActorId, message: Message) {
        if let Message::Append { entries, .. } = &message {
            self.appended.push(entries.clone());
        }
        self.lines.push(format!("{}: {}", name(to), told(&message)));
    }
    fn got(&mut self, to: ActorId, got: Got) {
        let item = got.item.map_or("nothing", |_| "an item");
        self.lines.push(format!("{}: got {item}", name(to)));
    }
    fn reply(&mut self, to: ActorId, reply: Reply) {
        self.lines.push(format!("{}: {}", name(to), replied(&reply)));
    }
    fn tick(&mut self) -> bool {
        self.ticks
    }
    fn trace(&mut self, event: Event) {
        self.lines.push(format!("({event:?})"));
    }
}

impl Transcript {
    /// What was said since the last time.
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lines)
    }
    pub(super) fn entry(&self, at: usize) -> Entries {
        self.appended[at].clone()
    }
}

pub(super) fn name(actor: ActorId) -> String {
    match actor {
        ActorId::Router => "router".to_owned(),
        ActorId::Coordinator => "coordinator".to_owned(),
        ActorId::Admin => "admin".to_owned(),
        ActorId::Replica(ReplicaId(id)) => format!("replica {id}"),
        ActorId::Propagator(id) => format!("propagator {}", id.0),
        ActorId::Lineage(id) => format!("lineage {}", id.0),
        ActorId::Sweeper(id) => format!("sweeper {}", id.0),
    }
}

pub(super) fn told(message: &Message) -> String {
    match message {
        Message::Append {
            ballot,
            entries,
            progress,
        } => {
            let places: Vec<u64> = entries.as_slice().iter().map(|entry| entry.sequence.0).collect();
            format!("append {places:?} under {}, {}", ballot.0, progressed(progress))
        }
        Message::ToLeader(ToLeader::Appended {
            ballot,
            last,
            applied,
            gap,
        }) => {
            let gap = if *gap { ", gap" } else { "" };
            format!("appended to {last} under {}, applied to {applied}{gap}", ballot.0)
        }
        Message::Commit { ballot, progress } => format!("commit under {}, {}", ballot.0, progressed(progress)),
        Message::Superseded { ballot } => format!("superseded by {}", ballot.0),
        other => format!("{other:?}"),
    }
}

pub(super) fn replied(reply: &Reply) -> String {
    match reply {
        Reply::Wrote { part, written, .. } => {
            let image = |item: &Option<Item>| item.as_ref().map_or("nothing", |_| "an item");
            format!(
                "wrote part {part}, {} after {}",
                image(&written.after),
                image(&written.before)
            )
        }
        Reply::Failed { part, error, .. } => format!("part {part} failed, {}", error.name()),
        Reply::Feed(Feed::Entries(entries)) => format!("feed {}", entries.as_slice().len()),
        Reply::Feed(Feed::Finished(entries)) => format!("the last {}", entries.as_slice().len()),
        Reply::Feed(Feed::Subscribed(from)) => {
            format!("subscribed at {} with {} rows", from.position, from.rows.len())
        }
        other => format!("{other:?}"),
    }
}

pub(super) fn progressed(progress: &Progress) -> String {
    format!("committed to {}, trimmed to {}", progress.committed, progress.trimmed)
}

pub(super) fn table() -> Rc<Table> {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, TABLE);
    let table = Rc::clone(door.region.catalog().usable("Things").unwrap());
    assert!(door.region.cluster().layout().get(Place::table(table.id)).is_some());
    table
}

pub(super) fn item(number: u64) -> Item {
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, 2);
    writer.text(b"pk");
    writer.scalar(Tag::S, b"p");
    writer.text(b"sk");
    writer.scalar(Tag::N, number.to_string().as_bytes());
    writer.close(open);
    admit::admit_item(writer.bytes(), Layer::Newer).unwrap().item
}

pub(super) fn write(table: &Rc<Table>, number: u64, action: Action) -> Message {
    let write = ToLeader::Write {
        request: RequestId { slot: 0, generation: 0 },
        part: number as u32,
        write: Box::new(Write {
            table: Rc::clone(table),
            key: table.row_key(item(number).attributes()).unwrap(),
            action,
            condition: None,
            on_failure: OnFailure::Refuse,
            closed: None,
        }),
    };
    write.into()
}

pub(super) fn put(table: &Rc<Table>, number: u64) -> Message {
    write(table, number, Action::Put(item(number)))
}

pub(super) fn delete(table: &Rc<Table>, number: u64) -> Message {
    write(table, number, Action::Delete)
}

pub(super) fn appended(last: u64, applied: u64) -> Message {
    let appended = ToLeader::Appended {
        ballot: Ballot(1),
        last: SequenceNumber(last),
        applied: SequenceNumber(applied),
        gap: false,
    };
    appended.into()
}

pub(super) fn append(ballot: u32, entries: Entries, committed: u64) -> Message {
    Message::Append {
        ballot: Ballot(ballot),
        entries,
        progress: Progress {
            committed: SequenceNumber(committed),
            trimmed: SequenceNumber::ZERO,
        },
    }
}

pub(super) fn leader() -> Replica {
    Replica::leader(ReplicaId(0), PartitionId(0), State::new(0), &FOLLOWERS)
}

pub(super) fn follower() -> Replica {
    Replica::follower(ReplicaId(1), PartitionId(0), State::new(0))
}
