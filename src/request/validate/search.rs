//! SearchVectors, as far as it needs no table.

use super::Dialect;
use super::parameters::{Parameters, Values};
use crate::error::Error;
use crate::error::vector::VectorFault;
use crate::expression::{ExpressionCache, Paths, SearchCondition};
use crate::limits;
use crate::request::Operation;
use crate::request::inputs::SearchVectors;
use crate::request::respond::Detail;
use crate::value::vector::SearchVector;

const SEARCH: Dialect = Dialect::of(Operation::SearchVectors);

/// SearchVectors.
#[derive(Debug)]
pub struct SearchRequest<'a> {
    /// The table as the caller named it.
    pub table: &'a str,
    /// The index.
    pub index: &'a str,
    /// What is searched for.
    pub vector: SearchVector,
    /// What results must meet.
    pub condition: Option<SearchCondition>,
    /// How many are wanted.
    pub most: usize,
    /// What to show of each.
    pub paths: Option<Paths>,
    /// Capacity asked for.
    pub detail: Detail,
}

/// SearchVectors: what can be checked without its table.
pub(in crate::request) fn search<'a>(
    input: SearchVectors<'a>,
    cache: &mut ExpressionCache,
) -> Result<SearchRequest<'a>, Error> {
    let most = match usize::try_from(input.top_k) {
        Ok(most) if (1..=limits::SEARCH_RESULTS_MAX).contains(&most) => most,
        Ok(_) | Err(_) => {
            return Err(Error::invalid(VectorFault::TopK {
                value: i64::from(input.top_k),
                limit: limits::SEARCH_RESULTS_MAX,
            }));
        }
    };
    let values: Result<Vec<_>, _> = input.search_vector.iter().map(|raw| raw.value()).collect();
    let vector = values.ok().and_then(|values| SearchVector::read(values.into_iter()));
    let vector = vector.ok_or_else(|| Error::invalid(VectorFault::SearchValue))?;
    let mut binder = Parameters {
        legacy: &[],
        expressions: &[
            ("ProjectionExpression", input.projection_expression.is_some()),
            ("SearchConditionExpression", input.search_condition_expression.is_some()),
        ],
        names: input.expression_attribute_names.as_ref(),
        values: Some(Values {
            given: input.expression_attribute_values,
            usable: input.search_condition_expression.is_some(),
            absent: Some("SearchConditionExpression is null"),
        }),
    }
    .binder(SEARCH, cache)?;
    let condition = binder.search_condition(input.search_condition_expression)?;
    let paths = binder.paths(input.projection_expression)?;
    binder.readable()?;
    binder.all_used()?;
    Ok(SearchRequest {
        table: input.table_name,
        index: input.index_name,
        vector,
        condition,
        most,
        paths,
        detail: Detail::from(input.return_consumed_capacity),
    })
}
