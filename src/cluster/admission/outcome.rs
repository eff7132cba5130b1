//! What came of requests: what each action that was let in has consumed, and the result with what was not let in.

use crate::error::{Error, ThrottlingReason};
use crate::request::plan::{Outcome, Walked, Written};
use crate::value::Item;

/// What came of one action.
pub(super) enum End<'a> {
    Read(Option<&'a Item>),
    Wrote(&'a Written),
    /// A transaction that had been done before: it costs what reading the item then would have.
    Replayed(usize),
    Walked(&'a Walked),
    /// The leader has refused it for the sake of an index.
    Throttled,
    /// It was refused for another reason, and has cost what it took.
    Failed,
}

/// What came of an action that was let in.
pub(super) fn end(result: &Result<Outcome, Error>, at: usize) -> End<'_> {
    let failed = |error: &Error| {
        if error.is_throttling() {
            End::Throttled
        } else {
            End::Failed
        }
    };
    match result {
        Ok(Outcome::Got(item)) => End::Read(item.as_ref()),
        Ok(Outcome::BatchGot(items)) => End::Read(items.get(at).and_then(Option::as_ref)),
        Ok(Outcome::Wrote(written)) => End::Wrote(written),
        Ok(Outcome::BatchWrote(parts)) => match parts.get(at) {
            Some(Ok(written)) => End::Wrote(written),
            Some(Err(error)) => failed(error),
            None => End::Failed,
        },
        Ok(Outcome::Transacted(parts)) => parts.get(at).map_or(End::Failed, End::Wrote),
        Ok(Outcome::Replayed(images)) => images.get(at).map_or(End::Failed, |bytes| End::Replayed(*bytes)),
        Ok(Outcome::Walked(page)) => End::Walked(page),
        Ok(Outcome::BatchGotSome(_) | Outcome::Shard(_) | Outcome::Table(..) | Outcome::Answered) => End::Failed,
        Err(error) => failed(error),
    }
}

/// Puts what was refused of a batch to the rest, which has been done.
pub(super) fn put_in(result: &mut Result<Outcome, Error>, refused: Vec<(usize, Error)>) {
    match result {
        Ok(Outcome::BatchGot(items)) => {
            let mut parts: Vec<_> = std::mem::take(items).into_iter().map(Ok).collect();
            insert(&mut parts, refused);
            *result = Ok(Outcome::BatchGotSome(parts));
        }
        Ok(Outcome::BatchWrote(parts)) => insert(parts, refused),
        // The batch has failed as a whole.
        Ok(_) | Err(_) => {}
    }
}

/// Each goes where it was; they are in order.
fn insert<T>(parts: &mut Vec<Result<T, Error>>, refused: Vec<(usize, Error)>) {
    for (at, error) in refused {
        let at = at.min(parts.len());
        parts.insert(at, Err(error));
    }
}

/// Why anything of a request was throttled: each reason once.
pub(super) fn told(result: &Result<Outcome, Error>) -> Vec<ThrottlingReason> {
    fn add(told: &mut Vec<ThrottlingReason>, reasons: &[ThrottlingReason]) {
        for reason in reasons {
            if !told.contains(reason) {
                told.push(reason.clone());
            }
        }
    }
    let mut told = Vec::new();
    match result {
        Err(Error::TransactionCanceledException { reasons }) => {
            reasons
                .iter()
                .for_each(|reason| add(&mut told, reason.throttling_reasons()));
        }
        Err(error) => add(&mut told, error.throttling_reasons()),
        Ok(Outcome::BatchGotSome(parts)) => {
            let errors = parts.iter().filter_map(|part| part.as_ref().err());
            errors.for_each(|error| add(&mut told, error.throttling_reasons()));
        }
        Ok(Outcome::BatchWrote(parts)) => {
            let errors = parts.iter().filter_map(|part| part.as_ref().err());
            errors.for_each(|error| add(&mut told, error.throttling_reasons()));
        }
        Ok(_) => {}
    }
    told
}
