//! CreateTable and UpdateTable, as far as they need no table.

use super::annotation;
use super::schema::{self, Shape};
use super::vectors;
use crate::error::Error;
use crate::error::table::{CapacityFault, IndexesFault, KeysFault, SchemaFault, SettingFault, TableFault};
use crate::limits;
use crate::ordered::OrderedSet;
use crate::request::inputs::{
    self, CreateTable, GlobalSecondaryIndex, KeySchemaElement, LocalSecondaryIndex, SseSpecification, SseType,
    StreamViewType,
};
use crate::request::policy::Subject;
use crate::table::{
    BillingMode, Encryption, GlobalIndexSpec, IndexName, KeyAttribute, KeySchema, LocalIndex, StreamView, TableClass,
    TableName, TableSpec, Throughput, VectorDefinition, bare_name,
};
use std::rc::Rc;

pub(in crate::request) fn create(input: &CreateTable<'_>) -> Result<TableSpec, Error> {
    if input.global_table_source_arn.is_some() || input.global_table_settings_replication_mode.is_some() {
        // Global tables are answered like the operations on them: as unknown.
        return Err(Error::UnknownOperationException);
    }
    let mut spec = spec(input).map_err(Error::invalid)?;
    if let Some(given) = &input.tags {
        spec.tags = annotation::tags(given).map_err(Error::invalid)?;
    }
    if let Some(text) = input.resource_policy {
        spec.policy = Some(annotation::policy(text, Subject::Table).map_err(Error::invalid)?);
    }
    Ok(spec)
}

fn spec(input: &CreateTable<'_>) -> Result<TableSpec, TableFault> {
    let billing = input.billing_mode.map_or(BillingMode::Provisioned, schema::billing);
    let definitions = input.attribute_definitions.as_deref().unwrap_or_default();
    let attributes = schema::definitions(definitions)?;
    let elements = input.key_schema.as_deref().unwrap_or_default();
    let indexed = input.local_secondary_indexes.is_some()
        || input.global_secondary_indexes.is_some()
        || input.vector_indexes.is_some();
    let own = schema::key_schema(elements, &attributes, Shape::Pair, || {
        if indexed || attributes.len() >= elements.len() {
            undefined(elements, &attributes)
        } else {
            KeysFault::Schema(SchemaFault::NotDefined)
        }
    })?;
    if !indexed && own.len() != attributes.len() {
        return Err(TableFault::Keys(KeysFault::DefinitionCount));
    }
    check_lists(input, &own)?;
    // Before anything else about indexes, but for those of vectors.
    if indexed && input.vector_indexes.is_none() {
        check_all_used(input, &attributes)?;
    }
    let throughput = table_throughput(input, billing)?;
    let mut names = OrderedSet::new();
    let local_indexes = match &input.local_secondary_indexes {
        None => Vec::new(),
        Some(given) => locals(given, &own, &attributes, &mut names)?,
    };
    let global_indexes = match &input.global_secondary_indexes {
        None => Vec::new(),
        Some(given) => all_globals(given, billing, &attributes, &mut names)?,
    };
    let vector_indexes = match &input.vector_indexes {
        None => Vec::new(),
        Some(given) => vectors::all(given, billing, &attributes)?,
    };
    for index in &vector_indexes {
        note_name(index.name.as_str(), &mut names)?;
    }
    if indexed {
        let indexes = Indexes {
            locals: &local_indexes,
            globals: &global_indexes,
            vectors: &vector_indexes,
        };
        indexes.check_included()?;
    }
    if input.vector_indexes.is_some() {
        check_all_used(input, &attributes)?;
    }
    Ok(TableSpec {
        name: TableName::new(bare_name(input.table_name)),
        schema: own,
        attributes,
        local_indexes,
        global_indexes,
        vector_indexes,
        billing,
        throughput,
        on_demand: schema::new_ceilings(input.on_demand_throughput.as_ref(), billing, None)?,
        warm: schema::new_warmth(input.warm_throughput.as_ref(), billing, throughput, None)?,
        class: input.table_class.map(class),
        stream: stream(input)?,
        deletion_protection: input.deletion_protection_enabled == Some(true),
        encryption: encryption(input.sse_specification.as_ref())?.flatten(),
        tags: Vec::new(),
        policy: None,
    })
}

fn table_throughput(input: &CreateTable<'_>, billing: BillingMode) -> Result<Throughput, CapacityFault> {
    match (billing, &input.provisioned_throughput) {
        (BillingMode::Provisioned, None) => Err(CapacityFault::ThroughputMissing),
        (BillingMode::Provisioned, Some(given)) => Ok(schema::throughput(given)),
        (BillingMode::PayPerRequest, None) => Ok(Throughput::default()),
        (BillingMode::PayPerRequest, Some(_)) => Err(CapacityFault::ThroughputOnDemand),
    }
}

/// What is wrong with a key that has attributes without definitions.
pub fn undefined(elements: &[KeySchemaElement<'_>], attributes: &[KeyAttribute]) -> KeysFault {
    KeysFault::DefinitionsMissing {
        keys: schema::names(elements.iter().map(|element| element.attribute_name)),
        defined: schema::names(attributes.iter().map(|attribute| attribute.name.as_str())),
    }
}

/// Refuses lists of no indexes, and local indexes of a table that cannot have any.
fn check_lists(input: &CreateTable<'_>, own: &KeySchema) -> Result<(), IndexesFault> {
    if let Some(locals) = &input.local_secondary_indexes {
        if locals.is_empty() {
            return Err(IndexesFault::LocalIndexesEmpty);
        }
        if own.sort.is_empty() {
            return Err(IndexesFault::LocalIndexNeedsSortKey);
        }
    }
    match &input.global_secondary_indexes {
        Some(globals) if globals.is_empty() => Err(IndexesFault::GlobalIndexesEmpty),
        _ => Ok(()),
    }
}

#[inline(never)]
fn locals(
    given: &[LocalSecondaryIndex<'_>],
    own: &KeySchema,
    attributes: &[KeyAttribute],
    names: &mut OrderedSet<String>,
) -> Result<Vec<LocalIndex>, TableFault> {
    let mut indexes = Vec::with_capacity(given.len());
    for index in given {
        indexes.push(local(index, own, attributes)?);
        note_name(index.index_name, names)?;
    }
    if indexes.len() > limits::LOCAL_INDEXES_MAX {
        return Err(TableFault::Indexes(IndexesFault::LocalIndexCount {
            limit: limits::LOCAL_INDEXES_MAX,
        }));
    }
    Ok(indexes)
}

fn local(
    index: &LocalSecondaryIndex<'_>,
    own: &KeySchema,
    attributes: &[KeyAttribute],
) -> Result<LocalIndex, TableFault> {
    let missing = || undefined(&index.key_schema, attributes);
    let key = schema::key_schema(&index.key_schema, attributes, Shape::Pair, missing)?;
    if key.sort.is_empty() {
        return Err(TableFault::Indexes(IndexesFault::LocalIndexWithoutSortKey {
            index: index.index_name.to_owned(),
        }));
    }
    if key.partition != own.partition {
        let first = |schema: &KeySchema| schema.partition.iter().map(|key| key.name.to_string()).collect();
        return Err(TableFault::Indexes(IndexesFault::LocalIndexPartitionKey {
            index: index.index_name.to_owned(),
            own: first(&key),
            table: first(own),
        }));
    }
    Ok(LocalIndex {
        name: IndexName::new(index.index_name),
        schema: key,
        projection: schema::projection(&index.projection)?,
    })
}

/// Names are unique among the indexes of all kinds.
fn note_name(name: &str, names: &mut OrderedSet<String>) -> Result<(), IndexesFault> {
    if names.insert(name.to_owned()) {
        Ok(())
    } else {
        Err(IndexesFault::IndexNameTwice { index: name.to_owned() })
    }
}

#[inline(never)]
fn all_globals(
    given: &[GlobalSecondaryIndex<'_>],
    billing: BillingMode,
    attributes: &[KeyAttribute],
    names: &mut OrderedSet<String>,
) -> Result<Vec<GlobalIndexSpec>, TableFault> {
    let mut indexes = Vec::with_capacity(given.len());
    for index in given {
        indexes.push(global(index, billing, attributes)?);
        note_name(index.index_name, names)?;
    }
    if indexes.len() > limits::GLOBAL_INDEXES_MAX {
        return Err(TableFault::Indexes(IndexesFault::GlobalIndexCount {
            limit: limits::GLOBAL_INDEXES_MAX,
        }));
    }
    Ok(indexes)
}

/// A global index to make, on a table that is charged like that.
///
/// # Errors
/// A key without definitions, a projection or capacity that does not hang together.
#[inline(never)]
pub fn global(
    index: &GlobalSecondaryIndex<'_>,
    billing: BillingMode,
    attributes: &[KeyAttribute],
) -> Result<GlobalIndexSpec, TableFault> {
    let missing = || undefined(&index.key_schema, attributes);
    let key = schema::key_schema(&index.key_schema, attributes, Shape::Multi, missing)?;
    let projection = schema::projection(&index.projection)?;
    let name = || index.index_name.to_owned();
    let throughput = match (billing, &index.provisioned_throughput) {
        (BillingMode::Provisioned, None) => {
            return Err(TableFault::Capacity(CapacityFault::IndexThroughputMissing {
                index: name(),
            }));
        }
        (BillingMode::Provisioned, Some(given)) => schema::throughput(given),
        (BillingMode::PayPerRequest, None) => Throughput::default(),
        (BillingMode::PayPerRequest, Some(_)) => {
            return Err(TableFault::Capacity(CapacityFault::IndexThroughputOnDemand {
                index: name(),
            }));
        }
    };
    Ok(GlobalIndexSpec {
        name: IndexName::new(index.index_name),
        schema: key,
        projection,
        throughput,
        on_demand: schema::new_ceilings(index.on_demand_throughput.as_ref(), billing, Some(index.index_name))?,
        warm: schema::new_warmth(
            index.warm_throughput.as_ref(),
            billing,
            throughput,
            Some(index.index_name),
        )?,
    })
}

/// All indexes of a new table.
struct Indexes<'t> {
    locals: &'t [LocalIndex],
    globals: &'t [GlobalIndexSpec],
    vectors: &'t [VectorDefinition],
}

impl Indexes<'_> {
    fn check_included(&self) -> Result<(), IndexesFault> {
        let of_locals = self.locals.iter().map(|index| &index.projection);
        let of_globals = self.globals.iter().map(|index| &index.projection);
        let secondary: usize = of_locals.chain(of_globals).map(schema::included).sum();
        let vectors: usize = self.vectors.iter().map(vectors::included).sum();
        if secondary + vectors > limits::NON_KEY_ATTRIBUTES_MAX {
            return Err(IndexesFault::IncludedCount {
                limit: limits::NON_KEY_ATTRIBUTES_MAX,
            });
        }
        Ok(())
    }
}

/// Refuses a definition that neither a key nor a search of vectors uses.
fn check_all_used(input: &CreateTable<'_>, attributes: &[KeyAttribute]) -> Result<(), KeysFault> {
    let locals = input.local_secondary_indexes.as_deref().unwrap_or_default();
    let globals = input.global_secondary_indexes.as_deref().unwrap_or_default();
    let vectors = input.vector_indexes.as_deref().unwrap_or_default();
    let own = input.key_schema.as_deref().unwrap_or_default();
    let keys = locals
        .iter()
        .map(|index| index.key_schema.as_slice())
        .chain(globals.iter().map(|index| index.key_schema.as_slice()))
        .chain([own])
        .flatten()
        .map(|element| element.attribute_name);
    let searched = vectors.iter().flat_map(|index| index.search_schema.iter().flatten());
    let used: OrderedSet<&str> = keys.chain(searched.map(|element| element.attribute_name)).collect();
    if attributes
        .iter()
        .all(|attribute| used.contains(attribute.name.as_str()))
    {
        return Ok(());
    }
    let defined = attributes.iter().map(|attribute| attribute.name.as_str());
    Err(KeysFault::DefinitionsUnused {
        used: schema::names(defined.clone().filter(|name| used.contains(name))),
        defined: schema::names(defined),
    })
}

fn stream(input: &CreateTable<'_>) -> Result<Option<StreamView>, SettingFault> {
    match &input.stream_specification {
        None => Ok(None),
        Some(stream) => match (stream.stream_enabled, stream.stream_view_type) {
            (true, Some(view)) => Ok(Some(stream_view(view))),
            (true, None) => Err(SettingFault::StreamWithoutView),
            (false, Some(_)) => Err(SettingFault::StreamDisabledWithView),
            (false, None) => Ok(None),
        },
    }
}

/// What records of a stream are to carry.
pub fn stream_view(given: StreamViewType) -> StreamView {
    match given {
        StreamViewType::NewImage => StreamView::NewImage,
        StreamViewType::OldImage => StreamView::OldImage,
        StreamViewType::NewAndOldImages => StreamView::NewAndOldImages,
        StreamViewType::KeysOnly => StreamView::KeysOnly,
    }
}

/// The storage class asked for.
pub fn class(given: inputs::TableClass) -> TableClass {
    match given {
        inputs::TableClass::Standard => TableClass::Standard,
        inputs::TableClass::StandardInfrequentAccess => TableClass::StandardInfrequentAccess,
    }
}

/// Encryption asked for: nothing, the service's own key, or a key of the Key Management Service.
///
/// # Errors
/// A type that cannot be asked for, or a key that does not go with the rest.
#[inline(never)]
pub fn encryption(given: Option<&SseSpecification<'_>>) -> Result<Option<Option<Encryption>>, SettingFault> {
    let Some(given) = given else { return Ok(None) };
    let key = given.kms_master_key_id.map(Rc::from);
    match (given.enabled, given.sse_type) {
        (_, Some(SseType::Aes256)) => Err(SettingFault::EncryptionType),
        (Some(false), Some(SseType::Kms)) => Err(SettingFault::EncryptionDisabled { member: "SSEType" }),
        (Some(false), None) if key.is_some() => Err(SettingFault::EncryptionDisabled {
            member: "KMSMasterKeyId",
        }),
        (Some(true) | None, None) if key.is_some() => Err(SettingFault::EncryptionKeyWithoutType),
        (Some(true) | None, Some(SseType::Kms)) | (Some(true), None) => Ok(Some(Some(Encryption { key }))),
        (Some(false) | None, None) => Ok(Some(None)),
    }
}
