// What counts as the same answer. Differences between errors that are known stand in explained.mjs.

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
export function canonical(text) {
  const [, sign, whole, fraction = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign === '-' ? '-' : ''}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** The sort key of what a Query walks; rows of an index may share one. */
const SORT = { 'by-n': 'n', 'by-s': 'sk' };

/**
 * True if two answers to a Query of an index differ only in the order of rows with the same sort key, which AWS does not promise.
 * Where a page may end or begin among such rows, only their sort keys can be compared.
 */
function differInTies(request, ours, theirs) {
  const sort = SORT[request.IndexName];
  if (!sort) return false;
  if (request.ExclusiveStartKey) return true;
  if (!Array.isArray(ours.Items) || !Array.isArray(theirs.Items)) return request.Limit !== undefined;
  if (request.ProjectionExpression || request.AttributesToGet) return request.Limit !== undefined || sameRows(ours, theirs);
  const keys = ({ Items }) => JSON.stringify(Items.map((item) => canonical(item[sort].N)));
  if (request.Limit) return request.FilterExpression !== undefined || keys(ours) === keys(theirs);
  return keys(ours) === keys(theirs) && sameRows(ours, theirs);
}

/** True if the rows of a whole Query stand in the order that was asked for. */
export function inOrder(operation, request, { Items }) {
  if (operation !== 'Query') return true;
  const sort = SORT[request.IndexName] ?? 'sk';
  const keys = Items.map((item) => Number(item[sort].N));
  const sorted = [...keys].sort((a, b) => (request.ScanIndexForward === false ? b - a : a - b));
  return keys.every((key, place) => key === sorted[place]);
}

function sameRows(ours, theirs) {
  return JSON.stringify(normalised('Scan', ours)) === JSON.stringify(normalised('Scan', theirs));
}

/**
 * True if a whole walk of an index lacks rows on the oracle's side only: it does not go on among rows that share the sort key at the
 * bound of a condition.
 */
export function lostAmongTies(operation, request, ours, theirs) {
  if (operation !== 'Query' || !request.IndexName || !/<=|BETWEEN/.test(request.KeyConditionExpression)) return false;
  const rows = new Set(ours.Items.map((item) => JSON.stringify(ordered(item))));
  return theirs.Items.every((item) => rows.has(JSON.stringify(ordered(item)))) && inOrder(operation, request, ours);
}

/** True if a value is all of another, or the same document with less in it. */
function isPart(ours, theirs) {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    let at = 0;
    return ours.every((element) => {
      while (at < theirs.length && !isPart(element, theirs[at])) at += 1;
      at += 1;
      return at <= theirs.length;
    });
  }
  if (typeof ours === 'object' && ours !== null && typeof theirs === 'object' && theirs !== null) {
    return Object.keys(ours).every((name) => name in theirs && isPart(ours[name], theirs[name]));
  }
  return ours === theirs;
}

/** An answer to TransactGetItems whose empty items are left out. */
function emptied(body) {
  return JSON.stringify(body).replaceAll('{"Item":{}}', '{}');
}

/** The reason why two answers differ that both are no errors, or undefined. */
export function explainBodies(operation, request, ours, theirs) {
  if (operation === 'Query' && request.Limit === 1 && !ours.LastEvaluatedKey && theirs.LastEvaluatedKey) {
    const { LastEvaluatedKey: _, ...page } = theirs;
    if (JSON.stringify(normalised(operation, page)) === JSON.stringify(normalised(operation, ours))) {
      return 'a query of one row cannot be resumed, so it hands out no key; the oracle now and then does';
    }
  }
  const insideDocuments = /[.[]/.test(request.UpdateExpression ?? '');
  if (operation === 'UpdateItem' && /^UPDATED_/.test(request.ReturnValues) && insideDocuments) {
    if (isPart(normalised(operation, ours).Attributes ?? {}, normalised(operation, theirs).Attributes ?? {})) {
      return 'AWS shows of a document what an update has touched; the oracle shows all of it';
    }
  }
  if (
    operation === 'TransactGetItems' &&
    JSON.stringify(normalised(operation, ours)) === emptied(normalised(operation, theirs))
  ) {
    return 'AWS leaves out an item of which nothing is asked for that it has; the oracle shows it empty';
  }
  if (operation === 'DeleteTable') return 'AWS describes a table that goes as DELETING and without its schema';
  if (operation === 'Query' && differInTies(request, ours, theirs)) {
    return 'rows of an index that share a sort key come in no promised order';
  }
  if (operation === 'Scan' && (request.Limit || request.TotalSegments)) {
    return 'segments, and the order of a scan, are those of partitions’ hashes, which are each service’s own';
  }
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

/** Why a transaction was cancelled, action by action. The oracle ends the sentence of a ConditionCheck with a full stop. */
export function reasonsOf({ CancellationReasons = [] }) {
  const reasons = CancellationReasons.map((reason) => ordered({ ...reason, Message: reason.Message?.replace(/\.$/, '') }));
  return JSON.stringify(reasons);
}
