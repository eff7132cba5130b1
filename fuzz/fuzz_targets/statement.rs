//! Any text is a statement or a fault with a sentence: no panic, however deep it nests.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::partiql::{Statement, admit, bind, parse};
use snowglobe::value::flat::{Tag, Writer};

fuzz_target!(|text: &str| {
    let Ok(parsed) = parse(text) else { return };
    let mut string = Writer::new();
    string.scalar(Tag::S, b"a");
    let mut number = Writer::new();
    number.scalar(Tag::N, b"1");
    for parameter in [string.bytes(), number.bytes()] {
        let parameters = vec![parameter; text.len()];
        let parameters = admit(&parameters).expect("strings and numbers can be stored");
        match bind(&parsed, &parameters) {
            Ok(Statement::Select(select) | Statement::Exists(select)) => {
                let _ = (
                    select.filter.selected("pk", Some("sk")),
                    select.filter.key(&["pk", "sk"]),
                );
                let _ = select.filter.condition().map(|condition| condition.holds(None));
            }
            Ok(Statement::Update(update)) => {
                let _ = (update.filter.key(&["pk"]), update.filter.beside_key(&["pk"]));
            }
            Ok(Statement::Insert(_) | Statement::Delete(_)) => {}
            Ok(Statement::Faulty(_, fault)) | Err(fault) => assert!(!fault.to_string().is_empty()),
        }
    }
});
