//! Forks and snapshots: the same contents, apart from then on.

use super::door::{ADD_INDEX, Door, INDEXED_TABLE, get_body, network};
use snowglobe::cluster::Misfit;
use snowglobe::region::{Region, RegionOptions};
use snowglobe::request::Operation;
use snowglobe::store::snapshot::{RegionRecord, Sink, SnapshotReader, SnapshotWriter};
use snowglobe::table::{ChangeStream, History, StreamRecord};

pub fn snapshot(door: &Door) -> Vec<u8> {
    SnapshotWriter::new(door.region.image()).write_all().unwrap()
}

pub fn restore(bytes: &[u8], options: RegionOptions) -> Region {
    let mut restore = Region::restore(options);
    let mut reader = SnapshotReader::new();
    reader.feed(bytes, &mut restore).unwrap();
    reader.finish().unwrap();
    restore.finish().unwrap()
}

fn filled(options: RegionOptions) -> Door {
    let mut door = Door::new(options);
    door.ok(Operation::CreateTable, INDEXED_TABLE);
    for number in 0..500 {
        door.put(number, ["red", "green"][number as usize % 2]);
    }
    door.settle();
    door
}

#[test]
fn a_fork_goes_its_own_way() {
    let mut door = filled(RegionOptions::default());
    let mut fork = Door {
        region: door.region.fork(),
        now: door.now,
    };
    fork.put(1_000, "blue");
    fork.ok(
        Operation::DeleteItem,
        r#"{"TableName":"Things","Key":{"pk":{"S":"p0"},"sk":{"N":"0"}}}"#,
    );
    door.put(2_000, "blue");
    door.put(2_001, "blue");
    for index in [None, Some("local"), Some("global")] {
        assert_eq!(fork.scan_count(index), 500);
        assert_eq!(door.scan_count(index), 502);
    }
    fork.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    assert_eq!(door.scan_count(None), 502);
}

#[test]
fn a_fork_in_the_middle_of_writes_has_what_was_acknowledged() {
    let mut door = filled(RegionOptions {
        network: network([1.0, 9.0], 0.0, 0.0),
        ..RegionOptions::default()
    });
    door.put(1_000, "blue");
    let mut fork = Door {
        region: door.region.fork(),
        now: door.now,
    };
    let read = fork.ok(Operation::GetItem, &get_body(1_000, true));
    assert_eq!(read["Item"]["colour"]["S"], "blue");
    fork.settle();
    assert_eq!(fork.scan_count(Some("global")), 501);
    assert_eq!(fork.region.pending(), 0);
}

#[test]
fn a_snapshot_restores_tables_rows_and_indexes() {
    let mut door = filled(RegionOptions {
        seed: 11,
        ..RegionOptions::default()
    });
    let description = door.describe();
    let bytes = snapshot(&door);
    for partitions in [1, 3] {
        let region = restore(
            &bytes,
            RegionOptions {
                partitions,
                ..RegionOptions::default()
            },
        );
        let mut again = Door { region, now: door.now };
        assert_eq!(again.describe(), description);
        for index in [None, Some("local"), Some("global")] {
            assert_eq!(again.scan_count(index), 500);
        }
        assert_eq!(
            snapshot(&again),
            bytes,
            "restored data is the same data, however it is partitioned"
        );
        // It goes on as a region does.
        again.put(1_000, "blue");
        again.ok(Operation::UpdateTable, ADD_INDEX);
        assert_eq!(again.scan_count(Some("by-colour")), 501);
    }
}

#[test]
fn a_restored_region_goes_on_where_the_stored_one_was() {
    let mut door = filled(RegionOptions {
        seed: 11,
        ..RegionOptions::default()
    });
    let mut again = Door {
        region: restore(&snapshot(&door), RegionOptions::default()),
        now: door.now,
    };
    assert_eq!(again.region.now(), door.region.now());
    let other = INDEXED_TABLE.replace("Things", "Others");
    let [one, two] = [&mut door, &mut again].map(|door| door.ok(Operation::CreateTable, &other));
    assert_eq!(one, two, "the same identifiers follow");
    assert_ne!(one["TableDescription"]["TableId"], door.describe()["TableId"]);
}

#[test]
fn a_snapshot_holds_still_while_writes_go_on() {
    let mut door = filled(RegionOptions::default());
    let image = door.region.image();
    let before = snapshot(&door);
    for number in 0..300 {
        door.put(number * 2, "blue");
    }
    assert_eq!(SnapshotWriter::new(image).write_all().unwrap(), before);
    assert_ne!(snapshot(&door), before);
}

#[test]
fn a_stream_with_a_row_before_its_table_is_refused() {
    struct Rows(Vec<snowglobe::value::Item>);
    impl Sink for Rows {
        fn region(&mut self, _: RegionRecord) {}
        fn table(&mut self, _: snowglobe::table::Table) {}
        fn row(&mut self, item: snowglobe::value::Item) {
            self.0.push(item);
        }
        fn stream(&mut self, _: ChangeStream) {}
        fn lineage(&mut self, _: History) {}
        fn change(&mut self, _: StreamRecord) {}
    }
    let mut rows = Rows(Vec::new());
    SnapshotReader::new()
        .feed(&snapshot(&filled(RegionOptions::default())), &mut rows)
        .unwrap();
    let mut restore = Region::restore(RegionOptions::default());
    restore.row(rows.0.pop().unwrap());
    assert_eq!(restore.finish().err(), Some(Misfit::Item));
}

#[test]
fn a_snapshot_has_what_tables_carry_beside_their_definition() {
    const ARN: &str = "arn:aws:dynamodb:local-1:000000000000:table/Things";
    let mut door = filled(RegionOptions::default());
    let resource = format!(r#"{{"ResourceArn":"{ARN}"}}"#);
    door.ok(
        Operation::TagResource,
        &format!(r#"{{"ResourceArn":"{ARN}","Tags":[{{"Key":"stage","Value":"test"}}]}}"#),
    );
    door.ok(
        Operation::PutResourcePolicy,
        &format!(
            r#"{{"ResourceArn":"{ARN}","Policy":"{{\"Statement\":{{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}}}"}}"#
        ),
    );
    door.ok(
        Operation::UpdateContributorInsights,
        r#"{"TableName":"Things","IndexName":"global","ContributorInsightsAction":"ENABLE"}"#,
    );
    let asked = |door: &mut Door| {
        [
            door.ok(Operation::ListTagsOfResource, &resource),
            door.ok(Operation::GetResourcePolicy, &resource),
            door.ok(Operation::ListContributorInsights, "{}"),
        ]
    };
    let before = asked(&mut door);
    let region = restore(&snapshot(&door), RegionOptions::default());
    let mut restored = Door { region, now: door.now };
    assert_eq!(asked(&mut restored), before);
    assert_eq!(before[2]["ContributorInsightsSummaries"][0]["IndexName"], "global");
}
