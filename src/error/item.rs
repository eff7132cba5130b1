//! What can be wrong about items, keys and the parameters of calls on them, with AWS's sentences.

use std::fmt;

/// A fault about items, keys and the parameters of calls on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemFault {}

impl fmt::Display for ItemFault {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}
