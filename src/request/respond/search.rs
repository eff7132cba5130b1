//! Answers of SearchVectors.

use super::capacity::Detail;
use super::encode;
use super::item::{projected, raw};
use crate::error::Error;
use crate::error::vector::VectorFault;
use crate::expression::Paths;
use crate::limits;
use crate::request::plan::Walked;
use crate::request::tree::RawMap;
use crate::table::{AttributeName, shown_entry};
use crate::value::size;
use crate::value::vector::{Query, Score};
use serde::Serialize;
use std::rc::Rc;

/// What SearchVectors' answer needs.
#[derive(Debug)]
pub struct SearchReply {
    /// The attribute that holds vectors.
    pub attribute: AttributeName,
    /// What was searched for.
    pub query: Rc<Query>,
    /// What to show of each result.
    pub paths: Option<Paths>,
    /// Capacity asked for.
    pub detail: Detail,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SearchAnswer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    consumed_capacity: Option<VectorCapacity>,
    search_results: Vec<SearchResult<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SearchResult<'a> {
    item: RawMap<'a>,
    score: Score,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct VectorCapacity {
    vector_search_request_bytes: usize,
}

/// What a search is charged, in bytes: the entries that were scored. The service's own figure differs from call to call.
fn searched_bytes(walked: &Walked) -> usize {
    walked.evaluated_bytes.max(limits::VECTOR_SEARCH_BYTES_MIN)
}

/// The answer to SearchVectors.
#[inline(never)]
pub(super) fn searched(reply: &SearchReply, walked: Walked) -> Result<Vec<u8>, Error> {
    let consumed_capacity = match reply.detail {
        Detail::None => None,
        Detail::Total | Detail::Indexes => Some(VectorCapacity {
            vector_search_request_bytes: searched_bytes(&walked),
        }),
    };
    let name = reply.attribute.as_str();
    let with_vector = reply
        .paths
        .as_ref()
        .is_some_and(|paths| paths.top_level_names().any(|asked| asked == name));
    let mut scores = Vec::new();
    let mut items = Vec::new();
    let mut bytes = 0;
    for (score, entry) in walked.nearest.into_sorted(&reply.query) {
        let shown = shown_entry(entry.attributes(), &reply.attribute, with_vector);
        let item = match &reply.paths {
            Some(paths) => projected(&shown, paths),
            None => shown.bytes().to_vec(),
        };
        bytes += raw(&item)?.map().map(size::item_size).unwrap_or_default();
        scores.push(score);
        items.push(item);
    }
    if bytes > limits::SEARCH_REPLY_BYTES_MAX {
        return Err(Error::invalid(VectorFault::ReplyTooLarge));
    }
    let results = scores.into_iter().zip(&items);
    encode(&SearchAnswer {
        consumed_capacity,
        search_results: results
            .map(|(score, item)| {
                Ok(SearchResult {
                    item: raw(item)?,
                    score,
                })
            })
            .collect::<Result<_, Error>>()?,
    })
}
