//! What a request asks of a table or an index, and what it turned out to consume.

use crate::cluster::map::Place;
use crate::error::throttling::Access;
use crate::request::capacity::{self, Units};
use crate::request::plan::{Action, Get, Source, Walk, Write, Written};
use crate::table::Table;
use crate::value::Item;
use crate::value::key::PartitionHash;
use std::rc::Rc;

/// One action of a request.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub table: Rc<Table>,
    pub place: Place,
    pub hash: PartitionHash,
    pub kind: Kind,
    /// What it took when it was let in: the least that it can consume, or more where more is known.
    pub taken: Units,
}

/// What kind of action it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Reads an item.
    Get { consistent: bool },
    /// Reads an item in a transaction.
    TransactGet,
    /// Writes an item.
    Write,
    /// Writes an item, or checks it, in a transaction.
    TransactWrite,
    /// Reads a page.
    Walk { source: Source, consistent: bool },
}

impl Claim {
    pub fn get(get: &Get) -> Claim {
        let kind = Kind::Get {
            consistent: get.consistent,
        };
        Claim::read(get, kind, capacity::read_units(0, get.consistent))
    }

    pub fn transact_get(get: &Get) -> Claim {
        Claim::read(get, Kind::TransactGet, capacity::transacted_read(0))
    }

    fn read(get: &Get, kind: Kind, taken: Units) -> Claim {
        Claim {
            table: Rc::clone(&get.table),
            place: Place::table(get.table.id),
            hash: get.key.hash,
            kind,
            taken,
        }
    }

    pub fn write(write: &Write) -> Claim {
        let size = match &write.action {
            Action::Put(item) => write.table.stored_size(item),
            Action::Update { .. } | Action::Delete | Action::Expire { .. } | Action::Check => 0,
        };
        Claim {
            table: Rc::clone(&write.table),
            place: Place::table(write.table.id),
            hash: write.key.hash,
            kind: Kind::Write,
            taken: capacity::write_units(size),
        }
    }

    pub fn transact_write(write: &Write) -> Claim {
        let claim = Claim::write(write);
        Claim {
            kind: Kind::TransactWrite,
            // For preparing, and for committing.
            taken: claim.taken + claim.taken,
            ..claim
        }
    }

    /// A page claims of the key range in which it begins. A search claims nothing: it consumes no units.
    pub fn walk(walk: &Walk) -> Option<Claim> {
        let place = match walk.source {
            Source::Table | Source::Local(_) => Place::table(walk.table.id),
            Source::Global(index) => Place::index(walk.table.id, index),
            Source::Vector(_) => return None,
        };
        Some(Claim {
            table: Rc::clone(&walk.table),
            place,
            hash: *walk.hashes.start(),
            kind: Kind::Walk {
                source: walk.source,
                consistent: walk.consistent,
            },
            taken: capacity::read_units(0, walk.consistent),
        })
    }

    /// Whether it reads or writes.
    pub fn access(&self) -> Access {
        match self.kind {
            Kind::Get { .. } | Kind::TransactGet | Kind::Walk { .. } => Access::Read,
            Kind::Write | Kind::TransactWrite => Access::Write,
        }
    }

    /// What reading the item consumed.
    pub fn consumed_by_read(&self, item: Option<&Item>) -> Units {
        let bytes = item.map_or(0, Item::size_bytes);
        match self.kind {
            Kind::Get { consistent } => capacity::read_units(bytes, consistent),
            Kind::TransactGet => capacity::transacted_read(bytes),
            Kind::Write | Kind::TransactWrite | Kind::Walk { .. } => Units::NONE,
        }
    }

    /// What the write consumed of its table; local indexes are a part of it.
    pub fn consumed_by_write(&self, written: &Written) -> Units {
        let (before, after) = (written.before.as_ref(), written.after.as_ref());
        let consumed = match self.kind {
            Kind::TransactWrite => capacity::transacted_write(&self.table, before, after),
            Kind::Get { .. } | Kind::TransactGet | Kind::Write | Kind::Walk { .. } => {
                capacity::write(&self.table, before, after)
            }
        };
        let locals = consumed.local_indexes.values();
        locals.fold(consumed.table, |sum, units| sum + *units)
    }
}
