//! Tags, resource policies and Contributor Insights, as far as they need no table.

use crate::error::Error;
use crate::error::annotation::AnnotationFault;
use crate::limits;
use crate::ordered::OrderedSet;
use crate::request::inputs::{
    self, ContributorInsightsAction, ContributorInsightsMode, DeleteResourcePolicy, DescribeContributorInsights,
    GetResourcePolicy, ListContributorInsights, ListTagsOfResource, PutResourcePolicy, TagResource, UntagResource,
    UpdateContributorInsights,
};
use crate::request::policy::{Effect, POLICY_BYTES_MAX, Policy, Subject};
use crate::table::{BadArn, Expected, InsightsMode, NO_POLICY, Part, ResourceArn, Tag};
use std::rc::Rc;

/// A request about what a table carries beside its definition, without faults of its own.
#[derive(Debug)]
pub enum Asked<'a> {
    /// TagResource.
    Tag(&'a str, ResourceArn<'a>, Vec<Tag>),
    /// UntagResource.
    Untag(&'a str, ResourceArn<'a>, Vec<Rc<str>>),
    /// ListTagsOfResource: what is named, and behind which page.
    Tags(&'a str, ResourceArn<'a>, Option<&'a str>),
    /// PutResourcePolicy (a document in its canonical form) and DeleteResourcePolicy (none).
    ChangePolicy(Named<'a>, Option<Rc<str>>, Option<Expected>),
    /// GetResourcePolicy.
    Policy(Named<'a>),
    /// UpdateContributorInsights: on in a mode, or off.
    SwitchInsights(Observed<'a>, Option<InsightsMode>),
    /// DescribeContributorInsights.
    Insights(Observed<'a>),
    /// ListContributorInsights.
    AllInsights(ListContributorInsights<'a>),
}

/// A resource that may have a policy.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// As sent.
    pub arn: &'a str,
    /// What it names.
    pub resource: ResourceArn<'a>,
}

/// A table, or a global index of it.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// The table, by name or ARN.
    pub table: &'a str,
    /// The index.
    pub index: Option<&'a str>,
}

fn tagged(arn: &str) -> Result<ResourceArn<'_>, Error> {
    ResourceArn::parse(arn).map_err(|_| Error::invalid(AnnotationFault::TaggedArn { arn: arn.to_owned() }))
}

/// TagResource.
pub(in crate::request) fn tag<'a>(input: &TagResource<'a>) -> Result<Asked<'a>, Error> {
    let arn = tagged(input.resource_arn)?;
    if input.tags.is_empty() {
        return Err(Error::invalid(AnnotationFault::TagsEmpty));
    }
    let tags = tags(&input.tags).map_err(Error::invalid)?;
    Ok(Asked::Tag(input.resource_arn, arn, tags))
}

/// UntagResource.
pub(in crate::request) fn untag<'a>(input: &UntagResource<'a>) -> Result<Asked<'a>, Error> {
    let arn = tagged(input.resource_arn)?;
    if input.tag_keys.is_empty() {
        return Err(Error::invalid(AnnotationFault::TagKeysEmpty));
    }
    if input.tag_keys.len() > limits::TAGS_MAX {
        return Err(Error::invalid(AnnotationFault::TagCount));
    }
    let keys = input.tag_keys.iter().map(|key| tag_key(Some(key)));
    let keys = keys.collect::<Result<_, _>>().map_err(Error::invalid)?;
    Ok(Asked::Untag(input.resource_arn, arn, keys))
}

/// ListTagsOfResource.
pub(in crate::request) fn list_tags<'a>(input: &ListTagsOfResource<'a>) -> Result<Asked<'a>, Error> {
    let arn = tagged(input.resource_arn)?;
    Ok(Asked::Tags(input.resource_arn, arn, input.next_token))
}

/// Tags to set, of a new table too.
///
/// # Errors
/// A key or a value that tags do not have, a key twice, too many.
pub fn tags(given: &[inputs::Tag<'_>]) -> Result<Vec<Tag>, AnnotationFault> {
    let mut keys = OrderedSet::new();
    let mut tags = Vec::with_capacity(given.len());
    for tag in given {
        let key = tag_key(tag.key)?;
        if !keys.insert(Rc::clone(&key)) {
            return Err(AnnotationFault::TagTwice {
                key: key.as_ref().to_owned(),
            });
        }
        let value = tag
            .value
            .filter(|value| is_tag_text(value, limits::TAG_VALUE_CHARACTERS_MAX));
        let value = value.map(Rc::from).ok_or_else(|| AnnotationFault::TagValue {
            value: tag.value.map(str::to_owned),
        })?;
        tags.push(Tag { key, value });
    }
    if tags.len() > limits::TAGS_MAX {
        return Err(AnnotationFault::TagCount);
    }
    Ok(tags)
}

fn tag_key(given: Option<&str>) -> Result<Rc<str>, AnnotationFault> {
    match given {
        Some(key) if key.starts_with("aws:") => Err(AnnotationFault::TagReserved { key: key.to_owned() }),
        Some(key) if !key.is_empty() && is_tag_text(key, limits::TAG_KEY_CHARACTERS_MAX) => Ok(Rc::from(key)),
        Some(_) | None => Err(AnnotationFault::TagKey {
            key: given.map(str::to_owned),
        }),
    }
}

/// Letters and digits of any script, blanks, and some punctuation.
fn is_tag_text(text: &str, characters_max: usize) -> bool {
    let is_allowed = |character: char| {
        character.is_alphanumeric()
            || (character.is_whitespace() && !character.is_control())
            || matches!(character, '+' | '-' | '=' | '.' | '_' | ':' | '/' | '@')
    };
    text.chars().count() <= characters_max && text.chars().all(is_allowed)
}

fn named(arn: &str) -> Result<Named<'_>, AnnotationFault> {
    let text = || arn.to_owned();
    match ResourceArn::parse(arn) {
        Err(BadArn::NoArn) => Err(AnnotationFault::NoArn { text: text() }),
        Err(BadArn::Foreign) => Err(AnnotationFault::ForeignArn { arn: text() }),
        Ok(ResourceArn {
            part: Part::Index(_), ..
        }) => Err(AnnotationFault::IndexArn { arn: text() }),
        Ok(resource) => Ok(Named { arn, resource }),
    }
}

fn expected(given: Option<&str>) -> Option<Expected> {
    given.map(|revision| match revision {
        NO_POLICY => Expected::None,
        revision => Expected::Revision(Rc::from(revision)),
    })
}

/// PutResourcePolicy.
pub(in crate::request) fn put_policy<'a>(input: &PutResourcePolicy<'a>) -> Result<Asked<'a>, Error> {
    let named = named(input.resource_arn).map_err(Error::invalid)?;
    let subject = match named.resource.part {
        Part::Table | Part::Index(_) => Subject::Table,
        Part::Stream(_) => Subject::Stream,
    };
    let document = policy(input.policy, subject).map_err(Error::invalid)?;
    Ok(Asked::ChangePolicy(
        named,
        Some(document),
        expected(input.expected_revision_id),
    ))
}

/// DeleteResourcePolicy.
pub(in crate::request) fn delete_policy<'a>(input: &DeleteResourcePolicy<'a>) -> Result<Asked<'a>, Error> {
    let named = named(input.resource_arn).map_err(Error::invalid)?;
    Ok(Asked::ChangePolicy(named, None, expected(input.expected_revision_id)))
}

/// GetResourcePolicy.
pub(in crate::request) fn get_policy<'a>(input: &GetResourcePolicy<'a>) -> Result<Asked<'a>, Error> {
    named(input.resource_arn).map(Asked::Policy).map_err(Error::invalid)
}

/// A policy in its canonical form.
///
/// # Errors
/// A document that is too large, no policy, or one that lets everybody in.
pub fn policy(text: &str, subject: Subject) -> Result<Rc<str>, AnnotationFault> {
    if text.len() > POLICY_BYTES_MAX {
        return Err(AnnotationFault::PolicySize);
    }
    let policy = Policy::read(text)?;
    policy.check_actions(subject)?;
    let lets_everybody_in = policy.statements.iter().any(|statement| {
        statement.effect == Effect::Allow && statement.principals.is_everybody() && statement.conditions.is_empty()
    });
    if lets_everybody_in {
        return Err(AnnotationFault::PolicyUnbounded);
    }
    Ok(Rc::from(policy.to_canonical()))
}

/// UpdateContributorInsights.
pub(in crate::request) fn switch_insights<'a>(input: &UpdateContributorInsights<'a>) -> Asked<'a> {
    let observed = Observed {
        table: input.table_name,
        index: input.index_name,
    };
    let mode = match input.contributor_insights_action {
        ContributorInsightsAction::Disable => None,
        ContributorInsightsAction::Enable => Some(match input.contributor_insights_mode {
            None | Some(ContributorInsightsMode::AccessedAndThrottledKeys) => InsightsMode::AccessedAndThrottled,
            Some(ContributorInsightsMode::ThrottledKeys) => InsightsMode::Throttled,
        }),
    };
    Asked::SwitchInsights(observed, mode)
}

/// DescribeContributorInsights.
pub(in crate::request) fn describe_insights<'a>(input: &DescribeContributorInsights<'a>) -> Asked<'a> {
    Asked::Insights(Observed {
        table: input.table_name,
        index: input.index_name,
    })
}
