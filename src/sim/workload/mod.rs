//! What a run does: random reads and writes, several at a time, an index that comes and goes, and the judging of answers.

mod judge;
mod requests;

use super::model::{Key, Model};
use super::report::{Finding, Report, SimOptions};
use super::table::{TABLE, table_spec};
use crate::cluster::{AdminOptions, Cluster, ClusterOptions, Detail, Purpose, Random, Ticket};
use crate::request::plan::{Control, Source, Work};
use crate::table::Table;
use crate::time::{Span, Time};
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
}
