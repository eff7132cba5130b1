//! The words of a schema: names, keys, projections, indexes. Data without behaviour beyond asking it about itself.
//!
//! Everything here is immutable once a table has it, and cheap to clone: names are shared.

use super::Insights;
use crate::value::key::KeyType;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

/// Declares a shared, ordered name.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Rc<str>);

        impl $name {
            /// Takes a name that validation has passed.
            pub fn new(name: &str) -> Self {
                $name(Rc::from(name))
            }
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
            /// The name, shared.
            pub fn shared(&self) -> Rc<str> {
                Rc::clone(&self.0)
            }
            /// The name as the bytes that flat items hold.
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

name!(
    /// A table's name: 3 to 255 characters of `[a-zA-Z0-9_.-]`.
    TableName
);
name!(
    /// A secondary index's name: 3 to 255 characters of `[a-zA-Z0-9_.-]`, unique within its table.
    IndexName
);
name!(
    /// The name of a top-level attribute.
    AttributeName
);

/// One attribute of a key and the type its values must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAttribute {
    /// The attribute.
    pub name: AttributeName,
    /// The type declared in AttributeDefinitions.
    pub key_type: KeyType,
}

/// What identifies a row of a table or sorts the entries of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySchema {
    /// HASH attributes: exactly one for tables and local indexes, one to four for global indexes.
    pub partition: Vec<KeyAttribute>,
    /// RANGE attributes: at most one for tables, exactly one for local indexes, up to four for global indexes.
    pub sort: Vec<KeyAttribute>,
}

impl KeySchema {
    /// Partition attributes, then sort attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.partition.iter().chain(&self.sort)
    }
    /// Number of attributes.
    pub fn len(&self) -> usize {
        self.partition.len() + self.sort.len()
    }
    /// False: a key has at least its partition attribute.
    pub fn is_empty(&self) -> bool {
        self.partition.is_empty() && self.sort.is_empty()
    }
    /// The key attribute of that name.
    pub fn attribute(&self, name: &[u8]) -> Option<&KeyAttribute> {
        self.attributes().find(|attribute| attribute.name.as_bytes() == name)
    }
    /// True if `name` is part of the key.
    pub fn contains(&self, name: &[u8]) -> bool {
        self.attribute(name).is_some()
    }
}

/// What an index copies of an item besides the keys of the table and of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projection {
    /// Everything.
    All,
    /// Nothing more.
    KeysOnly,
    /// These attributes.
    Include(Vec<AttributeName>),
}

/// A local secondary index: another sort key within the table's partitions, updated with the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalIndex {
    /// Its name.
    pub name: IndexName,
    /// The table's partition attribute and a sort attribute of its own.
    pub schema: KeySchema,
    /// What it copies.
    pub projection: Projection,
}

/// Identifies one incarnation of a global secondary index: an index that is deleted and made again gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IndexId(pub u32);

/// Identifies one incarnation of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableId(pub u32);

/// Where a global index stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IndexStatus {
    /// Being made; `backfilling` once the table's items are being copied into it.
    Creating {
        /// True while items are copied.
        backfilling: bool,
    },
    /// Throughput is being changed.
    Updating,
    /// Being dropped.
    Deleting,
    /// In use.
    Active,
}

/// Where a table stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableStatus {
    /// Being made; data-plane operations do not see it yet.
    Creating,
    /// In use while settings or indexes change.
    Updating,
    /// Being dropped.
    Deleting,
    /// In use.
    Active,
}

/// Provisioned capacity, in units a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throughput {
    /// `ReadCapacityUnits`; zero on demand.
    pub read: u64,
    /// `WriteCapacityUnits`; zero on demand.
    pub write: u64,
}

/// Provisioned capacity together with when it was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionedThroughput {
    /// The capacity.
    pub units: Throughput,
    /// When it last grew, in epoch milliseconds.
    pub increased_ms: Option<u64>,
    /// When it last shrank, in epoch milliseconds.
    pub decreased_ms: Option<u64>,
    /// How often it shrank on the day of `decreased_ms`.
    pub decreases_today: u64,
}

/// Ceilings of on-demand capacity, in units a second; absent members have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDemandThroughput {
    /// `MaxReadRequestUnits`
    pub read_max: Option<u64>,
    /// `MaxWriteRequestUnits`
    pub write_max: Option<u64>,
}

/// Throughput that is served at once, in units a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarmThroughput {
    /// `ReadUnitsPerSecond`
    pub read: u64,
    /// `WriteUnitsPerSecond`
    pub write: u64,
}

/// A global secondary index: a table of its own, fed by the base table's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlobalIndex {
    /// This incarnation.
    pub id: IndexId,
    /// Its name.
    pub name: IndexName,
    /// One to four partition attributes, up to four sort attributes.
    pub schema: KeySchema,
    /// What it copies.
    pub projection: Projection,
    /// Provisioned capacity.
    pub throughput: ProvisionedThroughput,
    /// On-demand ceilings, when any was set.
    pub on_demand: Option<OnDemandThroughput>,
    /// Throughput served at once.
    pub warm: WarmThroughput,
    /// True while warm throughput that was asked for settles.
    #[serde(skip)]
    pub warm_updating: bool,
    /// Where it stands.
    pub status: IndexStatus,
    /// Contributor Insights of the index, once they were switched on.
    pub insights: Option<Insights>,
}

/// How a table is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BillingMode {
    /// By the capacity set.
    Provisioned,
    /// By the request.
    PayPerRequest,
}

/// Storage class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableClass {
    /// `STANDARD`
    Standard,
    /// `STANDARD_INFREQUENT_ACCESS`
    StandardInfrequentAccess,
}

/// What a stream record carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StreamView {
    /// `KEYS_ONLY`
    KeysOnly,
    /// `NEW_IMAGE`
    NewImage,
    /// `OLD_IMAGE`
    OldImage,
    /// `NEW_AND_OLD_IMAGES`
    NewAndOldImages,
}

/// A table's stream: the enabled one, or the last one a table had, which keeps its label and ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// What records carry; `None` once disabled.
    pub view: Option<StreamView>,
    /// When it was enabled, in epoch milliseconds: the stream's label is this instant, so it also is its identity.
    pub enabled_ms: u64,
}

/// Server-side encryption with a key of the Key Management Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encryption {
    /// The key named by the caller (an id, an alias or an ARN); `None` for the AWS-managed key.
    pub key: Option<Rc<str>>,
}

/// A tag of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// 1 to 128 characters.
    pub key: Rc<str>,
    /// Up to 256 characters.
    pub value: Rc<str>,
}

/// A random identifier of 128 bits, shown as a UUID of version 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// Makes one of 128 random bits; six of them give way to the version and the variant (RFC 9562).
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        if let Some(byte) = bytes.get_mut(6) {
            *byte = (*byte & 0x0f) | 0x40;
        }
        if let Some(byte) = bytes.get_mut(8) {
            *byte = (*byte & 0x3f) | 0x80;
        }
        Uuid(bytes)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().enumerate() {
            if matches!(position, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_four_and_its_variant() {
        assert_eq!(
            Uuid::from_random([0xff; 16]).to_string(),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_eq!(
            Uuid::from_random([0; 16]).to_string(),
            "00000000-0000-4000-8000-000000000000"
        );
    }
}
