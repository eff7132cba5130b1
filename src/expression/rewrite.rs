//! The image after an update, written from the image before in one walk.

use super::fault::UpdateFault;
use super::paths::Branch;
use super::update::Change;
use crate::bytes::equal;
use crate::value::flat::{List, Map, Tag, ValueRef, View, Writer};
use crate::value::size;

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

/// Writes the item with its changes, by the number of the clause they come from. The targets were checked. Returns by how much the
/// item's size, by DynamoDB's rules, has changed: only what changes has to be measured.
pub(super) fn write_item(item: Map<'_>, targets: &Branch<usize>, changes: &[Change<'_>], out: &mut Writer) -> isize {
    let children = match targets {
        Branch::Names(children) => children.as_slice(),
        Branch::Leaf(_) | Branch::Indexes(_) => &[],
    };
    let mut rewriter = Rewriter { changes, out, grown: 0 };
    rewriter.write_map(Tag::Attributes, item, children);
    rewriter.grown
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

/// One bit for each of the first children of a map; none for those behind them.
fn bit(place: usize) -> u64 {
    u32::try_from(place)
        .ok()
        .and_then(|place| 1u64.checked_shl(place))
        .unwrap_or(0)
}

/// Names up to this many are looked for one after another: most differ in their length already.
const COMPARED_NAMES_MAX: usize = 8;

fn place_of(children: &Names, name: &[u8]) -> Option<usize> {
    if children.len() <= COMPARED_NAMES_MAX {
        children.iter().position(|(known, _)| equal(known.as_bytes(), name))
    } else {
        children.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()
    }
}

/// What the walk writes, and what it has come to.
struct Rewriter<'c, 'w> {
    changes: &'c [Change<'c>],
    out: &'w mut Writer,
    /// By how many bytes the item has become larger so far.
    grown: isize,
}

impl<'c> Rewriter<'c, '_> {
    fn comes(&mut self, bytes: usize) {
        self.grown += bytes as isize;
    }

    fn goes(&mut self, bytes: usize) {
        self.grown -= bytes as isize;
    }

    /// Entries that no path goes through are copied in runs, as they stand.
    fn write_map(&mut self, tag: Tag, map: Map<'_>, children: &'c Names) {
        let open = self.out.open_uncounted(tag);
        // What an entry counts for besides its name and value.
        let overhead = if tag == Tag::M { size::ELEMENT_BYTES } else { 0 };
        // The children that were met, as far as they fit.
        let mut met = 0u64;
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
            met |= bit(place);
            let fate = fate(children.get(place).map(|(_, branch)| branch), self.changes);
            if matches!(fate, Fate::Stays) {
                continue;
            }
            self.out.entries(run.get(..run.len() - entry.len()).unwrap_or_default());
            run = body.rest();
            if matches!(fate, Fate::Goes) {
                count -= 1;
                self.goes(name.len() + overhead);
            } else {
                self.out.text(name);
            }
            self.write_value(value, fate);
        }
        self.out.entries(run);
        for (place, (name, branch)) in children.iter().enumerate() {
            let was_there = || met & bit(place) != 0 || (bit(place) == 0 && map.get(name.as_bytes()).is_some());
            if let Some(value) = appearing(branch, self.changes)
                && !was_there()
            {
                self.out.text(name.as_bytes());
                self.write_new(value);
                self.comes(name.len() + overhead);
                count += 1;
            }
        }
        self.out.close_counted(open, count);
    }

    /// New elements stand behind the old ones, in the order of their indexes, whatever gap these leave.
    fn write_list(&mut self, list: List<'_>, children: &'c Indexes) {
        let branch_at = |place: u32| {
            let found = children.binary_search_by_key(&place, |(index, _)| *index).ok()?;
            children.get(found).map(|(_, branch)| branch)
        };
        let elements = || (0u32..).zip(list.iter());
        let kept = elements()
            .filter(|(place, _)| !matches!(fate(branch_at(*place), self.changes), Fate::Goes))
            .count();
        let new: Vec<&[u8]> = (children.iter())
            .filter(|(index, _)| *index as usize >= list.len())
            .filter_map(|(_, branch)| appearing(branch, self.changes))
            .collect();
        let open = self.out.open(Tag::L, kept + new.len());
        for (place, value) in elements() {
            self.write_value(value, fate(branch_at(place), self.changes));
        }
        self.goes((list.len() - kept) * size::ELEMENT_BYTES);
        self.comes(new.len() * size::ELEMENT_BYTES);
        for value in new {
            self.write_new(value);
        }
        self.out.close(open);
    }

    fn write_value(&mut self, value: ValueRef<'_>, fate: Fate<'c>) {
        match fate {
            Fate::Stays => self.out.copy(value),
            Fate::Goes => self.goes(size::value_size(value)),
            Fate::Becomes(new) => {
                self.goes(size::value_size(value));
                self.write_new(new);
            }
            Fate::ChangesInside(branch) => match (branch, value.view()) {
                (Branch::Names(children), Ok(View::M(map))) => self.write_map(Tag::M, map, children),
                (Branch::Indexes(children), Ok(View::L(list))) => self.write_list(list, children),
                (Branch::Leaf(_) | Branch::Names(_) | Branch::Indexes(_), _) => {
                    debug_assert!(false, "the targets were checked");
                    self.out.copy(value);
                }
            },
        }
    }

    fn write_new(&mut self, value: &[u8]) {
        match ValueRef::read(value) {
            Ok(value) => {
                self.comes(size::value_size(value));
                self.out.copy(value);
            }
            Err(_) => {
                debug_assert!(false, "values to be written are whole");
                self.comes(1);
                self.out.tag(Tag::Null);
            }
        }
    }
}
