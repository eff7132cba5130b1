//! What PartiQL statements are refused with once their table is known. Recorded on AWS in October 2026 unless said otherwise; what
//! the text alone decides is beside the parser.

use super::engine::Engine;
use super::table::INDEXED;
use serde_json::json;
use snowglobe::request::Operation::*;

/// A statement on the table `t-1` (keys pk: S and sk: N; lsi on l: S; gsi on g: S and gn: N).
fn refused(statement: &str, message: &str) {
    with(json!({"Statement": statement}), message);
}

fn with(body: serde_json::Value, message: &str) {
    let mut engine = Engine::with(&[INDEXED]);
    engine.invalid(ExecuteStatement, &body.to_string(), message);
}

#[test]
fn keys_in_where_clauses() {
    const NO_KEY: &str = "Where clause does not contain a mandatory equality on all key attributes";
    for condition in [
        "pk = 'a'",
        "pk = 'a' AND sk > 1",
        "pk = 'a' AND (sk = 1 OR sk = 2)",
        "pk IN ['a'] AND sk = 1",
        "NOT pk = 'a' AND sk = 1",
        "sk = 1",
    ] {
        refused(&format!("DELETE FROM \"t-1\" WHERE {condition}"), NO_KEY);
        refused(&format!("UPDATE \"t-1\" SET a = 1 WHERE {condition}"), NO_KEY);
    }
    const MISMATCH: &str = "The provided key element does not match the schema";
    for statement in [
        "SELECT * FROM \"t-1\" WHERE pk = 1",
        "SELECT * FROM \"t-1\" WHERE pk = 'a' AND sk = 'b'",
        "DELETE FROM \"t-1\" WHERE pk = 'a' AND sk = 'b'",
        "INSERT INTO \"t-1\" VALUE {'pk':'a'}",
        "INSERT INTO \"t-1\" VALUE {'pk':'a','sk':'b'}",
    ] {
        refused(statement, MISMATCH);
    }
    const EMPTY_IN_INDEX: &str = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: l";
    for condition in ["l = ''", "l > ''"] {
        refused(
            &format!("SELECT * FROM \"t-1\".lsi WHERE pk = 'a' AND {condition}"),
            EMPTY_IN_INDEX,
        );
    }
    const EMPTY: &str = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk";
    for statement in [
        "SELECT * FROM \"t-1\" WHERE pk = ''",
        "INSERT INTO \"t-1\" VALUE {'pk':'','sk':1}",
        "DELETE FROM \"t-1\" WHERE pk = '' AND sk = 1",
    ] {
        refused(statement, EMPTY);
    }
    // Local.
    refused(
        "DELETE FROM \"t-1\" WHERE pk = 'a' AND sk = 1 AND pk = 'b'",
        "Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported",
    );
    refused(
        "UPDATE \"t-1\" SET sk = 2 WHERE pk = 'a' AND sk = 1",
        "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key",
    );
    refused(
        "SELECT * FROM \"t-1\" WHERE sk = 'a'",
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    );
}

#[test]
fn overlapping_branches() {
    const OVERLAPPING: &str = "Overlapping conditions with range keys are not supported in where clause";
    for condition in [
        "pk = 'a' AND (sk = 1 OR d = 'x')",
        "pk = 'a' AND sk = 1 OR pk = 'a' AND d = 'x'",
        "pk = 'a' AND (sk > 1 OR sk > 2 AND d = 'x')",
    ] {
        refused(&format!("SELECT * FROM \"t-1\" WHERE {condition}"), OVERLAPPING);
    }
    let mut engine = Engine::with(&[INDEXED]);
    for condition in [
        "pk = 'a' AND (sk <> 1 OR d = 'x')",
        "pk = 'a' AND (NOT sk = 1 OR d = 'x')",
        "pk = 'a' AND (sk = 1 OR sk = 2 AND d = 'x')",
        "pk = 'a' AND sk = 1 OR pk = 'b' AND d = 'x'",
        // Alternatives beside the key are one condition.
        "pk = 'a' AND sk > 1 AND (d = 'x' OR d = 'y')",
        "pk = 'a' AND sk > 1 AND NOT (d = 'x' OR NOT (e = 1 AND d = 'y'))",
    ] {
        let body = json!({"Statement": format!("SELECT * FROM \"t-1\" WHERE {condition}")});
        engine.ok(ExecuteStatement, &body.to_string());
    }
}

#[test]
fn indexes() {
    let consistent = |statement: &str| json!({"Statement": statement, "ConsistentRead": true});
    const MISSING: &str = "The table does not have the specified index";
    refused("SELECT * FROM \"t-1\".\"nope\"", MISSING);
    refused("SELECT * FROM \"t-1\".\"t-1\"", MISSING);
    with(consistent("SELECT * FROM \"t-1\".\"nope\""), MISSING);
    with(
        consistent("SELECT * FROM \"t-1\".\"gsi\" WHERE g = 'a'"),
        "Strongly consistent read is not supported on Global Secondary Indexes",
    );
    refused(
        "SELECT zz, d FROM \"t-1\".\"gsi\"",
        "One or more parameter values were invalid: Global secondary index gsi does not project [zz, d]",
    );
    refused(
        "SELECT pk FROM \"t-1\".\"gsi\" WHERE g IN ['a', 'b'] AND d = 1",
        "One or more parameter values were invalid: Secondary index gsi does not project one or more filter attributes: [d]",
    );
    refused(
        "SELECT pk FROM \"t-1\".\"lsi\" WHERE pk = 'a' AND d = 1",
        "One or more parameter values were invalid: Secondary index lsi does not project one or more filter attributes: [d]",
    );
    let mut engine = Engine::with(&[INDEXED]);
    for condition in ["d = 1", "(g = 'a' AND d = 1) OR g = 'b'"] {
        let body = json!({"Statement": format!("SELECT pk FROM \"t-1\".\"gsi\" WHERE {condition}")});
        engine.ok(ExecuteStatement, &body.to_string());
    }
}

#[test]
fn an_index_with_a_key_of_many_attributes() {
    const KEY: &str =
        "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.";
    const TABLE: &str = r#"{"TableName":"many","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
        {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"GlobalSecondaryIndexes":[
        {"IndexName":"ind","Projection":{"ProjectionType":"ALL"},"KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"HASH"}]},
        {"IndexName":"one","Projection":{"ProjectionType":"ALL"},"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}]}"#;
    let mut engine = Engine::with(&[TABLE]);
    let cases = [
        ("*", "ind", "", KEY),
        ("*", "ind", " WHERE a = 1", KEY),
        ("*", "ind", " WHERE foo(a)", KEY),
        ("*", "ind", " WHERE a < true", KEY),
        ("*", "ind", " WHERE a = 'x' ORDER BY c", KEY),
        ("COUNT(*)", "ind", "", KEY),
        ("size(a)", "ind", " WHERE a = 'x'", KEY),
        ("a, a", "ind", "", KEY),
        (
            "*",
            "ind",
            " WHERE",
            "Statement wasn't well formed, can't be processed: Unexpected term",
        ),
        (
            "*",
            "ind",
            " WHERE a = 1e126",
            "Number overflow. Attempting to store a number with magnitude larger than supported range under root",
        ),
        (
            "*",
            "ind",
            " WHERE a = ?",
            "Number of parameters in request and statement don't match.",
        ),
        ("COUNT(*)", "one", "", "Unexpected path component at 1:8:5"),
        ("COUNT(*)", "nope", "", "Unexpected path component at 1:8:5"),
        ("*", "one", " WHERE foo(a)", "Unrecognized function: foo at 1:30:3"),
    ];
    for (columns, index, condition, message) in cases {
        let statement = format!("SELECT {columns} FROM many.{index}{condition}");
        let single = json!({"Statement": statement}).to_string();
        engine.invalid(ExecuteStatement, &single, message);
        if message == "Number of parameters in request and statement don't match." {
            continue;
        }
        let batch = json!({"Statements": [{"Statement": statement}]}).to_string();
        assert_eq!(
            engine.ok(BatchExecuteStatement, &batch)["Responses"][0]["Error"],
            json!({"Code": "ValidationError", "Message": message}),
            "{statement}"
        );
    }
}

#[test]
fn orders() {
    refused(
        "SELECT * FROM \"t-1\" WHERE pk = 'a' ORDER BY d",
        "Variable reference d in ORDER BY clause must be part of the primary key",
    );
    refused(
        "SELECT * FROM \"t-1\" WHERE sk = 1 ORDER BY sk",
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
    );
}

#[test]
fn parameters() {
    let parameter =
        |value: serde_json::Value| json!({"Statement": "SELECT * FROM \"t-1\" WHERE pk = ?", "Parameters": [value]});
    with(
        parameter(json!({"N": "1e99999999999"})),
        "The parameter cannot be converted to a numeric value: 1e99999999999",
    );
    with(
        parameter(json!({"N": ""})),
        "The parameter cannot be converted to a numeric value",
    );
    with(
        parameter(json!({"SS": ["b", "a", "b"]})),
        "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.",
    );
    let mut deep = json!({"N": "1"});
    for _ in 0..32 {
        deep = json!({"L": [deep]});
    }
    with(
        parameter(deep),
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
    with(
        json!({"Statement": "SELECT * FROM \"t-1\"", "Limit": 0}),
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
}

#[test]
fn a_table_that_is_not_there() {
    let mut engine = Engine::new();
    let body = json!({"Statement": "SELECT * FROM nowhere"}).to_string();
    let refusal = engine.refusal(ExecuteStatement, &body);
    assert_eq!(
        refusal,
        ("ResourceNotFoundException", "Requested resource not found".to_owned())
    );
    // What is wrong with the statement comes first.
    engine.invalid(
        ExecuteStatement,
        &json!({"Statement": "SELECT * FROM nowhere WHERE a < true"}).to_string(),
        "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
    );
}

#[test]
fn transactions() {
    let mut engine = Engine::with(&[INDEXED]);
    let mut refused = |statements: &[&str], message: &str| {
        let list: Vec<_> = statements
            .iter()
            .map(|statement| json!({"Statement": statement}))
            .collect();
        engine.invalid(
            ExecuteTransaction,
            &json!({"TransactStatements": list}).to_string(),
            message,
        );
    };
    const KEY: &str = "WHERE pk = 'a' AND sk = 1";
    let update = format!("UPDATE \"t-1\" SET d = 1 {KEY}");
    let select = format!("SELECT * FROM \"t-1\" {KEY}");
    for (statement, message) in [
        (
            "SELECT * FROM \"t-1\"".to_owned(),
            "Select statements within ExecuteTransaction must specify the primary key in the where clause.",
        ),
        (
            format!("{select} AND d = 1"),
            "Select statements within ExecuteTransaction must specify the primary key in the where clause.",
        ),
        (
            "SELECT * FROM \"t-1\".\"gsi\" WHERE g = 'a'".to_owned(),
            "Reads on indices are not supported within transactions.",
        ),
        (
            format!("{update} RETURNING ALL NEW *"),
            "RETURNING clause is not supported in ExecuteTransaction.",
        ),
        (
            format!("EXISTS({select})"),
            "EXISTS() must contain a single item read with additional condition",
        ),
        (
            "SELECT FROM".to_owned(),
            "Statement wasn't well formed, can't be processed: Unexpected keyword",
        ),
    ] {
        refused(
            &[&statement],
            &format!("Validation failed in TransactStatements[0]: {message}"),
        );
    }
    refused(
        &[&update, "UPDATE \"t-1\" SET d = 1 WHERE pk ="],
        "Validation failed in TransactStatements[1]: Statement wasn't well formed, can't be processed: Missing right-hand side expression of infix operator",
    );
    refused(
        &[&select, &update],
        "ExecuteTransaction API does not support both read and write operations in the same request.",
    );
    refused(
        &[&update, &format!("DELETE FROM \"t-1\" {KEY}")],
        "Transaction request cannot include multiple operations on one item",
    );
    refused(
        &[&format!("{select} AND d = ?")],
        "Number of parameters in request and statement don't match.",
    );
}

#[test]
fn shapes_of_selects() {
    for (statement, message) in [
        (
            "SELECT VALUE a FROM \"t-1\"",
            "Select projection doesn't support value or pivot keywords",
        ),
        (
            "SELECT * FROM \"t-1\", \"t-2\"",
            "Only select from a single table or index is supported.",
        ),
        ("SELECT * FROM 1", "Unexpected from source"),
        ("SELECT * FROM \"t-1\"[0]", "Invalid list expression in source."),
        (
            "SELECT a.* FROM \"t-1\"",
            "Changing item's hierarchy while reading isn't supported",
        ),
    ] {
        refused(statement, message);
    }
}

#[test]
fn inserts_of_anything_but_one_value() {
    for rows in [
        "VALUES (1, 2)",
        "VALUES ({'pk':'a'}), (3, 4)",
        "SELECT * FROM \"t-1\"",
        "<< {'pk':'a','sk':1} >>",
        "{'pk':'a','sk':1}",
    ] {
        refused(
            &format!("INSERT INTO \"t-1\" {rows}"),
            "Unsupported operation: InsertOp",
        );
    }
    for rows in ["VALUES {'pk':'a','sk':1}", "VALUES ()", "(pk, sk) VALUES ('a', 1)"] {
        refused(
            &format!("INSERT INTO \"t-1\" {rows}"),
            "Statement wasn't well formed, can't be processed: Unexpected token after expression",
        );
    }
}

#[test]
fn literals_of_inserts() {
    let insert = |value: &str, message: &str| refused(&format!("INSERT INTO \"t-1\" VALUE {value}"), message);
    insert(
        "1",
        "Unsupported format in item expression. Please use struct format {...} to express item values for insert statement. at 1:25:1",
    );
    insert(
        "{'pk':'a','sk':1} RETURNING ALL OLD *",
        "RETURNING is not supported in INSERT",
    );
    insert(
        "{'pk':'a','sk':1,'b':`x`}",
        "Ion Literals are not supported: SYMBOL under key root at 1:46:3",
    );
    insert(
        "{'pk':'a','sk':1,'b':{1:2}}",
        "Tuple keys must be of type String. Actual type: INT under root at 1:47:1",
    );
    insert(
        "{'pk':'a','sk':1,'b':{'c':1,'c':2}}",
        "Duplicate keys in tuple. Key: c under root at 1:46:1",
    );
    insert(
        "{'pk':'a','pk':'a','sk':1}",
        "Duplicate keys in tuple. Key: pk under root at 1:35:4",
    );
}

#[test]
fn operators_out_of_place() {
    let select = |condition: &str, message: &str| refused(&format!("SELECT * FROM \"t-1\" WHERE {condition}"), message);
    select(
        "(a = 1) IS MISSING",
        "The left hand side argument to IS must be a Variable Reference, Literal, or Path",
    );
    select(
        "a IS DATE",
        "Unsupported data type for IS operator: DATE. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:29:2",
    );
    for condition in ["a IN []", "a IN b"] {
        select(
            condition,
            "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
        );
    }
    let update = |clauses: &str, message: &str| {
        refused(
            &format!("UPDATE \"t-1\" {}", clauses.replace("KEY", "WHERE pk = 'a' AND sk = 1")),
            message,
        );
    };
    update(
        "SET a = b * 2 KEY",
        "Unsupported operator in Update Expression. Operator: *",
    );
    update(
        "SET a = b IS NULL KEY",
        "IS operator is not supported in update expressions",
    );
    update(
        "SET a = 1 KEY RETURNING ALL NEW a",
        "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause",
    );
    update(
        "SET a = 1 KEY RETURNING ALL NEW *, ALL OLD *",
        "Invalid syntax with multiple returning elements in RETURNING clause",
    );
}
