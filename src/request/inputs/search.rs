//! SearchVectors.

use super::shared::ReturnConsumedCapacity;
use crate::request::tree::{Entries, RawMap, RawValue, input};

input! {
    pub struct SearchVectors<'a> {
        pub table_name: &'a str,
        pub index_name: &'a str,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub projection_expression: Option<&'a str>,
        pub search_vector: Vec<RawValue<'a>>,
        pub search_condition_expression: Option<&'a str>,
        pub top_k: i32,
    }
}
