//! Key conditions laid on a key schema: which rows of a table or an index a query walks.

use super::fault::KeyConditionFault;
use super::key_condition::{KeyComparison, KeyConditions};
use crate::value::Value;
use crate::value::key::{KeyPart, KeyType, PartRange};

/// Key conditions laid on a key schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMatch<'a> {
    /// Each partition key attribute's value, in the order of the schema.
    pub partition: Vec<KeyPart<'a>>,
    /// Values of the sort key attributes before the last one that has a condition, in the order of the schema.
    pub sort_equal: Vec<KeyPart<'a>>,
    /// The comparison of the sort key attribute that follows them.
    pub range: PartRange<'a>,
}

/// Lays key conditions on the key of a table or an index: `partition` and `sort` are the schema's attributes in order.
///
/// # Errors
/// In this order: more conditions than key attributes; a partition key attribute without a condition, or with one that is
/// not `=`; a condition on something that is no key attribute, reported as the sort key attribute that has none; a sort key
/// attribute that is not compared with `=` although a later one has a condition; a value of another type than the
/// attribute's, a comparison that no row can be looked up by, or an empty value, partition key first.
pub fn match_schema<'a>(
    conditions: &'a KeyConditions,
    partition: &[(&str, KeyType)],
    sort: &[(&str, KeyType)],
) -> Result<KeyMatch<'a>, KeyConditionFault> {
    let attributes = partition.len() + sort.len();
    if conditions.clauses.len() > attributes {
        return Err(KeyConditionFault::TooMany {
            conditions: conditions.clauses.len(),
            attributes,
        });
    }
    let partition = match_partition(conditions, partition)?;
    let (sort_equal, range) = match_sort(conditions, sort, partition.len())?;
    Ok(KeyMatch {
        partition,
        sort_equal,
        range,
    })
}

fn find<'a>(conditions: &'a KeyConditions, attribute: &str) -> Option<&'a KeyComparison> {
    let mut clauses = conditions.clauses.iter();
    clauses
        .find(|clause| &*clause.attribute == attribute)
        .map(|clause| &clause.comparison)
}

fn match_partition<'a>(
    conditions: &'a KeyConditions,
    partition: &[(&str, KeyType)],
) -> Result<Vec<KeyPart<'a>>, KeyConditionFault> {
    let mut parts = Vec::with_capacity(partition.len());
    for (attribute, key_type) in partition {
        let comparison =
            find(conditions, attribute).ok_or_else(|| KeyConditionFault::Missing((*attribute).to_owned()))?;
        let range = typed(comparison, *key_type).map_err(|fault| match fault {
            KeyConditionFault::NotIndexable => KeyConditionFault::NotSupported,
            other => other,
        });
        let part = equal_part(range?).ok_or(KeyConditionFault::NotSupported)?;
        parts.push(not_empty(attribute, part)?);
    }
    Ok(parts)
}

/// The sort key attributes: equality on the first of them, then at most one comparison of another kind.
fn match_sort<'a>(
    conditions: &'a KeyConditions,
    sort: &[(&str, KeyType)],
    in_partition: usize,
) -> Result<(Vec<KeyPart<'a>>, PartRange<'a>), KeyConditionFault> {
    let found: Vec<Option<&KeyComparison>> = sort.iter().map(|(attribute, _)| find(conditions, attribute)).collect();
    let in_sort = found.iter().flatten().count();
    if in_partition + in_sort < conditions.clauses.len() {
        let missing = sort.iter().zip(&found).find(|(_, comparison)| comparison.is_none());
        let missing = missing.map_or_else(String::new, |((attribute, _), _)| (*attribute).to_owned());
        return Err(KeyConditionFault::Missing(missing));
    }
    let Some(last) = found.iter().rposition(Option::is_some) else {
        return Ok((Vec::new(), PartRange::All));
    };
    let before_last: Vec<_> = sort.iter().zip(&found).take(last).collect();
    let unequal = before_last
        .iter()
        .filter(|(_, comparison)| !matches!(comparison, Some(KeyComparison::Equal(_))));
    let unequal: Vec<String> = unequal.map(|((attribute, _), _)| (*attribute).to_owned()).collect();
    let because_of = sort.get(last).map_or("", |(attribute, _)| attribute);
    if !unequal.is_empty() {
        return Err(KeyConditionFault::EqualityRequired {
            attributes: unequal,
            because_of: because_of.to_owned(),
        });
    }
    let mut ranges = Vec::with_capacity(last + 1);
    for ((attribute, key_type), comparison) in sort.iter().zip(&found).take(last + 1) {
        let range = match comparison {
            Some(comparison) => typed(comparison, *key_type)?,
            None => PartRange::All,
        };
        ranges.push(no_empty_part(attribute, range)?);
    }
    let range = ranges.pop().unwrap_or(PartRange::All);
    let equal = ranges.into_iter().filter_map(equal_part);
    Ok((equal.collect(), range))
}

/// What a key part is to equal, if that is how it is compared.
fn equal_part(range: PartRange<'_>) -> Option<KeyPart<'_>> {
    match range {
        PartRange::Equal(part) => Some(part),
        PartRange::All
        | PartRange::Less(_)
        | PartRange::LessOrEqual(_)
        | PartRange::Greater(_)
        | PartRange::GreaterOrEqual(_)
        | PartRange::Between(_, _)
        | PartRange::BeginsWith(_) => None,
    }
}

/// Reads a comparison's values as parts of a key.
fn typed(comparison: &KeyComparison, key_type: KeyType) -> Result<PartRange<'_>, KeyConditionFault> {
    let part = |value| part_of(value, key_type);
    Ok(match comparison {
        KeyComparison::Equal(value) => PartRange::Equal(part(value)?),
        KeyComparison::Less(value) => PartRange::Less(part(value)?),
        KeyComparison::LessOrEqual(value) => PartRange::LessOrEqual(part(value)?),
        KeyComparison::Greater(value) => PartRange::Greater(part(value)?),
        KeyComparison::GreaterOrEqual(value) => PartRange::GreaterOrEqual(part(value)?),
        KeyComparison::Between(lower, upper) => PartRange::Between(part(lower)?, part(upper)?),
        // A number begins with nothing; the legacy parameters can ask nevertheless.
        KeyComparison::BeginsWith(_) if key_type == KeyType::N => return Err(KeyConditionFault::TypeMismatch),
        KeyComparison::BeginsWith(value) => PartRange::BeginsWith(part(value)?),
        KeyComparison::NotIndexable(values) => {
            values.iter().try_for_each(|value| part(value).map(|_| ()))?;
            return Err(KeyConditionFault::NotIndexable);
        }
    })
}

fn part_of(value: &Value, key_type: KeyType) -> Result<KeyPart<'_>, KeyConditionFault> {
    let value = value.get().map_err(|_| KeyConditionFault::TypeMismatch)?;
    KeyPart::of(value, key_type).ok_or(KeyConditionFault::TypeMismatch)
}

fn no_empty_part<'a>(attribute: &str, range: PartRange<'a>) -> Result<PartRange<'a>, KeyConditionFault> {
    range
        .operands()
        .try_for_each(|part| not_empty(attribute, part).map(|_| ()))?;
    Ok(range)
}

fn not_empty<'a>(attribute: &str, part: KeyPart<'a>) -> Result<KeyPart<'a>, KeyConditionFault> {
    if part.is_empty() {
        return Err(KeyConditionFault::EmptyValue {
            attribute: attribute.to_owned(),
            is_binary: part.key_type() == KeyType::B,
        });
    }
    Ok(part)
}
