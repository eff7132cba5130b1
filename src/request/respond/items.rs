//! The items that reads came to: all of them, or some where others were throttled.

use crate::error::Error;
use crate::value::Item;
use std::slice::Iter;

/// What came of each read, in order.
#[derive(Clone)]
pub(super) enum Items<'a> {
    /// None was throttled.
    All(Iter<'a, Option<Item>>),
    /// Some were.
    Some(Iter<'a, Result<Option<Item>, Error>>),
}

impl<'a> Items<'a> {
    /// The error of the first read, if every one was throttled.
    pub fn refusal(&self) -> Option<&'a Error> {
        match self {
            Items::All(_) => None,
            Items::Some(items) if items.clone().all(Result::is_err) => {
                items.clone().find_map(|item| item.as_ref().err())
            }
            Items::Some(_) => None,
        }
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Result<Option<&'a Item>, &'a Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Items::All(items) => items.next().map(|item| Ok(item.as_ref())),
            Items::Some(items) => items.next().map(|item| item.as_ref().map(Option::as_ref)),
        }
    }
}
