//! What is asked: writes, reads and walks drawn at random, and an index that comes and goes.

use super::{Asked, Run};
use crate::expression::{Condition, ConditionAst, Placeholders};
use crate::limits;
use crate::request::plan::{Action, Control, Get, OnFailure, Source, TableAsk, Walk, Work, Write};
use crate::sim::model::Key;
use crate::sim::report::{Fault, Finding};
use crate::sim::table::{EXTRA, index_spec, item, key_attribute, key_item};
use crate::table::{IndexChange, IndexName, IndexStatus, RowKey, Table, TableChange, TableStatus};
use crate::value::key::{KeyRange, KeyType, PartitionHash};
use std::rc::Rc;

impl Run {
    fn key(&mut self) -> Key {
        let partition = self.random.below(8);
        let sort = self.random.below(6);
        (format!("p{partition}"), sort as u32)
    }

    fn row_key(&self, table: &Table, key: &Key) -> Result<RowKey, Finding> {
        table.row_key(key_item(key).attributes()).ok_or(Finding::Unplaced)
    }

    fn one_write(&mut self, table: &Rc<Table>, key: &Key) -> Result<Write, Finding> {
        let deletes = self.random.below(4) == 0;
        let (after, action) = if deletes {
            (None, Action::Delete)
        } else {
            self.versions += 1;
            let item = item(&mut self.random, key, self.versions);
            (Some(item.clone()), Action::Put(item))
        };
        self.model.begin_write(key, after);
        Ok(Write {
            table: Rc::clone(table),
            key: self.row_key(table, key)?,
            action,
            condition: None,
            on_failure: OnFailure::Refuse,
            closed: None,
        })
    }

    pub(super) fn write(&mut self) -> Result<(), Finding> {
        let key = self.key();
        if self.model.is_written(&key) {
            return Ok(());
        }
        let table = self.table()?;
        let write = self.one_write(&table, &key)?;
        if self.options.fault == Some(Fault::LostWrite) && self.versions == 20 {
            self.model.end_write(&key, None);
            return Ok(());
        }
        self.ask(Work::Write(Box::new(write)), Asked::Write(key))
    }

    /// Puts an item where nothing must be. Nobody else writes the key meanwhile, so whether it comes to anything is known.
    pub(super) fn write_if_absent(&mut self) -> Result<(), Finding> {
        let key = self.key();
        if self.model.is_written(&key) {
            return Ok(());
        }
        let table = self.table()?;
        self.versions += 1;
        let item = item(&mut self.random, &key, self.versions);
        let asked = if self.model.is_absent(&key) {
            self.model.begin_write(&key, Some(item.clone()));
            Asked::Write(key.clone())
        } else {
            Asked::Refused
        };
        let write = Write {
            key: self.row_key(&table, &key)?,
            table,
            action: Action::Put(item),
            condition: Some(absent()?),
            on_failure: OnFailure::Refuse,
            closed: None,
        };
        self.ask(Work::Write(Box::new(write)), asked)
    }

    pub(super) fn write_many(&mut self) -> Result<(), Finding> {
        let table = self.table()?;
        let (mut keys, mut writes) = (Vec::new(), Vec::new());
        for _ in 0..self.random.below(limits::BATCH_WRITE_REQUESTS_MAX as u64) {
            let key = self.key();
            if !self.model.is_written(&key) {
                writes.push(self.one_write(&table, &key)?);
                keys.push(key);
            }
        }
        self.ask(Work::BatchWrite(writes), Asked::Writes(keys))
    }

    pub(super) fn read(&mut self, consistent: bool) -> Result<(), Finding> {
        let key = self.key();
        self.ask_reads(vec![key], consistent)
    }

    pub(super) fn read_many(&mut self) -> Result<(), Finding> {
        let consistent = self.random.below(2) == 0;
        let keys = (0..self.random.below(10)).map(|_| self.key()).collect();
        self.ask_reads(keys, consistent)
    }

    fn ask_reads(&mut self, keys: Vec<Key>, consistent: bool) -> Result<(), Finding> {
        let table = self.table()?;
        let mut gets = Vec::new();
        let mut reads = Vec::new();
        for key in keys {
            gets.push(Get {
                table: Rc::clone(&table),
                key: self.row_key(&table, &key)?,
                consistent,
            });
            let floor = if consistent { self.model.floor(&key) } else { 0 };
            reads.push((key, floor));
        }
        self.ask(Work::BatchGet(gets), Asked::Reads(reads, consistent))
    }

    pub(super) fn walk(&mut self) -> Result<(), Finding> {
        let table = self.table()?;
        let source = match self.random.below(4) {
            0 => Source::Local(0),
            1 => match table
                .global_indexes
                .iter()
                .find(|index| index.status == IndexStatus::Active)
            {
                Some(index) => Source::Global(index.id),
                None => Source::Table,
            },
            _ => Source::Table,
        };
        let forward = self.random.below(2) == 0;
        let consistent = !matches!(source, Source::Global(_)) && self.random.below(2) == 0;
        let limit = (self.random.below(2) == 0).then(|| 1 + self.random.below(12) as usize);
        let first = if self.random.below(2) == 0 {
            0
        } else {
            self.random.bits()
        };
        let hashes = PartitionHash(first)..=PartitionHash(u64::MAX);
        let walk = Walk {
            table,
            source,
            range: KeyRange::hashes(*hashes.start(), *hashes.end()),
            hashes,
            forward,
            limit,
            page_bytes_max: limits::PAGE_BYTES_MAX,
            filter: None,
            consistent,
            fetch_base: matches!(source, Source::Local(_)),
            count_only: false,
            search: None,
        };
        self.ask(
            Work::Walk(Rc::new(walk)),
            Asked::Walk {
                source,
                forward,
                consistent,
            },
        )
    }

    /// Adds an index to the table with everything in it, or drops it.
    pub(super) fn change_index(&mut self) -> Result<(), Finding> {
        let table = self.table()?;
        let settled = table
            .global_indexes
            .iter()
            .all(|index| index.status == IndexStatus::Active);
        let changing = self.asked.values().any(|asked| matches!(asked, Asked::Change));
        if changing || !settled || table.status != TableStatus::Active {
            return Ok(());
        }
        let change = if table.global_index(EXTRA).is_some() {
            IndexChange::Delete(IndexName::new(EXTRA))
        } else {
            let partition = vec![key_attribute("c", KeyType::S), key_attribute("sk", KeyType::N)];
            IndexChange::Create(Box::new(index_spec(EXTRA, partition, &mut self.random)))
        };
        let change = TableChange {
            attributes: vec![key_attribute("c", KeyType::S)],
            indexes: vec![change],
            ..TableChange::default()
        };
        self.ask(
            Work::Control(Control::Of(table, TableAsk::Update(Box::new(change)))),
            Asked::Change,
        )
    }
}

/// `attribute_not_exists(pk)`
fn absent() -> Result<Condition, Finding> {
    let bound = ConditionAst::parse("attribute_not_exists(pk)").and_then(|ast| {
        let mut placeholders = Placeholders::none();
        Condition::bind(&Rc::new(ast), &mut placeholders)
    });
    bound.map_err(|_| Finding::Mismatched)
}
