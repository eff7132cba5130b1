//! Exact wording, one line per cause: what a caller reads when a request is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod annotation;
mod batch;
#[path = "../api/engine.rs"]
mod engine;
mod item;
mod member;
mod search;
mod serialization;
mod statement;
mod stream;
mod table;
mod vector;

use engine::Engine;
use snowglobe::error::Error;
use snowglobe::request::Operation;

#[test]
fn exceptions_that_have_one_sentence_each() {
    for (error, message) in [
        (Error::InternalServerError, "Internal server error"),
        (
            Error::TransactionInProgressException,
            "The transaction with the given request token is already in progress.",
        ),
        (Error::ExpiredIteratorException, "Shard iterator has expired"),
        (
            Error::TrimmedDataAccessException,
            "The data you are trying to access has been trimmed",
        ),
    ] {
        assert_eq!(error.message().as_deref(), Some(message), "{}", error.name());
    }
}

/// What a region without tables says to a request.
fn refusal(operation: Operation, body: &str) -> Error {
    let answer = Engine::new().call(operation, body);
    answer.expect_err("there is no table to answer from")
}

/// Checks that nothing is wrong with a request but that there is no such table.
fn well_formed(operation: Operation, body: &str) {
    assert_eq!(
        refusal(operation, body).name(),
        "ResourceNotFoundException",
        "{operation:?} {body}"
    );
}

/// Checks name and sentence of a refusal.
fn check(operation: Operation, body: &str, name: &str, message: Option<&str>) {
    let error = refusal(operation, body);
    assert_eq!(
        (error.name(), error.message()),
        (name, message.map(Into::into)),
        "{operation:?} {body}"
    );
}
