//! BatchGetItem and BatchWriteItem against their tables. One fault refuses the whole batch.

use super::item::attributes;
use super::keys::{self, Wording, Written};
use super::work::{Action, Get, OnFailure, Work, Write};
use super::{Plan, shown_name, usable};
use crate::error::Error;
use crate::error::item::{ItemFault, KeyFault};
use crate::expression::Paths;
use crate::ordered::OrderedSet;
use crate::request::respond::{BatchGetReply, BatchWriteReply, Reply, SentWrite, UnprocessedBlock, WriteShape};
use crate::request::validate::{BatchGet, BatchWrite, BatchWriteEntry, GetBlock, bare};
use crate::table::{Catalog, RowKey, Table, TableId};
use std::rc::Rc;

/// Rows met so far; a table may be named in two ways (by name and by ARN), a row only once.
#[derive(Default)]
pub(super) struct Rows(OrderedSet<(TableId, RowKey)>);

impl Rows {
    /// Notes a row, or refuses one that was met before with `twice`.
    pub fn note(&mut self, table: &Table, row: &RowKey, twice: impl Into<ItemFault>) -> Result<(), Error> {
        if self.0.insert((table.id, row.clone())) {
            Ok(())
        } else {
            Err(bare(twice))
        }
    }
}

/// BatchGetItem: a read for each key.
pub(in crate::request) fn get(batch: BatchGet<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let tables = batch.blocks.iter().map(|block| usable(catalog, block.table));
    let tables: Vec<Rc<Table>> = tables.collect::<Result<_, _>>()?;
    let mut rows = Rows::default();
    let mut gets = Vec::new();
    let mut blocks = Vec::with_capacity(batch.blocks.len());
    for (block, table) in batch.blocks.into_iter().zip(tables) {
        let consistent = block.sent.consistent_read == Some(true);
        for key in &block.keys {
            let key = keys::exact_row(&table, attributes(key)?)?;
            rows.note(&table, &key, KeyFault::Duplicates)?;
            keys::check_entered(&table, block.paths.iter().flat_map(Paths::entered_names))?;
            gets.push(Get {
                table: table.clone(),
                key,
                consistent,
            });
        }
        blocks.push(unprocessed(block, consistent));
    }
    Ok(Plan {
        work: Work::BatchGet(gets),
        reply: Reply::BatchGet(BatchGetReply {
            blocks,
            detail: batch.detail,
        }),
    })
}

fn unprocessed(block: GetBlock<'_>, consistent: bool) -> UnprocessedBlock {
    let sent = block.sent;
    UnprocessedBlock {
        shown_name: Rc::from(block.table),
        keys: block.keys.iter().map(|key| key.to_item()).collect(),
        paths: block.paths,
        consistent,
        consistent_read: sent.consistent_read,
        projection_expression: sent.projection_expression.map(str::to_owned),
        expression_attribute_names: sent.expression_attribute_names.map(|names| {
            names
                .iter()
                .map(|(name, attribute)| (name.to_owned(), (*attribute).to_owned()))
                .collect()
        }),
        attributes_to_get: sent
            .attributes_to_get
            .map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
    }
}

/// BatchWriteItem: each item and key checked as if it were written by itself.
pub(in crate::request) fn write(batch: BatchWrite<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let tables = batch.blocks.iter().map(|block| usable(catalog, block.table));
    let tables: Vec<Rc<Table>> = tables.collect::<Result<_, _>>()?;
    let mut rows = Rows::default();
    let mut writes = Vec::new();
    let mut shapes = Vec::new();
    let mut too_large = false;
    for (block, table) in batch.blocks.into_iter().zip(tables) {
        let shown_name = shown_name(&table, block.table);
        writes.reserve(block.writes.len());
        shapes.reserve(block.writes.len());
        for entry in block.writes {
            let (row, action, sent) = match entry {
                BatchWriteEntry::Put(admitted) => {
                    let image = admitted.item.attributes();
                    let row = keys::row(&table, image, Wording::Unnamed)?;
                    keys::check_index_keys(&table, image, Written::Put)?;
                    too_large |= !table.has_room_for(admitted.size_bytes, image);
                    let item = admitted.item;
                    (row, Action::Put(item.clone()), SentWrite::Put(item))
                }
                BatchWriteEntry::Delete(key) => {
                    let row = keys::exact_row(&table, attributes(&key)?)?;
                    (row, Action::Delete, SentWrite::Delete(key.to_item()))
                }
            };
            rows.note(&table, &row, KeyFault::Duplicates)?;
            writes.push(Write {
                table: table.clone(),
                key: row,
                action,
                condition: None,
                on_failure: OnFailure::Refuse,
                closed: None,
            });
            shapes.push(WriteShape {
                table: table.clone(),
                shown_name: shown_name.clone(),
                sent,
            });
        }
    }
    // Sizes are judged after all keys and duplicates.
    if too_large {
        return Err(bare(ItemFault::ItemTooLarge));
    }
    Ok(Plan {
        work: Work::BatchWrite(writes),
        reply: Reply::BatchWrite(BatchWriteReply {
            writes: shapes,
            metrics: batch.metrics,
            detail: batch.detail,
        }),
    })
}
