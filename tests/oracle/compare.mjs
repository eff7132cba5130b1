// What counts as the same answer, and the differences that are known, each with its reason.

/** Puts a response into a form in which equal meanings are equal: sets sorted, object members ordered, scans as sets of rows. */
export function normalised(operation, body) {
  if (typeof body !== 'object' || body === null) return body;
  if (body.TableDescription) return ordered(definition(body.TableDescription));
  const { ConsumedCapacity, ItemCollectionMetrics, ...rest } = body;
  if (operation === 'Scan' && Array.isArray(rest.Items)) {
    rest.Items = rest.Items.map(ordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (operation === 'BatchGetItem' && rest.Responses) {
    for (const table of Object.keys(rest.Responses)) {
      rest.Responses[table] = rest.Responses[table]
        .map(ordered)
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
  }
  return ordered(rest);
}

/** What a table's definition says of the request that made it; names, times and states are each service's own. */
function definition({
  TableName,
  KeySchema,
  BillingModeSummary,
  LocalSecondaryIndexes,
  GlobalSecondaryIndexes,
  StreamSpecification,
}) {
  const index = ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection });
  const byName = (a, b) => (a.IndexName < b.IndexName ? -1 : 1);
  return {
    TableName,
    KeySchema,
    billing: BillingModeSummary?.BillingMode,
    locals: LocalSecondaryIndexes?.map(index).sort(byName),
    globals: GlobalSecondaryIndexes?.map(index).sort(byName),
    StreamSpecification,
  };
}

function ordered(value, name) {
  if (Array.isArray(value)) {
    const list = value.map((element) => (name === 'NS' ? canonical(element) : ordered(element)));
    return name === 'SS' || name === 'NS' || name === 'BS' ? list.sort() : list;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, ordered(value[key], key)]),
    );
  }
  return name === 'N' && typeof value === 'string' ? canonical(value) : value;
}

/** A number as digits and an exponent: the oracle gives nested numbers back as they were sent, AWS normalises them. */
function canonical(text) {
  const [, sign, whole, fraction = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign === '-' ? '-' : ''}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** The reason why two answers differ that both are no errors, or undefined. */
export function explainBodies(operation, request, ours, theirs) {
  if (operation === 'DeleteTable') return 'AWS describes a table that goes as DELETING and without its schema';
  const { LastEvaluatedKey, ...rest } = ours;
  const same = JSON.stringify(normalised(operation, rest)) === JSON.stringify(normalised(operation, theirs));
  if (operation === 'Query' && LastEvaluatedKey && request.Limit === ours.ScannedCount && same) {
    return 'AWS ends a page where the limit is reached and does not look whether more follows; the oracle does, for Query';
  }
  return undefined;
}

/** An error as `Name: message`. */
export function errorOf(body) {
  return `${String(body.__type).split('#').pop()}: ${body.message ?? body.Message ?? ''}`;
}

const WORDING = "the wording is AWS's; the oracle has its own";
const LOOKUP_FIRST = 'the oracle looks for the table, and judges keys, before it validates the request; AWS does it after';
const MEMBERS =
  'AWS reports members that break their constraints before anything else, in its own form; the oracle later or not at all';
const INTERNAL = 'the oracle fails on what AWS refuses or accepts';

const anyOf = (...sentences) => new RegExp(sentences.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));

/**
 * Known differences. `ours` and `theirs` are matched against the error (or 'ok'); the reason says why AWS is on our side, or that it
 * is not known.
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
    ours: /^ValidationException: \d validation errors? detected: .*(Member must|Failed to satisfy)/,
    theirs: /^ValidationException: /,
    reason: MEMBERS,
  },
  {
    ours: /The parameter 'TableName' is required|TableName must be at least 3/,
    theirs: /^ValidationException: /,
    reason: MEMBERS,
  },
  {
    ours: /^SerializationException/,
    theirs: /^(SerializationException|ValidationException)/,
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
    theirs: /ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null$/,
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
    ours: /Invalid KeyConditionExpression: Invalid operator used/,
    theirs: /^ValidationException: Invalid operator used in KeyConditionExpression/,
    reason: WORDING,
  },
  { ours: /TotalSegments|Segment parameter/, theirs: /segment/i, reason: WORDING },
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
      'Key Schema too big',
      'Number of attributes in',
      'AttributeDefinitions',
      'Invalid KeySchema',
    ),
    reason: "table definitions: wording and order of checks are each service's own, AWS's as recorded",
  },
];

/** The reason of a known difference, or undefined. */
export function explain(ours, theirs) {
  const known = EXPLAINED.find(
    (entry) => entry.ours.test(ours) && entry.theirs.test(theirs) && (!entry.sameAfter || entry.sameAfter(ours) === theirs),
  );
  return known?.reason;
}
