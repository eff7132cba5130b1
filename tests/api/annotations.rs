//! Tags, resource policies and Contributor Insights: what a table carries beside its definition.

use super::engine::Engine;
use super::tables::PLAIN;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

pub(super) const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/plain";

pub(super) fn call(engine: &mut Engine, operation: snowglobe::request::Operation, body: Value) -> Value {
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
