//! The coordinator's ledger: what has become of every transaction that is not over, and of those whose tokens still stand for
//! them.
//!
//! It is a table like others, replicated like others, that no caller can name. A row is written before anything is asked of a
//! partition, again when the transaction is decided, which is the moment in which it happens, and a last time when every
//! partition has followed. A transaction without a token leaves no row behind.

use crate::cluster::message::{PartitionId, ReplicaId, TransactionId};
use crate::expression::{Condition, ConditionAst, Placeholders};
use crate::limits;
use crate::request::plan::{Action, OnFailure, Walk, Write};
use crate::request::token::{ContentDigest, Token};
use crate::table::{
    AttributeName, Birth, IndexId, KeyAttribute, KeySchema, RowKey, Table, TableId, TableName, TableSpec, TableStatus,
    Uuid,
};
use crate::time::Time;
use crate::value::Item;
use crate::value::flat::{Cursor, Tag, ValueRef, View, Writer};
use crate::value::key::{HashSeed, KeyRange, KeyType, PartitionHash};
use std::rc::Rc;

/// The ledger's table. No caller's table has this identifier: they are counted from zero.
pub const LEDGER: TableId = TableId(u32::MAX);

const KEY: &str = "id";
const RECORD: &[u8] = b"record";

/// The ledger's table, as the admin actor makes it.
pub fn table() -> Table {
    let key = KeyAttribute {
        name: AttributeName::new(KEY),
        key_type: KeyType::S,
    };
    let schema = KeySchema {
        partition: vec![key.clone()],
        sort: Vec::new(),
    };
    let spec = TableSpec::on_demand(TableName::new("ledger"), schema, vec![key]);
    let birth = Birth {
        id: LEDGER,
        uuid: Uuid::from_random([0; 16]),
        seed: HashSeed(0),
        first_index: IndexId(0),
        now_ms: 0,
    };
    spec.into_table(birth, TableStatus::Active)
}

/// Where the ledger is, and how it is written.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    table: Rc<Table>,
    /// Leads its one partition.
    pub leader: ReplicaId,
    /// Holds where there is no row.
    absent: Option<Condition>,
}

/// What the ledger knows about a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The transaction.
    pub transaction: TransactionId,
    /// How far it has come.
    pub progress: Progress,
    /// The content its token stands for.
    pub content: Option<ContentDigest>,
    /// The partitions that it asks something of.
    pub participants: Vec<PartitionId>,
    /// Once it is decided: of each action the larger of the images before and after, in bytes.
    pub images: Vec<usize>,
}

/// How far a transaction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Partitions may be preparing it. Nothing is decided, and if its coordinator is lost it is cancelled.
    Begun,
    /// It happens, whatever else does.
    Committing,
    /// It has happened everywhere, by that time in epoch milliseconds.
    Finished(u64),
}

impl Record {
    /// True if a token does not stand for the transaction any more.
    pub fn is_expired(&self, now: Time) -> bool {
        match self.progress {
            Progress::Begun | Progress::Committing => false,
            Progress::Finished(at_ms) => now.whole_ms() >= at_ms.saturating_add(limits::TOKEN_LIFE_MS),
        }
    }

    /// Reads a row of the ledger. The row that marks an incarnation of the coordinator is no record.
    pub fn read(row: &Item) -> Option<Record> {
        let Ok(View::B(bytes)) = row.get(RECORD)?.view() else {
            return None;
        };
        let mut bytes = Cursor::new(bytes);
        let transaction = TransactionId(eight(&mut bytes)?);
        let progress = match bytes.byte().ok()? {
            0 => Progress::Begun,
            1 => Progress::Committing,
            _ => Progress::Finished(eight(&mut bytes)?),
        };
        let content = match bytes.byte().ok()? {
            0 => None,
            _ => Some(ContentDigest(bytes.take(16).ok()?.try_into().ok()?)),
        };
        let mut list = || -> Option<Vec<usize>> {
            let count = bytes.varint().ok()?;
            (0..count).map(|_| bytes.varint().ok()).collect()
        };
        let participants = list()?.into_iter().map(|id| PartitionId(id as u32)).collect();
        Some(Record {
            transaction,
            progress,
            content,
            participants,
            images: list()?,
        })
    }

    fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend(self.transaction.0.to_be_bytes());
        match self.progress {
            Progress::Begun => bytes.push(0),
            Progress::Committing => bytes.push(1),
            Progress::Finished(at_ms) => {
                bytes.push(2);
                bytes.extend(at_ms.to_be_bytes());
            }
        }
        match self.content {
            None => bytes.push(0),
            Some(ContentDigest(digest)) => {
                bytes.push(1);
                bytes.extend(digest);
            }
        }
        let mut writer = Writer::appending(bytes);
        writer.varint(self.participants.len());
        for partition in &self.participants {
            writer.varint(partition.0 as usize);
        }
        writer.varint(self.images.len());
        for bytes in &self.images {
            writer.varint(*bytes);
        }
        writer.into_bytes()
    }
}

fn eight(bytes: &mut Cursor<'_>) -> Option<u64> {
    let eight = bytes.take(8).ok()?.try_into().ok()?;
    Some(u64::from_be_bytes(eight))
}

/// A row: its key, and the record if it has one.
fn row(name: &str, record: Option<&Record>) -> Item {
    let mut writer = Writer::new();
    let item = writer.open(Tag::Attributes, 1 + usize::from(record.is_some()));
    writer.text(KEY.as_bytes());
    writer.scalar(Tag::S, name.as_bytes());
    if let Some(record) = record {
        writer.text(RECORD);
        writer.scalar(Tag::B, &record.write());
    }
    writer.close(item);
    Item::from_admitted(writer.bytes())
}

/// A transaction's place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowName {
    text: String,
    /// Where the row is.
    pub key: RowKey,
}

impl Ledger {
    /// The ledger, led by a replica.
    pub fn new(table: Rc<Table>, leader: ReplicaId) -> Self {
        let is_absent = ConditionAst::parse("attribute_not_exists(id)").map(Rc::new);
        let absent = is_absent.and_then(|ast| Condition::bind(&ast, &mut Placeholders::none()));
        debug_assert!(absent.is_ok(), "the condition is well formed");
        Ledger {
            table,
            leader,
            absent: absent.ok(),
        }
    }

    /// The row of a transaction: its token's, or its own.
    pub fn name(&self, transaction: TransactionId, token: Option<&Token>) -> Option<RowName> {
        self.named(match token {
            Some(token) => format!("{}/{}", token.operation.name(), token.text),
            None => format!("#{transaction}"),
        })
    }

    fn named(&self, text: String) -> Option<RowName> {
        let key = self.table.row_key(row(&text, None).attributes());
        debug_assert!(key.is_some(), "a row of the ledger has the ledger's key");
        key.map(|key| RowName { text, key })
    }

    /// The row as it came back, where nothing but its key is needed.
    pub fn name_of(&self, row: &Item) -> Option<RowName> {
        let Ok(View::S(text)) = row.get(KEY.as_bytes()).as_ref().map_or(Ok(View::Null), ValueRef::view) else {
            return None;
        };
        self.named(String::from_utf8_lossy(text).into_owned())
    }

    /// Writes a record where none is; what is there comes back with the refusal.
    pub fn insert(&self, name: &RowName, record: &Record) -> Write {
        Write {
            condition: self.absent.clone(),
            ..self.put(name, record)
        }
    }

    /// Writes a record in place of what is there.
    pub fn put(&self, name: &RowName, record: &Record) -> Write {
        self.write(name.key.clone(), Action::Put(row(&name.text, Some(record))))
    }

    /// Deletes a record.
    pub fn delete(&self, name: &RowName) -> Write {
        self.write(name.key.clone(), Action::Delete)
    }

    /// Marks the beginning of an incarnation of the coordinator: once this is committed, nothing that an earlier one had on its
    /// way to the ledger is on its way any more.
    pub fn mark(&self) -> Option<Write> {
        let name = self.named("incarnation".to_owned())?;
        Some(self.write(name.key, Action::Put(row(&name.text, None))))
    }

    fn write(&self, key: RowKey, action: Action) -> Write {
        Write {
            table: Rc::clone(&self.table),
            key,
            action,
            condition: None,
            on_failure: OnFailure::ReturnOld,
            closed: None,
        }
    }

    /// A page of the ledger, from after a row on.
    pub fn walk(&self, after: Option<&RowName>) -> Walk {
        let all = KeyRange::all();
        Walk {
            table: Rc::clone(&self.table),
            source: crate::request::plan::Source::Table,
            hashes: PartitionHash(0)..=PartitionHash(u64::MAX),
            range: match after {
                Some(name) => all.after(name.key.bytes.as_bytes()),
                None => all,
            },
            forward: true,
            limit: None,
            page_bytes_max: limits::PAGE_BYTES_MAX,
            filter: None,
            consistent: true,
            fetch_base: false,
            count_only: false,
            search: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_their_rows() {
        for (progress, content) in [
            (Progress::Begun, None),
            (Progress::Committing, Some(ContentDigest([7; 16]))),
            (Progress::Finished(1_893_456_000_123), Some(ContentDigest([9; 16]))),
        ] {
            let record = Record {
                transaction: TransactionId(3 << 40 | 17),
                progress,
                content,
                participants: vec![PartitionId(0), PartitionId(300)],
                images: vec![0, 409_600],
            };
            let written = row("x", Some(&record));
            assert_eq!(Record::read(&written), Some(record));
        }
        assert_eq!(Record::read(&row("incarnation", None)), None);
    }

    #[test]
    fn a_token_stands_for_ten_minutes_after_the_end() {
        let mut record = Record {
            transaction: TransactionId(1),
            progress: Progress::Finished(1_000),
            content: None,
            participants: Vec::new(),
            images: Vec::new(),
        };
        assert!(!record.is_expired(Time::from_micros(600_999_999)));
        assert!(record.is_expired(Time::from_micros(601_000_000)));
        record.progress = Progress::Committing;
        assert!(!record.is_expired(Time::from_micros(u64::MAX)));
    }

    #[test]
    fn operations_have_tokens_of_their_own() {
        use crate::request::Operation;
        let ledger = Ledger::new(Rc::new(table()), ReplicaId(0));
        let name = |operation| {
            let token = Token {
                operation,
                text: "t".to_owned(),
                content: ContentDigest([0; 16]),
            };
            ledger.name(TransactionId(1), Some(&token)).unwrap()
        };
        assert_ne!(name(Operation::TransactWriteItems), name(Operation::ExecuteTransaction));
    }
}
