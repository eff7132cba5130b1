//! Sorting, with the algorithm once in the module.
//!
//! `std`'s sorts are compiled anew for every type and every order they are used with, each time some four kilobytes of wasm; what
//! the core sorts is short or rare. Here one sort arranges places, whatever stands at them, and the only code that is made for
//! each type moves elements to where they belong. All sorts are stable. `tests/tidy.rs` keeps `std`'s out.

use std::cmp::Ordering;

/// Sorts by the elements' own order.
pub fn ascending<T: Ord>(elements: &mut [T]) {
    by(elements, T::cmp);
}

/// Sorts by a key of each element.
pub fn by_key<T, K: Ord>(elements: &mut [T], key: impl Fn(&T) -> K) {
    by(elements, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by an order of one's own. O(n log n) comparisons, n of what is sorted already.
pub fn by<T>(elements: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if elements.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let order = arranged(elements.len(), &|a, b| match (elements.get(a), elements.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        (None, _) | (_, None) => Ordering::Equal,
    });
    arrange(elements, order);
}

/// The places from 0 up to `count`, in the order of what stands at them.
fn arranged(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Moves elements so that the n-th is the one that stood at the n-th of `order`, along each cycle of the permutation.
fn arrange<T>(elements: &mut [T], mut order: Vec<usize>) {
    debug_assert_eq!(elements.len(), order.len(), "every element has a place");
    for start in 0..elements.len() {
        let mut at = start;
        while let Some(place) = order.get_mut(at) {
            let from = std::mem::replace(place, at);
            if from == start {
                break;
            }
            elements.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does_equals_in_their_old_order(
            numbers in proptest::collection::vec(0u8..20, 0..200)
        ) {
            let mut sorted: Vec<(u8, usize)> = numbers.into_iter().zip(0..).collect();
            let mut expected = sorted.clone();
            expected.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
            by_key(&mut sorted, |(number, _)| std::cmp::Reverse(*number));
            prop_assert_eq!(&sorted, &expected);
            ascending(&mut sorted);
            expected.sort();
            prop_assert_eq!(sorted, expected);
        }
    }

    #[test]
    fn elements_that_cannot_be_copied_are_moved() {
        let mut words = ["pear", "fig", "apple", "date"].map(String::from);
        by(&mut words, |a, b| a.len().cmp(&b.len()));
        assert_eq!(words, ["fig", "pear", "date", "apple"]);
    }
}
