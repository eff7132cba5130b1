//! What a run does: random reads and writes, several at a time, an index that comes and goes, and the judging of answers.

use super::checks;
use super::model::{Key, Model};
use super::report::{Fault, Finding, Report, SimOptions};
use super::table::{EXTRA, TABLE, index_spec, item, key_attribute, key_item, model_key, table_spec};
use crate::cluster::{AdminOptions, Cluster, ClusterOptions, Completion, Detail, Purpose, Random, Ticket};
use crate::error::Error;
use crate::expression::{Condition, ConditionAst, Placeholders};
use crate::limits;
use crate::request::plan::{Action, Control, Get, OnFailure, Outcome, Source, TableAsk, Walk, Work, Write, Written};
use crate::table::{IndexChange, IndexName, IndexStatus, RowKey, Table, TableChange, TableStatistics, TableStatus};
use crate::time::{Span, Time};
use crate::value::Item;
use crate::value::key::{KeyRange, KeyType, PartitionHash};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A request that has not been answered.
enum Asked {
    Write(Key),
    /// A write whose condition cannot hold.
    Refused,
    Writes(Vec<Key>),
    Reads(Vec<(Key, usize)>, bool),
    Walk {
        source: Source,
        forward: bool,
        consistent: bool,
    },
    Change,
}

struct Run {
    options: SimOptions,
    random: Random,
    cluster: Cluster,
    model: Model,
    asked: BTreeMap<Ticket, Asked>,
    now: Time,
    /// Counts versions, so that no two are equal.
    versions: u64,
    stale_reads: usize,
}

/// Runs a simulation.
///
/// # Errors
/// The first thing that is not as it must be.
pub fn run(options: SimOptions) -> Result<Report, Finding> {
    let mut run = Run::new(options);
    run.create()?;
    for _ in 0..options.operations {
        run.operate()?;
    }
    run.settle()?;
    run.judge_rest()?;
    Ok(Report {
        writes: run.model.writes(),
        stale_reads: run.stale_reads,
        noted: run.cluster.trace().noted(),
        notes: run.cluster.trace().notes().cloned().collect(),
        ended: run.cluster.now(),
    })
}

impl Run {
    fn new(options: SimOptions) -> Self {
        let mut cluster = Cluster::new(ClusterOptions {
            seed: options.seed,
            network: options.network,
            admin: AdminOptions {
                transient_states: options.transient_states,
                partitions: options.partitions,
            },
            throttling: false,
        });
        cluster.set_detail(Detail::Messages);
        Run {
            options,
            random: Random::new(options.seed, Purpose::Workload),
            cluster,
            model: Model::default(),
            asked: BTreeMap::new(),
            now: Time::from_micros(1_893_456_000_000_000),
            versions: 0,
            stale_reads: 0,
        }
    }

    fn create(&mut self) -> Result<(), Finding> {
        let spec = table_spec(&mut self.random);
        self.ask(Work::Control(Control::Create(Box::new(spec))), Asked::Change)?;
        self.settle()
    }

    fn table(&self) -> Result<Rc<Table>, Finding> {
        self.cluster.catalog().usable(TABLE).cloned().ok_or(Finding::Unplaced)
    }

    fn ask(&mut self, work: Work, asked: Asked) -> Result<(), Finding> {
        let ticket = self.cluster.submit(self.now, work);
        self.asked.insert(ticket, asked);
        self.judge_answers()
    }

    /// Lets some time pass, or none; then does one thing.
    fn operate(&mut self) -> Result<(), Finding> {
        while self.asked.len() >= self.options.concurrency {
            self.pass_to_next()?;
        }
        if self.random.below(3) == 0 {
            self.now = self.now + Span::from_micros(self.random.below(20_000));
            self.cluster.step(self.now);
            self.judge_answers()?;
        }
        match self.random.below(100) {
            0..32 => self.write(),
            32..40 => self.write_if_absent(),
            40..48 => self.write_many(),
            48..60 => self.read(true),
            60..76 => self.read(false),
            76..84 => self.read_many(),
            84..98 => self.walk(),
            _ => self.change_index(),
        }
    }

    fn pass_to_next(&mut self) -> Result<(), Finding> {
        let Some(next) = self.cluster.next_deadline() else {
            return Err(Finding::Unanswered {
                requests: self.asked.len(),
            });
        };
        self.now = self.now.max(next);
        self.cluster.step(self.now);
        self.judge_answers()
    }

    fn settle(&mut self) -> Result<(), Finding> {
        while self.cluster.next_deadline().is_some() {
            self.pass_to_next()?;
        }
        match self.asked.len() {
            0 => Ok(()),
            requests => Err(Finding::Unanswered { requests }),
        }
    }

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

    fn write(&mut self) -> Result<(), Finding> {
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
    fn write_if_absent(&mut self) -> Result<(), Finding> {
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

    fn write_many(&mut self) -> Result<(), Finding> {
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

    fn read(&mut self, consistent: bool) -> Result<(), Finding> {
        let key = self.key();
        self.ask_reads(vec![key], consistent)
    }

    fn read_many(&mut self) -> Result<(), Finding> {
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

    fn walk(&mut self) -> Result<(), Finding> {
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
    fn change_index(&mut self) -> Result<(), Finding> {
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

    fn judge_answers(&mut self) -> Result<(), Finding> {
        while let Some(Completion { ticket, result }) = self.cluster.next_completion() {
            let asked = self.asked.remove(&ticket).ok_or(Finding::Mismatched)?;
            match (asked, result) {
                (Asked::Refused, Err(Error::ConditionalCheckFailedException { item: None })) => {}
                (asked, Ok(outcome)) => self.judge(asked, outcome)?,
                (_, Err(error)) => return Err(Finding::Failed(error)),
            }
        }
        Ok(())
    }

    fn judge(&mut self, asked: Asked, outcome: Outcome) -> Result<(), Finding> {
        match (asked, outcome) {
            (Asked::Write(key), Outcome::Wrote(written)) => self.judge_write(key, &written),
            (Asked::Writes(keys), Outcome::BatchWrote(results)) if keys.len() == results.len() => {
                for (key, result) in keys.into_iter().zip(results) {
                    self.judge_write(key, result.map_err(Finding::Failed)?.as_ref())?;
                }
                Ok(())
            }
            (Asked::Reads(reads, consistent), Outcome::BatchGot(items)) if reads.len() == items.len() => {
                for ((key, floor), item) in reads.into_iter().zip(items) {
                    let newest = self.model.floor(&key);
                    if !self.model.end_read(&key, floor, item.as_ref(), consistent) {
                        return Err(Finding::Read { key, consistent });
                    }
                    let stale = !self.model.end_read(&key, newest, item.as_ref(), false);
                    self.stale_reads += usize::from(stale);
                }
                Ok(())
            }
            (
                Asked::Walk {
                    source,
                    forward,
                    consistent,
                },
                Outcome::Walked(page),
            ) => {
                if page.rows.len() != page.matched || page.matched != page.scanned {
                    return Err(Finding::Page);
                }
                self.judge_page(&page.rows, source, forward, consistent)
            }
            (Asked::Change, Outcome::Table(..)) => Ok(()),
            (
                Asked::Write(_)
                | Asked::Refused
                | Asked::Writes(_)
                | Asked::Reads(..)
                | Asked::Walk { .. }
                | Asked::Change,
                _,
            ) => Err(Finding::Mismatched),
        }
    }

    fn judge_write(&mut self, key: Key, written: &Written) -> Result<(), Finding> {
        if self.model.end_write(&key, written.before.as_ref()) {
            Ok(())
        } else {
            Err(Finding::Write { key })
        }
    }

    /// Every row of a page is a version that its key has had; a table's rows come in order, and those of the table or of a local
    /// index once. (An entry of a global index may be met twice, when its key moves on while the walk goes from one
    /// partition to the next.)
    fn judge_page(&mut self, rows: &[Item], source: Source, forward: bool, consistent: bool) -> Result<(), Finding> {
        let table = self.table()?;
        let mut keys = Vec::new();
        for row in rows {
            keys.push(table.row_key(row.attributes()).ok_or(Finding::Page)?.bytes);
            let whole = row.get(b"v").is_some() && row.get(b"all").is_some();
            let key = model_key(row).ok_or(Finding::Page)?;
            if whole && !self.model.end_read(&key, 0, Some(row), false) {
                return Err(Finding::Read { key, consistent });
            }
        }
        if !forward {
            keys.reverse();
        }
        let fits = match source {
            Source::Table => keys.is_sorted_by(|a, b| a < b),
            Source::Local(_) => {
                keys.sort();
                keys.is_sorted_by(|a, b| a < b)
            }
            Source::Global(_) | Source::Vector(_) => true,
        };
        if fits { Ok(()) } else { Err(Finding::Page) }
    }

    fn judge_rest(&mut self) -> Result<(), Finding> {
        let table = self.table()?;
        if self.options.fault == Some(Fault::SilentWrite) {
            let key = ("p0".to_owned(), 999);
            self.model.begin_write(&key, Some(key_item(&key)));
            self.model.end_write(&key, None);
        }
        checks::at_rest(&self.cluster, &table, &self.model)?;
        // The same figures, as DescribeTable finds them.
        let ticket = self.cluster.submit(
            self.now,
            Work::Control(Control::Of(Rc::clone(&table), TableAsk::Describe)),
        );
        while self.cluster.completions() == 0 {
            let next = self
                .cluster
                .next_deadline()
                .ok_or(Finding::Unanswered { requests: 1 })?;
            self.now = self.now.max(next);
            self.cluster.step(self.now);
        }
        match self.cluster.next_completion() {
            Some(Completion {
                ticket: answered,
                result: Ok(Outcome::Table(_, statistics)),
            }) if answered == ticket => self.judge_statistics(&table, &statistics),
            Some(_) | None => Err(Finding::Mismatched),
        }
    }

    fn judge_statistics(&self, table: &Table, statistics: &TableStatistics) -> Result<(), Finding> {
        let items = self.model.rows().count() as u64;
        let entries: Vec<u64> = table
            .global_indexes
            .iter()
            .map(|index| {
                let indexed = self
                    .model
                    .rows()
                    .filter(|(_, item)| table.global_entry(index, item).is_some());
                indexed.count() as u64
            })
            .collect();
        let counted: Vec<u64> = statistics.global_indexes.iter().map(|counts| counts.items).collect();
        if statistics.table.items == items && entries == counted {
            Ok(())
        } else {
            Err(Finding::Statistics)
        }
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
