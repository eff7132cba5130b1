//! Throttling: by which limit a request was refused, and the exception, the reason and the sentence that follow from it.
//!
//! Tables and the three exceptions are documented in the developer guide's *Diagnosing throttling* and *Error handling*: provisioned
//! capacity answers ProvisionedThroughputExceededException, whichever of its limits it was; capacity on demand answers
//! ThrottlingException, and RequestLimitExceeded at the account's own limit.

use super::{CancellationReason, Error};

/// What a request did that was throttled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// It read.
    Read,
    /// It wrote.
    Write,
}

/// What was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The capacity that a table or an index was given.
    Provisioned,
    /// What one partition serves, however the table is billed.
    KeyRange,
    /// The ceiling that a table or an index on demand was given.
    MaxOnDemand,
    /// The account's ceiling for any table or index on demand.
    Account,
}

/// Why a request was throttled, as the three throttling exceptions list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThrottlingReason {
    /// What the request did.
    pub access: Access,
    /// What it exceeded.
    pub limit: Limit,
    /// True if capacity is provisioned, false on demand.
    pub provisioned: bool,
    /// The table.
    pub table: String,
    /// The index, if it is one that is throttled.
    pub index: Option<String>,
    /// The ARN of the one or the other. ARNs are of the region and account that a caller believes to talk to, so the region writes it
    /// when it answers.
    pub resource: String,
}

impl ThrottlingReason {
    /// `reason`: resource, operation and limit in one word, such as `TableReadProvisionedThroughputExceeded`.
    pub fn name(&self) -> String {
        let resource = if self.index.is_some() { "Index" } else { "Table" };
        let access = match self.access {
            Access::Read => "Read",
            Access::Write => "Write",
        };
        let limit = match self.limit {
            Limit::Provisioned => "ProvisionedThroughputExceeded",
            Limit::KeyRange => "KeyRangeThroughputExceeded",
            Limit::MaxOnDemand => "MaxOnDemandThroughputExceeded",
            Limit::Account => "AccountLimitExceeded",
        };
        format!("{resource}{access}{limit}")
    }

    /// True for a write that an index could not take in: its sentences speak of the table's indexes, not of one.
    fn is_back_pressure(&self) -> bool {
        self.index.is_some() && self.access == Access::Write
    }
}

const TABLE_EXCEEDED: &str = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
/// The same as the reason of a cancelled transaction: there it ends without its full stop.
const TABLE_EXCEEDED_CANCELS: &str = "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API";
const INDEX_EXCEEDED: &str = "The level of configured provisioned throughput for the index was exceeded";
const INDEXES_EXCEEDED: &str = "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";
const SCALING: &str = "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
const INDEXES_SCALING: &str = "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is automatically scaling your index so please try again shortly";
const CEILING_EXCEEDED: &str = "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
const ACCOUNT_EXCEEDED: &str = "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support request a limit increase";

/// The sentence of a ProvisionedThroughputExceededException. With several reasons, the first is told.
pub(super) fn provisioned_sentence(reasons: &[ThrottlingReason]) -> &'static str {
    match reasons.first() {
        Some(reason) if reason.is_back_pressure() => INDEXES_EXCEEDED,
        Some(reason) if reason.index.is_some() => INDEX_EXCEEDED,
        Some(_) | None => TABLE_EXCEEDED,
    }
}

/// The sentence of a ThrottlingException; without a reason it is an index that cannot follow.
pub(super) fn throttling_sentence(reasons: &[ThrottlingReason]) -> &'static str {
    match reasons.first() {
        None => INDEXES_SCALING,
        Some(reason) => match reason.limit {
            Limit::MaxOnDemand => CEILING_EXCEEDED,
            Limit::Account => ACCOUNT_EXCEEDED,
            Limit::KeyRange | Limit::Provisioned if reason.is_back_pressure() => INDEXES_SCALING,
            Limit::KeyRange | Limit::Provisioned => SCALING,
        },
    }
}

/// The sentence of a RequestLimitExceeded.
pub(super) fn account_sentence() -> &'static str {
    ACCOUNT_EXCEEDED
}

/// The sentence with which exceeded provisioned capacity cancels a transaction.
pub(super) fn cancelling_sentence(reasons: &[ThrottlingReason]) -> &'static str {
    match provisioned_sentence(reasons) {
        TABLE_EXCEEDED => TABLE_EXCEEDED_CANCELS,
        other => other,
    }
}

impl Error {
    /// The exception of a request that was throttled for these reasons, of which the first decides.
    pub fn throttled(reasons: Vec<ThrottlingReason>) -> Self {
        match reasons.first() {
            Some(reason) if reason.provisioned => Error::ProvisionedThroughputExceededException { reasons },
            Some(reason) if reason.limit == Limit::Account => Error::RequestLimitExceeded { reasons },
            Some(_) | None => Error::ThrottlingException { reasons },
        }
    }

    /// Why a request was throttled; nothing if that is not what happened to it.
    pub fn throttling_reasons(&self) -> &[ThrottlingReason] {
        match self {
            Error::ProvisionedThroughputExceededException { reasons }
            | Error::RequestLimitExceeded { reasons }
            | Error::ThrottlingException { reasons } => reasons,
            _ => &[],
        }
    }

    /// The same, to name their resources.
    pub fn throttling_reasons_mut(&mut self) -> &mut [ThrottlingReason] {
        match self {
            Error::ProvisionedThroughputExceededException { reasons }
            | Error::RequestLimitExceeded { reasons }
            | Error::ThrottlingException { reasons } => reasons,
            _ => &mut [],
        }
    }

    /// True for the three exceptions that say: later.
    pub fn is_throttling(&self) -> bool {
        matches!(
            self,
            Error::ProvisionedThroughputExceededException { .. }
                | Error::RequestLimitExceeded { .. }
                | Error::ThrottlingException { .. }
        )
    }
}

impl CancellationReason {
    /// Why the action was throttled; nothing if that is not what happened to it.
    pub fn throttling_reasons(&self) -> &[ThrottlingReason] {
        match self {
            CancellationReason::ProvisionedThroughputExceeded(reasons)
            | CancellationReason::ThrottlingError(reasons) => reasons,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(access: Access, limit: Limit, provisioned: bool, index: bool) -> ThrottlingReason {
        ThrottlingReason {
            access,
            limit,
            provisioned,
            table: "T".to_owned(),
            index: index.then(|| "I".to_owned()),
            resource: String::new(),
        }
    }

    #[test]
    fn a_reason_names_resource_operation_and_limit() {
        let mut names = Vec::new();
        for limit in [Limit::Provisioned, Limit::KeyRange, Limit::MaxOnDemand, Limit::Account] {
            for access in [Access::Read, Access::Write] {
                names.extend([false, true].map(|index| reason(access, limit, true, index).name()));
            }
        }
        assert_eq!(
            names,
            [
                "TableReadProvisionedThroughputExceeded",
                "IndexReadProvisionedThroughputExceeded",
                "TableWriteProvisionedThroughputExceeded",
                "IndexWriteProvisionedThroughputExceeded",
                "TableReadKeyRangeThroughputExceeded",
                "IndexReadKeyRangeThroughputExceeded",
                "TableWriteKeyRangeThroughputExceeded",
                "IndexWriteKeyRangeThroughputExceeded",
                "TableReadMaxOnDemandThroughputExceeded",
                "IndexReadMaxOnDemandThroughputExceeded",
                "TableWriteMaxOnDemandThroughputExceeded",
                "IndexWriteMaxOnDemandThroughputExceeded",
                "TableReadAccountLimitExceeded",
                "IndexReadAccountLimitExceeded",
                "TableWriteAccountLimitExceeded",
                "IndexWriteAccountLimitExceeded",
            ]
        );
    }

    #[test]
    fn the_first_reason_decides_exception_and_sentence() {
        let answer = |access, limit, provisioned, index| {
            let error = Error::throttled(vec![reason(access, limit, provisioned, index)]);
            (error.name(), error.message().unwrap_or_default().into_owned())
        };
        let answers = [
            (
                Access::Read,
                Limit::Provisioned,
                true,
                false,
                "ProvisionedThroughputExceededException",
                TABLE_EXCEEDED,
            ),
            (
                Access::Write,
                Limit::KeyRange,
                true,
                false,
                "ProvisionedThroughputExceededException",
                TABLE_EXCEEDED,
            ),
            (
                Access::Read,
                Limit::Provisioned,
                true,
                true,
                "ProvisionedThroughputExceededException",
                INDEX_EXCEEDED,
            ),
            (
                Access::Write,
                Limit::Provisioned,
                true,
                true,
                "ProvisionedThroughputExceededException",
                INDEXES_EXCEEDED,
            ),
            (
                Access::Write,
                Limit::KeyRange,
                false,
                false,
                "ThrottlingException",
                SCALING,
            ),
            (
                Access::Read,
                Limit::KeyRange,
                false,
                true,
                "ThrottlingException",
                SCALING,
            ),
            (
                Access::Write,
                Limit::KeyRange,
                false,
                true,
                "ThrottlingException",
                INDEXES_SCALING,
            ),
            (
                Access::Read,
                Limit::MaxOnDemand,
                false,
                false,
                "ThrottlingException",
                CEILING_EXCEEDED,
            ),
            (
                Access::Write,
                Limit::MaxOnDemand,
                false,
                true,
                "ThrottlingException",
                CEILING_EXCEEDED,
            ),
            (
                Access::Write,
                Limit::Account,
                false,
                false,
                "RequestLimitExceeded",
                ACCOUNT_EXCEEDED,
            ),
        ];
        for (access, limit, provisioned, index, name, sentence) in answers {
            assert_eq!(answer(access, limit, provisioned, index), (name, sentence.to_owned()));
        }
    }
}
