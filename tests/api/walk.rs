//! Query and Scan.

use super::capacity::INDEXED;
use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation::{self, *};

fn sample() -> Engine {
    let mut engine = Engine::with(&[INDEXED]);
    for pk in ["a", "b", "c"] {
        for sk in 0..10 {
            let item = json!({"pk": {"S": pk}, "sk": {"N": sk.to_string()}, "l": {"S": format!("l{}", 9 - sk)},
                "g": {"S": format!("g{}", sk % 2)}, "x": {"N": "1"}, "y": {"N": sk.to_string()}});
            engine.ok(PutItem, &json!({"TableName": "indexed", "Item": item}).to_string());
        }
    }
    engine
}

/// All pages of a walk.
fn pages(engine: &mut Engine, operation: Operation, mut body: Value) -> Vec<Value> {
    let mut pages = Vec::new();
    loop {
        let page = engine.ok(operation, &body.to_string());
        let last = page.get("LastEvaluatedKey").cloned();
        pages.push(page);
        match last {
            Some(key) => body["ExclusiveStartKey"] = key,
            None => return pages,
        }
        assert!(pages.len() < 100, "pages come to an end");
    }
}

fn items(pages: &[Value]) -> Vec<Value> {
    pages
        .iter()
        .flat_map(|page| page["Items"].as_array().unwrap().clone())
        .collect()
}

fn query(values: Value, condition: &str) -> Value {
    json!({"TableName": "indexed", "KeyConditionExpression": condition, "ExpressionAttributeValues": values, "ConsistentRead": true})
}

#[test]
fn pages_of_a_query_join_without_gap_or_repeat_in_both_directions() {
    let mut engine = sample();
    for forward in [true, false] {
        let mut body = query(json!({":a": {"S": "a"}}), "pk = :a");
        body["ScanIndexForward"] = json!(forward);
        let whole = items(&[engine.ok(Query, &body.to_string())]);
        assert_eq!(whole.len(), 10);
        let first = if forward { "0" } else { "9" };
        assert_eq!(whole[0]["sk"]["N"], first);
        for limit in 1..=11 {
            body["Limit"] = json!(limit);
            assert_eq!(items(&pages(&mut engine, Query, body.clone())), whole, "limit {limit}");
        }
    }
}

#[test]
fn a_limit_that_ends_at_the_last_row_still_gives_a_key() {
    let mut engine = sample();
    let mut body = query(json!({":a": {"S": "a"}}), "pk = :a");
    body["Limit"] = json!(10);
    let page = engine.ok(Query, &body.to_string());
    assert_eq!(page["LastEvaluatedKey"], json!({"pk": {"S": "a"}, "sk": {"N": "9"}}));
    body["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
    assert_eq!(
        engine.ok(Query, &body.to_string()),
        json!({"Items": [], "Count": 0, "ScannedCount": 0})
    );
}

#[test]
fn conditions_on_the_sort_key_bound_the_walk() {
    let mut engine = sample();
    let cases = [
        ("pk = :a AND sk = :v", vec![3]),
        ("pk = :a AND sk < :v", vec![0, 1, 2]),
        ("pk = :a AND sk <= :v", vec![0, 1, 2, 3]),
        ("sk > :v AND pk = :a", vec![4, 5, 6, 7, 8, 9]),
        (":v <= sk AND :a = pk", vec![3, 4, 5, 6, 7, 8, 9]),
        ("pk = :a AND sk BETWEEN :v AND :v", vec![3]),
    ];
    for (condition, expected) in cases {
        let body = query(json!({":a": {"S": "a"}, ":v": {"N": "3"}}), condition);
        let page = engine.ok(Query, &body.to_string());
        let found: Vec<i32> = items(&[page])
            .iter()
            .map(|item| item["sk"]["N"].as_str().unwrap().parse().unwrap())
            .collect();
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn indexes_page_by_their_own_key_and_the_tables() {
    let mut engine = sample();
    let mut local = query(
        json!({":a": {"S": "a"}, ":l": {"S": "l"}}),
        "pk = :a AND begins_with(l, :l)",
    );
    local["IndexName"] = json!("lsi");
    local["Limit"] = json!(3);
    let local_pages = pages(&mut engine, Query, local);
    assert_eq!(
        local_pages[0]["LastEvaluatedKey"],
        json!({"pk": {"S": "a"}, "sk": {"N": "7"}, "l": {"S": "l2"}})
    );
    let rows = items(&local_pages);
    assert_eq!(rows.len(), 10);
    assert_eq!(
        rows[0],
        json!({"pk": {"S": "a"}, "sk": {"N": "9"}, "l": {"S": "l0"}, "x": {"N": "1"}}),
        "keys and what is included"
    );
    let global = json!({"TableName": "indexed", "IndexName": "gsi", "KeyConditionExpression": "g = :g",
        "ExpressionAttributeValues": {":g": {"S": "g1"}}, "Limit": 4});
    let global_pages = pages(&mut engine, Query, global);
    assert_eq!(items(&global_pages).len(), 15);
    let key = global_pages[0]["LastEvaluatedKey"].as_object().unwrap();
    assert_eq!(key.keys().collect::<Vec<_>>(), ["g", "pk", "sk"]);
}

#[test]
fn a_local_index_fetches_what_it_lacks_and_a_global_one_refuses() {
    let mut engine = sample();
    let mut body = query(json!({":a": {"S": "a"}}), "pk = :a");
    body["IndexName"] = json!("lsi");
    body["Limit"] = json!(1);
    body["ProjectionExpression"] = json!("y");
    assert_eq!(engine.ok(Query, &body.to_string())["Items"], json!([{"y": {"N": "9"}}]));
    let global = json!({"TableName": "indexed", "IndexName": "gsi", "KeyConditionExpression": "g = :g",
        "ExpressionAttributeValues": {":g": {"S": "g1"}}, "ProjectionExpression": "y, x, pk"});
    engine.invalid(
        Query,
        &global.to_string(),
        "One or more parameter values were invalid: Global secondary index gsi does not project [y]",
    );
}

#[test]
fn segments_share_a_table_without_gap_or_overlap() {
    let mut engine = sample();
    let whole = items(&pages(
        &mut engine,
        Scan,
        json!({"TableName": "indexed", "ConsistentRead": true}),
    ));
    assert_eq!(whole.len(), 30);
    for total in [1, 2, 3, 7] {
        let mut joined = Vec::new();
        for segment in 0..total {
            let body = json!({"TableName": "indexed", "Segment": segment, "TotalSegments": total, "Limit": 4, "ConsistentRead": true});
            joined.extend(items(&pages(&mut engine, Scan, body)));
        }
        assert_eq!(joined, whole, "{total} segments");
    }
}

#[test]
fn filters_and_counts_follow_what_was_evaluated() {
    let mut engine = sample();
    let mut body = query(json!({":a": {"S": "a"}, ":y": {"N": "7"}}), "pk = :a");
    body["FilterExpression"] = json!("y >= :y");
    let page = engine.ok(Query, &body.to_string());
    assert_eq!((&page["Count"], &page["ScannedCount"]), (&json!(3), &json!(10)));
    body["Select"] = json!("COUNT");
    let page = engine.ok(Query, &body.to_string());
    assert_eq!(page, json!({"Count": 3, "ScannedCount": 10}), "no items when counting");
    body["Limit"] = json!(8);
    let page = engine.ok(Query, &body.to_string());
    assert_eq!(page["Count"], 1, "the limit bounds what is evaluated");
}

#[test]
fn a_page_ends_when_it_passes_a_megabyte() {
    let mut engine = Engine::with(&[INDEXED]);
    for sk in 0..5 {
        let item = json!({"pk": {"S": "a"}, "sk": {"N": sk.to_string()}, "big": {"S": "v".repeat(300_000)}});
        engine.ok(PutItem, &json!({"TableName": "indexed", "Item": item}).to_string());
    }
    let mut body = query(json!({":a": {"S": "a"}}), "pk = :a");
    body["ProjectionExpression"] = json!("sk");
    let all = pages(&mut engine, Query, body);
    let counts: Vec<_> = all.iter().map(|page| page["Count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [4, 1], "the row that passes the bound is the page's last");
}

#[test]
fn base_items_that_a_local_index_fetches_count_towards_the_megabyte() {
    let mut engine = Engine::with(&[
        r#"{"TableName":"fetched","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
            {"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"l","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST",
        "LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]}"#,
    ]);
    for sk in 0..5 {
        let item =
            json!({"pk": {"S": "a"}, "sk": {"N": sk.to_string()}, "l": {"N": "1"}, "big": {"S": "v".repeat(300_000)}});
        engine.ok(PutItem, &json!({"TableName": "fetched", "Item": item}).to_string());
    }
    let mut body = json!({"TableName": "fetched", "IndexName": "lsi"});
    let counts = |pages: Vec<Value>| {
        pages
            .iter()
            .map(|page| page["Count"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(pages(&mut engine, Scan, body.clone())), [5], "entries are small");
    body["Select"] = json!("ALL_ATTRIBUTES");
    assert_eq!(counts(pages(&mut engine, Scan, body.clone())), [4, 1]);
    body["Select"] = json!("COUNT");
    assert_eq!(
        counts(pages(&mut engine, Scan, body)),
        [5],
        "nothing is fetched to count"
    );
}

#[test]
fn each_base_item_that_a_local_index_fetches_counts_by_whole_read_units() {
    let mut engine = Engine::with(&[
        r#"{"TableName":"fetched","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
            {"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"l","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST",
        "LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]}"#,
    ]);
    for sk in 0..300 {
        let item = json!({"pk": {"S": "a"}, "sk": {"N": sk.to_string()}, "l": {"N": sk.to_string()}, "d": {"S": "x"}});
        engine.ok(PutItem, &json!({"TableName": "fetched", "Item": item}).to_string());
    }
    let mut body = query(json!({":a": {"S": "a"}}), "pk = :a");
    body["TableName"] = json!("fetched");
    body["IndexName"] = json!("lsi");
    let mut counts = |body: &Value| {
        pages(&mut engine, Query, body.clone())
            .iter()
            .map(|page| page["Count"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(&body), [300]);
    body["ProjectionExpression"] = json!("d");
    assert_eq!(
        counts(&body),
        [256, 44],
        "one unit for all the entries, one for each item: the row that passes 256 of them is the page's last"
    );
}

#[test]
fn several_attributes_make_a_global_key() {
    let mut engine = Engine::with(&[r#"{"TableName":"multi","AttributeDefinitions":[
            {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"h1","AttributeType":"S"},{"AttributeName":"h2","AttributeType":"N"},
            {"AttributeName":"r1","AttributeType":"N"},{"AttributeName":"r2","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
        "GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"h1","KeyType":"HASH"},{"AttributeName":"h2","KeyType":"HASH"},
            {"AttributeName":"r1","KeyType":"RANGE"},{"AttributeName":"r2","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}]}"#]);
    for (pk, r1, r2) in [("a", "10", "x"), ("b", "9", "z"), ("c", "9", "y"), ("d", "-1", "x")] {
        let item = json!({"pk": {"S": pk}, "h1": {"S": "h"}, "h2": {"N": "1"}, "r1": {"N": r1}, "r2": {"S": r2}});
        engine.ok(PutItem, &json!({"TableName": "multi", "Item": item}).to_string());
    }
    engine.ok(
        PutItem,
        r#"{"TableName":"multi","Item":{"pk":{"S":"e"},"h1":{"S":"h"},"h2":{"N":"1"},"r1":{"N":"1"}}}"#,
    );
    let query = |condition: &str, values: Value| {
        json!({"TableName": "multi", "IndexName": "gsi", "KeyConditionExpression": condition, "ExpressionAttributeValues": values})
            .to_string()
    };
    let found = |engine: &mut Engine, body: &str| -> String {
        items(&[engine.ok(Query, body)])
            .iter()
            .map(|item| item["pk"]["S"].as_str().unwrap().to_owned())
            .collect()
    };
    let both = json!({":h": {"S": "h"}, ":n": {"N": "1"}});
    assert_eq!(
        found(&mut engine, &query("h1 = :h AND h2 = :n", both.clone())),
        "dcba",
        "each in its own order; e lacks r2"
    );
    let with = |more: Value| {
        let mut values = both.clone();
        values
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        values
    };
    assert_eq!(
        found(
            &mut engine,
            &query(
                "r1 = :r AND h2 = :n AND h1 = :h AND r2 > :y",
                with(json!({":r": {"N": "9"}, ":y": {"S": "y"}}))
            )
        ),
        "b"
    );
    assert_eq!(
        found(
            &mut engine,
            &query("h1 = :h AND h2 = :n AND r1 < :r", with(json!({":r": {"N": "10"}})))
        ),
        "dcb"
    );
}
