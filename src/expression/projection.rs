//! Projections: the paths to keep, and their image of an item.

use super::ast::ProjectionAst;
use super::bind::Binder;
use super::fault::ExpressionFault;
use super::paths::{Branch, bind_paths};
use super::placeholders::Placeholders;
use crate::sort;
use crate::value::flat::{List, Map, Tag, ValueRef, View, Writer};
use std::rc::Rc;

/// The bound paths of a projection. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Paths {
    tree: Rc<Branch<()>>,
}

impl Paths {
    /// Resolves names and refuses paths that overlap or conflict.
    ///
    /// # Errors
    /// From the last path to the first: one of more than 32 elements, a name that is not defined, a path in the way of one
    /// behind it.
    pub fn bind(ast: &Rc<ProjectionAst>, placeholders: &mut Placeholders<'_>) -> Result<Self, ExpressionFault> {
        let mut binder = Binder::new(&ast.arena, placeholders);
        let tree = bind_paths(&mut binder, ast.paths.iter().map(|path| (path, ())))?;
        Ok(Paths { tree: Rc::new(tree) })
    }

    /// Paths of whole top-level attributes, as indexes and AttributesToGet have them; a name given twice counts once.
    pub fn top_level<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<(Box<str>, Branch<()>)> =
            names.into_iter().map(|name| (name.into(), Branch::Leaf(()))).collect();
        sort::by(&mut names, |(a, _), (b, _)| a.cmp(b));
        names.dedup_by(|(a, _), (b, _)| a == b);
        Paths {
            tree: Rc::new(Branch::Names(names)),
        }
    }

    pub(super) fn of_tree(tree: Branch<()>) -> Self {
        Paths { tree: Rc::new(tree) }
    }

    /// Writes the `Attributes` form of what the paths keep of `item`. Elements of a list move together in their order; a
    /// path that leads nowhere keeps nothing.
    pub fn project(&self, item: Map<'_>, out: &mut Writer) {
        match &*self.tree {
            Branch::Names(children) => {
                let kept = kept_entries(item, children);
                write_entries(item, children, Tag::Attributes, kept, out);
            }
            Branch::Leaf(()) | Branch::Indexes(_) => {
                debug_assert!(false, "the paths of an item start with names");
                let open = out.open(Tag::Attributes, 0);
                out.close(open);
            }
        }
    }

    /// True when the paths keep something of `item`.
    pub fn keep_anything(&self, item: Map<'_>) -> bool {
        match &*self.tree {
            Branch::Names(children) => kept_entries(item, children) > 0,
            Branch::Leaf(()) | Branch::Indexes(_) => false,
        }
    }

    /// Top-level attributes that the paths start at, each once, in byte order.
    pub fn top_level_names(&self) -> impl Iterator<Item = &str> {
        self.tree.top_level_names()
    }

    /// The attributes that the paths go inside of, in byte order.
    pub fn entered_names(&self) -> impl Iterator<Item = &str> {
        self.tree.entered_names()
    }
}

type Names = [(Box<str>, Branch<()>)];
type Indexes = [(u32, Branch<()>)];

fn branch_of<'b>(children: &'b Names, name: &[u8]) -> Option<&'b Branch<()>> {
    let place = children
        .binary_search_by(|(known, _)| known.as_bytes().cmp(name))
        .ok()?;
    children.get(place).map(|(_, branch)| branch)
}

/// The elements of a list that branches lead to, with their branches.
fn elements_of<'l>(list: List<'l>, children: &'l Indexes) -> impl Iterator<Item = (ValueRef<'l>, &'l Branch<()>)> {
    let mut children = children.iter().peekable();
    (0u32..).zip(list.iter()).filter_map(move |(place, element)| {
        let (_, branch) = children.next_if(|(index, _)| *index == place)?;
        Some((element, branch))
    })
}

/// How many entries of a map the branches keep something of. The count stands in front of a map's entries, so they are
/// looked at before they are written.
fn kept_entries(map: Map<'_>, children: &Names) -> usize {
    map.iter()
        .filter(|(name, value)| branch_of(children, name).is_some_and(|branch| keeps(*value, branch)))
        .count()
}

fn kept_elements(list: List<'_>, children: &Indexes) -> usize {
    elements_of(list, children)
        .filter(|(element, branch)| keeps(*element, branch))
        .count()
}

fn keeps(value: ValueRef<'_>, branch: &Branch<()>) -> bool {
    match (branch, value.view()) {
        (Branch::Leaf(()), _) => true,
        (Branch::Names(children), Ok(View::M(map))) => kept_entries(map, children) > 0,
        (Branch::Indexes(children), Ok(View::L(list))) => kept_elements(list, children) > 0,
        (Branch::Names(_) | Branch::Indexes(_), _) => false,
    }
}

fn write_entries(map: Map<'_>, children: &Names, tag: Tag, kept: usize, out: &mut Writer) {
    let open = out.open(tag, kept);
    for (name, value) in map.iter() {
        if let Some(branch) = branch_of(children, name)
            && keeps(value, branch)
        {
            out.text(name);
            write_kept(value, branch, out);
        }
    }
    out.close(open);
}

/// Writes what a branch keeps of a value that it keeps something of.
fn write_kept(value: ValueRef<'_>, branch: &Branch<()>, out: &mut Writer) {
    match (branch, value.view()) {
        (Branch::Names(children), Ok(View::M(map))) => {
            let kept = kept_entries(map, children);
            write_entries(map, children, Tag::M, kept, out);
        }
        (Branch::Indexes(children), Ok(View::L(list))) => {
            let open = out.open(Tag::L, kept_elements(list, children));
            for (element, branch) in elements_of(list, children) {
                if keeps(element, branch) {
                    write_kept(element, branch, out);
                }
            }
            out.close(open);
        }
        (Branch::Leaf(()), _) | (Branch::Names(_) | Branch::Indexes(_), _) => out.copy(value),
    }
}

#[cfg(test)]
#[path = "projection_tests.rs"]
mod tests;
