//! Whether a principal may do what it asks for: the resource policies of the tables that a plan touches.
//!
//! A principal of the tables' own account may do everything that no policy denies, since nothing is known here of policies that
//! principals carry. A principal of another account may do what a table's policy allows it. Every action on every table is asked
//! about, with the condition keys that the request has: `dynamodb:LeadingKeys`, `dynamodb:Attributes`, `dynamodb:Select`,
//! `dynamodb:ReturnValues`, `dynamodb:ReturnConsumedCapacity`, `dynamodb:EnclosingOperation`.

mod attributes;
mod touched;

use super::Operation;
use super::plan::{Plan, Source};
use super::policy::{Access, Decision, Policy, Principal};
use crate::error::Error;
use crate::error::access::{AccessFault, Refusal};
use crate::table::{Catalog, Origin, PolicySlot};
use crate::value::flat::{Map, View};
use touched::{Touched, touched};

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

/// Asks the policies of everything that a plan touches.
///
/// # Errors
/// AccessDeniedException
pub fn authorize(question: &Question<'_>, plan: &Plan, catalog: &Catalog) -> Result<(), Error> {
    let touched = touched(question, &plan.work, catalog);
    if touched.is_empty() && !question.is_at_home() {
        // The account as a whole, or a table that is not there: no policy allows it.
        return Err(question.denied(
            question.operation.name(),
            &question.named_resource(),
            Refusal::NotAllowed,
        ));
    }
    touched.iter().try_for_each(|touched| question.ask(touched))
}

impl<'a> Question<'a> {
    fn is_at_home(&self) -> bool {
        self.principal.account() == &*self.origin.account
    }

    fn denied(&self, action: &str, resource: &str, refusal: Refusal) -> Error {
        Error::AccessDeniedException(AccessFault::NotAuthorized {
            principal: self.principal.arn.clone(),
            action: qualified(action),
            resource: resource.to_owned(),
            refusal,
        })
    }

    fn member(&self, name: &str) -> Option<&'a str> {
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
            Decision::Deny => Err(self.denied(touched.action, &resource, Refusal::Denied)),
            Decision::Allow => Ok(()),
            Decision::Nothing if self.is_at_home() => Ok(()),
            Decision::Nothing => Err(self.denied(touched.action, &resource, Refusal::NotAllowed)),
        }
    }

    fn resource(&self, touched: &Touched<'_>) -> String {
        let table = self.origin.table(&touched.table.name);
        let index = match touched.source {
            Source::Table => None,
            Source::Local(position) => touched.table.local_indexes.get(position).map(|index| &index.name),
            Source::Global(id) | Source::Vector(id) => {
                let mut indexes = touched.table.fed_indexes();
                indexes.find(|index| index.id == id).map(|index| index.name)
            }
        };
        match (index, touched.stream) {
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
