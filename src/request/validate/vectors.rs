//! Definitions of vector indexes as CreateTable and UpdateTable name them, turned into a table's own terms.

use super::schema;
use crate::error::table::TableFault;
use crate::error::vector::DefinitionFault;
use crate::limits;
use crate::request::inputs::{SearchSchemaElement, SearchSchemaElementType, VectorDistanceFunction, VectorIndex};
use crate::table::{
    AttributeName, BillingMode, IndexName, KeyAttribute, SearchAttribute, SearchRole, VectorDefinition,
};
use crate::value::vector::Distance;

/// The vector indexes of a new table.
pub(super) fn all(
    given: &[VectorIndex<'_>],
    billing: BillingMode,
    attributes: &[KeyAttribute],
) -> Result<Vec<VectorDefinition>, TableFault> {
    if given.is_empty() {
        return Err(TableFault::Vector(DefinitionFault::Empty));
    }
    let mut definitions: Vec<VectorDefinition> = Vec::with_capacity(given.len());
    for index in given {
        let definition = definition(index, billing, attributes)?;
        check_beside(&definition, definitions.iter())?;
        definitions.push(definition);
    }
    Ok(definitions)
}

/// A vector index to make, on a table that is charged like that.
///
/// # Errors
/// A table that is not charged by the request, dimensions out of range, a search attribute without a definition or one too many,
/// a projection that does not hang together.
pub fn definition(
    index: &VectorIndex<'_>,
    billing: BillingMode,
    attributes: &[KeyAttribute],
) -> Result<VectorDefinition, TableFault> {
    let refused = |fault| Err(TableFault::Vector(fault));
    match billing {
        BillingMode::PayPerRequest => {}
        BillingMode::Provisioned => return refused(DefinitionFault::Provisioned),
    }
    let dimensions = match usize::try_from(index.dimensions) {
        Ok(dimensions) if (1..=limits::VECTOR_DIMENSIONS_MAX).contains(&dimensions) => dimensions,
        Ok(_) | Err(_) => {
            let limit = limits::VECTOR_DIMENSIONS_MAX;
            return refused(DefinitionFault::Dimensions { limit });
        }
    };
    let search = index.search_schema.as_deref().unwrap_or_default();
    let search: Vec<SearchAttribute> = search
        .iter()
        .map(|element| search_attribute(element, attributes))
        .collect::<Result<_, _>>()?;
    check_count(&search, SearchRole::Hash, "HASH", limits::VECTOR_HASHES_MAX)?;
    check_count(&search, SearchRole::Filter, "INLINE_FILTER", limits::VECTOR_FILTERS_MAX)?;
    Ok(VectorDefinition {
        name: IndexName::new(index.index_name),
        attribute: AttributeName::new(index.vector_attribute.attribute_name),
        dimensions,
        distance: match index.distance_function {
            VectorDistanceFunction::Cosine => Distance::Cosine,
            VectorDistanceFunction::DotProduct => Distance::DotProduct,
            VectorDistanceFunction::Euclidean => Distance::Euclidean,
        },
        search,
        projection: schema::projection(&index.projection)?,
    })
}

/// The quotas of a vector index: one partition key attribute, eighteen inline filters.
fn check_count(
    search: &[SearchAttribute],
    role: SearchRole,
    kind: &'static str,
    limit: usize,
) -> Result<(), TableFault> {
    let count = search.iter().filter(|attribute| attribute.role == role).count();
    if count > limit {
        return Err(TableFault::Vector(DefinitionFault::SearchElements { kind, limit }));
    }
    Ok(())
}

fn search_attribute(
    element: &SearchSchemaElement<'_>,
    attributes: &[KeyAttribute],
) -> Result<SearchAttribute, TableFault> {
    let known = attributes
        .iter()
        .find(|known| known.name.as_str() == element.attribute_name);
    Ok(SearchAttribute {
        key: known.ok_or(TableFault::Vector(DefinitionFault::NotDefined))?.clone(),
        role: match element.search_schema_element_type {
            SearchSchemaElementType::Hash => SearchRole::Hash,
            SearchSchemaElementType::InlineFilter => SearchRole::Filter,
        },
    })
}

/// Refuses one vector index too many, and one that disagrees with others about an attribute.
///
/// # Errors
/// As said.
pub fn check_beside<'d>(
    definition: &VectorDefinition,
    others: impl ExactSizeIterator<Item = &'d VectorDefinition>,
) -> Result<(), TableFault> {
    if others.len() >= limits::VECTOR_INDEXES_MAX {
        let limit = limits::VECTOR_INDEXES_MAX;
        return Err(TableFault::Vector(DefinitionFault::Count { limit }));
    }
    let mut conflicts = others.filter(|other| other.attribute == definition.attribute);
    if conflicts.any(|other| other.dimensions != definition.dimensions) {
        let attribute = definition.attribute.to_string();
        return Err(TableFault::Vector(DefinitionFault::Conflict { attribute }));
    }
    Ok(())
}

/// Number of attributes that an index counts for among those that all indexes may project: those named, the vector and filters.
pub fn included(definition: &VectorDefinition) -> usize {
    let filters = definition
        .search
        .iter()
        .filter(|attribute| attribute.role == SearchRole::Filter);
    schema::included(&definition.projection) + 1 + filters.count()
}
