//! Any text is a fault with a sentence or an expression that can be bound and evaluated on any item: no panic, and what a
//! projection or an update writes is a whole item.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::expression::{BoundKeyConditions, Condition, ExpressionCache, Kind, Paths, Placeholders, Update};
use snowglobe::value::Layer;
use snowglobe::value::admit::{NESTING_LEVELS_MAX, admit_item};
use snowglobe::value::flat::{Map, Tag, Writer};

/// Values of the types that operators and functions tell apart, under the names `:n`, `:s`, `:t`, `:l` and `:x`.
fn values() -> Vec<u8> {
    let mut out = Writer::new();
    let values = out.open(Tag::Attributes, 5);
    out.text(b":n");
    out.scalar(Tag::N, b"1");
    out.text(b":s");
    out.scalar(Tag::S, b"a");
    out.text(b":t");
    out.bool(true);
    out.text(b":l");
    let list = out.open(Tag::L, 1);
    out.scalar(Tag::N, b"2");
    out.close(list);
    out.text(b":x");
    let set = out.open(Tag::Ss, 1);
    out.text(b"a");
    out.close(set);
    out.close(values);
    out.into_bytes()
}

// The input is a text and, behind the first byte that no text has, an item.
fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0xff);
    let Ok(text) = std::str::from_utf8(parts.next().unwrap_or_default()) else {
        return;
    };
    let Ok(admitted) = admit_item(parts.next().unwrap_or(&[0x20, 1, 0, 0, 0, 0]), Layer::Newer) else {
        return;
    };
    let item = admitted.item;
    let values = values();
    let mut placeholders = Placeholders::none();
    placeholders
        .read_names([("#a", "a"), ("#b", "b")])
        .expect("the names are valid");
    let map = Map::read(&values).expect("the values are written");
    placeholders
        .read_values(map, Layer::Newer, NESTING_LEVELS_MAX)
        .expect("the values are valid");

    let mut cache = ExpressionCache::new();
    match cache.condition(text) {
        Ok(ast) => {
            match Condition::bind(&ast, &mut placeholders) {
                Ok(condition) => {
                    let _ = (condition.holds(Some(item.attributes())), condition.holds(None));
                }
                Err(fault) => assert!(!fault.message(Kind::Condition).is_empty()),
            }
            let bound = BoundKeyConditions::bind(&ast, &mut placeholders);
            if let Err(fault) = bound.and_then(|bound| bound.clauses()) {
                assert!(!fault.message(Kind::KeyCondition).is_empty());
            }
        }
        Err(fault) => assert!(!fault.message(Kind::Filter).is_empty()),
    }
    if let Ok(ast) = cache.projection(text)
        && let Ok(paths) = Paths::bind(&ast, &mut placeholders)
    {
        let mut out = Writer::new();
        paths.project(item.attributes(), &mut out);
        admit_item(out.bytes(), Layer::Newer).expect("a projection is an item");
    }
    if let Ok(ast) = cache.update(text)
        && let Ok(update) = Update::bind(&ast, &mut placeholders)
    {
        match update.apply(Some(&item), &item) {
            Ok(updated) => {
                let again = admit_item(updated.item.bytes(), Layer::Newer).expect("an update makes an item");
                assert_eq!(again.item.bytes(), updated.item.bytes());
                let _ = (updated.old(Some(&item)), updated.new_fragments());
            }
            Err(fault) => assert!(!fault.message().is_empty()),
        }
    }
});
