//! Table operations against the tables there are.

mod change;
mod indexes;

use super::Plan;
use super::work::{Control, TableAsk, Work};
use crate::error::{Error, Exceeded, Missing};
use crate::limits;
use crate::request::inputs::{DeleteTable, DescribeTable, ListTables, UpdateTable};
use crate::request::respond::{Reply, Shown, TableMember, answer_tables};
use crate::table::{Catalog, Ceiling, IndexChange, IndexName, Origin, Table, TableSpec, Throughput};
use change::Change;
use std::rc::Rc;

/// CreateTable.
pub(in crate::request) fn create(spec: Box<TableSpec>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    catalog.check_creatable(&spec.name)?;
    check_quota(spec.throughput, None, origin)?;
    for index in &spec.global_indexes {
        check_quota(index.throughput, Some(&index.name), origin)?;
    }
    Ok(Plan {
        work: Work::Control(Control::Create(spec)),
        reply: Reply::Table(origin.clone(), Shown::Created, TableMember::TableDescription),
    })
}

/// Refuses more capacity than an account may give to one table or index unless AWS raises its quota.
fn check_quota(asked: Throughput, index: Option<&IndexName>, origin: &Origin) -> Result<(), Error> {
    let members = [
        ("ReadCapacityUnits", asked.read, limits::TABLE_READ_UNITS_MAX),
        ("WriteCapacityUnits", asked.write, limits::TABLE_WRITE_UNITS_MAX),
    ];
    match members.into_iter().find(|(_, requested, limit)| requested > limit) {
        None => Ok(()),
        Some((member, requested, limit)) => Err(Error::LimitExceededException(Exceeded::Capacity {
            member,
            requested,
            limit,
            index: index.map(IndexName::to_string),
            region: origin.region.as_ref().to_owned(),
        })),
    }
}

/// The table of a control-plane operation, which AWS names when it is missing.
pub(super) fn find<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Rc<Table>, Error> {
    catalog
        .get(name)
        .ok_or_else(|| Error::ResourceNotFoundException(Missing::Table { table: name.to_owned() }))
}

/// Something asked about a table, for the admin actor.
pub(super) fn ask(table: &Rc<Table>, ask: TableAsk) -> Work {
    Work::Control(Control::Of(Rc::clone(table), ask))
}

/// DeleteTable.
pub(in crate::request) fn delete(input: &DeleteTable<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    table.check_droppable()?;
    Ok(Plan {
        work: ask(table, TableAsk::Delete),
        reply: Reply::Table(origin.clone(), Shown::Deleted, TableMember::TableDescription),
    })
}

/// DescribeTable.
pub(in crate::request) fn describe(
    input: &DescribeTable<'_>,
    catalog: &Catalog,
    origin: &Origin,
) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    Ok(Plan {
        work: ask(table, TableAsk::Describe),
        reply: Reply::Table(origin.clone(), Shown::Whole, TableMember::Table),
    })
}

/// ListTables, answered from the catalog.
pub(in crate::request) fn list(input: &ListTables<'_>, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let limit = input
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(limits::LIST_TABLES_PAGE_MAX);
    let mut names = catalog
        .after(input.exclusive_start_table_name)
        .map(|table| table.name.as_str());
    let page: Vec<&str> = names.by_ref().take(limit).collect();
    answer_tables(&page, names.next().is_some())
}

/// UpdateTable.
pub(in crate::request) fn update(input: &UpdateTable<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    let table = find(catalog, input.table_name)?;
    let change = Change { input, table };
    table.check_online(change.online())?;
    if is_taken_meanwhile(input) {
        table.check_usable()?;
    } else {
        table.check_idle()?;
    }
    let change = change.planned()?;
    check_quota(change.throughput.unwrap_or_default(), None, origin)?;
    for index in &change.indexes {
        match index {
            IndexChange::Create(spec) => check_quota(spec.throughput, Some(&spec.name), origin)?,
            IndexChange::Update { name, throughput, .. } => {
                check_quota(throughput.unwrap_or_default(), Some(name), origin)?;
            }
            IndexChange::CreateVector(_) | IndexChange::Delete(_) => {}
        }
    }
    let removed = |member: Option<Ceiling>| member == Some(Ceiling::Removed);
    let shown = match change.on_demand {
        Some(ceilings) => Shown::Updated {
            read_removed: removed(ceilings.read_max),
            write_removed: removed(ceilings.write_max),
        },
        None => Shown::Whole,
    };
    Ok(Plan {
        work: ask(table, TableAsk::Update(Box::new(change))),
        reply: Reply::Table(origin.clone(), shown, TableMember::TableDescription),
    })
}

/// True if it is taken while other changes are under way. What is named here goes alone in its call.
fn is_taken_meanwhile(input: &UpdateTable<'_>) -> bool {
    input.deletion_protection_enabled.is_some() || input.sse_specification.is_some()
}
