//! A key's bytes, in place where they are few.

use super::{PartitionHash, hash_of};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

/// Bytes that sort as the key they stand for.
///
/// Short ones, as nearly all are, lie in place: making, moving and comparing a key then allocates nothing, and finding a row
/// among its neighbours touches one place in memory less.
#[derive(Clone)]
pub struct OrderedBytes(Place);

#[derive(Clone)]
enum Place {
    Short { length: u8, bytes: [u8; SHORT_BYTES_MAX] },
    Long(Box<[u8]>),
}

/// With the tag and the length, five words of eight bytes: a hash, and keys of some 28 letters and digits.
pub(super) const SHORT_BYTES_MAX: usize = 38;
const _: () = assert!(size_of::<OrderedBytes>() == 40);

impl OrderedBytes {
    /// Takes bytes written by this module.
    pub fn new(key: &[u8]) -> Self {
        let mut bytes = [0; SHORT_BYTES_MAX];
        OrderedBytes(match bytes.get_mut(..key.len()) {
            Some(place) => {
                place.copy_from_slice(key);
                let length = key.len() as u8;
                Place::Short { length, bytes }
            }
            None => Place::Long(key.into()),
        })
    }
    /// Takes the first `length` of bytes that were written in place.
    #[inline]
    pub(super) fn short(bytes: [u8; SHORT_BYTES_MAX], length: u8) -> Self {
        OrderedBytes(Place::Short { length, bytes })
    }
    /// The bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Place::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Place::Long(bytes) => bytes,
        }
    }
    /// The hash in front of a whole key.
    pub fn hash(&self) -> Option<PartitionHash> {
        hash_of(self.as_bytes())
    }
}

impl PartialEq for OrderedBytes {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for OrderedBytes {}

impl PartialOrd for OrderedBytes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedBytes {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Debug for OrderedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderedBytes({:?})", self.as_bytes())
    }
}

impl Borrow<[u8]> for OrderedBytes {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl AsRef<[u8]> for OrderedBytes {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<Vec<u8>> for OrderedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        if bytes.len() <= SHORT_BYTES_MAX {
            OrderedBytes::new(&bytes)
        } else {
            OrderedBytes(Place::Long(bytes.into_boxed_slice()))
        }
    }
}
