//! The service over a pipe, built natively: each line of standard input is `Operation body`, each line of standard output
//! `status body`. `tests/oracle/run.mjs --native` uses it where no wasm is built.

#[path = "../tests/conformance/service.rs"]
#[allow(dead_code, reason = "the tests know more ways to send a request")]
mod service;

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut service = service::Service::new();
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (operation, body) = line.split_once(' ').unwrap_or((&line, ""));
        let response = service.post(operation, body.as_bytes());
        writeln!(output, "{} {}", response.status, response.body)?;
        output.flush()?;
    }
    Ok(())
}
