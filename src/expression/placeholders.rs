//! ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions have used.

use super::fault::{PlaceholderFault, PlaceholderMap, ValueOfPlaceholder};
use super::lexer::is_placeholder;
use crate::bytes::equal;
use crate::limits;
use crate::sort;
use crate::value::Layer;
use crate::value::admit::{AdmittedValue, NAME_BYTES_MAX, admit_value_within};
use crate::value::flat::Map;
use std::borrow::Cow;

/// Bytes that a placeholder may have, its mark included.
const KEY_BYTES_MAX: usize = 255;

/// A placeholder, what it stands for, and whether an expression has used it.
#[derive(Clone, Debug)]
struct Entry<'a, T> {
    key: &'a str,
    meaning: T,
    is_used: bool,
}

impl<'a, T> Entry<'a, T> {
    fn new(key: &'a str, meaning: T) -> Self {
        Entry {
            key,
            meaning,
            is_used: false,
        }
    }
}

/// What `#name` and `:value` stand for in the expressions of one request. Binding an expression marks what it uses.
#[derive(Clone, Debug, Default)]
pub struct Placeholders<'a> {
    names: Entries<'a, &'a str>,
    values: Entries<'a, AdmittedValue<'a>>,
}

impl<'a> Placeholders<'a> {
    /// No names and no values.
    pub fn none() -> Self {
        Placeholders::default()
    }

    /// True for a request that has neither.
    pub fn is_empty(&self) -> bool {
        self.names.written.is_empty() && self.values.written.is_empty()
    }

    /// Refuses maps that cannot belong to any expression, whatever they hold: names before values, each key in the request's order.
    ///
    /// # Errors
    /// A map without entries; a key that is not its mark and a name, or is over 255 bytes.
    pub fn check_keys<'k>(
        names: Option<impl IntoIterator<Item = &'k str>>,
        values: Option<Map<'k>>,
    ) -> Result<(), PlaceholderFault> {
        if let Some(names) = names {
            check_keys(PlaceholderMap::Names, '#', names.into_iter().map(str::as_bytes))?;
        }
        match values {
            Some(values) => check_keys(PlaceholderMap::Values, ':', values.iter().map(|(key, _)| key)),
            None => Ok(()),
        }
    }

    /// Takes ExpressionAttributeNames: placeholders, whose keys were checked, and the attributes they stand for, in the request's order.
    ///
    /// # Errors
    /// The first name that is empty or over 65,535 bytes.
    pub fn read_names(&mut self, names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), PlaceholderFault> {
        let names: Vec<(&str, &str)> = names.into_iter().collect();
        for (key, name) in &names {
            if name.is_empty() {
                return Err(PlaceholderFault::EmptyName { key: (*key).to_owned() });
            }
            if name.len() > NAME_BYTES_MAX {
                return Err(PlaceholderFault::NameTooLong { key: (*key).to_owned() });
            }
        }
        self.names = Entries::new(names.into_iter().map(|(key, name)| Entry::new(key, name)).collect());
        Ok(())
    }

    /// Takes and admits ExpressionAttributeValues, whose keys were checked, each with that many levels at most.
    ///
    /// # Errors
    /// The first value that is refused.
    pub fn read_values(&mut self, values: Map<'a>, layer: Layer, levels: usize) -> Result<(), ValueOfPlaceholder> {
        let mut written = Vec::with_capacity(values.len().min(COMPARED_KEYS_MAX));
        for (key, value) in values.iter() {
            let key = std::str::from_utf8(key).unwrap_or_default();
            let value = admit_value_within(value.bytes(), layer, levels).map_err(|fault| ValueOfPlaceholder {
                key: key.to_owned(),
                fault,
            })?;
            written.push(Entry::new(key, value));
        }
        self.values = Entries::new(written);
        Ok(())
    }

    /// Refuses names, then values, that are too large together: 2 MB, placeholders included.
    pub fn check_size(&self) -> Result<(), PlaceholderFault> {
        let names = self
            .names
            .written
            .iter()
            .map(|name| name.key.len() + name.meaning.len());
        let values = self.values.written.iter();
        let values = values.map(|value| value.key.len() + value.meaning.size_bytes);
        let names: usize = names.sum();
        if names > limits::EXPRESSION_ATTRIBUTES_BYTES_MAX {
            return Err(PlaceholderFault::TooLarge(PlaceholderMap::Names));
        }
        if names + values.sum::<usize>() > limits::EXPRESSION_ATTRIBUTES_BYTES_MAX {
            return Err(PlaceholderFault::TooLarge(PlaceholderMap::Values));
        }
        Ok(())
    }

    /// Refuses names, then values, that no expression bound so far has used.
    #[inline(never)]
    pub fn check_all_used(&self) -> Result<(), PlaceholderFault> {
        self.names.check_all_used(PlaceholderMap::Names)?;
        self.values.check_all_used(PlaceholderMap::Values)
    }

    /// The name that `#key` stands for, now used.
    pub(super) fn name(&mut self, key: &str) -> Option<&'a str> {
        self.names.take(key).copied()
    }

    /// The value that `:key` stands for, now used.
    pub(super) fn value(&mut self, key: &str) -> Option<&AdmittedValue<'a>> {
        self.values.take(key)
    }
}

/// Entries in the order written; a key given twice keeps its last meaning, as in a JSON object.
#[derive(Clone, Debug)]
struct Entries<'a, T> {
    written: Vec<Entry<'a, T>>,
    /// Positions in `written` by key, where there are too many to look through.
    sorted: Vec<u32>,
}

/// Entries that are looked through one after another: most keys differ in their length already.
const COMPARED_KEYS_MAX: usize = 12;

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Entries {
            written: Vec::new(),
            sorted: Vec::new(),
        }
    }
}

impl<'a, T> Entries<'a, T> {
    fn new(mut written: Vec<Entry<'a, T>>) -> Self {
        let mut sorted = Vec::new();
        if written.len() <= COMPARED_KEYS_MAX {
            let mut at = 0;
            while let Some((entry, later)) = written.get(at..).and_then(<[_]>::split_first) {
                if later.iter().any(|other| other.key == entry.key) {
                    written.remove(at);
                } else {
                    at += 1;
                }
            }
        } else {
            forget_repeated(&mut written);
            sorted.extend(0..written.len() as u32);
            sort::by_key(&mut sorted, |place| written.get(*place as usize).map(|entry| entry.key));
        }
        Entries { written, sorted }
    }

    fn take(&mut self, key: &str) -> Option<&T> {
        let written = &mut self.written;
        let place = if self.sorted.is_empty() {
            written
                .iter()
                .position(|entry| equal(entry.key.as_bytes(), key.as_bytes()))?
        } else {
            let key_at = |place: &u32| written.get(*place as usize).map(|entry| entry.key);
            let found = self
                .sorted
                .binary_search_by(|place| key_at(place).cmp(&Some(key)))
                .ok()?;
            *self.sorted.get(found)? as usize
        };
        let entry = written.get_mut(place)?;
        entry.is_used = true;
        Some(&entry.meaning)
    }

    fn check_all_used(&self, map: PlaceholderMap) -> Result<(), PlaceholderFault> {
        let unused = || self.written.iter().filter(|entry| !entry.is_used);
        if unused().next().is_none() {
            return Ok(());
        }
        let mut unused: Vec<&str> = unused().map(|entry| entry.key).collect();
        let buckets = hash_set_buckets(self.written.len());
        sort::by_key(&mut unused, |key| hash_set_bucket(key, buckets));
        Err(PlaceholderFault::Unused {
            map,
            keys: unused.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Keeps the last of the entries that share a key, in the order written.
fn forget_repeated<T>(written: &mut Vec<Entry<'_, T>>) {
    let mut last: Vec<(&str, u32)> = written
        .iter()
        .zip(0..)
        .map(|(entry, place)| (entry.key, place))
        .collect();
    sort::ascending(&mut last);
    let repeated = last.windows(2).filter_map(|pair| match pair {
        [(one, place), (next, _)] if one == next => Some(*place),
        _ => None,
    });
    let mut repeated: Vec<u32> = repeated.collect();
    sort::ascending(&mut repeated);
    let mut place = 0;
    written.retain(|_| {
        place += 1;
        repeated.binary_search(&(place - 1)).is_err()
    });
}

fn check_keys<'k>(
    map: PlaceholderMap,
    mark: char,
    keys: impl IntoIterator<Item = &'k [u8]>,
) -> Result<(), PlaceholderFault> {
    let mut keys = keys.into_iter().peekable();
    if keys.peek().is_none() {
        return Err(PlaceholderFault::Empty(map));
    }
    for key in keys {
        let key = match std::str::from_utf8(key) {
            Ok(key) => Cow::Borrowed(key),
            Err(_) => String::from_utf8_lossy(key),
        };
        if key.is_empty() {
            return Err(PlaceholderFault::EmptyKey(map));
        }
        if key.len() > KEY_BYTES_MAX {
            return Err(PlaceholderFault::KeyTooLong { map, bytes: key.len() });
        }
        if !is_placeholder(&key, mark) {
            return Err(PlaceholderFault::InvalidKey {
                map,
                key: key.into_owned(),
            });
        }
    }
    Ok(())
}

/// Unused keys are listed in the order of the hash set that the service copies all keys into: by bucket, in the order
/// written within one. The number of buckets is the power of two that keeps `keys` below three quarters of it, at least 16.
fn hash_set_buckets(keys: usize) -> u32 {
    let wanted = (keys.saturating_mul(4) / 3 + 1).max(16);
    u32::try_from(wanted).unwrap_or(1 << 30).next_power_of_two()
}

/// The bucket of a key: the polynomial hash of its UTF-16 units, its halves mixed.
fn hash_set_bucket(key: &str, buckets: u32) -> u32 {
    let hash = key
        .encode_utf16()
        .fold(0u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
    (hash ^ (hash >> 16)) & (buckets - 1)
}

#[cfg(test)]
#[path = "placeholders_tests.rs"]
mod tests;
