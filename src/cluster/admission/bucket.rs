//! A token bucket: units that flow in at a rate, up to a measure, and are taken by requests.
//!
//! A request may go ahead while anything is in the bucket, and takes what it turns out to consume. So the bucket can come to owe
//! units, by one request's worth, and lets nobody pass until they have flowed in. Over any span of time no more than the measure,
//! the inflow and one request pass. All of it is whole numbers: half units, because reads are counted in them, in millionths,
//! because time is counted in microseconds.

use crate::request::capacity::Units;
use crate::time::Time;

/// Millionths in a half unit.
const HALF_UNIT: i64 = 1_000_000;
/// Microseconds in a second.
const SECOND: u64 = 1_000_000;

/// How fast a bucket fills, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Units that flow in each second.
    pub per_second: u64,
    /// How many seconds' worth the bucket holds.
    pub seconds: u64,
}

impl Flow {
    /// What flows in within a span of microseconds.
    fn within(self, micros: u64) -> i64 {
        // Two half units a unit, a millionth of each a microsecond.
        i64::try_from(self.per_second.saturating_mul(2).saturating_mul(micros)).unwrap_or(i64::MAX)
    }
    fn measure(self) -> i64 {
        self.within(self.seconds.saturating_mul(SECOND))
    }
}

/// The bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What is in it, in millionths of half units; below zero it owes.
    level: i64,
    /// When it was last filled up.
    filled: Time,
}

impl Bucket {
    /// A new bucket holds what one second brings. What is kept for longer is capacity that was not used, and nothing has been there
    /// to be used.
    pub fn new(flow: Flow, now: Time) -> Self {
        Bucket {
            level: flow.within(SECOND).min(flow.measure()),
            filled: now,
        }
    }

    /// Lets flow in what has come by `now`.
    pub fn fill(&mut self, flow: Flow, now: Time) {
        let micros = now.micros().saturating_sub(self.filled.micros());
        self.filled = self.filled.max(now);
        self.level = self.level.saturating_add(flow.within(micros)).min(flow.measure());
    }

    /// True if a request may go ahead.
    pub fn is_open(&self) -> bool {
        self.level > 0
    }

    /// Takes what a request consumes.
    pub fn take(&mut self, units: Units) {
        self.level = self.level.saturating_sub(millionths(units));
    }

    /// Puts back what a request took and did not consume. The next filling pours off what is too much.
    pub fn put_back(&mut self, units: Units) {
        self.level = self.level.saturating_add(millionths(units));
    }
}

fn millionths(units: Units) -> i64 {
    i64::try_from(units.halves())
        .unwrap_or(i64::MAX)
        .saturating_mul(HALF_UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const TEN: Flow = Flow {
        per_second: 10,
        seconds: 300,
    };
    const START: Time = Time::from_micros(1_893_456_000_000_000);

    fn after(ms: u64) -> Time {
        START + Span::from_ms(ms)
    }

    /// Requests of one unit that pass at one moment.
    fn passing(bucket: &mut Bucket, flow: Flow, now: Time) -> usize {
        let mut passed = 0;
        bucket.fill(flow, now);
        while bucket.is_open() {
            bucket.take(Units::whole(1));
            passed += 1;
        }
        passed
    }

    #[test]
    fn a_new_bucket_holds_a_second_and_an_idle_one_five_minutes() {
        let mut bucket = Bucket::new(TEN, START);
        assert_eq!(passing(&mut bucket, TEN, START), 10);
        assert_eq!(passing(&mut bucket, TEN, after(99)), 1, "anything in it is enough");
        assert_eq!(passing(&mut bucket, TEN, after(199)), 1);
        assert_eq!(passing(&mut bucket, TEN, after(299_000 + 199)), 2_990);
        assert_eq!(
            passing(&mut bucket, TEN, after(1_000_000)),
            3_000,
            "and no more, however long it waits"
        );
    }

    #[test]
    fn what_is_owed_flows_in_before_anybody_passes() {
        let mut bucket = Bucket::new(TEN, START);
        bucket.take(Units::whole(110));
        for ms in [0, 1, 5_000, 10_000] {
            bucket.fill(TEN, after(ms));
            assert!(!bucket.is_open(), "{ms}");
        }
        bucket.fill(TEN, after(10_001));
        assert!(bucket.is_open());
    }

    #[test]
    fn a_clock_that_stands_or_goes_back_brings_nothing() {
        let mut bucket = Bucket::new(TEN, after(5_000));
        assert_eq!(passing(&mut bucket, TEN, after(5_000)), 10);
        assert_eq!(passing(&mut bucket, TEN, after(0)), 0);
        assert_eq!(passing(&mut bucket, TEN, after(5_000)), 0);
        assert_eq!(passing(&mut bucket, TEN, after(6_000)), 10);
    }

    #[test]
    fn what_is_put_back_does_not_overflow_the_bucket() {
        let flow = Flow {
            per_second: 10,
            seconds: 1,
        };
        let mut bucket = Bucket::new(flow, START);
        bucket.take(Units::whole(5));
        bucket.fill(flow, after(10_000));
        bucket.put_back(Units::whole(5));
        assert_eq!(passing(&mut bucket, flow, after(10_000)), 10);
    }

    #[test]
    fn a_rate_beyond_all_measure_is_held() {
        let flow = Flow {
            per_second: u64::MAX,
            seconds: u64::MAX,
        };
        let mut bucket = Bucket::new(flow, START);
        bucket.fill(flow, Time::from_micros(u64::MAX));
        assert!(bucket.is_open());
        bucket.take(Units::whole(usize::MAX / 4));
        assert!(!bucket.is_open());
        bucket.fill(flow, Time::from_micros(u64::MAX));
        assert!(!bucket.is_open(), "no time has passed");
    }

    proptest::proptest! {
        #[test]
        fn over_no_span_passes_more_than_measure_inflow_and_one_request(
            rate in 1u64..50,
            steps in proptest::collection::vec((0u64..3_000, 1usize..40), 1..200),
        ) {
            let flow = Flow { per_second: rate, seconds: 300 };
            let mut bucket = Bucket::new(flow, START);
            let (mut now, mut passed) = (START, Vec::new());
            for (ms, units) in steps {
                now = now + Span::from_ms(ms);
                bucket.fill(flow, now);
                if bucket.is_open() {
                    bucket.take(Units::whole(units));
                    passed.push((now, units as u64));
                }
            }
            for from in 0..passed.len() {
                let mut sum = 0;
                for (at, units) in &passed[from..] {
                    // Before this request the bucket was open, so what had passed was less than all that was ever in it.
                    let inflow_micros = (at.micros() - passed[from].0.micros()) * rate;
                    proptest::prop_assert!(sum * SECOND <= rate * 300 * SECOND + inflow_micros);
                    sum += units;
                }
            }
        }
    }
}
