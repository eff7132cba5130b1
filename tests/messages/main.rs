//! Exact wording, one line per cause: what a caller reads when a request is refused.

mod member;
mod serialization;

use snowglobe::error::Error;
use snowglobe::request::{Operation, decode, wire};

/// What reading a JSON body as an operation's request is answered with.
fn refusal(operation: Operation, body: &str) -> Option<Error> {
    match wire::read_body(operation, body.as_bytes()) {
        Err(fault) => Some(fault.into()),
        Ok(tree) => decode(operation, &tree).err(),
    }
}

/// Checks name and sentence of a refusal.
fn check(operation: Operation, body: &str, name: &str, message: Option<&str>) {
    let error = refusal(operation, body).unwrap_or_else(|| panic!("{operation:?} {body} was not refused"));
    assert_eq!(error.name(), name, "{operation:?} {body}");
    assert_eq!(error.message().as_deref(), message, "{operation:?} {body}");
}
