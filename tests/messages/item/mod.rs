//! Items, keys and the parameters of calls on them. Recorded on AWS in October 2026 unless said otherwise; "Local" is DynamoDB
//! Local's wording, taken where AWS's was not recorded.

mod indexes;
mod keys;
mod legacy;
mod start_keys;
mod walks;

use super::engine::Engine;
use super::table::INDEXED;
use snowglobe::request::Operation::{self, *};

/// A call on the table `t` (keys pk: S and sk: N; lsi on l: S; gsi on g: S and gn: N) that is refused with that sentence.
fn refused(operation: Operation, members: &str, message: &str) {
    let mut engine = Engine::with(&[INDEXED]);
    engine.ok(
        PutItem,
        r#"{"TableName":"t-1","Item":{"pk":{"S":"a"},"sk":{"N":"1"},"s":{"S":"x"}}}"#,
    );
    engine.invalid(operation, &format!(r#"{{"TableName":"t-1",{members}}}"#), message);
}

const KEY: &str = r#""Key":{"pk":{"S":"a"},"sk":{"N":"1"}}"#;

const ITEM: &str = r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"}}"#;

const HASH: &str = r#""KeyConditionExpression":"pk = :a","ExpressionAttributeValues":{":a":{"S":"a"}}"#;

const GLOBAL: &str =
    r#""IndexName":"gsi","KeyConditionExpression":"g = :a","ExpressionAttributeValues":{":a":{"S":"a"}}"#;

#[test]
fn values_are_worded_by_the_operations_layer() {
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"abc"}}"#,
        "1 validation error detected: The parameter cannot be converted to a numeric value: abc",
    );
    refused(
        GetItem,
        r#""Key":{"pk":{"S":"a"},"sk":{"N":"abc"}}"#,
        "The parameter cannot be converted to a numeric value: abc",
    );
    refused(
        Scan,
        r#""FilterExpression":"a = :v","ExpressionAttributeValues":{":v":{"N":"abc"}}"#,
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: abc for key :v",
    );
    refused(
        PutItem,
        r#""Item":{"pk":{"S":"a"},"sk":{"N":"1"},"x":{}}"#,
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
    refused(
        UpdateItem,
        &format!(r#"{KEY},"UpdateExpression":"SET a = absent_one""#),
        "The provided expression refers to an attribute that does not exist in the item",
    );
}
