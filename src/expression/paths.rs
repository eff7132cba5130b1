//! A set of document paths as a tree, so that an item is walked once however many paths there are.
//!
//! No path in a tree is another's beginning, and no value is used both as a map and as a list: such sets are refused while
//! the tree grows.

use super::ast::{Element, Path};
use super::bind::{Binder, Bindings};
use super::fault::ExpressionFault;

/// A place in the tree. `T` is what a whole path leads to.
#[derive(Clone, Debug)]
pub(super) enum Branch<T> {
    /// A path ends here.
    Leaf(T),
    /// Paths go on through a map, by names in byte order.
    Names(Vec<(Box<str>, Branch<T>)>),
    /// Paths go on through a list, by ascending indexes.
    Indexes(Vec<(u32, Branch<T>)>),
}

/// How a path does not fit the paths before it, and one of those that are in the way.
#[derive(Debug)]
enum Misfit {
    /// One is the beginning of the other, or they are the same.
    Overlap(String),
    /// They use one value as a map and as a list.
    Conflict(String),
}

impl<T> Branch<T> {
    /// A tree without paths, over an item's attributes.
    pub(super) fn attributes() -> Self {
        Branch::Names(Vec::new())
    }

    /// Adds a path that stands before those in the tree.
    ///
    /// # Errors
    /// A path that is in the way of one in the tree.
    pub(super) fn add(&mut self, path: &Path, bindings: &Bindings, leaf: T) -> Result<(), ExpressionFault> {
        self.insert(path, 0, bindings, leaf).map_err(|misfit| {
            let one = bindings.path_text(path);
            match misfit {
                Misfit::Overlap(two) => ExpressionFault::Overlap { one, two },
                Misfit::Conflict(two) => ExpressionFault::Conflict { one, two },
            }
        })
    }

    /// Adds what is left of a path behind its first `walked` elements, which led here.
    fn insert(&mut self, path: &Path, walked: usize, bindings: &Bindings, leaf: T) -> Result<(), Misfit> {
        let (before, rest) = path.0.split_at_checked(walked).unwrap_or((&path.0, &[]));
        let Some((element, rest)) = rest.split_first() else {
            return Err(Misfit::Overlap(self.last_path(before, bindings)));
        };
        match (&mut *self, element) {
            (Branch::Names(children), Element::Name(name)) => {
                let name = bindings.name_text(*name);
                match children.binary_search_by(|(known, _)| (**known).cmp(name)) {
                    Ok(place) => match children.get_mut(place) {
                        Some((_, child)) => child.insert(path, walked + 1, bindings, leaf),
                        None => Ok(()),
                    },
                    Err(place) => {
                        children.insert(place, (name.into(), Branch::of(rest, bindings, leaf)));
                        Ok(())
                    }
                }
            }
            (Branch::Indexes(children), Element::Index(index)) => {
                match children.binary_search_by_key(index, |(known, _)| *known) {
                    Ok(place) => match children.get_mut(place) {
                        Some((_, child)) => child.insert(path, walked + 1, bindings, leaf),
                        None => Ok(()),
                    },
                    Err(place) => {
                        children.insert(place, (*index, Branch::of(rest, bindings, leaf)));
                        Ok(())
                    }
                }
            }
            (Branch::Leaf(_), Element::Name(_) | Element::Index(_)) => {
                Err(Misfit::Overlap(self.last_path(before, bindings)))
            }
            (Branch::Names(_), Element::Index(_)) | (Branch::Indexes(_), Element::Name(_)) => {
                Err(Misfit::Conflict(self.last_path(before, bindings)))
            }
        }
    }

    /// The branch that holds one path.
    fn of(elements: &[Element], bindings: &Bindings, leaf: T) -> Self {
        let mut branch = Branch::Leaf(leaf);
        for element in elements.iter().rev() {
            branch = match element {
                Element::Name(name) => Branch::Names(vec![(bindings.name_text(*name).into(), branch)]),
                Element::Index(index) => Branch::Indexes(vec![(*index, branch)]),
            };
        }
        branch
    }

    /// The last path of the branch as faults print it, behind the elements walked so far.
    fn last_path(&self, walked: &[Element], bindings: &Bindings) -> String {
        let mut elements: Vec<String> = walked.iter().map(|element| bindings.element_text(*element)).collect();
        let mut branch = self;
        loop {
            branch = match branch {
                Branch::Leaf(_) => break,
                Branch::Names(children) => match children.last() {
                    Some((name, child)) => {
                        elements.push(name.to_string());
                        child
                    }
                    None => break,
                },
                Branch::Indexes(children) => match children.last() {
                    Some((index, child)) => {
                        elements.push(format!("[{index}]"));
                        child
                    }
                    None => break,
                },
            };
        }
        format!("[{}]", elements.join(", "))
    }

    /// The same tree with only the paths whose leaves are chosen; `None` without any.
    pub(super) fn filtered(&self, chosen: &impl Fn(&T) -> bool) -> Option<Branch<()>> {
        match self {
            Branch::Leaf(leaf) => chosen(leaf).then_some(Branch::Leaf(())),
            Branch::Names(children) => {
                let kept = children
                    .iter()
                    .filter_map(|(name, child)| Some((name.clone(), child.filtered(chosen)?)));
                let kept: Vec<_> = kept.collect();
                (!kept.is_empty()).then_some(Branch::Names(kept))
            }
            Branch::Indexes(children) => {
                let kept = children
                    .iter()
                    .filter_map(|(index, child)| Some((*index, child.filtered(chosen)?)));
                let kept: Vec<_> = kept.collect();
                (!kept.is_empty()).then_some(Branch::Indexes(kept))
            }
        }
    }

    /// The attributes that the paths start at, in byte order.
    pub(super) fn top_level_names(&self) -> impl Iterator<Item = &str> {
        let children = match self {
            Branch::Names(children) => children.as_slice(),
            Branch::Leaf(_) | Branch::Indexes(_) => &[],
        };
        children.iter().map(|(name, _)| &**name)
    }

    /// Those of the first names that paths go on from.
    pub(super) fn entered_names(&self) -> impl Iterator<Item = &str> {
        let children = match self {
            Branch::Names(children) => children.as_slice(),
            Branch::Leaf(_) | Branch::Indexes(_) => &[],
        };
        children.iter().filter_map(|(name, branch)| match branch {
            Branch::Names(_) | Branch::Indexes(_) => Some(&**name),
            Branch::Leaf(_) => None,
        })
    }
}

/// Resolves paths and puts them into a tree. The service takes them from last to first, so the fault reported is the one met
/// first on that way; of two paths in each other's way it names the one written earlier first.
pub(super) fn bind_paths<'p, T>(
    binder: &mut Binder<'_, '_>,
    paths: impl DoubleEndedIterator<Item = (&'p Path, T)>,
) -> Result<Branch<T>, ExpressionFault> {
    let mut tree = Branch::attributes();
    for (path, leaf) in paths.rev() {
        binder.path(path)?;
        tree.add(path, binder.bindings(), leaf)?;
    }
    Ok(tree)
}
