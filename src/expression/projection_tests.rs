//! Projections against recorded answers.

use super::*;
use crate::expression::Kind;
use crate::expression::testing::{check_table, item, sentence, to_json, values, with_placeholders};
use serde_json::json;

fn answer(text: &str) -> String {
    let bound = ProjectionAst::parse(text).and_then(|ast| {
        with_placeholders(&json!({}), &values(), |placeholders| {
            Paths::bind(&Rc::new(ast), placeholders)
        })
    });
    match bound {
        Ok(paths) => {
            let item = item();
            let mut out = Writer::new();
            paths.project(item.attributes(), &mut out);
            let projected = Map::read(out.bytes()).unwrap();
            assert_eq!(paths.keep_anything(item.attributes()), !projected.is_empty());
            to_json(projected).to_string()
        }
        Err(fault) => sentence(&fault, Kind::Projection),
    }
}

#[test]
fn projections_answer_as_recorded() {
    check_table(include_str!("cases/projections.txt"), answer);
}
