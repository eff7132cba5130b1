//! Operations on Kinesis destinations. Nothing here knows Kinesis: a data stream is a name under which somebody may listen.

use super::work::TableAsk;
use super::{Plan, table};
use crate::error::Error;
use crate::error::stream::KinesisFault;
use crate::request::inputs::{
    ApproximateCreationDateTimePrecision, DescribeKinesisStreamingDestination, KinesisStreamingConfiguration,
    KinesisStreamingDestination, UpdateKinesisStreamingDestination,
};
use crate::request::respond::{KinesisAnswer, Reply, answer_destination, answer_destinations};
use crate::table::{Catalog, KinesisAsked, KinesisChange, Table, TimePrecision};
use std::rc::Rc;

fn precision(given: Option<KinesisStreamingConfiguration>) -> Option<TimePrecision> {
    let given = given?.approximate_creation_date_time_precision?;
    Some(match given {
        ApproximateCreationDateTimePrecision::Millisecond => TimePrecision::Millisecond,
        ApproximateCreationDateTimePrecision::Microsecond => TimePrecision::Microsecond,
    })
}

/// A change of a destination, and what is answered to it. Enabling takes whatever is named: AWS finds out later.
fn plan(table: &Rc<Table>, asked: KinesisAsked, answer: &KinesisAnswer<'_>) -> Result<Plan, Error> {
    let arn = Rc::from(answer.stream_arn);
    Ok(Plan {
        work: table::ask(table, TableAsk::Kinesis(KinesisChange { arn, asked })),
        reply: Reply::Answered(answer_destination(answer)?),
    })
}

/// EnableKinesisStreamingDestination.
pub(in crate::request) fn enable(input: &KinesisStreamingDestination<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    let table = table::find(catalog, input.table_name)?;
    table.check_usable()?;
    let given = input.enable_kinesis_streaming_configuration;
    let asked = KinesisAsked::Enable(precision(given).unwrap_or(TimePrecision::Unnamed));
    plan(
        table,
        asked,
        &KinesisAnswer {
            table_name: table.name.as_str(),
            stream_arn: input.stream_arn,
            destination_status: "ENABLING",
            enable_kinesis_streaming_configuration: Some(given.unwrap_or_default()),
            update_kinesis_streaming_configuration: None,
        },
    )
}

/// DisableKinesisStreamingDestination.
pub(in crate::request) fn disable(input: &KinesisStreamingDestination<'_>, catalog: &Catalog) -> Result<Plan, Error> {
    if precision(input.enable_kinesis_streaming_configuration).is_some() {
        return Err(Error::invalid(KinesisFault::DisableConfigured));
    }
    let table = table::find(catalog, input.table_name)?;
    table.check_usable()?;
    plan(
        table,
        KinesisAsked::Disable,
        &KinesisAnswer {
            table_name: table.name.as_str(),
            stream_arn: input.stream_arn,
            destination_status: "DISABLING",
            enable_kinesis_streaming_configuration: None,
            update_kinesis_streaming_configuration: None,
        },
    )
}

/// UpdateKinesisStreamingDestination.
pub(in crate::request) fn update(
    input: &UpdateKinesisStreamingDestination<'_>,
    catalog: &Catalog,
) -> Result<Plan, Error> {
    let given = input.update_kinesis_streaming_configuration;
    let precision = precision(given).ok_or(Error::invalid(KinesisFault::NothingAsked))?;
    let table = table::find(catalog, input.table_name)?;
    table.check_usable()?;
    plan(
        table,
        KinesisAsked::Update(precision),
        &KinesisAnswer {
            table_name: table.name.as_str(),
            stream_arn: input.stream_arn,
            destination_status: "UPDATING",
            enable_kinesis_streaming_configuration: None,
            update_kinesis_streaming_configuration: given,
        },
    )
}

/// DescribeKinesisStreamingDestination.
pub(in crate::request) fn describe(
    input: &DescribeKinesisStreamingDestination<'_>,
    catalog: &Catalog,
) -> Result<Vec<u8>, Error> {
    answer_destinations(table::find(catalog, input.table_name)?)
}
