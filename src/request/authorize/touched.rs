//! What a plan touches: each table once for each action, with the partition keys that it names.

use super::Question;
use crate::request::Operation;
use crate::request::plan::{Action, ShardIterator, Source, Walk, Work, Write};
use crate::table::{Catalog, KeyAttribute, Part, ResourceArn, RowKey, Table, bare_name};
use crate::value::key::{KeyType, decode_parts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::rc::Rc;

/// What a request does to a table.
pub(super) struct Touched<'a> {
    pub(super) table: &'a Rc<Table>,
    /// The action, without its prefix: the operation, or what it is made of.
    pub(super) action: &'static str,
    /// The table itself or one of its indexes.
    pub(super) source: Source,
    /// The label of a stream, where that is what is touched.
    pub(super) stream: Option<&'a str>,
    /// The values of the partition keys that it names, as conditions compare them.
    pub(super) leading: Vec<String>,
}

/// Everything that a request touches.
pub(super) fn touched<'a>(question: &Question<'a>, work: &'a Work, catalog: &'a Catalog) -> Vec<Touched<'a>> {
    let mut touches = Touches(Vec::new());
    let operation = question.operation;
    let whole = whole(operation);
    match work {
        Work::Get(get) => touches.row(whole, &get.table, &get.key),
        Work::BatchGet(gets) => gets.iter().for_each(|get| touches.row(whole, &get.table, &get.key)),
        Work::TransactGet(gets) => {
            let action = if whole == SELECT {
                SELECT
            } else {
                Operation::GetItem.name()
            };
            let gets = gets.iter().flatten();
            gets.for_each(|get| touches.row(action, &get.table, &get.key));
        }
        Work::Write(write) => touches.write(statement_of(operation, write).unwrap_or(whole), write),
        Work::BatchWrite(writes) => writes
            .iter()
            .for_each(|write| touches.write(statement_of(operation, write).unwrap_or(whole), write)),
        Work::TransactWrite(transaction) => {
            let writes = transaction.actions.iter().flatten();
            writes.for_each(|write| {
                let action = statement_of(operation, write).unwrap_or_else(|| action_of(write));
                touches.write(action, write);
            });
        }
        // A query stays within one partition key, which is what the keys that it visits begin with.
        Work::Walk(walk) if operation == Operation::Query => touches.slice(whole, walk),
        Work::Walk(walk) => touches.add(whole, &walk.table, walk.source, &[]),
        Work::Walks(walks) => walks.iter().for_each(|walk| touches.slice(whole, walk)),
        Work::Shard(_) | Work::Control(_) | Work::Answer => touches.0.extend(named(question, catalog)),
    }
    touches.0
}

/// What is touched, as it is gathered.
struct Touches<'a>(Vec<Touched<'a>>);

impl<'a> Touches<'a> {
    fn row(&mut self, action: &'static str, table: &'a Rc<Table>, key: &RowKey) {
        self.add(action, table, Source::Table, key.bytes.as_bytes());
    }

    fn write(&mut self, action: &'static str, write: &'a Write) {
        self.row(action, &write.table, &write.key);
    }

    /// A walk over rows of one partition.
    fn slice(&mut self, action: &'static str, walk: &'a Walk) {
        self.add(action, &walk.table, walk.source, walk.range.from.as_bytes());
    }

    /// `key` begins with the parts of a partition key, or is empty.
    fn add(&mut self, action: &'static str, table: &'a Rc<Table>, source: Source, key: &[u8]) {
        let is_known = |known: &Touched<'_>| known.table.id == table.id && known.action == action;
        let at = self.0.iter().position(is_known).unwrap_or_else(|| {
            self.0.push(Touched {
                table,
                action,
                source,
                stream: None,
                leading: Vec::new(),
            });
            self.0.len() - 1
        });
        let Some(touched) = self.0.get_mut(at) else { return };
        for value in leading(table, source, key) {
            if !touched.leading.contains(&value) {
                touched.leading.push(value);
            }
        }
    }
}

/// The action that a request is by itself.
fn whole(operation: Operation) -> &'static str {
    match operation {
        Operation::ExecuteStatement | Operation::BatchExecuteStatement | Operation::ExecuteTransaction => SELECT,
        operation => operation.name(),
    }
}

/// A transaction's writes are authorised by what each does.
fn action_of(write: &Write) -> &'static str {
    match write.action {
        Action::Put(_) => Operation::PutItem.name(),
        Action::Update { .. } => Operation::UpdateItem.name(),
        // What has expired is deleted by the service, which no policy stops.
        Action::Delete | Action::Expire { .. } => Operation::DeleteItem.name(),
        Action::Check => "ConditionCheckItem",
    }
}

/// What reading by PartiQL is called.
const SELECT: &str = "PartiQLSelect";

/// A PartiQL statement's writes have actions of their own.
fn statement_of(operation: Operation, write: &Write) -> Option<&'static str> {
    match operation {
        Operation::ExecuteStatement | Operation::BatchExecuteStatement | Operation::ExecuteTransaction => {
            Some(match write.action {
                Action::Put(_) => "PartiQLInsert",
                Action::Update { .. } => "PartiQLUpdate",
                Action::Delete | Action::Expire { .. } => "PartiQLDelete",
                Action::Check => SELECT,
            })
        }
        _ => None,
    }
}

/// The table that a request names, where the work does not hold it.
fn named<'a>(question: &Question<'a>, catalog: &'a Catalog) -> Option<Touched<'a>> {
    let text = |name: &str| question.member(name);
    let arn = text("ResourceArn").or_else(|| text("StreamArn"));
    let iterator = text("ShardIterator").and_then(|text| ShardIterator::parse(text).ok());
    let arn = arn.or(iterator.map(|iterator| iterator.stream));
    let stream = arn.and_then(|arn| match ResourceArn::parse(arn).ok()?.part {
        Part::Stream(label) => Some(label),
        Part::Table | Part::Index(_) => None,
    });
    let table = catalog.get(bare_name(arn.or_else(|| text("TableName"))?))?;
    let index = text("IndexName").and_then(|name| table.global_index(name));
    Some(Touched {
        table,
        action: question.operation.name(),
        source: index.map_or(Source::Table, |index| Source::Global(index.id)),
        stream,
        leading: Vec::new(),
    })
}

/// The values of the partition key that a key's bytes begin with, as conditions compare them.
fn leading(table: &Table, source: Source, key: &[u8]) -> Vec<String> {
    let schema = match source {
        Source::Table | Source::Local(_) => Some(&table.schema),
        Source::Global(id) => {
            let mut indexes = table.global_indexes.iter();
            indexes.find(|index| index.id == id).map(|index| &index.schema)
        }
        Source::Vector(_) => None,
    };
    let partition: &[KeyAttribute] = schema.map(|schema| schema.partition.as_slice()).unwrap_or_default();
    let parts = decode_parts(key, partition.iter().map(|attribute| attribute.key_type));
    let shown = |(key_type, value): (KeyType, Vec<u8>)| match key_type {
        KeyType::S | KeyType::N => String::from_utf8_lossy(&value).into_owned(),
        KeyType::B => STANDARD.encode(value),
    };
    parts.unwrap_or_default().into_iter().map(shown).collect()
}
