//! `ConsumedCapacity` and `ItemCollectionMetrics` in responses.

use crate::ordered::OrderedMap;
use crate::request::capacity::{Consumed, Units};
use crate::request::inputs::ReturnConsumedCapacity;
use crate::request::tree::RawMap;
use crate::table::{IndexName, Table};
use crate::value::Item;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// How much of the consumed capacity a caller wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// The sum.
    Total,
    /// The sum, the table, and each index touched.
    Indexes,
}

impl From<Option<ReturnConsumedCapacity>> for Detail {
    fn from(asked: Option<ReturnConsumedCapacity>) -> Self {
        match asked {
            None | Some(ReturnConsumedCapacity::None) => Detail::None,
            Some(ReturnConsumedCapacity::Total) => Detail::Total,
            Some(ReturnConsumedCapacity::Indexes) => Detail::Indexes,
        }
    }
}

/// `ConsumedCapacity`
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConsumedCapacity<'a> {
    table_name: &'a str,
    capacity_units: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_capacity_units: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_capacity_units: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Arm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_secondary_indexes: Option<Arms<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    global_secondary_indexes: Option<Arms<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vector_indexes: Option<VectorArms<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Arm {
    capacity_units: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_capacity_units: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_capacity_units: Option<f64>,
}

/// What a transaction did to a table: transactions alone say which kind of units they consumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transacted {
    /// Read units.
    Read,
    /// Write units.
    Write,
}

impl Transacted {
    /// The units as read units and as write units.
    fn split(of: Option<Transacted>, units: f64) -> (Option<f64>, Option<f64>) {
        match of {
            None => (None, None),
            Some(Transacted::Read) => (Some(units), None),
            Some(Transacted::Write) => (None, Some(units)),
        }
    }
}

/// Arms by index.
#[derive(Debug)]
struct Arms<'a>(&'a OrderedMap<IndexName, Units>, Option<Transacted>);

impl Serialize for Arms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, units) in self.0.iter() {
            map.serialize_entry(name.as_str(), &arm(*units, self.1))?;
        }
        map.end()
    }
}

/// Bytes written to vector indexes.
#[derive(Debug)]
struct VectorArms<'a>(&'a [(IndexName, usize)]);

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct VectorArm {
    vector_write_request_bytes: usize,
}

impl Serialize for VectorArms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, bytes) in self.0 {
            let arm = VectorArm {
                vector_write_request_bytes: *bytes,
            };
            map.serialize_entry(name.as_str(), &arm)?;
        }
        map.end()
    }
}

fn arm(units: Units, transacted: Option<Transacted>) -> Arm {
    let capacity_units = units.as_f64();
    let (read_capacity_units, write_capacity_units) = Transacted::split(transacted, capacity_units);
    Arm {
        capacity_units,
        read_capacity_units,
        write_capacity_units,
    }
}

/// What a response shows of `consumed`; `shown_name` is the table as the caller named it.
pub fn consumed_capacity<'a>(
    shown_name: &'a str,
    consumed: &'a Consumed,
    detail: Detail,
) -> Option<ConsumedCapacity<'a>> {
    shown(shown_name, consumed, detail, None)
}

/// The same of a transaction.
pub fn transacted_capacity<'a>(
    shown_name: &'a str,
    consumed: &'a Consumed,
    detail: Detail,
    transacted: Transacted,
) -> Option<ConsumedCapacity<'a>> {
    shown(shown_name, consumed, detail, Some(transacted))
}

fn shown<'a>(
    shown_name: &'a str,
    consumed: &'a Consumed,
    detail: Detail,
    transacted: Option<Transacted>,
) -> Option<ConsumedCapacity<'a>> {
    let indexes = match detail {
        Detail::None => return None,
        Detail::Total => false,
        Detail::Indexes => true,
    };
    let arms = |arms: &'a OrderedMap<IndexName, Units>| (indexes && !arms.is_empty()).then_some(Arms(arms, transacted));
    let capacity_units = consumed.total().as_f64();
    let (read_capacity_units, write_capacity_units) = Transacted::split(transacted, capacity_units);
    Some(ConsumedCapacity {
        table_name: shown_name,
        capacity_units,
        read_capacity_units,
        write_capacity_units,
        table: indexes.then(|| arm(consumed.table, transacted)),
        local_secondary_indexes: arms(&consumed.local_indexes),
        global_secondary_indexes: arms(&consumed.global_indexes),
        vector_indexes: (indexes && !consumed.vector_indexes.is_empty())
            .then_some(VectorArms(&consumed.vector_indexes)),
    })
}

/// `ItemCollectionMetrics`
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ItemCollectionMetrics<'a> {
    item_collection_key: RawMap<'a>,
    #[serde(rename = "SizeEstimateRangeGB")]
    size_estimate_range_gb: Vec<f64>,
}

/// The key of the item collection that an item or a key belongs to: its partition key attribute.
pub fn collection_key(table: &Table, item: &Item) -> Item {
    table.partition_of(item.attributes())
}

/// The metrics of a collection of `bytes`: the whole gigabytes below and above. `key` is from [`collection_key`].
pub fn collection_metrics(key: &Item, bytes: u64) -> ItemCollectionMetrics<'_> {
    const GB: u64 = 1 << 30;
    let lower = bytes / GB;
    ItemCollectionMetrics {
        item_collection_key: RawMap::from(key),
        size_estimate_range_gb: vec![lower as f64, (lower + 1) as f64],
    }
}
