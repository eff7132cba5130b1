// What counts as the same answer, and the differences that are known, each with its reason.

/** Puts a response into a form in which equal meanings are equal: sets sorted, object members ordered, scans as sets of rows. */
export function normalised(operation, body) {
  if (typeof body !== 'object' || body === null) return body;
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

function ordered(value, name) {
  if (Array.isArray(value)) {
    const list = value.map((element) => ordered(element));
    return name === 'SS' || name === 'NS' || name === 'BS' ? list.sort() : list;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, ordered(value[key], key)]),
    );
  }
  return value;
}

/** An error as `Name: message`. */
export function errorOf(body) {
  return `${String(body.__type).split('#').pop()}: ${body.message ?? body.Message ?? ''}`;
}

/**
 * Known differences. `ours` and `theirs` are matched against the error (or 'ok'); the reason says why AWS is on our side, or that it
 * is not known.
 */
export const EXPLAINED = [
  {
    ours: /^ResourceNotFoundException: Requested resource not found$/,
    theirs: /^ResourceNotFoundException: Cannot do operations on a non-existent table$/,
    reason: "the wording is AWS's; the oracle has its own",
  },
  {
    ours: /1 validation error detected: /,
    theirs: /^(?!.*1 validation error detected)ValidationException: /,
    sameAfter: (text) => text.replace('1 validation error detected: ', ''),
    reason: 'AWS wraps these sentences since its newer validation layer; the oracle predates it',
  },
  {
    ours: /Input collection .* contains duplicates/,
    theirs: /Input collection .* contains duplicates/,
    reason: 'AWS renders the members of a set with duplicates in another way',
  },
  {
    ours: /The provided key element does not match the schema/,
    theirs: /The number of conditions on the keys is invalid/,
    reason: "the wording is AWS's; the oracle has its own",
  },
  {
    ours: /Member must have value greater than or equal to 1/,
    theirs: /Limit must be greater than or equal to 1/,
    reason: "the wording is AWS's; the oracle has its own",
  },
  {
    ours: /Member must satisfy enum value set/,
    theirs: /ReturnValues|enum value set/,
    reason: "the wording is AWS's; the oracle has its own",
  },
];

/** The reason of a known difference, or undefined. */
export function explain(ours, theirs) {
  const known = EXPLAINED.find(
    (entry) => entry.ours.test(ours) && entry.theirs.test(theirs) && (!entry.sameAfter || entry.sameAfter(ours) === theirs),
  );
  return known?.reason;
}
