//! TransactWriteItems and TransactGetItems.

use super::items::ReturnValuesOnConditionCheckFailure;
use super::shared::{ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactWriteItems<'a> {
    #[serde(borrow)]
    pub transact_items: Vec<TransactWriteItem<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
    #[serde(borrow)]
    pub client_request_token: Option<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactWriteItem<'a> {
    #[serde(borrow)]
    pub condition_check: Option<TransactAction<'a>>,
    #[serde(borrow)]
    pub put: Option<TransactAction<'a>>,
    #[serde(borrow)]
    pub delete: Option<TransactAction<'a>>,
    #[serde(borrow)]
    pub update: Option<TransactAction<'a>>,
}

/// `ConditionCheck`, `Put`, `Delete` or `Update`: they have nearly all members in common. Which of them each demands is checked
/// before it is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactAction<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    /// Of `Put`.
    #[serde(borrow)]
    pub item: Option<RawMap<'a>>,
    /// Of the others.
    #[serde(borrow)]
    pub key: Option<RawMap<'a>>,
    /// Of `Update`.
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
pub struct TransactGetItems<'a> {
    #[serde(borrow)]
    pub transact_items: Vec<TransactGetItem<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactGetItem<'a> {
    #[serde(borrow)]
    pub get: TransactGet<'a>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactGet<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub key: RawMap<'a>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
}
