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

#[test]
fn a_batch_get_stops_at_sixteen_megabytes_and_can_go_on() {
    let mut engine = Engine::with(&[PLAIN]);
    let keys: Vec<_> = (0..50).map(|number| json!({"pk": {"S": number.to_string()}})).collect();
    for key in &keys {
        let item = json!({"pk": key["pk"], "big": {"S": "x".repeat(400_000)}});
        engine.ok(PutItem, &json!({"TableName": "plain", "Item": item}).to_string());
    }
    let block = json!({"Keys": keys, "ConsistentRead": true, "ProjectionExpression": "#p",
        "ExpressionAttributeNames": {"#p": "pk"}});
    let body = json!({"RequestItems": {"plain": block}, "ReturnConsumedCapacity": "TOTAL"});
    let first = engine.ok(BatchGetItem, &body.to_string());
    let rest = &first["UnprocessedKeys"]["plain"];
    assert_eq!(first["Responses"]["plain"].as_array().unwrap().len(), 41);
    assert_eq!(rest["Keys"].as_array().unwrap().len(), 9);
    assert_eq!(rest["ProjectionExpression"], "#p");
    assert_eq!(rest["ExpressionAttributeNames"], json!({"#p": "pk"}));
    assert_eq!(rest["ConsistentRead"], true);
    // 400,000 bytes and a few: 98 units each.
    assert_eq!(first["ConsumedCapacity"][0]["CapacityUnits"], 41.0 * 98.0);
    let second = engine.ok(
        BatchGetItem,
        &json!({"RequestItems": first["UnprocessedKeys"]}).to_string(),
    );
    assert_eq!(second["Responses"]["plain"].as_array().unwrap().len(), 9);
    assert_eq!(second["UnprocessedKeys"], json!({}));
}

#[test]
fn return_values_show_what_was_asked_for() {
    let update = |returned: &str| {
        format!(
            r#"{{"TableName":"plain","Key":{{"pk":{{"S":"a"}}}},"UpdateExpression":"SET n = :two, m.x = :two","ExpressionAttributeValues":{{":two":{{"N":"2"}}}},"ReturnValues":"{returned}"}}"#
        )
    };
    let before = json!({"pk": {"S": "a"}, "n": {"N": "1"}, "m": {"M": {"x": {"N": "1"}, "y": {"N": "1"}}}});
    let after = json!({"pk": {"S": "a"}, "n": {"N": "2"}, "m": {"M": {"x": {"N": "2"}, "y": {"N": "1"}}}});
    let part = |value: &str| json!({"n": {"N": value}, "m": {"M": {"x": {"N": value}}}});
    for (returned, shown) in [
        ("NONE", json!({})),
        ("ALL_OLD", json!({"Attributes": before})),
        ("UPDATED_OLD", json!({"Attributes": part("1")})),
        ("ALL_NEW", json!({"Attributes": after})),
        ("UPDATED_NEW", json!({"Attributes": part("2")})),
    ] {
        let mut engine = Engine::with(&[PLAIN]);
        engine.ok(PutItem, &json!({"TableName": "plain", "Item": before}).to_string());
        assert_eq!(engine.ok(UpdateItem, &update(returned)), shown, "{returned}");
    }
}
