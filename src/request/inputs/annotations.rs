//! What a table carries beside its definition: tags, resource policies, Contributor Insights.

use super::tables::Tag;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResource<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
    #[serde(borrow)]
    pub tags: Vec<Tag<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResource<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
    #[serde(borrow)]
    pub tag_keys: Vec<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsOfResource<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
    #[serde(borrow)]
    pub next_token: Option<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutResourcePolicy<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
    #[serde(borrow)]
    pub policy: &'a str,
    #[serde(borrow)]
    pub expected_revision_id: Option<&'a str>,
    pub confirm_remove_self_resource_access: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetResourcePolicy<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteResourcePolicy<'a> {
    #[serde(borrow)]
    pub resource_arn: &'a str,
    #[serde(borrow)]
    pub expected_revision_id: Option<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateContributorInsights<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub index_name: Option<&'a str>,
    pub contributor_insights_action: ContributorInsightsAction,
    pub contributor_insights_mode: Option<ContributorInsightsMode>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeContributorInsights<'a> {
    #[serde(borrow)]
    pub table_name: &'a str,
    #[serde(borrow)]
    pub index_name: Option<&'a str>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListContributorInsights<'a> {
    #[serde(borrow)]
    pub table_name: Option<&'a str>,
    #[serde(borrow)]
    pub next_token: Option<&'a str>,
    pub max_results: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContributorInsightsAction {
    Enable,
    Disable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContributorInsightsMode {
    AccessedAndThrottledKeys,
    ThrottledKeys,
}
