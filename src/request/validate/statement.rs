//! ExecuteStatement, BatchExecuteStatement and ExecuteTransaction, as far as they need no table.

use crate::error::Error;
use crate::partiql::{self, Statement, StatementFault};
use crate::request::Operation;
use crate::request::inputs::{self, ReturnValuesOnConditionCheckFailure};
use crate::request::next_token::{self, StatementDigest};
use crate::request::plan::OnFailure;
use crate::request::respond::Detail;
use crate::request::token::{ContentDigest, Token};
use crate::request::tree::RawValue;
use crate::value::Item;

/// ExecuteStatement.
#[derive(Debug)]
pub struct SingleStatement {
    /// The statement.
    pub statement: Statement,
    /// What its pages' tokens are bound to.
    pub digest: StatementDigest,
    /// The key of the row to go on behind.
    pub start: Option<Item>,
    /// Most rows to evaluate.
    pub limit: Option<usize>,
    /// True for a consistent read.
    pub consistent: bool,
    /// What a write comes to whose condition does not hold.
    pub on_failure: OnFailure,
    /// Capacity asked for.
    pub detail: Detail,
}

/// BatchExecuteStatement.
#[derive(Debug)]
pub struct StatementBatch {
    /// The statements in order; what is wrong with one concerns no other.
    pub members: Vec<Result<BatchMember, Error>>,
    /// True if they write.
    pub writes: bool,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One statement of a batch.
#[derive(Debug)]
pub struct BatchMember {
    /// The statement.
    pub statement: Statement,
    /// True for a consistent read.
    pub consistent: bool,
}

/// ExecuteTransaction.
#[derive(Debug)]
pub struct StatementTransaction {
    /// The statements in order, and what each comes to whose condition does not hold.
    pub statements: Vec<(Statement, OnFailure)>,
    /// True if they write.
    pub writes: bool,
    /// Makes it the same transaction when it is sent again.
    pub token: Option<Token>,
    /// Capacity asked for.
    pub detail: Detail,
}

fn raw<'a>(parameters: &Option<Vec<RawValue<'a>>>) -> Vec<&'a [u8]> {
    parameters.iter().flatten().map(RawValue::bytes).collect()
}

fn on_failure(asked: Option<ReturnValuesOnConditionCheckFailure>) -> OnFailure {
    match asked {
        Some(ReturnValuesOnConditionCheckFailure::AllOld) => OnFailure::ReturnOld,
        Some(ReturnValuesOnConditionCheckFailure::None) | None => OnFailure::Refuse,
    }
}

fn bound(statement: &str, parameters: &[&[u8]]) -> Result<Statement, StatementFault> {
    partiql::bind(&partiql::parse(statement)?, parameters)
}

pub(super) fn single(input: &inputs::ExecuteStatement<'_>) -> Result<SingleStatement, Error> {
    let parameters = raw(&input.parameters);
    let statement = bound(input.statement, &parameters).map_err(Error::invalid)?;
    if matches!(statement, Statement::Exists(_)) {
        return Err(Error::invalid(StatementFault::ExistsOutside));
    }
    let digest = StatementDigest::of(input.statement, &parameters);
    let start = match input.next_token {
        // Nothing but a SELECT has pages; other statements do not look at the token.
        Some(token) if matches!(statement, Statement::Select(_)) => {
            Some(next_token::read(token, digest).map_err(Error::invalid)?)
        }
        Some(_) | None => None,
    };
    Ok(SingleStatement {
        statement,
        digest,
        start,
        limit: input.limit.and_then(|limit| usize::try_from(limit).ok()),
        consistent: input.consistent_read == Some(true),
        on_failure: on_failure(input.return_values_on_condition_check_failure),
        detail: Detail::from(input.return_consumed_capacity),
    })
}

pub(super) fn batch(input: &inputs::BatchExecuteStatement<'_>) -> Result<StatementBatch, Error> {
    let mut members = Vec::with_capacity(input.statements.len());
    for request in &input.statements {
        members.push(match bound(request.statement, &raw(&request.parameters)) {
            Ok(Statement::Exists(_)) => Err(Error::invalid(StatementFault::ExistsOutside)),
            Ok(statement) => Ok(BatchMember {
                statement,
                consistent: request.consistent_read == Some(true),
            }),
            // A value that nothing can store refuses the batch.
            Err(fault @ StatementFault::Parameter(_)) => return Err(Error::invalid(fault)),
            Err(fault) => Err(Error::invalid(fault)),
        });
    }
    let mut kinds = members.iter().flatten().map(|member| member.statement.writes());
    let writes = kinds.next().unwrap_or(false);
    if kinds.any(|other| other != writes) {
        return Err(Error::invalid(StatementFault::BatchMixed));
    }
    Ok(StatementBatch {
        members,
        writes,
        detail: Detail::from(input.return_consumed_capacity),
    })
}

pub(super) fn transaction(
    input: &inputs::ExecuteTransaction<'_>,
    content: ContentDigest,
) -> Result<StatementTransaction, Error> {
    let mut statements = Vec::with_capacity(input.transact_statements.len());
    for (position, request) in input.transact_statements.iter().enumerate() {
        let within = |fault| StatementFault::InTransaction(position, Box::new(fault));
        let statement = match bound(request.statement, &raw(&request.parameters)) {
            Ok(Statement::Faulty(_, fault)) => Err(within(fault)),
            Ok(statement) if statement.returns() => Err(within(StatementFault::TransactionReturning)),
            Ok(statement) => Ok(statement),
            Err(fault @ (StatementFault::Parameter(_) | StatementFault::ParameterCount)) => Err(fault),
            Err(fault) => Err(within(fault)),
        };
        let statement = statement.map_err(Error::invalid)?;
        statements.push((statement, on_failure(request.return_values_on_condition_check_failure)));
    }
    // EXISTS is a part of transactions that write.
    let kind = |statement: &Statement| statement.writes() || matches!(statement, Statement::Exists(_));
    let mut kinds = statements.iter().map(|(statement, _)| kind(statement));
    let writes = kinds.next().unwrap_or(false);
    if kinds.any(|other| other != writes) {
        return Err(Error::invalid(StatementFault::TransactionMixed));
    }
    super::transaction::check_size(statements.iter().map(|(statement, _)| statement.written_bytes()))?;
    let token = input.client_request_token.map(|text| Token {
        operation: Operation::ExecuteTransaction,
        text: text.to_owned(),
        content,
    });
    Ok(StatementTransaction {
        statements,
        writes,
        token,
        detail: Detail::from(input.return_consumed_capacity),
    })
}
