//! Structures and enums that several operations have in common.

use crate::request::tree::{FromTree, RawValue, Reader, TreeFault, input};

input! {
    pub struct AttributeDefinition<'a> {
        pub attribute_name: &'a str,
        pub attribute_type: ScalarAttributeType,
    }

    pub enum ScalarAttributeType {
        S,
        N,
        B,
    }

    pub struct KeySchemaElement<'a> {
        pub attribute_name: &'a str,
        pub key_type: KeyType,
    }

    pub enum KeyType {
        Hash,
        Range,
    }

    pub struct Projection<'a> {
        pub projection_type: Option<ProjectionType>,
        pub non_key_attributes: Option<Vec<&'a str>>,
    }

    pub enum ProjectionType {
        All,
        KeysOnly,
        Include,
    }

    pub struct ProvisionedThroughput {
        pub read_capacity_units: i64,
        pub write_capacity_units: i64,
    }

    pub struct OnDemandThroughput {
        pub max_read_request_units: Option<i64>,
        pub max_write_request_units: Option<i64>,
    }

    pub struct WarmThroughput {
        pub read_units_per_second: Option<i64>,
        pub write_units_per_second: Option<i64>,
    }

    pub enum ReturnConsumedCapacity {
        Indexes,
        Total,
        None,
    }

    pub enum ReturnItemCollectionMetrics {
        Size,
        None,
    }

    pub enum ComparisonOperator {
        Eq,
        Ne,
        In,
        Le,
        Lt,
        Ge,
        Gt,
        Between,
        NotNull,
        Null,
        Contains,
        NotContains,
        BeginsWith,
    }

    pub struct Condition<'a> {
        pub attribute_value_list: Option<Vec<RawValue<'a>>>,
        pub comparison_operator: ComparisonOperator,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionalOperator {
    And,
    Or,
    /// Anything else. Where fewer than two conditions stand beside it, the service does not look at the word: it refuses the
    /// parameter.
    Unknown,
}

impl<'tree> FromTree<'tree> for ConditionalOperator {
    const BLANK: Self = ConditionalOperator::Unknown;
    fn fill(&mut self, reader: &mut Reader<'tree>) -> Result<(), TreeFault> {
        *self = match reader.str()? {
            "AND" => ConditionalOperator::And,
            "OR" => ConditionalOperator::Or,
            _ => ConditionalOperator::Unknown,
        };
        Ok(())
    }
}
