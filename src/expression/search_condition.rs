//! Search conditions: attributes that must equal values, which is all that a search of a vector index can ask of them.

use super::ast::{ConditionAst, Node, NodeId, Operand, OperandId};
use super::condition::Condition;
use super::fault::ExpressionFault;
use super::function::Comparator;
use super::placeholders::Placeholders;
use crate::value::Value;
use std::rc::Rc;

/// A SearchConditionExpression.
#[derive(Clone, Debug)]
pub struct SearchCondition {
    /// The attributes and what each must equal, as written.
    pub equal: Vec<(Box<str>, Value)>,
    /// The whole as a condition on an item.
    pub condition: Condition,
}

impl SearchCondition {
    /// Resolves names and values, and takes the condition apart.
    ///
    /// # Errors
    /// What [`Condition::bind`] refuses; then anything but `=` between a top-level attribute and a value, joined by AND.
    pub fn bind(ast: &Rc<ConditionAst>, placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        let condition = Condition::bind(ast, placeholders)?;
        let mut equal = Vec::new();
        read(ast, &condition, ast.root, &mut equal)?;
        Ok(SearchCondition { equal, condition })
    }
}

fn read(
    ast: &ConditionAst,
    condition: &Condition,
    node: NodeId,
    equal: &mut Vec<(Box<str>, Value)>,
) -> Result<(), ExpressionFault> {
    match ast.arena.node(node) {
        Some(Node::And(nodes)) => nodes.iter().try_for_each(|node| read(ast, condition, *node, equal)),
        Some(Node::Compare(Comparator::Equal, left, right)) => {
            let sides = pair(ast, condition, *left, *right).or_else(|| pair(ast, condition, *right, *left));
            equal.push(sides.ok_or(ExpressionFault::SearchComparator)?);
            Ok(())
        }
        Some(Node::Compare(_, _, _) | Node::Or(_) | Node::Not(_) | Node::Between(_, _, _) | Node::In(_, _))
        | Some(Node::Call(_)) => Err(ExpressionFault::SearchComparator),
        None => Ok(()),
    }
}

/// The attribute and the value of a comparison that has the attribute on its left.
fn pair(ast: &ConditionAst, condition: &Condition, left: OperandId, right: OperandId) -> Option<(Box<str>, Value)> {
    let bindings = condition.bindings();
    match (ast.arena.operand(left)?, ast.arena.operand(right)?) {
        (Operand::Path(path), Operand::Value(value)) if path.0.len() == 1 => {
            let value = bindings.value(*value)?;
            Some((
                bindings.top_level_name(path).into(),
                Value::from_admitted(value.bytes()),
            ))
        }
        (_, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Kind;
    use crate::expression::testing::{item_of, sentence, values, with_placeholders};
    use serde_json::json;

    fn bind(text: &str) -> Result<SearchCondition, String> {
        let sentence = |fault| sentence(&fault, Kind::SearchCondition);
        let ast = Rc::new(ConditionAst::parse(text).map_err(sentence)?);
        with_placeholders(&json!({"#a": "a"}), &values(), |placeholders| {
            SearchCondition::bind(&ast, placeholders).map_err(sentence)
        })
    }

    #[test]
    fn equalities_joined_by_and_are_taken_apart_as_written() {
        let condition = bind("#a = :n AND (:s = s)").unwrap();
        let names: Vec<&str> = condition.equal.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["a", "s"]);
        let item = item_of(&json!({"a": {"N": "1"}, "s": {"S": "x"}}));
        assert!(condition.condition.holds(Some(item.attributes())));
        let other = item_of(&json!({"a": {"N": "1"}, "s": {"S": "y"}}));
        assert!(!condition.condition.holds(Some(other.attributes())));
    }

    #[test]
    fn nothing_but_equality_with_a_value_is_taken() {
        for text in [
            "a > :n",
            "a <> :n",
            "a = :n OR s = :s",
            "NOT a = :n",
            "a IN (:n)",
            "a BETWEEN :n AND :n",
            "begins_with(a, :s)",
            "attribute_exists(a)",
            "a = s",
            "m.p = :n",
            "size(a) = :n",
        ] {
            let fault = bind(text).unwrap_err();
            assert_eq!(
                fault, "! Invalid comparator used in SearchConditionExpression",
                "{text}"
            );
        }
        assert!(bind("a = :missing").unwrap_err().contains("is not defined"));
    }
}
