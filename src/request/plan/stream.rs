//! Operations on streams against the streams there are, and those on the expiry of items.

use super::iterator::ShardIterator;
use super::work::{ShardAsk, ShardRead, Starting, TableAsk, Work};
use super::{Plan, table};
use crate::error::stream::{StreamFault, TimeToLiveFault};
use crate::error::{Busy, Error, Missing};
use crate::limits;
use crate::request::inputs::{
    DescribeStream, DescribeTimeToLive, GetRecords, GetShardIterator, ListStreams, ShardIteratorType, UpdateTimeToLive,
};
use crate::request::respond::{
    IteratorReply, RecordsReply, Reply, answer_stream, answer_streams, answer_time_to_live, answer_time_to_live_change,
};
use crate::sort;
use crate::table::{
    AttributeName, Catalog, ChangeStream, Label, Origin, RecordNumber, Shard, ShardId, StreamReader, TableStatus,
    TimeToLiveChange,
};
use std::rc::Rc;

fn page(limit: Option<i32>) -> usize {
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    limit.unwrap_or(limits::STREAMS_PAGE_MAX)
}

/// The stream that an ARN names.
fn find<'c>(catalog: &'c Catalog, arn: &str) -> Result<&'c Rc<ChangeStream>, Error> {
    let missing = || Error::ResourceNotFoundException(Missing::Stream { arn: arn.to_owned() });
    let found = catalog
        .stream(arn)
        .filter(|stream| stream.reader == StreamReader::Anyone);
    found.ok_or_else(missing)
}

fn shard(stream: &ChangeStream, id: Option<ShardId>) -> Result<&Shard, Error> {
    let found = id.and_then(|id| stream.shard(id));
    found.ok_or(Error::ResourceNotFoundException(Missing::Shard))
}

/// Streams by table, each table's in the order of their labels: the order of their ARNs.
pub(in crate::request) fn list(input: &ListStreams<'_>, catalog: &Catalog, origin: &Origin) -> Result<Vec<u8>, Error> {
    let table = input.table_name;
    let mut streams: Vec<&ChangeStream> = catalog
        .streams()
        .iter()
        .map(|stream| &**stream)
        .filter(|stream| stream.reader == StreamReader::Anyone)
        .filter(|stream| table.is_none_or(|table| stream.table_name.as_str() == table))
        .collect();
    sort::by(&mut streams, |a, b| {
        (&a.table_name, a.label_ms).cmp(&(&b.table_name, b.label_ms))
    });
    let start = input.exclusive_start_stream_arn.and_then(|arn| {
        let (_, path) = arn.split_once(":table/")?;
        path.split_once("/stream/")
    });
    let after_start = |stream: &&ChangeStream| match start {
        None => true,
        Some((table, label)) => {
            (stream.table_name.as_str(), Label(stream.label_ms).to_string().as_str()) > (table, label)
        }
    };
    let mut rest = streams.into_iter().filter(after_start);
    let page: Vec<&ChangeStream> = rest.by_ref().take(page(input.limit)).collect();
    answer_streams(&page, rest.next().is_some(), origin)
}

/// DescribeStream.
pub(in crate::request) fn describe(
    input: &DescribeStream<'_>,
    catalog: &Catalog,
    origin: &Origin,
) -> Result<Vec<u8>, Error> {
    let stream = find(catalog, input.stream_arn)?;
    let parent = match &input.shard_filter {
        None => None,
        Some(filter) => match (filter.filter_type, filter.shard_id) {
            (Some(_), Some(name)) => Some(shard(stream, ShardId::parse(name))?.id),
            (None, _) | (_, None) => return Err(Error::invalid(StreamFault::FilterWithoutShard)),
        },
    };
    let mut shards: Vec<&Shard> = stream.shards.iter().collect();
    sort::by_key(&mut shards, |shard| shard.id);
    let wanted = |shard: &&Shard| parent.is_none() || shard.parent == parent;
    // Shard ids have a fixed width, so their texts sort as they do.
    let behind = |shard: &&Shard| {
        let start = input.exclusive_start_shard_id;
        start.is_none_or(|start| shard.id.to_string().as_str() > start)
    };
    let mut rest = shards.into_iter().filter(wanted).filter(behind);
    let page: Vec<&Shard> = rest.by_ref().take(page(input.limit)).collect();
    answer_stream(stream, &page, rest.next().is_some(), origin)
}

/// GetShardIterator.
pub(in crate::request) fn iterator(
    input: &GetShardIterator<'_>,
    catalog: &Catalog,
    origin: &Origin,
) -> Result<Plan, Error> {
    let starting = starting(input)?;
    let stream = find(catalog, input.stream_arn)?;
    let id = ShardId::parse(input.shard_id);
    let shard = shard(stream, id)?;
    Ok(Plan {
        work: read(shard, ShardAsk::Place(starting)),
        reply: Reply::Iterator(IteratorReply {
            stream: origin.stream(&stream.table_name, stream.label_ms),
            shard: shard.id,
        }),
    })
}

fn starting(input: &GetShardIterator<'_>) -> Result<Starting, Error> {
    let number = || {
        let number = input.sequence_number.and_then(RecordNumber::parse);
        number.ok_or(Error::invalid(StreamFault::SequenceNumber))
    };
    let time = || input.timestamp.ok_or(Error::invalid(StreamFault::Timestamp));
    check_parameters(input)?;
    Ok(match input.shard_iterator_type {
        ShardIteratorType::TrimHorizon => Starting::TrimHorizon,
        ShardIteratorType::Latest => Starting::Latest,
        ShardIteratorType::AtSequenceNumber => Starting::At(number()?),
        ShardIteratorType::AfterSequenceNumber => Starting::After(number()?),
        ShardIteratorType::AtTimestamp => Starting::AtTimestamp {
            epoch_ms: time()?.epoch_ms,
        },
    })
}

/// Refuses what an iterator's type does not take.
fn check_parameters(input: &GetShardIterator<'_>) -> Result<(), Error> {
    let (takes_number, takes_time) = match input.shard_iterator_type {
        ShardIteratorType::TrimHorizon | ShardIteratorType::Latest => (false, false),
        ShardIteratorType::AtSequenceNumber | ShardIteratorType::AfterSequenceNumber => (true, false),
        ShardIteratorType::AtTimestamp => (false, true),
    };
    if input.sequence_number.is_some() && !takes_number {
        return Err(Error::invalid(StreamFault::SequenceNumberNotTaken));
    }
    if input.timestamp.is_some() && !takes_time {
        return Err(Error::invalid(StreamFault::TimestampNotTaken));
    }
    Ok(())
}

fn read(shard: &Shard, ask: ShardAsk) -> Work {
    Work::Shard(Box::new(ShardRead {
        lineage: shard.lineage,
        shard: shard.id,
        ask,
    }))
}

/// GetRecords.
pub(in crate::request) fn records(input: &GetRecords<'_>, catalog: &Catalog, origin: &Origin) -> Result<Plan, Error> {
    let iterator = ShardIterator::parse(input.shard_iterator)?;
    // An iterator is proof enough: those of a stream that goes to Kinesis are handed out to its own reader only.
    let stream = catalog.stream(iterator.stream);
    let missing = || Missing::Stream {
        arn: iterator.stream.to_owned(),
    };
    let stream = stream.ok_or_else(|| Error::ResourceNotFoundException(missing()))?;
    // A shard that has had its time has no records that anybody could still read.
    let shard = stream.shard(iterator.shard).ok_or(Error::TrimmedDataAccessException)?;
    let ask = ShardAsk::Records {
        from: iterator.place,
        limit: input
            .limit
            .and_then(|limit| usize::try_from(limit).ok())
            .unwrap_or(limits::RECORDS_MAX),
    };
    Ok(Plan {
        work: read(shard, ask),
        reply: Reply::Records(RecordsReply {
            arn: iterator.stream.to_owned(),
            shard: shard.id,
            stream: Rc::clone(stream),
            region: Rc::clone(&origin.region),
        }),
    })
}

/// UpdateTimeToLive.
pub(in crate::request) fn update_time_to_live(input: &UpdateTimeToLive<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = table::find(catalog, input.table_name)?;
    if table.status == TableStatus::Creating {
        return Err(Error::ResourceInUseException(Busy::NotMade {
            table: table.name.to_string(),
        }));
    }
    table.check_usable()?;
    let specification = &input.time_to_live_specification;
    let change = TimeToLiveChange {
        enabled: specification.enabled,
        attribute: AttributeName::new(specification.attribute_name),
    };
    Ok(Plan {
        work: table::ask(table, TableAsk::TimeToLive(change)),
        reply: Reply::Answered(answer_time_to_live_change(specification)?),
    })
}

/// DescribeTimeToLive.
pub(in crate::request) fn describe_time_to_live(
    input: &DescribeTimeToLive<'_>,
    catalog: &Catalog,
) -> Result<Vec<u8>, Error> {
    let table = table::find(catalog, input.table_name)?;
    let status = match table.status {
        TableStatus::Active | TableStatus::Updating => return answer_time_to_live(table.time_to_live.as_ref()),
        TableStatus::Creating => "CREATING",
        TableStatus::Deleting => "DELETING",
    };
    Err(Error::invalid(TimeToLiveFault::Unusable { status }))
}
