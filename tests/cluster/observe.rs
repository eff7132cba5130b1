//! What is seen of the cluster from above: stale reads, and the trace as it is shown.

use super::door::{ADD_INDEX, Door, TABLE, get_body, network, put_body};
use snowglobe::cluster::{Network, ReplicaId};
use snowglobe::request::Operation;

/// What happened to tables and indexes.
fn lives(door: &Door) -> Vec<&'static str> {
    let notes = door.region.chronicle(0).notes.into_iter();
    notes
        .filter(|note| note.actor == "admin")
        .map(|note| note.event)
        .collect()
}

#[test]
fn an_old_answer_is_never_given_without_a_stale_read_being_noted() {
    let mut door = Door::on(network([5.0, 40.0], 0.0, 0.0));
    door.ok(Operation::CreateTable, TABLE);
    door.settle();
    let mut old_answers = 0;
    for number in 0..40 {
        door.ok(Operation::PutItem, &put_body(number, "red"));
        let before = door.region.chronicle(0).noted;
        let answer = door.ok(Operation::GetItem, &get_body(number, false));
        let noted = door.region.chronicle(before).notes;
        if answer.get("Item").is_none() {
            old_answers += 1;
            assert_eq!(noted.len(), 1);
        }
        for note in &noted {
            assert_eq!((note.event, note.actor), ("staleRead", "replica"));
            assert_eq!(note.table.as_deref(), Some("Things"));
            assert!(note.applied < note.committed);
            let cluster = door.region.describe();
            let partition = cluster.partitions.iter().find(|one| Some(one.id) == note.partition);
            assert!(partition.is_some_and(|one| note.id != Some(one.leader.0)));
            assert!(partition.is_some_and(|one| one.replicas.iter().any(|own| Some(own.id) == note.id.map(ReplicaId))));
        }
        let before = door.region.chronicle(0).noted;
        door.ok(Operation::GetItem, &get_body(number, true));
        assert_eq!(
            door.region.chronicle(before).notes,
            [],
            "a consistent read is not stale"
        );
    }
    assert!(old_answers > 0, "some eventually consistent read was old");
}

#[test]
fn on_the_default_network_nothing_is_stale_and_tables_and_indexes_are_told() {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, TABLE);
    for number in 0..20 {
        door.put(number, "red");
        door.ok(Operation::GetItem, &get_body(number, false));
    }
    door.ok(Operation::UpdateTable, ADD_INDEX);
    door.settle();
    let told = door.region.chronicle(0);
    assert_eq!(told.noted, 2, "{told:?}");
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    door.settle();
    assert_eq!(lives(&door), ["tableCreated", "indexFilled", "tableDeleted"]);
    let filled = &told.notes[1];
    assert_eq!(
        (filled.table.as_deref(), filled.index.as_deref()),
        (Some("Things"), Some("by-colour"))
    );
    let later = door.region.chronicle(told.noted);
    assert_eq!(later.notes[0].event, "tableDeleted");
    let after_all = door.region.chronicle(u64::MAX);
    assert_eq!((after_all.noted, after_all.notes), (later.noted, Vec::new()));
}
