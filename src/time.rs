//! Virtual time: moments and spans in whole microseconds. The core is told what time it is and never asks a clock.

use std::ops::Add;

/// A moment: microseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(u64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(u64);

impl Time {
    /// The moment at `micros` microseconds since the epoch.
    pub const fn from_micros(micros: u64) -> Self {
        Time(micros)
    }
    /// The moment at `ms` milliseconds since the epoch, as a JavaScript clock gives it, to the nearest microsecond. What is
    /// no moment (NaN, before the epoch) reads as the epoch, so a broken clock cannot move time backwards or stop it.
    pub fn from_ms(ms: f64) -> Self {
        // A cast from a float saturates, and turns NaN into zero.
        Time((ms * 1000.0).round() as u64)
    }
    /// The moment at whole milliseconds since the epoch.
    pub const fn from_whole_ms(ms: u64) -> Self {
        Time(ms.saturating_mul(1000))
    }
    /// Milliseconds since the epoch. `Time::from_ms` gives the same moment back until the year 2041, where microseconds
    /// outgrow a double's 53 bits of precision.
    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1000.0
    }
    /// Whole milliseconds since the epoch.
    pub const fn whole_ms(self) -> u64 {
        self.0 / 1000
    }
    /// Microseconds since the epoch.
    pub const fn micros(self) -> u64 {
        self.0
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// `micros` microseconds.
    pub const fn from_micros(micros: u64) -> Self {
        Span(micros)
    }
    /// `ms` milliseconds.
    pub const fn from_ms(ms: u64) -> Self {
        Span(ms.saturating_mul(1000))
    }
    /// Microseconds.
    pub const fn micros(self) -> u64 {
        self.0
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_of_a_double_come_back_as_the_same_moment() {
        for micros in [0, 1, 999, 1_000, 1_893_456_000_123_457, 1_893_456_000_000_001] {
            let time = Time::from_micros(micros);
            assert_eq!(Time::from_ms(time.as_ms()), time);
        }
    }

    #[test]
    fn what_is_no_moment_is_the_epoch() {
        assert_eq!(Time::from_ms(f64::NAN), Time::default());
        assert_eq!(Time::from_ms(-5.0), Time::default());
    }
}
