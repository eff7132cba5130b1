//! Tags, resource policies and Contributor Insights against the tables there are.

use super::Plan;
use super::table::{ask, find};
use super::work::TableAsk;
use crate::error::access::AccessFault;
use crate::error::annotation::AnnotationFault;
use crate::error::resource::NoPolicy;
use crate::error::{Error, Missing};
use crate::limits;
use crate::request::inputs::ListContributorInsights;
use crate::request::respond::{
    InsightsPage, Reply, answer_all_insights, answer_insights, answer_nothing, answer_policy, answer_revision,
    answer_tags,
};
use crate::request::validate::annotation::{Asked, Named, Observed};
use crate::table::{
    Annotation, Catalog, Expected, IndexName, InsightsMode, InsightsStatus, Label, Origin, Part, PolicyOf, ResourceArn,
    Table, TableStatus,
};
use std::rc::Rc;

/// Tags, policies and insights, against the resource that they are of.
pub(in crate::request) fn plan(asked: Asked<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    match asked {
        Asked::Tag(arn, resource, tags) => {
            let table = tagged(arn, resource, catalog, origin)?;
            Ok(annotate(
                table,
                Annotation::Tag(tags),
                Reply::Answered(answer_nothing()?),
            ))
        }
        Asked::Untag(arn, resource, keys) => {
            let table = tagged(arn, resource, catalog, origin)?;
            Ok(annotate(
                table,
                Annotation::Untag(keys),
                Reply::Answered(answer_nothing()?),
            ))
        }
        Asked::Tags(arn, resource, token) => {
            // AWS was seen to deny what it does not find here.
            let table = tagged(arn, resource, catalog, origin).map_err(|error| match error {
                Error::ResourceNotFoundException(_) => Error::AccessDeniedException(AccessFault::Denied),
                other => other,
            })?;
            tags(table, token).map(Plan::answered)
        }
        Asked::ChangePolicy(named, document, expected) => change_policy(named, document, expected, catalog, origin),
        Asked::Policy(named) => {
            let (table, of) = subject(named, catalog, origin)?;
            let slot = table.policy_slot(of);
            match &slot.document {
                Some(document) => answer_policy(document, slot.revision).map(Plan::answered),
                None => Err(Error::PolicyNotFoundException(NoPolicy::Absent {
                    arn: named.arn.to_owned(),
                })),
            }
        }
        Asked::SwitchInsights(observed, mode) => switch_insights(observed, mode, catalog),
        Asked::Insights(observed) => {
            let table = made(catalog, observed.table)?;
            let index = index_of(table, observed.index)?;
            answer_insights(table, index.as_ref()).map(Plan::answered)
        }
        Asked::AllInsights(input) => list_insights(&input, catalog).map(Plan::answered),
    }
}

fn annotate(table: &Rc<Table>, change: Annotation, reply: Reply) -> Plan {
    Plan {
        work: ask(table, TableAsk::Annotate(Box::new(change))),
        reply,
    }
}

/// The table that tags belong to.
fn tagged<'c>(
    arn: &str,
    resource: ResourceArn<'_>,
    catalog: &'c Catalog,
    origin: &Origin,
) -> Result<&'c Rc<Table>, Error> {
    if !resource.is_of_account(origin) {
        return Err(Error::AccessDeniedException(AccessFault::Denied));
    }
    let arn = || arn.to_owned();
    if !resource.is_in_region(origin) || matches!(resource.part, Part::Index(_)) {
        return Err(Error::invalid(AnnotationFault::TaggedArn { arn: arn() }));
    }
    let missing = || Error::ResourceNotFoundException(Missing::Tagged { arn: arn() });
    if matches!(resource.part, Part::Stream(_)) {
        return Err(missing());
    }
    catalog.get(resource.table).ok_or_else(missing)
}

/// A page of tags: a token says how many came before. AWS begins again where it does not know the token.
fn tags(table: &Table, token: Option<&str>) -> Result<Vec<u8>, Error> {
    let from = token.and_then(|token| token.parse::<usize>().ok()).unwrap_or(0);
    let from = if from < table.tags.len() { from } else { 0 };
    let to = table.tags.len().min(from + limits::TAGS_PAGE_MAX);
    let next = (to < table.tags.len()).then(|| to.to_string());
    answer_tags(table.tags.get(from..to).unwrap_or_default(), next.as_deref())
}

/// Whose policy is meant.
fn subject<'c>(named: Named<'_>, catalog: &'c Catalog, origin: &Origin) -> Result<(&'c Rc<Table>, PolicyOf), Error> {
    let Named { arn, resource } = named;
    if !resource.is_of_account(origin) {
        return Err(Error::invalid(AnnotationFault::ArnOfAnotherAccount));
    }
    if !resource.is_in_region(origin) {
        return Err(Error::invalid(AnnotationFault::ArnElsewhere { arn: arn.to_owned() }));
    }
    let table = find(catalog, resource.table)?;
    match resource.part {
        Part::Table | Part::Index(_) => Ok((table, PolicyOf::Table)),
        Part::Stream(label) => match table.stream {
            Some(stream) if Label(stream.enabled_ms).to_string() == label => {
                Ok((table, PolicyOf::Stream(stream.enabled_ms)))
            }
            Some(_) | None => Err(Error::ResourceNotFoundException(Missing::StreamOf {
                label: label.to_owned(),
                table: table.name.to_string(),
            })),
        },
    }
}

fn change_policy(
    named: Named<'_>,
    document: Option<Rc<str>>,
    expected: Option<Expected>,
    catalog: &Catalog,
    origin: &Origin,
) -> Result<Plan, Error> {
    let (table, of) = subject(named, catalog, origin)?;
    let reply = match document {
        Some(_) => Reply::Revision(of),
        // What is taken away is named; after that, when it was taken away.
        None => {
            let revision = table.policy_slot(of).revision;
            Reply::Answered(answer_revision((revision > 0).then_some(revision))?)
        }
    };
    let change = Annotation::Policy { of, document, expected };
    Ok(annotate(table, change, reply))
}

/// The table of a call about Contributor Insights, which do not see it before it is made.
fn made<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Rc<Table>, Error> {
    let table = find(catalog, name)?;
    match table.status {
        TableStatus::Active | TableStatus::Updating | TableStatus::Deleting => Ok(table),
        TableStatus::Creating => Err(Error::ResourceNotFoundException(Missing::Table {
            table: name.to_owned(),
        })),
    }
}

fn index_of(table: &Table, name: Option<&str>) -> Result<Option<IndexName>, Error> {
    let Some(name) = name else { return Ok(None) };
    match table.global_index(name) {
        Some(index) => Ok(Some(index.name.clone())),
        None => Err(Error::ResourceNotFoundException(Missing::IndexOf {
            index: name.to_owned(),
            table: table.name.to_string(),
        })),
    }
}

fn switch_insights(observed: Observed<'_>, mode: Option<InsightsMode>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = made(catalog, observed.table)?;
    let index = index_of(table, observed.index)?;
    let change = Annotation::Insights {
        index: index.clone(),
        mode,
    };
    Ok(annotate(table, change, Reply::Insights(index)))
}

/// What of the region's tables and indexes is observed: each table before its indexes, a page at a time.
fn list_insights(input: &ListContributorInsights<'_>, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let of_all = || catalog.after(None).map(Rc::as_ref).collect::<Vec<&Table>>();
    let tables = match input.table_name {
        Some(name) => vec![made(catalog, name)?.as_ref()],
        None => of_all(),
    };
    let mut entries = Vec::new();
    for table in tables {
        entries.extend(table.insights.map(|insights| (table, None, insights)));
        for index in &table.global_indexes {
            entries.extend(
                index
                    .insights
                    .map(|insights| (table, Some(index.name.as_str()), insights)),
            );
        }
    }
    entries.retain(|(_, _, insights)| insights.status != InsightsStatus::Disabled);
    let from = match input.next_token {
        None => 0,
        Some(token) => token
            .parse::<usize>()
            .map_err(|_| Error::invalid(AnnotationFault::InsightsToken))?,
    };
    let limit = input
        .max_results
        .and_then(|limit| usize::try_from(limit).ok())
        .filter(|limit| *limit > 0);
    let to = from
        .saturating_add(limit.unwrap_or(limits::LIST_INSIGHTS_PAGE_MAX))
        .min(entries.len());
    answer_all_insights(&InsightsPage {
        entries: entries.get(from..to).unwrap_or_default(),
        next: (to < entries.len()).then_some(to),
    })
}
