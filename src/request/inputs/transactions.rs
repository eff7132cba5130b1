//! TransactWriteItems and TransactGetItems.

use super::items::ReturnValuesOnConditionCheckFailure;
use super::shared::{ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap, input};

input! {
    pub struct TransactWriteItems<'a> {
        pub transact_items: Vec<TransactWriteItem<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
        pub client_request_token: Option<&'a str>,
    }

    pub struct TransactWriteItem<'a> {
        pub condition_check: Option<TransactAction<'a>>,
        pub put: Option<TransactAction<'a>>,
        pub delete: Option<TransactAction<'a>>,
        pub update: Option<TransactAction<'a>>,
    }

    /// `ConditionCheck`, `Put`, `Delete` or `Update`: they have nearly all members in common. Which of them each demands is checked
    /// before it is read.
    pub struct TransactAction<'a> {
        pub table_name: &'a str,
        /// Of `Put`.
        pub item: Option<RawMap<'a>>,
        /// Of the others.
        pub key: Option<RawMap<'a>>,
        /// Of `Update`.
        pub update_expression: Option<&'a str>,
        pub condition_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
        pub expression_attribute_values: Option<RawMap<'a>>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }

    pub struct TransactGetItems<'a> {
        pub transact_items: Vec<TransactGetItem<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    }

    pub struct TransactGetItem<'a> {
        pub get: TransactGet<'a>,
    }

    pub struct TransactGet<'a> {
        pub table_name: &'a str,
        pub key: RawMap<'a>,
        pub projection_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    }
}
