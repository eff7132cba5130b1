//! Reads: GetItem, Query, Scan.

use super::shared::{Condition, ConditionalOperator, ReturnConsumedCapacity};
use crate::request::tree::{Entries, RawMap};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetItem<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub key: RawMap<'a>,
    #[serde(borrow)]
    pub attributes_to_get: Option<Vec<&'a str>>,
    pub consistent_read: Option<bool>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Query<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub index_name: Option<&'a str>,
    pub select: Option<Select>,
    #[serde(borrow)]
    pub attributes_to_get: Option<Vec<&'a str>>,
    pub limit: Option<i32>,
    pub consistent_read: Option<bool>,
    #[serde(borrow)]
    pub key_conditions: Option<Entries<'a, Condition<'a>>>,
    #[serde(borrow)]
    pub query_filter: Option<Entries<'a, Condition<'a>>>,
    pub conditional_operator: Option<ConditionalOperator>,
    pub scan_index_forward: Option<bool>,
    #[serde(borrow)]
    pub exclusive_start_key: Option<RawMap<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub filter_expression: Option<&'a str>,
    #[serde(borrow)]
    pub key_condition_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Scan<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub index_name: Option<&'a str>,
    #[serde(borrow)]
    pub attributes_to_get: Option<Vec<&'a str>>,
    pub limit: Option<i32>,
    pub select: Option<Select>,
    #[serde(borrow)]
    pub scan_filter: Option<Entries<'a, Condition<'a>>>,
    pub conditional_operator: Option<ConditionalOperator>,
    #[serde(borrow)]
    pub exclusive_start_key: Option<RawMap<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub total_segments: Option<i32>,
    pub segment: Option<i32>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub filter_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
    pub consistent_read: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Select {
    AllAttributes,
    AllProjectedAttributes,
    SpecificAttributes,
    Count,
}
