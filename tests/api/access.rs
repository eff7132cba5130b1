//! What resource policies let principals do, through a whole region.

use serde_json::{Value, json};
use snowglobe::error::Error;
use snowglobe::region::{Answer, Caller, Region, RegionOptions};
use snowglobe::request::policy::Principal;
use snowglobe::request::{Operation, wire};
use snowglobe::table::Origin;
use snowglobe::time::Time;

use Operation::*;

const TABLE: &str = r#"{"TableName":"films","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"N"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
    "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}"#;
const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/films";
const ROOT: &str = "arn:aws:iam::123456789012:root";
const ALICE: &str = "arn:aws:iam::123456789012:user/alice";
const BOB: &str = "arn:aws:iam::111122223333:user/bob";

struct Guarded(Region);

impl Guarded {
    fn new() -> Self {
        let mut guarded = Guarded(Region::new(RegionOptions::default()));
        let table: Value = serde_json::from_str(TABLE).unwrap();
        guarded.ok(ROOT, CreateTable, table);
        guarded
    }

    /// A table under these statements.
    fn under(statements: Value) -> Self {
        let mut guarded = Guarded::new();
        let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        guarded.ok(ROOT, PutResourcePolicy, json!({"ResourceArn": ARN, "Policy": policy}));
        guarded
    }

    fn call(&mut self, who: &str, operation: Operation, body: Value) -> Result<(), Error> {
        let caller = Caller {
            origin: Origin::new("us-east-1", "123456789012"),
            principal: Some(Principal { arn: who.to_owned() }),
        };
        let tree = wire::read_body(operation, body.to_string().as_bytes())?;
        let now = Time::from_ms(1_893_456_000_000.0);
        match self.0.call_as(now, Some(&caller), operation, &tree) {
            Answer::Done(_) => Ok(()),
            Answer::Failed(error) => Err(error),
            Answer::Pending(_) => panic!("nothing delays an answer here"),
        }
    }

    fn ok(&mut self, who: &str, operation: Operation, body: Value) {
        let result = self.call(who, operation, body);
        assert_eq!(result, Ok(()), "{who} {operation:?}");
    }

    fn denied(&mut self, who: &str, operation: Operation, body: Value) -> String {
        match self.call(who, operation, body) {
            Err(error @ Error::AccessDeniedException(_)) => error.message().unwrap_or_default().into_owned(),
            other => panic!("{who} {operation:?}: {other:?}"),
        }
    }
}

fn key(value: &str) -> Value {
    json!({"TableName": "films", "Key": {"pk": {"S": value}}})
}

fn statement(effect: &str, who: Value, action: Value, condition: Value) -> Value {
    let mut statement =
        json!({"Effect": effect, "Principal": who, "Action": action, "Resource": [ARN, format!("{ARN}/index/*")]});
    if !condition.is_null() {
        statement["Condition"] = condition;
    }
    statement
}

#[test]
fn an_account_may_do_with_its_tables_what_nothing_denies() {
    let mut guarded = Guarded::under(json!([statement(
        "Deny",
        json!({"AWS": ALICE}),
        json!("dynamodb:DeleteItem"),
        Value::Null
    )]));
    guarded.ok(ALICE, GetItem, key("a"));
    guarded.ok(ROOT, DeleteItem, key("a"));
    assert_eq!(
        guarded.denied(ALICE, DeleteItem, key("a")),
        format!(
            "User: {ALICE} is not authorized to perform: dynamodb:DeleteItem on resource: {ARN} with an explicit deny in a resource-based policy"
        )
    );
    guarded.ok(ALICE, ListTables, json!({}));
}

#[test]
fn another_account_may_do_what_a_policy_allows_and_nothing_else() {
    let mut guarded = Guarded::under(json!([statement(
        "Allow",
        json!({"AWS": "111122223333"}),
        json!(["dynamodb:GetItem", "dynamodb:Query"]),
        Value::Null
    )]));
    let by_arn = json!({"TableName": ARN, "Key": {"pk": {"S": "a"}}});
    guarded.ok(BOB, GetItem, by_arn.clone());
    assert_eq!(
        guarded.denied(BOB, DeleteItem, by_arn),
        format!(
            "User: {BOB} is not authorized to perform: dynamodb:DeleteItem on resource: {ARN} because no resource-based policy allows the dynamodb:DeleteItem action"
        )
    );
    let query = |index: Option<&str>| {
        let name = if index.is_some() { "g" } else { "pk" };
        let value = if index.is_some() {
            json!({"N": "7"})
        } else {
            json!({"S": "a"})
        };
        json!({"TableName": ARN, "IndexName": index, "KeyConditionExpression": format!("{name} = :v"), "ExpressionAttributeValues": {":v": value}})
    };
    guarded.ok(BOB, Query, query(None));
    guarded.ok(BOB, Query, query(Some("by-g")));
    guarded.denied(BOB, Scan, json!({"TableName": ARN}));
    guarded.denied(BOB, DescribeTable, json!({"TableName": ARN}));
    guarded.denied(BOB, ListTables, json!({}));
    let mut another: Value = serde_json::from_str(TABLE).unwrap();
    another["TableName"] = "another".into();
    guarded.denied(BOB, CreateTable, another);
}

#[test]
fn leading_keys_are_those_of_all_that_a_request_touches() {
    let own = json!({"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["bob", "7"]}});
    let mut guarded = Guarded::under(json!([statement(
        "Allow",
        json!({"AWS": BOB}),
        json!("dynamodb:*"),
        own
    )]));
    guarded.ok(BOB, GetItem, key("bob"));
    guarded.denied(BOB, GetItem, key("alice"));
    let batch = |values: &[&str]| {
        let keys: Value = values.iter().map(|value| json!({"pk": {"S": value}})).collect();
        json!({"RequestItems": {"films": {"Keys": keys}}})
    };
    guarded.ok(BOB, BatchGetItem, batch(&["bob"]));
    guarded.denied(BOB, BatchGetItem, batch(&["bob", "alice"]));
    let write = |value: &str| json!({"RequestItems": {"films": [{"PutRequest": {"Item": {"pk": {"S": value}}}}]}});
    guarded.ok(BOB, BatchWriteItem, write("bob"));
    guarded.denied(BOB, BatchWriteItem, write("alice"));
    let query = |number: &str| json!({"TableName": "films", "IndexName": "by-g", "KeyConditionExpression": "g = :g", "ExpressionAttributeValues": {":g": {"N": number}}});
    guarded.ok(BOB, Query, query("7"));
    guarded.denied(BOB, Query, query("8"));
}

#[test]
fn the_actions_of_a_transaction_are_asked_about_one_by_one() {
    let inside = json!({"StringEquals": {"dynamodb:EnclosingOperation": "TransactWriteItems"}});
    let mut guarded = Guarded::under(json!([statement(
        "Allow",
        json!({"AWS": BOB}),
        json!(["dynamodb:PutItem", "dynamodb:ConditionCheckItem"]),
        inside
    )]));
    let put = json!({"Put": {"TableName": "films", "Item": {"pk": {"S": "a"}}}});
    let check = json!({"ConditionCheck": {"TableName": "films", "Key": {"pk": {"S": "b"}}, "ConditionExpression": "attribute_not_exists(pk)"}});
    let delete = json!({"Delete": {"TableName": "films", "Key": {"pk": {"S": "c"}}}});
    guarded.ok(BOB, TransactWriteItems, json!({"TransactItems": [put, check]}));
    let message = guarded.denied(BOB, TransactWriteItems, json!({"TransactItems": [put, delete]}));
    assert!(
        message.contains("is not authorized to perform: dynamodb:DeleteItem on resource"),
        "{message}"
    );
    guarded.denied(BOB, PutItem, json!({"TableName": "films", "Item": {"pk": {"S": "a"}}}));
    let get = json!({"TransactItems": [{"Get": {"TableName": "films", "Key": {"pk": {"S": "a"}}}}]});
    assert!(guarded.denied(BOB, TransactGetItems, get).contains("dynamodb:GetItem"));
}

#[test]
fn attributes_and_return_values_can_be_asked_for() {
    let hidden = json!({"ForAnyValue:StringEquals": {"dynamodb:Attributes": ["secret"]}});
    let mut guarded = Guarded::under(json!([statement("Deny", json!("*"), json!("dynamodb:*"), hidden)]));
    let show = |paths: &str| json!({"TableName": "films", "Key": {"pk": {"S": "a"}}, "ProjectionExpression": paths, "ExpressionAttributeNames": {"#s": "secret"}});
    guarded.denied(ALICE, GetItem, show("#s"));
    let open = json!({"TableName": "films", "Key": {"pk": {"S": "a"}}, "ProjectionExpression": "title"});
    guarded.ok(ALICE, GetItem, open);
    let item = |name: &str| json!({"TableName": "films", "Item": {"pk": {"S": "a"}, name: {"S": "x"}}});
    guarded.ok(ALICE, PutItem, item("title"));
    guarded.denied(ALICE, PutItem, item("secret"));
}

#[test]
fn whoever_would_lock_themselves_out_has_to_say_so() {
    let mut guarded = Guarded::new();
    let policy = json!({"Statement": {"Effect": "Deny", "Principal": "*", "Action": "dynamodb:PutResourcePolicy", "Resource": ARN}}).to_string();
    let mut put = json!({"ResourceArn": ARN, "Policy": policy});
    guarded.denied(ROOT, PutResourcePolicy, put.clone());
    put["ConfirmRemoveSelfResourceAccess"] = true.into();
    guarded.ok(ROOT, PutResourcePolicy, put.clone());
    guarded.denied(ROOT, PutResourcePolicy, put);
    guarded.ok(ROOT, DeleteResourcePolicy, json!({"ResourceArn": ARN}));
}
