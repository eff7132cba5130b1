//! Any two texts are refused or become canonical numbers whose order, sums and key bytes agree with each other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use snowglobe::value::Layer;
use snowglobe::value::key::KeyPart;
use snowglobe::value::number;

fuzz_target!(|texts: (&[u8], &[u8])| {
    for layer in [Layer::Newer, Layer::Older] {
        let (Ok(a), Ok(b)) = (number::canonical(texts.0, layer), number::canonical(texts.1, layer)) else {
            continue;
        };
        assert_eq!(number::canonical(&a, layer).as_deref(), Ok(&*a));
        assert!((1..=21 + 1).contains(&number::size_bytes(&a)));
        let order = number::compare(&a, &b);
        assert_eq!(order.is_eq(), a == b);
        let (mut a_key, mut b_key) = (Vec::new(), Vec::new());
        KeyPart::N(&a).encode(&mut a_key);
        KeyPart::N(&b).encode(&mut b_key);
        assert_eq!(a_key.cmp(&b_key), order);
        assert_eq!(number::add(&a, &b), number::add(&b, &a));
        if let Ok(difference) = number::subtract(&a, &b) {
            assert_eq!(number::compare(&difference, b"0"), order);
            assert_eq!(number::add(&difference, &b).as_deref(), Ok(&*a));
        }
    }
});
