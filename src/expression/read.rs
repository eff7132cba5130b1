//! Reading an item at a path, from its flat bytes.

use super::ast::{Element, Path};
use super::bind::Bindings;
use crate::value::flat::{Map, ValueRef, View};

/// What `item` has at a path.
pub(super) fn at<'i>(item: Map<'i>, path: &Path, bindings: &Bindings) -> Option<ValueRef<'i>> {
    let (first, rest) = path.0.split_first()?;
    let mut value = match first {
        Element::Name(name) => item.get(bindings.name(*name))?,
        Element::Index(_) => return None,
    };
    for element in rest {
        value = match (element, value.view().ok()?) {
            (Element::Name(name), View::M(map)) => map.get(bindings.name(*name))?,
            (Element::Index(index), View::L(list)) => list.get(usize::try_from(*index).ok()?)?,
            (Element::Name(_) | Element::Index(_), _) => return None,
        };
    }
    Some(value)
}
