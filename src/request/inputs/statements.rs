//! ExecuteStatement, BatchExecuteStatement and ExecuteTransaction.

use super::items::ReturnValuesOnConditionCheckFailure;
use super::shared::ReturnConsumedCapacity;
use crate::request::tree::{RawValue, input};

input! {
    pub struct ExecuteStatement<'a> {
        pub statement: &'a str,
        pub parameters: Option<Vec<RawValue<'a>>>,
        pub consistent_read: Option<bool>,
        pub next_token: Option<&'a str>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
        pub limit: Option<i32>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }

    pub struct BatchExecuteStatement<'a> {
        pub statements: Vec<BatchStatementRequest<'a>>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    }

    /// `ReturnValuesOnConditionCheckFailure` is accepted here, too, and means nothing.
    pub struct BatchStatementRequest<'a> {
        pub statement: &'a str,
        pub parameters: Option<Vec<RawValue<'a>>>,
        pub consistent_read: Option<bool>,
    }

    pub struct ExecuteTransaction<'a> {
        pub transact_statements: Vec<ParameterizedStatement<'a>>,
        pub client_request_token: Option<&'a str>,
        pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    }

    pub struct ParameterizedStatement<'a> {
        pub statement: &'a str,
        pub parameters: Option<Vec<RawValue<'a>>>,
        pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
    }
}
