//! ExecuteStatement and BatchExecuteStatement.

use super::engine::Engine;
use serde_json::{Value, json};
use snowglobe::request::Operation::*;

/// Keys pk: S and sk: N; a local index on l, a global one on g and h that projects everything, one on g that has keys only.
const TABLE: &str = r#"{"TableName":"comp","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
    {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"g","AttributeType":"S"},
    {"AttributeName":"h","AttributeType":"N"},{"AttributeName":"l","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
    "LocalSecondaryIndexes":[{"IndexName":"loc","Projection":{"ProjectionType":"KEYS_ONLY"},
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"l","KeyType":"RANGE"}]}],
    "GlobalSecondaryIndexes":[{"IndexName":"glo","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"h","KeyType":"RANGE"}]},
        {"IndexName":"keys","Projection":{"ProjectionType":"KEYS_ONLY"},"KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}]}"#;

pub(super) fn engine() -> Engine {
    let mut engine = Engine::with(&[TABLE]);
    for (pk, sk) in [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2)] {
        run(
            &mut engine,
            &format!("INSERT INTO comp VALUE {{'pk':'{pk}','sk':{sk},'g':'G','h':{sk},'l':'x{sk}','d':'{pk}{sk}'}}"),
        );
    }
    engine
}

pub(super) fn request(statement: &str, parameters: Value, more: Value) -> String {
    let mut body = json!({"Statement": statement});
    if parameters != Value::Null {
        body["Parameters"] = parameters;
    }
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body.to_string()
}

pub(super) fn run(engine: &mut Engine, statement: &str) -> Value {
    engine.ok(ExecuteStatement, &request(statement, Value::Null, Value::Null))
}

pub(super) fn refused(engine: &mut Engine, statement: &str) -> (&'static str, String) {
    engine.refusal(ExecuteStatement, &request(statement, Value::Null, Value::Null))
}

/// The keys of what a SELECT shows, in its order: `a1 a2`.
pub(super) fn keys(answer: &Value) -> String {
    let items = answer["Items"].as_array().unwrap();
    let keys = items.iter().map(|item| {
        format!(
            "{}{}",
            item["pk"]["S"].as_str().unwrap(),
            item["sk"]["N"].as_str().unwrap()
        )
    });
    keys.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_item_is_inserted_read_changed_and_deleted() {
    let mut engine = Engine::with(&[TABLE]);
    let insert = "INSERT INTO \"comp\" VALUE {'pk':'it''s','sk':-1.50,'s':<<'b','a'>>,'m':{'l':[1,null,true]},'\"':''}";
    assert_eq!(run(&mut engine, insert), json!({"Items": []}));
    let item = json!({"pk": {"S": "it's"}, "sk": {"N": "-1.5"}, "s": {"SS": ["a", "b"]}, "\"": {"S": ""},
        "m": {"M": {"l": {"L": [{"N": "1"}, {"NULL": true}, {"BOOL": true}]}}}});
    let select = "select * from comp where pk = 'it''s' and sk = -1.5";
    assert_eq!(run(&mut engine, select)["Items"], json!([item]));
    assert_eq!(
        refused(&mut engine, insert),
        (
            "DuplicateItemException",
            "Duplicate primary key exists in table".to_owned()
        )
    );
    let update =
        "UPDATE comp SET n = 1 SET m.l[0] = m.l[0] + 4 REMOVE s WHERE pk = 'it''s' AND sk = -1.5 AND size(s) = 2";
    assert_eq!(
        run(&mut engine, &format!("{update} RETURNING MODIFIED NEW *"))["Items"],
        json!([
            {"n": {"N": "1"}, "m": {"M": {"l": {"L": [{"N": "5"}]}}}}
        ])
    );
    assert_eq!(
        refused(&mut engine, update).0,
        "ConditionalCheckFailedException",
        "there is no s any more"
    );
    let delete = "DELETE FROM comp WHERE pk = 'it''s' AND sk = -1.5 RETURNING ALL OLD *";
    assert_eq!(run(&mut engine, delete)["Items"][0]["n"], json!({"N": "1"}));
    assert_eq!(
        run(&mut engine, delete),
        json!({"Items": []}),
        "what is not there can be deleted"
    );
    let absent = "UPDATE comp SET n = 1 WHERE pk = 'it''s' AND sk = -1.5";
    for condition in ["", " AND attribute_not_exists(pk)"] {
        let (name, _) = refused(&mut engine, &format!("{absent}{condition}"));
        assert_eq!(name, "ConditionalCheckFailedException", "an update never inserts");
    }
}

#[test]
fn an_update_returns_what_it_is_asked_for() {
    let mut engine = Engine::with(&[TABLE]);
    run(
        &mut engine,
        "INSERT INTO comp VALUE {'pk':'a','sk':1,'l1':[1,2,3],'s':<<1,2>>}",
    );
    let mut update = |clauses: &str, returning: &str| {
        let statement = format!("UPDATE comp {clauses} WHERE pk = 'a' AND sk = 1 RETURNING {returning} *");
        run(&mut engine, &statement)["Items"].clone()
    };
    assert_eq!(
        update("SET l1[2] = 7 SET l1[0] = 9", "MODIFIED OLD"),
        json!([{"l1": {"L": [{"N": "1"}, {"N": "3"}]}}])
    );
    assert_eq!(
        update("SET l1[2] = 8", "MODIFIED NEW"),
        json!([{"l1": {"L": [{"N": "8"}]}}])
    );
    assert_eq!(
        update("SET l1[20] = 4", "ALL NEW")[0]["l1"]["L"][3],
        json!({"N": "4"}),
        "beyond the end is the end"
    );
    assert_eq!(update("REMOVE absent", "MODIFIED NEW"), json!([]));
    assert_eq!(
        update("SET s = set_add(s, <<2,3>>)", "MODIFIED NEW"),
        json!([{"s": {"NS": ["1", "2", "3"]}}])
    );
    assert_eq!(
        update("SET s = SET_DELETE(s, <<1,2,3>>)", "MODIFIED NEW"),
        json!([]),
        "an empty set is none"
    );
    assert_eq!(
        update("SET t = if_not_exists(t, 5), u = list_append([1], l1)", "ALL OLD")[0].get("t"),
        None
    );
}

#[test]
fn selects_walk_what_their_keys_leave() {
    let mut engine = engine();
    let cases = [
        ("pk = 'a'", "a1 a2 a3"),
        ("'a' = pk AND 1 < sk", "a2 a3"),
        ("pk = 'a' AND sk > 1 AND sk < 3", "a2"),
        ("pk = 'a' AND sk BETWEEN 2 AND 3 ORDER BY sk DESC", "a3 a2"),
        ("pk = 'a' AND sk IN [3, 1]", "a1 a3"),
        ("pk = 'a' AND (sk = 3 OR sk = 1)", "a1 a3"),
        ("pk = 'a' AND (sk > 1 OR sk < 3)", "a1 a2 a3"),
        ("pk IN ['b', 'a'] AND sk > 1", "b2 a2 a3"),
        ("pk IN ('b', 'a') AND sk IN (2, 1) ORDER BY sk DESC", "b2 b1 a2 a1"),
        ("pk IN ['b', 'a'] ORDER BY pk", "a1 a2 a3 b1 b2"),
        ("pk IN ['b', 'a'] ORDER BY pk DESC, sk", "b1 b2 a1 a2 a3"),
        ("pk = 'b' AND sk = 1 OR pk = 'a' AND d = 'a3'", "b1 a3"),
        ("pk = 'a' OR pk = 'a' AND sk = 1", "a1 a2 a3"),
        ("pk = 'a' AND pk = 'b'", ""),
        ("pk = 'a' AND NOT sk = 1", "a2 a3"),
        ("pk = 'a' AND sk <> 1 AND d IS NOT MISSING", "a2 a3"),
        ("pk = 'a' AND (sk <> 1 OR d = 'a1')", "a1 a2 a3"),
        ("pk = 'a' AND begins_with(d, 'a') = true AND contains(d, '2')", "a2"),
        (
            "pk = 'a' AND attribute_exists(x) = false AND x IS MISSING AND d IS STRING AND sk IS INT4",
            "a1 a2 a3",
        ),
        ("pk = 'a' AND sk > 1 AND (d = 'a3' OR d = 'a1')", "a3"),
        ("pk = 'a' AND (d = 'a3' OR d = 'a1' AND l = 'x1')", "a1 a3"),
        ("pk IN ['b', 'a'] AND sk < 3 AND (d = 'a2' OR d = 'b1')", "b1 a2"),
        ("'a3' IN [d, l]", "a3"),
        ("sk = 3", "a3"),
        ("d = 'b2' OR d = 'a1' AND pk = 'a' AND sk = 9", "b2"),
    ];
    for (condition, expected) in cases {
        let answer = run(&mut engine, &format!("SELECT pk, sk FROM comp WHERE {condition}"));
        assert_eq!(keys(&answer), expected, "{condition}");
        assert_eq!(answer.get("NextToken"), None);
    }
}

#[test]
fn columns_are_called_by_the_end_of_their_path() {
    let mut engine = Engine::with(&[TABLE]);
    run(
        &mut engine,
        "INSERT INTO comp VALUE {'pk':'a','sk':1,'m':{'x':[1,[5,6],{'y':'z','w':0}],'k':{'a':1}}}",
    );
    let answer = run(
        &mut engine,
        "SELECT sk, m.k.a, m['x'][0], m.x[2].y, m.x[1][1], absent, m.k.none FROM \"comp\" WHERE pk = 'a'",
    );
    assert_eq!(
        answer["Items"],
        json!([{"sk": {"N": "1"}, "a": {"N": "1"}, "x[0]": {"N": "1"}, "x[2]": {"M": {"y": {"S": "z"}}}, "x[1]": {"L": [{"N": "6"}]}}])
    );
}

#[test]
fn pages_go_on_where_their_token_says() {
    let mut engine = engine();
    for (statement, whole) in [
        ("SELECT pk, sk FROM comp WHERE pk = 'a'", "a1 a2 a3"),
        ("SELECT pk, sk FROM comp WHERE pk = 'a' ORDER BY sk DESC", "a3 a2 a1"),
        (
            "SELECT pk, sk FROM comp WHERE pk IN ['b','a'] AND sk IN [1,2]",
            "b1 b2 a1 a2",
        ),
        (
            "SELECT pk, sk FROM comp WHERE pk IN ['b','a'] ORDER BY sk DESC",
            "b2 b1 a3 a2 a1",
        ),
        (
            "SELECT pk, sk FROM comp WHERE pk IN ['b','a'] AND sk IN [1,2] ORDER BY sk DESC",
            "b2 b1 a2 a1",
        ),
        (
            "SELECT pk, sk FROM comp WHERE pk IN ['b','a'] AND (sk < 2 OR sk > 2) ORDER BY pk ASC, sk DESC",
            "a3 a1 b1",
        ),
        (
            "SELECT pk, sk FROM comp.glo WHERE g = 'G' AND h > 1 ORDER BY h DESC",
            "a3 a2 b2",
        ),
        ("SELECT pk, sk FROM comp.loc WHERE pk = 'a' AND l >= 'x2'", "a2 a3"),
        ("SELECT pk, sk FROM comp WHERE pk = 'a' AND d = 'a3'", "a3"),
    ] {
        let mut shown = Vec::new();
        let mut token = Value::Null;
        for _ in 0..10 {
            let more = if token == Value::Null {
                json!({"Limit": 1})
            } else {
                json!({"Limit": 1, "NextToken": token})
            };
            let answer = engine.ok(ExecuteStatement, &request(statement, Value::Null, more));
            let page = keys(&answer);
            shown.extend((!page.is_empty()).then_some(page));
            assert_eq!(
                answer.get("NextToken").is_some(),
                answer.get("LastEvaluatedKey").is_some()
            );
            match answer.get("NextToken") {
                Some(next) => token = next.clone(),
                None => break,
            }
        }
        let mut expected: Vec<&str> = whole.split(' ').collect();
        if statement.contains("comp.glo") {
            // Rows of equal sort keys are in the order of their places in the table.
            shown.sort();
            expected.sort_unstable();
        }
        assert_eq!(shown, expected, "{statement}");
    }
}

#[test]
fn a_token_is_of_one_statement() {
    let mut engine = engine();
    let first = request(
        "SELECT * FROM comp WHERE pk = ?",
        json!([{"S": "a"}]),
        json!({"Limit": 1}),
    );
    let token = engine.ok(ExecuteStatement, &first)["NextToken"].clone();
    let mut with = |statement: &str, parameter: &str, token: &Value| {
        let body = request(statement, json!([{"S": parameter}]), json!({"NextToken": token}));
        engine
            .call(ExecuteStatement, &body)
            .map_err(|error| error.message().unwrap().into_owned())
    };
    assert!(with("SELECT * FROM comp WHERE pk = ?", "a", &token).is_ok());
    for (statement, parameter) in [
        ("SELECT * FROM comp WHERE pk = ?", "b"),
        ("SELECT pk FROM comp WHERE pk = ?", "a"),
        ("SELECT * FROM comp.loc WHERE pk = ?", "a"),
    ] {
        let message = with(statement, parameter, &token).unwrap_err();
        assert_eq!(message, "NextToken does not match request");
    }
    let message = with("SELECT * FROM comp WHERE pk = ?", "a", &json!("abc")).unwrap_err();
    assert_eq!(message, "Invalid NextToken");
}

#[test]
fn reads_cost_what_they_evaluate() {
    let mut engine = engine();
    let mut units = |statement: &str, consistent: bool| {
        let more = json!({"ReturnConsumedCapacity": "INDEXES", "ConsistentRead": consistent});
        engine.ok(ExecuteStatement, &request(statement, Value::Null, more))["ConsumedCapacity"].clone()
    };
    let table = |units: f64| json!({"TableName": "comp", "CapacityUnits": units, "Table": {"CapacityUnits": units}});
    assert_eq!(units("SELECT * FROM comp WHERE pk = 'a'", false), table(0.5));
    assert_eq!(
        units("SELECT * FROM comp WHERE pk = 'absent' AND sk = 1", true),
        table(1.0)
    );
    assert_eq!(
        units("SELECT d FROM comp.loc WHERE pk = 'a'", false),
        json!({"TableName": "comp", "CapacityUnits": 2.0, "Table": {"CapacityUnits": 1.5},
            "LocalSecondaryIndexes": {"loc": {"CapacityUnits": 0.5}}}),
        "an index that lacks a column fetches it row by row"
    );
    assert_eq!(
        units("SELECT * FROM comp.keys WHERE g = 'G'", false),
        json!({"TableName": "comp", "CapacityUnits": 0.5, "Table": {"CapacityUnits": 0.0},
            "GlobalSecondaryIndexes": {"keys": {"CapacityUnits": 0.5}}})
    );
}
