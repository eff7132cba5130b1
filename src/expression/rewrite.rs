//! The image after an update, written from the image before in one walk.

use super::fault::UpdateFault;
use super::paths::Branch;
use super::update::Change;
use crate::value::flat::{List, Map, Tag, ValueRef, View, Writer};

type Names = [(Box<str>, Branch<usize>)];
type Indexes = [(u32, Branch<usize>)];

/// Refuses targets inside something that is not there, a map entered by index, a list entered by name, or a scalar.
pub(super) fn check_targets(item: Map<'_>, targets: &Branch<usize>) -> Result<(), UpdateFault> {
    match targets {
        Branch::Names(children) => check_entries(item, children),
        Branch::Leaf(_) | Branch::Indexes(_) => Err(UpdateFault::InvalidPath),
    }
}

fn check_entries(map: Map<'_>, children: &Names) -> Result<(), UpdateFault> {
    children.iter().try_for_each(|(name, branch)| match branch {
        Branch::Leaf(_) => Ok(()),
        Branch::Names(_) | Branch::Indexes(_) => check_inside(map.get(name.as_bytes()), branch),
    })
}

fn check_inside(value: Option<ValueRef<'_>>, branch: &Branch<usize>) -> Result<(), UpdateFault> {
    let view = value.ok_or(UpdateFault::InvalidPath)?.view();
    match (branch, view) {
        (Branch::Leaf(_), _) => Ok(()),
        (Branch::Names(children), Ok(View::M(map))) => check_entries(map, children),
        (Branch::Indexes(children), Ok(View::L(list))) => {
            children.iter().try_for_each(|(index, branch)| match branch {
                Branch::Leaf(_) => Ok(()),
                Branch::Names(_) | Branch::Indexes(_) => check_inside(list.get(*index as usize), branch),
            })
        }
        (Branch::Names(_) | Branch::Indexes(_), _) => Err(UpdateFault::InvalidPath),
    }
}

/// Writes the item with its changes, by the number of the clause they come from. The targets were checked.
pub(super) fn write_item(item: Map<'_>, targets: &Branch<usize>, changes: &[Change<'_>], out: &mut Writer) {
    let children = match targets {
        Branch::Names(children) => children.as_slice(),
        Branch::Leaf(_) | Branch::Indexes(_) => &[],
    };
    write_map(Tag::Attributes, item, children, changes, out);
}

/// What becomes of a place in the image before.
enum Fate<'c> {
    Stays,
    Goes,
    Becomes(&'c [u8]),
    ChangesInside(&'c Branch<usize>),
}

fn fate<'c>(branch: Option<&'c Branch<usize>>, changes: &'c [Change<'_>]) -> Fate<'c> {
    match branch {
        None => Fate::Stays,
        Some(Branch::Leaf(number)) => match changes.get(*number) {
            Some(Change::Write(value)) => Fate::Becomes(value),
            Some(Change::Remove) => Fate::Goes,
            Some(Change::Keep) | None => Fate::Stays,
        },
        Some(inner @ (Branch::Names(_) | Branch::Indexes(_))) => Fate::ChangesInside(inner),
    }
}

/// The value of a place that was not there before, if it gets one.
fn appearing<'c>(branch: &'c Branch<usize>, changes: &'c [Change<'_>]) -> Option<&'c [u8]> {
    match fate(Some(branch), changes) {
        Fate::Becomes(value) => Some(value),
        Fate::Stays | Fate::Goes | Fate::ChangesInside(_) => None,
    }
}

/// Names up to this many are looked for one after another: most differ in their length already.
const COMPARED_NAMES_MAX: usize = 8;

fn place_of(children: &Names, name: &[u8]) -> Option<usize> {
    if children.len() <= COMPARED_NAMES_MAX {
        children.iter().position(|(known, _)| known.as_bytes() == name)
    } else {
        children.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()
    }
}

/// Entries that no path goes through are copied in runs, as they stand.
fn write_map(tag: Tag, map: Map<'_>, children: &Names, changes: &[Change<'_>], out: &mut Writer) {
    let open = out.open_uncounted(tag);
    let mut was_there = vec![false; children.len()];
    let mut count = 0;
    let mut body = map.0.body;
    // What has been walked over and not been written.
    let mut run = body.rest();
    for _ in 0..map.len() {
        let entry = body.rest();
        let (Ok(name), Ok(value)) = (body.text(), body.value()) else {
            debug_assert!(false, "a stored map is well formed");
            break;
        };
        count += 1;
        let Some(place) = place_of(children, name) else {
            continue;
        };
        if let Some(known) = was_there.get_mut(place) {
            *known = true;
        }
        let fate = fate(children.get(place).map(|(_, branch)| branch), changes);
        if matches!(fate, Fate::Stays) {
            continue;
        }
        out.entries(run.get(..run.len() - entry.len()).unwrap_or_default());
        run = body.rest();
        if matches!(fate, Fate::Goes) {
            count -= 1;
        } else {
            out.text(name);
            write_value(value, fate, changes, out);
        }
    }
    out.entries(run);
    for ((name, branch), was_there) in children.iter().zip(&was_there) {
        if let (false, Some(value)) = (was_there, appearing(branch, changes)) {
            out.text(name.as_bytes());
            write_bytes(value, out);
            count += 1;
        }
    }
    out.close_counted(open, count);
}

/// New elements stand behind the old ones, in the order of their indexes, whatever gap these leave.
fn write_list(list: List<'_>, children: &Indexes, changes: &[Change<'_>], out: &mut Writer) {
    let branch_at = |place: u32| {
        let found = children.binary_search_by_key(&place, |(index, _)| *index).ok()?;
        children.get(found).map(|(_, branch)| branch)
    };
    let elements = || (0u32..).zip(list.iter());
    let kept = elements()
        .filter(|(place, _)| !matches!(fate(branch_at(*place), changes), Fate::Goes))
        .count();
    let new: Vec<&[u8]> = (children.iter())
        .filter(|(index, _)| *index as usize >= list.len())
        .filter_map(|(_, branch)| appearing(branch, changes))
        .collect();
    let open = out.open(Tag::L, kept + new.len());
    for (place, value) in elements() {
        write_value(value, fate(branch_at(place), changes), changes, out);
    }
    for value in new {
        write_bytes(value, out);
    }
    out.close(open);
}

fn write_value(value: ValueRef<'_>, fate: Fate<'_>, changes: &[Change<'_>], out: &mut Writer) {
    match fate {
        Fate::Stays => out.copy(value),
        Fate::Goes => {}
        Fate::Becomes(value) => write_bytes(value, out),
        Fate::ChangesInside(branch) => match (branch, value.view()) {
            (Branch::Names(children), Ok(View::M(map))) => write_map(Tag::M, map, children, changes, out),
            (Branch::Indexes(children), Ok(View::L(list))) => write_list(list, children, changes, out),
            (Branch::Leaf(_) | Branch::Names(_) | Branch::Indexes(_), _) => {
                debug_assert!(false, "the targets were checked");
                out.copy(value);
            }
        },
    }
}

fn write_bytes(value: &[u8], out: &mut Writer) {
    match ValueRef::read(value) {
        Ok(value) => out.copy(value),
        Err(_) => {
            debug_assert!(false, "values to be written are whole");
            out.tag(Tag::Null);
        }
    }
}
