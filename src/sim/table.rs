//! The table that every run works on, its items and its keys.

use super::model::Key;
use crate::cluster::Random;
use crate::table::{
    AttributeName, GlobalIndexSpec, IndexName, KeyAttribute, KeySchema, LocalIndex, Projection, SearchAttribute,
    SearchRole, StreamView, TableName, TableSpec, Throughput, VectorDefinition, WarmChange,
};
use crate::value::Item;
use crate::value::flat::{Tag, View, Writer};
use crate::value::key::KeyType;
use crate::value::vector::Distance;

/// Its name.
pub(super) const TABLE: &str = "Table";
/// The index that comes and goes.
pub(super) const EXTRA: &str = "extra";

pub(super) fn key_attribute(name: &str, key_type: KeyType) -> KeyAttribute {
    KeyAttribute {
        name: AttributeName::new(name),
        key_type,
    }
}

fn projection(random: &mut Random) -> Projection {
    match random.below(3) {
        0 => Projection::All,
        1 => Projection::KeysOnly,
        _ => Projection::Include(vec![AttributeName::new("v")]),
    }
}

pub(super) fn index_spec(name: &str, partition: Vec<KeyAttribute>, random: &mut Random) -> GlobalIndexSpec {
    GlobalIndexSpec {
        name: IndexName::new(name),
        schema: KeySchema {
            partition,
            sort: vec![key_attribute("n", KeyType::N)],
        },
        projection: projection(random),
        throughput: Throughput::default(),
        on_demand: None,
        warm: WarmChange::default(),
    }
}

pub(super) fn table_spec(random: &mut Random) -> TableSpec {
    let key = KeySchema {
        partition: vec![key_attribute("pk", KeyType::S)],
        sort: vec![key_attribute("sk", KeyType::N)],
    };
    let attributes = vec![
        key_attribute("pk", KeyType::S),
        key_attribute("sk", KeyType::N),
        key_attribute("n", KeyType::N),
        key_attribute("g", KeyType::S),
    ];
    let by_n = LocalIndex {
        name: IndexName::new("by-n"),
        schema: KeySchema {
            partition: key.partition.clone(),
            sort: vec![key_attribute("n", KeyType::N)],
        },
        projection: projection(random),
    };
    let by_e = VectorDefinition {
        name: IndexName::new("by-e"),
        attribute: AttributeName::new("e"),
        dimensions: 2,
        distance: Distance::Cosine,
        search: vec![SearchAttribute {
            key: key_attribute("g", KeyType::S),
            role: SearchRole::Hash,
        }],
        projection: projection(random),
    };
    TableSpec {
        local_indexes: vec![by_n],
        vector_indexes: vec![by_e],
        global_indexes: vec![index_spec("by-g", vec![key_attribute("g", KeyType::S)], random)],
        stream: Some(StreamView::NewAndOldImages),
        ..TableSpec::on_demand(TableName::new(TABLE), key, attributes)
    }
}

pub(super) fn key_item(key: &Key) -> Item {
    let mut writer = Writer::new();
    let open = writer.open(Tag::Attributes, 2);
    write_key(&mut writer, key);
    writer.close(open);
    Item::from_admitted(writer.bytes())
}

fn write_key(writer: &mut Writer, (partition, sort): &Key) {
    writer.text(b"pk");
    writer.scalar(Tag::S, partition.as_bytes());
    writer.text(b"sk");
    writer.scalar(Tag::N, sort.to_string().as_bytes());
}

/// A version of a row: its key, a number that no other version has, and index keys that may be absent or the same again.
pub(super) fn item(random: &mut Random, key: &Key, version: u64) -> Item {
    let mut extra: Vec<(&str, Tag, String)> = Vec::new();
    if random.below(4) > 0 {
        extra.push(("g", Tag::S, format!("g{}", random.below(3))));
    }
    if random.below(5) > 0 {
        extra.push(("n", Tag::N, random.below(3).to_string()));
    }
    if random.below(3) > 0 {
        extra.push(("c", Tag::S, format!("c{}", random.below(4))));
    }
    let vector = (random.below(3) > 0).then(|| [random.below(2), random.below(3)]);
    let mut writer = Writer::new();
    let count = 4 + extra.len() + usize::from(vector.is_some());
    let open = writer.open(Tag::Attributes, count);
    write_key(&mut writer, key);
    if let Some(elements) = vector {
        writer.text(b"e");
        let list = writer.open(Tag::L, elements.len());
        for element in elements {
            writer.scalar(Tag::N, element.to_string().as_bytes());
        }
        writer.close(list);
    }
    writer.text(b"v");
    writer.scalar(Tag::N, version.to_string().as_bytes());
    // Present only in whole items, so that a projected one is known as such.
    writer.text(b"all");
    writer.scalar(Tag::S, b"yes");
    for (name, tag, text) in extra {
        writer.text(name.as_bytes());
        writer.scalar(tag, text.as_bytes());
    }
    writer.close(open);
    Item::from_admitted(writer.bytes())
}

pub(super) fn model_key(item: &Item) -> Option<Key> {
    let text = |name: &[u8]| {
        let value = item.get(name)?;
        match value.view().ok()? {
            View::S(text) | View::N(text) => String::from_utf8(text.to_vec()).ok(),
            _ => None,
        }
    };
    Some((text(b"pk")?, text(b"sk")?.parse().ok()?))
}
