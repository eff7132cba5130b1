//! Admission control: each limit, with its exception, sentence and reasons. Here is what all of its tests call it with.

mod indexes;
mod observe;
mod on_demand;
mod provisioned;
mod regions;
mod several;

use super::door::Door;
use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::region::RegionOptions;
use snowglobe::request::Operation::{self, *};

const TABLE_SENTENCE: &str = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
const INDEXES_SENTENCE: &str = "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";
const TABLE_ARN: &str = "arn:aws:dynamodb:local-1:000000000000:table/Tab";

/// A region that throttles.
fn throttling() -> Door {
    Door::new(RegionOptions {
        throttling: true,
        seed: 7,
        ..RegionOptions::default()
    })
}

/// A table of a partition key, with a global index on `g`; `more` is merged into its CreateTable.
fn table(more: Value) -> Value {
    let mut body = json!({"TableName": "Tab", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn units(read: u64, write: u64) -> Value {
    json!({"ReadCapacityUnits": read, "WriteCapacityUnits": write})
}

fn provisioned(read: u64, write: u64) -> Value {
    table(json!({"ProvisionedThroughput": units(read, write)}))
}

/// A table of plenty with an index of little.
fn indexed(read: u64, write: u64) -> Value {
    table(json!({"ProvisionedThroughput": units(1_000, 1_000),
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
        "GlobalSecondaryIndexes": [{"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"}, "ProvisionedThroughput": units(read, write)}]}))
}

fn on_demand(more: Value) -> Value {
    let mut body = table(json!({"BillingMode": "PAY_PER_REQUEST"}));
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn with(table: &Value) -> Door {
    let mut door = throttling();
    door.ok(CreateTable, &table.to_string());
    door
}

fn call(door: &mut Door, operation: Operation, body: &Value) -> Result<Value, Error> {
    door.call(operation, &body.to_string())
}

fn ok(door: &mut Door, operation: Operation, body: &Value) -> Value {
    door.ok(operation, &body.to_string())
}

/// An item of `kb` write units.
fn item(pk: &str, kb: usize) -> Value {
    // Less the name and the key: the rest fits the last of the kilobytes.
    json!({"pk": {"S": pk}, "v": {"S": "v".repeat(kb * 1024 - 100)}})
}

fn put(pk: &str, kb: usize) -> Value {
    json!({"TableName": "Tab", "Item": item(pk, kb)})
}

fn get(pk: &str) -> Value {
    json!({"TableName": "Tab", "Key": {"pk": {"S": pk}}, "ConsistentRead": true})
}

/// Exception, sentence and reasons, as a caller gets them.
fn told(result: Result<Value, Error>) -> (&'static str, String, Vec<(String, String)>) {
    let error = result.expect_err("it is throttled");
    let reasons = error.throttling_reasons().iter();
    (
        error.name(),
        error.message().unwrap_or_default().into_owned(),
        reasons.map(|reason| (reason.name(), reason.resource.clone())).collect(),
    )
}

fn expected(
    name: &'static str,
    sentence: &str,
    reasons: &[(&str, &str)],
) -> (&'static str, String, Vec<(String, String)>) {
    let reasons = reasons.iter();
    (
        name,
        sentence.to_owned(),
        reasons
            .map(|(name, arn)| ((*name).to_owned(), (*arn).to_owned()))
            .collect(),
    )
}

/// How many of these calls pass before one is throttled.
fn passing(door: &mut Door, operation: Operation, body: &Value) -> usize {
    let mut passed = 0;
    while passed < 100_000 {
        match call(door, operation, body) {
            Ok(_) => passed += 1,
            Err(error) if error.is_throttling() => return passed,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("nothing is ever throttled");
}

/// The codes and sentences of a cancelled transaction.
fn cancelled(result: Result<Value, Error>) -> Vec<(&'static str, Option<String>)> {
    match result {
        Err(Error::TransactionCanceledException { reasons }) => reasons
            .iter()
            .map(|reason| (reason.code(), reason.message().map(Into::into)))
            .collect(),
        other => panic!("{other:?}"),
    }
}
