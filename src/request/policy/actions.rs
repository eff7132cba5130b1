//! The actions that policies of tables and of streams may name.

use super::{Policy, wildcard};
use crate::error::annotation::PolicyFault;
use crate::request::{Operation, Service};

/// What a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A table and its indexes.
    Table,
    /// A stream.
    Stream,
}

const PREFIX: &str = "dynamodb:";

/// Actions on tables that are no operations by themselves: parts of transactions, and statements by what they do.
const PARTS: &[&str] = &[
    "ConditionCheckItem",
    "PartiQLSelect",
    "PartiQLInsert",
    "PartiQLUpdate",
    "PartiQLDelete",
];

/// True for operations that are about one table which is there. The others are about the account, about something that is no
/// table, or authorised part by part.
fn is_about_a_table(operation: Operation) -> bool {
    let name = operation.name();
    let is_listing = name.starts_with("List") && operation != Operation::ListTagsOfResource;
    let is_of_parts = name.starts_with("Transact") || name.contains("Execute");
    let is_of_account = matches!(
        operation,
        Operation::CreateTable
            | Operation::CreateGlobalTable
            | Operation::DescribeEndpoints
            | Operation::DescribeLimits
            | Operation::ImportTable
            | Operation::DescribeImport
            | Operation::DescribeExport
            | Operation::DescribeBackup
            | Operation::DeleteBackup
            | Operation::DescribeGlobalTable
            | Operation::DescribeGlobalTableSettings
            | Operation::UpdateGlobalTable
            | Operation::UpdateGlobalTableSettings
    );
    operation.service() == Service::DynamoDb && !is_listing && !is_of_parts && !is_of_account
}

fn is_about_a_stream(operation: Operation) -> bool {
    operation.service() == Service::Streams && operation != Operation::ListStreams
}

fn exists(action: &str, subject: Subject) -> bool {
    let action = action.to_ascii_lowercase();
    if action == "*" {
        return true;
    }
    let Some(pattern) = action.strip_prefix(PREFIX) else {
        return false;
    };
    let is_like = |name: &str| wildcard(pattern, &name.to_ascii_lowercase());
    let mut operations = Operation::ALL.iter();
    match subject {
        Subject::Table => {
            operations.any(|operation| is_about_a_table(*operation) && is_like(operation.name()))
                || PARTS.iter().any(|part| is_like(part))
        }
        Subject::Stream => operations.any(|operation| is_about_a_stream(*operation) && is_like(operation.name())),
    }
}

impl Policy {
    /// Refuses actions that are none of the subject's.
    ///
    /// # Errors
    /// [`PolicyFault::Actions`] with all of them.
    pub fn check_actions(&self, subject: Subject) -> Result<(), PolicyFault> {
        let patterns = self.statements.iter().flat_map(|statement| &statement.actions.patterns);
        let names: Vec<String> = patterns.filter(|action| !exists(action, subject)).cloned().collect();
        if names.is_empty() {
            Ok(())
        } else {
            Err(PolicyFault::Actions { names })
        }
    }
}
