//! What AWS was seen to answer, request by request, through the HTTP edge and a whole region. The cases are text files beside
//! this one; `script.rs` says how they read. A file's requests run in order, on a region of their own.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a mistake in a case must stop the test that reads it"
)]

mod bodies;
mod script;
mod service;

use service::Service;
use std::path::Path;

/// Runs a file's cases and reports every one that is answered differently.
fn run(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conformance/cases")
        .join(file);
    let text = std::fs::read_to_string(&path).expect("a file of cases");
    let mut service = Service::new();
    let mut failures = Vec::new();
    let cases = script::cases(&text);
    assert!(!cases.is_empty(), "{file} has no cases");
    for case in &cases {
        let response = service.post(&case.operation, case.body.as_bytes());
        failures.extend(case.judge(response.status, &response.body));
    }
    assert!(
        failures.is_empty(),
        "{file}: {} of {} cases differ\n\n{}\n",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

/// A test for each file, so that each is run and named by itself.
macro_rules! files {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                run(concat!(stringify!($name), ".txt"));
            }
        )*
    };
}

files!(
    capacity,
    expressions,
    items,
    legacy,
    limits,
    members,
    reads,
    shapes,
    sizes,
    statements,
    transactions,
    values
);
