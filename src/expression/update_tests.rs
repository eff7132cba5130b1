//! Updates against recorded answers.

use super::*;
use crate::expression::Kind;
use crate::expression::testing::{check_table, item, item_of, sentence, to_json, values, with_placeholders};
use serde_json::json;

fn bind(text: &str) -> Result<Update, ExpressionFault> {
    let ast = Rc::new(UpdateAst::parse(text)?);
    with_placeholders(&json!({}), &values(), |placeholders| Update::bind(&ast, placeholders))
}

fn answer(text: &str) -> String {
    let update = match bind(text) {
        Ok(update) => update,
        Err(fault) => return sentence(&fault, Kind::Update),
    };
    for key in ["pk", "sk"] {
        if update.touches(key) {
            return format!(
                "One or more parameter values were invalid: \
                 Cannot update attribute {key}. This attribute is part of the key"
            );
        }
    }
    let key = item_of(&json!({"pk": {"S": "a"}, "sk": {"S": "b"}}));
    match update.apply(Some(&item()), &key) {
        Ok(updated) => to_json(updated.item.attributes()).to_string(),
        Err(fault) => fault.message(),
    }
}

#[test]
fn updates_answer_as_recorded() {
    check_table(include_str!("cases/updates.txt"), answer);
}
