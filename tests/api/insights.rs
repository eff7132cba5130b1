//! Contributor Insights: switched, described, and what they count.

use super::annotations::{ARN, call};
use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

const INDEXED: &str = r#"{"TableName":"plain","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
    "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"pk","KeyType":"RANGE"}],
        "Projection":{"ProjectionType":"ALL"}}]}"#;

#[test]
fn insights_are_switched_for_tables_and_indexes_apart() {
    let mut engine = Engine::with(&[INDEXED]);
    assert_eq!(
        call(&mut engine, DescribeContributorInsights, json!({"TableName": "plain"})),
        json!({"TableName": "plain", "ContributorInsightsStatus": "DISABLED"})
    );
    let nothing = json!({"ContributorInsightsSummaries": []});
    assert_eq!(call(&mut engine, ListContributorInsights, json!({})), nothing);
    let on =
        |index: Option<&str>| json!({"TableName": "plain", "IndexName": index, "ContributorInsightsAction": "ENABLE"});
    assert_eq!(
        call(&mut engine, UpdateContributorInsights, on(None)),
        json!({"TableName": "plain", "ContributorInsightsStatus": "ENABLING",
            "ContributorInsightsMode": "ACCESSED_AND_THROTTLED_KEYS"})
    );
    assert_eq!(
        call(&mut engine, DescribeContributorInsights, json!({"TableName": ARN})),
        json!({"TableName": "plain", "ContributorInsightsStatus": "ENABLED", "LastUpdateDateTime": 1893456000,
            "ContributorInsightsMode": "ACCESSED_AND_THROTTLED_KEYS", "ContributorInsightsRuleList": [
                "DynamoDBContributorInsights-PKC-plain-1893456000000",
                "DynamoDBContributorInsights-PKT-plain-1893456000000"]})
    );
    call(&mut engine, UpdateContributorInsights, on(Some("by-g")));
    let index = call(
        &mut engine,
        DescribeContributorInsights,
        json!({"TableName": "plain", "IndexName": "by-g"}),
    );
    let kinds = ["PKC", "SKC", "PKT", "SKT"];
    let rules: Value = kinds
        .iter()
        .map(|kind| format!("DynamoDBContributorInsights-{kind}-plain-by-g-1893456000000").into())
        .collect::<Vec<Value>>()
        .into();
    assert_eq!(index["ContributorInsightsRuleList"], rules);
    // A page for each, the table first.
    let first = call(
        &mut engine,
        ListContributorInsights,
        json!({"TableName": "plain", "MaxResults": 1}),
    );
    assert_eq!(first["ContributorInsightsSummaries"][0].get("IndexName"), None);
    let next = json!({"TableName": "plain", "MaxResults": 1, "NextToken": first["NextToken"]});
    let second = call(&mut engine, ListContributorInsights, next);
    assert_eq!(second["ContributorInsightsSummaries"][0]["IndexName"], "by-g");
    assert_eq!(second.get("NextToken"), None);
}

#[test]
fn insights_change_their_mode_and_end() {
    let mut engine = Engine::with(&[PLAIN]);
    let mut switch = |action: &str, mode: Option<&str>| {
        let body = json!({"TableName": "plain", "ContributorInsightsAction": action, "ContributorInsightsMode": mode});
        let answer = call(&mut engine, UpdateContributorInsights, body);
        let now = call(&mut engine, DescribeContributorInsights, json!({"TableName": "plain"}));
        (answer["ContributorInsightsStatus"].as_str().unwrap().to_owned(), now)
    };
    assert_eq!(switch("DISABLE", None).0, "DISABLED");
    assert_eq!(switch("ENABLE", Some("THROTTLED_KEYS")).0, "ENABLING");
    let (status, now) = switch("ENABLE", Some("THROTTLED_KEYS"));
    assert_eq!(status, "ENABLED");
    assert_eq!(now["ContributorInsightsRuleList"].as_array().unwrap().len(), 1);
    let (status, now) = switch("ENABLE", None);
    assert_eq!(
        (status.as_str(), &now["ContributorInsightsMode"]),
        ("ENABLING", &json!("ACCESSED_AND_THROTTLED_KEYS"))
    );
    let (status, now) = switch("DISABLE", Some("THROTTLED_KEYS"));
    assert_eq!(status, "DISABLING");
    assert_eq!(now["ContributorInsightsStatus"], "DISABLED");
    assert_eq!(now.get("ContributorInsightsRuleList"), None);
    assert_eq!(now["ContributorInsightsMode"], "ACCESSED_AND_THROTTLED_KEYS");
}

const COUNTED: &str = r#"{"TableName":"counted","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
        {"AttributeName":"kind","AttributeType":"B"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
    "GlobalSecondaryIndexes":[{"IndexName":"kinds","Projection":{"ProjectionType":"KEYS_ONLY"},
        "KeySchema":[{"AttributeName":"kind","KeyType":"HASH"}]}]}"#;

/// What was counted of one list: each key as JSON, and how often.
fn counted(engine: &Engine, index: Option<&str>, list: &str) -> Vec<(String, u64)> {
    let all = engine.cluster.contributors("counted", index).unwrap();
    let all = serde_json::to_value(all).unwrap();
    let contributors = all[list].as_array().unwrap();
    let one = |contributor: &Value| {
        assert_eq!(contributor["excess"], 0);
        (contributor["key"].to_string(), contributor["count"].as_u64().unwrap())
    };
    contributors.iter().map(one).collect()
}

fn expected(keys: &[(Value, u64)]) -> Vec<(String, u64)> {
    keys.iter().map(|(key, count)| (key.to_string(), *count)).collect()
}

#[test]
fn insights_count_the_keys_that_requests_name() {
    let mut engine = Engine::with(&[COUNTED]);
    let key = |pk: &str, sk: u8| json!({"pk": {"S": pk}, "sk": {"N": sk.to_string()}});
    let get = |engine: &mut Engine, pk, sk| {
        call(engine, GetItem, json!({"TableName": "counted", "Key": key(pk, sk)}));
    };
    get(&mut engine, "early", 1);
    let enable = json!({"TableName": "counted", "ContributorInsightsAction": "ENABLE"});
    call(&mut engine, UpdateContributorInsights, enable.clone());
    get(&mut engine, "a", 1);
    get(&mut engine, "a", 1);
    get(&mut engine, "a", 2);
    call(
        &mut engine,
        PutItem,
        json!({"TableName": "counted", "Item": key("b", 20)}),
    );
    let refused =
        json!({"TableName": "counted", "Key": key("b", 20), "ConditionExpression": "attribute_exists(nothing)"});
    engine.call(DeleteItem, &refused.to_string()).unwrap_err();
    call(
        &mut engine,
        BatchWriteItem,
        json!({"RequestItems": {"counted": [{"PutRequest": {"Item": key("c", 3)}}, {"DeleteRequest": {"Key": key("a", 1)}}]}}),
    );
    call(
        &mut engine,
        Query,
        json!({"TableName": "counted", "KeyConditionExpression": "pk = :p AND sk > :s",
            "ExpressionAttributeValues": {":p": {"S": "c"}, ":s": {"N": "0"}}}),
    );
    call(&mut engine, Scan, json!({"TableName": "counted"}));
    let reads = json!({"TransactItems": [{"Get": {"TableName": "counted", "Key": key("d", 1)}}]});
    call(&mut engine, TransactGetItems, reads);
    let update = json!({"TableName": "counted", "Key": key("d", 1), "UpdateExpression": "SET x = :x",
        "ExpressionAttributeValues": {":x": {"N": "1"}}});
    let check =
        json!({"TableName": "counted", "Key": key("b", 20), "ConditionExpression": "attribute_exists(nothing)"});
    let writes = json!({"TransactItems": [{"Update": update}, {"ConditionCheck": check}]});
    engine.call(TransactWriteItems, &writes.to_string()).unwrap_err();
    let partition = |pk: &str| json!({"pk": {"S": pk}});
    assert_eq!(
        counted(&engine, None, "accessedPartitions"),
        expected(&[
            (partition("a"), 4),
            (partition("b"), 3),
            (partition("c"), 2),
            (partition("d"), 1)
        ])
    );
    assert_eq!(
        counted(&engine, None, "accessedItems"),
        expected(&[
            (key("a", 1), 3),
            (key("b", 20), 3),
            (key("a", 2), 1),
            (key("c", 3), 1),
            (key("d", 1), 1)
        ])
    );
    assert_eq!(counted(&engine, None, "throttledItems"), []);
    assert_eq!(counted(&engine, Some("kinds"), "accessedPartitions"), [], "not enabled");
    assert_eq!(engine.cluster.contributors("counted", Some("none")), None);
    assert_eq!(engine.cluster.contributors("none", None), None);

    let mut disable = enable;
    disable["ContributorInsightsAction"] = json!("DISABLE");
    call(&mut engine, UpdateContributorInsights, disable);
    assert_eq!(counted(&engine, None, "accessedItems"), [], "forgotten");
}

#[test]
fn insights_of_an_index_count_the_entries_that_writes_change() {
    let mut engine = Engine::with(&[COUNTED]);
    let enable = json!({"TableName": "counted", "IndexName": "kinds", "ContributorInsightsAction": "ENABLE"});
    call(&mut engine, UpdateContributorInsights, enable.clone());
    let put = |engine: &mut Engine, kind: Option<&str>, more: &str| {
        let mut item = json!({"pk": {"S": "a"}, "sk": {"N": "1"}, "more": {"S": more}});
        if let Some(kind) = kind {
            item["kind"] = json!({"B": kind});
        }
        call(engine, PutItem, json!({"TableName": "counted", "Item": item}));
    };
    put(&mut engine, None, "no entry");
    put(&mut engine, Some("AAAA"), "made");
    put(&mut engine, Some("AAAA"), "the entry is as it was");
    put(&mut engine, Some("AAEC"), "moved");
    call(
        &mut engine,
        DeleteItem,
        json!({"TableName": "counted", "Key": {"pk": {"S": "a"}, "sk": {"N": "1"}}}),
    );
    call(
        &mut engine,
        Query,
        json!({"TableName": "counted", "IndexName": "kinds", "KeyConditionExpression": "kind = :k",
            "ExpressionAttributeValues": {":k": {"B": "AAEC"}}}),
    );
    let kind = |bytes: [u8; 3]| json!({"kind": {"B": bytes}});
    assert_eq!(
        counted(&engine, Some("kinds"), "accessedPartitions"),
        expected(&[(kind([0, 1, 2]), 3), (kind([0, 0, 0]), 2)])
    );
    assert_eq!(
        counted(&engine, Some("kinds"), "accessedItems"),
        [],
        "there is no sort key"
    );
    assert_eq!(counted(&engine, None, "accessedPartitions"), [], "not enabled");

    let mut throttled = enable;
    throttled["ContributorInsightsMode"] = json!("THROTTLED_KEYS");
    call(&mut engine, UpdateContributorInsights, throttled);
    put(&mut engine, Some("AAEC"), "not throttled");
    assert_eq!(
        counted(&engine, Some("kinds"), "accessedPartitions"),
        expected(&[(kind([0, 1, 2]), 3), (kind([0, 0, 0]), 2)]),
        "only what is throttled is counted from here on"
    );
}
