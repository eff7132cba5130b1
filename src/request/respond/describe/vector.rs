//! Descriptions of vector indexes within those of tables.

use super::index::{Projection, backfilling, index_status, projection};
use crate::request::inputs::{SearchSchemaElementType, VectorDistanceFunction};
use crate::table::{Counts, Origin, SearchAttribute, SearchRole, Table, VectorIndex};
use crate::value::vector::Distance;
use serde::Serialize;

/// `VectorIndexDescription`
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VectorIndexDescription<'a> {
    index_name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    search_schema: Vec<SearchSchemaElement<'a>>,
    projection: Projection<'a>,
    vector_attribute: VectorAttribute<'a>,
    dimensions: usize,
    distance_function: VectorDistanceFunction,
    index_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    backfilling: Option<bool>,
    index_size_bytes: u64,
    item_count: u64,
    index_arn: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct VectorAttribute<'a> {
    attribute_name: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SearchSchemaElement<'a> {
    attribute_name: &'a str,
    search_schema_element_type: SearchSchemaElementType,
}

/// Describes a vector index to a caller of that region and account.
#[inline(never)]
pub(super) fn vector<'a>(
    table: &Table,
    index: &'a VectorIndex,
    counts: Counts,
    origin: &Origin,
) -> VectorIndexDescription<'a> {
    let definition = &index.definition;
    VectorIndexDescription {
        index_name: definition.name.as_str(),
        search_schema: definition.search.iter().map(search_element).collect(),
        projection: projection(&definition.projection),
        vector_attribute: VectorAttribute {
            attribute_name: definition.attribute.as_str(),
        },
        dimensions: definition.dimensions,
        distance_function: match definition.distance {
            Distance::Cosine => VectorDistanceFunction::Cosine,
            Distance::Euclidean => VectorDistanceFunction::Euclidean,
            Distance::DotProduct => VectorDistanceFunction::DotProduct,
        },
        index_status: index_status(index.status),
        backfilling: backfilling(table, index.status),
        index_size_bytes: counts.bytes,
        item_count: counts.items,
        index_arn: origin.index(&table.name, &definition.name),
    }
}

fn search_element(attribute: &SearchAttribute) -> SearchSchemaElement<'_> {
    SearchSchemaElement {
        attribute_name: attribute.key.name.as_str(),
        search_schema_element_type: match attribute.role {
            SearchRole::Hash => SearchSchemaElementType::Hash,
            SearchRole::Filter => SearchSchemaElementType::InlineFilter,
        },
    }
}
