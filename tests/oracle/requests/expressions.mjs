// Expressions as strings of tokens: most mean nothing, and each is refused for something. `--kind expressions`.

const TOKENS = [
  ...['a', 'b', '#n', '#m', ':v', ':w', 'a.b', 'a[0]', 'a.#n', 'name', '_x', 'x-y', '"a"', "'", 'true', 'é', '1', '12'],
  ...['(', ')', ',', '=', '<>', '<', '>=', '[', '].', '.', '!', '+', '-', '*', '/', '@', ':', '#', ';', '?', '%', '{', '}'],
  ...['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'and', 'between', 'SET', 'REMOVE', 'ADD', 'DELETE', 'set', 'foo('],
  ...['attribute_exists', 'attribute_type', 'contains', 'begins_with', 'if_not_exists', 'list_append', 'size(a)'],
  ...[
    'contains(a, :v)',
    'a = :v',
    'b > :w',
    ':v = a',
    'a[b]',
    'a[:v]',
    'a.1',
    'a..b',
    '.a',
    ':v.a',
    ':v[0]',
    '#n[0]',
    'a[0][1]',
  ],
];

const WELL_FORMED = {
  condition: [
    'a = :v AND size(a) > :w',
    'a IN (:v, :w) OR NOT b < a',
    '(a BETWEEN :v AND :w)',
    'begins_with(a, :v) AND contains(b, :w)',
  ],
  update: [
    'SET a = :v, b = a + :w',
    'SET a = list_append(a, :v) REMOVE b',
    'ADD a :w, b :w',
    'DELETE a :v',
    'SET a[0] = if_not_exists(b, :v)',
  ],
  projection: ['a, b', 'a.b, c[0]', '#n, b.#m[1]'],
  keyCondition: ['pk = :v AND sk > :w', 'sk BETWEEN :w AND :w AND pk = :v', '(pk = :v) AND (begins_with(sk, :v))'],
};

/** A well-formed expression with one or two tokens lost, doubled, added or exchanged. */
function damaged(r, text) {
  const parts = text.split(/(?<=\W)|(?=\W)/);
  for (let left = 1 + r.below(2); left > 0; left -= 1) {
    const at = r.below(parts.length);
    r.pick([
      () => parts.splice(at, 1),
      () => parts.splice(at, 0, parts[at]),
      () => parts.splice(at, 0, ` ${r.pick(TOKENS)} `),
      () => parts.splice(at, 1, r.pick(TOKENS)),
    ])();
  }
  return parts.join('');
}

function expression(r, kind) {
  if (r.chance(0.5)) return damaged(r, r.pick(WELL_FORMED[kind]));
  const between = () => r.pick([' ', ' ', '', '\n']);
  return Array.from({ length: 1 + r.below(6) }, () => r.pick(TOKENS) + between()).join('');
}

const NAMES = { ExpressionAttributeNames: { '#n': 'n', '#m': 'm' } };

/** Placeholders, some of them with keys that break the expressions that use them. */
function values(r) {
  const key = r.chance(0.97) ? ':v' : r.pick([':v-v', 'v', ':', ':v.v']);
  return r.chance(0.98)
    ? { ExpressionAttributeValues: { [key]: { S: 'x' }, ':w': { N: '1' } } }
    : { ExpressionAttributeValues: {} };
}

/** The next request. */
export function request(r) {
  const TableName = 'Composite';
  const Key = { pk: { S: 'k1' }, sk: { N: '1' } };
  const names = r.chance(0.5) ? NAMES : {};
  switch (r.pick(['condition', 'filter', 'update', 'projection', 'keyCondition'])) {
    case 'condition':
      return ['DeleteItem', { TableName, Key, ConditionExpression: expression(r, 'condition'), ...names, ...values(r) }];
    case 'filter':
      return ['Scan', { TableName, FilterExpression: expression(r, 'condition'), ...names, ...values(r) }];
    case 'update':
      return ['UpdateItem', { TableName, Key, UpdateExpression: expression(r, 'update'), ...names, ...values(r) }];
    case 'projection':
      return ['GetItem', { TableName, Key, ProjectionExpression: expression(r, 'projection'), ...names }];
    default:
      return ['Query', { TableName, KeyConditionExpression: expression(r, 'keyCondition'), ...names, ...values(r) }];
  }
}
