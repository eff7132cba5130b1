//! Reads: GetItem, Query, Scan.

use super::shared::{Condition, ConditionalOperator, ReturnConsumedCapacity};
use crate::request::tree::{Entries, RawMap, input};

input! {
    pub struct GetItem<'a> {
        pub table_name: &'a str,
        pub key: RawMap<'a>,
        pub attributes_to_get: Option<Vec<&'a str>>,
        pub consistent_read: Option<bool>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub projection_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    }

    pub struct Query<'a> {
        pub table_name: &'a str,
        pub index_name: Option<&'a str>,
        pub select: Option<Select>,
        pub attributes_to_get: Option<Vec<&'a str>>,
        pub limit: Option<i32>,
        pub consistent_read: Option<bool>,
        pub key_conditions: Option<Entries<'a, Condition<'a>>>,
        pub query_filter: Option<Entries<'a, Condition<'a>>>,
        pub conditional_operator: Option<ConditionalOperator>,
        pub scan_index_forward: Option<bool>,
        pub exclusive_start_key: Option<RawMap<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub projection_expression: Option<&'a str>,
        pub filter_expression: Option<&'a str>,
        pub key_condition_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
    }

    pub struct Scan<'a> {
        pub table_name: &'a str,
        pub index_name: Option<&'a str>,
        pub attributes_to_get: Option<Vec<&'a str>>,
        pub limit: Option<i32>,
        pub select: Option<Select>,
        pub scan_filter: Option<Entries<'a, Condition<'a>>>,
        pub conditional_operator: Option<ConditionalOperator>,
        pub exclusive_start_key: Option<RawMap<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub total_segments: Option<i32>,
        pub segment: Option<i32>,
        pub projection_expression: Option<&'a str>,
        pub filter_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub consistent_read: Option<bool>,
    }

    pub enum Select {
        AllAttributes,
        AllProjectedAttributes,
        SpecificAttributes,
        Count,
    }
}
