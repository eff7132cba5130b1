//! The score of one vector against the one that is searched for.
//!
//! Sums run over four lanes, which elements take in turn; the lanes are added in pairs at the end, then the elements behind
//! the last four, one by one. In wasm the lanes are two registers of `simd128`, natively they are an array: the additions are
//! the same ones in the same order, so the bits are the same.

use super::{Distance, ELEMENT_BYTES};
use crate::value::flat::ValueRef;
use serde::Serialize;

/// Elements that are added at a time.
const LANES: usize = 4;

/// The elements of a vector that is searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchVector(Vec<f32>);

impl SearchVector {
    /// Reads a search vector; `None` if one of its values is no number that 32 bits can hold.
    pub fn read<'v>(values: impl Iterator<Item = ValueRef<'v>>) -> Option<Self> {
        values.map(super::single).collect::<Option<_>>().map(SearchVector)
    }
    /// The number of its elements.
    pub fn dimensions(&self) -> usize {
        self.0.len()
    }
}

/// A score as callers see it: rounded to 32 bits, within what they can hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Score(f32);

impl Score {
    /// Rounds a score. There is one zero.
    pub(super) fn new(exact: f64) -> Self {
        Score((exact as f32).clamp(f32::MIN, f32::MAX) + 0.0)
    }
}

/// A vector that is searched for, ready to be measured from.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    distance: Distance,
    elements: Vec<f64>,
    /// The sum of the elements' squares.
    square: f64,
}

impl Query {
    /// Makes ready to measure the distance from `vector`.
    pub fn new(distance: Distance, vector: &SearchVector) -> Query {
        let stored: Vec<u8> = vector.0.iter().flat_map(|element| element.to_le_bytes()).collect();
        let elements: Vec<f64> = vector.0.iter().copied().map(f64::from).collect();
        let Products { square, .. } = products(&elements, &stored);
        Query {
            distance,
            elements,
            square,
        }
    }

    /// True if a vector of the first score is nearer than one of the second.
    pub fn is_nearer(&self, one: f64, other: f64) -> bool {
        match self.distance {
            Distance::Cosine | Distance::Euclidean => one < other,
            Distance::DotProduct => one > other,
        }
    }

    /// The score of a stored vector of as many elements: never NaN.
    pub fn score(&self, stored: &[u8]) -> f64 {
        debug_assert_eq!(
            stored.len(),
            self.elements.len() * ELEMENT_BYTES,
            "an index has vectors of one length"
        );
        match self.distance {
            Distance::DotProduct => products(&self.elements, stored).product,
            Distance::Euclidean => difference(&self.elements, stored).sqrt(),
            Distance::Cosine => {
                let Products { product, square } = products(&self.elements, stored);
                // One root of the product: exact for equal vectors, and no vector of 32-bit floats is too long or too short.
                let lengths = (self.square * square).sqrt();
                if lengths == 0.0 {
                    return 1.0;
                }
                (1.0 - product / lengths).clamp(0.0, 2.0)
            }
        }
    }
}

/// What the products of two vectors' elements sum up to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Products {
    /// Of one vector with the other.
    product: f64,
    /// Of the stored one with itself.
    square: f64,
}

/// The sum of `term` over the elements behind the last four.
fn rest(elements: &[f64], stored: &[u8], term: impl Fn(f64, f64) -> f64) -> f64 {
    let (_, elements) = elements.as_chunks::<LANES>();
    let (_, stored) = stored.as_chunks::<{ LANES * ELEMENT_BYTES }>();
    let (stored, _) = stored.as_chunks::<ELEMENT_BYTES>();
    let stored = stored.iter().map(|bytes| f64::from(f32::from_le_bytes(*bytes)));
    elements.iter().zip(stored).fold(0.0, |sum, (a, b)| sum + term(*a, b))
}

fn products(elements: &[f64], stored: &[u8]) -> Products {
    let Products { product, square } = lanes::products(elements, stored);
    Products {
        product: product + rest(elements, stored, |a, b| a * b),
        square: square + rest(elements, stored, |_, b| b * b),
    }
}

/// The sum of the squares of the differences.
fn difference(elements: &[f64], stored: &[u8]) -> f64 {
    lanes::difference(elements, stored) + rest(elements, stored, |a, b| (a - b) * (a - b))
}

#[cfg(target_arch = "wasm32")]
mod lanes {
    use super::{ELEMENT_BYTES, LANES, Products};
    use core::arch::wasm32::{
        f64x2, f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_promote_low_f32x4, f64x2_splat, f64x2_sub, u64x2,
        u64x2_shuffle, v128,
    };

    type Elements = [f64; LANES];
    type Stored = [u8; LANES * ELEMENT_BYTES];

    /// Four elements in two registers.
    #[target_feature(enable = "simd128")]
    fn elements([a, b, c, d]: &Elements) -> [v128; 2] {
        [f64x2(*a, *b), f64x2(*c, *d)]
    }

    /// Four stored elements in two registers.
    #[target_feature(enable = "simd128")]
    fn stored(bytes: &Stored) -> [v128; 2] {
        let bits = u128::from_le_bytes(*bytes);
        let four = u64x2(bits as u64, (bits >> 64) as u64);
        let behind = u64x2_shuffle::<1, 1>(four, four);
        [f64x2_promote_low_f32x4(four), f64x2_promote_low_f32x4(behind)]
    }

    #[target_feature(enable = "simd128")]
    fn sum([low, high]: [v128; 2]) -> f64 {
        (f64x2_extract_lane::<0>(low) + f64x2_extract_lane::<1>(low))
            + (f64x2_extract_lane::<0>(high) + f64x2_extract_lane::<1>(high))
    }

    #[target_feature(enable = "simd128")]
    pub(super) fn products(query: &[f64], vector: &[u8]) -> Products {
        let (query, _) = query.as_chunks::<LANES>();
        let (vector, _) = vector.as_chunks::<{ LANES * ELEMENT_BYTES }>();
        let zeros = [f64x2_splat(0.0); 2];
        let (mut product, mut square) = (zeros, zeros);
        for (query, vector) in query.iter().zip(vector) {
            let ([a0, a1], [b0, b1]) = (elements(query), stored(vector));
            let [p0, p1] = product;
            product = [f64x2_add(p0, f64x2_mul(a0, b0)), f64x2_add(p1, f64x2_mul(a1, b1))];
            let [s0, s1] = square;
            square = [f64x2_add(s0, f64x2_mul(b0, b0)), f64x2_add(s1, f64x2_mul(b1, b1))];
        }
        Products {
            product: sum(product),
            square: sum(square),
        }
    }

    #[target_feature(enable = "simd128")]
    pub(super) fn difference(query: &[f64], vector: &[u8]) -> f64 {
        let (query, _) = query.as_chunks::<LANES>();
        let (vector, _) = vector.as_chunks::<{ LANES * ELEMENT_BYTES }>();
        let mut squares = [f64x2_splat(0.0); 2];
        for (query, vector) in query.iter().zip(vector) {
            let ([a0, a1], [b0, b1]) = (elements(query), stored(vector));
            let (d0, d1) = (f64x2_sub(a0, b0), f64x2_sub(a1, b1));
            let [s0, s1] = squares;
            squares = [f64x2_add(s0, f64x2_mul(d0, d0)), f64x2_add(s1, f64x2_mul(d1, d1))];
        }
        sum(squares)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod lanes {
    use super::{ELEMENT_BYTES, LANES, Products};

    /// The sum of `term` over fours of elements, lane by lane.
    fn sum(query: &[f64], vector: &[u8], term: impl Fn(f64, f64) -> f64) -> f64 {
        let (query, _) = query.as_chunks::<LANES>();
        let (vector, _) = vector.as_chunks::<{ LANES * ELEMENT_BYTES }>();
        let mut lanes = [0.0; LANES];
        for (query, vector) in query.iter().zip(vector) {
            let (vector, _) = vector.as_chunks::<ELEMENT_BYTES>();
            for ((lane, a), b) in lanes.iter_mut().zip(query).zip(vector) {
                *lane += term(*a, f64::from(f32::from_le_bytes(*b)));
            }
        }
        let [a, b, c, d] = lanes;
        (a + b) + (c + d)
    }

    pub(super) fn products(query: &[f64], vector: &[u8]) -> Products {
        Products {
            product: sum(query, vector, |a, b| a * b),
            square: sum(query, vector, |_, b| b * b),
        }
    }

    pub(super) fn difference(query: &[f64], vector: &[u8]) -> f64 {
        sum(query, vector, |a, b| (a - b) * (a - b))
    }
}
