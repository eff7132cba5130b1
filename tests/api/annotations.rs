//! Tags, resource policies and Contributor Insights: what a table carries beside its definition.

use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/plain";

fn call(engine: &mut Engine, operation: snowglobe::request::Operation, body: Value) -> Value {
    engine.ok(operation, &body.to_string())
}

fn tags(engine: &mut Engine) -> Value {
    call(engine, ListTagsOfResource, json!({"ResourceArn": ARN}))
}

#[test]
fn tags_are_set_replaced_and_taken_away() {
    let mut engine = Engine::new();
    let mut table: Value = serde_json::from_str(PLAIN).unwrap();
    table["Tags"] = json!([{"Key": "stage", "Value": "test"}, {"Key": "empty", "Value": ""}]);
    engine.ok(CreateTable, &table.to_string());
    assert_eq!(tags(&mut engine)["Tags"], table["Tags"]);
    let more = json!([{"Key": "stage", "Value": "live"}, {"Key": "team", "Value": "films @ home"}]);
    assert_eq!(
        call(&mut engine, TagResource, json!({"ResourceArn": ARN, "Tags": more})),
        json!({})
    );
    call(
        &mut engine,
        UntagResource,
        json!({"ResourceArn": ARN, "TagKeys": ["empty", "absent"]}),
    );
    assert_eq!(
        tags(&mut engine),
        json!({"Tags": [{"Key": "stage", "Value": "live"}, {"Key": "team", "Value": "films @ home"}]})
    );
}

#[test]
fn tags_come_ten_a_page() {
    let mut engine = Engine::with(&[PLAIN]);
    let given: Value = (0..23)
        .map(|number| json!({"Key": format!("k{number:02}"), "Value": "v"}))
        .collect();
    call(&mut engine, TagResource, json!({"ResourceArn": ARN, "Tags": given}));
    let (mut seen, mut pages, mut token) = (Vec::new(), 0, Value::Null);
    loop {
        let page = call(
            &mut engine,
            ListTagsOfResource,
            json!({"ResourceArn": ARN, "NextToken": token}),
        );
        pages += 1;
        seen.extend(page["Tags"].as_array().unwrap().clone());
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(pages, 3);
    assert_eq!(Value::from(seen), given);
    // AWS begins again where it does not know the token.
    let again = call(
        &mut engine,
        ListTagsOfResource,
        json!({"ResourceArn": ARN, "NextToken": "unknown"}),
    );
    assert_eq!(again["Tags"][0]["Key"], "k00");
}

#[test]
fn fifty_tags_are_the_most() {
    let mut engine = Engine::with(&[PLAIN]);
    let given = |from: usize, to: usize| -> Value {
        (from..to)
            .map(|number| json!({"Key": format!("k{number}"), "Value": "v"}))
            .collect()
    };
    call(
        &mut engine,
        TagResource,
        json!({"ResourceArn": ARN, "Tags": given(0, 50)}),
    );
    call(
        &mut engine,
        TagResource,
        json!({"ResourceArn": ARN, "Tags": given(40, 50)}),
    );
    for tags in [given(50, 51), given(0, 51)] {
        engine.invalid(
            TagResource,
            &json!({"ResourceArn": ARN, "Tags": tags}).to_string(),
            "Number of Tags exceed the current limit for the provided ResourceArn",
        );
    }
}

fn policy(sid: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Sid": sid, "Effect": "Allow",
        "Principal": {"AWS": ["111122223333"]}, "Action": ["dynamodb:GetItem"], "Resource": [ARN]}]})
    .to_string()
}

#[test]
fn a_policy_is_kept_in_its_canonical_form_under_a_revision() {
    let mut engine = Engine::with(&[PLAIN]);
    let put = json!({"ResourceArn": ARN, "Policy": policy("one")});
    let revision = call(&mut engine, PutResourcePolicy, put.clone())["RevisionId"].clone();
    assert_eq!(
        call(&mut engine, GetResourcePolicy, json!({"ResourceArn": ARN})),
        json!({"RevisionId": revision, "Policy": format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"one","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::111122223333:root"}},"Action":"dynamodb:GetItem","Resource":"{ARN}"}}]}}"#
        )})
    );
    // The same again is no change; another document is one.
    assert_eq!(call(&mut engine, PutResourcePolicy, put)["RevisionId"], revision);
    let other = json!({"ResourceArn": ARN, "Policy": policy("two"), "ExpectedRevisionId": revision});
    let second = call(&mut engine, PutResourcePolicy, other.clone())["RevisionId"].clone();
    assert_ne!(second, revision);
    let (name, message) = engine.refusal(PutResourcePolicy, &other.to_string());
    assert_eq!(name, "PolicyNotFoundException");
    let revision = revision.as_str().unwrap();
    assert!(message.contains(&format!(
        "Requested update for policy with revision id {revision}, but the policy"
    )));
    let removed = call(
        &mut engine,
        DeleteResourcePolicy,
        json!({"ResourceArn": ARN, "ExpectedRevisionId": second}),
    );
    assert_eq!(removed["RevisionId"], second);
    assert_eq!(
        engine.refusal(GetResourcePolicy, &json!({"ResourceArn": ARN}).to_string()),
        (
            "PolicyNotFoundException",
            format!("Resource-based policy not found for the provided ResourceArn: {ARN}")
        )
    );
}

#[test]
fn a_policy_may_be_put_only_where_none_is() {
    let mut engine = Engine::with(&[PLAIN]);
    assert_eq!(
        call(&mut engine, DeleteResourcePolicy, json!({"ResourceArn": ARN})),
        json!({})
    );
    let refused = json!({"ResourceArn": ARN, "Policy": policy("a"), "ExpectedRevisionId": "1"});
    let (name, message) = engine.refusal(PutResourcePolicy, &refused.to_string());
    assert_eq!(name, "PolicyNotFoundException");
    assert!(
        message.contains("revision id 1, but table plain has no associated"),
        "{message}"
    );
    let first = json!({"ResourceArn": ARN, "Policy": policy("a"), "ExpectedRevisionId": "NO_POLICY"});
    call(&mut engine, PutResourcePolicy, first.clone());
    assert_eq!(
        engine.refusal(PutResourcePolicy, &first.to_string()).0,
        "PolicyNotFoundException"
    );
}

#[test]
fn tables_are_made_with_policies_and_streams_have_their_own() {
    let mut engine = Engine::new();
    let mut table: Value = serde_json::from_str(PLAIN).unwrap();
    table["ResourcePolicy"] = policy("made").into();
    table["StreamSpecification"] = json!({"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"});
    let made = engine.ok(CreateTable, &table.to_string());
    let stream = made["TableDescription"]["LatestStreamArn"].clone();
    let of_table = call(&mut engine, GetResourcePolicy, json!({"ResourceArn": ARN}));
    assert!(of_table["Policy"].as_str().unwrap().contains(r#""Sid":"made""#));
    assert_eq!(
        engine
            .refusal(GetResourcePolicy, &json!({"ResourceArn": stream}).to_string())
            .0,
        "PolicyNotFoundException"
    );
    let readers = json!({"Version": "2012-10-17", "Statement": {"Effect": "allow", "Principal": {"AWS": "111122223333"},
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords"], "Resource": stream}});
    call(
        &mut engine,
        PutResourcePolicy,
        json!({"ResourceArn": stream, "Policy": readers.to_string()}),
    );
    let of_stream = call(&mut engine, GetResourcePolicy, json!({"ResourceArn": stream}));
    assert!(of_stream["Policy"].as_str().unwrap().contains("GetRecords"));
    let again = call(&mut engine, GetResourcePolicy, json!({"ResourceArn": ARN}));
    assert_eq!(again, of_table);
}

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
