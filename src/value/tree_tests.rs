//! Trees go to bytes and back unchanged.

use super::super::arbitrary;
use super::*;
use proptest::prelude::*;

#[test]
fn attributes_keep_their_order_and_have_each_name_once() {
    let mut attributes = Attributes::new();
    assert_eq!(attributes.insert("b", AttributeValue::Null), None);
    assert_eq!(attributes.insert("a", AttributeValue::Bool(true)), None);
    assert_eq!(
        attributes.insert("b", AttributeValue::Bool(false)),
        Some(AttributeValue::Null)
    );
    assert_eq!(attributes.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(attributes.remove("b"), Some(AttributeValue::Bool(false)));
    assert_eq!(attributes.remove("b"), None);
    assert_eq!(attributes.len(), 1);
}

#[test]
fn sets_are_written_ascending() {
    let put_together = AttributeValue::Ns(vec![b"10".to_vec(), b"-1".to_vec(), b"9".to_vec()]);
    let ascending = AttributeValue::Ns(vec![b"-1".to_vec(), b"9".to_vec(), b"10".to_vec()]);
    assert_eq!(put_together.to_flat(), ascending.to_flat());
    assert_eq!(put_together, ascending);
}

#[test]
fn a_tree_has_a_bounded_depth() {
    let nested = |levels: usize| (0..levels).fold(AttributeValue::Null, |inner, _| AttributeValue::L(vec![inner]));
    let deepest = nested(TREE_LEVELS_MAX - 1).to_flat();
    assert!(AttributeValue::from_flat(ValueRef::trusted(&deepest)).is_ok());
    let deeper = nested(TREE_LEVELS_MAX).to_flat();
    assert_eq!(AttributeValue::from_flat(ValueRef::trusted(&deeper)), Err(Malformed));
}

proptest! {
    #[test]
    fn bytes_to_tree_and_back_are_the_same_bytes(value in arbitrary::value()) {
        let bytes = value.to_flat();
        let read = AttributeValue::from_flat(ValueRef::read(&bytes).unwrap()).unwrap();
        prop_assert_eq!(read.to_flat(), bytes);
        prop_assert_eq!(read, value);
    }
}
