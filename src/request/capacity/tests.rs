//! Rounding at the edges of units; what whole operations cost is proved in `tests/api`.

use super::*;

#[test]
fn units_are_rounded_up_and_never_nothing() {
    for (bytes, writes, consistent_halves) in [
        (0, 1, 2),
        (1, 1, 2),
        (1024, 1, 2),
        (1025, 2, 2),
        (4096, 4, 2),
        (4097, 5, 4),
        (409_600, 400, 200),
    ] {
        assert_eq!(write_units(bytes), Units::whole(writes), "{bytes} bytes written");
        assert_eq!(
            read_units(bytes, true).halves(),
            consistent_halves,
            "{bytes} bytes read"
        );
        assert_eq!(read_units(bytes, false).halves() * 2, consistent_halves);
    }
}

#[test]
fn a_total_is_the_sum_of_all_arms() {
    let mut consumed = Consumed::table(Units::whole(2));
    consumed.local_indexes.insert(IndexName::new("lsi"), Units(1));
    let mut other = Consumed::table(Units::whole(1));
    other.local_indexes.insert(IndexName::new("lsi"), Units(1));
    other.global_indexes.insert(IndexName::new("gsi"), Units::whole(3));
    consumed.add(other);
    assert_eq!(consumed.total(), Units::whole(7));
    assert_eq!(consumed.local_indexes.get("lsi"), Some(&Units::whole(1)));
}
