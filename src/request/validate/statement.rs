//! ExecuteStatement, BatchExecuteStatement and ExecuteTransaction, as far as they need no table.

use crate::error::Error;
use crate::partiql::{self, Kind, Statement, StatementFault};
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
    /// The statements in order, and what each comes to whose condition does not hold; or what is wrong with it.
    pub statements: Vec<Result<(Statement, OnFailure), StatementFault>>,
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

/// ExecuteStatement: what can be checked without its table.
pub(in crate::request) fn single(input: &inputs::ExecuteStatement<'_>) -> Result<SingleStatement, Error> {
    let parameters = raw(&input.parameters);
    let bound = || partiql::bind(&partiql::parse(input.statement)?, &partiql::admit(&parameters)?);
    let statement = bound().map_err(Error::invalid)?;
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

/// BatchExecuteStatement: what can be checked without its tables. Statements that fail stay in their place.
pub(in crate::request) fn batch(input: &inputs::BatchExecuteStatement<'_>) -> Result<StatementBatch, Error> {
    let mut members = Vec::with_capacity(input.statements.len());
    let mut mix = Mix::new(StatementFault::BatchMixed);
    for request in &input.statements {
        let parsed = partiql::parse(request.statement);
        if let Ok(parsed) = &parsed {
            mix.add(match parsed.kind() {
                Kind::Read => Some(false),
                Kind::Write => Some(true),
                Kind::Exists | Kind::None => None,
            })?;
        }
        // A value that nothing can store refuses the batch.
        let parameters = raw(&request.parameters);
        let parameters = partiql::admit(&parameters).map_err(Error::invalid)?;
        let statement = parsed.and_then(|parsed| match partiql::bind(&parsed, &parameters)? {
            Statement::Exists(_) => Err(StatementFault::ExistsOutside),
            statement => Ok(statement),
        });
        members.push(statement.map_err(Error::invalid).map(|statement| BatchMember {
            statement,
            consistent: request.consistent_read == Some(true),
        }));
    }
    Ok(StatementBatch {
        members,
        writes: mix.writes(),
        detail: Detail::from(input.return_consumed_capacity),
    })
}

/// Whether statements beside each other read or write: one of them decides, and none may do otherwise.
struct Mix {
    writes: Option<bool>,
    otherwise: StatementFault,
}

impl Mix {
    fn new(otherwise: StatementFault) -> Self {
        Mix {
            writes: None,
            otherwise,
        }
    }

    /// Adds a statement, if it does either.
    fn add(&mut self, writes: Option<bool>) -> Result<(), Error> {
        match (self.writes, writes) {
            (Some(known), Some(writes)) if known != writes => Err(Error::invalid(self.otherwise.clone())),
            (Some(_), _) | (None, None) => Ok(()),
            (None, Some(_)) => {
                self.writes = writes;
                Ok(())
            }
        }
    }

    fn writes(&self) -> bool {
        self.writes == Some(true)
    }
}

/// Statements are judged one after the other by their form, by whether they read or write, and by their parameters. What is wrong
/// with one beyond that waits for the tables of those before it.
pub(in crate::request) fn transaction(
    input: &inputs::ExecuteTransaction<'_>,
    content: ContentDigest,
) -> Result<StatementTransaction, Error> {
    let mut statements = Vec::with_capacity(input.transact_statements.len());
    let mut mix = Mix::new(StatementFault::TransactionMixed);
    for (position, request) in input.transact_statements.iter().enumerate() {
        let within = |fault| StatementFault::InTransaction(position, Box::new(fault));
        let parsed = partiql::parse(request.statement).map_err(|fault| Error::invalid(within(fault)))?;
        match parsed.kind() {
            Kind::Read => mix.add(Some(false))?,
            Kind::Write | Kind::Exists => mix.add(Some(true))?,
            Kind::None => {
                return Err(Error::invalid(match partiql::bind(&parsed, &[]) {
                    Err(fault @ StatementFault::Operation(_)) => fault,
                    Ok(_) | Err(_) => StatementFault::TransactionOperation,
                }));
            }
        }
        let parameters = raw(&request.parameters);
        let parameters = partiql::admit(&parameters).map_err(Error::invalid)?;
        let statement = match partiql::bind(&parsed, &parameters) {
            Ok(Statement::Faulty(_, fault)) => Err(within(fault)),
            Ok(statement) if statement.returns() => Err(within(StatementFault::TransactionReturning)),
            Ok(statement) => Ok((statement, on_failure(request.return_values_on_condition_check_failure))),
            Err(fault @ StatementFault::ParameterCount) => Err(fault),
            Err(fault) => Err(within(fault)),
        };
        statements.push(statement);
    }
    let written = statements
        .iter()
        .flatten()
        .map(|(statement, _)| statement.written_bytes());
    super::transaction::check_size(written)?;
    let token = input.client_request_token.map(|text| Token {
        operation: Operation::ExecuteTransaction,
        text: text.to_owned(),
        content,
    });
    Ok(StatementTransaction {
        statements,
        writes: mix.writes(),
        token,
        detail: Detail::from(input.return_consumed_capacity),
    })
}
