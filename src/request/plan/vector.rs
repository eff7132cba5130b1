//! What writes put into vector indexes.

use super::keys::{Written, type_of};
use crate::error::Error;
use crate::error::vector::VectorFault;
use crate::sort;
use crate::table::{self, SearchRole, Table, VectorDefinition};
use crate::value::flat::{Map, ValueRef, View};
use crate::value::vector;

/// Refuses an item whose vectors, or whose attributes that searches are restricted by, do not fit a vector index.
///
/// # Errors
/// The first fault, in the order of the indexes' names: search attributes before the vector.
#[inline(never)]
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
