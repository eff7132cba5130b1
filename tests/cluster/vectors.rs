//! Vector indexes over their lives, and what searches see on a network that takes time.

use super::door::{Door, TABLE, network};
use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::region::{Region, RegionOptions};
use snowglobe::request::Operation;
use snowglobe::store::snapshot::{SnapshotReader, SnapshotWriter};

fn definition(name: &str) -> Value {
    json!({"IndexName": name, "VectorAttribute": {"AttributeName": "v"}, "Dimensions": 2,
        "DistanceFunction": "EUCLIDEAN", "Projection": {"ProjectionType": "KEYS_ONLY"}})
}

fn create(name: &str) -> String {
    json!({"TableName": "Things", "VectorIndexUpdates": [{"Create": definition(name)}]}).to_string()
}

fn delete(name: &str) -> String {
    json!({"TableName": "Things", "VectorIndexUpdates": [{"Delete": {"IndexName": name}}]}).to_string()
}

/// The table, with an index `near` from the start.
fn indexed() -> String {
    let mut table: Value = serde_json::from_str(TABLE).unwrap();
    table["VectorIndexes"] = json!([definition("near")]);
    table.to_string()
}

/// Puts a vector on a circle: numbers that are neighbours are neighbours there.
fn put(door: &mut Door, number: u32) {
    let vector = json!({"L": [{"N": number.to_string()}, {"N": (number * number % 7).to_string()}]});
    let body = json!({"TableName": "Things",
        "Item": {"pk": {"S": format!("p{}", number % 10)}, "sk": {"N": number.to_string()}, "v": vector}});
    door.ok(Operation::PutItem, &body.to_string());
}

/// The numbers nearest to `number`, the nearest first.
fn nearest(door: &mut Door, number: u32, most: usize) -> Result<Vec<u32>, Error> {
    let body = json!({"TableName": "Things", "IndexName": "near", "TopK": most,
        "SearchVector": [{"N": number.to_string()}, {"N": (number * number % 7).to_string()}]});
    let answer = door.call(Operation::SearchVectors, &body.to_string())?;
    let results = answer["SearchResults"].as_array().unwrap();
    let number = |result: &Value| result["Item"]["sk"]["N"].as_str().unwrap().parse().unwrap();
    Ok(results.iter().map(number).collect())
}

fn refusal(result: Result<impl std::fmt::Debug, Error>) -> (&'static str, String) {
    let error = result.unwrap_err();
    (error.name(), error.message().unwrap_or_default().into_owned())
}

fn states(door: &mut Door) -> (Value, Value, Value) {
    let table = door.describe();
    let index = &table["VectorIndexes"][0];
    (
        table["TableStatus"].clone(),
        index["IndexStatus"].clone(),
        index["Backfilling"].clone(),
    )
}

fn shown() -> Door {
    Door::new(RegionOptions {
        transient_states: true,
        ..RegionOptions::default()
    })
}

#[test]
fn an_index_made_with_its_table_is_created_with_it_and_never_seen_backfilling() {
    let mut door = shown();
    door.ok(Operation::CreateTable, &indexed());
    assert_eq!(states(&mut door), ("CREATING".into(), "CREATING".into(), Value::Null));
    door.advance_ms(60_000);
    assert_eq!(states(&mut door), ("ACTIVE".into(), "ACTIVE".into(), Value::Null));
    put(&mut door, 1);
    assert_eq!(nearest(&mut door, 1, 5).unwrap(), [1]);
}

#[test]
fn searches_of_an_index_that_comes_later_are_refused_until_it_is_complete() {
    let mut door = shown();
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(60_000);
    for number in 0..300 {
        put(&mut door, number);
    }
    door.ok(Operation::UpdateTable, &create("near"));
    assert_eq!(states(&mut door), ("UPDATING".into(), "CREATING".into(), false.into()));
    let missing = (
        "ValidationException",
        "The table does not have the specified index: near".to_owned(),
    );
    assert_eq!(refusal(nearest(&mut door, 1, 1)), missing);
    // Its resources are being made: it cannot be cancelled yet.
    assert_eq!(
        refusal(door.call(Operation::UpdateTable, &delete("near"))).0,
        "ResourceInUseException"
    );
    door.advance_ms(6_000);
    assert_eq!(states(&mut door), ("ACTIVE".into(), "CREATING".into(), true.into()));
    let filling = (
        "ValidationException",
        "Cannot search backfilling vector index: near".to_owned(),
    );
    assert_eq!(refusal(nearest(&mut door, 1, 1)), filling);
    put(&mut door, 300);
    let second = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    let global = r#"{"TableName":"Things","AttributeDefinitions":[{"AttributeName":"colour","AttributeType":"S"}],
        "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-colour","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"colour","KeyType":"HASH"}]}}]}"#;
    for body in [&create("other"), global] {
        let limit = ("LimitExceededException", second.to_owned());
        assert_eq!(refusal(door.call(Operation::UpdateTable, body)), limit);
    }
    let (name, sentence) = refusal(door.call(Operation::DeleteTable, r#"{"TableName":"Things"}"#));
    assert_eq!(name, "ResourceInUseException");
    assert!(sentence.ends_with("Cannot delete table while indexes are being created, updated, or deleted."));
    door.advance_ms(60_000);
    assert_eq!(states(&mut door), ("ACTIVE".into(), "ACTIVE".into(), Value::Null));
    assert_eq!(nearest(&mut door, 300, 100).unwrap().len(), 100);
    assert_eq!(nearest(&mut door, 300, 1).unwrap(), [300]);
    assert_eq!(door.describe()["VectorIndexes"][0]["ItemCount"], 301);
}

#[test]
fn a_delete_cancels_an_index_that_is_being_filled() {
    let mut door = shown();
    door.ok(Operation::CreateTable, TABLE);
    door.advance_ms(60_000);
    put(&mut door, 1);
    door.ok(Operation::UpdateTable, &create("near"));
    door.advance_ms(6_000);
    assert_eq!(states(&mut door).2, true);
    door.ok(Operation::UpdateTable, &delete("near"));
    assert_eq!(states(&mut door).1, "DELETING");
    door.advance_ms(60_000);
    let table = door.describe();
    assert_eq!(
        (&table["TableStatus"], table.get("VectorIndexes")),
        (&json!("ACTIVE"), None)
    );
    put(&mut door, 2);
    assert_eq!(door.region.describe().partitions.len(), 1);
}

#[test]
fn an_index_lags_behind_its_table_and_catches_up() {
    let mut lagged = 0;
    for seed in 0..20 {
        let mut door = Door::new(RegionOptions {
            seed,
            network: network([1.0, 20.0], 0.1, 0.2),
            partitions: 3,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, &indexed());
        door.settle();
        for number in 0..30 {
            put(&mut door, number);
        }
        lagged += u32::from(!nearest(&mut door, 29, 1).unwrap().contains(&29));
        door.settle();
        let found = nearest(&mut door, 29, 30).unwrap();
        let mut by_distance: Vec<u32> = (0..30).collect();
        let squared = |number: u32| (29 - number).pow(2) + (number * number % 7).abs_diff(29 * 29 % 7).pow(2);
        by_distance.sort_by_key(|number| squared(*number));
        let distances = |numbers: &[u32]| numbers.iter().map(|number| squared(*number)).collect::<Vec<_>>();
        assert_eq!(
            distances(&found),
            distances(&by_distance),
            "from all partitions, best first"
        );
    }
    assert!(lagged > 0, "on such a network some index was behind");
}

#[test]
fn partitions_do_not_change_what_a_search_finds() {
    let found = [1, 3].map(|partitions| {
        let mut door = Door::new(RegionOptions {
            partitions,
            ..RegionOptions::default()
        });
        door.ok(Operation::CreateTable, &indexed());
        for number in 0..200 {
            put(&mut door, number % 50);
            put(&mut door, number);
        }
        nearest(&mut door, 100, 20).unwrap()
    });
    assert_eq!(found[0], found[1]);
}

#[test]
fn a_snapshot_brings_the_index_back() {
    let mut door = Door::on(snowglobe::cluster::Network::default());
    door.ok(Operation::CreateTable, &indexed());
    for number in 0..100 {
        put(&mut door, number);
    }
    let (found, description) = (nearest(&mut door, 40, 10).unwrap(), door.describe());
    let bytes = SnapshotWriter::new(door.region.image()).write_all().unwrap();
    let mut restore = Region::restore(RegionOptions::default());
    let mut reader = SnapshotReader::new();
    reader.feed(&bytes, &mut restore).unwrap();
    reader.finish().unwrap();
    let mut again = Door {
        region: restore.finish().unwrap(),
        now: door.now,
    };
    assert_eq!(nearest(&mut again, 40, 10).unwrap(), found);
    assert_eq!(again.describe(), description);
    // The next index is another one.
    again.ok(Operation::UpdateTable, &create("other"));
    assert_eq!(again.describe()["VectorIndexes"][1]["ItemCount"], 100);
}
