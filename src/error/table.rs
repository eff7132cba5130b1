//! What can be wrong about a table's definition or a change to it, with AWS's sentences.

use std::fmt;

/// A fault about a table's definition or a change to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {}

impl fmt::Display for TableFault {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}
