//! What a network that takes time shows of the cluster, and what the default one hides.

use super::door::{Door, INDEXED_TABLE, TABLE, get_body, network, put_body};
use snowglobe::cluster::Network;
use snowglobe::error::{Error, Missing};
use snowglobe::region::{Answer, RegionOptions};
use snowglobe::replica::RoleName;
use snowglobe::request::Operation;

#[test]
fn latency_shows_stale_reads_and_index_lag_and_both_pass() {
    let mut door = Door::on(network([1.0, 20.0], 0.0, 0.0));
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    door.settle();
    let (mut stale, mut lag) = (0, 0);
    for number in 0..40 {
        door.put(number, "red");
        let consistent = door.begin(Operation::GetItem, &get_body(number, true));
        let eventual = door.begin(Operation::GetItem, &get_body(number, false));
        let (Answer::Pending(consistent), Answer::Pending(eventual)) = (consistent, eventual) else {
            panic!("reads take time");
        };
        lag += u64::from(number) + 1 - door.scan_count(Some("global"));
        door.settle();
        while let Some((ticket, result)) = door.region.next_completion() {
            let found = result.unwrap().windows(3).any(|bytes| bytes == b"red");
            assert!(
                found || ticket != consistent,
                "a consistent read sees what was acknowledged"
            );
            stale += u32::from(!found && ticket == eventual);
        }
        assert_eq!(door.scan_count(Some("global")), u64::from(number) + 1);
        door.settle();
    }
    assert!(stale > 0, "a follower is behind while the commit is on its way");
    assert!(lag > 0, "an index is behind its table");
}

#[test]
fn the_default_network_answers_at_once_and_leaves_nothing_under_way() {
    let mut door = Door::on(Network::default());
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    for number in 0..50 {
        assert!(matches!(
            door.begin(Operation::PutItem, &put_body(number, "red")),
            Answer::Done(_)
        ));
        assert!(door.region.next_deadline().is_none());
        assert_eq!(door.scan_count(Some("global")), u64::from(number) + 1);
    }
}

#[test]
fn requests_for_a_table_that_is_deleted_meanwhile_are_told_so() {
    let (mut served, mut refused) = (0, 0);
    for seed in 0..10 {
        let mut door = Door::new(RegionOptions {
            seed,
            network: network([1.0, 50.0], 0.0, 0.0),
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, TABLE);
        door.settle();
        door.begin(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
        let mut pending = 1;
        for number in 0..60 {
            let calls = [
                door.begin(Operation::PutItem, &put_body(number, "red")),
                door.begin(Operation::GetItem, &get_body(number, true)),
                door.begin(Operation::Scan, r#"{"TableName":"Things"}"#),
            ];
            for answer in calls {
                match answer {
                    Answer::Pending(_) => pending += 1,
                    Answer::Failed(error) => {
                        assert_eq!(error, Error::ResourceNotFoundException(Missing::Resource));
                    }
                    Answer::Done(_) => panic!("nothing is answered at once here"),
                }
            }
            door.advance_ms(2);
        }
        door.settle();
        while let Some((_, result)) = door.region.next_completion() {
            pending -= 1;
            match result {
                Ok(_) => served += 1,
                Err(error) => {
                    assert_eq!(error, Error::ResourceNotFoundException(Missing::Resource));
                    refused += 1;
                }
            }
        }
        assert_eq!(
            (pending, door.region.pending()),
            (0, 0),
            "everything is answered, one way or the other"
        );
    }
    assert!(
        served > 0 && refused > 0,
        "{served} came in time, {refused} came too late"
    );
}

#[test]
fn the_description_shows_three_replicas_in_three_zones() {
    let mut door = Door::new(RegionOptions {
        partitions: 2,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    for number in 0..40 {
        door.put(number, "red");
    }
    let description = door.region.describe();
    let names: Vec<_> = description
        .partitions
        .iter()
        .map(|partition| (partition.table.as_str(), partition.index.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            ("Things", None),
            ("Things", None),
            ("Things", Some("global")),
            ("Things", Some("global"))
        ]
    );
    assert_eq!(
        description.partitions[0].hash_range,
        ["0000000000000000", "7fffffffffffffff"]
    );
    assert_eq!(
        description.partitions[1].hash_range,
        ["8000000000000000", "ffffffffffffffff"]
    );
    let mut written = 0;
    for partition in &description.partitions {
        let zones: Vec<_> = partition.replicas.iter().map(|replica| replica.zone.as_str()).collect();
        assert_eq!(zones, ["a", "b", "c"]);
        let leaders = partition
            .replicas
            .iter()
            .filter(|replica| replica.role == RoleName::Leader);
        assert_eq!(leaders.map(|leader| leader.id).collect::<Vec<_>>(), [partition.leader]);
        for replica in &partition.replicas {
            assert_eq!(replica.appended, replica.applied);
            assert_eq!(replica.committed, replica.applied);
        }
        if partition.index.is_none() {
            written += partition.replicas[0].applied.0;
        }
    }
    assert_eq!(written, 40);
    let json = serde_json::to_value(&description).unwrap();
    assert_eq!(json["partitions"][0]["replicas"][0]["role"], "leader");
    assert!(json["partitions"][0].get("index").is_none());
}
