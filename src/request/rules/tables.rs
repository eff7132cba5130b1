//! The rules of the operations on tables.

use super::names::{INDEX_NAME, KNOWN_TABLE_NAME, NEW_TABLE_NAME, optional_bare_name};
use super::{Check, Inside, Manner, NOT_EMPTY, REQUIRED, Rule, Rules, When, joined, nested, older, rule};
use crate::error::member::Constraint::{LengthAtLeast, LengthAtMost, NotNull, OneOf, ValueAtLeast, ValueAtMost};
use crate::error::member::MemberFaults;

fn table_class() -> MemberFaults {
    MemberFaults::TableClass
}

const AT_LEAST_ONE: &[Check] = &[joined(NotNull), joined(ValueAtLeast(1))];
const PROVISIONED_THROUGHPUT: Rule = nested(
    "ProvisionedThroughput",
    &[],
    Inside::Structure(&[
        rule("WriteCapacityUnits", AT_LEAST_ONE),
        rule("ReadCapacityUnits", AT_LEAST_ONE),
    ]),
);
const ATTRIBUTE_NAME: Rule = rule(
    "AttributeName",
    &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(255))],
);
const ATTRIBUTE_DEFINITION: Inside = Inside::List(&[
    rule("AttributeType", &[joined(NotNull), joined(OneOf(&["B", "N", "S"]))]),
    ATTRIBUTE_NAME,
]);
const KEY_ELEMENT: Inside = Inside::List(&[
    ATTRIBUTE_NAME,
    rule("KeyType", &[joined(NotNull), joined(OneOf(&["HASH", "RANGE"]))]),
]);
const PROJECTION: Rule = nested(
    "Projection",
    REQUIRED,
    Inside::Structure(&[
        rule("ProjectionType", &[joined(OneOf(&["ALL", "INCLUDE", "KEYS_ONLY"]))]),
        nested(
            "NonKeyAttributes",
            &[joined(LengthAtLeast(1)), joined(LengthAtMost(20))],
            Inside::Texts(&[joined(LengthAtLeast(1)), joined(LengthAtMost(255))]),
        ),
    ]),
);

/// A key of one partition and one sort attribute at most.
const KEY_OF_TWO: &[Check] = &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(2))];
/// A key of up to four partition and four sort attributes.
const KEY_OF_EIGHT: &[Check] = &[joined(NotNull), joined(LengthAtLeast(1)), joined(LengthAtMost(8))];

const GLOBAL_INDEX: &[Rule] = &[
    INDEX_NAME,
    nested("KeySchema", KEY_OF_EIGHT, KEY_ELEMENT),
    PROJECTION,
    PROVISIONED_THROUGHPUT,
];
const LOCAL_INDEX: &[Rule] = &[INDEX_NAME, nested("KeySchema", KEY_OF_TWO, KEY_ELEMENT), PROJECTION];
const VECTOR_INDEX: &[Rule] = &[
    INDEX_NAME,
    nested("VectorAttribute", REQUIRED, Inside::Structure(&[ATTRIBUTE_NAME])),
    nested(
        "SearchSchema",
        NOT_EMPTY,
        Inside::List(&[
            // Of any length: one that cannot be defined is refused as not defined.
            rule("AttributeName", REQUIRED),
            rule(
                "SearchSchemaElementType",
                &[joined(NotNull), joined(OneOf(&["HASH", "INLINE_FILTER"]))],
            ),
        ]),
    ),
    PROJECTION,
    rule("Dimensions", AT_LEAST_ONE),
    rule(
        "DistanceFunction",
        &[joined(NotNull), joined(OneOf(&["COSINE", "DOT_PRODUCT", "EUCLIDEAN"]))],
    ),
];
const BILLING_MODE: Rule = rule("BillingMode", &[joined(OneOf(&["PROVISIONED", "PAY_PER_REQUEST"]))]);
/// Storage classes are refused in a sentence of their own.
const TABLE_CLASS: Rule = rule(
    "TableClass",
    &[Check {
        constraint: OneOf(&["STANDARD", "STANDARD_INFREQUENT_ACCESS"]),
        when: When::Always,
        manner: Manner::Sentence(table_class),
    }],
);
const STREAM: Rule = nested(
    "StreamSpecification",
    &[],
    Inside::Structure(&[
        rule("StreamEnabled", REQUIRED),
        rule(
            "StreamViewType",
            &[joined(OneOf(&[
                "OLD_IMAGE",
                "KEYS_ONLY",
                "NEW_AND_OLD_IMAGES",
                "NEW_IMAGE",
            ]))],
        ),
    ]),
);
const SSE: Rule = nested(
    "SSESpecification",
    &[],
    Inside::Structure(&[
        rule("SSEType", &[joined(OneOf(&["AES256", "KMS"]))]),
        rule("KMSMasterKeyId", NOT_EMPTY),
    ]),
);
const REPLICATION_MODE: Rule = rule(
    "GlobalTableSettingsReplicationMode",
    &[joined(OneOf(&["ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES"]))],
);
/// A table that follows another region's takes its keys from there.
const UNLESS_GLOBAL: Check = Check {
    constraint: NotNull,
    when: When::Without("GlobalTableSourceArn"),
    manner: Manner::Joined,
};

pub static CREATE_TABLE: Rules = older(&[
    NEW_TABLE_NAME,
    nested("AttributeDefinitions", &[UNLESS_GLOBAL], ATTRIBUTE_DEFINITION),
    PROVISIONED_THROUGHPUT,
    nested(
        "KeySchema",
        &[UNLESS_GLOBAL, joined(LengthAtLeast(1)), joined(LengthAtMost(2))],
        KEY_ELEMENT,
    ),
    BILLING_MODE,
    nested("GlobalSecondaryIndexes", &[], Inside::List(GLOBAL_INDEX)),
    nested("LocalSecondaryIndexes", &[], Inside::List(LOCAL_INDEX)),
    nested("VectorIndexes", &[], Inside::List(VECTOR_INDEX)),
    STREAM,
    SSE,
    TABLE_CLASS,
    rule(
        "GlobalTableSourceArn",
        &[joined(LengthAtLeast(1)), joined(LengthAtMost(1024))],
    ),
    REPLICATION_MODE,
]);

pub static UPDATE_TABLE: Rules = older(&[
    KNOWN_TABLE_NAME,
    nested("AttributeDefinitions", &[], ATTRIBUTE_DEFINITION),
    PROVISIONED_THROUGHPUT,
    BILLING_MODE,
    nested(
        "GlobalSecondaryIndexUpdates",
        &[],
        Inside::List(&[
            nested("Update", &[], Inside::Structure(&[INDEX_NAME, PROVISIONED_THROUGHPUT])),
            nested("Create", &[], Inside::Structure(GLOBAL_INDEX)),
            nested("Delete", &[], Inside::Structure(&[INDEX_NAME])),
        ]),
    ),
    nested(
        "VectorIndexUpdates",
        &[],
        Inside::List(&[
            nested("Create", &[], Inside::Structure(VECTOR_INDEX)),
            nested("Delete", &[], Inside::Structure(&[INDEX_NAME])),
        ]),
    ),
    STREAM,
    SSE,
    nested("ReplicaUpdates", NOT_EMPTY, Inside::List(REPLICA_UPDATE)),
    TABLE_CLASS,
    rule("MultiRegionConsistency", &[joined(OneOf(&["EVENTUAL", "STRONG"]))]),
    nested(
        "GlobalTableWitnessUpdates",
        &[joined(LengthAtLeast(1)), joined(LengthAtMost(1))],
        Inside::List(&[
            nested("Create", &[], Inside::Structure(&[REGION_NAME])),
            nested("Delete", &[], Inside::Structure(&[REGION_NAME])),
        ]),
    ),
    REPLICATION_MODE,
]);

const REGION_NAME: Rule = rule("RegionName", REQUIRED);
const READ_OVERRIDE: Rule = nested(
    "ProvisionedThroughputOverride",
    &[],
    Inside::Structure(&[rule("ReadCapacityUnits", &[joined(ValueAtLeast(1))])]),
);
const REPLICA: Inside = Inside::Structure(&[
    REGION_NAME,
    READ_OVERRIDE,
    nested(
        "GlobalSecondaryIndexes",
        NOT_EMPTY,
        Inside::List(&[INDEX_NAME, READ_OVERRIDE]),
    ),
    rule(
        "TableClassOverride",
        &[joined(OneOf(&["STANDARD", "STANDARD_INFREQUENT_ACCESS"]))],
    ),
]);
const REPLICA_UPDATE: &[Rule] = &[
    nested("Create", &[], REPLICA),
    nested("Update", &[], REPLICA),
    nested("Delete", &[], Inside::Structure(&[REGION_NAME])),
    nested(
        "Disassociate",
        &[],
        Inside::Structure(&[
            REGION_NAME,
            rule(
                "DisassociationMode",
                &[joined(NotNull), joined(OneOf(&["WAIT_FOR_REPLICATION"]))],
            ),
        ]),
    ),
];

pub static TABLE_BY_NAME: Rules = older(&[KNOWN_TABLE_NAME]);

pub static LIST_TABLES: Rules = older(&[
    optional_bare_name("ExclusiveStartTableName"),
    rule("Limit", &[joined(ValueAtLeast(1)), joined(ValueAtMost(100))]),
]);
