//! Whether a principal may do what it asks for: the resource policies of the tables that a plan touches.
//!
//! A principal of the tables' own account may do everything that no policy denies, since nothing is known here of policies that
//! principals carry. A principal of another account may do what a table's policy allows it. Every action on every table is asked
//! about, with the condition keys that the request has: `dynamodb:LeadingKeys`, `dynamodb:Attributes`, `dynamodb:Select`,
//! `dynamodb:ReturnValues`, `dynamodb:ReturnConsumedCapacity`, `dynamodb:EnclosingOperation`.

mod attributes;

use super::Operation;
use super::plan::{Action, Plan, ShardIterator, Source, Work, Write};
use super::policy::{Access, Decision, Policy, Principal};
use crate::error::Error;
use crate::error::access::AccessFault;
use crate::table::{Catalog, IndexId, KeyAttribute, Origin, Part, PolicySlot, ResourceArn, Table, bare_name};
use crate::value::flat::{Map, View};
use crate::value::key::{KeyType, decode_parts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::rc::Rc;

/// What is asked, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who asks.
    pub principal: &'a Principal,
    /// Where the tables are, and whose.
    pub origin: &'a Origin,
    /// What is to be done.
    pub operation: Operation,
    /// The request's members.
    pub tree: &'a [u8],
}

/// What a request does to a table.
struct Touched<'a> {
    table: &'a Rc<Table>,
    /// The action, without its prefix: the operation, or what it is made of.
    action: &'static str,
    index: Option<IndexId>,
    /// The name of a local index.
    local: Option<usize>,
    stream: Option<&'a str>,
    leading: Vec<String>,
}

/// Asks the policies of everything that a plan touches.
///
/// # Errors
/// AccessDeniedException
pub fn authorize(question: &Question<'_>, plan: &Plan, catalog: &Catalog) -> Result<(), Error> {
    let touched = touched(question, &plan.work, catalog);
    if touched.is_empty() && !question.is_at_home() {
        // The account as a whole, or a table that is not there: no policy allows it.
        return Err(question.denied(question.operation.name(), &question.named_resource(), false));
    }
    touched.iter().try_for_each(|touched| question.ask(touched))
}

impl Question<'_> {
    fn is_at_home(&self) -> bool {
        self.principal.account() == &*self.origin.account
    }

    fn denied(&self, action: &str, resource: &str, explicit: bool) -> Error {
        Error::AccessDeniedException(AccessFault::NotAuthorized {
            principal: self.principal.arn.clone(),
            action: qualified(action),
            resource: resource.to_owned(),
            explicit,
        })
    }

    fn member(&self, name: &str) -> Option<&str> {
        match Map::read(self.tree).ok()?.get(name.as_bytes())?.view() {
            Ok(View::S(text)) => std::str::from_utf8(text).ok(),
            Ok(_) | Err(_) => None,
        }
    }

    /// The resource as far as the request names one.
    fn named_resource(&self) -> String {
        let named = ["ResourceArn", "StreamArn", "TableName"]
            .into_iter()
            .find_map(|name| self.member(name));
        match named {
            Some(name) if name.starts_with("arn:") => name.to_owned(),
            Some(name) => format!(
                "arn:aws:dynamodb:{}:{}:table/{name}",
                self.origin.region, self.origin.account
            ),
            None => "*".to_owned(),
        }
    }

    fn ask(&self, touched: &Touched<'_>) -> Result<(), Error> {
        let slot = if touched.stream.is_some() {
            &touched.table.stream_policy
        } else {
            &touched.table.policy
        };
        let resource = self.resource(touched);
        let decision = self.decide(slot, touched, &resource);
        match decision {
            Decision::Deny => Err(self.denied(touched.action, &resource, true)),
            Decision::Allow => Ok(()),
            Decision::Nothing if self.is_at_home() => Ok(()),
            Decision::Nothing => Err(self.denied(touched.action, &resource, false)),
        }
    }

    fn resource(&self, touched: &Touched<'_>) -> String {
        let table = self.origin.table(&touched.table.name);
        let global = || {
            let mut indexes = touched.table.fed_indexes();
            let index = indexes.find(|index| Some(index.id) == touched.index)?;
            Some(index.name)
        };
        let local = || touched.table.local_indexes.get(touched.local?).map(|index| &index.name);
        match (global().or_else(local), touched.stream) {
            (Some(name), _) => self.origin.index(&touched.table.name, name),
            (None, Some(label)) => format!("{table}/stream/{label}"),
            (None, None) => table,
        }
    }

    fn decide(&self, slot: &PolicySlot, touched: &Touched<'_>, resource: &str) -> Decision {
        // A policy that is to be put is asked whether its author will still be able to replace it.
        let given = match (self.operation, self.member("Policy")) {
            (Operation::PutResourcePolicy, Some(given)) if !self.confirms_lockout() => Some(given),
            _ => None,
        };
        let documents = slot.document.as_deref().into_iter().chain(given);
        let mut decision = Decision::Nothing;
        for document in documents {
            let Ok(policy) = Policy::read(document) else { continue };
            let action = qualified(touched.action);
            let keys = self.keys(touched);
            let said = policy.decide(&Access {
                principal: self.principal,
                action: &action,
                resource,
                region: &self.origin.region,
                keys: &keys,
            });
            match said {
                Decision::Deny => return Decision::Deny,
                Decision::Allow => decision = Decision::Allow,
                Decision::Nothing => {}
            }
        }
        decision
    }

    /// The operation, where an action is a part of it.
    fn enclosing(&self, touched: &Touched<'_>) -> Vec<String> {
        let whole = self.operation.name();
        if touched.action == whole {
            Vec::new()
        } else {
            vec![whole.to_owned()]
        }
    }

    fn confirms_lockout(&self) -> bool {
        let confirmed = Map::read(self.tree)
            .ok()
            .and_then(|map| map.get(b"ConfirmRemoveSelfResourceAccess"));
        matches!(confirmed.map(|value| value.view()), Some(Ok(View::Bool(true))))
    }

    /// The condition keys of DynamoDB's own; those that a request does not have are absent.
    fn keys(&self, touched: &Touched<'_>) -> Vec<(&'static str, Vec<String>)> {
        let named = |member: &str| self.member(member).map(str::to_owned).into_iter().collect();
        let keys = [
            ("dynamodb:LeadingKeys", touched.leading.clone()),
            ("dynamodb:EnclosingOperation", self.enclosing(touched)),
            ("dynamodb:Attributes", attributes::of(self.tree)),
            ("dynamodb:Select", named("Select")),
            ("dynamodb:ReturnValues", named("ReturnValues")),
            ("dynamodb:ReturnConsumedCapacity", named("ReturnConsumedCapacity")),
        ];
        keys.into_iter()
            .filter(|(_, values): &(_, Vec<String>)| !values.is_empty())
            .collect()
    }
}

fn qualified(action: &str) -> String {
    format!("dynamodb:{action}")
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

fn touched<'a>(question: &Question<'a>, work: &'a Work, catalog: &'a Catalog) -> Vec<Touched<'a>> {
    let mut touched: Vec<Touched<'a>> = Vec::new();
    let mut touch = |action: &'static str, table: &'a Rc<Table>, source: Source, key: &[u8]| {
        let (index, local) = match source {
            Source::Table => (None, None),
            Source::Local(position) => (None, Some(position)),
            Source::Global(id) | Source::Vector(id) => (Some(id), None),
        };
        let known = touched
            .iter()
            .position(|known| known.table.id == table.id && known.action == action);
        let at = known.unwrap_or_else(|| {
            touched.push(Touched {
                table,
                action,
                index,
                local,
                stream: None,
                leading: Vec::new(),
            });
            touched.len() - 1
        });
        if let Some(known) = touched.get_mut(at) {
            for value in leading(table, index, key) {
                if !known.leading.contains(&value) {
                    known.leading.push(value);
                }
            }
        }
    };
    let whole = match question.operation {
        Operation::ExecuteStatement | Operation::BatchExecuteStatement | Operation::ExecuteTransaction => SELECT,
        operation => operation.name(),
    };
    let action = |write: &Write| statement_of(question.operation, write).unwrap_or(whole);
    match work {
        Work::Get(get) => touch(whole, &get.table, Source::Table, get.key.bytes.as_bytes()),
        Work::BatchGet(gets) => gets
            .iter()
            .for_each(|get| touch(whole, &get.table, Source::Table, get.key.bytes.as_bytes())),
        Work::TransactGet(gets) => gets.iter().flatten().for_each(|get| {
            let action = if whole == SELECT {
                SELECT
            } else {
                Operation::GetItem.name()
            };
            touch(action, &get.table, Source::Table, get.key.bytes.as_bytes());
        }),
        Work::Write(write) => touch(action(write), &write.table, Source::Table, write.key.bytes.as_bytes()),
        Work::BatchWrite(writes) => writes
            .iter()
            .for_each(|write| touch(action(write), &write.table, Source::Table, write.key.bytes.as_bytes())),
        Work::TransactWrite(transaction) => transaction.actions.iter().flatten().for_each(|write| {
            touch(
                statement_of(question.operation, write).unwrap_or_else(|| action_of(write)),
                &write.table,
                Source::Table,
                write.key.bytes.as_bytes(),
            );
        }),
        // A query stays within one partition key, which is what the keys that it visits begin with.
        Work::Walk(walk) if question.operation == Operation::Query => {
            touch(whole, &walk.table, walk.source, walk.range.from.as_bytes());
        }
        Work::Walk(walk) => touch(whole, &walk.table, walk.source, &[]),
        Work::Walks(walks) => walks
            .iter()
            .for_each(|walk| touch(whole, &walk.table, walk.source, walk.range.from.as_bytes())),
        Work::Shard(_) | Work::Control(_) | Work::Answer => touched.extend(named(question, catalog)),
    }
    touched
}

/// The table that a request names, where the work does not hold it.
fn named<'a>(question: &Question<'a>, catalog: &'a Catalog) -> Option<Touched<'a>> {
    let tree = question.tree;
    let text = |name: &str| match Map::read(tree).ok()?.get(name.as_bytes())?.view() {
        Ok(View::S(text)) => std::str::from_utf8(text).ok(),
        Ok(_) | Err(_) => None,
    };
    let arn = text("ResourceArn").or_else(|| text("StreamArn"));
    let iterator = text("ShardIterator").and_then(|text| ShardIterator::parse(text).ok());
    let arn = arn.or(iterator.map(|iterator| iterator.stream));
    let stream = arn.and_then(|arn| match ResourceArn::parse(arn).ok()?.part {
        Part::Stream(label) => Some(label),
        Part::Table | Part::Index(_) => None,
    });
    let table = catalog.get(bare_name(arn.or_else(|| text("TableName"))?))?;
    let index = text("IndexName")
        .and_then(|name| table.global_index(name))
        .map(|index| index.id);
    Some(Touched {
        table,
        action: question.operation.name(),
        index,
        local: None,
        stream,
        leading: Vec::new(),
    })
}

/// The values of the partition key that a key's bytes begin with, as conditions compare them.
fn leading(table: &Table, index: Option<IndexId>, key: &[u8]) -> Vec<String> {
    let mut indexes = table.global_indexes.iter();
    let schema = match index {
        None => Some(&table.schema),
        Some(id) => indexes.find(|index| index.id == id).map(|index| &index.schema),
    };
    let partition: &[KeyAttribute] = schema.map(|schema| schema.partition.as_slice()).unwrap_or_default();
    let parts = decode_parts(key, partition.iter().map(|attribute| attribute.key_type));
    let shown = |(key_type, value): (KeyType, Vec<u8>)| match key_type {
        KeyType::S | KeyType::N => String::from_utf8_lossy(&value).into_owned(),
        KeyType::B => STANDARD.encode(value),
    };
    parts.unwrap_or_default().into_iter().map(shown).collect()
}
