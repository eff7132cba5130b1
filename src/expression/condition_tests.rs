//! Conditions against recorded answers, and their semantics beyond them.

use super::*;
use crate::expression::Kind;
use crate::expression::testing::{check_table, item, sentence, values, with_placeholders};
use serde_json::json;

fn answer(text: &str) -> String {
    let bound = ConditionAst::parse(text).and_then(|ast| {
        with_placeholders(&json!({}), &values(), |placeholders| {
            Condition::bind(&Rc::new(ast), placeholders)
        })
    });
    match bound {
        Ok(condition) => condition.holds(Some(item().attributes())).to_string(),
        Err(fault) => sentence(&fault, Kind::Filter),
    }
}

#[test]
fn conditions_answer_as_recorded() {
    check_table(include_str!("cases/conditions.txt"), answer);
}
