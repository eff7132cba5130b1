//! Streams in forks and after restarts.

use super::*;

#[test]
fn a_fork_records_for_itself() {
    let (mut door, arn) = streaming("NEW_IMAGE");
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
    let (mut door, arn) = streaming("NEW_IMAGE");
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
    let (mut door, arn) = streaming("NEW_IMAGE");
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
