//! NextToken: where a SELECT goes on.
//!
//! A token is opaque to its holder. It holds the key of the last row that was evaluated, a digest of the statement with its
//! parameters that it belongs to, and a checksum over both: whatever is not such a token is told from one of another statement.

use crate::partiql::StatementFault;
use crate::value::Item;
use crate::value::Layer;
use crate::value::admit::{AdmittedKey, admit_key};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The layout of tokens.
const VERSION: u8 = 1;
const DIGEST_BYTES: usize = 16;
const CHECKSUM_BYTES: usize = 8;

/// What a statement with its parameters is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementDigest([u8; DIGEST_BYTES]);

impl StatementDigest {
    /// The digest of a statement's text and the bytes of its parameters.
    pub fn of(statement: &str, parameters: &[&[u8]]) -> Self {
        let mut bytes = statement.as_bytes().to_vec();
        for parameter in parameters {
            // No text has this byte, and lengths keep parameters apart.
            bytes.push(0xff);
            bytes.extend_from_slice(&(parameter.len() as u64).to_be_bytes());
            bytes.extend_from_slice(parameter);
        }
        StatementDigest(xxh3_128(&bytes).to_be_bytes())
    }
}

/// The token of a page whose last row had this key.
pub fn write(digest: StatementDigest, key: &Item) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(&digest.0);
    bytes.extend_from_slice(key.bytes());
    let checksum = xxh3_64(&bytes).to_be_bytes();
    bytes.extend_from_slice(&checksum);
    STANDARD.encode(bytes)
}

/// The key that a token holds.
///
/// # Errors
/// A text that is no token; a token of another statement.
pub fn read(token: &str, digest: StatementDigest) -> Result<Item, StatementFault> {
    let bytes = STANDARD.decode(token).map_err(|_| StatementFault::Token)?;
    let length = bytes.len().checked_sub(CHECKSUM_BYTES).ok_or(StatementFault::Token)?;
    let (content, checksum) = bytes.split_at_checked(length).ok_or(StatementFault::Token)?;
    let (head, key) = content
        .split_at_checked(1 + DIGEST_BYTES)
        .ok_or(StatementFault::Token)?;
    if head.first() != Some(&VERSION) || xxh3_64(content).to_be_bytes() != checksum {
        return Err(StatementFault::Token);
    }
    if head.get(1..) != Some(&digest.0[..]) {
        return Err(StatementFault::ForeignToken);
    }
    let key: Result<AdmittedKey<'_>, _> = admit_key(key, Layer::Older);
    key.map(|key| key.to_item()).map_err(|_| StatementFault::Token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::flat::{Tag, Writer};

    fn key() -> Item {
        let mut writer = Writer::new();
        let open = writer.open(Tag::Attributes, 1);
        writer.text(b"pk");
        writer.scalar(Tag::S, b"a");
        writer.close(open);
        Item::from_admitted(writer.bytes())
    }

    #[test]
    fn a_token_leads_back_to_its_key_for_its_statement_alone() {
        let digest = StatementDigest::of("SELECT * FROM t WHERE pk = ?", &[b"a"]);
        let token = write(digest, &key());
        assert_eq!(read(&token, digest).unwrap(), key());
        for (statement, parameters) in [
            ("SELECT * FROM t WHERE pk = ? ", &[b"a".as_slice()][..]),
            ("SELECT * FROM t WHERE pk = ?", &[b"b"]),
            ("SELECT * FROM t WHERE pk = ?", &[]),
        ] {
            let other = StatementDigest::of(statement, parameters);
            assert_eq!(read(&token, other), Err(StatementFault::ForeignToken));
        }
    }

    #[test]
    fn whatever_is_no_token_is_told() {
        let digest = StatementDigest::of("", &[]);
        let token = write(digest, &key());
        for text in ["", "abc", "AAAA", &token[4..], &format!("B{}", &token[1..])] {
            assert_eq!(read(text, digest), Err(StatementFault::Token), "{text}");
        }
    }
}
