//! BatchGetItem and BatchWriteItem.

use super::shared::{ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchGetItem<'a> {
    #[serde(borrow)]
    pub request_items: Entries<'a, KeysAndAttributes<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeysAndAttributes<'a> {
    #[serde(borrow)]
    pub keys: Vec<RawMap<'a>>,
    #[serde(borrow)]
    pub attributes_to_get: Option<Vec<&'a str>>,
    pub consistent_read: Option<bool>,
    #[serde(borrow)]
    pub projection_expression: Option<&'a str>,
    #[serde(borrow)]
    pub expression_attribute_names: Option<Entries<'a, &'a str>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchWriteItem<'a> {
    #[serde(borrow)]
    pub request_items: Entries<'a, Vec<WriteRequest<'a>>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct WriteRequest<'a> {
    #[serde(borrow)]
    pub put_request: Option<PutRequest<'a>>,
    #[serde(borrow)]
    pub delete_request: Option<DeleteRequest<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutRequest<'a> {
    #[serde(borrow)]
    pub item: RawMap<'a>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteRequest<'a> {
    #[serde(borrow)]
    pub key: RawMap<'a>,
}
