//! Any bytes are refused or become an item that reads, measures, compares and is admitted again unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::value::admit::{admit_item, admit_key, admit_value};
use snowglobe::value::flat::{Map, Tag, Writer};
use snowglobe::value::{Attributes, Layer, equality, size};

fuzz_target!(|bytes: &[u8]| {
    for layer in [Layer::Newer, Layer::Older] {
        match admit_item(bytes, layer) {
            Ok(admitted) => {
                let stored = admitted.item.bytes();
                let again = admit_key(stored, layer).expect("an admitted item is admitted");
                assert_eq!(again.bytes(), stored);
                assert_eq!(again.size_bytes, admitted.size_bytes);
                let attributes = admitted.item.attributes();
                assert_eq!(size::item_size(attributes), admitted.size_bytes);
                let tree = Attributes::from_flat(attributes).expect("an admitted item is whole");
                let mut writer = Writer::new();
                tree.write(Tag::Attributes, &mut writer);
                assert_eq!(writer.bytes(), stored);
                assert!(equality::equal_maps(
                    attributes,
                    Map::read(writer.bytes()).expect("written bytes are whole")
                ));
            }
            Err(fault) => assert!(!fault.message(layer).is_empty()),
        }
        if let Err(fault) = admit_value(bytes, layer) {
            assert!(!fault.message(layer).is_empty());
        }
    }
});
