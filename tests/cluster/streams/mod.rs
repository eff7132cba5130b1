//! Streams in time and over a network that takes time: order, lag, shards, retention, forks and restarts.

mod iterators;
mod restarts;

use super::door::{Door, TABLE, network, put_body};
use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::region::{Region, RegionOptions};
use snowglobe::request::Operation;
use snowglobe::store::snapshot::{SnapshotReader, SnapshotWriter};

const HOUR_MS: u64 = 60 * 60 * 1000;

/// The door's table with a stream.
pub fn streaming_table(view: &str) -> String {
    let mut body: Value = serde_json::from_str(TABLE).unwrap();
    body["StreamSpecification"] = json!({ "StreamEnabled": true, "StreamViewType": view });
    body.to_string()
}

impl Door {
    pub fn stream_arn(&mut self) -> String {
        self.describe()["LatestStreamArn"].as_str().unwrap().to_owned()
    }
    pub fn shards(&mut self, arn: &str) -> Vec<Value> {
        let body = json!({ "StreamArn": arn }).to_string();
        let described = self.ok(Operation::DescribeStream, &body);
        described["StreamDescription"]["Shards"].as_array().unwrap().clone()
    }
    fn iterator(&mut self, arn: &str, shard: &Value, starting: &str) -> String {
        let body = json!({ "StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": starting });
        let answer = self.ok(Operation::GetShardIterator, &body.to_string());
        answer["ShardIterator"].as_str().unwrap().to_owned()
    }
    fn read(&mut self, iterator: &str) -> Result<Value, Error> {
        self.call(Operation::GetRecords, &json!({ "ShardIterator": iterator }).to_string())
    }
    /// All records of a stream, shard by shard.
    pub fn records(&mut self, arn: &str) -> Vec<Value> {
        let mut records = Vec::new();
        for shard in self.shards(arn) {
            let mut next = Some(self.iterator(arn, &shard, "TRIM_HORIZON"));
            while let Some(iterator) = next {
                let page = self.read(&iterator).unwrap();
                let found = page["Records"].as_array().unwrap().clone();
                next = page["NextShardIterator"].as_str().map(str::to_owned);
                if found.is_empty() {
                    break;
                }
                records.extend(found);
            }
        }
        records
    }
}

/// A region whose table has a stream, and the stream's ARN.
fn streaming(view: &str) -> (Door, String) {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table(view));
    let arn = door.stream_arn();
    (door, arn)
}

/// What a record says of its item: `INSERT p1/1 red`.
pub fn said(record: &Value) -> String {
    let keys = &record["dynamodb"]["Keys"];
    let colour = record["dynamodb"]["NewImage"]["colour"]["S"].as_str().unwrap_or("-");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (pk, sk) = (text(&keys["pk"]["S"]), text(&keys["sk"]["N"]));
    format!("{} {pk}/{sk} {colour}", text(&record["eventName"]))
}

fn delete_body(number: u32) -> String {
    let body = put_body(number, "x").replace("\"Item\"", "\"Key\"");
    body.replace(r#","colour":{"S":"x"}"#, "")
}

fn snapshot(door: &Door) -> Vec<u8> {
    SnapshotWriter::new(door.region.image()).write_all().unwrap()
}

fn restored(bytes: &[u8], options: RegionOptions) -> Door {
    let mut restore = Region::restore(options);
    let mut reader = SnapshotReader::new();
    reader.feed(bytes, &mut restore).unwrap();
    reader.finish().unwrap();
    let region = restore.finish().unwrap();
    Door {
        now: region.now(),
        region,
    }
}

#[test]
fn every_change_of_an_item_is_recorded_once_and_in_order_whatever_the_network() {
    for (latency, loss, reorder) in [([0.0, 0.0], 0.0, 0.0), ([2.0, 9.0], 0.0, 0.0), ([1.0, 30.0], 0.2, 0.5)] {
        let mut door = Door::new(RegionOptions {
            network: network(latency, loss, reorder),
            partitions: 3,
            seed: 11,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, &streaming_table("NEW_AND_OLD_IMAGES"));
        for round in 0..5 {
            for number in 0..20 {
                door.put(number, &format!("c{round}"));
            }
        }
        for number in 0..20 {
            door.put(number, "c4");
            door.ok(Operation::DeleteItem, &delete_body(number));
        }
        door.settle();
        let arn = door.stream_arn();
        assert_eq!(door.shards(&arn).len(), 3);
        let records = door.records(&arn);
        assert_eq!(records.len(), 20 * 6);
        for number in 0..20 {
            let own = format!(" p{}/{number} ", number % 10);
            let said: Vec<String> = records.iter().map(said).filter(|line| line.contains(&own)).collect();
            let words: Vec<&str> = said.iter().map(|line| line.split(' ').next().unwrap()).collect();
            assert_eq!(words, ["INSERT", "MODIFY", "MODIFY", "MODIFY", "MODIFY", "REMOVE"]);
            assert!(
                (0..5).all(|round| said[round].ends_with(&format!("c{round}"))),
                "{said:?}"
            );
        }
    }
}

#[test]
fn on_a_slow_network_records_appear_later() {
    let mut door = Door::on(network([10.0, 80.0], 0.0, 0.0));
    door.ok(Operation::CreateTable, &streaming_table("KEYS_ONLY"));
    door.settle();
    let mut behind = 0;
    for number in 0..20 {
        door.put(number, "red");
        let lineages = door.region.cluster().lineages();
        let recorded: usize = lineages.map(|own| own.history().records.len()).sum();
        behind += usize::from(recorded <= number as usize);
    }
    assert!(behind > 0, "some answers were faster than the stream");
    let arn = door.stream_arn();
    door.settle();
    assert_eq!(door.records(&arn).len(), 20);
}

#[test]
fn what_was_written_before_a_stream_is_disabled_is_in_it() {
    for end in [
        (
            Operation::UpdateTable,
            r#"{"TableName":"Things","StreamSpecification":{"StreamEnabled":false}}"#,
        ),
        (Operation::DeleteTable, r#"{"TableName":"Things"}"#),
    ] {
        let mut door = Door::on(network([5.0, 50.0], 0.3, 0.5));
        door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
        let arn = door.stream_arn();
        for number in 0..30 {
            door.put(number, "red");
        }
        door.ok(end.0, end.1);
        for _ in 0..200 {
            door.advance_ms(100);
        }
        assert_eq!(door.records(&arn).len(), 30);
        let shards = door.shards(&arn);
        assert!(shards[0]["SequenceNumberRange"]["EndingSequenceNumber"].is_string());
        let body = json!({ "StreamArn": arn }).to_string();
        let described = door.ok(Operation::DescribeStream, &body);
        assert_eq!(described["StreamDescription"]["StreamStatus"], "DISABLED");
        door.advance_ms(25 * HOUR_MS);
        assert_eq!(door.ok(Operation::ListStreams, "{}")["Streams"], json!([]));
        assert!(door.call(Operation::DescribeStream, &body).is_err());
        assert_eq!(door.region.cluster().lineages().count(), 0);
    }
}

#[test]
fn a_shard_is_followed_by_another_after_four_hours() {
    let (mut door, arn) = streaming("NEW_IMAGE");
    for number in 0..3 {
        door.put(number, "red");
        door.advance_ms(4 * HOUR_MS);
    }
    door.put(3, "red");
    let shards = door.shards(&arn);
    assert_eq!(shards.len(), 4);
    for pair in shards.windows(2) {
        assert_eq!(pair[1]["ParentShardId"], pair[0]["ShardId"]);
    }
    assert_eq!(door.records(&arn).len(), 4);
    let iterator = door.iterator(&arn, &shards[0], "TRIM_HORIZON");
    let page = door.read(&iterator).unwrap();
    assert_eq!(page["Records"].as_array().unwrap().len(), 1);
    assert!(
        page.get("NextShardIterator").is_none(),
        "all of a closed shard was read"
    );
    let latest = door.iterator(&arn, &shards[0], "LATEST");
    assert!(door.read(&latest).unwrap().get("NextShardIterator").is_none());
    let children =
        json!({ "StreamArn": arn, "ShardFilter": { "Type": "CHILD_SHARDS", "ShardId": shards[1]["ShardId"] } });
    let described = door.ok(Operation::DescribeStream, &children.to_string());
    assert_eq!(described["StreamDescription"]["Shards"], json!([shards[2]]));
    let page = json!({ "StreamArn": arn, "Limit": 3 });
    let described = door.ok(Operation::DescribeStream, &page.to_string());
    assert_eq!(
        described["StreamDescription"]["LastEvaluatedShardId"],
        shards[2]["ShardId"]
    );
    let rest = json!({ "StreamArn": arn, "Limit": 3, "ExclusiveStartShardId": shards[2]["ShardId"] });
    let described = door.ok(Operation::DescribeStream, &rest.to_string());
    assert_eq!(described["StreamDescription"]["Shards"], json!([shards[3]]));
    // Closed shards have their day.
    door.advance_ms(23 * HOUR_MS);
    door.put(4, "red");
    assert_eq!(door.shards(&arn).len(), 3);
}

impl Door {
    /// What there is in a shard from a moment on, in seconds after the start of the test, and whether there may be more.
    fn since(&mut self, arn: &str, shard: &Value, seconds: f64) -> (Vec<String>, bool) {
        let body = json!({ "StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "AT_TIMESTAMP",
            "Timestamp": 1_893_456_000.0 + seconds });
        let answer = self.ok(Operation::GetShardIterator, &body.to_string());
        let page = self.read(answer["ShardIterator"].as_str().unwrap()).unwrap();
        let found = page["Records"].as_array().unwrap().iter().map(said).collect();
        (found, page["NextShardIterator"].is_string())
    }
}

#[test]
fn states_of_a_stream_pass_where_they_are_shown() {
    let mut door = Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    let status = |door: &mut Door| {
        let body = json!({ "StreamArn": arn }).to_string();
        door.ok(Operation::DescribeStream, &body)["StreamDescription"]["StreamStatus"].clone()
    };
    assert_eq!(status(&mut door), "ENABLING");
    door.advance_ms(10_000);
    assert_eq!(status(&mut door), "ENABLED");
    door.ok(
        Operation::UpdateTable,
        r#"{"TableName":"Things","StreamSpecification":{"StreamEnabled":false}}"#,
    );
    assert_eq!(status(&mut door), "DISABLING");
    door.advance_ms(10_000);
    assert_eq!(status(&mut door), "DISABLED");
}

#[test]
fn a_transaction_is_recorded_item_by_item_and_its_checks_are_not() {
    for latency in [[0.0, 0.0], [2.0, 20.0]] {
        let mut door = Door::new(RegionOptions {
            network: network(latency, 0.0, 0.0),
            partitions: 2,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, &streaming_table("NEW_AND_OLD_IMAGES"));
        door.put(1, "red");
        door.put(2, "red");
        let key = |number: u32| json!({ "pk": { "S": format!("p{number}") }, "sk": { "N": number.to_string() } });
        let item = |number: u32| {
            let mut item = key(number);
            item["colour"] = json!({ "S": "blue" });
            item
        };
        let body = json!({ "TransactItems": [
            { "Put": { "TableName": "Things", "Item": item(3) } },
            { "Delete": { "TableName": "Things", "Key": key(1) } },
            { "ConditionCheck": { "TableName": "Things", "Key": key(2), "ConditionExpression": "attribute_exists(pk)" } },
        ] });
        door.ok(Operation::TransactWriteItems, &body.to_string());
        door.settle();
        let arn = door.stream_arn();
        let mut found: Vec<String> = door.records(&arn).iter().map(said).collect();
        found.sort();
        assert_eq!(
            found,
            [
                "INSERT p1/1 red",
                "INSERT p2/2 red",
                "INSERT p3/3 blue",
                "REMOVE p1/1 -"
            ]
        );
    }
}
