//! What a table carries beside its definition: tags, resource policies, Contributor Insights.

use super::tables::Tag;
use crate::request::tree::input;

input! {
    pub struct TagResource<'a> {
        pub resource_arn: &'a str,
        pub tags: Vec<Tag<'a>>,
    }

    pub struct UntagResource<'a> {
        pub resource_arn: &'a str,
        pub tag_keys: Vec<&'a str>,
    }

    pub struct ListTagsOfResource<'a> {
        pub resource_arn: &'a str,
        pub next_token: Option<&'a str>,
    }

    pub struct PutResourcePolicy<'a> {
        pub resource_arn: &'a str,
        pub policy: &'a str,
        pub expected_revision_id: Option<&'a str>,
        pub confirm_remove_self_resource_access: Option<bool>,
    }

    pub struct GetResourcePolicy<'a> {
        pub resource_arn: &'a str,
    }

    pub struct DeleteResourcePolicy<'a> {
        pub resource_arn: &'a str,
        pub expected_revision_id: Option<&'a str>,
    }

    pub struct UpdateContributorInsights<'a> {
        pub table_name: &'a str,
        pub index_name: Option<&'a str>,
        pub contributor_insights_action: ContributorInsightsAction,
        pub contributor_insights_mode: Option<ContributorInsightsMode>,
    }

    pub struct DescribeContributorInsights<'a> {
        pub table_name: &'a str,
        pub index_name: Option<&'a str>,
    }

    pub struct ListContributorInsights<'a> {
        pub table_name: Option<&'a str>,
        pub next_token: Option<&'a str>,
        pub max_results: Option<i32>,
    }

    pub enum ContributorInsightsAction {
        Enable,
        Disable,
    }

    pub enum ContributorInsightsMode {
        AccessedAndThrottledKeys,
        ThrottledKeys,
    }
}
