//! Vector indexes: what they hold of items, what searches find, what is charged. As observed on AWS in 2026 unless said otherwise.

use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::request::Operation::*;

/// Key `id`; `near` searches `v` of three dimensions by tenant and colour, of everything; `plain` the same vectors, keys only.
fn table(distance: &str) -> String {
    let index = |name: &str, search: Value, projection: Value| {
        let mut index = json!({"IndexName": name, "VectorAttribute": {"AttributeName": "v"}, "Dimensions": 3,
            "DistanceFunction": distance, "Projection": projection});
        if search != json!([]) {
            index["SearchSchema"] = search;
        }
        index
    };
    let element = |name: &str, kind: &str| json!({"AttributeName": name, "SearchSchemaElementType": kind});
    json!({"TableName": "t-1", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "tenant", "AttributeType": "S"}, {"AttributeName": "colour", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "VectorIndexes": [
            index("near", json!([element("tenant", "HASH"), element("colour", "INLINE_FILTER")]), json!({"ProjectionType": "ALL"})),
            index("plain", json!([]), json!({"ProjectionType": "KEYS_ONLY"})),
        ]})
    .to_string()
}

fn vector(elements: &[&str]) -> Value {
    elements.iter().map(|element| json!({"N": element})).collect()
}

fn engine(distance: &str) -> Engine {
    Engine::with(&[&table(distance)])
}

fn put(engine: &mut Engine, id: &str, tenant: Option<&str>, colour: &str, elements: &[&str]) -> Value {
    let mut item = json!({"id": {"S": id}, "colour": {"N": colour}, "v": {"L": vector(elements)}});
    if let Some(tenant) = tenant {
        item["tenant"] = json!({"S": tenant});
    }
    let body = json!({"TableName": "t-1", "Item": item, "ReturnConsumedCapacity": "INDEXES"});
    engine.ok(PutItem, &body.to_string())
}

/// A search of `index` with more members; ids and scores.
fn search(engine: &mut Engine, index: &str, elements: &[&str], members: Value) -> Vec<(String, f64)> {
    let answer = answer(engine, index, elements, members);
    let results = answer["SearchResults"].as_array().unwrap();
    let pair = |result: &Value| {
        let id = result["Item"]["id"]["S"].as_str().unwrap().to_owned();
        (id, result["Score"].as_f64().unwrap())
    };
    results.iter().map(pair).collect()
}

fn answer(engine: &mut Engine, index: &str, elements: &[&str], members: Value) -> Value {
    let mut body = json!({"TableName": "t-1", "IndexName": index, "SearchVector": vector(elements), "TopK": 10});
    body.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    engine.ok(SearchVectors, &body.to_string())
}

fn of_tenant(tenant: &str) -> Value {
    json!({"SearchConditionExpression": "tenant = :t", "ExpressionAttributeValues": {":t": {"S": tenant}}})
}

#[test]
fn distances_rank_as_named_and_scores_are_rounded_to_32_bits() {
    let ranked = |distance: &str| {
        let mut engine = engine(distance);
        put(&mut engine, "same", None, "1", &["1", "0", "0"]);
        put(&mut engine, "long", None, "1", &["3", "4", "0"]);
        put(&mut engine, "against", None, "1", &["-2", "0", "0"]);
        search(&mut engine, "plain", &["1", "0", "0"], json!({}))
    };
    let named = |pairs: &[(&str, f64)]| {
        pairs
            .iter()
            .map(|(id, score)| ((*id).to_owned(), *score))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ranked("COSINE"),
        named(&[("same", 0.0), ("long", f64::from(0.4f32)), ("against", 2.0)])
    );
    assert_eq!(
        ranked("EUCLIDEAN"),
        named(&[("same", 0.0), ("against", 3.0), ("long", f64::from(20f32.sqrt()))])
    );
    assert_eq!(
        ranked("DOT_PRODUCT"),
        named(&[("long", 3.0), ("same", 1.0), ("against", -2.0)])
    );
}

#[test]
fn a_search_returns_at_most_top_k_and_equal_scores_in_the_order_of_the_index() {
    let mut engine = engine("COSINE");
    for id in ["a", "b", "c", "d", "e"] {
        put(&mut engine, id, Some("x"), "1", &["1", "2", "3"]);
    }
    let all = search(&mut engine, "near", &["1", "2", "3"], of_tenant("x"));
    assert_eq!(all.len(), 5);
    let mut two = of_tenant("x");
    two["TopK"] = json!(2);
    assert_eq!(search(&mut engine, "near", &["1", "2", "3"], two), all[..2]);
}

#[test]
fn a_partition_key_and_filters_restrict_a_search() {
    let mut engine = engine("EUCLIDEAN");
    put(&mut engine, "x1", Some("x"), "1", &["1", "0", "0"]);
    put(&mut engine, "x2", Some("x"), "2", &["2", "0", "0"]);
    put(&mut engine, "y1", Some("y"), "1", &["0", "0", "0"]);
    put(&mut engine, "nobody", None, "1", &["0", "0", "0"]);
    let ids = |found: Vec<(String, f64)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let origin = &["0", "0", "0"];
    assert_eq!(ids(search(&mut engine, "near", origin, of_tenant("x"))), ["x1", "x2"]);
    assert_eq!(ids(search(&mut engine, "near", origin, of_tenant("z"))), [""; 0]);
    let filtered = json!({"SearchConditionExpression": "#c = :c AND tenant = :t",
        "ExpressionAttributeNames": {"#c": "colour"},
        "ExpressionAttributeValues": {":t": {"S": "x"}, ":c": {"N": "2.0"}}});
    assert_eq!(ids(search(&mut engine, "near", origin, filtered)), ["x2"]);
    // An item without the partition key is in the other index.
    let mut all = ids(search(&mut engine, "plain", origin, json!({})));
    all.sort();
    assert_eq!(all, ["nobody", "x1", "x2", "y1"]);
}

#[test]
fn results_show_what_is_projected_and_the_vector_only_when_asked() {
    let mut engine = engine("COSINE");
    put(&mut engine, "a", Some("x"), "1", &["16777217", "0.10", "-0.5"]);
    let item = |answer: Value| answer["SearchResults"][0]["Item"].clone();
    let searched = &["1", "0", "0"];
    assert_eq!(
        item(answer(&mut engine, "near", searched, of_tenant("x"))),
        json!({"id": {"S": "a"}, "colour": {"N": "1"}, "tenant": {"S": "x"}})
    );
    assert_eq!(
        item(answer(&mut engine, "plain", searched, json!({}))),
        json!({"id": {"S": "a"}})
    );
    assert_eq!(
        item(answer(
            &mut engine,
            "plain",
            searched,
            json!({"ProjectionExpression": "v, id, colour"})
        )),
        json!({"id": {"S": "a"}, "v": {"L": vector(&["16777216", "0.1", "-0.5"])}})
    );
    assert_eq!(
        item(answer(
            &mut engine,
            "plain",
            searched,
            json!({"ProjectionExpression": "v[1]"})
        )),
        json!({"v": {"L": vector(&["0.1"])}})
    );
    let body = json!({"TableName": "t-1", "Key": {"id": {"S": "a"}}});
    assert_eq!(
        engine.ok(GetItem, &body.to_string())["Item"]["v"],
        json!({"L": vector(&["16777217", "0.1", "-0.5"])}),
        "the table keeps every digit"
    );
}

#[test]
fn entries_follow_their_items() {
    let mut engine = engine("EUCLIDEAN");
    put(&mut engine, "a", Some("x"), "1", &["1", "0", "0"]);
    let searched = &["0", "0", "0"];
    let update = |engine: &mut Engine, expression: &str, values: Value| {
        let body = json!({"TableName": "t-1", "Key": {"id": {"S": "a"}}, "UpdateExpression": expression,
            "ExpressionAttributeValues": values});
        let mut body = body;
        if values_are_empty(&body) {
            body.as_object_mut().unwrap().remove("ExpressionAttributeValues");
        }
        engine.ok(UpdateItem, &body.to_string());
    };
    update(
        &mut engine,
        "SET v[0] = :n, tenant = :t",
        json!({":n": {"N": "5"}, ":t": {"S": "y"}}),
    );
    assert_eq!(search(&mut engine, "near", searched, of_tenant("x")), []);
    assert_eq!(
        search(&mut engine, "near", searched, of_tenant("y")),
        [("a".to_owned(), 5.0)]
    );
    update(&mut engine, "REMOVE tenant", json!({}));
    assert_eq!(search(&mut engine, "near", searched, of_tenant("y")), []);
    assert_eq!(
        search(&mut engine, "plain", searched, json!({})),
        [("a".to_owned(), 5.0)]
    );
    update(&mut engine, "REMOVE v", json!({}));
    assert_eq!(search(&mut engine, "plain", searched, json!({})), []);
}

fn values_are_empty(body: &Value) -> bool {
    body["ExpressionAttributeValues"] == json!({})
}

#[test]
fn writes_are_charged_by_the_bytes_of_each_changed_entry() {
    let mut engine = engine("COSINE");
    let vectors = |answer: Value| answer["ConsumedCapacity"]["VectorIndexes"].clone();
    let arm = |bytes: u32| json!({"VectorWriteRequestBytes": bytes});
    let first = put(&mut engine, "a", Some("x"), "1", &["1", "0", "0"]);
    assert_eq!(
        first["ConsumedCapacity"]["CapacityUnits"],
        json!(1.0),
        "bytes are no units"
    );
    assert_eq!(vectors(first), json!({"near": arm(1024), "plain": arm(1024)}));
    assert_eq!(
        vectors(put(&mut engine, "a", Some("x"), "1", &["1", "0", "0"])),
        Value::Null,
        "nothing changed"
    );
    assert_eq!(
        vectors(put(&mut engine, "a", Some("x"), "2", &["1", "0", "0"])),
        json!({"near": arm(1024)}),
        "colour is in one of them"
    );
    let mut item = json!({"id": {"S": "b"}, "tenant": {"S": "x"}, "v": {"L": vector(&["1", "0", "0"])}});
    item["big"] = json!({"S": "b".repeat(2000)});
    let body = json!({"TableName": "t-1", "Item": item, "ReturnConsumedCapacity": "INDEXES"});
    // id 3, tenant 7, v 1 + 3 * 4, big 2003.
    assert_eq!(
        vectors(engine.ok(PutItem, &body.to_string())),
        json!({"near": arm(2026), "plain": arm(1024)})
    );
    let total = json!({"TableName": "t-1", "Key": {"id": {"S": "b"}}, "ReturnConsumedCapacity": "TOTAL"});
    assert_eq!(vectors(engine.ok(DeleteItem, &total.to_string())), Value::Null);
}

#[test]
fn an_indexed_vector_counts_as_floats_for_storage_and_writes_and_as_a_list_for_reads() {
    let mut engine = engine("COSINE");
    // As a list each of these three numbers counts for 1 + 20: 38 digits.
    let long = "1234567890123456789012345678901234567.8";
    put(&mut engine, "a", None, "1", &[long, long, long]);
    let table = engine.ok(DescribeTable, r#"{"TableName":"t-1"}"#)["Table"].clone();
    // id 3, colour 6 + 2, v 1 + 3 * 4.
    assert_eq!(table["TableSizeBytes"], json!(24));
    let indexes = table["VectorIndexes"].as_array().unwrap();
    let sizes = |name: &str| {
        let index = indexes.iter().find(|index| index["IndexName"] == name).unwrap();
        (index["ItemCount"].clone(), index["IndexSizeBytes"].clone())
    };
    assert_eq!(sizes("near"), (json!(0), json!(0)));
    assert_eq!(sizes("plain"), (json!(1), json!(16)));
}

#[test]
fn a_search_reports_bytes_whatever_detail_is_asked_for() {
    let mut engine = engine("COSINE");
    put(&mut engine, "a", None, "1", &["1", "0", "0"]);
    for detail in ["TOTAL", "INDEXES"] {
        let answer = answer(
            &mut engine,
            "plain",
            &["1", "0", "0"],
            json!({"ReturnConsumedCapacity": detail}),
        );
        let consumed = answer["ConsumedCapacity"].as_object().unwrap();
        assert_eq!(consumed.len(), 1);
        assert!(consumed["VectorSearchRequestBytes"].as_u64().unwrap() > 0);
    }
    let none = answer(&mut engine, "plain", &["1", "0", "0"], json!({}));
    assert_eq!(none.get("ConsumedCapacity"), None);
}

#[test]
fn a_description_has_the_definition_and_no_backfilling() {
    let mut engine = engine("DOT_PRODUCT");
    let table = engine.ok(DescribeTable, r#"{"TableName":"t-1"}"#)["Table"].clone();
    assert_eq!(
        table["VectorIndexes"][0],
        json!({"IndexName": "near", "VectorAttribute": {"AttributeName": "v"}, "Dimensions": 3,
            "DistanceFunction": "DOT_PRODUCT", "Projection": {"ProjectionType": "ALL"},
            "SearchSchema": [{"AttributeName": "tenant", "SearchSchemaElementType": "HASH"},
                {"AttributeName": "colour", "SearchSchemaElementType": "INLINE_FILTER"}],
            "IndexStatus": "ACTIVE", "ItemCount": 0, "IndexSizeBytes": 0,
            "IndexArn": "arn:aws:dynamodb:us-east-1:123456789012:table/t-1/index/near"})
    );
    assert_eq!(table["VectorIndexes"][1].get("SearchSchema"), None);
}

#[test]
fn an_index_that_comes_later_is_filled_and_one_that_goes_takes_its_definitions_along() {
    let mut engine = Engine::with(&[r#"{"TableName":"t-1","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}"#]);
    put(&mut engine, "a", Some("x"), "1", &["1", "0", "0"]);
    put(&mut engine, "other", Some("x"), "1", &["1", "0"]);
    let body = json!({"TableName": "t-1", "AttributeDefinitions": [{"AttributeName": "tenant", "AttributeType": "S"}],
        "VectorIndexUpdates": [{"Create": {"IndexName": "near", "VectorAttribute": {"AttributeName": "v"}, "Dimensions": 3,
            "DistanceFunction": "COSINE", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "SearchSchema": [{"AttributeName": "tenant", "SearchSchemaElementType": "HASH"}]}}]});
    let updating = engine.ok(UpdateTable, &body.to_string())["TableDescription"].clone();
    assert_eq!(updating["TableStatus"], "UPDATING");
    assert_eq!(updating["VectorIndexes"][0]["IndexStatus"], "CREATING");
    assert_eq!(updating["VectorIndexes"][0]["Backfilling"], json!(false));
    assert_eq!(
        search(&mut engine, "near", &["1", "0", "0"], of_tenant("x")),
        [("a".to_owned(), 0.0)],
        "what is no vector of its dimensions is left out"
    );
    let body = json!({"TableName": "t-1", "VectorIndexUpdates": [{"Delete": {"IndexName": "near"}}]});
    let dropping = engine.ok(UpdateTable, &body.to_string())["TableDescription"].clone();
    assert_eq!(dropping["VectorIndexes"][0]["IndexStatus"], "DELETING");
    let table = engine.ok(DescribeTable, r#"{"TableName":"t-1"}"#)["Table"].clone();
    assert_eq!(table.get("VectorIndexes"), None);
    assert_eq!(
        table["AttributeDefinitions"],
        json!([{"AttributeName": "id", "AttributeType": "S"}])
    );
}

#[test]
fn nothing_but_searches_reads_a_vector_index() {
    let mut engine = engine("COSINE");
    // Recorded of a statement; the sentences of the two operations are taken from it.
    let scan = "Scan operation not supported on this index type";
    engine.invalid(
        ExecuteStatement,
        r#"{"Statement":"SELECT * FROM \"t-1\".\"near\" WHERE tenant = 'x'"}"#,
        scan,
    );
    engine.invalid(Scan, r#"{"TableName":"t-1","IndexName":"near"}"#, scan);
    engine.invalid(
        Query,
        r#"{"TableName":"t-1","IndexName":"near","KeyConditionExpression":"tenant = :t","ExpressionAttributeValues":{":t":{"S":"x"}}}"#,
        "Query operation not supported on this index type",
    );
}

#[test]
fn transactions_check_vectors_and_do_not_double_their_bytes() {
    let mut engine = engine("COSINE");
    let put = |elements: &[&str]| {
        let item = json!({"id": {"S": "a"}, "tenant": {"S": "x"}, "v": {"L": vector(elements)}});
        json!({"TransactItems": [{"Put": {"TableName": "t-1", "Item": item}}], "ReturnConsumedCapacity": "INDEXES"})
            .to_string()
    };
    let Err(Error::TransactionCanceledException { reasons }) = engine.call(TransactWriteItems, &put(&["1", "2"]))
    else {
        panic!("a short vector cancels a transaction");
    };
    assert_eq!(
        reasons[0].message().as_deref(),
        Some(
            "One or more parameter values were invalid. Invalid size for parameter v, Expected: 3, Actual: 2 IndexName: near"
        )
    );
    let answer = engine.ok(TransactWriteItems, &put(&["1", "2", "3"]));
    let consumed = &answer["ConsumedCapacity"][0];
    assert_eq!(consumed["CapacityUnits"], json!(2.0));
    let arm = json!({"VectorWriteRequestBytes": 1024});
    assert_eq!(consumed["VectorIndexes"], json!({"near": arm, "plain": arm}));
    assert_eq!(
        search(&mut engine, "near", &["1", "2", "3"], of_tenant("x")),
        [("a".to_owned(), 0.0)]
    );
}
