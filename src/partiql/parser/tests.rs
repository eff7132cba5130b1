//! Statements that are read, and what is said of those that are not. The sentences about form were recorded on AWS.

use super::*;
use crate::partiql::bind;

fn said(text: &str) -> String {
    match parse(text).and_then(|parsed| bind(&parsed, &[])) {
        Ok(statement) => panic!("{text}: {statement:?}"),
        Err(fault) => fault.to_string(),
    }
}

const NOT_FORMED: &str = "Statement wasn't well formed, can't be processed: ";

#[test]
fn what_is_no_statement_is_told_by_what_is_in_the_way() {
    let cases = [
        ("SELECT * FROM t WHERE a = 1 b", "Unexpected token after expression"),
        ("SELECT * FROM t WHERE a = 1)", "Unexpected token after expression"),
        ("SELECT * FROM t WHERE a = 1 e5", "Unexpected token after expression"),
        (
            "SELECT * FROM t ORDER BY a WHERE a = 1",
            "Unexpected token after expression",
        ),
        (
            "DELETE FROM t WHERE a = 1 ORDER BY a",
            "Unexpected token after expression",
        ),
        (
            "FROM t WHERE a = 1 SET b = 1 WHERE a = 1",
            "Unexpected token after expression",
        ),
        ("FROM t SET b = 1 WHERE a = 1", "Unexpected token after expression"),
        ("INSERT INTO t AS x VALUE {'a': 1}", "Unexpected token after expression"),
        ("INSERT INTO t x VALUE {'a': 1}", "Unexpected token after expression"),
        (
            "INSERT INTO t (a, b) VALUES (?, ?)",
            "Unexpected token after expression",
        ),
        // As a user's report has it of DynamoDB: the column is a keyword.
        ("INSERT INTO t (key, b) VALUES (?, ?)", "Unexpected keyword"),
        ("SELECT * FROM t;;", "Unexpected token after expression"),
        ("UPDATE t REMOVE a, b WHERE c = 1", "Unexpected token after expression"),
        ("SELECT * FROM t WHERE", "Unexpected term"),
        ("SELECT * FROM t WHERE NOT", "Unexpected term"),
        ("SELECT * FROM t WHERE (", "Unexpected term"),
        ("SELECT * FROM t WHERE a IN ()", "Unexpected term"),
        ("SELECT * FROM", "Unexpected term"),
        (
            "SELECT * FROM t WHERE a = 1 AND",
            "Missing right-hand side expression of infix operator",
        ),
        (
            "SELECT * FROM t WHERE a = 1 OR",
            "Missing right-hand side expression of infix operator",
        ),
        ("SELECT * FROM t WHERE ORDER BY", "Unexpected keyword"),
        ("SELECT * FROM t WHERE user = 1", "Unexpected keyword"),
        ("SELECT FROM t", "Unexpected keyword"),
        ("SELECT * FROM t WHERE IS NULL", "Unexpected operator"),
        ("SELECT * FROM t WHERE = LIKE", "Unexpected operator"),
        ("SELECT * FROM t WHERE a = = 1", "Unexpected operator"),
        ("SELECT * FROM t WHERE a IS FOO", "Expected type name"),
        ("SELECT * FROM t WHERE a IS", "Expected type name"),
        ("DELETE FROM", "Expected identifier for simple path"),
        ("UPDATE SET a = 1 WHERE b = 1", "Expected identifier for simple path"),
        (
            "UPDATE t SET 'a' = 1 WHERE b = 1",
            "Expected identifier for simple path",
        ),
        ("UPSERT INTO t VALUE {'a': 1}", "Expected data manipulation"),
        ("FROM t WHERE a = 1", "Expected data manipulation"),
        ("UPDATE t WHERE a = 1", "Expected data manipulation"),
        ("-- nothing", "Expected data manipulation"),
        ("SELECT * FROM t WHERE a.inner = 1", "Invalid path dot component"),
        ("SELECT a.inner FROM t", "Invalid path dot component"),
        ("SELECT * FROM t WHERE a = 1e2147483648", ""),
        ("SELECT * FROM t WHERE a = 1e-2147483648", ""),
        ("SELECT * FROM t WHERE a = 1 # b", ""),
        ("SELECT * FROM t /* b", ""),
    ];
    for (text, reason) in cases {
        assert_eq!(said(text), format!("{NOT_FORMED}{reason}"), "{text}");
    }
}

#[test]
fn what_is_read_and_refused_has_sentences_of_its_own() {
    let cases = [
        ("SELECT * FROM t AS x", "Aliasing is not supported"),
        ("SELECT * FROM t x", "Aliasing is not supported"),
        ("SELECT a AS b FROM t", "Aliasing is not supported"),
        ("UPDATE t AS x SET a = 1 WHERE b = 1", "Aliasing is not supported"),
        ("DELETE FROM t x WHERE b = 1", "Aliasing is not supported"),
        ("a IS INT4", "Unsupported operation: IsType"),
        ("a", "Unsupported operation: VariableReference"),
        (
            "EXISTS(a)",
            "EXISTS can only be used in ExecuteTransaction write requests.",
        ),
        ("SELECT COUNT(*) FROM t", "Unexpected path component at 1:8:5"),
        ("SELECT size(a) FROM t", "Unexpected path component at 1:8:4"),
        ("SELECT a,\n  1 FROM t", "Unexpected path component at 2:3:1"),
        ("SELECT a, b.a FROM t", "Duplicate identifiers in select clause: a"),
        (
            "SELECT * FROM t WHERE EXISTS(a)",
            "Unrecognized function: exists at 1:23:6",
        ),
        (
            "SELECT * FROM t WHERE FOO(a) = 1",
            "Unrecognized function: foo at 1:23:3",
        ),
        (
            "SELECT * FROM t.u.v",
            "A path may contain at most 2 components in the FROM clause",
        ),
        ("SELECT * FROM t.\"\"", "Path component cannot be an empty string"),
        ("SELECT * FROM \"\"", "Path component cannot be an empty string"),
        (
            "INSERT INTO t.u VALUE {'a': 1}",
            "FROM clause may only contain a single table name in data manipulation statements",
        ),
        (
            "UPDATE t.u SET a = 1 WHERE b = 1",
            "This operation is not supported on an index",
        ),
        (
            "DELETE FROM t.u WHERE b = 1",
            "This operation is not supported on an index",
        ),
        (
            "DELETE FROM t",
            "Where clause does not contain a mandatory equality on all key attributes",
        ),
        (
            "DELETE FROM t WHERE a = 1 RETURNING MODIFIED OLD *",
            "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        ),
        (
            "SELECT * FROM t WHERE a = ?",
            "Number of parameters in request and statement don't match.",
        ),
        (
            "SELECT * FROM t WHERE a",
            "WHERE clause must contain an expression that resolves to a boolean",
        ),
        (
            "SELECT * FROM t WHERE a AND b",
            "The arguments to AND/OR must be Expressions",
        ),
        (
            "SELECT * FROM t WHERE NOT a",
            "The argument to NOT must be a Type or Expression",
        ),
        (
            "SELECT * FROM t WHERE a = MISSING",
            "MISSING must be compared using IS operator",
        ),
        (
            "SELECT * FROM t WHERE a + 1 = 2",
            "Unsupported operator in Condition Expression. Operator: +",
        ),
        (
            "SELECT * FROM t WHERE a LIKE 'b%'",
            "Unsupported operator in Condition Expression. Operator: like",
        ),
        (
            "SELECT * FROM t WHERE a < true",
            "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
        ),
        (
            "SELECT * FROM t WHERE attribute_exists('a')",
            "Operator or function requires a document path; operator or function: attribute_exists",
        ),
        (
            "SELECT * FROM t WHERE attribute_exists()",
            "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
        ),
        (
            "SELECT * FROM t ORDER BY a",
            "Must have WHERE clause in the statement when using ORDER BY clause.",
        ),
        ("SELECT * FROM t LIMIT 1", "Unsupported clause: LIMIT at 1:23:1"),
        ("SELECT DISTINCT a FROM t", "Unsupported token in expression: DISTINCT"),
        (
            "SELECT a FROM t WHERE a = 1 HAVING b = 1",
            "Unsupported clause: HAVING at 1:38:1",
        ),
        // Where the clause's expression stands is where its operator does.
        (
            "SELECT a FROM t HAVING (b IN (1))",
            "Unsupported clause: HAVING at 1:27:2",
        ),
        ("SELECT a FROM t LIMIT 1 + 2", "Unsupported clause: LIMIT at 1:25:1"),
        // Words are written as the service's own tree has them.
        (
            "SELECT * FROM t WHERE a = Count(*)",
            "Unsupported token in expression: count at 1:27:5",
        ),
        (
            "SELECT * FROM t WHERE SUM(DISTINCT a) = 1",
            "Unsupported token in expression: sum at 1:23:3",
        ),
        (
            "SELECT * FROM t WHERE a = (select b from c)",
            "Unsupported token in expression: SELECT at 1:28:6",
        ),
        (
            "SELECT * FROM t WHERE a = case when b then 1 end",
            "Unsupported token in expression: CASE at 1:27:4",
        ),
        (
            "SELECT * FROM t WHERE a = CAST (b AS INT)",
            "Unsupported token in expression: cast at 1:32:1",
        ),
        (
            "INSERT INTO t VALUE {'a': MAX(1)}",
            "Unsupported data type: max under key root at 1:27:3",
        ),
        (
            "INSERT INTO t VALUE {'a': {'b': MAX(1)}}",
            "Unsupported data type: CallAgg under key root.b at 1:33:3",
        ),
        (
            "INSERT INTO t VALUE {'a': {'b': (SELECT c FROM d)}}",
            "Unsupported data type: Select under key root.b at 1:34:6",
        ),
        (
            "SELECT a FROM t WHERE a = 1 ORDER BY 'a'",
            "Argument to ORDER BY must be of type VariableReference. Type: \"a\"",
        ),
        (
            "SELECT * FROM t WHERE NOT size(a)",
            "Incorrect operand type for operator or function; operator or function: NOT, operand type: N",
        ),
        (
            "INSERT INTO t VALUE {'a': NOT true}",
            "Unsupported data type: not under key root at 1:27:3",
        ),
        (
            "INSERT INTO t VALUE {'a': 1 = 1}",
            "Unsupported data type: = under key root at 1:29:1",
        ),
    ];
    for (text, sentence) in cases {
        assert_eq!(said(text), sentence, "{text}");
    }
}

#[test]
fn literals_are_placed_within_their_value() {
    const OVERFLOW: &str = "Number overflow. Attempting to store a number with magnitude larger than supported range";
    let cases = [
        ("1e126", format!("{OVERFLOW} under root")),
        ("[0, 1e126]", format!("{OVERFLOW} under root[1]")),
        ("{'x': 1e126}", format!("{OVERFLOW} under root.x")),
        ("{'x': [{'y': 1e126}]}", format!("{OVERFLOW} under root.x[0].y")),
        ("<<>>", "Empty bags are not supported".to_owned()),
        (
            "<<1, 'a'>>",
            "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags".to_owned(),
        ),
        (
            "<<true>>",
            "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags at 1:28:4"
                .to_owned(),
        ),
        (
            "<<'x', 'x'>>",
            "One or more parameter values were invalid: Input collection [x, x] contains duplicates.".to_owned(),
        ),
        (
            "set_add(a, <<1>>)",
            "Unsupported data type: set_add under key root at 1:26:7".to_owned(),
        ),
        (
            "[b]",
            "Unsupported data type: VariableReference under key root[0] at 1:27:1".to_owned(),
        ),
    ];
    for (literal, sentence) in cases {
        assert_eq!(
            said(&format!("INSERT INTO t VALUE {{'a':{literal}}}")),
            sentence,
            "{literal}"
        );
    }
}

#[test]
fn sets_are_changed_in_place_only() {
    let cases = [
        (
            "set_add(b, <<'x'>>)",
            "The first argument to SET_ADD must equal the assignment value at 1:16:7",
        ),
        (
            "set_add('s', <<'x'>>)",
            "The first argument to SET_ADD must equal the assignment value at 1:16:7",
        ),
        (
            "SET_DELETE(s, 'x')",
            "The second argument to SET_DELETE must be a value with type SET at 1:27:1",
        ),
        ("set_add(s)", "SET_ADD must have exactly two arguments at 1:16:7"),
        ("set_add(s, <<>>)", "Empty bags are not supported"),
    ];
    for (call, sentence) in cases {
        assert_eq!(said(&format!("UPDATE t SET s={call} WHERE a = 1")), sentence, "{call}");
    }
}

#[test]
fn depth_and_length_are_bounded_without_a_deep_stack() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("<<", ">>"),
        ("NOT ", ""),
        ("+ ", ""),
        ("size(", ")"),
    ] {
        let text = format!(
            "SELECT * FROM t WHERE a = {}1{}",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        assert!(parse(&text).is_err(), "{open}");
    }
    let sums = format!("UPDATE t SET a = 1{} WHERE b = 1", " + 1".repeat(100_000));
    assert!(said(&sums).starts_with("The expression contains too many operators"));
    let many = format!("SELECT * FROM t WHERE {}a = 1", "a = 1 OR ".repeat(50_000));
    assert!(said(&many).starts_with("The expression contains too many operators"));
}
