//! ClientRequestToken: what makes a transaction that is sent again the same transaction.

use super::Operation;
use crate::value::flat::Map;
use xxhash_rust::xxh3::xxh3_128;

/// What a token is compared by: a digest of the content it came with. Two contents that differ have different digests but for
/// one pair in 2^64 of them; nobody gains anything by making such a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentDigest(pub [u8; 16]);

impl ContentDigest {
    /// The digest of one member of a request's tree: the member that says what is to be done. What the answer is to show is not
    /// part of the content.
    pub fn of(tree: &[u8], member: &str) -> Self {
        let members = Map::read(tree).ok();
        let value = members.and_then(|members| members.get(member.as_bytes()));
        ContentDigest(xxh3_128(value.map_or(&[][..], |value| value.bytes())).to_be_bytes())
    }
}

/// A token and the content it came with. Every operation has tokens of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The operation.
    pub operation: Operation,
    /// The token as sent.
    pub text: String,
    /// What it came with.
    pub content: ContentDigest,
}
