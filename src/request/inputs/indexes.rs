//! Secondary and vector indexes, and the changes that UpdateTable makes to them.

use super::shared::{KeySchemaElement, OnDemandThroughput, Projection, ProvisionedThroughput, WarmThroughput};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LocalSecondaryIndex<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    #[serde(borrow)]
    pub key_schema: Vec<KeySchemaElement<'a>>,
    #[serde(borrow)]
    pub projection: Projection<'a>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GlobalSecondaryIndex<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    #[serde(borrow)]
    pub key_schema: Vec<KeySchemaElement<'a>>,
    #[serde(borrow)]
    pub projection: Projection<'a>,
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    pub on_demand_throughput: Option<OnDemandThroughput>,
    pub warm_throughput: Option<WarmThroughput>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GlobalSecondaryIndexUpdate<'a> {
    #[serde(borrow)]
    pub update: Option<UpdateGlobalSecondaryIndexAction<'a>>,
    #[serde(borrow)]
    pub create: Option<CreateGlobalSecondaryIndexAction<'a>>,
    #[serde(borrow)]
    pub delete: Option<DeleteGlobalSecondaryIndexAction<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGlobalSecondaryIndexAction<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    #[serde(borrow)]
    pub key_schema: Vec<KeySchemaElement<'a>>,
    #[serde(borrow)]
    pub projection: Projection<'a>,
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    pub on_demand_throughput: Option<OnDemandThroughput>,
    pub warm_throughput: Option<WarmThroughput>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGlobalSecondaryIndexAction<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    pub on_demand_throughput: Option<OnDemandThroughput>,
    pub warm_throughput: Option<WarmThroughput>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGlobalSecondaryIndexAction<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VectorIndex<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    #[serde(borrow)]
    pub vector_attribute: VectorAttributeDefinition<'a>,
    #[serde(borrow)]
    pub search_schema: Option<Vec<SearchSchemaElement<'a>>>,
    #[serde(borrow)]
    pub projection: Projection<'a>,
    pub dimensions: i64,
    pub distance_function: VectorDistanceFunction,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VectorAttributeDefinition<'a> {
    #[serde(borrow)]
    pub attribute_name: &'a str,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchSchemaElement<'a> {
    #[serde(borrow)]
    pub attribute_name: &'a str,
    pub search_schema_element_type: SearchSchemaElementType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SearchSchemaElementType {
    Hash,
    InlineFilter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VectorDistanceFunction {
    Cosine,
    DotProduct,
    Euclidean,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VectorIndexUpdate<'a> {
    #[serde(borrow)]
    pub create: Option<CreateVectorIndexAction<'a>>,
    #[serde(borrow)]
    pub delete: Option<DeleteVectorIndexAction<'a>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVectorIndexAction<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
    #[serde(borrow)]
    pub vector_attribute: VectorAttributeDefinition<'a>,
    #[serde(borrow)]
    pub search_schema: Option<Vec<SearchSchemaElement<'a>>>,
    #[serde(borrow)]
    pub projection: Projection<'a>,
    pub dimensions: i64,
    pub distance_function: VectorDistanceFunction,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVectorIndexAction<'a> {
    #[serde(borrow)]
    pub index_name: &'a str,
}
