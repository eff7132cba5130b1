//! The rules of reads and writes of items, and of their batches.

use super::names::{INDEX_NAME, NEWER_TABLE_NAME, OPTIONAL_INDEX_NAME, TABLE_NAME, TABLE_NAMES};
use super::{
    CAPACITY, Check, Echo, Inside, METRICS, Manner, NOT_EMPTY, OlderWhen, REQUIRED, RETURN_VALUES, Rule, Rules,
    VALUES_ON_FAILURE, When, joined, nested, older, rule,
};
use crate::error::Envelope;
use crate::error::member::Constraint::{
    LengthAtLeast, LengthAtMost, MapKeys, MapValues, NotNull, OneOf, ValueAtLeast, ValueAtMost,
};
use crate::error::member::{Constraint, MemberFaults};
use crate::value::admit::NAME_BYTES_MAX;

const COMPARISON: Constraint = OneOf(&[
    "IN",
    "NULL",
    "BETWEEN",
    "LT",
    "NOT_CONTAINS",
    "EQ",
    "GT",
    "NOT_NULL",
    "NE",
    "LE",
    "BEGINS_WITH",
    "GE",
    "CONTAINS",
]);
const SELECT: Constraint = OneOf(&[
    "SPECIFIC_ATTRIBUTES",
    "COUNT",
    "ALL_ATTRIBUTES",
    "ALL_PROJECTED_ATTRIBUTES",
]);
const CONDITIONAL_OPERATOR: Constraint = OneOf(&["OR", "AND"]);

/// The newer layer looks at the word only where it would join conditions.
const fn newer_operator(conditions: &'static str, envelope: Envelope) -> Check {
    Check {
        constraint: CONDITIONAL_OPERATOR,
        when: When::TwoIn(conditions),
        manner: Manner::Unlocated {
            shown: OneOf(&["ALL", "OR"]),
            envelope,
        },
    }
}

const EXPECTED_OPERATOR: Rule = rule("ConditionalOperator", &[newer_operator("Expected", Envelope::OneError)]);
/// A map by attributes' names.
const BY_ATTRIBUTE: &[Check] = &[joined(MapKeys(&[LengthAtMost(NAME_BYTES_MAX)]))];
const EXPECTED: Rule = nested(
    "Expected",
    BY_ATTRIBUTE,
    Inside::Map(&[rule("ComparisonOperator", &[joined(COMPARISON)])]),
);
const CONDITIONS: Inside = Inside::Map(&[rule("ComparisonOperator", &[joined(NotNull), joined(COMPARISON)])]);
const ATTRIBUTES_TO_GET: Rule = nested(
    "AttributesToGet",
    NOT_EMPTY,
    Inside::Texts(&[joined(LengthAtMost(NAME_BYTES_MAX))]),
);
const KEY: Rule = rule("Key", REQUIRED);
const JOINED_RETURN_VALUES: Rule = rule("ReturnValues", &[joined(RETURN_VALUES)]);

pub static PUT_ITEM: Rules = Rules::new(
    &[
        CAPACITY,
        METRICS,
        JOINED_RETURN_VALUES,
        // Where the older layer reads the request, this comes after the values to return.
        NEWER_TABLE_NAME,
        VALUES_ON_FAILURE,
        EXPECTED_OPERATOR,
        rule("Item", REQUIRED),
        EXPECTED,
    ],
    OlderWhen::Deep,
    Echo::Java,
);

pub static UPDATE_ITEM: Rules = Rules::new(
    &[
        CAPACITY,
        NEWER_TABLE_NAME,
        METRICS,
        rule(
            "ReturnValues",
            &[Check {
                constraint: RETURN_VALUES,
                when: When::Always,
                manner: Manner::Unlocated {
                    // The last but one is AWS's slip.
                    shown: OneOf(&["ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATE_NEW", "NONE"]),
                    envelope: Envelope::OneError,
                },
            }],
        ),
        VALUES_ON_FAILURE,
        EXPECTED_OPERATOR,
        KEY,
        EXPECTED,
        nested(
            "AttributeUpdates",
            BY_ATTRIBUTE,
            Inside::Map(&[rule("Action", &[joined(OneOf(&["ADD", "PUT", "DELETE"]))])]),
        ),
    ],
    OlderWhen::DeepOrWithoutKey,
    Echo::Java,
);

pub static DELETE_ITEM: Rules = Rules::new(
    &[
        CAPACITY,
        NEWER_TABLE_NAME,
        METRICS,
        JOINED_RETURN_VALUES,
        VALUES_ON_FAILURE,
        EXPECTED_OPERATOR,
        KEY,
        EXPECTED,
    ],
    OlderWhen::Deep,
    Echo::Java,
);

pub static GET_ITEM: Rules = older(&[CAPACITY, NEWER_TABLE_NAME, ATTRIBUTES_TO_GET, KEY]);

pub static QUERY: Rules = older(&[
    CAPACITY,
    NEWER_TABLE_NAME,
    rule("ConditionalOperator", &[newer_operator("QueryFilter", Envelope::Bare)]),
    rule(
        "Limit",
        &[Check {
            constraint: ValueAtLeast(1),
            when: When::Always,
            manner: Manner::Located,
        }],
    ),
    rule("Select", &[joined(SELECT)]),
    OPTIONAL_INDEX_NAME,
    ATTRIBUTES_TO_GET,
    nested("KeyConditions", BY_ATTRIBUTE, CONDITIONS),
    nested("QueryFilter", BY_ATTRIBUTE, CONDITIONS),
]);

pub static SCAN: Rules = older(&[
    CAPACITY,
    TABLE_NAME,
    rule("Limit", &[joined(ValueAtLeast(1))]),
    rule("Select", &[joined(SELECT)]),
    OPTIONAL_INDEX_NAME,
    rule("ConditionalOperator", &[joined(CONDITIONAL_OPERATOR)]),
    rule(
        "TotalSegments",
        &[joined(ValueAtLeast(1)), joined(ValueAtMost(1_000_000))],
    ),
    rule("Segment", &[joined(ValueAtLeast(0)), joined(ValueAtMost(999_999))]),
    ATTRIBUTES_TO_GET,
    nested("ScanFilter", BY_ATTRIBUTE, CONDITIONS),
]);

const fn located(constraint: Constraint) -> Check {
    Check {
        constraint,
        when: When::Always,
        manner: Manner::Located,
    }
}

pub static BATCH_GET_ITEM: Rules = Rules::new(
    &[
        nested(
            "RequestItems",
            &[
                joined(NotNull),
                located(LengthAtLeast(1)),
                located(LengthAtMost(100)),
                joined(TABLE_NAMES),
            ],
            Inside::Map(&[
                rule(
                    "Keys",
                    &[joined(NotNull), located(LengthAtMost(100)), located(LengthAtLeast(1))],
                ),
                ATTRIBUTES_TO_GET,
            ]),
        ),
        CAPACITY,
    ],
    OlderWhen::Never,
    Echo::Json,
);

fn batch_write_required() -> MemberFaults {
    MemberFaults::RequestItemsRequired {
        operation: "BatchWriteItem",
    }
}

pub static BATCH_WRITE_ITEM: Rules = older(&[
    CAPACITY,
    METRICS,
    nested(
        "RequestItems",
        &[
            joined(NotNull),
            Check {
                constraint: LengthAtLeast(1),
                when: When::Always,
                manner: Manner::Sentence(batch_write_required),
            },
            Check {
                constraint: LengthAtMost(25),
                when: When::Always,
                manner: Manner::Yielding,
            },
            Check {
                constraint: TABLE_NAMES,
                when: When::Always,
                manner: Manner::Yielding,
            },
            Check {
                constraint: MapValues(&[LengthAtMost(25), LengthAtLeast(1)]),
                when: When::Always,
                manner: Manner::Yielding,
            },
        ],
        Inside::MapOfLists(&[
            nested("PutRequest", &[], Inside::Structure(&[rule("Item", REQUIRED)])),
            nested("DeleteRequest", &[], Inside::Structure(&[KEY])),
        ]),
    ),
]);

/// Members that must be there are missed by this operation's own reader of JSON, before any of these.
pub static SEARCH_VECTORS: Rules = older(&[
    TABLE_NAME,
    INDEX_NAME,
    CAPACITY,
    rule(
        "SearchVector",
        &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(4096))],
    ),
    rule("TopK", &[joined(NotNull), joined(ValueAtLeast(1))]),
]);
