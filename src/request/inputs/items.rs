//! Writes of one item: PutItem, UpdateItem, DeleteItem.

use super::shared::{ComparisonOperator, ConditionalOperator, ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap, RawValue, input};

input! {
    pub struct PutItem<'a> {
        pub table_name: &'a str,
        pub item: RawMap<'a>,
        pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
        pub return_values: Option<ReturnValue>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
        pub conditional_operator: Option<ConditionalOperator>,
        pub condition_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }

    pub struct UpdateItem<'a> {
        pub table_name: &'a str,
        pub key: RawMap<'a>,
        pub attribute_updates: Option<Entries<'a, AttributeValueUpdate<'a>>>,
        pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
        pub conditional_operator: Option<ConditionalOperator>,
        pub return_values: Option<ReturnValue>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
        pub update_expression: Option<&'a str>,
        pub condition_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }

    pub struct DeleteItem<'a> {
        pub table_name: &'a str,
        pub key: RawMap<'a>,
        pub expected: Option<Entries<'a, ExpectedAttributeValue<'a>>>,
        pub conditional_operator: Option<ConditionalOperator>,
        pub return_values: Option<ReturnValue>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
        pub condition_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }

    pub struct ExpectedAttributeValue<'a> {
        pub value: Option<RawValue<'a>>,
        pub exists: Option<bool>,
        pub comparison_operator: Option<ComparisonOperator>,
        pub attribute_value_list: Option<Vec<RawValue<'a>>>,
    }

    pub struct AttributeValueUpdate<'a> {
        pub value: Option<RawValue<'a>>,
        pub action: Option<AttributeAction>,
    }

    pub enum AttributeAction {
        Add,
        Put,
        Delete,
    }

    pub enum ReturnValue {
        None,
        AllOld,
        UpdatedOld,
        AllNew,
        UpdatedNew,
    }

    pub enum ReturnValuesOnConditionCheckFailure {
        AllOld,
        None,
    }
}
