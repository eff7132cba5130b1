//! What is answered, against the model: each answer as it comes, and the whole cluster once it is at rest.

use super::{Asked, Run};
use crate::cluster::Completion;
use crate::error::Error;
use crate::request::plan::{Control, Outcome, Source, TableAsk, Work, Written};
use crate::sim::checks;
use crate::sim::model::Key;
use crate::sim::report::{Fault, Finding};
use crate::sim::table::{key_item, model_key};
use crate::table::{Table, TableStatistics};
use crate::value::Item;
use std::rc::Rc;

impl Run {
    pub(super) fn judge_answers(&mut self) -> Result<(), Finding> {
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

    pub(super) fn judge_rest(&mut self) -> Result<(), Finding> {
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
