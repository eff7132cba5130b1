//! What a write makes of the item that is there: the part of an operation that runs where the item is.

use super::keys::{self, Written};
use super::work::{Action, Evaluated, OnFailure, Write};
use crate::error::item::{ItemFault, UpdateFault};
use crate::error::{Error, Invalid};
use crate::expression;
use crate::request::validate::bare;
use crate::table::Expiry;
use crate::value::Item;

/// Evaluates a write against the item as it is: the image after, or the error that the service answers. Pure; nothing is written.
///
/// An update that would be too large is refused whether or not its condition holds, as AWS does; every other fault of an update
/// is only found once the condition holds.
///
/// # Errors
/// ConditionalCheckFailedException, DuplicateItemException; ValidationException for an update that does not fit the item, an index key, or the item size.
pub fn evaluate(write: &Write, before: Option<&Item>) -> Result<Evaluated, Error> {
    let image = before.map(Item::attributes);
    let holds = write.condition.as_ref().is_none_or(|condition| condition.holds(image));
    let failed = || {
        Err(match write.on_failure {
            OnFailure::Duplicate => Error::DuplicateItemException { item: before.cloned() },
            OnFailure::Refuse => Error::ConditionalCheckFailedException { item: None },
            OnFailure::ReturnOld => Error::ConditionalCheckFailedException { item: before.cloned() },
        })
    };
    let left = |after| Ok(Evaluated { after, updated: None });
    match &write.action {
        Action::Put(item) if holds => left(Some(item.clone())),
        Action::Delete if holds => left(None),
        // Somebody has written the item again since it was found.
        Action::Expire { attribute, now } => {
            let expiry = before.and_then(|item| Expiry::of(item, attribute));
            match expiry {
                Some(expiry) if expiry.is_due(*now) => left(None),
                Some(_) | None => failed(),
            }
        }
        Action::Check if holds => left(before.cloned()),
        Action::Update { update: None, key, .. } if holds => left(Some(before.unwrap_or(key).clone())),
        Action::Put(_) | Action::Delete | Action::Check | Action::Update { update: None, .. } => failed(),
        Action::Update {
            update: Some(update),
            key,
            legacy,
        } => match update.apply(before, key) {
            Ok(updated) if !has_room_for(write, &updated.item) => Err(bare(ItemFault::UpdatedItemTooLarge)),
            Ok(_) | Err(_) if !holds => failed(),
            Ok(updated) => {
                let written = Written::Update {
                    before: image,
                    legacy: *legacy,
                };
                keys::check_index_keys(&write.table, updated.item.attributes(), written)?;
                Ok(Evaluated {
                    after: Some(updated.item.clone()),
                    updated: Some(updated),
                })
            }
            Err(fault) => Err(refused(fault, *legacy)),
        },
    }
}

fn has_room_for(write: &Write, item: &Item) -> bool {
    write.table.has_room_for(item.size_bytes(), item.attributes())
}

/// The item that a write would have left if its condition had held, as far as there would have been one.
pub fn attempted(action: &Action, before: Option<&Item>) -> Option<Item> {
    match action {
        Action::Put(item) => Some(item.clone()),
        Action::Update {
            update: Some(update),
            key,
            ..
        } => update.apply(before, key).ok().map(|updated| updated.item),
        Action::Update { update: None, key, .. } => Some(before.unwrap_or(key).clone()),
        Action::Delete | Action::Expire { .. } | Action::Check => None,
    }
}

/// AttributeUpdates words a stored value of the wrong type in its own way.
fn refused(fault: expression::UpdateFault, legacy: bool) -> Error {
    match fault {
        expression::UpdateFault::OperandType if legacy => bare(UpdateFault::StoredType),
        expression::UpdateFault::OperandType
        | expression::UpdateFault::MissingAttribute
        | expression::UpdateFault::InvalidPath
        | expression::UpdateFault::Number(_)
        | expression::UpdateFault::TooDeep => Error::invalid(Invalid::Update(fault)),
    }
}
