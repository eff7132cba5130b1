//! The tables of a region by name. A snapshot: requests are planned against it without asking the admin actor.

use super::{ChangeStream, Label, Table, TableName, TableStatus};
use crate::ordered::OrderedMap;
use std::rc::Rc;

/// The tables of a region, in the order of their names, and the streams of their changes.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    tables: OrderedMap<TableName, Rc<Table>>,
    /// In the order in which they were enabled. Few: one for a table that has one, and those disabled within a day.
    streams: Vec<Rc<ChangeStream>>,
}

impl Catalog {
    /// A region without tables.
    pub fn new() -> Self {
        Catalog::default()
    }
    /// Number of tables, those being created or deleted included.
    pub fn len(&self) -> usize {
        self.tables.len()
    }
    /// True without tables.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
    /// Publishes a snapshot of a table, replacing the one of that name.
    pub fn insert(&mut self, table: Rc<Table>) {
        self.tables.insert(table.name.clone(), table);
    }
    /// Forgets a table that was deleted.
    pub fn remove(&mut self, name: &str) -> Option<Rc<Table>> {
        self.tables.remove(name)
    }
    /// The table that a caller means by `name_or_arn`, whatever its status.
    pub fn get(&self, name_or_arn: &str) -> Option<&Rc<Table>> {
        self.tables.get(bare_name(name_or_arn))
    }
    /// The table that a caller means, if reads and writes may reach it: one that is being made does not exist for them.
    pub fn usable(&self, name_or_arn: &str) -> Option<&Rc<Table>> {
        self.get(name_or_arn).filter(|table| match table.status {
            TableStatus::Active | TableStatus::Updating => true,
            TableStatus::Creating | TableStatus::Deleting => false,
        })
    }
    /// The tables in the order of their names, after `start` if it is given.
    pub fn after<'a>(&'a self, start: Option<&str>) -> impl Iterator<Item = &'a Rc<Table>> + use<'a> {
        let tables = match start {
            Some(name) => self.tables.after(name),
            None => self.tables.as_slice(),
        };
        tables.iter().map(|(_, table)| table)
    }

    /// The streams, in the order in which they were enabled.
    pub fn streams(&self) -> &[Rc<ChangeStream>] {
        &self.streams
    }
    /// Those streams, to be changed.
    pub fn streams_mut(&mut self) -> &mut Vec<Rc<ChangeStream>> {
        &mut self.streams
    }
    /// The stream that an ARN names, in whatever region and account.
    pub fn stream(&self, arn: &str) -> Option<&Rc<ChangeStream>> {
        let (_, path) = arn.strip_prefix("arn:")?.split_once(":table/")?;
        let (table, label) = path.split_once("/stream/")?;
        self.streams
            .iter()
            .find(|stream| stream.table_name.as_str() == table && Label(stream.label_ms).to_string() == label)
    }
}

/// The name in `arn:aws:dynamodb:{region}:{account}:table/{name}`, or the text itself if it is no ARN.
pub fn bare_name(name_or_arn: &str) -> &str {
    match name_or_arn
        .strip_prefix("arn:")
        .and_then(|arn| arn.split_once(":table/"))
    {
        Some((_, path)) => path.split('/').next().unwrap_or(path),
        None => name_or_arn,
    }
}
