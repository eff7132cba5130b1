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

use snowglobe::error::Error;
use snowglobe::request::{Operation, decode, wire};

/// What reading a JSON body as an operation's request is answered with.
fn refusal(operation: Operation, body: &str) -> Option<Error> {
    match wire::read_body(operation, body.as_bytes()) {
        Err(error) => Some(error),
        Ok(tree) => decode(operation, &tree).err(),
    }
}

#[test]
fn exceptions_that_have_one_sentence_each() {
    for (error, message) in [
        (Error::InternalServerError, "Internal server error"),
        (
            Error::TransactionInProgressException,
            "The transaction with the given request token is already in progress.",
        ),
        (
            Error::ExpiredIteratorException,
            "Iterator expired. Please get a new iterator.",
        ),
        (
            Error::TrimmedDataAccessException,
            "The operation attempted to read past the oldest stream record in a shard.",
        ),
    ] {
        assert_eq!(error.message().as_deref(), Some(message), "{}", error.name());
    }
}

/// Checks name and sentence of a refusal.
fn check(operation: Operation, body: &str, name: &str, message: Option<&str>) {
    let error = refusal(operation, body);
    let seen = error.as_ref().map(|error| (error.name(), error.message()));
    let wanted = Some((name, message.map(Into::into)));
    assert_eq!(seen, wanted, "{operation:?} {body}");
}
