//! Vector indexes against their table: those that UpdateTable makes and drops, and what writes put into them.

use super::keys::{Written, type_of};
use super::table::Change;
use crate::error::vector::{DefinitionFault, VectorFault};
use crate::error::{Error, Missing};
use crate::request::inputs::{VectorIndex, VectorIndexUpdate};
use crate::request::validate::vectors;
use crate::sort;
use crate::table::{self, BillingMode, IndexChange, KeyAttribute, SearchRole, Table, VectorDefinition};
use crate::value::flat::{Map, ValueRef, View};
use crate::value::vector;

impl Change<'_> {
    /// A vector index that comes or goes. Its search attributes are defined in the request or known to the table.
    pub(super) fn vector(
        &self,
        update: &VectorIndexUpdate<'_>,
        billing: BillingMode,
        requested: &[KeyAttribute],
    ) -> Result<IndexChange, Error> {
        let create = match (&update.create, &update.delete) {
            (Some(create), _) => create,
            (None, Some(delete)) => {
                let index = self.table.vector_index(delete.index_name).ok_or_else(|| {
                    Error::ResourceNotFoundException(Missing::Index {
                        index: delete.index_name.to_owned(),
                        table: self.table.name.to_string(),
                    })
                })?;
                return self.deleted(&index.definition.name, index.status);
            }
            (None, None) => return Err(Error::invalid(DefinitionFault::ActionCount)),
        };
        self.check_new_name(create.index_name)?;
        let mut known = self.table.attributes.clone();
        known.extend(requested.iter().cloned());
        let index = VectorIndex {
            index_name: create.index_name,
            vector_attribute: create.vector_attribute.clone(),
            search_schema: create.search_schema.clone(),
            projection: create.projection.clone(),
            dimensions: create.dimensions,
            distance_function: create.distance_function,
        };
        let definition = vectors::definition(&index, billing, &known).map_err(Error::invalid)?;
        let others = self.table.vector_indexes.iter().map(|index| &index.definition);
        vectors::check_beside(&definition, others).map_err(Error::invalid)?;
        Ok(IndexChange::CreateVector(Box::new(definition)))
    }
}

/// Refuses an item whose vectors, or whose attributes that searches are restricted by, do not fit a vector index.
///
/// # Errors
/// The first fault, in the order of the indexes' names: search attributes before the vector.
pub(super) fn check(table: &Table, item: Map<'_>, written: Written<'_>) -> Result<(), Error> {
    let mut definitions: Vec<&VectorDefinition> = table.vector_indexes.iter().map(|index| &index.definition).collect();
    sort::by_key(&mut definitions, |definition| definition.name.as_str());
    for definition in definitions {
        let index = definition.name.as_str();
        for attribute in &definition.search {
            if let Some(value) = written.value(item, attribute.key.name.as_bytes()) {
                let may_be_empty = attribute.role == SearchRole::Filter;
                super::keys::check_index_key(&attribute.key, value, index, written, may_be_empty)?;
            }
        }
        if let Some(value) = written.value(item, definition.attribute.as_bytes()) {
            check_vector(definition, value).map_err(Error::invalid)?;
        }
    }
    Ok(())
}

fn check_vector(definition: &table::VectorDefinition, value: ValueRef<'_>) -> Result<(), VectorFault> {
    let attribute = definition.attribute.to_string();
    let index = definition.name.to_string();
    Err(match vector::read(value, definition.dimensions) {
        Ok(_) => return Ok(()),
        Err(vector::VectorFault::NotList) => VectorFault::NotList { attribute, index },
        Err(vector::VectorFault::Dimensions { actual }) => VectorFault::Size {
            attribute,
            expected: definition.dimensions,
            actual,
            index,
        },
        Err(vector::VectorFault::Element { at }) => VectorFault::Element {
            attribute,
            at,
            actual: match value.view() {
                Ok(View::L(list)) => list.iter().nth(at).map_or("NULL", type_of),
                _ => "NULL",
            },
            index,
        },
    })
}
