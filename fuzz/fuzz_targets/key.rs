//! Strings and binaries of any bytes keep their order as keys, alone and behind each other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::value::key::{KeyPart, KeyRange, PartRange, append_parts};

fuzz_target!(|keys: [(&[u8], &[u8]); 2]| {
    let [a, b] = keys;
    let encoded = |key: (&[u8], &[u8])| {
        let mut bytes = Vec::new();
        append_parts(&[KeyPart::B(key.0), KeyPart::B(key.1)], &mut bytes);
        bytes
    };
    let (a_bytes, b_bytes) = (encoded(a), encoded(b));
    assert_eq!(a_bytes.cmp(&b_bytes), a.cmp(&b));
    let held = |range| KeyRange::within(&[], range).contains(&b_bytes);
    assert_eq!(held(PartRange::BeginsWith(KeyPart::B(a.0))), b.0.starts_with(a.0));
    assert_eq!(held(PartRange::Less(KeyPart::B(a.0))), b.0 < a.0);
    assert_eq!(held(PartRange::LessOrEqual(KeyPart::B(a.0))), b.0 <= a.0);
    assert_eq!(held(PartRange::Greater(KeyPart::B(a.0))), b.0 > a.0);
    assert_eq!(held(PartRange::Equal(KeyPart::B(a.0))), b.0 == a.0);
});
