//! One partition's share of a page of Query or Scan, or of a search.

use super::{Row, State};
use crate::limits;
use crate::request::plan::{Search, Source, Walk, Walked};
use crate::table::stored_vector;
use crate::value::Item;

/// Goes on with `page` over the rows of this partition. True when the page is complete, whatever other partitions hold.
pub(super) fn walk(state: &State, walk: &Walk, page: &mut Walked) -> bool {
    let tree = match walk.source {
        Source::Table | Source::Global(_) | Source::Vector(_) => Some(&state.rows),
        Source::Local(position) => state.locals.get(position),
    };
    let Some(tree) = tree.filter(|_| !walk.range.is_empty()) else {
        return false;
    };
    let from = walk.range.from.as_bytes();
    let mut rows = match &walk.range.to {
        Some(to) => tree.range(from..to.as_bytes()),
        None => tree.range(from..),
    };
    while let Some(row) = if walk.forward { rows.next() } else { rows.next_back() } {
        evaluate(walk, row, page);
        let full = page.read_bytes() > walk.page_bytes_max;
        if full || walk.limit.is_some_and(|limit| page.scanned >= limit) {
            page.last = Some(row.item().clone());
            return true;
        }
    }
    false
}

fn evaluate(walk: &Walk, row: &Row, page: &mut Walked) {
    page.scanned += 1;
    page.evaluated_bytes += read_size(walk, row);
    if walk.fetch_base {
        let fetched = row.item().size_bytes();
        page.fetched_bytes.push(fetched);
        page.fetched_units_bytes += fetched.next_multiple_of(limits::READ_UNIT_BYTES);
    }
    let item = shown(walk, row);
    let passes = walk
        .filter
        .as_ref()
        .is_none_or(|filter| filter.holds(Some(item.attributes())));
    if passes {
        page.matched += 1;
        match &walk.search {
            Some(search) => keep_nearest(search, row, page),
            None if walk.count_only => {}
            None => page.rows.push(item),
        }
    }
}

/// What a row counts for when it is read. Storage counts a vector that is indexed for less than the list that it is.
fn read_size(walk: &Walk, row: &Row) -> usize {
    match walk.source {
        Source::Table if !walk.table.vector_indexes.is_empty() => row.item().size_bytes(),
        Source::Table | Source::Local(_) | Source::Global(_) | Source::Vector(_) => row.size_bytes(),
    }
}

fn keep_nearest(search: &Search, row: &Row, page: &mut Walked) {
    let vector = stored_vector(row.item().attributes(), &search.attribute);
    debug_assert!(vector.is_some(), "an entry of a vector index has its vector");
    if let Some(vector) = vector {
        let score = search.query.score(vector);
        page.nearest
            .offer(&search.query, search.most, score, row.key(), row.item());
    }
}

/// What the walk sees of a row. Entries of local indexes share the base item, so what they project is cut out here.
fn shown(walk: &Walk, row: &Row) -> Item {
    match walk.source {
        Source::Local(position) if !walk.fetch_base => match walk.table.local_indexes.get(position) {
            Some(index) => walk.table.local_item(index, row.item()),
            None => row.item().clone(),
        },
        Source::Local(_) | Source::Table | Source::Global(_) | Source::Vector(_) => row.item().clone(),
    }
}
