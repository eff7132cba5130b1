//! DynamoDB's quotas, and this engine's own bounds. Units are in the names; relations between limits are asserted here, at
//! compile time. Nothing else in the crate writes these numbers down.

/// Largest item, names and values together: 400 KB, accepted to the byte.
pub const ITEM_SIZE_BYTES_MAX: usize = 400 * 1024;
/// Largest partition key value.
pub const PARTITION_KEY_BYTES_MAX: usize = 2048;
/// Largest sort key value.
pub const SORT_KEY_BYTES_MAX: usize = 1024;
/// What ExpressionAttributeNames and ExpressionAttributeValues may count for together, placeholders included.
pub const EXPRESSION_ATTRIBUTES_BYTES_MAX: usize = 2 * 1024 * 1024;
/// What Query and Scan evaluate before a page ends, counted before filter and projection.
pub const PAGE_BYTES_MAX: usize = 1024 * 1024;
/// Largest BatchGetItem reply; keys past it come back unprocessed.
pub const BATCH_GET_REPLY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Keys in one BatchGetItem, all tables together.
pub const BATCH_GET_KEYS_MAX: usize = 100;
/// Requests in one BatchWriteItem, all tables together.
pub const BATCH_WRITE_REQUESTS_MAX: usize = 25;
/// Largest transaction: the sizes of its items together.
pub const TRANSACTION_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long a token of a transaction stands for it after it was completed, in milliseconds: ten minutes.
pub const TOKEN_LIFE_MS: u64 = 600_000;

/// Attributes of a table's or local index's key: one partition key attribute and one sort key attribute.
pub const TABLE_KEY_ATTRIBUTES_MAX: usize = 2;
/// Attributes of each half of a global index's key.
pub const GLOBAL_KEY_HALF_ATTRIBUTES_MAX: usize = 4;
/// Local secondary indexes of a table.
pub const LOCAL_INDEXES_MAX: usize = 5;
/// Global secondary indexes of a table.
pub const GLOBAL_INDEXES_MAX: usize = 20;
/// Vector indexes of a table.
pub const VECTOR_INDEXES_MAX: usize = 5;
/// Elements of a vector that is indexed.
pub const VECTOR_DIMENSIONS_MAX: usize = 4096;
/// Partition key attributes of a vector index.
pub const VECTOR_HASHES_MAX: usize = 1;
/// Inline filters of a vector index.
pub const VECTOR_FILTERS_MAX: usize = 18;
/// Results of one SearchVectors.
pub const SEARCH_RESULTS_MAX: usize = 100;
/// Largest SearchVectors reply.
pub const SEARCH_REPLY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What a write to a vector index is charged at least, in bytes.
pub const VECTOR_WRITE_BYTES_MIN: usize = 1024;
/// What a search of a vector index is charged at least, in bytes.
pub const VECTOR_SEARCH_BYTES_MIN: usize = 1024;
/// Non-key attributes projected by all of a table's indexes together; the same attribute in two indexes counts twice.
pub const NON_KEY_ATTRIBUTES_MAX: usize = 100;
/// Tables in one region, for one account (the default quota).
pub const TABLES_MAX: usize = 2_500;
/// Page of ListTables.
pub const LIST_TABLES_PAGE_MAX: usize = 100;
/// Most records that GetRecords answers with.
pub const RECORDS_MAX: usize = 1_000;
/// Most bytes of records that GetRecords answers with.
pub const RECORDS_BYTES_MAX: usize = 1024 * 1024;
/// Page of ListStreams and of the shards in DescribeStream.
pub const STREAMS_PAGE_MAX: usize = 100;
/// Tags of a table.
pub const TAGS_MAX: usize = 50;
/// Characters of a tag's key.
pub const TAG_KEY_CHARACTERS_MAX: usize = 128;
/// Characters of a tag's value.
pub const TAG_VALUE_CHARACTERS_MAX: usize = 256;
/// Page of ListTagsOfResource.
pub const TAGS_PAGE_MAX: usize = 10;
/// Page of ListContributorInsights.
pub const LIST_INSIGHTS_PAGE_MAX: usize = 100;

/// Bytes of one read unit.
pub const READ_UNIT_BYTES: usize = 4 * 1024;
/// Bytes of one write unit.
pub const WRITE_UNIT_BYTES: usize = 1024;

/// Provisioned read capacity of a table, as DescribeLimits reports it.
pub const TABLE_READ_UNITS_MAX: u64 = 40_000;
/// Provisioned write capacity of a table, as DescribeLimits reports it.
pub const TABLE_WRITE_UNITS_MAX: u64 = 40_000;
/// Provisioned read capacity of an account in one region, as DescribeLimits reports it.
pub const ACCOUNT_READ_UNITS_MAX: u64 = 80_000;
/// Provisioned write capacity of an account in one region, as DescribeLimits reports it.
pub const ACCOUNT_WRITE_UNITS_MAX: u64 = 80_000;
/// Read units a second that a new on-demand table or index serves at once: its warm throughput.
pub const WARM_READ_UNITS: u64 = 12_000;
/// Write units a second that a new on-demand table or index serves at once: its warm throughput.
pub const WARM_WRITE_UNITS: u64 = 4_000;
/// Read units a second that one partition serves.
pub const PARTITION_READ_UNITS: u64 = 3_000;
/// Write units a second that one partition serves.
pub const PARTITION_WRITE_UNITS: u64 = 1_000;
/// For how many seconds unused provisioned capacity is kept.
pub const BURST_SECONDS: u64 = 300;

const _: () = assert!(PARTITION_KEY_BYTES_MAX + SORT_KEY_BYTES_MAX < ITEM_SIZE_BYTES_MAX);
const _: () = assert!(ITEM_SIZE_BYTES_MAX < PAGE_BYTES_MAX);
const _: () = assert!(PAGE_BYTES_MAX < BATCH_GET_REPLY_BYTES_MAX);
