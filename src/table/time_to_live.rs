//! Items that expire: whether a table has them, and the attribute that says when.

use super::AttributeName;
use crate::error::stream::TimeToLiveFault;
use crate::time::Time;
use crate::value::Item;
use crate::value::flat::View;
use serde::{Deserialize, Serialize};

/// Whether a table's items expire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeToLive {
    /// The attribute that holds the second, counted from the epoch, at which an item expires.
    pub attribute: AttributeName,
    /// Where the setting stands.
    pub status: TimeToLiveStatus,
    /// When it was last changed, in epoch milliseconds.
    pub changed_ms: u64,
}

/// Where a table's time to live stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeToLiveStatus {
    /// ENABLING
    Enabling,
    /// ENABLED
    Enabled,
    /// DISABLING
    Disabling,
    /// DISABLED
    Disabled,
}

impl TimeToLiveStatus {
    /// True if it is on, or about to be.
    pub fn is_on(self) -> bool {
        match self {
            TimeToLiveStatus::Enabling | TimeToLiveStatus::Enabled => true,
            TimeToLiveStatus::Disabling | TimeToLiveStatus::Disabled => false,
        }
    }
    /// What it comes to.
    #[must_use]
    pub fn settled(self) -> Self {
        if self.is_on() {
            TimeToLiveStatus::Enabled
        } else {
            TimeToLiveStatus::Disabled
        }
    }
}

/// A change of a table's time to live, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeToLiveChange {
    /// True to turn it on.
    pub enabled: bool,
    /// The attribute that says when.
    pub attribute: AttributeName,
}

/// Least time between two changes.
const CHANGE_INTERVAL_MS: u64 = 60 * 60 * 1000;

impl TimeToLiveChange {
    /// The setting after the change of what there is, at `now_ms`; in transition.
    ///
    /// # Errors
    /// Why it cannot be changed like that.
    pub fn applied(self, current: Option<&TimeToLive>, now_ms: u64) -> Result<TimeToLive, TimeToLiveFault> {
        let on = current.filter(|current| current.status.is_on());
        match on {
            None if !self.enabled => return Err(TimeToLiveFault::DisabledAlready),
            Some(on) if on.attribute != self.attribute => {
                return Err(TimeToLiveFault::OtherAttribute {
                    current: on.attribute.to_string(),
                });
            }
            Some(_) if self.enabled => return Err(TimeToLiveFault::EnabledAlready),
            None | Some(_) => {}
        }
        if current.is_some_and(|current| now_ms < current.changed_ms.saturating_add(CHANGE_INTERVAL_MS)) {
            return Err(TimeToLiveFault::TooSoon);
        }
        Ok(TimeToLive {
            attribute: self.attribute,
            status: if self.enabled {
                TimeToLiveStatus::Enabling
            } else {
                TimeToLiveStatus::Disabling
            },
            changed_ms: now_ms,
        })
    }
}

/// Seconds since the epoch at which an item expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expiry(pub u64);

/// Items that expired longer ago are left alone: five years of 365 days.
const EXPIRED_FOR_SECONDS_MAX: u64 = 5 * 365 * 24 * 60 * 60;

impl Expiry {
    /// When an item expires by that attribute: never if it has none, or one that is no number of seconds.
    pub fn of(item: &Item, attribute: &AttributeName) -> Option<Expiry> {
        let Ok(View::N(number)) = item.get(attribute.as_bytes())?.view() else {
            return None;
        };
        let whole = number.split(|byte| *byte == b'.').next().unwrap_or_default();
        std::str::from_utf8(whole).ok()?.parse().ok().map(Expiry)
    }
    /// True if an item of this expiry is to be deleted at `now`.
    pub fn is_due(self, now: Time) -> bool {
        let seconds = now.whole_ms() / 1000;
        self.0 < seconds && !self.is_forgotten(now)
    }
    /// True if it has passed too long ago to count.
    pub fn is_forgotten(self, now: Time) -> bool {
        self.0.saturating_add(EXPIRED_FOR_SECONDS_MAX) < now.whole_ms() / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::flat::{Tag, Writer};

    fn expiry(tag: Tag, text: &str) -> Option<Expiry> {
        let mut writer = Writer::new();
        let open = writer.open(Tag::Attributes, 1);
        writer.text(b"ttl");
        writer.scalar(tag, text.as_bytes());
        writer.close(open);
        Expiry::of(&Item::from_admitted(writer.bytes()), &AttributeName::new("ttl"))
    }

    #[test]
    fn only_a_number_of_seconds_is_an_expiry() {
        assert_eq!(expiry(Tag::N, "1893456000"), Some(Expiry(1_893_456_000)));
        assert_eq!(expiry(Tag::N, "1893456000.75"), Some(Expiry(1_893_456_000)));
        for text in ["-5", "-0.5", "100000000000000000000000000000"] {
            assert_eq!(expiry(Tag::N, text), None, "{text}");
        }
        assert_eq!(expiry(Tag::S, "1893456000"), None);
    }

    #[test]
    fn what_expired_five_years_ago_is_left_alone() {
        let now = Time::from_ms(1_893_456_000_000.0);
        let due = |ago: u64| Expiry(1_893_456_000 - ago).is_due(now);
        assert!(!due(0));
        assert!(due(1));
        assert!(due(EXPIRED_FOR_SECONDS_MAX));
        assert!(!due(EXPIRED_FOR_SECONDS_MAX + 1));
        assert!(!Expiry(u64::MAX).is_due(now));
    }
}
