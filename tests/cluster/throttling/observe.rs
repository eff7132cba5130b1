//! Who is throttled can be seen: in Contributor Insights and in the trace.

use super::{call, get, indexed, item, ok, provisioned, put, with};
use serde_json::json;
use snowglobe::request::Operation::*;

#[test]
fn throttled_keys_are_counted() {
    for (mode, accessed) in [("ACCESSED_AND_THROTTLED_KEYS", 3), ("THROTTLED_KEYS", 0)] {
        let mut door = with(&provisioned(1, 2));
        let enable =
            json!({"TableName": "Tab", "ContributorInsightsAction": "ENABLE", "ContributorInsightsMode": mode});
        ok(&mut door, UpdateContributorInsights, &enable);
        ok(&mut door, PutItem, &put("a", 1));
        ok(&mut door, PutItem, &put("b", 1));
        for pk in ["a", "c", "c", "b", "c"] {
            assert!(call(&mut door, PutItem, &put(pk, 1)).is_err());
        }
        ok(&mut door, GetItem, &get("a"));
        assert!(call(&mut door, GetItem, &get("a")).is_err());
        let writes = json!({"RequestItems": {"Tab": [{"PutRequest": {"Item": item("d", 1)}}]}});
        assert!(call(&mut door, BatchWriteItem, &writes).is_err());
        let transaction = json!({"TransactItems": [{"Put": put("e", 1)}]});
        assert!(call(&mut door, TransactWriteItems, &transaction).is_err());
        let counted = serde_json::to_value(door.region.contributors("Tab", None).unwrap()).unwrap();
        let throttled = counted["throttledPartitions"].as_array().unwrap().iter();
        let throttled: Vec<_> = throttled
            .map(|one| (one["key"]["pk"]["S"].clone(), one["count"].clone()))
            .collect();
        let expected = [("c", 3), ("a", 2), ("b", 1), ("d", 1), ("e", 1)];
        assert_eq!(throttled, expected.map(|(pk, count)| (json!(pk), json!(count))));
        let seen = counted["accessedPartitions"].as_array().unwrap().iter();
        let seen: u64 = seen.map(|one| one["count"].as_u64().unwrap()).sum();
        assert_eq!(seen, accessed, "{mode}");
    }
}

#[test]
fn whoever_is_throttled_is_noted() {
    let mut door = with(&indexed(5, 1));
    let before = door.region.chronicle(0).noted;
    let entry = json!({"TableName": "Tab", "Item": {"pk": {"S": "p"}, "g": {"S": "g"}}});
    ok(&mut door, PutItem, &entry);
    let other = json!({"TableName": "Tab", "Item": {"pk": {"S": "q"}, "g": {"S": "g"}}});
    assert!(call(&mut door, PutItem, &other).is_err());
    let notes = door.region.chronicle(before).notes;
    assert_eq!(notes.len(), 1);
    let note = &notes[0];
    assert_eq!((note.event, note.actor), ("throttled", "router"));
    assert_eq!(
        (note.table.as_deref(), note.index.as_deref()),
        (Some("Tab"), Some("by-g"))
    );
    assert_eq!(note.reason.as_deref(), Some("IndexWriteProvisionedThroughputExceeded"));
}
