//! Faults beside each other in the actions of transactions.

use super::wins;
use snowglobe::request::Operation::*;

/// A transaction of writes on the table.
fn transact(actions: &[&str]) -> String {
    format!(r#"{{"TransactItems":[{}]}}"#, actions.join(","))
}

#[test]
fn an_earlier_action_of_a_transaction_before_a_later_one() {
    const NUMBER: &str = r#"{"Put":{"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"1"},"n":{"N":"x"}}}}"#;
    const EMPTY: &str =
        r#"{"Delete":{"TableName":"tab","Key":{"pk":{"S":"b"},"sk":{"N":"1"}},"ConditionExpression":""}}"#;
    const UNUSED: &str = r##"{"Update":{"TableName":"absent","Key":{"pk":{"S":"c"},"sk":{"N":"1"}},"UpdateExpression":"REMOVE a",
        "ExpressionAttributeNames":{"#a":"a"}}}"##;
    let sentences = [
        (NUMBER, "The parameter cannot be converted"),
        (EMPTY, "Invalid ConditionExpression: The expression can not be empty"),
        (UNUSED, "Value provided in ExpressionAttributeNames unused"),
    ];
    for (first, sentence) in sentences {
        for (second, _) in sentences {
            wins(TransactWriteItems, &transact(&[first, second]), sentence);
        }
    }
}

#[test]
fn expressions_of_an_action_before_its_item_or_key() {
    let judged = [
        (
            r#""ConditionExpression":"a = = b""#,
            "Invalid ConditionExpression: Syntax error",
        ),
        (
            r#""ConditionExpression":"a = :a""#,
            "Invalid ConditionExpression: An expression attribute value",
        ),
        (
            r##""ConditionExpression":"a = b","ExpressionAttributeNames":{"#a":"a"}"##,
            "Value provided in ExpressionAttributeNames unused",
        ),
        (
            r#""ConditionExpression":"a = b","ExpressionAttributeValues":{":a":{"N":"1"}}"#,
            "Value provided in ExpressionAttributeValues unused",
        ),
    ];
    let deep = format!("{}{{}}{}", r#"{"M":{"a":"#.repeat(40), "}}".repeat(40)).replace("{}", r#"{"N":"1"}"#);
    for value in [r#"{"N":"x"}"#, r#"{"S":""}"#, deep.as_str()] {
        for (expressions, sentence) in judged {
            for (action, what) in [("Put", "Item"), ("Delete", "Key"), ("ConditionCheck", "Key")] {
                let action = format!(
                    r#"{{"{action}":{{"TableName":"tab","{what}":{{"pk":{value},"sk":{{"N":"1"}}}},{expressions}}}}}"#
                );
                wins(TransactWriteItems, &transact(&[&action]), sentence);
            }
        }
        let get = format!(
            r##"{{"TransactItems":[{{"Get":{{"TableName":"tab","Key":{{"pk":{value},"sk":{{"N":"1"}}}},
                "ProjectionExpression":"a","ExpressionAttributeNames":{{"#a":"a"}}}}}}]}}"##
        );
        wins(
            TransactGetItems,
            &get,
            "Value provided in ExpressionAttributeNames unused",
        );
    }
}

#[test]
fn a_transactions_phases() {
    const TWICE: &str = r#"{"Delete":{"TableName":"tab","Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}"#;
    const ABSENT: &str = r#"{"Delete":{"TableName":"absent","Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}"#;
    const MISMATCH: &str = r#"{"Delete":{"TableName":"tab","Key":{"pk":{"S":"a"}}}}"#;
    const FAILS: &str = r#"{"ConditionCheck":{"TableName":"tab","Key":{"pk":{"S":"z"},"sk":{"N":"1"}},
        "ConditionExpression":"attribute_exists(pk)"}}"#;
    const NAME: &str = r#"{"Delete":{"TableName":"a b","Key":{"pk":{"S":"a"},"sk":{"N":"1"}}}}"#;
    for (actions, sentence) in [
        (
            vec![TWICE, TWICE, ABSENT, NAME],
            "Value 'a b' at 'transactItems.4.member.delete.tableName'",
        ),
        (vec![TWICE, TWICE, MISMATCH, ABSENT], "Requested resource not found"),
        (
            vec![MISMATCH, FAILS, TWICE, TWICE],
            "Transaction request cannot include multiple operations",
        ),
        (
            vec![TWICE, MISMATCH, FAILS],
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError, ConditionalCheckFailed]",
        ),
    ] {
        wins(TransactWriteItems, &transact(&actions), sentence);
    }
}
