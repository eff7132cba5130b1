//! Expressions by themselves, without a request around them.

use snowglobe::expression::{Condition, ConditionAst, Kind, Placeholders};
use std::rc::Rc;

/// The fault of a condition without names and values.
fn fault(text: &str) -> String {
    let bound = ConditionAst::parse(text).and_then(|ast| Condition::bind(&Rc::new(ast), &mut Placeholders::none()));
    bound.unwrap_err().message(Kind::Condition)
}

/// On a stack that one call for each level of nesting would outgrow.
#[test]
fn nesting_costs_no_stack() {
    const STACK_BYTES: usize = 128 * 1024;
    let nested = |open: &str, count: usize, inner: &str| format!("{}{inner}{}", open.repeat(count), ")".repeat(count));
    let cases = [
        (nested("(", 2000, "a=b"), "The expression has redundant parentheses;"),
        ("(".repeat(4096), "Syntax error; token: \"<EOF>\", near: \"(\""),
        (nested("x(", 1300, "a"), "Invalid function name; function: x"),
        (
            nested("size(", 600, "a") + " = b",
            "Incorrect operand type for operator or function; operator or function: size, operand type: N",
        ),
        (
            nested("size(", 600, "#n") + " = b",
            "An expression attribute name used in the document path is not defined; attribute name: #n",
        ),
        (
            nested("(NOT ", 600, "(a=b)"),
            "The expression contains too many operators; operator count: 301",
        ),
        (
            "NOT ".repeat(1000) + "a=:v",
            "An expression attribute value used in expression is not defined; attribute value: :v",
        ),
    ];
    let check = move || {
        for (text, sentence) in cases {
            assert_eq!(fault(&text), format!("Invalid ConditionExpression: {sentence}"));
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(check);
    thread.unwrap().join().unwrap();
}
