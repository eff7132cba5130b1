//! Comparing bytes eight at a time.
//!
//! `core` compares slices by `memcmp`, which on wasm is a call and a loop over single bytes: of a put it was a twentieth. What is
//! compared on every request (keys, names) goes through here.

use std::cmp::Ordering;

/// The order of two runs of bytes.
#[inline]
pub fn compare(one: &[u8], two: &[u8]) -> Ordering {
    let (words, _) = one.as_chunks::<8>();
    let (others, _) = two.as_chunks::<8>();
    for (word, other) in words.iter().zip(others) {
        let order = u64::from_be_bytes(*word).cmp(&u64::from_be_bytes(*other));
        if order.is_ne() {
            return order;
        }
    }
    let compared = words.len().min(others.len()) * 8;
    rest(one, compared).iter().cmp(rest(two, compared))
}

fn rest(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or_default()
}

/// Whether two runs of bytes are the same.
#[inline(always)]
pub fn equal(one: &[u8], two: &[u8]) -> bool {
    one.len() == two.len() && same(one, two)
}

/// The same of two runs that are equally long. The last bytes are compared twice where they do not fill a word.
#[inline]
fn same(one: &[u8], two: &[u8]) -> bool {
    debug_assert_eq!(one.len(), two.len(), "lengths are told apart before");
    if let (Some(last), Some(other)) = (one.last_chunk::<8>(), two.last_chunk::<8>()) {
        let (words, _) = one.as_chunks::<8>();
        let (others, _) = two.as_chunks::<8>();
        last == other && words.iter().zip(others).all(|(word, other)| word == other)
    } else if let (Some(last), Some(other)) = (one.last_chunk::<4>(), two.last_chunk::<4>()) {
        last == other && one.first_chunk::<4>() == two.first_chunk::<4>()
    } else {
        one.iter().eq(two)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Few different bytes, so that much is alike.
    fn bytes(count_max: usize) -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(0u8..3, 0..count_max)
    }

    proptest! {
        #[test]
        fn runs_compare_as_slices_do(start in bytes(20), one in bytes(12), two in bytes(12)) {
            let (one, two) = ([start.clone(), one].concat(), [start, two].concat());
            prop_assert_eq!(compare(&one, &two), one.cmp(&two));
            prop_assert_eq!(equal(&one, &two), one == two);
            prop_assert!(equal(&one, &one.clone()));
        }

        #[test]
        fn one_other_byte_is_seen_wherever_it_is(one in proptest::collection::vec(any::<u8>(), 1..40), at in any::<prop::sample::Index>()) {
            let mut two = one.clone();
            if let Some(byte) = two.get_mut(at.index(one.len())) {
                *byte ^= 1;
            }
            prop_assert!(!equal(&one, &two));
            prop_assert_eq!(compare(&one, &two), one.cmp(&two));
        }
    }
}
