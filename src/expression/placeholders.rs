//! ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions have used.

use super::fault::{PlaceholderFault, ValuesFault};
use crate::value::Layer;
use crate::value::admit::AdmittedValue;
use crate::value::flat::Map;

/// What `#name` and `:value` stand for in the expressions of one request. Binding an expression marks what it uses.
#[derive(Clone, Debug, Default)]
pub struct Placeholders<'a> {
    names: Vec<(&'a str, &'a str, bool)>,
    values: Vec<(&'a str, AdmittedValue<'a>, bool)>,
}

impl<'a> Placeholders<'a> {
    /// No names and no values.
    pub fn none() -> Self {
        Placeholders::default()
    }

    /// Takes ExpressionAttributeNames: a map of strings, as the request carries it.
    ///
    /// # Errors
    /// A map without entries, a key that is not `#` and a name, an empty attribute name.
    pub fn read_names(&mut self, _names: Map<'a>) -> Result<(), PlaceholderFault> {
        todo!()
    }

    /// Takes and admits ExpressionAttributeValues, as the request carries them.
    ///
    /// # Errors
    /// A map without entries, a key that is not `:` and a name, a value that is refused.
    pub fn read_values(&mut self, _values: Map<'a>, _layer: Layer) -> Result<(), ValuesFault> {
        todo!()
    }

    /// Refuses names, then values, that no expression bound so far has used.
    pub fn check_all_used(&self) -> Result<(), PlaceholderFault> {
        todo!()
    }
}
