//! What must hold when everything has come to rest.

use super::model::Model;
use super::report::Finding;
use crate::btree::{Row as _, Tree};
use crate::cluster::{Cluster, Partitions, Place};
use crate::replica::{Replica, RoleName, Row};
use crate::table::Table;
use crate::value::key::hash_of;
use crate::value::{Item, equal_maps};
use std::collections::BTreeMap;

/// Checks everything about one table.
pub(super) fn at_rest(cluster: &Cluster, table: &Table, model: &Model) -> Result<(), Finding> {
    let mut rows = BTreeMap::new();
    let base = partitions(cluster, Place::table(table.id))?;
    for leader in settled_leaders(cluster, base)? {
        collect(leader.rows(), &mut rows);
        locals(table, leader)?;
    }
    let expected: BTreeMap<Vec<u8>, Item> = model
        .rows()
        .filter_map(|(_, item)| {
            Some((
                table.row_key(item.attributes())?.bytes.as_bytes().to_vec(),
                item.clone(),
            ))
        })
        .collect();
    if rows != expected {
        return Err(Finding::Rows {
            held: rows.len(),
            expected: expected.len(),
        });
    }
    streamed(cluster, table, &expected)?;
    for index in table.fed_indexes() {
        let Some(fed) = table.fed_index(index.id) else { continue };
        let mut entries = BTreeMap::new();
        let partitions = partitions(cluster, Place::index(table.id, index.id))?;
        for leader in settled_leaders(cluster, partitions)? {
            collect(leader.rows(), &mut entries);
        }
        let expected: BTreeMap<Vec<u8>, Item> = expected
            .values()
            .filter_map(|item| fed.entry(table, item))
            .map(|entry| (entry.key.bytes.as_bytes().to_vec(), entry.item))
            .collect();
        same_entries(index.name.as_str(), &entries, &expected)?;
    }
    Ok(())
}

fn same_entries(
    index: &str,
    held: &BTreeMap<Vec<u8>, Item>,
    expected: &BTreeMap<Vec<u8>, Item>,
) -> Result<(), Finding> {
    if held == expected {
        return Ok(());
    }
    Err(Finding::Index {
        name: index.to_owned(),
        held: held.len(),
        expected: expected.len(),
    })
}

/// The stream, replayed from its beginning, tells every state that a row had, and ends with the rows there are.
fn streamed(cluster: &Cluster, table: &Table, expected: &BTreeMap<Vec<u8>, Item>) -> Result<(), Finding> {
    let same = |a: &Item, b: &Item| equal_maps(a.attributes(), b.attributes());
    let mut rows: BTreeMap<Vec<u8>, Item> = BTreeMap::new();
    for record in cluster.lineages().flat_map(|lineage| lineage.history().records.iter()) {
        let key = table.row_key(record.keys.attributes()).ok_or(Finding::Stream)?;
        let key = key.bytes.as_bytes().to_vec();
        let before = match &record.new {
            Some(item) => rows.insert(key, item.clone()),
            None => rows.remove(&key),
        };
        match (&before, &record.old) {
            (None, None) => {}
            (Some(before), Some(old)) if same(before, old) => {}
            (None, Some(_)) | (Some(_), None) | (Some(_), Some(_)) => return Err(Finding::Stream),
        }
    }
    let told = rows.len() == expected.len()
        && rows
            .iter()
            .zip(expected)
            .all(|((key, row), (expected_key, item))| key == expected_key && same(row, item));
    if told { Ok(()) } else { Err(Finding::Stream) }
}

fn partitions(cluster: &Cluster, place: Place) -> Result<&Partitions, Finding> {
    cluster
        .layout()
        .get(place)
        .map(|partitions| &**partitions)
        .ok_or(Finding::Unplaced)
}

/// The leaders of the partitions, each proven equal to its followers.
fn settled_leaders<'a>(cluster: &'a Cluster, partitions: &'a Partitions) -> Result<Vec<&'a Replica>, Finding> {
    let mut leaders = Vec::new();
    for (partition, range) in partitions.ranges() {
        let leader = cluster.replica(partition.leader).ok_or(Finding::Unplaced)?;
        if leader.role() != RoleName::Leader {
            return Err(Finding::Unplaced);
        }
        leader.rows().check();
        for row in leader.rows().iter() {
            if !hash_of(row.key()).is_some_and(|hash| range.contains(&hash)) {
                return Err(Finding::Unplaced);
            }
        }
        for id in &partition.replicas {
            let replica = cluster.replica(*id).ok_or(Finding::Unplaced)?;
            let behind = replica.applied() != replica.appended() || replica.appended() != leader.appended();
            let differs = !replica.rows().same_as(leader.rows())
                || replica.locals().len() != leader.locals().len()
                || !replica.locals().iter().zip(leader.locals()).all(|(a, b)| a.same_as(b));
            if behind || differs {
                return Err(Finding::Replica { id: *id });
            }
        }
        leaders.push(leader);
    }
    Ok(leaders)
}

fn collect(tree: &Tree<Row>, into: &mut BTreeMap<Vec<u8>, Item>) {
    for row in tree.iter() {
        into.insert(btree_key(row), row.item().clone());
    }
}

fn btree_key(row: &Row) -> Vec<u8> {
    row.key().to_vec()
}

/// The local indexes hold an entry for each row that has their key, and the partition's weight is its rows'.
fn locals(table: &Table, leader: &Replica) -> Result<(), Finding> {
    for (index, tree) in table.local_indexes.iter().zip(leader.locals()) {
        tree.check();
        let mut entries = BTreeMap::new();
        collect(tree, &mut entries);
        let expected: BTreeMap<Vec<u8>, Item> = leader
            .rows()
            .iter()
            .filter_map(|row| {
                let key = table.local_entry(index, row.item().attributes())?;
                Some((key.as_bytes().to_vec(), row.item().clone()))
            })
            .collect();
        same_entries(index.name.as_str(), &entries, &expected)?;
    }
    let weight: u64 = leader.rows().iter().map(|row| row.weight() as u64).sum();
    if weight == leader.rows().weight() {
        Ok(())
    } else {
        Err(Finding::Weight)
    }
}
