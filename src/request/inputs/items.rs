//! Writes of one item: PutItem, UpdateItem, DeleteItem.

use super::shared::{ComparisonOperator, ConditionalOperator, ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap, RawValue};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutItem<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub item: RawMap<'a>,
    #[serde(borrow)]
    pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
    pub return_values: Option<ReturnValue>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
    pub conditional_operator: Option<ConditionalOperator>,
    #[serde(borrow)]
    pub condition_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
    pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateItem<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub key: RawMap<'a>,
    #[serde(borrow)]
    pub attribute_updates: Option<Entries<'a, AttributeValueUpdate<'a>>>,
    #[serde(borrow)]
    pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
    pub conditional_operator: Option<ConditionalOperator>,
    pub return_values: Option<ReturnValue>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
    #[serde(borrow)]
    pub update_expression: Option<&'a str>,
    #[serde(borrow)]
    pub condition_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
    pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteItem<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub key: RawMap<'a>,
    #[serde(borrow)]
    pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
    pub conditional_operator: Option<ConditionalOperator>,
    pub return_values: Option<ReturnValue>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
    #[serde(borrow)]
    pub condition_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    #[serde(borrow)]
    pub expression_attribute_values: Option<RawMap<'a>>,
    pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExpectedAttributeValue<'a> {
    #[serde(borrow)]
    pub value: Option<RawValue<'a>>,
    pub exists: Option<bool>,
    pub comparison_operator: Option<ComparisonOperator>,
    #[serde(borrow)]
    pub attribute_value_list: Option<Vec<RawValue<'a>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttributeValueUpdate<'a> {
    #[serde(borrow)]
    pub value: Option<RawValue<'a>>,
    pub action: Option<AttributeAction>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttributeAction {
    Add,
    Put,
    Delete,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnValue {
    None,
    AllOld,
    UpdatedOld,
    AllNew,
    UpdatedNew,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnValuesOnConditionCheckFailure {
    AllOld,
    None,
}
