//! PutItem, GetItem, UpdateItem, DeleteItem.

use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::json;
use snowglobe::request::Operation::*;

#[test]
fn an_item_is_put_read_changed_and_deleted() {
    let mut engine = Engine::with(&[PLAIN]);
    let item = json!({"pk": {"S": "a"}, "n": {"N": "1"}, "m": {"M": {"x": {"L": [{"BOOL": true}, {"NULL": true}]}}}});
    let put = json!({"TableName": "plain", "Item": item}).to_string();
    assert_eq!(engine.ok(PutItem, &put), json!({}));
    let get = r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"ConsistentRead":true}"#;
    assert_eq!(engine.ok(GetItem, get), json!({"Item": item}));
    let updated = engine.ok(
        UpdateItem,
        r##"{"TableName":"plain","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET n = n + :one, #m.y = :one REMOVE #m.x[1]",
            "ExpressionAttributeNames":{"#m":"m"},"ExpressionAttributeValues":{":one":{"N":"1"}},"ReturnValues":"UPDATED_NEW"}"##,
    );
    assert_eq!(
        updated,
        json!({"Attributes": {"n": {"N": "2"}, "m": {"M": {"y": {"N": "1"}}}}}),
        "only what changed and is still there"
    );
    let deleted = engine.ok(
        DeleteItem,
        r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"ReturnValues":"ALL_OLD","ConditionExpression":"n = :two","ExpressionAttributeValues":{":two":{"N":"2.0"}}}"#,
    );
    assert_eq!(
        deleted["Attributes"]["m"],
        json!({"M": {"x": {"L": [{"BOOL": true}]}, "y": {"N": "1"}}})
    );
    assert_eq!(engine.ok(GetItem, get), json!({}));
}

#[test]
fn an_update_of_nothing_stores_the_key() {
    let mut engine = Engine::with(&[PLAIN]);
    let update = r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"ReturnValues":"ALL_NEW"}"#;
    assert_eq!(engine.ok(UpdateItem, update), json!({"Attributes": {"pk": {"S": "a"}}}));
    let get = r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"ConsistentRead":true}"#;
    assert_eq!(engine.ok(GetItem, get), json!({"Item": {"pk": {"S": "a"}}}));
    let removal =
        r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"UpdateExpression":"REMOVE n","ReturnValues":"UPDATED_NEW"}"#;
    assert_eq!(engine.ok(UpdateItem, removal), json!({}), "nothing is there to show");
}

#[test]
fn a_failed_condition_shows_the_item_only_when_asked() {
    let mut engine = Engine::with(&[PLAIN]);
    engine.ok(
        PutItem,
        r#"{"TableName":"plain","Item":{"pk":{"S":"a"},"n":{"N":"1"}}}"#,
    );
    for (asked, shown) in [("NONE", false), ("ALL_OLD", true)] {
        let error = engine
            .call(
                PutItem,
                &format!(
                    r#"{{"TableName":"plain","Item":{{"pk":{{"S":"a"}}}},"ConditionExpression":"attribute_not_exists(pk)","ReturnValuesOnConditionCheckFailure":"{asked}"}}"#
                ),
            )
            .unwrap_err();
        assert_eq!(error.name(), "ConditionalCheckFailedException");
        assert_eq!(error.message().as_deref(), Some("The conditional request failed"));
        assert_eq!(error.has_members(), shown);
    }
}

#[test]
fn a_projection_that_matches_nothing_still_shows_an_item() {
    let mut engine = Engine::with(&[PLAIN]);
    engine.ok(
        PutItem,
        r#"{"TableName":"plain","Item":{"pk":{"S":"a"},"n":{"N":"1"}}}"#,
    );
    let get = r#"{"TableName":"plain","Key":{"pk":{"S":"a"}},"ProjectionExpression":"absent","ConsistentRead":true}"#;
    assert_eq!(engine.ok(GetItem, get), json!({"Item": {}}));
}

#[test]
fn an_item_is_taken_to_the_byte() {
    let mut engine = Engine::with(&[PLAIN]);
    let put = |bytes: usize| {
        // pk + a = 3, v = 1.
        format!(
            r#"{{"TableName":"plain","Item":{{"pk":{{"S":"a"}},"v":{{"S":"{}"}}}}}}"#,
            "x".repeat(bytes - 4)
        )
    };
    engine.ok(PutItem, &put(409_600));
    engine.invalid(
        PutItem,
        &put(409_601),
        "Item size has exceeded the maximum allowed size",
    );
    let update = |bytes: usize| {
        format!(
            r#"{{"TableName":"plain","Key":{{"pk":{{"S":"a"}}}},"UpdateExpression":"SET v = :v","ExpressionAttributeValues":{{":v":{{"S":"{}"}}}}}}"#,
            "x".repeat(bytes)
        )
    };
    // 3 for the update, 19 for SET, 1 for the target: the charge ends before the item does.
    engine.ok(UpdateItem, &update(409_600 - 23));
    engine.invalid(
        UpdateItem,
        &update(409_600 - 22),
        "Item size to update has exceeded the maximum allowed size",
    );
}

#[test]
fn item_collections_are_measured_on_tables_with_local_indexes() {
    let mut engine = Engine::with(&[super::capacity::INDEXED, PLAIN]);
    let put = engine.ok(
        PutItem,
        r#"{"TableName":"indexed","Item":{"pk":{"S":"a"},"sk":{"N":"1"}},"ReturnItemCollectionMetrics":"SIZE"}"#,
    );
    assert_eq!(
        put,
        json!({"ItemCollectionMetrics": {"ItemCollectionKey": {"pk": {"S": "a"}}, "SizeEstimateRangeGB": [0.0, 1.0]}})
    );
    let put = engine.ok(
        PutItem,
        r#"{"TableName":"plain","Item":{"pk":{"S":"a"}},"ReturnItemCollectionMetrics":"SIZE"}"#,
    );
    assert_eq!(put, json!({}));
}
