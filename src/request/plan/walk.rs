//! Query and Scan against their table or index: which rows to walk, and what of them to show.

use super::work::{Source, Walk, Work};
use super::{Plan, item, keys, shown_name, usable};
use crate::error::item::{ConditionFault, Empty, IndexFault, ItemFault, KeyFault, Select, StartKeyFault};
use crate::error::{Error, Invalid};
use crate::expression::{KeyConditionFault, KeyMatch, Paths, match_schema};
use crate::limits;
use crate::request::respond::{Reply, WalkReply};
use crate::request::validate::{AdmittedKey, Segment, WalkRequest, bare};
use crate::table::{Catalog, GlobalIndex, IndexStatus, KeyAttribute, KeySchema, LocalIndex, Projection, Table};
use crate::value::flat::Map;
use crate::value::key::{self, KeyRange, KeyType, OrderedBytes, PartRange, PartitionHash};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// What a request walks, with its schema.
#[derive(Clone, Copy)]
pub(super) enum Target<'t> {
    Table(&'t Table),
    Local(&'t Table, usize, &'t LocalIndex),
    Global(&'t Table, &'t GlobalIndex),
}

impl<'t> Target<'t> {
    /// The table, or the index of that name if it can be read: one whose resources are being made is not there for reads.
    ///
    /// # Errors
    /// An index that is not there, or is being filled.
    pub fn find(table: &'t Table, index: Option<&str>) -> Result<Self, IndexFault> {
        let Some(name) = index else {
            return Ok(Target::Table(table));
        };
        if let Some((position, index)) = table.local_index(name) {
            return Ok(Target::Local(table, position, index));
        }
        let missing = || IndexFault::Missing { index: name.to_owned() };
        let index = table.global_index(name).ok_or_else(missing)?;
        match index.status {
            IndexStatus::Active | IndexStatus::Updating | IndexStatus::Deleting => Ok(Target::Global(table, index)),
            IndexStatus::Creating { backfilling: true } => Err(IndexFault::Backfilling { index: name.to_owned() }),
            IndexStatus::Creating { backfilling: false } => Err(missing()),
        }
    }

    pub fn table(&self) -> &'t Table {
        match self {
            Target::Table(table) | Target::Local(table, ..) | Target::Global(table, _) => table,
        }
    }

    pub fn schema(&self) -> &'t KeySchema {
        match self {
            Target::Table(table) => &table.schema,
            Target::Local(_, _, index) => &index.schema,
            Target::Global(_, index) => &index.schema,
        }
    }

    pub fn source(&self) -> Source {
        match self {
            Target::Table(_) => Source::Table,
            Target::Local(_, position, _) => Source::Local(*position),
            Target::Global(_, index) => Source::Global(index.id),
        }
    }

    /// The index's name and projection.
    pub fn index(&self) -> Option<(&'t str, &'t Projection)> {
        match self {
            Target::Table(_) => None,
            Target::Local(_, _, index) => Some((index.name.as_str(), &index.projection)),
            Target::Global(_, index) => Some((index.name.as_str(), &index.projection)),
        }
    }

    /// Those of `names` that the index does not hold.
    pub fn lacking<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let Some((_, projection)) = self.index() else {
            return Vec::new();
        };
        names
            .filter(|name| !self.table().projects(self.schema(), projection, name.as_bytes()))
            .map(str::to_owned)
            .collect()
    }
}

/// The table or its index.
fn find<'t>(table: &'t Table, request: &WalkRequest<'_>) -> Result<Target<'t>, Error> {
    if let Some(index) = request.index
        && table.vector_index(index).is_some()
    {
        return Err(bare(match request.key_conditions {
            Some(_) => IndexFault::VectorQueried,
            None => IndexFault::VectorScanned,
        }));
    }
    Target::find(table, request.index).map_err(bare)
}

fn check_consistency(target: &Target<'_>, request: &WalkRequest<'_>) -> Result<(), Error> {
    match target {
        Target::Global(..) if request.consistent => Err(bare(IndexFault::ConsistentRead)),
        Target::Table(_) | Target::Local(..) | Target::Global(..) => Ok(()),
    }
}

/// Query: a range of rows within one partition key.
pub(in crate::request) fn query(mut request: WalkRequest<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, request.table)?;
    let target = find(&table, &request)?;
    check_entered(&table, &request)?;
    check_consistency(&target, &request)?;
    let conditions = request.key_conditions.as_ref().ok_or(Error::InternalServerError)?;
    let schema = target.schema();
    let matched = match_schema(conditions, &half(&schema.partition), &half(&schema.sort))
        .map_err(|fault| refused(&target, fault, request.legacy_keys))?;
    check_size(&matched).map_err(bare)?;
    let mut beginning = Vec::with_capacity(64);
    let hash = key::write_partition_key(table.hash_seed, &matched.partition, &mut beginning);
    let partition_end = beginning.len();
    key::append_parts(&matched.sort_equal, &mut beginning);
    let mut range = KeyRange::within(&beginning, matched.range);
    // One row at most: such a query cannot be resumed, so no limit ends its page early.
    let single =
        matches!(target, Target::Table(_)) && (schema.sort.is_empty() || matches!(matched.range, PartRange::Equal(_)));
    if let Some(start) = &request.start {
        let partition = beginning.get(..partition_end).unwrap_or_default();
        let resumed = start_of_query(&target, start, partition, &range)?;
        if single {
            return Err(bare(StartKeyFault::OfOneRow));
        }
        range = if request.forward {
            range.after(resumed.as_bytes())
        } else {
            range.before(resumed.as_bytes())
        };
    }
    if single {
        request.limit = None;
    }
    if let Some(filter) = &request.filter {
        check_filter(&target, filter.top_level_names(), request.legacy_filter).map_err(bare)?;
    }
    let fetch_base = fetch_base(&target, &request)?;
    let walk = walk(&table, &target, &request, hash..=hash, range, fetch_base);
    let reply = reply(&table, &target, request);
    Ok(Plan {
        work: Work::Walk(Rc::new(walk)),
        reply: Reply::Walk(reply),
    })
}

/// Bounds of the values that a key is compared with: no row has larger ones.
fn check_size(matched: &KeyMatch<'_>) -> Result<(), KeyFault> {
    if key::size_bytes(&matched.partition) > limits::PARTITION_KEY_BYTES_MAX {
        return Err(KeyFault::PartitionTooLarge);
    }
    let compared = matched
        .range
        .operands()
        .map(|part| part.size_bytes())
        .max()
        .unwrap_or(0);
    if key::size_bytes(&matched.sort_equal) + compared > limits::SORT_KEY_BYTES_MAX {
        return Err(KeyFault::SortTooLarge);
    }
    Ok(())
}

/// Neither the filter nor the projection goes inside a key attribute. Query looks at this first and Scan late, as in DynamoDB Local;
/// AWS's order is not recorded.
fn check_entered(table: &Table, request: &WalkRequest<'_>) -> Result<(), Error> {
    keys::check_entered(table, item::entered(request.filter.as_ref()))?;
    keys::check_entered(table, request.paths.iter().flat_map(Paths::entered_names))
}

/// Scan: all rows, or those of one segment.
pub(in crate::request) fn scan(request: WalkRequest<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = usable(catalog, request.table)?;
    let target = find(&table, &request)?;
    check_consistency(&target, &request)?;
    let share = request.segment.map_or(ALL, share);
    let mut hashes = share.clone();
    let mut range = KeyRange::hashes(*share.start(), *share.end());
    if let Some(start) = &request.start {
        let resumed = start.attributes().ok().and_then(|start| start_row(&target, start));
        let resumed = resumed.ok_or(bare(StartKeyFault::Mismatch))?;
        let at = resumed.hash().unwrap_or(*share.start());
        if let Some(Segment { segment, total }) = request.segment
            && !share.contains(&at)
        {
            return Err(bare(StartKeyFault::OfOtherSegment { total, segment }));
        }
        hashes = at..=*share.end();
        range = range.after(resumed.as_bytes());
    }
    check_entered(&table, &request)?;
    let fetch_base = fetch_base(&target, &request)?;
    let walk = walk(&table, &target, &request, hashes, range, fetch_base);
    let reply = reply(&table, &target, request);
    Ok(Plan {
        work: Work::Walk(Rc::new(walk)),
        reply: Reply::Walk(reply),
    })
}

/// Every hash of a partition key.
pub(super) const ALL: RangeInclusive<PartitionHash> = PartitionHash(0)..=PartitionHash(u64::MAX);

/// A segment's share of all hashes: equal parts, the first ones larger by one where they do not come out even.
fn share(Segment { segment, total }: Segment) -> RangeInclusive<PartitionHash> {
    let (segment, total) = (u128::from(segment), u128::from(total.max(1)));
    let space = 1u128 << 64;
    // The first hash whose share is `segment`: rounding up makes neighbours meet without a gap.
    let first = |segment: u128| (segment * space).div_ceil(total);
    let last = first(segment + 1) - 1;
    PartitionHash(first(segment) as u64)..=PartitionHash(last as u64)
}

/// One half of a key, as key conditions are matched with it: names and types.
pub(super) fn half(attributes: &[KeyAttribute]) -> Vec<(&str, KeyType)> {
    attributes
        .iter()
        .map(|attribute| (attribute.name.as_str(), attribute.key_type))
        .collect()
}

/// How the service words key conditions that do not fit: of an empty value it names the index, of too many KeyConditions it
/// gives no count.
pub(super) fn refused(target: &Target<'_>, fault: KeyConditionFault, legacy: bool) -> Error {
    match (fault, target.index()) {
        (KeyConditionFault::TooMany { conditions, .. }, _) if legacy => {
            if conditions > limits::TABLE_KEY_ATTRIBUTES_MAX {
                bare(ConditionFault::KeyConditionCount)
            } else {
                Error::invalid(Invalid::KeyCondition(KeyConditionFault::NotSupported))
            }
        }
        (KeyConditionFault::EmptyValue { attribute, is_binary }, Some((index, _))) => bare(IndexFault::KeyEmpty {
            kind: if is_binary { Empty::Binary } else { Empty::Text },
            index: index.to_owned(),
            name: attribute,
        }),
        (fault, _) => Error::invalid(Invalid::KeyCondition(fault)),
    }
}

/// Where a starting key points: it has the table's key and, in an index, the index's key, of the right types and nothing else.
pub(super) fn start_row(target: &Target<'_>, attributes: Map<'_>) -> Option<OrderedBytes> {
    let table = target.table();
    let schema = target.schema();
    let further = schema
        .attributes()
        .filter(|key| !table.schema.contains(key.name.as_bytes()))
        .count();
    if attributes.len() != table.schema.len() + further {
        return None;
    }
    match target {
        Target::Table(table) => table.row_key(attributes).map(|row| row.bytes),
        Target::Local(table, _, index) => table.local_entry(index, attributes),
        Target::Global(table, index) => table.global_key(index, attributes).map(|row| row.bytes),
    }
}

fn start_of_query(
    target: &Target<'_>,
    start: &AdmittedKey<'_>,
    partition: &[u8],
    range: &KeyRange,
) -> Result<OrderedBytes, Error> {
    let resumed = start.attributes().ok().and_then(|start| start_row(target, start));
    let resumed = resumed.ok_or(bare(StartKeyFault::Invalid))?;
    if !resumed.as_bytes().starts_with(partition) {
        return Err(bare(StartKeyFault::Outside));
    }
    if !range.contains(resumed.as_bytes()) {
        return Err(bare(StartKeyFault::OutOfRange));
    }
    Ok(resumed)
}

/// A Query's filter reads neither the key of what is walked nor what an index lacks. (Scan takes what is absent as missing.)
fn check_filter<'n>(target: &Target<'_>, names: impl Iterator<Item = &'n str>, legacy: bool) -> Result<(), ItemFault> {
    let names: Vec<&str> = names.collect();
    if let Some(name) = names.iter().find(|name| target.schema().contains(name.as_bytes())) {
        return Err(ItemFault::Key(KeyFault::Filtered {
            legacy,
            name: (*name).to_owned(),
        }));
    }
    let lacking = target.lacking(names.iter().copied());
    match target.index() {
        Some((index, _)) if !lacking.is_empty() => Err(ItemFault::Index(IndexFault::FilterNotProjected {
            index: index.to_owned(),
            names: lacking,
        })),
        Some(_) | None => Ok(()),
    }
}

/// True if rows of a local index must be completed from the table.
///
/// # Errors
/// Attributes asked of a global index that it does not hold.
fn fetch_base(target: &Target<'_>, request: &WalkRequest<'_>) -> Result<bool, Error> {
    let Some((name, projection)) = target.index() else {
        return Ok(false);
    };
    let all = request.select == Some(Select::AllAttributes) && *projection != Projection::All;
    let lacking = match &request.paths {
        Some(paths) => target.lacking(paths.top_level_names()),
        None => Vec::new(),
    };
    let index = || name.to_owned();
    match target {
        Target::Table(_) => Ok(false),
        Target::Local(..) => Ok(all || !lacking.is_empty()),
        Target::Global(..) if all => Err(bare(IndexFault::AllAttributes { index: index() })),
        Target::Global(..) if !lacking.is_empty() => Err(bare(IndexFault::NotProjected {
            index: index(),
            names: lacking,
        })),
        Target::Global(..) => Ok(false),
    }
}

fn walk(
    table: &Rc<Table>,
    target: &Target<'_>,
    request: &WalkRequest<'_>,
    hashes: RangeInclusive<PartitionHash>,
    range: KeyRange,
    fetch_base: bool,
) -> Walk {
    Walk {
        table: table.clone(),
        source: target.source(),
        hashes,
        range,
        forward: request.forward,
        limit: request.limit,
        page_bytes_max: limits::PAGE_BYTES_MAX,
        filter: request.filter.clone(),
        consistent: request.consistent,
        fetch_base,
        count_only: request.select == Some(Select::Count),
        search: None,
    }
}

fn reply(table: &Rc<Table>, target: &Target<'_>, request: WalkRequest<'_>) -> WalkReply {
    WalkReply {
        table: table.clone(),
        shown_name: shown_name(table, request.table),
        source: target.source(),
        consistent: request.consistent,
        count_only: request.select == Some(Select::Count),
        paths: request.paths,
        detail: request.detail,
    }
}
