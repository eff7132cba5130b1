//! Reads any bytes as the JSON body of any operation and has an empty region answer it: no panic, and what is read is a whole tree whose
//! JSON reads back as the same tree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::region::{Region, RegionOptions};
use snowglobe::request::{Operation, wire};
use snowglobe::time::Time;
use snowglobe::value::flat::ValueRef;

fuzz_target!(|data: &[u8]| {
    let Some((number, body)) = data.split_first() else {
        return;
    };
    let Some(operation) = Operation::from_number(u32::from(*number)) else {
        return;
    };
    let Ok(tree) = wire::read_body(operation, body) else {
        return;
    };
    assert!(ValueRef::read(&tree).is_ok());
    let _ = Region::new(RegionOptions::default()).call(Time::from_ms(0.0), operation, &tree);
    let mut json = Vec::new();
    if wire::write_body(&tree, &mut json).is_err() {
        // Values deeper than any answer.
        return;
    }
    let again = wire::read_body(operation, &json).expect("what is written is read");
    let mut json_again = Vec::new();
    wire::write_body(&again, &mut json_again).expect("what was written once is written again");
    // Refused values lose their reason in JSON, so the text is compared and not the tree.
    assert_eq!(json, json_again);
});
