//! `DIFFERENCES.md` is one table that says of each difference what AWS does, what Snowglobe does, and why; where it names the tests
//! that show a difference, they exist.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a table that is not as described must stop the test that reads it"
)]

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The cells of the table's rows, without its head.
fn rows() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("DIFFERENCES.md")).expect("DIFFERENCES.md");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(lines.first(), Some(&"| What | AWS | Snowglobe | Why |"));
    assert_eq!(lines.get(1), Some(&"|---|---|---|---|"));
    let cells = |line: &&str| {
        let inner = line.trim().trim_matches('|');
        inner.split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    lines.iter().skip(2).map(cells).collect()
}

#[test]
fn each_row_says_what_differs_on_both_sides() {
    let mut subjects = BTreeSet::new();
    for row in rows() {
        let [what, aws, snowglobe, _why] = row.as_slice() else {
            panic!("four cells: {row:?}");
        };
        assert!(!what.is_empty() && !aws.is_empty() && !snowglobe.is_empty(), "{what}");
        assert!(subjects.insert(what.clone()), "twice: {what}");
    }
    assert!(subjects.len() > 10);
}

/// `tests/a/b.rs::name`, `tests/a/b.txt` and `tests/a/b.mjs` in backquotes.
#[test]
fn the_tests_that_rows_name_exist() {
    let mut named = 0;
    for row in rows() {
        let text = row.join(" ");
        for reference in text.split('`').filter(|part| part.starts_with("tests/")) {
            let (file, test) = match reference.split_once("::") {
                Some((file, test)) => (file, Some(test)),
                None => (reference, None),
            };
            let source = std::fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{file} is missing"));
            if let Some(test) = test {
                assert!(source.contains(test), "{file} has no {test}");
            }
            named += 1;
        }
    }
    assert!(named > 5, "rows name the tests that show them");
}
