//! What is asked of the names of tables and indexes. Each of AWS's layers reports them in its own way.

use super::{Check, Manner, NAME_PATTERN, Rule, When, alone, if_present, joined, rule};
use crate::error::member::Constraint::{LengthAtLeast, LengthAtMost, MapKeys, NotNull, Pattern};
use crate::error::member::{Constraint, MemberFaults};

const NAME: Constraint = Pattern(NAME_PATTERN);

/// A check of a table's name, but not of an ARN in its place.
const fn of_name(constraint: Constraint, manner: Manner) -> Check {
    Check {
        constraint,
        when: When::Named,
        manner,
    }
}

/// The one check of an ARN in the place of a table's name.
const fn of_arn(manner: Manner) -> Check {
    Check {
        constraint: LengthAtMost(1024),
        when: When::Arn,
        manner,
    }
}

/// A check that is reported in a sentence of its own.
const fn told(constraint: Constraint, when: When, sentence: fn() -> MemberFaults) -> Check {
    Check {
        constraint,
        when,
        manner: Manner::Sentence(sentence),
    }
}

const TABLE_NAME_CHECKS: &[Check] = &[
    joined(NotNull),
    joined(LengthAtLeast(1)),
    of_name(LengthAtMost(255), Manner::Joined),
    of_name(NAME, Manner::Joined),
    of_arn(Manner::Joined),
];

/// A table's name on the data plane of the older layer: an ARN may stand in its place.
pub const TABLE_NAME: Rule = rule("TableName", TABLE_NAME_CHECKS);

/// The same where none need be named.
pub const OPTIONAL_TABLE_NAME: Rule = rule("TableName", if_present(TABLE_NAME_CHECKS));

/// A table's name on the data plane of the newer layer: reported by itself, whatever else is wrong.
pub const NEWER_TABLE_NAME: Rule = rule(
    "TableName",
    &[
        alone(NotNull),
        Check {
            constraint: LengthAtLeast(1),
            when: When::Always,
            manner: Manner::Located,
        },
        of_name(LengthAtMost(255), Manner::Alone),
        of_name(NAME, Manner::Alone),
        of_arn(Manner::Alone),
    ],
);

fn table_name_required() -> MemberFaults {
    MemberFaults::Required { parameter: "TableName" }
}

fn table_name_length() -> MemberFaults {
    MemberFaults::TableNameLength
}

/// The table of a call about a table that is there; an ARN may stand in its name's place.
pub const KNOWN_TABLE_NAME: Rule = rule(
    "TableName",
    &[
        told(NotNull, When::Always, table_name_required),
        told(LengthAtLeast(3), When::Always, table_name_length),
        told(LengthAtMost(255), When::Named, table_name_length),
        of_name(NAME, Manner::Alone),
        of_arn(Manner::Alone),
    ],
);

/// The name of a table to make.
pub const NEW_TABLE_NAME: Rule = rule(
    "TableName",
    &[
        told(NotNull, When::Always, table_name_required),
        alone(LengthAtLeast(3)),
        Check {
            constraint: LengthAtMost(255),
            when: When::NamedAnew,
            manner: Manner::Alone,
        },
        Check {
            constraint: NAME,
            when: When::NamedAnew,
            manner: Manner::Alone,
        },
        of_arn(Manner::Alone),
    ],
);

/// What the keys of a batch's map of tables are asked, as the service lists it.
pub const TABLE_NAMES: Constraint = MapKeys(&[LengthAtMost(255), LengthAtLeast(3), NAME]);

/// A name that no ARN can stand for.
const BARE_NAME_CHECKS: &[Check] = &[
    joined(NotNull),
    joined(NAME),
    joined(LengthAtLeast(3)),
    joined(LengthAtMost(255)),
];

/// The name of an index.
pub const INDEX_NAME: Rule = rule("IndexName", BARE_NAME_CHECKS);

/// The name of an index where none need be named.
pub const OPTIONAL_INDEX_NAME: Rule = optional_bare_name("IndexName");

/// A member that may name a table or an index, but not by an ARN.
pub const fn optional_bare_name(member: &'static str) -> Rule {
    rule(member, if_present(BARE_NAME_CHECKS))
}

fn index_name_length() -> MemberFaults {
    MemberFaults::IndexNameLength
}

/// The name of an index whose Contributor Insights are asked about.
pub const OBSERVED_INDEX_NAME: Rule = rule(
    "IndexName",
    &[
        told(LengthAtLeast(3), When::Always, index_name_length),
        told(LengthAtMost(255), When::Always, index_name_length),
        joined(NAME),
    ],
);
