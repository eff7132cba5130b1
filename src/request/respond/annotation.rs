//! Answers about tags, resource policies and Contributor Insights.

use super::encode;
use crate::error::Error;
use crate::request::inputs::ContributorInsightsMode;
use crate::request::tree::Time;
use crate::table::{IndexName, Insights, InsightsMode, InsightsStatus, PolicyOf, Table, Tag};
use serde::Serialize;

#[derive(Serialize)]
struct Nothing {}

/// The answer of operations that have none.
pub fn answer_nothing() -> Result<Vec<u8>, Error> {
    encode(&Nothing {})
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TagsAnswer<'a> {
    tags: Vec<TagEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TagEntry<'a> {
    key: &'a str,
    value: &'a str,
}

/// ListTagsOfResource: a page of tags, and the token of the next.
pub fn answer_tags(tags: &[Tag], next_token: Option<&str>) -> Result<Vec<u8>, Error> {
    let tags = tags.iter().map(|tag| TagEntry {
        key: &tag.key,
        value: &tag.value,
    });
    encode(&TagsAnswer {
        tags: tags.collect(),
        next_token,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision_id: Option<String>,
}

/// GetResourcePolicy.
pub fn answer_policy(document: &str, revision: u64) -> Result<Vec<u8>, Error> {
    encode(&PolicyAnswer {
        policy: Some(document),
        revision_id: Some(revision.to_string()),
    })
}

/// DeleteResourcePolicy: what was taken away, if there ever was anything.
pub fn answer_revision(revision: Option<u64>) -> Result<Vec<u8>, Error> {
    encode(&PolicyAnswer {
        policy: None,
        revision_id: revision.map(|revision| revision.to_string()),
    })
}

/// PutResourcePolicy.
#[inline(never)]
pub(super) fn revision(table: &Table, of: PolicyOf) -> Result<Vec<u8>, Error> {
    answer_revision(Some(table.policy_slot(of).revision))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InsightsAnswer<'a> {
    table_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributor_insights_rule_list: Vec<String>,
    contributor_insights_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_update_date_time: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributor_insights_mode: Option<ContributorInsightsMode>,
}

fn status(insights: Option<Insights>) -> &'static str {
    match insights.map(|insights| insights.status) {
        Some(InsightsStatus::Enabling) => "ENABLING",
        Some(InsightsStatus::Enabled) => "ENABLED",
        Some(InsightsStatus::Disabling) => "DISABLING",
        Some(InsightsStatus::Disabled) | None => "DISABLED",
    }
}

fn mode(insights: Insights) -> ContributorInsightsMode {
    match insights.mode {
        InsightsMode::AccessedAndThrottled => ContributorInsightsMode::AccessedAndThrottledKeys,
        InsightsMode::Throttled => ContributorInsightsMode::ThrottledKeys,
    }
}

fn insights_of(table: &Table, index: Option<&IndexName>) -> Option<Insights> {
    match index {
        None => table.insights,
        Some(name) => table.global_index(name.as_str()).and_then(|index| index.insights),
    }
}

/// The rules of CloudWatch's that count: most accessed (C) and most throttled (T) partition keys (PK), and whole keys (SK) where
/// there is a sort key.
fn rules(table: &Table, index: Option<&IndexName>, insights: Insights) -> Vec<String> {
    let is_on = match insights.status {
        InsightsStatus::Enabling | InsightsStatus::Enabled => true,
        InsightsStatus::Disabling | InsightsStatus::Disabled => false,
    };
    if !is_on {
        return Vec::new();
    }
    let schema = index
        .and_then(|name| table.global_index(name.as_str()))
        .map(|index| &index.schema);
    let has_sort_key = !schema.unwrap_or(&table.schema).sort.is_empty();
    let kinds: &[&str] = match (insights.mode, has_sort_key) {
        (InsightsMode::AccessedAndThrottled, true) => &["PKC", "SKC", "PKT", "SKT"],
        (InsightsMode::AccessedAndThrottled, false) => &["PKC", "PKT"],
        (InsightsMode::Throttled, true) => &["PKT", "SKT"],
        (InsightsMode::Throttled, false) => &["PKT"],
    };
    let resource = match index {
        None => table.name.to_string(),
        Some(index) => format!("{}-{index}", table.name),
    };
    let enabled = insights.enabled_ms;
    let rule = |kind: &&str| format!("DynamoDBContributorInsights-{kind}-{resource}-{enabled}");
    kinds.iter().map(rule).collect()
}

/// DescribeContributorInsights.
pub fn answer_insights(table: &Table, index: Option<&IndexName>) -> Result<Vec<u8>, Error> {
    let insights = insights_of(table, index);
    encode(&InsightsAnswer {
        table_name: table.name.as_str(),
        index_name: index.map(IndexName::as_str),
        contributor_insights_rule_list: insights
            .map(|insights| rules(table, index, insights))
            .unwrap_or_default(),
        contributor_insights_status: status(insights),
        last_update_date_time: insights.map(|insights| Time {
            epoch_ms: insights.updated_ms,
        }),
        contributor_insights_mode: insights.map(mode),
    })
}

/// UpdateContributorInsights: how things stand on the way.
#[inline(never)]
pub(super) fn switched(table: &Table, index: Option<&IndexName>) -> Result<Vec<u8>, Error> {
    let insights = insights_of(table, index);
    encode(&InsightsAnswer {
        table_name: table.name.as_str(),
        index_name: index.map(IndexName::as_str),
        contributor_insights_rule_list: Vec::new(),
        contributor_insights_status: status(insights),
        last_update_date_time: None,
        contributor_insights_mode: insights.map(mode),
    })
}

/// A page of what is observed.
#[derive(Clone, Copy, Debug)]
pub struct InsightsPage<'a> {
    /// Tables, and indexes of them.
    pub entries: &'a [(&'a Table, Option<&'a str>, Insights)],
    /// Where the next page begins.
    pub next: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AllInsightsAnswer<'a> {
    contributor_insights_summaries: Vec<InsightsAnswer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

/// ListContributorInsights.
pub fn answer_all_insights(page: &InsightsPage<'_>) -> Result<Vec<u8>, Error> {
    let entries = page.entries.iter().map(|(table, index, insights)| InsightsAnswer {
        table_name: table.name.as_str(),
        index_name: *index,
        contributor_insights_rule_list: Vec::new(),
        contributor_insights_status: status(Some(*insights)),
        last_update_date_time: None,
        contributor_insights_mode: Some(mode(*insights)),
    });
    encode(&AllInsightsAnswer {
        contributor_insights_summaries: entries.collect(),
        next_token: page.next.map(|next| next.to_string()),
    })
}
