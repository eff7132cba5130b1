//! Has an empty region answer any bytes as any operation's request tree, and reads them as an HTTP exchange: no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::http::Edge;
use snowglobe::region::{Answer, Region, RegionOptions};
use snowglobe::request::{Operation, wire};
use snowglobe::time::Time;

fuzz_target!(|data: &[u8]| {
    let Some((number, tree)) = data.split_first() else {
        return;
    };
    if let Some(operation) = Operation::from_number(u32::from(*number))
        && let Answer::Failed(error) = Region::new(RegionOptions::default()).call(Time::from_ms(0.0), operation, tree)
    {
        let _ = wire::write_error(&error);
    }
    let _ = wire::write_body(tree, &mut Vec::new());
    let edge = Edge {
        region: "local-1".to_owned(),
        account: None,
        credentials: None,
    };
    let _ = edge.route(tree, 0, &mut || 0);
});
