//! The partitions of tables and indexes, and what feeds indexes: made, and retired.

use super::{Admin, Effect, Output, REPLICAS, take};
use crate::cluster::map::{Partition, Partitions, Place, even_shares};
use crate::cluster::message::{ActorId, ControlMessage, PartitionId, PropagatorId, ReplicaId};
use crate::cluster::propagator::{Start, Target};
use crate::replica::{Replica, State};
use crate::table::{IndexId, Table, TableId};
use crate::value::key::PartitionHash;
use std::rc::Rc;

impl Admin {
    /// Makes the partitions of a new table, holding `states` where it is restored, and those of its indexes.
    pub(super) fn build(&mut self, table: &Table, states: &[State], out: &mut Output<'_>) {
        let place = Place::table(table.id);
        self.add_partitions(place, table.local_indexes.len(), states, out);
        for index in table.fed_indexes() {
            self.add_index(table, index.id, out);
        }
    }

    /// Makes the partitions of a table or index; `states` are what they hold at first, empty where absent.
    pub(super) fn add_partitions(
        &mut self,
        place: Place,
        local_indexes: usize,
        states: &[State],
        out: &mut Output<'_>,
    ) {
        let mut partitions = Vec::new();
        for (at, first) in even_shares(self.options.partitions).enumerate() {
            let state = states.get(at).cloned().unwrap_or_else(|| State::new(local_indexes));
            partitions.extend(self.new_partition(first, &state, out));
        }
        match Partitions::new(partitions) {
            Some(partitions) => self.layout.insert(place, partitions),
            None => debug_assert!(false, "even shares cover every hash"),
        }
    }

    /// Makes a partition that owns the hashes from `first` on.
    pub(super) fn new_partition(
        &mut self,
        first: PartitionHash,
        state: &State,
        out: &mut Output<'_>,
    ) -> Option<Partition> {
        let id = PartitionId(take(&mut self.next.partition));
        let replicas: Vec<ReplicaId> = (0..REPLICAS).map(|_| ReplicaId(take(&mut self.next.replica))).collect();
        let (leader, followers) = replicas.split_first()?;
        let leader = *leader;
        let actor = Replica::leader(leader, id, state.clone(), followers);
        out.effects.push(Effect::Replica(Box::new(actor)));
        for follower in followers {
            let actor = Replica::follower(*follower, id, state.clone());
            out.effects.push(Effect::Replica(Box::new(actor)));
        }
        Some(Partition {
            id,
            first,
            leader,
            replicas,
        })
    }

    /// Makes the partitions of a global or vector index, and has every partition of the table feed it.
    pub(super) fn add_index(&mut self, table: &Table, id: IndexId, out: &mut Output<'_>) {
        let Some(index) = table.fed_index(id) else {
            debug_assert!(false, "the table has the index");
            return;
        };
        let place = Place::index(table.id, id);
        self.add_partitions(place, 0, &[], out);
        let (Some(base), Some(entries)) = (self.layout.get(Place::table(table.id)), self.layout.get(place)) else {
            debug_assert!(false, "both were just made");
            return;
        };
        let targets: Vec<Target> = entries
            .all()
            .iter()
            .map(|partition| Target {
                first: partition.first,
                leader: partition.leader,
            })
            .collect();
        let table = Rc::new(table.clone());
        let mut propagators = Vec::new();
        for partition in base.all() {
            let id = PropagatorId(take(&mut self.next.propagator));
            out.effects.push(Effect::Propagator(id));
            let start = Start {
                base: partition.id,
                leader: partition.leader,
                table: Rc::clone(&table),
                index: index.clone(),
                targets: targets.clone(),
            };
            out.send(ActorId::Propagator(id), ControlMessage::Start(Box::new(start)));
            propagators.push(id);
        }
        self.propagators.insert(id, propagators);
    }

    pub(super) fn drop_index(&mut self, table: TableId, index: IndexId, out: &mut Output<'_>) {
        self.filling.remove(&index);
        for propagator in self.propagators.remove(&index).unwrap_or_default() {
            out.send(ActorId::Propagator(propagator), ControlMessage::Stop);
        }
        self.drop_partitions(Place::index(table, index), out);
    }

    pub(super) fn drop_partitions(&mut self, place: Place, out: &mut Output<'_>) {
        let Some(partitions) = self.layout.remove(place) else {
            return;
        };
        for partition in partitions.all() {
            out.effects
                .extend(partition.replicas.iter().map(|replica| Effect::Retire(*replica)));
        }
    }

    /// Retires everything that holds or feeds a table.
    pub(super) fn retire(&mut self, id: TableId, out: &mut Output<'_>) {
        let places: Vec<Place> = self
            .layout
            .iter()
            .map(|(place, _)| place)
            .filter(|place| place.table == id)
            .collect();
        for place in places {
            match place.index {
                Some(index) => self.drop_index(id, index, out),
                None => self.drop_partitions(place, out),
            }
        }
        self.tell_router(out);
    }
}
