//! What a page of Query or Scan consumes.

use super::{Consumed, Units, read_units};
use crate::request::plan::{Source, Walked};
use crate::table::Table;

/// What a page consumed: everything evaluated, rounded once; base items that a local index fetched, rounded one by one. Searches
/// consume no units.
pub fn page(table: &Table, source: Source, consistent: bool, walked: &Walked) -> Consumed {
    let evaluated = read_units(walked.evaluated_bytes, consistent);
    let mut consumed = Consumed::default();
    match source {
        Source::Table => consumed.table = evaluated,
        Source::Local(position) => {
            if let Some(index) = table.local_indexes.get(position) {
                consumed.local_indexes.insert(index.name.clone(), evaluated);
            }
            consumed.table = walked
                .fetched_bytes
                .iter()
                .map(|bytes| read_units(*bytes, consistent))
                .fold(Units::NONE, |sum, units| sum + units);
        }
        Source::Global(id) => {
            if let Some(index) = table.global_indexes.iter().find(|index| index.id == id) {
                consumed.global_indexes.insert(index.name.clone(), evaluated);
            }
        }
        Source::Vector(_) => {}
    }
    consumed
}
