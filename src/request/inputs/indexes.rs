//! Secondary and vector indexes, and the changes that UpdateTable makes to them.

use super::shared::{KeySchemaElement, OnDemandThroughput, Projection, ProvisionedThroughput, WarmThroughput};
use crate::request::tree::input;

input! {
    pub struct LocalSecondaryIndex<'a> {
        pub index_name: &'a str,
        pub key_schema: Vec<KeySchemaElement<'a>>,
        pub projection: Projection<'a>,
    }

    pub struct GlobalSecondaryIndex<'a> {
        pub index_name: &'a str,
        pub key_schema: Vec<KeySchemaElement<'a>>,
        pub projection: Projection<'a>,
        pub provisioned_throughput: Option<ProvisionedThroughput>,
        pub on_demand_throughput: Option<OnDemandThroughput>,
        pub warm_throughput: Option<WarmThroughput>,
    }

    pub struct GlobalSecondaryIndexUpdate<'a> {
        pub update: Option<UpdateGlobalSecondaryIndexAction<'a>>,
        pub create: Option<CreateGlobalSecondaryIndexAction<'a>>,
        pub delete: Option<DeleteGlobalSecondaryIndexAction<'a>>,
    }

    pub struct CreateGlobalSecondaryIndexAction<'a> {
        pub index_name: &'a str,
        pub key_schema: Vec<KeySchemaElement<'a>>,
        pub projection: Projection<'a>,
        pub provisioned_throughput: Option<ProvisionedThroughput>,
        pub on_demand_throughput: Option<OnDemandThroughput>,
        pub warm_throughput: Option<WarmThroughput>,
    }

    pub struct UpdateGlobalSecondaryIndexAction<'a> {
        pub index_name: &'a str,
        pub provisioned_throughput: Option<ProvisionedThroughput>,
        pub on_demand_throughput: Option<OnDemandThroughput>,
        pub warm_throughput: Option<WarmThroughput>,
    }

    pub struct DeleteGlobalSecondaryIndexAction<'a> {
        pub index_name: &'a str,
    }

    pub struct VectorIndex<'a> {
        pub index_name: &'a str,
        pub vector_attribute: VectorAttributeDefinition<'a>,
        pub search_schema: Option<Vec<SearchSchemaElement<'a>>>,
        pub projection: Projection<'a>,
        pub dimensions: i64,
        pub distance_function: VectorDistanceFunction,
    }

    pub struct VectorAttributeDefinition<'a> {
        pub attribute_name: &'a str,
    }

    pub struct SearchSchemaElement<'a> {
        pub attribute_name: &'a str,
        pub search_schema_element_type: SearchSchemaElementType,
    }

    pub enum SearchSchemaElementType {
        Hash,
        InlineFilter,
    }

    pub enum VectorDistanceFunction {
        Cosine,
        DotProduct,
        Euclidean,
    }

    pub struct VectorIndexUpdate<'a> {
        pub create: Option<CreateVectorIndexAction<'a>>,
        pub delete: Option<DeleteVectorIndexAction<'a>>,
    }

    pub struct CreateVectorIndexAction<'a> {
        pub index_name: &'a str,
        pub vector_attribute: VectorAttributeDefinition<'a>,
        pub search_schema: Option<Vec<SearchSchemaElement<'a>>>,
        pub projection: Projection<'a>,
        pub dimensions: i64,
        pub distance_function: VectorDistanceFunction,
    }

    pub struct DeleteVectorIndexAction<'a> {
        pub index_name: &'a str,
    }
}
