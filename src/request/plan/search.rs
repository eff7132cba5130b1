//! SearchVectors against its table: which entries of the vector index to score.

use super::work::{Search, Source, Walk, Work};
use super::{Plan, keys, usable};
use crate::error::item::{IndexFault, KeyFault};
use crate::error::vector::VectorFault;
use crate::error::{Error, Invalid};
use crate::expression::{KeyConditionFault, SearchCondition};
use crate::limits;
use crate::request::respond::{Reply, SearchReply};
use crate::request::validate::{SearchRequest, bare};
use crate::table::{Catalog, IndexStatus, SearchRole, Table, VectorDefinition, VectorIndex};
use crate::value::key::{self, KeyPart, KeyRange, PartitionHash};
use crate::value::vector::Query;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// SearchVectors: a walk through an index that keeps the nearest.
pub(in crate::request) fn search(request: SearchRequest<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, request.table)?;
    let index = find(&table, request.index)?;
    let definition = &index.definition;
    let (hashes, range) = entries(&table, definition, request.condition.as_ref())?;
    if request.vector.dimensions() != definition.dimensions {
        return Err(Error::invalid(VectorFault::SearchDimensions {
            actual: request.vector.dimensions(),
            expected: definition.dimensions,
        }));
    }
    let query = Rc::new(Query::new(definition.distance, &request.vector));
    let walk = Walk {
        table: table.clone(),
        source: Source::Vector(index.id),
        hashes,
        range,
        forward: true,
        limit: None,
        page_bytes_max: usize::MAX,
        filter: request.condition.map(|condition| condition.condition),
        consistent: false,
        fetch_base: false,
        count_only: false,
        search: Some(Search {
            attribute: definition.attribute.clone(),
            query: Rc::clone(&query),
            most: request.most,
        }),
    };
    let reply = SearchReply {
        attribute: definition.attribute.clone(),
        query,
        paths: request.paths,
        detail: request.detail,
    };
    Ok(Plan {
        work: Work::Walk(Rc::new(walk)),
        reply: Reply::Search(reply),
    })
}

/// The index, if it can be searched. One whose resources are being made, or that is being dropped, is not there for searches.
fn find<'t>(table: &'t Table, name: &str) -> Result<&'t VectorIndex, Error> {
    let missing = || bare(IndexFault::Missing { index: name.to_owned() });
    let index = table.vector_index(name).ok_or_else(missing)?;
    match index.status {
        IndexStatus::Active | IndexStatus::Updating => Ok(index),
        IndexStatus::Creating { backfilling: true } => {
            Err(Error::invalid(VectorFault::Backfilling { index: name.to_owned() }))
        }
        IndexStatus::Creating { backfilling: false } | IndexStatus::Deleting => Err(missing()),
    }
}

/// The entries that a condition leaves: those of one partition key, or all.
fn entries(
    table: &Table,
    definition: &VectorDefinition,
    condition: Option<&SearchCondition>,
) -> Result<(RangeInclusive<PartitionHash>, KeyRange), Error> {
    let given = condition.map_or(&[][..], |condition| &condition.equal);
    let mut parts = Vec::with_capacity(given.len());
    for (name, value) in given {
        let Some(attribute) = definition.search_attribute(name) else {
            let attribute = name.to_string();
            return Err(Error::invalid(VectorFault::NotInSchema { attribute }));
        };
        let mismatch = || Error::invalid(Invalid::KeyCondition(KeyConditionFault::TypeMismatch));
        let value = value.get().map_err(|_| mismatch())?;
        let part = KeyPart::of(value, attribute.key.key_type).ok_or_else(mismatch)?;
        match (attribute.role, keys::empty_kind(&part)) {
            (SearchRole::Hash, Some(kind)) => {
                return Err(bare(IndexFault::KeyEmpty {
                    kind,
                    index: definition.name.to_string(),
                    name: name.to_string(),
                }));
            }
            (SearchRole::Hash, None) | (SearchRole::Filter, _) => parts.push((&**name, part)),
        }
    }
    let hash: Option<Vec<KeyPart<'_>>> = definition
        .partition()
        .map(|key| {
            let given = parts.iter().find(|(name, _)| *name == key.name.as_str());
            given.map(|(_, part)| *part)
        })
        .collect();
    let hash = hash.ok_or_else(|| Error::invalid(VectorFault::ConditionMissing))?;
    if hash.is_empty() {
        return Ok((PartitionHash(0)..=PartitionHash(u64::MAX), KeyRange::starting_with(&[])));
    }
    if key::size_bytes(&hash) > limits::PARTITION_KEY_BYTES_MAX {
        return Err(bare(KeyFault::PartitionTooLarge));
    }
    let mut beginning = Vec::with_capacity(64);
    let placed = key::write_partition_key(table.hash_seed, &hash, &mut beginning);
    Ok((placed..=placed, KeyRange::starting_with(&beginning)))
}
