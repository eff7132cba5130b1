//! Dispatch: a request on its way from bytes to a plan, through the stages of its operation.
//!
//! Each operation's stages are one function, made by [`staged`] and never inlined into [`dispatch`]: JavaScript engines compile a wasm
//! function when it is first called, and a database would open only when the stages of all operations were compiled.

use super::inputs;
use super::plan::{self, Plan};
use super::respond::{answer_endpoints, answer_limits};
use super::token::ContentDigest;
use super::tree::{self, FromTree, TreeFault};
use super::validate::{self, annotation::Asked};
use super::{Operation, members, wire};
use crate::error::Error;
use crate::error::member::MemberFaults;
use crate::expression::ExpressionCache;
use crate::table::{Catalog, Origin};

/// What the stages of a request look at beside it.
#[derive(Debug)]
pub struct Context<'c> {
    /// What expressions were parsed to. It never changes an answer.
    pub expressions: &'c mut ExpressionCache,
    /// The tables there are.
    pub catalog: &'c Catalog,
    /// Whom ARNs in the answer are for.
    pub origin: &'c Origin,
}

/// A request as it comes: a flat tree of the operation's members.
#[derive(Clone, Copy)]
struct Sent<'a> {
    operation: Operation,
    tree: &'a [u8],
}

/// Reads a request, validates it and plans it, in that order: what is wrong with it is found where AWS finds it.
///
/// # Errors
/// `UnknownOperationException` for an operation that is not answered. Reading: `SerializationException` for members of another kind
/// than the API's, `ValidationException` for members that break their own constraints. Validating: `ValidationException`. Planning: what
/// does not go with the tables.
pub fn dispatch(operation: Operation, tree: &[u8], context: Context<'_>) -> Result<Plan, Error> {
    let Context {
        expressions,
        catalog,
        origin,
    } = context;
    let sent = Sent { operation, tree };
    match operation {
        Operation::PutItem => staged(sent, |input| {
            plan::item::put(validate::item::put(input, expressions)?, catalog)
        }),
        Operation::GetItem => staged(sent, |input| {
            plan::item::get(validate::item::get(input, expressions)?, catalog)
        }),
        Operation::UpdateItem => staged(sent, |input| {
            plan::item::update(validate::item::update(input, expressions)?, catalog)
        }),
        Operation::DeleteItem => staged(sent, |input| {
            plan::item::delete(validate::item::delete(input, expressions)?, catalog)
        }),
        Operation::Query => staged(sent, |input| {
            plan::walk::query(validate::walk::query(input, expressions)?, catalog)
        }),
        Operation::Scan => staged(sent, |input| {
            plan::walk::scan(validate::walk::scan(input, expressions)?, catalog)
        }),
        Operation::SearchVectors => staged(sent, |input| {
            plan::search::search(validate::search::search(input, expressions)?, catalog)
        }),
        Operation::BatchGetItem => staged(sent, |input| {
            plan::batch::get(validate::batch::get(input, expressions)?, catalog)
        }),
        Operation::BatchWriteItem => staged(sent, |input| {
            plan::batch::write(validate::batch::write(input)?, catalog)
        }),
        Operation::TransactWriteItems => staged(sent, |input| {
            let content = ContentDigest::of(tree, "TransactItems");
            plan::transaction::write(validate::transaction::write(input, content, expressions)?, catalog)
        }),
        Operation::TransactGetItems => staged(sent, |input| {
            plan::transaction::read(validate::transaction::read(input, expressions)?, catalog)
        }),
        Operation::ExecuteStatement => staged(sent, |input| {
            plan::statement::single(validate::statement::single(&input)?, catalog)
        }),
        Operation::BatchExecuteStatement => staged(sent, |input| {
            plan::statement::batch(validate::statement::batch(&input)?, catalog)
        }),
        Operation::ExecuteTransaction => staged(sent, |input| {
            let content = ContentDigest::of(tree, "TransactStatements");
            plan::statement::transaction(validate::statement::transaction(&input, content)?, catalog)
        }),
        Operation::CreateTable => staged(sent, |input| {
            plan::table::create(Box::new(validate::table::create(&input)?), catalog, origin)
        }),
        Operation::UpdateTable => staged(sent, |input| {
            validate::change::update(&input)?;
            plan::table::update(&input, catalog, origin)
        }),
        Operation::DeleteTable => staged(sent, |input| plan::table::delete(&input, catalog, origin)),
        Operation::DescribeTable => staged(sent, |input| plan::table::describe(&input, catalog, origin)),
        Operation::ListTables => staged(sent, |input| plan::table::list(&input, catalog).map(Plan::answered)),
        Operation::ListStreams => staged(sent, |input| {
            plan::stream::list(&input, catalog, origin).map(Plan::answered)
        }),
        Operation::DescribeStream => staged(sent, |input| {
            plan::stream::describe(&input, catalog, origin).map(Plan::answered)
        }),
        Operation::GetShardIterator => staged(sent, |input| plan::stream::iterator(&input, catalog, origin)),
        Operation::GetRecords => staged(sent, |input| plan::stream::records(&input, catalog, origin)),
        Operation::UpdateTimeToLive => staged(sent, |input| plan::stream::update_time_to_live(&input, catalog)),
        Operation::DescribeTimeToLive => staged(sent, |input| {
            plan::stream::describe_time_to_live(&input, catalog).map(Plan::answered)
        }),
        Operation::EnableKinesisStreamingDestination => staged(sent, |input| plan::kinesis::enable(&input, catalog)),
        Operation::DisableKinesisStreamingDestination => staged(sent, |input| plan::kinesis::disable(&input, catalog)),
        Operation::UpdateKinesisStreamingDestination => staged(sent, |input| plan::kinesis::update(&input, catalog)),
        Operation::DescribeKinesisStreamingDestination => staged(sent, |input| {
            plan::kinesis::describe(&input, catalog).map(Plan::answered)
        }),
        Operation::DescribeLimits => staged(sent, |_: inputs::DescribeLimits| answer_limits().map(Plan::answered)),
        Operation::DescribeEndpoints => staged(sent, |_: inputs::DescribeEndpoints| {
            answer_endpoints(origin).map(Plan::answered)
        }),
        _ => plan::annotation::plan(annotation(sent)?, catalog, origin),
    }
}

/// What an operation on annotations asks for.
fn annotation(sent: Sent<'_>) -> Result<Asked<'_>, Error> {
    use validate::annotation;
    match sent.operation {
        Operation::TagResource => staged(sent, |input| annotation::tag(&input)),
        Operation::UntagResource => staged(sent, |input| annotation::untag(&input)),
        Operation::ListTagsOfResource => staged(sent, |input| annotation::list_tags(&input)),
        Operation::PutResourcePolicy => staged(sent, |input| annotation::put_policy(&input)),
        Operation::GetResourcePolicy => staged(sent, |input| annotation::get_policy(&input)),
        Operation::DeleteResourcePolicy => staged(sent, |input| annotation::delete_policy(&input)),
        Operation::UpdateContributorInsights => staged(sent, |input| Ok(annotation::switch_insights(&input))),
        Operation::DescribeContributorInsights => staged(sent, |input| Ok(annotation::describe_insights(&input))),
        Operation::ListContributorInsights => staged(sent, |input| Ok(Asked::AllInsights(input))),
        _ => Err(Error::UnknownOperationException),
    }
}

/// The stages of one operation: its input is read, its members' own constraints satisfied, and handed to those that follow.
#[inline(never)]
fn staged<'a, Input: FromTree<'a>, Output>(
    sent: Sent<'a>,
    stages: impl FnOnce(Input) -> Result<Output, Error>,
) -> Result<Output, Error> {
    if let Err(faults) = members::check(sent.operation, sent.tree) {
        return Err(sent.broken(faults, tree::decode::<Input>(sent.tree).err()));
    }
    match tree::decode(sent.tree) {
        Ok(input) => stages(input),
        Err(fault) => Err(sent.misfit(|| fault.into())),
    }
}

impl Sent<'_> {
    /// What is said of members that break their constraints. One of another kind comes before any constraint; over HTTP the body's reader
    /// has seen to that.
    #[cold]
    fn broken(self, faults: MemberFaults, kind: Option<TreeFault>) -> Error {
        match kind {
            None => Error::invalid(faults),
            Some(TreeFault::Malformed) => self.misfit(|| Error::invalid(faults)),
            Some(fault @ TreeFault::Kind(_)) => self.misfit(|| fault.into()),
        }
    }

    /// What is said of a tree that is not the operation's: what the reader of bodies says of the same as JSON, which stops at the
    /// first thing that does not fit and knows what it was. `otherwise` is for what JSON cannot tell from a right request.
    #[cold]
    fn misfit(self, otherwise: impl FnOnce() -> Error) -> Error {
        let mut body = Vec::new();
        let written = wire::write_body(self.tree, &mut body);
        match written.map(|()| wire::read_body(self.operation, &body)) {
            Ok(Err(said)) => said,
            Ok(Ok(_)) | Err(_) => otherwise(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_that_is_said_to_be_answered_has_its_stages_and_no_other() {
        let empty = tree::encode(&std::collections::BTreeMap::<&str, &str>::new()).unwrap();
        let origin = Origin::new("us-east-1", "123456789012");
        for operation in Operation::ALL {
            let context = Context {
                expressions: &mut ExpressionCache::new(),
                catalog: &Catalog::default(),
                origin: &origin,
            };
            let error = dispatch(*operation, &empty, context).err();
            let is_unknown = matches!(error, Some(Error::UnknownOperationException));
            assert_eq!(is_unknown, !operation.is_supported(), "{operation:?}");
        }
    }
}
