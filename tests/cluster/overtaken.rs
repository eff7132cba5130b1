//! Table operations that are under way at once: each was planned on the table as its caller could know it, and the admin actor
//! decides on the table as the one before it left it.

use super::door::{ADD_INDEX, Door, INDEXED_TABLE, TABLE, network};
use serde_json::{Value, json};
use snowglobe::limits;
use snowglobe::region::{Answer, RegionOptions};
use snowglobe::request::Operation::{self, *};

const NAMED: &str = r#"{"TableName":"Things"}"#;
const PROTECT: &str = r#"{"TableName":"Things","DeletionProtectionEnabled":true}"#;
const ENABLE_STREAM: &str =
    r#"{"TableName":"Things","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}"#;
const DISABLE_STREAM: &str = r#"{"TableName":"Things","StreamSpecification":{"StreamEnabled":false}}"#;
const EXPIRE: &str = r#"{"TableName":"Things","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}"#;
const TO_KINESIS: &str = r#"{"TableName":"Things","StreamArn":"arn:aws:kinesis:local-1:000000000000:stream/changes"}"#;
const DROP_INDEX: &str = r#"{"TableName":"Things","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"global"}}]}"#;
const ADD_VECTOR_INDEX: &str = r#"{"TableName":"Things","VectorIndexUpdates":[{"Create":{"IndexName":"near",
    "VectorAttribute":{"AttributeName":"v"},"Dimensions":2,"DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"}}}]}"#;
const TABLE_ARN: &str = "arn:aws:dynamodb:local-1:000000000000:table/Things";

const ACCEPTED: &str = "accepted";
const ONE_INDEX: &str = "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
const GONE: &str = "ResourceNotFoundException: Requested resource not found: Table: Things not found";
const CREATED: &str =
    "ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: Things";
const UPDATED: &str =
    "ResourceInUseException: Attempt to change a resource which is still in use: Table is being updated: Things";
const DELETED: &str =
    "ResourceInUseException: Attempt to change a resource which is still in use: Table is being deleted: Things";

/// Whether states that pass are shown.
#[derive(Clone, Copy)]
enum States {
    Shown,
    Hidden,
}

/// A region whose messages take five milliseconds, with that table at rest.
fn region(states: States, table: &str) -> Door {
    let mut door = Door::new(RegionOptions {
        network: network([5.0, 5.0], 0.0, 0.0),
        transient_states: matches!(states, States::Shown),
        ..RegionOptions::default()
    });
    door.ok(CreateTable, table);
    door.settle();
    door
}

/// Begins both calls at one moment, and says what came of them, in their order.
fn at_once(door: &mut Door, calls: [(Operation, &str); 2]) -> [String; 2] {
    let tickets = calls.map(|(operation, body)| match door.begin(operation, body) {
        Answer::Pending(ticket) => ticket,
        answered => panic!("{body} was planned before the other call took effect: {answered:?}"),
    });
    door.settle();
    let mut told: [String; 2] = Default::default();
    while let Some((ticket, result)) = door.region.next_completion() {
        let at = tickets
            .iter()
            .position(|asked| *asked == ticket)
            .expect("one of the calls");
        told[at] = match result {
            Ok(_) => ACCEPTED.to_owned(),
            Err(error) => format!("{}: {}", error.name(), error.message().unwrap_or_default()),
        };
    }
    told
}

/// The first of two calls at once is accepted, the second is refused so.
#[track_caller]
fn second_is_refused(door: &mut Door, calls: [(Operation, &str); 2], refusal: &str) {
    let [first, second] = at_once(door, calls);
    assert_eq!(first, ACCEPTED);
    assert_eq!(second, refusal);
}

#[test]
fn one_of_two_tables_gets_the_name() {
    let another = TABLE.replace("Things", "Another");
    let twice = [(CreateTable, TABLE), (CreateTable, TABLE)];
    let exists = "ResourceInUseException: Table already exists: Things";
    for (states, refusal) in [(States::Hidden, exists), (States::Shown, CREATED)] {
        second_is_refused(&mut region(states, &another), twice, refusal);
    }
}

#[test]
fn one_of_two_tables_gets_the_last_place() {
    let mut door = region(States::Hidden, TABLE);
    for number in 2..limits::TABLES_MAX {
        door.begin(CreateTable, &TABLE.replace("Things", &format!("table-{number}")));
    }
    door.settle();
    while door.region.next_completion().is_some() {}
    assert_eq!(door.region.catalog().len(), limits::TABLES_MAX - 1);
    let [one, two] = ["one", "two"].map(|name| TABLE.replace("Things", &format!("last-{name}")));
    let refusal = "LimitExceededException: Subscriber limit exceeded: There is a limit of 2500 simultaneous table operations per account";
    second_is_refused(&mut door, [(CreateTable, &one), (CreateTable, &two)], refusal);
}

#[test]
fn one_index_comes_or_goes_at_a_time() {
    let other = ADD_INDEX.replace("by-colour", "another");
    for second in [ADD_INDEX, other.as_str(), ADD_VECTOR_INDEX, DROP_INDEX] {
        for states in [States::Hidden, States::Shown] {
            let mut door = region(states, INDEXED_TABLE);
            // Filling the index takes longer than the second call.
            let calls = [(UpdateTable, ADD_INDEX), (UpdateTable, second)];
            second_is_refused(&mut door, calls, ONE_INDEX);
            let indexes = door.describe()["GlobalSecondaryIndexes"].as_array().map(Vec::len);
            assert_eq!(indexes, Some(2), "{second}");
        }
    }
}

#[test]
fn an_index_goes_once() {
    for (states, refusal) in [(States::Hidden, UPDATED), (States::Shown, ONE_INDEX)] {
        let calls = [(UpdateTable, DROP_INDEX), (UpdateTable, DROP_INDEX)];
        second_is_refused(&mut region(states, INDEXED_TABLE), calls, refusal);
    }
}

/// Whatever they ask for: each could contradict what the other has made of the table.
#[test]
fn a_table_takes_one_update_at_a_time() {
    const PROVISION: &str = r#"{"TableName":"Things","BillingMode":"PROVISIONED",
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}"#;
    const CEILING: &str = r#"{"TableName":"Things","OnDemandThroughput":{"MaxReadRequestUnits":5}}"#;
    for states in [States::Hidden, States::Shown] {
        for [first, second] in [
            [PROVISION, CEILING],
            [PROVISION, PROVISION],
            [ENABLE_STREAM, ENABLE_STREAM],
            [PROTECT, ADD_INDEX],
        ] {
            let mut door = region(states, TABLE);
            second_is_refused(&mut door, [(UpdateTable, first), (UpdateTable, second)], UPDATED);
            door.settle();
            door.ok(
                UpdateTable,
                r#"{"TableName":"Things","TableClass":"STANDARD_INFREQUENT_ACCESS"}"#,
            );
        }
    }
}

#[test]
fn a_stream_is_enabled_once_and_disabled_once() {
    let mut door = region(States::Hidden, TABLE);
    let streams = |door: &mut Door| door.ok(ListStreams, NAMED)["Streams"].as_array().map(Vec::len);
    let twice = |body| [(UpdateTable, body), (UpdateTable, body)];
    second_is_refused(&mut door, twice(ENABLE_STREAM), UPDATED);
    assert_eq!(streams(&mut door), Some(1));
    second_is_refused(&mut door, twice(DISABLE_STREAM), UPDATED);
    assert!(door.describe().get("StreamSpecification").is_none());
}

#[test]
fn protection_that_was_granted_protects() {
    let refusal = "ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.";
    for states in [States::Hidden, States::Shown] {
        let mut door = region(states, TABLE);
        second_is_refused(&mut door, [(UpdateTable, PROTECT), (DeleteTable, NAMED)], refusal);
        assert_eq!(door.describe()["DeletionProtectionEnabled"], true);
    }
}

#[test]
fn nothing_is_done_to_a_table_that_is_going() {
    let calls = [
        (DeleteTable, NAMED),
        (UpdateTable, PROTECT),
        (UpdateTable, ADD_INDEX),
        (UpdateTimeToLive, EXPIRE),
        (EnableKinesisStreamingDestination, TO_KINESIS),
    ];
    for (states, refusal) in [(States::Hidden, GONE), (States::Shown, DELETED)] {
        for second in calls {
            second_is_refused(&mut region(states, TABLE), [(DeleteTable, NAMED), second], refusal);
        }
    }
}

#[test]
fn settings_do_not_wait_for_a_table_that_is_being_updated() {
    let meanwhile = [
        (UpdateTable, PROTECT),
        (UpdateTimeToLive, EXPIRE),
        (EnableKinesisStreamingDestination, TO_KINESIS),
    ];
    for (operation, body) in meanwhile {
        let mut door = region(States::Shown, TABLE);
        door.ok(UpdateTable, ENABLE_STREAM);
        assert_eq!(door.describe()["TableStatus"], "UPDATING");
        door.ok(operation, body);
    }
}

#[test]
fn settings_are_changed_once() {
    let twice = [
        (
            UpdateTimeToLive,
            EXPIRE,
            "ValidationException: TimeToLive is already enabled",
        ),
        (
            EnableKinesisStreamingDestination,
            TO_KINESIS,
            "ValidationException: Table is not in a valid state to enable Kinesis Streaming Destination: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.",
        ),
    ];
    for (operation, body, refusal) in twice {
        for states in [States::Hidden, States::Shown] {
            let mut door = region(states, TABLE);
            second_is_refused(&mut door, [(operation, body), (operation, body)], refusal);
        }
    }
}

#[test]
fn tags_that_are_set_at_once_are_counted_together() {
    let tags = |prefix: &str, count: usize| {
        let tags: Vec<Value> = (0..count)
            .map(|number| json!({ "Key": format!("{prefix}-{number}"), "Value": "" }))
            .collect();
        json!({ "ResourceArn": TABLE_ARN, "Tags": tags }).to_string()
    };
    let mut door = region(States::Hidden, TABLE);
    let (fifty, one) = (tags("many", limits::TAGS_MAX), tags("more", 1));
    let [first, second] = at_once(&mut door, [(TagResource, &fifty), (TagResource, &one)]);
    assert_eq!(first, ACCEPTED);
    assert!(second.starts_with("ValidationException: "), "{second}");
}

/// What a change of a policy answers names the policy that it found.
#[test]
fn a_policy_takes_one_change_at_a_time() {
    const PENDING: &str = "ResourceInUseException: Attempt to change a resource which is still in use: Table is pending previous resource-based policy update: Things";
    let put = |action: &str| {
        let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::000000000000:root" },
            "Action": format!("dynamodb:{action}"), "Resource": TABLE_ARN }] });
        json!({ "ResourceArn": TABLE_ARN, "Policy": policy.to_string() }).to_string()
    };
    let (get, query) = (put("GetItem"), put("Query"));
    let delete = json!({ "ResourceArn": TABLE_ARN }).to_string();
    for states in [States::Hidden, States::Shown] {
        for second in [(PutResourcePolicy, &query), (DeleteResourcePolicy, &delete)] {
            let mut door = region(states, TABLE);
            let calls = [(PutResourcePolicy, get.as_str()), (second.0, second.1.as_str())];
            second_is_refused(&mut door, calls, PENDING);
        }
    }
    let mut door = region(States::Hidden, TABLE);
    let [first, second] = at_once(&mut door, [(PutResourcePolicy, &get), (PutResourcePolicy, &get)]);
    assert_eq!([first, second], [ACCEPTED; 2], "nothing is left to change");
}
