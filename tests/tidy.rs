//! What breaks silently, checked by machine: dependencies that point the wrong way, sources of chance and time in the core,
//! floats where numbers are decided, files that do not say what they are, leftovers.
//!
//! Each rule is a function from a source text to what is wrong with it, so that each can be shown to catch something.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what a test cannot go on without fails it"
)]

use std::fs;
use std::path::Path;

/// The modules, each of which uses only those above it. `src/lib.rs` says the same, with what each of them owns.
const LAYERS: &[&str] = &[
    "limits",
    "bytes",
    "ordered",
    "sort",
    "checksum",
    "time",
    "value",
    "btree",
    "expression",
    "partiql",
    "error",
    "table",
    "request",
    "sigv4",
    "replica",
    "store",
    "cluster",
    "region",
    "http",
    "js",
    "sim",
];

/// Words that bring in chance, time or the outside world, and the one module that may say some of them.
const FORBIDDEN: &[(&str, Option<&str>)] = &[
    ("HashMap", None),
    ("HashSet", None),
    ("RandomState", None),
    ("SystemTime", None),
    ("Instant", None),
    ("getrandom", None),
    ("thread_rng", None),
    ("std::thread", None),
    ("std::env", None),
    ("std::fs", None),
    ("std::net", None),
    ("std::process", None),
    ("wasm_bindgen", Some("js")),
    ("js_sys", Some("js")),
    ("web_sys", Some("js")),
    ("todo!", None),
    ("unimplemented!", None),
    ("dbg!", None),
    ("println!", None),
];

/// Files that may touch floats: where numbers come from JavaScript or go to it, which decides nothing, and where vectors are
/// scored, which decides what a search returns, in the same order of the same additions everywhere.
const FLOATS: &[&str] = &[
    "cluster/describe.rs",
    "cluster/network.rs",
    "cluster/observe.rs",
    "region/mod.rs",
    "request/capacity/mod.rs",
    "request/respond/capacity.rs",
    "request/tree/read.rs",
    "request/tree/tests.rs",
    "request/tree/write.rs",
    "time.rs",
    "value/vector/mod.rs",
    "value/vector/nearest.rs",
    "value/vector/score.rs",
    "value/vector/tests.rs",
];

/// A source file: its path below `src`, and its lines without comments.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    fn module(&self) -> &'a str {
        let first = self.path.split('/').next().unwrap_or(self.path);
        first.strip_suffix(".rs").unwrap_or(first)
    }
    /// Lines of code, numbered from one.
    fn code(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let lines = self.text.lines().enumerate();
        lines.map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
    }
    fn says(&self, word: &str) -> Vec<usize> {
        self.code()
            .filter(|(_, line)| contains_word(line, word))
            .map(|(at, _)| at)
            .collect()
    }
}

/// True if `word` stands in `line` by itself, not as a part of a longer name.
fn contains_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
    })
}

fn layering(source: &Source<'_>) -> Vec<String> {
    let place = |module: &str| LAYERS.iter().position(|layer| *layer == module);
    let Some(own) = place(source.module()) else {
        return vec![format!("{}: module {} is in no layer", source.path, source.module())];
    };
    let mut faults = Vec::new();
    for (at, line) in source.code() {
        for (start, _) in line.match_indices("crate::") {
            let rest = &line[start + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            match place(&used) {
                Some(used_place) if used_place <= own => {}
                Some(_) => faults.push(format!(
                    "{}:{at}: {} uses {used}, which is below it",
                    source.path,
                    source.module()
                )),
                None => faults.push(format!("{}:{at}: crate::{used} is no module", source.path)),
            }
        }
    }
    faults
}

fn forbidden_words(source: &Source<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for (word, allowed_in) in FORBIDDEN {
        if *allowed_in != Some(source.module()) {
            let lines = source.says(word);
            faults.extend(lines.iter().map(|at| format!("{}:{at}: {word}", source.path)));
        }
    }
    faults
}

fn floats(source: &Source<'_>) -> Vec<String> {
    if source.module() == "js" || FLOATS.contains(&source.path) {
        return Vec::new();
    }
    let lines = ["f32", "f64"].into_iter().flat_map(|word| source.says(word));
    lines.map(|at| format!("{}:{at}: a float", source.path)).collect()
}

/// `std`'s sorts weigh kilobytes for every type that is sorted; `src/sort.rs` has one for all. Tests and the simulator are not shipped.
fn sorts(source: &Source<'_>) -> Vec<String> {
    if source.path == "sort.rs" || source.module() == "sim" || source.path.ends_with("tests.rs") {
        return Vec::new();
    }
    let calls = [
        ".sort(",
        ".sort_by(",
        ".sort_by_key(",
        ".sort_by_cached_key(",
        ".sort_unstable",
    ];
    let lines = source
        .code()
        .filter(|(_, line)| calls.iter().any(|call| line.contains(call)));
    lines
        .map(|(at, _)| format!("{}:{at}: a sort of std's", source.path))
        .collect()
}

/// A file's tests, where they are a file of their own, belong to what they test.
fn heading(source: &Source<'_>) -> Vec<String> {
    if source.text.starts_with("//! ") || source.path.ends_with("tests.rs") {
        Vec::new()
    } else {
        vec![format!("{}: does not say what it owns", source.path)]
    }
}

/// Comments are checked too.
fn leftovers(source: &Source<'_>) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| {
            ["TODO", "FIXME", "XXX", "HACK"]
                .iter()
                .any(|word| contains_word(line, word))
        })
        .map(|(at, _)| format!("{}:{}: a leftover", source.path, at + 1))
        .collect()
}

const RULES: &[fn(&Source<'_>) -> Vec<String>] = &[layering, forbidden_words, floats, sorts, heading, leftovers];

fn visit(directory: &Path, root: &Path, check: &mut impl FnMut(&Source<'_>)) {
    let mut entries: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            visit(&path, root, check);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let below = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            check(&Source {
                path: &below,
                text: &text,
            });
        }
    }
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn the_source_is_tidy() {
    let (mut faults, mut files) = (Vec::new(), 0);
    visit(&root(), &root(), &mut |source| {
        // The crate's root only declares modules.
        if source.path != "lib.rs" {
            faults.extend(RULES.iter().flat_map(|rule| rule(source)));
        }
        files += 1;
    });
    assert!(files > 50, "the source was not found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_layer_is_a_module_and_every_module_has_a_layer() {
    let text = fs::read_to_string(root().join("lib.rs")).unwrap();
    let mut declared: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod ")))
        .filter_map(|line| line.strip_suffix(';'))
        .collect();
    let mut layers = LAYERS.to_vec();
    declared.sort_unstable();
    layers.sort_unstable();
    assert_eq!(declared, layers);
    let described = text
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split('`').next());
    assert_eq!(
        described.collect::<Vec<_>>(),
        LAYERS,
        "the crate's table has the layers in their order"
    );
}

#[test]
fn every_exception_is_still_needed() {
    let mut unneeded = FLOATS.to_vec();
    visit(&root(), &root(), &mut |source| {
        if !source.says("f32").is_empty() || !source.says("f64").is_empty() {
            unneeded.retain(|path| *path != source.path);
        }
    });
    assert!(unneeded.is_empty(), "{unneeded:?} touch no float");
}

/// Folders that a path of the repository begins with.
const FOLDERS: &[&str] = &[
    "bench/",
    "benches/",
    "examples/",
    "fuzz/",
    "pkg-config/",
    "scripts/",
    "src/",
    "tests/",
    "www/",
];

/// The paths in backquotes, without the name of a test behind them and without patterns.
fn paths(document: &str) -> impl Iterator<Item = &str> {
    let quoted = document.split('`').skip(1).step_by(2);
    quoted
        .map(|quoted| quoted.split("::").next().unwrap_or(quoted))
        .filter(|path| FOLDERS.iter().any(|folder| path.starts_with(folder)))
        .filter(|path| !path.contains(['*', ' ']))
}

#[test]
fn files_that_the_documents_name_exist() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "DIFFERENCES.md", "README.md"] {
        let text = fs::read_to_string(repository.join(document)).unwrap();
        for path in paths(&text) {
            assert!(repository.join(path).exists(), "{document} names {path}");
        }
    }
    assert_eq!(
        paths("`src/a.rs::b`, `tests/**/*.mjs`, `src` and `npm test`").collect::<Vec<_>>(),
        ["src/a.rs"]
    );
}

#[test]
fn each_rule_catches_what_it_is_for() {
    let wrong = |path, text| -> usize { RULES.iter().map(|rule| rule(&Source { path, text }).len()).sum() };
    assert_eq!(wrong("value/mod.rs", "//! Values.\nuse crate::limits;\n"), 0);
    assert_eq!(wrong("value/mod.rs", "//! Values.\nuse crate::cluster::Cluster;\n"), 1);
    assert_eq!(wrong("value/mod.rs", "//! Values.\nuse crate::helpers;\n"), 1);
    assert_eq!(wrong("helpers.rs", "//! Helpers.\n"), 1);
    assert_eq!(
        wrong("value/mod.rs", "//! Values.\nuse std::collections::HashMap;\n"),
        1
    );
    assert_eq!(
        wrong("value/mod.rs", "//! Values.\nlet now = std::time::Instant::now();\n"),
        1
    );
    assert_eq!(
        wrong(
            "value/mod.rs",
            "//! Values.\n// A HashMap would do.\nlet instance = 1;\n"
        ),
        0
    );
    assert_eq!(wrong("value/mod.rs", "//! Values.\nfn f(x: f64) {}\n"), 1);
    assert_eq!(wrong("time.rs", "//! Time.\nfn f(x: f64) {}\n"), 0);
    assert_eq!(wrong("table/mod.rs", "//! Tables.\nnames.sort_unstable();\n"), 1);
    assert_eq!(wrong("table/tests.rs", "names.sort();\n"), 0);
    assert_eq!(wrong("js/mod.rs", "//! JS.\nuse wasm_bindgen::JsValue;\n"), 0);
    assert_eq!(wrong("value/mod.rs", "//! Values.\nuse wasm_bindgen::JsValue;\n"), 1);
    assert_eq!(wrong("value/mod.rs", "use crate::limits;\n"), 1);
    assert_eq!(wrong("value/mod.rs", "//! Values.\n// TODO: all of it\n"), 1);
}
