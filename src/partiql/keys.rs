//! Keys in WHERE clauses: which rows a statement is about, once the key's attributes are known.

use super::condition::{Operand, Predicate, Where, equality};
use super::fault::StatementFault;
use crate::expression::{Comparator, Function, KeyComparison};
use crate::value::Value;
use crate::value::equality::equal;

/// Slices that one statement may ask for. What would be more is a scan with a filter.
const SLICES_MAX: usize = 10_000;

/// What a SELECT goes through.
#[derive(Debug)]
pub enum Selected<'w> {
    /// All rows.
    Everything,
    /// Parts of partitions; none when no row can have the key.
    Slices(Vec<Slice<'w>>),
}

/// A part of one partition.
#[derive(Clone, Debug)]
pub struct Slice<'w> {
    /// The partition key's value.
    pub partition: &'w Value,
    /// Comparisons of the sort key, all of which must hold.
    pub sort: Vec<KeyComparison>,
    /// The further conditions, by their places in the clause.
    rest: Vec<&'w Predicate>,
}

impl Slice<'_> {
    /// True if nothing but the key is asked for.
    pub fn is_whole(&self) -> bool {
        self.rest.is_empty()
    }

    /// True if both ask the same beside the key.
    pub fn asks_the_same(&self, other: &Slice<'_>) -> bool {
        let within = |a: &Slice<'_>, b: &Slice<'_>| {
            a.rest
                .iter()
                .all(|asked| b.rest.iter().any(|other| std::ptr::eq(*asked, *other)))
        };
        within(self, other) && within(other, self)
    }
}

/// A slice whose partition is not known yet.
#[derive(Clone, Debug, Default)]
struct Alternative<'w> {
    partition: Option<&'w Value>,
    sort: Vec<KeyComparison>,
    rest: Vec<&'w Predicate>,
}

/// The names that are looked for.
#[derive(Clone, Copy)]
struct Key<'k> {
    partition: &'k str,
    sort: Option<&'k str>,
}

impl Where {
    /// The values that the key attributes of a write's item are equal to, in the order of `key`.
    ///
    /// # Errors
    /// An attribute without equality, or with two different ones.
    pub fn key(&self, key: &[&str]) -> Result<Vec<&Value>, StatementFault> {
        let conjuncts = self.conjuncts();
        let mut values = Vec::with_capacity(key.len());
        for name in key {
            let mut found: Option<&Value> = None;
            for (_, value) in conjuncts
                .iter()
                .filter_map(|part| equality(part))
                .filter(|(of, _)| of == name)
            {
                if found.is_some_and(|known| !equal(known.view(), value.view())) {
                    return Err(StatementFault::KeyTwice((*name).to_owned()));
                }
                found = Some(value);
            }
            values.push(found.ok_or(StatementFault::KeyMissing)?);
        }
        Ok(values)
    }

    /// True if nothing but the equality of these attributes is asked for.
    pub fn is_only(&self, key: &[&str]) -> bool {
        self.conjuncts()
            .iter()
            .all(|part| equality(part).is_some_and(|(name, _)| key.contains(&name)))
    }

    /// What a SELECT goes through: the parts of partitions that its conditions on the key leave.
    pub fn selected(&self, partition: &str, sort: Option<&str>) -> Selected<'_> {
        let Some(predicate) = &self.predicate else {
            return Selected::Everything;
        };
        let Some(alternatives) = alternatives(predicate, Key { partition, sort }) else {
            return Selected::Everything;
        };
        let slices = alternatives.into_iter().map(|alternative| {
            Some(Slice {
                partition: alternative.partition?,
                sort: alternative.sort,
                rest: alternative.rest,
            })
        });
        match slices.collect::<Option<Vec<_>>>() {
            Some(slices) => Selected::Slices(slices),
            None => Selected::Everything,
        }
    }

    /// True if the partition key must be equal to a value or be among values, whatever else is asked.
    pub fn is_keyed(&self, partition: &str) -> bool {
        self.conjuncts().iter().any(|part| match part {
            Predicate::In(subject, _) => subject.attribute() == Some(partition),
            part => equality(part).is_some_and(|(name, _)| name == partition),
        })
    }

    /// The values that attributes are compared with, wherever in the clause.
    pub fn compared(&self) -> Vec<(&str, &Value)> {
        let mut found = Vec::new();
        if let Some(predicate) = &self.predicate {
            compared(predicate, &mut found);
        }
        found
    }
}

fn compared<'w>(predicate: &'w Predicate, found: &mut Vec<(&'w str, &'w Value)>) {
    let mut note = |attribute: Option<&'w str>, operand: &'w Operand| {
        if let (Some(attribute), Some(value)) = (attribute, operand.value()) {
            found.push((attribute, value));
        }
    };
    match predicate {
        Predicate::All(list) | Predicate::Any(list) => list.iter().for_each(|part| compared(part, found)),
        Predicate::Not(operand) => compared(operand, found),
        Predicate::Compare(_, left, right) => {
            note(left.attribute(), right);
            note(right.attribute(), left);
        }
        Predicate::Between(subject, lower, upper) => {
            note(subject.attribute(), lower);
            note(subject.attribute(), upper);
        }
        Predicate::In(subject, among) => among.iter().for_each(|operand| note(subject.attribute(), operand)),
        Predicate::Holds(Function::BeginsWith | Function::Contains, operands) => {
            if let [left, right] = operands.as_slice() {
                note(left.attribute(), right);
                note(right.attribute(), left);
            }
        }
        Predicate::Holds(..) => {}
    }
}

/// A condition as alternatives, each a part of a partition or of all rows; none if there are too many.
fn alternatives<'w>(predicate: &'w Predicate, key: Key<'_>) -> Option<Vec<Alternative<'w>>> {
    let found = match predicate {
        Predicate::All(list) => {
            let mut product = vec![Alternative::default()];
            for part in list {
                product = crossed(&product, &alternatives(part, key)?)?;
            }
            product
        }
        // Alternatives that say nothing of the key are one condition beside it.
        Predicate::Any(list) if !list.iter().any(|part| concerns(part, key)) => further(predicate),
        Predicate::Any(list) => {
            let mut sum = Vec::new();
            for part in list {
                sum.extend(alternatives(part, key)?);
            }
            sum
        }
        Predicate::In(subject, among) => match (subject.attribute(), among.iter().map(Operand::value).collect()) {
            (Some(name), Some(values)) => among_values(name, values, key).unwrap_or_else(|| further(predicate)),
            (Some(_) | None, _) => further(predicate),
        },
        Predicate::Compare(comparator, left, right) => {
            let (attribute, comparator, value) = match (left.attribute(), right.attribute()) {
                (Some(name), None) => (name, *comparator, right.value()),
                (None, Some(name)) => (name, comparator.exchanged(), left.value()),
                (Some(_), Some(_)) | (None, None) => ("", *comparator, None),
            };
            value
                .and_then(|value| one(attribute, comparator, value, key))
                .map_or_else(|| further(predicate), |alternative| vec![alternative])
        }
        Predicate::Between(subject, lower, upper) => match (lower.value(), upper.value()) {
            (Some(lower), Some(upper)) if key.sort.is_some() && subject.attribute() == key.sort => {
                of_sort(KeyComparison::Between(lower.clone(), upper.clone()))
            }
            (_, _) => further(predicate),
        },
        Predicate::Holds(Function::BeginsWith, operands) => match operands.as_slice() {
            [subject, Operand::Value(beginning)] if key.sort.is_some() && subject.attribute() == key.sort => {
                of_sort(KeyComparison::BeginsWith(beginning.clone()))
            }
            _ => further(predicate),
        },
        Predicate::Not(_) | Predicate::Holds(..) => further(predicate),
    };
    (found.len() <= SLICES_MAX).then_some(found)
}

/// True if a condition is about an attribute of the key, wherever in it.
fn concerns(predicate: &Predicate, key: Key<'_>) -> bool {
    let is_key = |operand: &Operand| {
        let attribute = operand.attribute();
        attribute == Some(key.partition) || (key.sort.is_some() && attribute == key.sort)
    };
    match predicate {
        Predicate::All(list) | Predicate::Any(list) => list.iter().any(|part| concerns(part, key)),
        Predicate::Not(operand) => concerns(operand, key),
        Predicate::Compare(_, left, right) => is_key(left) || is_key(right),
        Predicate::Between(subject, lower, upper) => is_key(subject) || is_key(lower) || is_key(upper),
        Predicate::In(subject, among) => is_key(subject) || among.iter().any(is_key),
        Predicate::Holds(_, operands) => operands.iter().any(is_key),
    }
}

fn further(predicate: &Predicate) -> Vec<Alternative<'_>> {
    vec![Alternative {
        rest: vec![predicate],
        ..Alternative::default()
    }]
}

fn of_sort<'w>(comparison: KeyComparison) -> Vec<Alternative<'w>> {
    vec![Alternative {
        sort: vec![comparison],
        ..Alternative::default()
    }]
}

fn among_values<'w>(name: &str, values: Vec<&'w Value>, key: Key<'_>) -> Option<Vec<Alternative<'w>>> {
    let each = values.into_iter().map(|value| one(name, Comparator::Equal, value, key));
    each.collect()
}

/// A comparison of a key attribute with a value.
fn one<'w>(attribute: &str, comparator: Comparator, value: &'w Value, key: Key<'_>) -> Option<Alternative<'w>> {
    if attribute == key.partition {
        return (comparator == Comparator::Equal).then(|| Alternative {
            partition: Some(value),
            ..Alternative::default()
        });
    }
    if key.sort != Some(attribute) {
        return None;
    }
    Some(Alternative {
        sort: vec![KeyComparison::with(comparator, value.clone())?],
        ..Alternative::default()
    })
}

/// Every alternative of one side with every one of the other. Two different partitions are no alternative.
fn crossed<'w>(left: &[Alternative<'w>], right: &[Alternative<'w>]) -> Option<Vec<Alternative<'w>>> {
    if left.len().saturating_mul(right.len()) > SLICES_MAX {
        return None;
    }
    let mut product = Vec::with_capacity(left.len() * right.len());
    for a in left {
        for b in right {
            let partition = match (a.partition, b.partition) {
                (Some(one), Some(other)) if !equal(one.view(), other.view()) => continue,
                (Some(one), _) | (None, Some(one)) => Some(one),
                (None, None) => None,
            };
            product.push(Alternative {
                partition,
                sort: [a.sort.as_slice(), b.sort.as_slice()].concat(),
                rest: [a.rest.as_slice(), b.rest.as_slice()].concat(),
            });
        }
    }
    Some(product)
}
