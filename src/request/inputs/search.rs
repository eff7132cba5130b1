//! SearchVectors.

use super::shared::ReturnConsumedCapacity;
use crate::request::tree::{Entries, RawMap, RawValue};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchVectors<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub index_name: &'a str,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub search_vector: Vec<RawValue<'a>>,
    #[serde(borrow)]
    pub search_condition_expression: Option<&'a str>,
    pub top_k: i32,
}
