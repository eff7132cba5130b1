//! Query and Scan, as far as they need no table.

use super::legacy;
use super::parameters::{Parameters, Values};
use super::{Dialect, QUERY, SCAN};
use crate::error::item::{ItemFault, ParameterFault, Select};
use crate::error::{Envelope, Error, Invalid};
use crate::expression::{Condition, ExpressionCache, KeyConditions, Kind, Paths};
use crate::request::inputs::{self, Query, Scan};
use crate::request::respond::Detail;
use crate::request::tree::RawMap;
use crate::value::admit::{self, AdmittedKey};

/// Query or Scan.
#[derive(Debug)]
pub struct WalkRequest<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The index.
    pub index: Option<&'a str>,
    /// What to return.
    pub select: Option<Select>,
    /// What to show of each row.
    pub paths: Option<Paths>,
    /// Which rows to return.
    pub filter: Option<Condition>,
    /// True if the filter is a QueryFilter or ScanFilter.
    pub legacy_filter: bool,
    /// Query's conditions on the key.
    pub key_conditions: Option<KeyConditions>,
    /// True if they are KeyConditions.
    pub legacy_keys: bool,
    /// Scan's share.
    pub segment: Option<Segment>,
    /// Most rows to evaluate.
    pub limit: Option<usize>,
    /// False to go backwards.
    pub forward: bool,
    /// Where to resume.
    pub start: Option<AdmittedKey<'a>>,
    /// True for a consistent read.
    pub consistent: bool,
    /// Capacity asked for.
    pub detail: Detail,
}

/// One share of a parallel scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which share, counted from zero.
    pub segment: u32,
    /// Number of shares.
    pub total: u32,
}

fn select(select: Option<inputs::Select>) -> Option<Select> {
    select.map(|select| match select {
        inputs::Select::AllAttributes => Select::AllAttributes,
        inputs::Select::AllProjectedAttributes => Select::AllProjectedAttributes,
        inputs::Select::SpecificAttributes => Select::SpecificAttributes,
        inputs::Select::Count => Select::Count,
    })
}

fn limit(limit: Option<i32>) -> Option<usize> {
    limit.and_then(|limit| usize::try_from(limit).ok())
}

fn start(raw: Option<RawMap<'_>>, dialect: Dialect) -> Result<Option<AdmittedKey<'_>>, Error> {
    raw.map(|raw| admit::admit_key(raw.bytes(), dialect.layer).map_err(|fault| dialect.value(fault)))
        .transpose()
}

/// What a Select says against the other parameters.
struct Selection {
    select: Option<Select>,
    /// The parameter that names attributes, if one does.
    projection: Option<&'static str>,
    index: bool,
    /// What stands around the sentence about SPECIFIC_ATTRIBUTES: Query wraps this one alone.
    specific: Envelope,
}

impl Selection {
    fn check(&self, dialect: Dialect) -> Result<(), Error> {
        match (self.select, self.projection) {
            (Some(Select::SpecificAttributes), None) => Err(Error::invalid(Invalid::Item {
                fault: ItemFault::Parameters(ParameterFault::SpecificAttributesMissing),
                envelope: self.specific,
            })),
            (
                Some(select @ (Select::AllAttributes | Select::AllProjectedAttributes | Select::Count)),
                Some(parameter),
            ) => Err(dialect.item(ParameterFault::ProjectionWithSelect { parameter, select })),
            (Some(Select::AllProjectedAttributes), None) if !self.index => {
                Err(dialect.item(ParameterFault::ProjectedAttributesWithoutIndex))
            }
            (
                None
                | Some(
                    Select::AllAttributes | Select::AllProjectedAttributes | Select::SpecificAttributes | Select::Count,
                ),
                _,
            ) => Ok(()),
        }
    }
}

fn projection(expression: Option<&str>, attributes: Option<&[&str]>) -> Option<&'static str> {
    match (expression, attributes) {
        (Some(_), _) => Some("ProjectionExpression"),
        (None, Some(_)) => Some("AttributesToGet"),
        (None, None) => None,
    }
}

/// Query: what can be checked without its table.
pub(in crate::request) fn query<'a>(input: Query<'a>, cache: &mut ExpressionCache) -> Result<WalkRequest<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[
            ("AttributesToGet", input.attributes_to_get.is_some()),
            ("QueryFilter", input.query_filter.is_some()),
            ("ConditionalOperator", input.conditional_operator.is_some()),
            // Filters and projections were expressions before key conditions were: KeyConditions goes with those two.
            (
                "KeyConditions",
                input.key_conditions.is_some() && input.key_condition_expression.is_some(),
            ),
        ],
        expressions: &[
            ("ProjectionExpression", input.projection_expression.is_some()),
            ("FilterExpression", input.filter_expression.is_some()),
            ("KeyConditionExpression", input.key_condition_expression.is_some()),
        ],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.filter_expression.is_some() || input.key_condition_expression.is_some(),
            absent: Some("FilterExpression and KeyConditionExpression are null"),
        }),
    }
    .binder(QUERY, cache)?;
    let filter = binder.condition(Kind::Filter, input.filter_expression)?;
    let paths = binder.paths(input.projection_expression)?;
    let key_conditions = binder.key_conditions(input.key_condition_expression)?;
    binder.readable()?;
    let legacy_keys = legacy::key_conditions(input.key_conditions.as_ref(), QUERY)?;
    let legacy_filter = legacy::filter(input.query_filter.as_ref(), input.conditional_operator, QUERY)?;
    let attributes = legacy::attributes_to_get(input.attributes_to_get.as_deref(), QUERY)?;
    binder.all_used()?;
    let key_conditions = key_conditions
        .map(|conditions| conditions.clauses())
        .transpose()
        .map_err(QUERY.expression(Kind::KeyCondition))?;
    if input.key_condition_expression.is_none() && input.key_conditions.is_none() {
        return Err(QUERY.item(ParameterFault::KeyConditionMissing));
    }
    let select = select(input.select);
    Selection {
        select,
        projection: projection(input.projection_expression, input.attributes_to_get.as_deref()),
        index: input.index_name.is_some(),
        specific: Envelope::OneError,
    }
    .check(QUERY)?;
    Ok(WalkRequest {
        table: input.table_name,
        index: input.index_name,
        select,
        paths: paths.or(attributes),
        legacy_filter: legacy_filter.is_some(),
        filter: filter.or(legacy_filter),
        legacy_keys: legacy_keys.is_some(),
        key_conditions: key_conditions.or(legacy_keys),
        segment: None,
        limit: limit(input.limit),
        forward: input.scan_index_forward != Some(false),
        start: start(input.exclusive_start_key, QUERY)?,
        consistent: input.consistent_read == Some(true),
        detail: Detail::from(input.return_consumed_capacity),
    })
}

/// Scan: what can be checked without its table.
pub(in crate::request) fn scan<'a>(input: Scan<'a>, cache: &mut ExpressionCache) -> Result<WalkRequest<'a>, Error> {
    let mut binder = Parameters {
        legacy: &[
            ("AttributesToGet", input.attributes_to_get.is_some()),
            ("ScanFilter", input.scan_filter.is_some()),
            ("ConditionalOperator", input.conditional_operator.is_some()),
        ],
        expressions: &[
            ("ProjectionExpression", input.projection_expression.is_some()),
            ("FilterExpression", input.filter_expression.is_some()),
        ],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.filter_expression.is_some(),
            absent: Some("FilterExpression is null"),
        }),
    }
    .binder(SCAN, cache)?;
    let filter = binder.condition(Kind::Filter, input.filter_expression)?;
    let paths = binder.paths(input.projection_expression)?;
    binder.readable()?;
    let legacy_filter = legacy::filter(input.scan_filter.as_ref(), input.conditional_operator, SCAN)?;
    let attributes = legacy::attributes_to_get(input.attributes_to_get.as_deref(), SCAN)?;
    binder.all_used()?;
    let select = select(input.select);
    Selection {
        select,
        projection: projection(input.projection_expression, input.attributes_to_get.as_deref()),
        index: input.index_name.is_some(),
        specific: Envelope::Bare,
    }
    .check(SCAN)?;
    let segment = segment(input.segment, input.total_segments).map_err(|fault| SCAN.item(fault))?;
    Ok(WalkRequest {
        table: input.table_name,
        index: input.index_name,
        select,
        paths: paths.or(attributes),
        legacy_filter: legacy_filter.is_some(),
        filter: filter.or(legacy_filter),
        key_conditions: None,
        legacy_keys: false,
        segment,
        limit: limit(input.limit),
        forward: true,
        start: start(input.exclusive_start_key, SCAN)?,
        consistent: input.consistent_read == Some(true),
        detail: Detail::from(input.return_consumed_capacity),
    })
}

fn segment(segment: Option<i32>, total: Option<i32>) -> Result<Option<Segment>, ParameterFault> {
    match (segment, total) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(ParameterFault::TotalSegmentsMissing),
        (None, Some(_)) => Err(ParameterFault::SegmentMissing),
        (Some(segment), Some(total)) => {
            // Both are within their own bounds by now: neither is negative.
            let segment = u32::try_from(segment).unwrap_or_default();
            let total = u32::try_from(total).unwrap_or_default();
            if segment < total {
                Ok(Some(Segment { segment, total }))
            } else {
                Err(ParameterFault::SegmentTooHigh { segment, total })
            }
        }
    }
}
