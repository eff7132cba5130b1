//! ExecuteStatement, BatchExecuteStatement and ExecuteTransaction.

use super::items::ReturnValuesOnConditionCheckFailure;
use super::shared::ReturnConsumedCapacity;
use crate::request::tree::RawValue;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExecuteStatement<'a> {
    #[serde(borrow)]
    pub statement: &'a str,
    #[serde(borrow)]
    pub parameters: Option<Vec<RawValue<'a>>>,
    pub consistent_read: Option<bool>,
    #[serde(borrow)]
    pub next_token: Option<&'a str>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
    pub limit: Option<i32>,
    pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchExecuteStatement<'a> {
    #[serde(borrow)]
    pub statements: Vec<BatchStatementRequest<'a>>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
}

/// `ReturnValuesOnConditionCheckFailure` is accepted here, too, and means nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchStatementRequest<'a> {
    #[serde(borrow)]
    pub statement: &'a str,
    #[serde(borrow)]
    pub parameters: Option<Vec<RawValue<'a>>>,
    pub consistent_read: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExecuteTransaction<'a> {
    #[serde(borrow)]
    pub transact_statements: Vec<ParameterizedStatement<'a>>,
    #[serde(borrow)]
    pub client_request_token: Option<&'a str>,
    pub return_consumed_capacity: Option<ReturnConsumedCapacity>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ParameterizedStatement<'a> {
    #[serde(borrow)]
    pub statement: &'a str,
    #[serde(borrow)]
    pub parameters: Option<Vec<RawValue<'a>>>,
    pub return_values_on_condition_check_failure: Option<ReturnValuesOnConditionCheckFailure>,
}
