use super::*;
use crate::value::Item;
use crate::value::flat::Cursor;
use proptest::prelude::*;

fn bytes_of(elements: &[f32]) -> Vec<u8> {
    elements.iter().flat_map(|element| element.to_le_bytes()).collect()
}

/// A list of numbers as texts, flat.
fn list(texts: &[&str]) -> Vec<u8> {
    let mut writer = Writer::new();
    let open = writer.open(Tag::L, texts.len());
    for text in texts {
        writer.scalar(Tag::N, text.as_bytes());
    }
    writer.close(open);
    writer.into_bytes()
}

fn texts_of(bytes: &[u8]) -> Vec<String> {
    let mut writer = Writer::new();
    write(bytes, &mut writer);
    let Ok(View::L(list)) = ValueRef::read(writer.bytes()).unwrap().view() else {
        panic!("a vector is a list");
    };
    list.iter()
        .map(|element| match element.view() {
            Ok(View::N(text)) => String::from_utf8(text.to_vec()).unwrap(),
            other => panic!("{other:?} is no number"),
        })
        .collect()
}

fn query(distance: Distance, elements: &[f32]) -> Query {
    let texts: Vec<String> = elements.iter().map(f32::to_string).collect();
    let flat = list(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut cursor = Cursor::new(&flat);
    let Ok(View::L(values)) = cursor.value().unwrap().view() else {
        panic!("a list is a list");
    };
    Query::new(distance, &SearchVector::read(values.iter()).unwrap())
}

fn score(distance: Distance, a: &[f32], b: &[f32]) -> f64 {
    query(distance, a).score(&bytes_of(b))
}

#[test]
fn elements_are_rounded_to_32_bits_and_come_back_as_their_shortest_decimal() {
    let flat = list(&[
        "1",
        "0.1",
        "16777217",
        "-0.5",
        "340282346638528859811704183484516925440",
        "0",
    ]);
    let bytes = read(ValueRef::read(&flat).unwrap(), 6).unwrap();
    assert_eq!(bytes, bytes_of(&[1.0, 0.1, 16_777_216.0, -0.5, f32::MAX, 0.0]));
    assert_eq!(
        texts_of(&bytes),
        [
            "1",
            "0.1",
            "16777216",
            "-0.5",
            "340282350000000000000000000000000000000",
            "0"
        ]
    );
    assert_eq!(texts_of(&bytes_of(&[-0.0])), ["0"]);
}

#[test]
fn what_is_no_vector_of_the_dimensions_is_told_apart() {
    let fault = |flat: &[u8], dimensions| read(ValueRef::read(flat).unwrap(), dimensions).unwrap_err();
    assert_eq!(fault(&list(&["1", "2"]), 3), VectorFault::Dimensions { actual: 2 });
    assert_eq!(fault(&list(&["1", "4E+38"]), 2), VectorFault::Element { at: 1 });
    let mut text = Writer::new();
    text.scalar(Tag::S, b"1");
    assert_eq!(fault(text.bytes(), 1), VectorFault::NotList);
}

#[test]
fn scores_of_plain_vectors_are_exact() {
    use Distance::{Cosine, DotProduct, Euclidean};
    assert_eq!(score(Euclidean, &[0.0, 0.0], &[3.0, 4.0]), 5.0);
    assert_eq!(
        score(DotProduct, &[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 1.0, -1.0, 0.0, 2.0]),
        10.0
    );
    assert_eq!(score(Cosine, &[1.0, 0.0], &[0.0, 7.0]), 1.0);
    assert_eq!(score(Cosine, &[1.0, 0.0], &[-2.0, 0.0]), 2.0);
    assert_eq!(score(Cosine, &[0.0, 0.0], &[1.0, 0.0]), 1.0, "zeros have no direction");
    let odd = [0.1, -0.7, 0.33, 0.02, 12.5, -3.75, 0.9];
    assert_eq!(score(Cosine, &odd, &odd), 0.0);
    assert_eq!(score(Cosine, &[f32::MAX; 5], &[f32::MAX; 5]), 0.0, "nothing overflows");
    assert_eq!(
        score(Cosine, &[f32::from_bits(1)], &[f32::from_bits(1)]),
        0.0,
        "nothing vanishes"
    );
}

fn item(at: u32) -> Item {
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, 1);
    writer.text(b"at");
    writer.scalar(Tag::N, at.to_string().as_bytes());
    writer.close(open);
    Item::from_admitted(writer.bytes())
}

fn at_of(item: &Item) -> u32 {
    match item.get(b"at").unwrap().view() {
        Ok(View::N(text)) => std::str::from_utf8(text).unwrap().parse().unwrap(),
        other => panic!("{other:?} is no number"),
    }
}

fn distances() -> impl Strategy<Value = Distance> {
    prop_oneof![
        Just(Distance::Cosine),
        Just(Distance::Euclidean),
        Just(Distance::DotProduct)
    ]
}

/// Few values, so that scores are often equal.
fn element() -> impl Strategy<Value = f32> {
    prop_oneof![3 => (-3i8..=3).prop_map(f32::from), 1 => -1.0f32..1.0]
}

/// The same score by the textbook.
fn oracle(distance: Distance, a: &[f32], b: &[f32]) -> f64 {
    let pairs = || a.iter().zip(b).map(|(a, b)| (f64::from(*a), f64::from(*b)));
    let dot: f64 = pairs().map(|(a, b)| a * b).sum();
    match distance {
        Distance::DotProduct => dot,
        Distance::Euclidean => pairs().map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt(),
        Distance::Cosine => {
            let lengths =
                pairs().map(|(a, _)| a * a).sum::<f64>().sqrt() * pairs().map(|(_, b)| b * b).sum::<f64>().sqrt();
            if lengths == 0.0 { 1.0 } else { 1.0 - dot / lengths }
        }
    }
}

proptest! {
    #[test]
    fn a_score_is_the_textbooks(
        distance in distances(),
        pairs in prop::collection::vec((-1e3f32..1e3, -1e3f32..1e3), 1..70),
    ) {
        let (a, b): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
        let (score, expected) = (score(distance, &a, &b), oracle(distance, &a, &b));
        prop_assert!((score - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{score} is not {expected}");
    }

    #[test]
    fn the_nearest_are_those_that_sorting_all_of_them_finds(
        distance in distances(),
        searched in prop::collection::vec(element(), 3),
        vectors in prop::collection::vec(prop::collection::vec(element(), 3), 0..60),
        most in 1usize..20,
        turn in 0usize..60,
    ) {
        let query = query(distance, &searched);
        let mut offers: Vec<(u32, f64)> = (0u32..)
            .zip(&vectors)
            .map(|(at, vector)| (at, query.score(&bytes_of(vector))))
            .collect();
        let mut expected = offers.clone();
        expected.sort_by(|(a, one), (b, other)| {
            let order = match distance {
                Distance::DotProduct => other.total_cmp(one),
                Distance::Cosine | Distance::Euclidean => one.total_cmp(other),
            };
            order.then(a.cmp(b))
        });
        if !offers.is_empty() {
            let by = turn % offers.len();
            offers.rotate_left(by);
        }
        let mut nearest = Nearest::default();
        for (at, score) in offers {
            nearest.offer(&query, most, score + 0.0, &at.to_be_bytes(), &item(at));
        }
        let found: Vec<u32> = nearest.into_sorted(&query).iter().map(|(_, item)| at_of(item)).collect();
        let expected: Vec<u32> = expected.iter().take(most).map(|(at, _)| *at).collect();
        prop_assert_eq!(found, expected);
    }
}
