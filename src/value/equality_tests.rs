//! Equality that sees content and not order.

use super::super::arbitrary;
use super::super::{AttributeValue, Attributes};
use super::*;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> ValueRef<'_> {
    ValueRef::read(bytes).unwrap()
}

/// The same value with every map's entries the other way round.
fn reversed(value: &AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::L(elements) => AttributeValue::L(elements.iter().map(reversed).collect()),
        AttributeValue::M(attributes) => {
            let entries: Vec<_> = attributes.iter().collect();
            let mut other = Attributes::new();
            for (name, value) in entries.into_iter().rev() {
                other.insert(name, reversed(value));
            }
            AttributeValue::M(other)
        }
        AttributeValue::Null
        | AttributeValue::Bool(_)
        | AttributeValue::S(_)
        | AttributeValue::N(_)
        | AttributeValue::B(_)
        | AttributeValue::Ss(_)
        | AttributeValue::Ns(_)
        | AttributeValue::Bs(_) => value.clone(),
    }
}

#[test]
fn maps_differ_in_a_name_a_value_or_a_count() {
    for count in [1usize, 3, 40] {
        let map = |rename: Option<usize>, change: Option<usize>, entries: usize| {
            let mut attributes = Attributes::new();
            for number in 0..entries {
                let name = if rename == Some(number) {
                    "other".to_owned()
                } else {
                    format!("n{number}")
                };
                attributes.insert(&name, AttributeValue::Bool(change == Some(number)));
            }
            AttributeValue::M(attributes)
        };
        let base = map(None, None, count);
        assert_eq!(base, reversed(&base));
        assert_ne!(base, reversed(&map(Some(0), None, count)));
        assert_ne!(base, map(Some(count - 1), None, count));
        assert_ne!(base, reversed(&map(None, Some(0), count)));
        assert_ne!(base, map(None, Some(count - 1), count));
        assert_ne!(base, map(None, None, count + 1));
    }
}

#[test]
fn only_scalars_of_one_type_have_an_order() {
    let s = |text: &str| AttributeValue::S(text.to_owned()).to_flat();
    let n = |text: &str| AttributeValue::N(text.into()).to_flat();
    assert_eq!(compare(read(&s("a")), read(&s("b"))), Some(Ordering::Less));
    assert_eq!(compare(read(&n("10")), read(&n("9"))), Some(Ordering::Greater));
    assert_eq!(compare(read(&n("10")), read(&s("9"))), None);
    let list = AttributeValue::L(vec![]).to_flat();
    assert_eq!(compare(read(&list), read(&list)), None);
}

proptest! {
    #[test]
    fn order_of_entries_is_not_seen(value in arbitrary::value()) {
        let (bytes, other) = (value.to_flat(), reversed(&value).to_flat());
        prop_assert!(equal(read(&bytes), read(&other)));
        prop_assert!(equal(read(&other), read(&bytes)));
    }

    #[test]
    fn different_values_are_not_equal(a in arbitrary::value(), b in arbitrary::value()) {
        // Debug output of both in one entry order tells values apart without the code under test.
        let spelled = |value: &AttributeValue| format!("{value:?}");
        let same = spelled(&a) == spelled(&b) || spelled(&a) == spelled(&reversed(&b));
        let (a, b) = (a.to_flat(), b.to_flat());
        prop_assert!(!same || equal(read(&a), read(&b)));
        prop_assert_eq!(equal(read(&a), read(&b)), equal(read(&b), read(&a)));
    }
}
