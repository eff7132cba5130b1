//! What is written reads back, in pieces and chunks of any size; what is damaged is refused.

use super::*;
use crate::store::Corrupt;
use crate::store::manifest::{Generation, Manifest};
use crate::table::*;
use crate::time::Time;
use crate::value::flat::{Tag, Writer};
use crate::value::key::{HashSeed, KeyType, PartitionHash};
use std::collections::VecDeque;

/// Rows by position, standing in for a tree: the position is a row's number as key bytes.
struct Rows(Vec<Item>);

impl RowSource for Rows {
    fn read(&self, position: &mut Option<OrderedBytes>, budget_bytes: usize, row: &mut dyn FnMut(&Item)) -> bool {
        let start = position.as_ref().map_or(0, |key| {
            usize::from_str_radix(&String::from_utf8_lossy(key.as_bytes()), 16).unwrap()
        });
        let mut spent = 0;
        for (number, item) in self.0.iter().enumerate().skip(start) {
            row(item);
            spent += item.bytes().len();
            *position = Some(OrderedBytes::from(format!("{:x}", number + 1).into_bytes()));
            if spent > budget_bytes {
                return true;
            }
        }
        false
    }
}

fn item(number: usize, bytes: usize) -> Item {
    let mut writer = Writer::new();
    let map = writer.open(Tag::Attributes, 2);
    writer.text(b"pk");
    writer.scalar(Tag::N, number.to_string().as_bytes());
    writer.text(b"body");
    writer.scalar(Tag::S, &vec![b'x'; bytes]);
    writer.close(map);
    Item::from_admitted(writer.bytes())
}

fn table(name: &str) -> Table {
    let key = KeyAttribute {
        name: AttributeName::new("pk"),
        key_type: KeyType::N,
    };
    Table {
        id: TableId(1),
        name: TableName::new(name),
        uuid: Uuid::from_random([7; 16]),
        hash_seed: HashSeed(9),
        created_ms: 1_700_000_000_123,
        status: TableStatus::Active,
        updates: 0,
        schema: KeySchema {
            partition: vec![key.clone()],
            sort: Vec::new(),
        },
        attributes: vec![key],
        local_indexes: Vec::new(),
        global_indexes: Vec::new(),
        vector_indexes: Vec::new(),
        billing: BillingMode::PayPerRequest,
        on_demand_since_ms: None,
        throughput: ProvisionedThroughput::default(),
        on_demand: None,
        warm: WarmThroughput {
            read: 12_000,
            write: 4_000,
        },
        warm_updating: false,
        former: None,
        class: None,
        class_changed_ms: None,
        stream: None,
        deletion_protection: false,
        encryption: None,
        tags: Vec::new(),
        policy: PolicySlot::default(),
        stream_policy: PolicySlot::default(),
        insights: None,
        time_to_live: None,
        kinesis: Vec::new(),
    }
}

/// A stream whose first lineage has enough records for several frames, and whose second has none.
fn stream() -> StreamImage {
    let id = StreamId(5);
    let histories = (0..2).map(|lane| {
        let mut history = History::new(PartitionHash(u64::from(lane) << 63), lane);
        let mut records = VecDeque::new();
        for at in 0..if lane == 0 { 900 } else { 0 } {
            records.push_back(StreamRecord {
                number: history.next,
                at: Time::from_micros(at),
                kind: ChangeKind::Modify,
                author: Author::Caller,
                keys: item(at as usize, 1),
                new: Some(item(at as usize, 40)),
                old: None,
            });
            history.next = history.next.next();
        }
        history.shards.push(Shard {
            id: ShardId::new(id, 7, RecordNumber::first_of(lane)),
            parent: None,
            first: RecordNumber::first_of(lane),
            end: None,
            lineage: LineageId::default(),
        });
        history.records = Rc::new(records);
        history
    });
    let table = table("first");
    StreamImage {
        stream: Rc::new(ChangeStream {
            id,
            table: table.id,
            table_name: table.name,
            schema: table.schema,
            view: StreamView::NewImage,
            label_ms: 8,
            status: StreamStatus::Enabled,
            reader: StreamReader::Anyone,
            shards: Vec::new(),
        }),
        histories: histories.collect(),
    }
}

const REGION: RegionRecord = RegionRecord {
    seed: 42,
    generator: [1, 2],
    next_table: 3,
    next_index: 4,
    next_stream: 6,
    now_ms: 5,
};

fn image() -> RegionImage {
    let tables = [("first", 700), ("empty", 0), ("last", 3)];
    let tables = tables.map(|(name, rows)| TableImage {
        table: Rc::new(table(name)),
        rows: Box::new(Rows((0..rows).map(|number| item(number, number % 500)).collect())),
    });
    RegionImage {
        region: REGION,
        tables: tables.into(),
        streams: vec![stream()],
    }
}

#[derive(Default, PartialEq, Debug)]
struct Collected {
    region: Option<RegionRecord>,
    tables: Vec<(Table, Vec<Item>)>,
    streams: Vec<(ChangeStream, Vec<History>)>,
}

impl Sink for Collected {
    fn region(&mut self, region: RegionRecord) {
        assert!(self.region.replace(region).is_none());
    }
    fn table(&mut self, table: Table) {
        self.tables.push((table, Vec::new()));
    }
    fn row(&mut self, item: Item) {
        self.tables.last_mut().unwrap().1.push(item);
    }
    fn stream(&mut self, stream: ChangeStream) {
        self.streams.push((stream, Vec::new()));
    }
    fn lineage(&mut self, history: History) {
        self.streams.last_mut().unwrap().1.push(history);
    }
    fn change(&mut self, record: StreamRecord) {
        let history = self.streams.last_mut().unwrap().1.last_mut().unwrap();
        Rc::make_mut(&mut history.records).push_back(record);
    }
}

fn chunks(max_value_bytes: usize) -> (Vec<Vec<u8>>, Manifest) {
    let mut snapshot = ChunkedSnapshot::new(image(), Generation(8), max_value_bytes);
    let mut chunks = Vec::new();
    while let Some((index, chunk)) = snapshot.next_chunk().unwrap() {
        assert_eq!(index as usize, chunks.len());
        assert!(chunk.len() <= max_value_bytes);
        chunks.push(chunk);
    }
    (chunks, snapshot.manifest())
}

fn recover(chunks: &[Vec<u8>], manifest: Manifest) -> Result<Collected, Corrupt> {
    let mut collected = Collected::default();
    let mut recovery = ChunkedRecovery::new(manifest);
    for chunk in chunks {
        recovery.feed(chunk, &mut collected)?;
    }
    recovery.finish().map(|()| collected)
}

#[test]
fn a_region_comes_back_whatever_the_chunk_size() {
    let mut whole = Collected::default();
    let mut reader = SnapshotReader::new();
    reader
        .feed(&SnapshotWriter::new(image()).write_all().unwrap(), &mut whole)
        .unwrap();
    reader.finish().unwrap();
    assert_eq!(whole.region, Some(REGION));
    assert_eq!(
        whole
            .tables
            .iter()
            .map(|(table, rows)| (table.name.as_str(), rows.len()))
            .collect::<Vec<_>>(),
        [("first", 700), ("empty", 0), ("last", 3)]
    );
    assert_eq!(whole.tables[0].1[699], item(699, 199));
    assert_eq!(
        whole.streams,
        [(ChangeStream::clone(&stream().stream), stream().histories)]
    );
    for max_value_bytes in [100, 1_000, 60 * 1024, 8 * 1024 * 1024] {
        let (chunks, manifest) = chunks(max_value_bytes);
        assert_eq!(recover(&chunks, manifest).unwrap(), whole);
    }
}

#[test]
fn missing_swapped_and_damaged_chunks_are_refused() {
    let (whole, manifest) = chunks(4_000);
    assert!(whole.len() > 3);
    assert!(matches!(
        recover(&whole[..whole.len() - 1], manifest.clone()),
        Err(Corrupt::MissingChunk { .. })
    ));
    let mut swapped = whole.clone();
    swapped.swap(0, 1);
    assert_eq!(recover(&swapped, manifest.clone()), Err(Corrupt::Checksum));
    for damaged in 0..whole.len() {
        let mut chunks = whole.clone();
        let middle = chunks[damaged].len() / 2;
        chunks[damaged][middle] ^= 1;
        assert_eq!(recover(&chunks, manifest.clone()), Err(Corrupt::Checksum));
        chunks[damaged].truncate(3);
        assert_eq!(recover(&chunks, manifest.clone()), Err(Corrupt::Torn));
    }
}

#[test]
fn a_stream_without_its_end_is_torn() {
    let stream = SnapshotWriter::new(image()).write_all().unwrap();
    for length in (0..stream.len()).step_by(997) {
        let mut reader = SnapshotReader::new();
        let fed = reader.feed(&stream[..length], &mut Collected::default());
        assert!(fed.is_err() || reader.finish() == Err(Corrupt::Torn));
    }
}
