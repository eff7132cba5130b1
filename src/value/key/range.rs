//! Ranges of keys: what a comparison of one part leaves, and what is left of it for a walk that is under way.

use super::part::escape;
use super::{KeyPart, OrderedBytes, PartitionHash};

/// Keys from `from` on and before `to`; without a `to`, to the end of all keys.
///
/// Inclusive and exclusive bounds of every comparison become this one form, because the rows whose key has a certain
/// beginning lie between the beginning and its [`successor`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// The first key that may be in the range.
    pub from: OrderedBytes,
    /// The first key behind the range.
    pub to: Option<OrderedBytes>,
}

/// A comparison of the one key part that follows a beginning all keys of a range share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartRange<'a> {
    /// Every value.
    All,
    /// `=`
    Equal(KeyPart<'a>),
    /// `<`
    Less(KeyPart<'a>),
    /// `<=`
    LessOrEqual(KeyPart<'a>),
    /// `>`
    Greater(KeyPart<'a>),
    /// `>=`
    GreaterOrEqual(KeyPart<'a>),
    /// `BETWEEN`, both bounds included.
    Between(KeyPart<'a>, KeyPart<'a>),
    /// `begins_with`, of a string or binary. A number begins with nothing but itself.
    BeginsWith(KeyPart<'a>),
}

impl<'a> PartRange<'a> {
    /// The values that the range is compared with.
    pub fn operands(&self) -> impl Iterator<Item = KeyPart<'a>> {
        let (first, second) = match *self {
            PartRange::All => (None, None),
            PartRange::Equal(part)
            | PartRange::Less(part)
            | PartRange::LessOrEqual(part)
            | PartRange::Greater(part)
            | PartRange::GreaterOrEqual(part)
            | PartRange::BeginsWith(part) => (Some(part), None),
            PartRange::Between(low, high) => (Some(low), Some(high)),
        };
        first.into_iter().chain(second)
    }
}

impl KeyRange {
    /// Every key there is.
    pub fn all() -> Self {
        KeyRange {
            from: OrderedBytes::new(&[]),
            to: None,
        }
    }

    /// Keys whose hash is from `first` to `last`, both included.
    pub fn hashes(first: PartitionHash, last: PartitionHash) -> Self {
        KeyRange {
            from: OrderedBytes::new(&first.0.to_be_bytes()),
            to: last.0.checked_add(1).map(|next| OrderedBytes::new(&next.to_be_bytes())),
        }
    }

    /// Keys that start with `beginning`.
    pub fn starting_with(beginning: &[u8]) -> Self {
        KeyRange {
            from: OrderedBytes::new(beginning),
            to: successor(beginning),
        }
    }

    /// Keys that start with `beginning` (hash, partition parts, and sort parts that are given by equality) and whose next
    /// part is in `range`.
    pub fn within(beginning: &[u8], range: PartRange<'_>) -> Self {
        let with = |part: KeyPart<'_>| {
            let mut bytes = beginning.to_vec();
            part.encode(&mut bytes);
            bytes
        };
        let first = || OrderedBytes::new(beginning);
        match range {
            PartRange::All => KeyRange::starting_with(beginning),
            PartRange::Equal(part) => KeyRange::starting_with(&with(part)),
            PartRange::Less(part) => KeyRange {
                from: first(),
                to: Some(OrderedBytes::from(with(part))),
            },
            PartRange::LessOrEqual(part) => KeyRange {
                from: first(),
                to: successor(&with(part)),
            },
            PartRange::Greater(part) => match successor(&with(part)) {
                Some(from) => KeyRange {
                    from,
                    to: successor(beginning),
                },
                None => KeyRange::nothing(),
            },
            PartRange::GreaterOrEqual(part) => KeyRange {
                from: OrderedBytes::from(with(part)),
                to: successor(beginning),
            },
            PartRange::Between(low, high) => KeyRange {
                from: OrderedBytes::from(with(low)),
                to: successor(&with(high)),
            },
            PartRange::BeginsWith(part) => {
                let mut bytes = beginning.to_vec();
                match part {
                    KeyPart::S(prefix) | KeyPart::B(prefix) => escape(prefix, &mut bytes),
                    KeyPart::N(_) => part.encode(&mut bytes),
                }
                KeyRange::starting_with(&bytes)
            }
        }
    }

    /// No key at all.
    pub fn nothing() -> Self {
        KeyRange {
            from: OrderedBytes::new(&[]),
            to: Some(OrderedBytes::new(&[])),
        }
    }

    /// True when no key can be in the range.
    pub fn is_empty(&self) -> bool {
        self.to.as_ref().is_some_and(|to| *to <= self.from)
    }

    /// True when `key` is in the range.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.from.as_bytes() <= key && self.to.as_ref().is_none_or(|to| key < to.as_bytes())
    }

    /// What is left for a walk upwards that has seen `key`.
    pub fn after(mut self, key: &[u8]) -> Self {
        if self.from.as_bytes() <= key {
            // No bytes lie between a key and the key followed by a zero.
            let mut next = Vec::with_capacity(key.len() + 1);
            next.extend_from_slice(key);
            next.push(0);
            self.from = OrderedBytes::from(next);
        }
        self
    }

    /// What is left for a walk downwards that has seen `key`.
    pub fn before(mut self, key: &[u8]) -> Self {
        if self.to.as_ref().is_none_or(|to| key < to.as_bytes()) {
            self.to = Some(OrderedBytes::new(key));
        }
        self
    }

    /// The keys that are in both ranges.
    pub fn intersection(self, other: KeyRange) -> Self {
        KeyRange {
            from: self.from.max(other.from),
            to: match (self.to, other.to) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (to, None) | (None, to) => to,
            },
        }
    }
}

/// The first bytes behind everything that starts with `beginning`; none when nothing can be behind.
pub fn successor(beginning: &[u8]) -> Option<OrderedBytes> {
    let kept = beginning.iter().rposition(|byte| *byte != 0xff)?;
    let mut bytes = beginning.get(..=kept)?.to_vec();
    let last = bytes.last_mut()?;
    *last += 1;
    Some(OrderedBytes::from(bytes))
}
