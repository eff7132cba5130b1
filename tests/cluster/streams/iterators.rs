//! Where readers begin, and how long their place is kept.

use super::*;

#[test]
fn iterators_expire_and_records_are_trimmed() {
    let (mut door, arn) = streaming("NEW_IMAGE");
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
fn an_iterator_at_a_timestamp_starts_with_the_first_record_that_shows_it_or_a_later_one() {
    let (mut door, arn) = streaming("NEW_IMAGE");
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
    let (mut door, arn) = streaming("NEW_IMAGE");
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
    let (mut door, arn) = streaming("NEW_IMAGE");
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
