//! What a write costs a global index, place by place.

use super::{Units, write_units};
use crate::table::{GlobalIndex, Table};
use crate::value::Item;
use crate::value::equality::equal_maps;
use crate::value::key::PartitionHash;
use arrayvec::ArrayVec;

/// Places of an index that a write changes, and what each change costs: an entry that moves is deleted in one and inserted in
/// another.
pub type EntryWrites = ArrayVec<(PartitionHash, Units), 2>;

/// What a write costs a global index, by the item's images before and after it: as [`super::write`] counts it, and where.
pub fn entry_writes(table: &Table, index: &GlobalIndex, before: Option<&Item>, after: Option<&Item>) -> EntryWrites {
    let entry = |image: Option<&Item>| image.and_then(|item| table.global_entry(index, item));
    let mut writes = EntryWrites::new();
    match (entry(before), entry(after)) {
        (Some(before), Some(after)) if before.key == after.key => {
            if !equal_maps(before.item.attributes(), after.item.attributes()) {
                let bytes = before.item.size_bytes().max(after.item.size_bytes());
                writes.push((after.key.hash, write_units(bytes)));
            }
        }
        (before, after) => {
            for entry in [before, after].into_iter().flatten() {
                writes.push((entry.key.hash, write_units(entry.item.size_bytes())));
            }
        }
    }
    writes
}
