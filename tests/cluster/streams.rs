//! Streams in time and over a network that takes time: order, lag, shards, retention, forks and restarts.

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
fn iterators_expire_and_records_are_trimmed() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    door.put(1, "red");
    let shard = door.shards(&arn)[0].clone();
    let oldest = door.iterator(&arn, &shard, "TRIM_HORIZON");
    door.advance_ms(15 * 60 * 1000);
    let page = door.read(&oldest).unwrap();
    let number = page["Records"][0]["dynamodb"]["SequenceNumber"].clone();
    let next = page["NextShardIterator"].as_str().unwrap().to_owned();
    door.advance_ms(1);
    assert_eq!(door.read(&oldest), Err(Error::ExpiredIteratorException));
    assert!(
        door.read(&next).is_ok(),
        "an iterator's time begins when it is handed out"
    );

    door.advance_ms(24 * HOUR_MS);
    let body = json!({ "StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "AT_SEQUENCE_NUMBER",
        "SequenceNumber": number });
    assert_eq!(
        door.call(Operation::GetShardIterator, &body.to_string()),
        Err(Error::TrimmedDataAccessException)
    );
    assert_eq!(door.records(&arn), Vec::<Value>::new());
    door.put(2, "red");
    assert_eq!(door.records(&arn).len(), 1);
}

#[test]
fn a_shard_is_followed_by_another_after_four_hours() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
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
fn an_iterator_at_a_timestamp_starts_with_the_first_record_that_shows_it_or_a_later_one() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    // Created in seconds 0, 2 and 2, and shown so.
    door.put(1, "red");
    door.advance_ms(2_250);
    door.put(2, "red");
    door.advance_ms(500);
    door.put(3, "red");
    door.advance_ms(1_250);
    let shard = door.shards(&arn)[0].clone();
    let [first, second, third] = ["INSERT p1/1 red", "INSERT p2/2 red", "INSERT p3/3 red"].map(str::to_owned);
    let rest = vec![second, third];
    let all = [&[first][..], &rest].concat();
    for (seconds, expected) in [
        (-1.0, &all),
        (0.0, &all),
        (0.001, &rest),
        (2.0, &rest),
        (2.001, &vec![]),
        (4.0, &vec![]),
    ] {
        assert_eq!(door.since(&arn, &shard, seconds), (expected.clone(), true), "{seconds}");
    }
}

#[test]
fn an_iterator_at_a_timestamp_stays_in_its_shard() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    for number in 0..3 {
        door.put(number, "red");
        door.advance_ms(4 * HOUR_MS);
    }
    let shards = door.shards(&arn);
    let hour = |hours: u64| (hours * HOUR_MS / 1000) as f64;
    let only = |number: u32| (vec![format!("INSERT p{number}/{number} red")], number == 2);
    assert_eq!(door.since(&arn, &shards[0], hour(0)), only(0));
    assert_eq!(door.since(&arn, &shards[1], hour(0)), only(1), "before it was opened");
    assert_eq!(door.since(&arn, &shards[2], hour(5)), only(2));
    assert_eq!(
        door.since(&arn, &shards[0], hour(5)),
        (vec![], false),
        "after it was closed"
    );
}

#[test]
fn an_iterator_at_a_timestamp_before_the_trim_horizon_starts_at_the_horizon() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    door.put(1, "red");
    door.advance_ms(HOUR_MS);
    door.put(2, "red");
    let shard = door.shards(&arn)[0].clone();
    door.advance_ms(23 * HOUR_MS + 1);
    let kept = (vec!["INSERT p2/2 red".to_owned()], true);
    assert_eq!(door.since(&arn, &shard, -1.0), kept);
    assert_eq!(door.since(&arn, &shard, 1.0), kept);
    // A record found by its time is gone with it; the horizon moves on.
    let asked = |seconds: u64| {
        json!({ "StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "AT_TIMESTAMP",
            "Timestamp": 1_893_456_000 + seconds })
        .to_string()
    };
    door.advance_ms(HOUR_MS - 2);
    let by_time = door.ok(Operation::GetShardIterator, &asked(3_600));
    let by_horizon = door.ok(Operation::GetShardIterator, &asked(0));
    door.advance_ms(2);
    assert_eq!(
        door.read(by_time["ShardIterator"].as_str().unwrap()),
        Err(Error::TrimmedDataAccessException)
    );
    assert!(door.read(by_horizon["ShardIterator"].as_str().unwrap()).is_ok());
}

#[test]
fn a_fork_records_for_itself() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    door.put(1, "red");
    let mut fork = Door {
        region: door.region.fork(),
        now: door.now,
    };
    fork.put(2, "blue");
    door.put(3, "green");
    let said_by = |door: &mut Door| door.records(&arn).iter().map(said).collect::<Vec<_>>();
    assert_eq!(said_by(&mut fork), ["INSERT p1/1 red", "INSERT p2/2 blue"]);
    assert_eq!(said_by(&mut door), ["INSERT p1/1 red", "INSERT p3/3 green"]);
}

#[test]
fn a_stream_goes_on_after_a_restart() {
    let mut door = Door::new(RegionOptions {
        network: network([3.0, 9.0], 0.0, 0.0),
        partitions: 2,
        ..RegionOptions::default()
    });
    door.ok(Operation::CreateTable, &streaming_table("NEW_AND_OLD_IMAGES"));
    for number in 0..100 {
        door.put(number, "red");
    }
    let arn = door.stream_arn();
    let shards = door.shards(&arn);
    let iterator = door.iterator(&arn, &shards[0], "TRIM_HORIZON");
    door.put(100, "red");
    // Some records have not reached the lineages when the snapshot is taken.
    let bytes = snapshot(&door);
    door.settle();
    let before = door.records(&arn);
    assert_eq!(before.len(), 101);

    let same = || RegionOptions {
        partitions: 2,
        ..RegionOptions::default()
    };
    let mut again = restored(&bytes, same());
    assert_eq!(again.stream_arn(), arn);
    assert_eq!(again.shards(&arn), shards);
    let after = again.records(&arn);
    assert_eq!(
        after.iter().map(said).collect::<Vec<_>>(),
        before.iter().map(said).collect::<Vec<_>>()
    );
    assert_eq!(after[0], before[0]);
    assert!(again.read(&iterator).is_ok(), "iterators outlive a restart");
    again.put(101, "blue");
    again.put(0, "blue");
    let later = again.records(&arn);
    assert_eq!(later.len(), 103);
    let mut ids: Vec<&str> = later.iter().map(|record| record["eventID"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 103);
    assert_eq!(restored(&snapshot(&again), same()).records(&arn), later);
}

#[test]
fn a_restart_with_other_partitions_gives_the_shards_children() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    let parent = door.shards(&arn)[0]["ShardId"].clone();
    for number in 0..20 {
        door.put(number, "red");
    }
    let mut again = restored(
        &snapshot(&door),
        RegionOptions {
            partitions: 4,
            ..RegionOptions::default()
        },
    );
    for number in 0..20 {
        again.put(number, "blue");
    }
    let shards = again.shards(&arn);
    assert_eq!(shards.len(), 5);
    let children: Vec<&Value> = shards.iter().filter(|shard| shard["ParentShardId"] == parent).collect();
    assert_eq!(children.len(), 4);
    assert_eq!(again.records(&arn).len(), 40);
}

#[test]
fn a_disabled_stream_outlives_a_restart_and_its_table() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let arn = door.stream_arn();
    door.put(1, "red");
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    // A table of the same name, made at the same moment, has another stream.
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    let mut again = restored(&snapshot(&door), RegionOptions::default());
    let second = again.stream_arn();
    assert_ne!(arn, second);
    assert_eq!(
        again.records(&arn).iter().map(said).collect::<Vec<_>>(),
        ["INSERT p1/1 red"]
    );
    assert_eq!(again.records(&second), Vec::<Value>::new());
    let listed = again.ok(Operation::ListStreams, r#"{"TableName":"Things"}"#);
    assert_eq!(listed["Streams"].as_array().unwrap().len(), 2);
    again.advance_ms(24 * HOUR_MS);
    let listed = again.ok(Operation::ListStreams, r#"{"TableName":"Things"}"#);
    assert_eq!(listed["Streams"].as_array().unwrap().len(), 1);
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
fn feeds_have_places_that_do_not_expire_and_tell_what_is_on_its_way() {
    let mut door = Door::on(network([10.0, 80.0], 0.0, 0.0));
    door.ok(Operation::CreateTable, &streaming_table("NEW_IMAGE"));
    door.ok(
        Operation::EnableKinesisStreamingDestination,
        r#"{"TableName":"Things","StreamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/changes"}"#,
    );
    door.settle();
    let start = door.region.feeds();
    assert_eq!(start.len(), 2);
    assert!(start.iter().all(|feed| feed.is_recording && !feed.is_behind));
    let mut behind = false;
    for number in 0..20 {
        door.put(number, "red");
        behind |= door.region.feeds().iter().any(|feed| feed.is_behind);
    }
    assert!(behind);
    door.settle();
    assert!(door.region.feeds().iter().all(|feed| !feed.is_behind));
    let recorded = door.region.recorded();
    assert_eq!(recorded, 40);
    door.advance_ms(HOUR_MS);
    for feed in start {
        let newest = feed.shards[0].newest.clone().unwrap();
        let page = door.read(&newest).unwrap();
        assert_eq!(page["Records"].as_array().unwrap().len(), 20);
        let image = &page["Records"][0]["dynamodb"]["NewImage"]["colour"]["S"];
        assert_eq!(image, "red");
        assert!(page["NextShardIterator"].is_string());
        // To anybody else, a stream that goes to Kinesis is not there.
        let body = json!({ "StreamArn": feed.arn }).to_string();
        assert_eq!(
            door.call(Operation::DescribeStream, &body).is_ok(),
            feed.kinesis.is_none()
        );
    }
    door.ok(Operation::DeleteTable, r#"{"TableName":"Things"}"#);
    assert!(door.region.feeds().iter().all(|feed| !feed.is_recording));
}

#[test]
fn a_kinesis_destination_goes_on_after_a_restart() {
    let mut door = Door::new(RegionOptions::default());
    door.ok(Operation::CreateTable, TABLE);
    door.ok(
        Operation::EnableKinesisStreamingDestination,
        r#"{"TableName":"Things","StreamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/changes"}"#,
    );
    door.put(1, "red");
    let mut again = restored(&snapshot(&door), RegionOptions::default());
    again.put(2, "red");
    let feeds = again.region.feeds();
    assert_eq!(
        feeds[0].kinesis.as_deref(),
        Some("arn:aws:kinesis:us-east-1:000000000000:stream/changes")
    );
    let page = again.read(&feeds[0].shards[0].oldest).unwrap();
    assert_eq!(page["Records"].as_array().unwrap().len(), 2);
    let described = again.ok(
        Operation::DescribeKinesisStreamingDestination,
        r#"{"TableName":"Things"}"#,
    );
    assert_eq!(
        described["KinesisDataStreamDestinations"][0]["DestinationStatus"],
        "ACTIVE"
    );
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
