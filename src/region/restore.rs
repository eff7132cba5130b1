//! A region that comes back from a snapshot: records of its stream go in, in their order; a region comes out, at rest.

use super::{Region, RegionOptions};
use crate::cluster::{Misfit, Restored};
use crate::store::snapshot::{RegionRecord, Sink};
use crate::table::{ChangeStream, History, StreamRecord, Table};
use crate::value::Item;
use std::rc::Rc;

impl Region {
    /// Begins a region from a snapshot's stream.
    pub fn restore(options: RegionOptions) -> Restore {
        Restore {
            region: Region::new(options),
            table: None,
            stream: None,
            misfit: None,
        }
    }
}

/// A region that is being read from a snapshot.
#[derive(Debug)]
pub struct Restore {
    region: Region,
    table: Option<Restored>,
    stream: Option<(ChangeStream, Vec<History>)>,
    misfit: Option<Misfit>,
}

impl Restore {
    /// The region, once the stream has ended.
    ///
    /// # Errors
    /// [`Misfit`] if the stream held what cannot be in a region: it was not written by one.
    pub fn finish(mut self) -> Result<Region, Misfit> {
        self.close_table();
        self.close_stream();
        match self.misfit {
            Some(misfit) => Err(misfit),
            None => Ok(self.region),
        }
    }

    fn close_table(&mut self) {
        if let Some(table) = self.table.take() {
            let restored = self.region.cluster.restore(table);
            self.note(restored);
        }
    }

    fn close_stream(&mut self) {
        if let Some((stream, histories)) = self.stream.take() {
            self.region.cluster.restore_stream(stream, histories);
        }
    }

    fn note(&mut self, result: Result<(), Misfit>) {
        if let Err(misfit) = result {
            self.misfit.get_or_insert(misfit);
        }
    }
}

impl Sink for Restore {
    fn region(&mut self, region: RegionRecord) {
        self.region.seed = region.seed;
        self.region.cluster.resume(&region);
    }
    fn table(&mut self, table: Table) {
        self.close_table();
        self.table = Some(self.region.cluster.begin_restore(table));
    }
    fn row(&mut self, item: Item) {
        let added = match &mut self.table {
            Some(table) => table.add(item),
            None => Err(Misfit::Item),
        };
        self.note(added);
    }
    fn stream(&mut self, stream: ChangeStream) {
        self.close_table();
        self.close_stream();
        self.stream = Some((stream, Vec::new()));
    }
    fn lineage(&mut self, history: History) {
        if let Some((_, histories)) = &mut self.stream {
            histories.push(history);
        }
    }
    fn change(&mut self, record: StreamRecord) {
        let histories = self.stream.as_mut().map(|(_, histories)| histories);
        if let Some(history) = histories.and_then(|histories| histories.last_mut()) {
            Rc::make_mut(&mut history.records).push_back(record);
        }
    }
}
