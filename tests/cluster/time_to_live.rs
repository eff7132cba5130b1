//! Items that expire: when they go, what sees them go, and what it takes for them to stay.

use super::door::{Door, START, TABLE, network};
use super::streams::{said, streaming_table};
use serde_json::json;
use snowglobe::region::{Region, RegionOptions};
use snowglobe::request::Operation;
use snowglobe::store::snapshot::{SnapshotReader, SnapshotWriter};

const ENABLE: &str = r#"{"TableName":"Things","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}"#;
const DISABLE: &str = r#"{"TableName":"Things","TimeToLiveSpecification":{"Enabled":false,"AttributeName":"ttl"}}"#;
const HOUR_MS: u64 = 60 * 60 * 1000;

impl Door {
    /// Puts an item that expires some seconds from the start of the test.
    fn put_expiring(&mut self, number: u32, after: i64) {
        let ttl = (START.whole_ms() / 1000).cast_signed() + after;
        let item = json!({ "pk": { "S": "p" }, "sk": { "N": number.to_string() }, "ttl": { "N": ttl.to_string() } });
        let body = json!({ "TableName": "Things", "Item": item });
        self.ok(Operation::PutItem, &body.to_string());
    }
    fn time_to_live(&mut self) -> String {
        let body = r#"{"TableName":"Things"}"#;
        self.ok(Operation::DescribeTimeToLive, body)["TimeToLiveDescription"].to_string()
    }
}

#[test]
fn items_go_a_moment_after_they_have_expired() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, TABLE);
    assert_eq!(door.region.next_deadline(), None);
    door.put_expiring(1, -10);
    door.ok(Operation::UpdateTimeToLive, ENABLE);
    door.put_expiring(2, 60);
    door.put_expiring(3, 3_600);
    door.put_expiring(4, -6 * 365 * 24 * 60 * 60);
    door.ok(
        Operation::PutItem,
        r#"{"TableName":"Things","Item":{"pk":{"S":"p"},"sk":{"N":"5"},"ttl":{"S":"1"}}}"#,
    );
    assert_eq!(door.scan_count(None), 5, "expired items are there until they are swept");
    door.advance_ms(5_000);
    assert_eq!(door.scan_count(None), 4);
    door.advance_ms(55_000);
    assert_eq!(door.scan_count(None), 4);
    door.advance_ms(5_000);
    assert_eq!(door.scan_count(None), 3);
    door.advance_ms(2 * HOUR_MS);
    assert_eq!(door.scan_count(None), 2);
    assert_eq!(
        door.region.next_deadline(),
        None,
        "nothing is to expire, so no timer is set"
    );
}

#[test]
fn an_item_that_is_written_again_stays_as_long_as_it_then_says() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, TABLE);
    door.ok(Operation::UpdateTimeToLive, ENABLE);
    door.put_expiring(1, 60);
    door.put_expiring(2, 60);
    door.put_expiring(1, 600);
    door.ok(
        Operation::UpdateItem,
        r##"{"TableName":"Things","Key":{"pk":{"S":"p"},"sk":{"N":"2"}},"UpdateExpression":"REMOVE #t",
            "ExpressionAttributeNames":{"#t":"ttl"}}"##,
    );
    door.advance_ms(120_000);
    assert_eq!(door.scan_count(None), 2);
    door.put_expiring(1, 130);
    door.advance_ms(20_000);
    assert_eq!(door.scan_count(None), 1);
    door.advance_ms(HOUR_MS);
    assert_eq!(door.scan_count(None), 1);
}

#[test]
fn expiry_is_the_services_deletion_and_reaches_indexes_and_streams() {
    for latency in [[0.0, 0.0], [2.0, 20.0]] {
        let mut door = Door::new(RegionOptions {
            network: network(latency, 0.0, 0.0),
            partitions: 2,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, &streaming_table("OLD_IMAGE"));
        door.ok(Operation::UpdateTable, super::door::ADD_INDEX);
        door.ok(Operation::UpdateTimeToLive, ENABLE);
        let ttl = START.whole_ms() / 1000 + 30;
        let item = json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "colour": { "S": "red" }, "ttl": { "N": ttl.to_string() } });
        door.ok(
            Operation::PutItem,
            &json!({ "TableName": "Things", "Item": item }).to_string(),
        );
        for _ in 0..60 {
            door.advance_ms(1_000);
        }
        assert_eq!(door.scan_count(None), 0);
        assert_eq!(door.scan_count(Some("by-colour")), 0);
        let arn = door.stream_arn();
        let records = door.records(&arn);
        assert_eq!(
            records.iter().map(said).collect::<Vec<_>>(),
            ["INSERT p/1 -", "REMOVE p/1 -"]
        );
        assert_eq!(records[0].get("userIdentity"), None);
        assert_eq!(
            records[1]["userIdentity"],
            json!({ "PrincipalId": "dynamodb.amazonaws.com", "Type": "Service" })
        );
        assert_eq!(records[1]["dynamodb"]["OldImage"]["colour"]["S"], "red");
    }
}

#[test]
fn more_items_than_one_sweep_takes_go_in_several() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, TABLE);
    for number in 0..2_500 {
        door.put_expiring(number, 10);
    }
    door.ok(Operation::UpdateTimeToLive, ENABLE);
    door.advance_ms(15_000);
    assert_eq!(door.scan_count(None), 1_500);
    door.advance_ms(5_000);
    assert_eq!(door.scan_count(None), 500);
    door.advance_ms(5_000);
    assert_eq!(door.scan_count(None), 0);
}

#[test]
fn the_setting_changes_once_an_hour() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(10_000);
    assert_eq!(door.time_to_live(), r#"{"TimeToLiveStatus":"DISABLED"}"#);
    door.ok(Operation::UpdateTimeToLive, ENABLE);
    assert_eq!(
        door.time_to_live(),
        r#"{"AttributeName":"ttl","TimeToLiveStatus":"ENABLING"}"#
    );
    door.advance_ms(10_000);
    assert_eq!(
        door.time_to_live(),
        r#"{"AttributeName":"ttl","TimeToLiveStatus":"ENABLED"}"#
    );
    let too_soon = door.call(Operation::UpdateTimeToLive, DISABLE).unwrap_err();
    assert_eq!(
        too_soon.message().unwrap(),
        "Time to live has been modified multiple times within a fixed interval"
    );
    door.advance_ms(HOUR_MS);
    door.ok(Operation::UpdateTimeToLive, DISABLE);
    assert_eq!(
        door.time_to_live(),
        r#"{"AttributeName":"ttl","TimeToLiveStatus":"DISABLING"}"#
    );
    door.advance_ms(10_000);
    assert_eq!(door.time_to_live(), r#"{"TimeToLiveStatus":"DISABLED"}"#);
    door.put_expiring(1, 0);
    door.advance_ms(2 * HOUR_MS);
    assert_eq!(door.scan_count(None), 1, "nothing expires once it is off");
}

#[test]
fn items_expire_after_a_restart_as_before() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, TABLE);
    door.ok(Operation::UpdateTimeToLive, ENABLE);
    door.put_expiring(1, 60);
    let bytes = SnapshotWriter::new(door.region.image()).write_all().unwrap();
    let mut restore = Region::restore(RegionOptions {
        partitions: 3,
        ..RegionOptions::default()
    });
    let mut reader = SnapshotReader::new();
    reader.feed(&bytes, &mut restore).unwrap();
    reader.finish().unwrap();
    let region = restore.finish().unwrap();
    let mut again = Door {
        now: region.now(),
        region,
    };
    assert_eq!(
        again.time_to_live(),
        r#"{"AttributeName":"ttl","TimeToLiveStatus":"ENABLED"}"#
    );
    assert_eq!(again.scan_count(None), 1);
    again.advance_ms(65_000);
    assert_eq!(again.scan_count(None), 0);
    again.advance_ms(5_000);
    again.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    assert_eq!(again.region.next_deadline(), None);
}
