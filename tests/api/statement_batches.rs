//! Batches and transactions of PartiQL statements.

use super::statements::{engine, keys, run};
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

#[test]
fn members_of_a_batch_succeed_and_fail_by_themselves() {
    let mut engine = engine();
    let statements = |list: &[&str]| {
        let list: Vec<Value> = list.iter().map(|statement| json!({"Statement": statement})).collect();
        json!({"Statements": list, "ReturnConsumedCapacity": "TOTAL"}).to_string()
    };
    let reads = statements(&[
        "SELECT d FROM comp WHERE pk = 'a' AND sk = 1",
        "SELECT * FROM comp WHERE pk = 'absent' AND sk = 1",
        "SELECT * FROM comp WHERE pk = 'a'",
        "SELECT * FROM nowhere WHERE pk = 'a'",
        "SELECT FROM",
        "SELECT * FROM comp.loc WHERE pk = 'a' AND sk = 1",
    ]);
    let key_wanted = json!({"Error": {"Code": "ValidationError",
        "Message": "Select statements within BatchExecuteStatement must specify the primary key in the where clause."}});
    assert_eq!(
        engine.ok(BatchExecuteStatement, &reads),
        json!({"Responses": [
            {"TableName": "comp", "Item": {"d": {"S": "a1"}}},
            {"TableName": "comp"},
            key_wanted,
            {"Error": {"Code": "ResourceNotFound", "Message": "Requested resource not found"}},
            {"Error": {"Code": "ValidationError", "Message": "Statement wasn't well formed, can't be processed: Unexpected keyword"}},
            key_wanted,
        ], "ConsumedCapacity": [{"TableName": "comp", "CapacityUnits": 1.0}]})
    );
    let writes = statements(&[
        "INSERT INTO comp VALUE {'pk':'a','sk':1}",
        "UPDATE comp SET d = 'n' WHERE pk = 'absent' AND sk = 1",
        "UPDATE comp SET d = 'n' WHERE pk = 'a' AND sk = 2 RETURNING MODIFIED NEW *",
        "UPDATE comp SET d = 'n' WHERE d = 'n'",
        "INSERT INTO comp VALUE {'pk':'new','sk':1}",
    ]);
    let answer = engine.ok(BatchExecuteStatement, &writes);
    assert_eq!(
        answer["Responses"],
        json!([
            {"TableName": "comp", "Error": {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}},
            {"TableName": "comp", "Error": {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}},
            {"TableName": "comp", "Item": {"d": {"S": "n"}}},
            {"Error": {"Code": "ValidationError", "Message": "Where clause does not contain a mandatory equality on all key attributes"}},
            {"TableName": "comp"},
        ])
    );
    let failing = statements(&["UPDATE comp SET d = 'n' WHERE pk = 'absent' AND sk = 1"]);
    let answer = engine.ok(BatchExecuteStatement, &failing);
    assert_eq!(answer.get("ConsumedCapacity"), None, "nothing succeeded");
    for (list, message) in [
        (
            [
                "SELECT * FROM comp WHERE pk = 'a' AND sk = 1",
                "DELETE FROM comp WHERE pk = 'b' AND sk = 1",
            ],
            "Read and write requests together in the same batch is not supported.",
        ),
        (
            [
                "SELECT * FROM comp WHERE pk = 'a' AND sk = 1",
                "SELECT d FROM comp WHERE sk = 1 AND pk = 'a'",
            ],
            "Provided list of item keys contains duplicates",
        ),
    ] {
        engine.invalid(BatchExecuteStatement, &statements(&list), message);
    }
}

fn transaction(statements: &[&str], more: Value) -> String {
    let list: Vec<Value> = statements
        .iter()
        .map(|statement| json!({"Statement": statement}))
        .collect();
    let mut body = json!({"TransactStatements": list});
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body.to_string()
}

#[test]
fn a_transaction_of_reads_answers_each() {
    let mut engine = engine();
    let reads = transaction(
        &[
            "SELECT d, l FROM comp WHERE pk = 'a' AND sk = 1",
            "SELECT * FROM comp WHERE pk = 'absent' AND sk = 1",
        ],
        json!({"ReturnConsumedCapacity": "TOTAL"}),
    );
    assert_eq!(
        engine.ok(ExecuteTransaction, &reads),
        json!({"Responses": [{"Item": {"d": {"S": "a1"}, "l": {"S": "x1"}}}, {}],
            "ConsumedCapacity": [{"TableName": "comp", "CapacityUnits": 4.0, "ReadCapacityUnits": 4.0}]})
    );
}

#[test]
fn a_transaction_of_writes_happens_whole_or_not_at_all() {
    let mut engine = engine();
    let writes = transaction(
        &[
            "INSERT INTO comp VALUE {'pk':'n','sk':1}",
            "UPDATE comp SET d = 'new' WHERE pk = 'a' AND sk = 1",
            "DELETE FROM comp WHERE pk = 'a' AND sk = 2",
            "EXISTS(SELECT * FROM comp WHERE pk = 'a' AND sk = 3 AND d = 'a3')",
        ],
        json!({"ClientRequestToken": "once"}),
    );
    assert_eq!(engine.ok(ExecuteTransaction, &writes), json!({"Responses": []}));
    assert_eq!(
        engine.ok(ExecuteTransaction, &writes),
        json!({"Responses": []}),
        "sent again, done once"
    );
    assert_eq!(
        keys(&run(&mut engine, "SELECT * FROM comp WHERE d = 'new' OR pk = 'n'")).len(),
        "a1 n1".len()
    );
    let cancelled = transaction(
        &[
            "INSERT INTO comp VALUE {'pk':'a','sk':1}",
            "UPDATE comp SET d = 'x' WHERE pk = 'absent' AND sk = 1",
            "EXISTS(SELECT * FROM comp WHERE pk = 'a' AND sk = 3 AND d = 'x')",
            "UPDATE comp SET d = 'x' WHERE pk = 1 AND sk = 1",
            "DELETE FROM comp WHERE pk = 'b' AND sk = 1",
        ],
        Value::Null,
    );
    let (name, message) = engine.refusal(ExecuteTransaction, &cancelled);
    assert_eq!(name, "TransactionCanceledException");
    assert_eq!(
        message,
        "Transaction cancelled, please refer cancellation reasons for specific reasons \
         [DuplicateItem, ConditionalCheckFailed, ConditionalCheckFailed, ValidationError, None]"
    );
    assert_eq!(keys(&run(&mut engine, "SELECT * FROM comp WHERE pk = 'b'")), "b1 b2");
}
