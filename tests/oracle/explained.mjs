// The differences between two errors that are known, each with its reason.

import { canonical } from './compare.mjs';

const WORDING = "the wording is AWS's; the oracle has its own";
const LOOKUP_FIRST = 'the oracle looks for the table, and judges keys, before it validates the request; AWS does it after';
const MEMBERS =
  'AWS reports members that break their constraints before anything else, in its own form; the oracle later or not at all';
const INTERNAL = 'the oracle fails on what AWS refuses or accepts';
const VALUES_LATER = 'AWS reads expressions and legacy conditions before it reads items and values; the oracle after it';
const CONDITION_LATER = 'AWS judges an update before it tests the condition, as far as it needs no item; the oracle after it';
const TABLES = "table definitions: wording and order of checks are each service's own, AWS's as recorded";
const CLAUSES = 'several clauses fail when they run: the oracle reports one by the hashes of their names';
/** What an update can find when it runs. */
const AT_RUN_TIME =
  /(refers to an attribute that does not exist|document path provided in the update expression is invalid|operand in the update expression has an incorrect|Number (over|under)flow|Nesting Levels)/;
/** How the oracle words a value that is refused. */
const THEIR_VALUE =
  /(contains invalid value|Input collection|cannot be converted into a number|Number (over|under)flow|38 (significant )?digits|set {2}may not be empty|Binary sets should|Null attribute value types|AttributeValue is empty|more than one datatypes|null AttributeValue|Invalid attribute value type)/;

const anyOf = (...sentences) => new RegExp(sentences.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));

/**
 * Known differences. `ours` and `theirs` are matched against the error (or 'ok'), `operations` and `when` against what was asked;
 * the reason says why AWS is on our side, or that it is not known.
 */
export const EXPLAINED = [
  { ours: /./, theirs: /InternalFailure/, reason: INTERNAL },
  {
    ours: /^ResourceNotFoundException: Requested resource not found/,
    theirs: /^ResourceNotFoundException: Cannot do operations on a non-existent table$/,
    reason: WORDING,
  },
  {
    ours: /^ValidationException: /,
    theirs: /^ResourceNotFoundException: Cannot do operations on a non-existent table$/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /^ValidationException: (\d validation errors? detected: .*|)(Member must|Failed to satisfy)/,
    theirs: /./,
    reason: MEMBERS,
  },
  {
    ours: /The parameter 'TableName' is required|TableName must be at least 3/,
    theirs: /^ValidationException: /,
    reason: MEMBERS,
  },
  {
    ours: /^SerializationException/,
    theirs: /./,
    reason: 'the framework in front of AWS reads bodies more strictly, with sentences of its own',
  },
  {
    ours: /1 validation error detected: /,
    theirs: /^(?!.*1 validation error detected)ValidationException: /,
    sameAfter: (text) => text.replace('1 validation error detected: ', ''),
    reason: 'AWS wraps these sentences since its newer validation layer; the oracle predates it',
  },
  {
    ours: /ExpressionAttributeValues can only be specified when using expressions$/,
    theirs:
      /ExpressionAttributeValues can only be specified when using expressions: (UpdateExpression and )?ConditionExpression (is|are) null$/,
    reason: 'AWS dropped the tail on single writes with its newer validation layer',
  },
  { ours: /Input collection .*contains duplicates/, theirs: /Input collection .*contains duplicates/, reason: WORDING },
  { ours: /ReturnValues can only be ALL_OLD or NONE/, theirs: /Return values set to invalid value/, reason: WORDING },
  {
    ours: /cannot be converted to a numeric value/,
    theirs: /A value provided cannot be converted into a number/,
    reason: WORDING,
  },
  {
    ours: /The provided key element does not match the schema|Missing the key|Type mismatch for key|The AttributeValue for a key attribute/,
    theirs: anyOf(
      'The number of conditions on the keys is invalid',
      'One of the required keys was not given a value',
      'Type mismatch for key',
      'The provided key element does not match the schema',
    ),
    reason: WORDING,
  },
  {
    ours: /^ValidationException: (1 validation error detected: )?(Invalid \w+Expression|Value provided in|Can not use both|ExpressionAttribute)/,
    theirs: anyOf(
      'The number of conditions on the keys is invalid',
      'One of the required keys was not given a value',
      'Type mismatch for',
      'The AttributeValue for a key attribute',
    ),
    reason: LOOKUP_FIRST,
  },
  { ours: /Type mismatch for Index Key/, theirs: /Type mismatch for Index Key|Invalid attribute value type/, reason: WORDING },
  {
    ours: /starting key is invalid/,
    theirs: /Exclusive Start Key must have same size|Type mismatch for|starting key is invalid/,
    reason: WORDING,
  },
  {
    ours: /starting key is outside query boundaries/,
    theirs: /starting key does not match the range key predicate/,
    reason: "AWS tells another partition's starting key from one that the sort condition excludes",
  },
  {
    ours: /can return at most one row and cannot be restarted/,
    theirs: /^ok|starting key/,
    reason: 'AWS refuses to resume a query of one row; the oracle answers it',
  },
  {
    ours: /Invalid KeyConditionExpression: /,
    theirs: /^ValidationException: .*KeyConditionExpression/,
    sameAfter: (text) => text.replace('Invalid KeyConditionExpression: ', ''),
    reason: WORDING,
  },
  { ours: /TotalSegments|Segment parameter/, theirs: /segment/i, reason: WORDING },
  {
    ours: /reserved keyword: size$/i,
    theirs: /./,
    reason: 'SIZE is on AWS’s list of reserved words; the oracle takes it for a name',
  },
  {
    ours: /^ValidationException: (1 validation error detected: )?(Invalid \w+Expression|Can not use both|Expression|.*ComparisonOperator|ConditionalOperator|Value provided in|.*BETWEEN condition|Supplied)/,
    theirs: THEIR_VALUE,
    reason: VALUES_LATER,
  },
  {
    ours: /(AttributeValue is empty|numeric value|Number (over|under)flow|38 significant|set {2}may not|Binary sets|Null attribute|datatypes|Input collection)/,
    theirs: /contains invalid value|38 digits|null AttributeValue|Invalid attribute value type/,
    reason: WORDING,
  },
  {
    ours: /Two document paths overlap/,
    theirs: /Two document paths overlap/,
    reason: 'the oracle names as the second path one of another clause',
  },
  {
    ours: /^ValidationException: (1 validation error detected: )?(Can not use both|Value provided in|Cannot specify|Must specify|ALL_PROJECTED)/,
    theirs:
      /ComparisonOperator|BETWEEN condition|Exists|cannot be used together|must be of same type|Key attributes must be scalars|starting key|Exclusive Start Key|Type mismatch|non-primary key|Condition parameter type|Query condition missed/,
    reason: LOOKUP_FIRST,
  },
  { ours: /Invalid KeyConditionExpression/, theirs: /Key attributes must be scalars/, reason: LOOKUP_FIRST },
  {
    ours: /\[.*ValidationError.*\]$/,
    theirs: AT_RUN_TIME,
    reason:
      'what an update finds when it runs cancels a transaction, as the API reference lists; the oracle refuses the request',
  },
  {
    ours: /^ValidationException: /,
    theirs: /Transaction request cannot include multiple operations on one item/,
    reason: 'AWS compares a transaction’s items when all of it is valid; the oracle before',
  },
  {
    ours: /Transaction request cannot include multiple operations on one item/,
    theirs: /./,
    reason: 'AWS compares a transaction’s items before it runs; the oracle when it comes to the second',
  },
  {
    ours: /IdempotentParameterMismatch/,
    theirs: /IdempotentParameterMismatch/,
    reason: WORDING,
  },
  {
    ours: /^ValidationException: (1 validation error detected: )?Invalid \w+Expression/,
    theirs: /The table does not have the specified index/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /./,
    theirs: /Provided list of item keys contains duplicates/,
    reason: 'AWS compares a batch’s keys when all of it is valid; the oracle before',
  },
  { ours: /Duplicate value in attribute name/, theirs: /Cannot have two attributes with the same name/, reason: WORDING },
  {
    ours: /not an indexable operation/,
    theirs: /Only scalar types can be used as (Range|Hash) Key values/,
    reason: 'the oracle stumbles over NULL and NOT_NULL, which have no operand',
  },
  {
    ours: /./,
    theirs: /Only scalar types can be used as (Range|Hash) Key values|not an indexable operation/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /Query condition missed key schema element: /,
    theirs: /Query condition missed key schema element$/,
    reason: WORDING,
  },
  {
    ours: /^ok/,
    theirs: /starting key does not match the range key predicate/,
    reason: 'AWS hands out the key of the last row that a condition allows and takes it back; the oracle never hands it out',
  },
  {
    ours: /Type mismatch for Index Key/,
    theirs: /^ok|Updates on index keys must be of the same data type/,
    reason: 'AWS checks what an update makes of an index key; the oracle, in other words, only the values it is given',
  },
  {
    ours: /Number (over|under)flow|38 significant|Key attributes must be scalars|Only DELETE action is allowed|action (with value )?is not supported|Cannot update attribute|Type mismatch for Index Key|cannot contain an empty/,
    theirs: /ConditionalCheckFailed|Type mismatch for attribute to update/,
    reason: CONDITION_LATER,
  },
  {
    ours: /Only DELETE action is allowed/,
    theirs: /Cannot update attribute/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: AT_RUN_TIME,
    theirs: AT_RUN_TIME,
    when: (request) => /,|\b(SET|REMOVE|ADD|DELETE)\b.*\b(SET|REMOVE|ADD|DELETE)\b/i.test(request.UpdateExpression ?? ''),
    reason: CLAUSES,
  },
  {
    ours: /The BETWEEN operator requires/,
    theirs: /The BETWEEN operator requires/,
    sameAfter: (text, theirs) => numbersRead(text) === numbersRead(theirs),
    reason: 'numbers in sentences: as they are stored, or as they were sent; which of them AWS shows is not recorded',
  },
  {
    ours: /requestItems parameter is required/,
    theirs: /cannot have a null or no requests|request list for a table cannot be null/,
    reason: WORDING,
  },
  {
    ours: /Neither ReadCapacityUnits nor WriteCapacityUnits can be specified|List of GlobalSecondaryIndexUpdates is empty/,
    theirs: /^ok/,
    reason: 'the oracle overlooks the capacity of a table that is paid by request, and lists without elements',
  },
  {
    ours: /^ok/,
    theirs: /Cannot create preexisting table/,
    reason: 'the table is there because the oracle made it when AWS would have refused to',
  },
  {
    ours: /Requested resource not found: Index/,
    theirs: /Requested resource not found$/,
    reason: WORDING,
  },
  {
    ours: /Type mismatch for Index Key/,
    theirs: /cannot contain an empty/,
    reason: 'a value that is empty and of the wrong type: AWS’s choice is not recorded',
  },
  {
    ours: /cannot be converted to a numeric value|Number (over|under)flow|38 significant|set {2}may not|Binary sets|Null attribute|datatypes|duplicates/,
    theirs: THEIR_VALUE,
    when: (request) => request.Item !== undefined,
    reason: 'AWS reads the values of an expression before the item; the oracle after it',
  },
  {
    ours: /numeric value|Number (over|under)flow|38 significant|may not be empty|Binary sets|Null attribute|datatypes|duplicates/,
    theirs: /number of conditions on the keys is invalid|keys was not given a value|Type mismatch for/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /attribute_type, operand type: \{/,
    theirs: /attribute_type, operand type: \{/,
    reason: 'the list of all types: AWS’s order is recorded, the oracle’s is that of hashes',
  },
  {
    ours: /^ok/,
    theirs: /Updates on index keys must be of the same data type/,
    reason: 'nothing is deleted from an attribute that is not there; the oracle looks at the type of what would be',
  },
  {
    ours: /Type mismatch for attribute to update|Cannot update attribute|Only DELETE action|is not supported for the type/,
    theirs: /Updates on index keys must be of the same data type/,
    reason: 'an update with two faults: which of them AWS tells is not recorded',
  },
  {
    ours: /not an indexable operation|is not valid for \w+ AttributeValue type/,
    theirs: /Condition parameter type does not match schema type|Type mismatch for Index Key/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /Key attributes must be scalars/,
    theirs: /Key attributes must be scalars/,
    reason: 'two paths go inside key attributes: which of them AWS names is not recorded',
  },
  {
    ours: /Condition parameter type does not match schema type/,
    theirs: /Key attributes must be scalars/,
    reason: 'a value that is none of a key’s, and a path inside a key: which of them AWS names is not recorded',
  },
  {
    ours: /Value cannot be used when Exists|Value must be provided|cannot be used together|AttributeValues inside AttributeValueList|can only be used with a/,
    theirs: THEIR_VALUE,
    reason: VALUES_LATER,
  },
  {
    ours: /numeric value|Number (over|under)flow|38 significant|may not be empty|Binary sets|Null attribute|datatypes|duplicates/,
    theirs: /cannot contain an empty/,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /cannot contain an empty/,
    theirs: /unused in expressions|Key attributes must be scalars/,
    operations: ['GetItem'],
    reason: 'AWS refuses empty keys up front, with what else values can have; the oracle’s GetItem looks at its key last',
  },
  {
    ours: /ComparisonOperator/,
    theirs: /Condition parameter type does not match schema type|Query key condition not supported/,
    when: (request) => request.QueryFilter !== undefined,
    reason: LOOKUP_FIRST,
  },
  {
    ours: /cannot contain an empty/,
    theirs: THEIR_VALUE,
    when: (request) => request.RequestItems !== undefined,
    reason: 'AWS reads a batch request by request; the oracle all values first',
  },
  {
    ours: /Invalid ProjectionExpression|unused in expressions/,
    theirs: /Invalid ProjectionExpression|unused in expressions/,
    when: (request) => Object.keys(request.RequestItems ?? {}).length > 1,
    reason: 'two tables’ blocks are wrong: the oracle takes them in the order of hashes',
  },
  {
    ours: /Number (over|under)flow/,
    theirs: /./,
    when: (request) => /"[+-]?0*\.?0*[eE][+-]?\d{3}"/.test(JSON.stringify(request)),
    reason: 'AWS refuses a zero whose exponent is out of range; the oracle reads it as zero',
  },
  { ours: /Requested resource not found: Index/, theirs: /Invalid global secondary index name/, reason: WORDING },
  {
    ours: /Requested resource not found: Table: Made not found/,
    theirs: /^ok|Invalid global secondary index name/,
    reason: 'the table is there because the oracle made it when AWS would have refused to',
  },
  { ours: /Table already exists/, theirs: /Cannot create preexisting table/, reason: WORDING },
  {
    ours: /ProvisionedThroughput must be specified when BillingMode is PROVISIONED/,
    theirs: /^ok/,
    reason: 'the oracle has no billing mode to change',
  },
  {
    ours: /^ValidationException: .*(KeySchema|CapacityUnits|table IOPS|ProvisionedThroughput|stream|Stream|List of|Index|ProjectionType|AttributeDefinitions)/,
    theirs:
      /preexisting table|hash key|Hash Key|Range Key|key schema|GSI list|projection|resource not found|stream|Stream|[Ii]ndex|Throughput|throughput|Nothing to update/,
    when: (request) => !request.Key && !request.Item && (request.KeySchema !== undefined || request.TableName !== undefined),
    operations: ['CreateTable', 'UpdateTable'],
    reason: TABLES,
  },
  { ours: /^ValidationException: At least one of ProvisionedThroughput/, theirs: /Nothing to update/, reason: WORDING },
  {
    ours: /Invalid KeySchema|KeySchema|ProjectionType|NonKeyAttributes|Duplicate index name|AttributeDefinitions|CapacityUnits|ProvisionedThroughput/,
    theirs: anyOf(
      'Two keys can not have the same name',
      'No Hash Key specified in schema',
      'Local Secondary indices are not allowed',
      'Projection type INCLUDE',
      'No attributes should be specified to be projected',
      'Two global secondary indices have the same name',
      'Local Secondary Indices AND Global Secondary Indices must have different names',
      'Key Schema too big',
      'Number of attributes in',
      'AttributeDefinitions',
      'Invalid KeySchema',
    ),
    operations: ['CreateTable', 'UpdateTable'],
    reason: TABLES,
  },
];

/** A sentence whose numbers are in one form. */
function numbersRead(text) {
  return text.replace('1 validation error detected: ', '').replaceAll(/\{N:([^}]*)\}/g, (_, number) => canonical(number));
}

/** The reason of a known difference, or undefined. */
export function explain(operation, request, ours, theirs) {
  const known = EXPLAINED.find(
    (entry) =>
      entry.ours.test(ours) &&
      entry.theirs.test(theirs) &&
      (!entry.operations || entry.operations.includes(operation)) &&
      (!entry.when || entry.when(request)) &&
      (!entry.sameAfter || entry.sameAfter(ours, theirs) === true || entry.sameAfter(ours, theirs) === theirs),
  );
  return known?.reason;
}
