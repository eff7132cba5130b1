//! Cases as text: requests in the order in which they are sent, each with what it is answered.
//!
//! A case is a line `Operation body` and, indented below it, the answer: `ok`; `ok` and a JSON object that the response body must
//! equal; or an error as `Name: sentence`, which `with` and a JSON object may follow: what the error has besides. Further indented lines continue the line before them without a blank. `# ` begins a
//! comment. `«text*n»` stands for n times the text, in requests and answers.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a mistake in a case must stop the test that reads it"
)]

use serde_json::Value;

/// A request and what it must be answered.
#[derive(Debug)]
pub struct Case {
    pub line: usize,
    pub operation: String,
    pub body: String,
    pub answer: String,
}

/// Reads the cases of a file.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (position, line) in text.lines().enumerate() {
        let number = position + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(indented) = line.strip_prefix("  ") {
            let case = cases
                .last_mut()
                .unwrap_or_else(|| panic!("line {number} belongs to no request"));
            match indented.strip_prefix("  ") {
                Some(more) if case.answer.is_empty() => case.body.push_str(&expanded(more)),
                Some(more) => case.answer.push_str(&expanded(more)),
                None => case.answer.push_str(&expanded(indented)),
            }
        } else {
            let (operation, body) = line.split_once(' ').unwrap_or_else(|| panic!("line {number}: a body"));
            cases.push(Case {
                line: number,
                operation: operation.to_owned(),
                body: expanded(body),
                answer: String::new(),
            });
        }
    }
    for case in &cases {
        assert!(!case.answer.is_empty(), "line {}: no answer", case.line);
    }
    cases
}

/// A line with its repetitions written out.
fn expanded(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('«') {
        let (inner, next) = after.split_once('»').expect("a repetition ends");
        let (part, times) = inner.rsplit_once('*').expect("a repetition has a count");
        text.push_str(before);
        text.push_str(&part.repeat(times.parse().expect("a count")));
        rest = next;
    }
    text.push_str(rest);
    text
}

impl Case {
    fn refuses_like(&self, seen: &Value) -> bool {
        let Some((sentence, members)) = self.answer.split_once(" with {") else {
            return refusal(seen) == self.answer;
        };
        let members = format!("{{{members}");
        let wanted: Value =
            serde_json::from_str(&members).unwrap_or_else(|error| panic!("line {}: {error}: {members}", self.line));
        let mut others = seen.clone();
        if let Some(others) = others.as_object_mut() {
            others.retain(|name, _| !["__type", "message", "Message"].contains(&name.as_str()));
        }
        refusal(seen) == sentence && others == wanted
    }

    /// What is wrong about a response, if anything.
    pub fn judge(&self, status: u16, body: &str) -> Option<String> {
        let seen: Value = match serde_json::from_str(body) {
            Ok(seen) => seen,
            Err(error) => return Some(format!("no JSON ({error}): {body}")),
        };
        let seen_text = if status == 200 {
            format!("ok {seen}")
        } else if let Some(reasons) = seen.get("CancellationReasons") {
            format!("{} with {reasons}", refusal(&seen))
        } else {
            refusal(&seen)
        };
        let fits = match self.answer.strip_prefix("ok") {
            Some("") => status == 200,
            Some(wanted) => {
                let wanted: Value = serde_json::from_str(wanted)
                    .unwrap_or_else(|error| panic!("line {}: {error}: {wanted}", self.line));
                status == 200 && wanted == seen
            }
            None => status != 200 && self.refuses_like(&seen),
        };
        (!fits).then(|| {
            format!(
                "line {}: {} {}\n  wanted {}\n  seen   {}",
                self.line,
                self.operation,
                shortened(&self.body),
                shortened(&self.answer),
                shortened(&seen_text)
            )
        })
    }
}

/// An error as `Name: sentence`, or the name alone where there is no sentence.
fn refusal(body: &Value) -> String {
    let name = body["__type"]
        .as_str()
        .and_then(|name| name.rsplit('#').next())
        .unwrap_or("?");
    match body.get("message").or_else(|| body.get("Message")) {
        Some(message) => format!("{name}: {}", message.as_str().unwrap_or("?")),
        None => name.to_owned(),
    }
}

fn shortened(text: &str) -> String {
    const SHOWN_MAX: usize = 700;
    match text.char_indices().nth(SHOWN_MAX) {
        Some((at, _)) => format!("{}… ({} bytes)", &text[..at], text.len()),
        None => text.to_owned(),
    }
}
