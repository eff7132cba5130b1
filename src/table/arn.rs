//! Amazon Resource Names. The engine is one region under whatever name a caller knows it by, so names follow the request.

use super::{IndexName, TableName, Uuid};
use std::fmt;
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_128;

/// Region and account that a request believes to talk to; ARNs in its response are of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// For example `us-east-1`.
    pub region: Rc<str>,
    /// Twelve digits.
    pub account: Rc<str>,
}

impl Origin {
    /// An origin of that region and account.
    pub fn new(region: &str, account: &str) -> Self {
        Origin {
            region: Rc::from(region),
            account: Rc::from(account),
        }
    }
    /// `arn:aws:dynamodb:{region}:{account}:table/{table}`
    pub fn table(&self, table: &TableName) -> String {
        format!("arn:aws:dynamodb:{}:{}:table/{table}", self.region, self.account)
    }
    /// The ARN of a secondary index.
    pub fn index(&self, table: &TableName, index: &IndexName) -> String {
        format!("{}/index/{index}", self.table(table))
    }
    /// The ARN of the stream enabled at that instant.
    pub fn stream(&self, table: &TableName, enabled_ms: u64) -> String {
        format!("{}/stream/{}", self.table(table), Label(enabled_ms))
    }
    /// The ARN of an encryption key. `None` is the key that AWS manages for DynamoDB in this account and region. Where the caller
    /// named an alias, AWS shows the key behind it; keys have no other existence here, so its identifier follows from the name.
    pub fn encryption_key(&self, key: Option<&str>) -> String {
        let id = match key {
            Some(arn) if arn.starts_with("arn:") => return arn.to_owned(),
            Some(id) if !id.starts_with("alias/") => id.to_owned(),
            Some(_) | None => {
                let alias = key.unwrap_or("alias/aws/dynamodb");
                let place = format!("{}/{}/{alias}", self.region, self.account);
                Uuid::from_random(xxh3_128(place.as_bytes()).to_be_bytes()).to_string()
            }
        };
        format!("arn:aws:kms:{}:{}:key/{id}", self.region, self.account)
    }
}

/// An instant as streams are labelled: `2015-06-27T00:48:05.899`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub u64);

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, in_day) = (self.0 / 86_400_000, self.0 % 86_400_000);
        let (year, month, day) = civil(days);
        let (seconds, millis) = (in_day / 1000, in_day % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}"
        )
    }
}

/// Year, month and day of a day counted from the epoch, in the proleptic Gregorian calendar. Years are counted from March, so that
/// the leap day is the last of a year and the months before it have a regular pattern of 153 days in five.
fn civil(days_since_epoch: u64) -> (u64, u64, u64) {
    let days = days_since_epoch + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_civil_time() {
        assert_eq!(Label(0).to_string(), "1970-01-01T00:00:00.000");
        assert_eq!(Label(1_435_366_085_899).to_string(), "2015-06-27T00:48:05.899");
        assert_eq!(Label(951_782_400_000).to_string(), "2000-02-29T00:00:00.000");
        assert_eq!(Label(4_107_542_399_999).to_string(), "2100-02-28T23:59:59.999");
        assert_eq!(Label(4_107_542_400_000).to_string(), "2100-03-01T00:00:00.000");
    }

    #[test]
    fn a_key_named_by_alias_has_one_identifier_for_each_place() {
        let here = Origin::new("us-east-1", "123456789012");
        let there = Origin::new("eu-west-2", "123456789012");
        assert_eq!(
            here.encryption_key(None),
            here.encryption_key(Some("alias/aws/dynamodb"))
        );
        assert_ne!(here.encryption_key(None), there.encryption_key(None));
        assert_eq!(
            here.encryption_key(Some("k-1")),
            "arn:aws:kms:us-east-1:123456789012:key/k-1"
        );
    }
}
