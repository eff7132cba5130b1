//! Keys, projections and capacities as CreateTable and UpdateTable name them, turned into a table's own terms.

use crate::error::table::{Call, CapacityFault, IndexesFault, KeysFault, SchemaFault, WarmFloor};
use crate::limits;
use crate::ordered::OrderedSet;
use crate::request::inputs::{
    self, AttributeDefinition, KeySchemaElement, KeyType, ProjectionType, ProvisionedThroughput, ScalarAttributeType,
};
use crate::table::{
    AttributeName, BillingMode, Ceiling, KeyAttribute, KeySchema, OnDemandChange, OnDemandThroughput, Projection,
    Throughput, WarmChange, WarmThroughput, starting_warmth,
};
use crate::value::key;

/// AttributeDefinitions in the order given.
///
/// # Errors
/// An attribute defined twice.
pub fn definitions(given: &[AttributeDefinition<'_>]) -> Result<Vec<KeyAttribute>, KeysFault> {
    let mut defined: Vec<KeyAttribute> = Vec::with_capacity(given.len());
    for definition in given {
        if defined
            .iter()
            .any(|known| known.name.as_str() == definition.attribute_name)
        {
            return Err(KeysFault::DefinitionTwice {
                name: definition.attribute_name.to_owned(),
            });
        }
        defined.push(KeyAttribute {
            name: AttributeName::new(definition.attribute_name),
            key_type: match definition.attribute_type {
                ScalarAttributeType::S => key::KeyType::S,
                ScalarAttributeType::N => key::KeyType::N,
                ScalarAttributeType::B => key::KeyType::B,
            },
        });
    }
    Ok(defined)
}

/// How many attributes each half of a key may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One HASH, at most one RANGE: tables and local indexes.
    Pair,
    /// One to four HASH, then up to four RANGE: global indexes.
    Multi,
}

/// A KeySchema over definitions. `missing` says what is wrong when an attribute is not defined.
///
/// # Errors
/// Elements of the wrong kind or in the wrong order, an attribute twice, an attribute without a definition.
pub fn key_schema(
    elements: &[KeySchemaElement<'_>],
    defined: &[KeyAttribute],
    shape: Shape,
    missing: impl FnOnce() -> KeysFault,
) -> Result<KeySchema, KeysFault> {
    check_order(elements, shape)?;
    let distinct: OrderedSet<&str> = elements.iter().map(|element| element.attribute_name).collect();
    if distinct.len() < elements.len() {
        return Err(KeysFault::Schema(SchemaFault::NotDefined));
    }
    let of_kind = |kind: KeyType| -> Option<Vec<KeyAttribute>> {
        elements
            .iter()
            .filter(|element| element.key_type == kind)
            .map(|element| {
                defined
                    .iter()
                    .find(|known| known.name.as_str() == element.attribute_name)
                    .cloned()
            })
            .collect()
    };
    match (of_kind(KeyType::Hash), of_kind(KeyType::Range)) {
        (Some(partition), Some(sort)) => Ok(KeySchema { partition, sort }),
        (None, _) | (_, None) => Err(missing()),
    }
}

fn check_order(elements: &[KeySchemaElement<'_>], shape: Shape) -> Result<(), KeysFault> {
    let hashes = elements
        .iter()
        .take_while(|element| element.key_type == KeyType::Hash)
        .count();
    let ranges = elements.len() - hashes;
    if hashes == 0 {
        return Err(KeysFault::Schema(SchemaFault::FirstNotHash));
    }
    match shape {
        Shape::Pair if hashes > 1 => Err(KeysFault::Schema(SchemaFault::SecondNotRange)),
        Shape::Pair => Ok(()),
        Shape::Multi
            if elements
                .iter()
                .skip(hashes)
                .any(|element| element.key_type == KeyType::Hash) =>
        {
            Err(KeysFault::KeyOrder)
        }
        Shape::Multi if hashes > limits::GLOBAL_KEY_HALF_ATTRIBUTES_MAX => {
            Err(KeysFault::KeyAttributes { key_type: "HASH" })
        }
        Shape::Multi if ranges > limits::GLOBAL_KEY_HALF_ATTRIBUTES_MAX => {
            Err(KeysFault::KeyAttributes { key_type: "RANGE" })
        }
        Shape::Multi => Ok(()),
    }
}

/// A Projection.
///
/// # Errors
/// A type that is missing or does not go with NonKeyAttributes.
pub fn projection(given: &inputs::Projection<'_>) -> Result<Projection, IndexesFault> {
    let names = given.non_key_attributes.as_deref();
    let without = |projection, name| match names {
        None => Ok(projection),
        Some(_) => Err(IndexesFault::AttributesWithoutInclude { projection: name }),
    };
    match given.projection_type {
        None => Err(IndexesFault::ProjectionTypeMissing),
        Some(ProjectionType::All) => without(Projection::All, "ALL"),
        Some(ProjectionType::KeysOnly) => without(Projection::KeysOnly, "KEYS_ONLY"),
        Some(ProjectionType::Include) => match names {
            None | Some([]) => Err(IndexesFault::IncludeWithoutAttributes),
            Some(names) => {
                let mut included: Vec<AttributeName> = Vec::with_capacity(names.len());
                for name in names {
                    if included.iter().any(|known| known.as_str() == *name) {
                        return Err(IndexesFault::IncludedTwice {
                            name: (*name).to_owned(),
                        });
                    }
                    included.push(AttributeName::new(name));
                }
                Ok(Projection::Include(included))
            }
        },
    }
}

/// Number of non-key attributes that a projection names.
pub fn included(projection: &Projection) -> usize {
    match projection {
        Projection::All | Projection::KeysOnly => 0,
        Projection::Include(names) => names.len(),
    }
}

/// The billing mode asked for.
pub fn billing(given: inputs::BillingMode) -> BillingMode {
    match given {
        inputs::BillingMode::Provisioned => BillingMode::Provisioned,
        inputs::BillingMode::PayPerRequest => BillingMode::PayPerRequest,
    }
}

/// Provisioned capacity. Negative numbers and zero were refused as members.
pub fn throughput(given: &ProvisionedThroughput) -> Throughput {
    Throughput {
        read: u64::try_from(given.read_capacity_units).unwrap_or_default(),
        write: u64::try_from(given.write_capacity_units).unwrap_or_default(),
    }
}

/// On-demand ceilings asked for: the billing mode is judged before the range, reads before writes.
///
/// # Errors
/// Ceilings on a provisioned table, or out of range.
pub fn ceilings(
    given: &inputs::OnDemandThroughput,
    billing: BillingMode,
    call: Call,
    index: Option<&str>,
) -> Result<OnDemandChange, CapacityFault> {
    let members = [
        ("MaxReadRequestUnits", given.max_read_request_units),
        ("MaxWriteRequestUnits", given.max_write_request_units),
    ];
    if billing == BillingMode::Provisioned
        && let Some((member, _)) = members.iter().find(|(_, value)| value.is_some())
    {
        return Err(CapacityFault::OnDemandProvisioned { member, call });
    }
    let ceiling = |(member, value): (&'static str, Option<i64>)| match (value, call) {
        (None, _) => Ok(None),
        (Some(-1), Call::UpdateTable) => Ok(Some(Ceiling::Removed)),
        (Some(units), _) => match u64::try_from(units) {
            Ok(units) if units > 0 => Ok(Some(Ceiling::To(units))),
            Ok(_) | Err(_) => Err(CapacityFault::OnDemandRange {
                member,
                index: index.map(str::to_owned),
            }),
        },
    };
    let [read, write] = members;
    Ok(OnDemandChange {
        read_max: ceiling(read)?,
        write_max: ceiling(write)?,
    })
}

/// On-demand ceilings of something new.
///
/// # Errors
/// As [`ceilings`].
pub fn new_ceilings(
    given: Option<&inputs::OnDemandThroughput>,
    billing: BillingMode,
    index: Option<&str>,
) -> Result<Option<OnDemandThroughput>, CapacityFault> {
    Ok(match given {
        None => None,
        Some(given) => ceilings(given, billing, Call::CreateTable, index)?.over(None),
    })
}

/// Warm throughput of something new, which is at least what it is charged for, or what on-demand capacity begins with.
///
/// # Errors
/// Less than that.
pub fn new_warmth(
    given: Option<&inputs::WarmThroughput>,
    billing: BillingMode,
    throughput: Throughput,
    index: Option<&str>,
) -> Result<WarmChange, CapacityFault> {
    match billing {
        BillingMode::PayPerRequest => warm(given, starting_warmth(billing, throughput), WarmFloor::OnDemand, index),
        BillingMode::Provisioned => {
            let floor = WarmThroughput {
                read: throughput.read,
                write: throughput.write,
            };
            warm(given, floor, WarmFloor::Provisioned, index)
        }
    }
}

/// Warm throughput asked for, against the least that it may be.
///
/// # Errors
/// Less than that.
pub fn warm(
    given: Option<&inputs::WarmThroughput>,
    least: WarmThroughput,
    floor: WarmFloor,
    index: Option<&str>,
) -> Result<WarmChange, CapacityFault> {
    let Some(given) = given else {
        return Ok(WarmChange::default());
    };
    let raised = |value: Option<i64>, least: u64, write: bool| match value {
        None => Ok(None),
        Some(value) => match u64::try_from(value) {
            Ok(asked) if asked >= least => Ok(Some(asked)),
            Ok(_) | Err(_) => Err(CapacityFault::WarmLowered {
                write,
                floor,
                index: index.map(str::to_owned),
            }),
        },
    };
    Ok(WarmChange {
        read: raised(given.read_units_per_second, least.read, false)?,
        write: raised(given.write_units_per_second, least.write, true)?,
    })
}

/// The names of elements, sorted, as sentences list them.
pub fn names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let sorted: OrderedSet<&str> = names.collect();
    sorted.into_iter().map(str::to_owned).collect()
}
