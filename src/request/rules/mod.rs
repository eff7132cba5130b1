//! The constraints that members have by themselves, as data: per operation, in the order in which the service reports them.
//!
//! The order, the listings of enums and the form of a report are AWS's as observed in October 2026 in us-east-1. Which member
//! breaks what is found out in [`super::members`]; the sentences are in [`crate::error::member`].

mod items;
mod names;
mod others;
mod tables;

use crate::error::Envelope;
use crate::error::member::{Constraint, MemberFaults};
use crate::request::Operation;
use Constraint::{LengthAtLeast, NotNull, OneOf};

/// A member and what is asked of it.
#[derive(Debug)]
pub struct Rule {
    /// The member's name in the API.
    pub member: &'static str,
    /// In the order of their reports.
    pub checks: &'static [Check],
    /// What is asked of what is inside.
    pub inside: Inside,
}

/// A constraint, when it applies, and how its breach is reported.
#[derive(Debug)]
pub struct Check {
    /// What is asked.
    pub constraint: Constraint,
    /// When it is asked at all.
    pub when: When,
    /// The form of the report.
    pub manner: Manner,
}

/// When a constraint applies.
#[derive(Debug)]
pub enum When {
    /// Always.
    Always,
    /// To a table's name, but not to an ARN in its place, nor to nothing at all (which has a report of its own).
    Named,
    /// To the name of a table to make: nothing but the ARN of a table may stand in its place.
    NamedAnew,
    /// To an ARN in a table's name's place.
    Arn,
    /// When the map that is this member of the same structure has two entries or more, or the older layer reads the request.
    TwoIn(&'static str),
    /// When this member of the same structure is absent.
    Without(&'static str),
}

/// The form in which a breach is reported.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// With all others.
    Joined,
    /// Only if nothing else is wrong.
    Yielding,
    /// By itself, in the older form.
    Alone,
    /// By itself, in the newer form that shows where.
    Located,
    /// By itself, in the newer form that does not: with the enum's values as that form lists them.
    Unlocated {
        /// The constraint as shown.
        shown: Constraint,
        /// Whether the report is counted.
        envelope: Envelope,
    },
    /// By itself, in a sentence of its own.
    Sentence(fn() -> MemberFaults),
}

/// What is inside a member, as far as anything is asked of it.
#[derive(Debug)]
pub enum Inside {
    /// Nothing.
    Nothing,
    /// A structure's members.
    Structure(&'static [Rule]),
    /// The members of each structure in a list.
    List(&'static [Rule]),
    /// Each text in a list.
    Texts(&'static [Check]),
    /// The members of each structure in a map.
    Map(&'static [Rule]),
    /// The members of each structure in the lists of a map.
    MapOfLists(&'static [Rule]),
}

/// What is asked of an operation's input.
#[derive(Debug)]
pub struct Rules {
    /// The members, in the order of their reports.
    pub members: &'static [Rule],
    /// When the newer forms give way to the older ones.
    pub older_when: OlderWhen,
    /// How a map or list is shown.
    pub echo: Echo,
    /// The positions of the members that a request must have, as a set.
    pub demanded: u64,
}

impl Rules {
    const fn new(members: &'static [Rule], older_when: OlderWhen, echo: Echo) -> Self {
        Rules {
            members,
            older_when,
            echo,
            demanded: Rules::demanded(members),
        }
    }

    const fn demanded(members: &[Rule]) -> u64 {
        assert!(
            members.len() <= u64::BITS as usize,
            "the members seen are marked in 64 bits"
        );
        let mut demanded = 0;
        let mut position = 0;
        while position < members.len() {
            let checks = members[position].checks;
            let mut at = 0;
            while at < checks.len() {
                if matches!(checks[at].constraint, NotNull) {
                    demanded |= 1 << position;
                }
                at += 1;
            }
            position += 1;
        }
        demanded
    }
}

/// When an operation of the newer layer reports everything as the older layer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderWhen {
    /// Never, or it has no newer forms.
    Never,
    /// When a value is nested very deep.
    Deep,
    /// When a value is nested very deep, or the key is absent.
    DeepOrWithoutKey,
}

/// How a structure, map or list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// As Java's `toString` does.
    Java,
    /// As JSON.
    Json,
}

/// The rules of an operation.
pub fn rules(operation: Operation) -> &'static Rules {
    match operation {
        Operation::PutItem => &items::PUT_ITEM,
        Operation::UpdateItem => &items::UPDATE_ITEM,
        Operation::DeleteItem => &items::DELETE_ITEM,
        Operation::GetItem => &items::GET_ITEM,
        Operation::Query => &items::QUERY,
        Operation::Scan => &items::SCAN,
        Operation::SearchVectors => &items::SEARCH_VECTORS,
        Operation::BatchGetItem => &items::BATCH_GET_ITEM,
        Operation::BatchWriteItem => &items::BATCH_WRITE_ITEM,
        Operation::CreateTable => &tables::CREATE_TABLE,
        Operation::UpdateTable => &tables::UPDATE_TABLE,
        Operation::DescribeTable | Operation::DeleteTable => &tables::TABLE_BY_NAME,
        Operation::ListTables => &tables::LIST_TABLES,
        other => others::rules(other),
    }
}

/// The one pattern that names have.
pub const NAME_PATTERN: &str = "[a-zA-Z0-9_.-]+";

const RETURN_CONSUMED_CAPACITY: Constraint = OneOf(&["INDEXES", "TOTAL", "NONE"]);
const RETURN_ITEM_COLLECTION_METRICS: Constraint = OneOf(&["SIZE", "NONE"]);
const RETURN_VALUES: Constraint = OneOf(&["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"]);
const RETURN_VALUES_ON_FAILURE: Constraint = OneOf(&["ALL_OLD", "NONE"]);

/// A check that applies always and is reported with all others.
const fn joined(constraint: Constraint) -> Check {
    Check {
        constraint,
        when: When::Always,
        manner: Manner::Joined,
    }
}

/// A check that applies always and is reported by itself.
const fn alone(constraint: Constraint) -> Check {
    Check {
        constraint,
        when: When::Always,
        manner: Manner::Alone,
    }
}

/// The same checks for a member that may be absent: all but the first, which asks that it be there.
const fn if_present(checks: &'static [Check]) -> &'static [Check] {
    match checks {
        [
            Check {
                constraint: NotNull, ..
            },
            others @ ..,
        ] => others,
        _ => checks,
    }
}

/// A member without anything inside.
const fn rule(member: &'static str, checks: &'static [Check]) -> Rule {
    Rule {
        member,
        checks,
        inside: Inside::Nothing,
    }
}

/// A member with something inside.
const fn nested(member: &'static str, checks: &'static [Check], inside: Inside) -> Rule {
    Rule { member, checks, inside }
}

/// Rules of the older layer.
const fn older(members: &'static [Rule]) -> Rules {
    Rules::new(members, OlderWhen::Never, Echo::Java)
}

const REQUIRED: &[Check] = &[joined(NotNull)];
const NOT_EMPTY: &[Check] = &[joined(LengthAtLeast(1))];

const CAPACITY: Rule = rule("ReturnConsumedCapacity", &[joined(RETURN_CONSUMED_CAPACITY)]);
const METRICS: Rule = rule("ReturnItemCollectionMetrics", &[joined(RETURN_ITEM_COLLECTION_METRICS)]);
const VALUES_ON_FAILURE: Rule = rule(
    "ReturnValuesOnConditionCheckFailure",
    &[joined(RETURN_VALUES_ON_FAILURE)],
);
