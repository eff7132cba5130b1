//! BatchGetItem and BatchWriteItem.

use super::shared::{ReturnConsumedCapacity, ReturnItemCollectionMetrics};
use crate::request::tree::{Entries, RawMap, input};

input! {
    pub struct BatchGetItem<'a> {
        pub request_items: Entries<'a, KeysAndAttributes<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    }

    pub struct KeysAndAttributes<'a> {
        pub keys: Vec<RawMap<'a>>,
        pub attributes_to_get: Option<Vec<&'a str>>,
        pub consistent_read: Option<bool>,
        pub projection_expression: Option<&'a str>,
        pub expression_attribute_names: Option<Entries<'a, &'a str>>,
    }

    pub struct BatchWriteItem<'a> {
        pub request_items: Entries<'a, Vec<WriteRequest<'a>>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub return_item_collection_metrics: Option<ReturnItemCollectionMetrics>,
    }

    pub struct WriteRequest<'a> {
        pub put_request: Option<PutRequest<'a>>,
        pub delete_request: Option<DeleteRequest<'a>>,
    }

    pub struct PutRequest<'a> {
        pub item: RawMap<'a>,
    }

    pub struct DeleteRequest<'a> {
        pub key: RawMap<'a>,
    }
}
