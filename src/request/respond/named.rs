//! Something for each table of a request, in the order in which the request names them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::rc::Rc;

/// Something for each table, by the name that the caller gave it.
pub(super) struct Named<T>(pub Vec<(Rc<str>, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named(Vec::new())
    }
}

impl<T> Named<T> {
    /// True for no table.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &T)> {
        self.0.iter().map(|(name, entry)| (name, entry))
    }
    /// Something else for the same tables.
    pub fn map<'a, U>(&'a self, change: impl Fn(&'a T) -> U) -> Named<U> {
        Named(
            self.0
                .iter()
                .map(|(name, entry)| (name.clone(), change(entry)))
                .collect(),
        )
    }
}

impl<T: Default> Named<T> {
    /// Changes the entry of a table, which is made if it is the first.
    pub fn update(&mut self, name: &Rc<str>, change: impl FnOnce(&mut T)) {
        // What concerns one table mostly stands together.
        match self.0.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, entry)) => change(entry),
            None => {
                let mut entry = T::default();
                change(&mut entry);
                self.0.push((name.clone(), entry));
            }
        }
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(&**name, value)?;
        }
        map.end()
    }
}
