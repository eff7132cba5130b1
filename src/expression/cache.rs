//! Parsed expressions by text, bounded.

use super::{ConditionAst, ExpressionFault, ProjectionAst, UpdateAst};
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_64;

/// Expressions that each kind of cache keeps.
const ENTRIES_MAX: usize = 256;

/// Entries that share one place: a text is looked for among them, and they give way to each other.
const WAYS: usize = 4;

/// Keeps what was parsed last, so that the same text is not parsed for every request. What it holds never changes an answer:
/// faults are not kept, and an expression is found by its whole text.
#[derive(Debug, Default)]
pub struct ExpressionCache {
    conditions: Cache<ConditionAst>,
    projections: Cache<ProjectionAst>,
    updates: Cache<UpdateAst>,
}

impl ExpressionCache {
    /// An empty cache.
    pub fn new() -> Self {
        ExpressionCache::default()
    }

    /// The AST of a ConditionExpression, FilterExpression or KeyConditionExpression. Fails as [`ConditionAst::parse`] does.
    pub fn condition(&mut self, text: &str) -> Result<Rc<ConditionAst>, ExpressionFault> {
        self.conditions.get(text, ConditionAst::parse)
    }

    /// The AST of a ProjectionExpression. Fails as [`ProjectionAst::parse`] does.
    pub fn projection(&mut self, text: &str) -> Result<Rc<ProjectionAst>, ExpressionFault> {
        self.projections.get(text, ProjectionAst::parse)
    }

    /// The AST of an UpdateExpression. Fails as [`UpdateAst::parse`] does.
    pub fn update(&mut self, text: &str) -> Result<Rc<UpdateAst>, ExpressionFault> {
        self.updates.get(text, UpdateAst::parse)
    }
}

/// A cache whose entries live in sets of [`WAYS`], chosen by a hash that is the same in every run. Within a set the latest
/// used is first and the last falls out.
#[derive(Debug)]
struct Cache<T> {
    sets: Vec<Vec<(Box<str>, Rc<T>)>>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Cache {
            sets: (0..ENTRIES_MAX / WAYS).map(|_| Vec::new()).collect(),
        }
    }
}

impl<T> Cache<T> {
    fn get(
        &mut self,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, ExpressionFault>,
    ) -> Result<Rc<T>, ExpressionFault> {
        let place = xxh3_64(text.as_bytes()) as usize % (ENTRIES_MAX / WAYS);
        let Some(set) = self.sets.get_mut(place) else {
            debug_assert!(false, "there is a set for each place");
            return parse(text).map(Rc::new);
        };
        match set.iter().position(|(known, _)| **known == *text) {
            Some(0) => {}
            Some(found) => {
                if let Some(recent) = set.get_mut(..=found) {
                    recent.rotate_right(1);
                }
            }
            None => {
                let parsed = Rc::new(parse(text)?);
                set.truncate(WAYS - 1);
                set.insert(0, (text.into(), parsed));
            }
        }
        match set.first() {
            Some((_, parsed)) => Ok(Rc::clone(parsed)),
            None => {
                debug_assert!(false, "the text was found or put there");
                Err(ExpressionFault::Empty)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_parsed_once() {
        let mut cache = ExpressionCache::new();
        let first = cache.condition("a = :a").unwrap();
        assert!(Rc::ptr_eq(&first, &cache.condition("a = :a").unwrap()));
        assert!(!Rc::ptr_eq(&first, &cache.condition("a  = :a").unwrap()));
        assert_eq!(cache.condition("").unwrap_err(), ExpressionFault::Empty);
        assert_eq!(
            cache.update("a = :a").unwrap_err(),
            UpdateAst::parse("a = :a").unwrap_err()
        );
    }

    #[test]
    fn it_stays_within_its_bound_and_keeps_what_is_used() {
        let mut cache = ExpressionCache::new();
        let kept = cache.projection("kept").unwrap();
        for number in 0..10_000 {
            cache.projection(&format!("a{number}")).unwrap();
            assert!(Rc::ptr_eq(&kept, &cache.projection("kept").unwrap()));
        }
        let entries: usize = cache.projections.sets.iter().map(Vec::len).sum();
        assert_eq!(entries, ENTRIES_MAX);
    }
}
