// Random requests from a seed: valid ones, ones that fail a condition, and ones that are wrong in one place. Both endpoints get
// exactly the same bytes in the same order.

/** A small seeded generator (mulberry32): the run is replayed by its seed. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  const chance = (p) => next() < p;
  return { next, below, pick, chance };
}

const NAMES = ['a', 'b', 'c', 'list', 'map', 'tags', 'n', 's', 'bin'];
const RESERVED = ['name', 'status', 'year', 'size'];
const TEXTS = ['', 'a', 'ab', 'abc', 'b', 'zebra', 'ünï', '日本', 'A', '10', '9'];
const NUMBERS = ['0', '1', '-1', '10', '9', '3.14', '-2.5', '1e3', '0.001', '12345678901234567890', '1E-20', '007', '100.00'];

function scalar(r) {
  switch (r.below(6)) {
    case 0:
      return { S: r.pick(TEXTS) };
    case 1:
    case 2:
      return { N: r.pick(NUMBERS) };
    case 3:
      return { BOOL: r.chance(0.5) };
    case 4:
      return { NULL: true };
    default:
      return { B: Buffer.from(r.pick(TEXTS)).toString('base64') };
  }
}

function subset(r, list) {
  const chosen = list.filter(() => r.chance(0.4));
  return chosen.length > 0 ? chosen : [r.pick(list)];
}

/** Any value that the service accepts. */
export function value(r, depth = 0) {
  if (depth >= 3 || r.chance(0.6)) return scalar(r);
  switch (r.below(4)) {
    case 0:
      return { SS: subset(r, ['a', 'b', 'c', 'd']) };
    case 1:
      return { NS: subset(r, ['1', '2', '3.5', '-7']) };
    case 2:
      return { L: Array.from({ length: r.below(4) }, () => value(r, depth + 1)) };
    default:
      return { M: Object.fromEntries(subset(r, ['x', 'y', 'z']).map((name) => [name, value(r, depth + 1)])) };
  }
}

/** Values that the service refuses, each in its own way. */
function badValue(r) {
  return r.pick([
    { N: 'abc' },
    { N: '' },
    { N: '1e126' },
    { N: '1e-131' },
    { N: '123456789012345678901234567890123456789' },
    { SS: [] },
    { NS: ['1', '1.0'] },
    { SS: ['a', 'a'] },
    { NULL: false },
    {},
    { S: 'a', N: '1' },
  ]);
}

const KEYS = ['k1', 'k2', 'k3'];
const SORTS = ['1', '2', '3', '10', '-5', '2.5'];

/** Tables the run uses: a simple key, a composite one with indexes, a binary one. */
export const TABLES = [
  {
    TableName: 'Simple',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  },
  {
    TableName: 'Composite',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
      { AttributeName: 's', AttributeType: 'S' },
      { AttributeName: 'n', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-n',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'n', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-s',
        KeySchema: [
          { AttributeName: 's', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      },
    ],
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  },
];

function key(r, table) {
  return table === 'Simple' ? { pk: { S: r.pick(KEYS) } } : { pk: { S: r.pick(KEYS) }, sk: { N: r.pick(SORTS) } };
}

/** Now and then a key that does not fit the schema. */
function keyOrBad(r, table) {
  if (r.chance(0.96)) return key(r, table);
  return r.pick([
    {},
    { pk: { N: '1' } },
    { pk: { S: '' }, ...(table === 'Simple' ? {} : { sk: { N: '1' } }) },
    { pk: { S: 'k1' }, sk: { N: '1' }, extra: { S: 'x' } },
    { other: { S: 'k1' } },
  ]);
}

function attributes(r, table) {
  const item = {};
  for (const name of subset(r, NAMES)) item[name] = r.chance(0.98) ? value(r) : badValue(r);
  // Index keys mostly have their type, or nothing would be indexed.
  if (table === 'Composite' && r.chance(0.8)) item.s = { S: r.pick(['a', 'b', 'c']) };
  if (table === 'Composite' && r.chance(0.8)) item.n = { N: r.pick(SORTS) };
  if (table === 'Composite' && item.s && !item.s.S && r.chance(0.9)) delete item.s;
  if (table === 'Composite' && item.n && !item.n.N && r.chance(0.9)) delete item.n;
  return item;
}

/** Collects the names and values that an expression mentions. */
class Expressions {
  names = {};
  values = {};

  constructor(r) {
    this.r = r;
  }

  value(given = this.r.chance(0.985) ? value(this.r) : badValue(this.r)) {
    const placeholder = `:v${Object.keys(this.values).length}`;
    if (!this.r.chance(0.01)) this.values[placeholder] = given;
    return placeholder;
  }

  name() {
    const { r } = this;
    if (r.chance(0.03)) return r.pick(RESERVED);
    if (r.chance(0.7)) return r.pick(NAMES);
    const placeholder = `#n${Object.keys(this.names).length}`;
    if (!r.chance(0.02)) this.names[placeholder] = r.pick([...NAMES, ...RESERVED]);
    return placeholder;
  }

  path() {
    const { r } = this;
    let path = this.name();
    while (r.chance(0.2)) path += r.chance(0.5) ? `[${r.below(3)}]` : `.${r.pick(['x', 'y', 'z'])}`;
    return path;
  }

  operand() {
    const { r } = this;
    if (r.chance(0.5)) return this.path();
    if (r.chance(0.1)) return `size(${this.path()})`;
    return this.value();
  }

  condition(depth = 0) {
    const { r } = this;
    if (depth < 3 && r.chance(0.3)) {
      switch (r.below(4)) {
        case 0:
          return `${this.condition(depth + 1)} AND ${this.condition(depth + 1)}`;
        case 1:
          return `${this.condition(depth + 1)} OR ${this.condition(depth + 1)}`;
        case 2:
          return `NOT ${this.condition(depth + 1)}`;
        default:
          return `(${this.condition(depth + 1)})`;
      }
    }
    switch (r.below(10)) {
      case 0:
        return `attribute_exists(${this.path()})`;
      case 1:
        return `attribute_not_exists(${this.path()})`;
      case 2:
        return `attribute_type(${this.path()}, ${this.value({ S: r.pick(['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS', 'X']) })})`;
      case 3:
        return `begins_with(${this.path()}, ${this.operand()})`;
      case 4:
        return `contains(${this.path()}, ${this.operand()})`;
      case 5:
        return `${this.operand()} BETWEEN ${this.operand()} AND ${this.operand()}`;
      case 6:
        return `${this.operand()} IN (${Array.from({ length: 1 + r.below(3) }, () => this.operand()).join(', ')})`;
      default:
        return `${this.operand()} ${r.pick(['=', '<>', '<', '<=', '>', '>='])} ${this.operand()}`;
    }
  }

  update() {
    const { r } = this;
    const clauses = [];
    if (r.chance(0.8)) {
      const actions = Array.from({ length: 1 + r.below(2) }, () => `${this.path()} = ${this.setOperand()}`);
      clauses.push(`SET ${actions.join(', ')}`);
    }
    if (r.chance(0.3)) clauses.push(`REMOVE ${this.path()}`);
    if (r.chance(0.2))
      clauses.push(`ADD ${this.path()} ${this.value(r.chance(0.6) ? { N: r.pick(NUMBERS) } : { SS: ['a', 'q'] })}`);
    if (r.chance(0.2)) clauses.push(`DELETE ${this.path()} ${this.value({ SS: subset(r, ['a', 'b', 'c']) })}`);
    return clauses.join(' ') || 'REMOVE a';
  }

  setOperand() {
    const { r } = this;
    switch (r.below(6)) {
      case 0:
        return `${this.path()} ${r.pick(['+', '-'])} ${this.value({ N: r.pick(NUMBERS) })}`;
      case 1:
        return `if_not_exists(${this.path()}, ${this.value()})`;
      case 2:
        return `list_append(${this.path()}, ${this.value({ L: [scalar(r)] })})`;
      case 3:
        return this.path();
      default:
        return this.value();
    }
  }

  /** Adds the placeholders to a request. */
  into(request) {
    if (Object.keys(this.names).length > 0) request.ExpressionAttributeNames = this.names;
    if (Object.keys(this.values).length > 0) request.ExpressionAttributeValues = this.values;
    return request;
  }
}

/** Breaks an expression's text in a random place. */
function mangled(r, text) {
  if (!r.chance(0.04)) return text;
  const at = r.below(text.length + 1);
  return r.pick([
    text.slice(0, at) + r.pick(['(', ')', '!', ' AND', ',', '=', ' foo ', '#', ':']) + text.slice(at),
    text.slice(0, at),
    text.slice(0, at) + text.slice(at + 1),
  ]);
}

const RETURN_VALUES = ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'];

/** The next request: an operation's name and its body. */
export function request(r) {
  const TableName = r.chance(0.99) ? r.pick(['Simple', 'Composite', 'Composite']) : 'Absent';
  const expressions = new Expressions(r);
  switch (
    r.pick([
      'put',
      'put',
      'put',
      'update',
      'update',
      'update',
      'delete',
      'get',
      'query',
      'query',
      'scan',
      'batchGet',
      'batchWrite',
    ])
  ) {
    case 'put': {
      const body = { TableName, Item: { ...attributes(r, TableName), ...keyOrBad(r, TableName) } };
      if (r.chance(0.4)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.3)) body.ReturnValues = r.pick(RETURN_VALUES.slice(0, r.chance(0.9) ? 2 : 5));
      return ['PutItem', expressions.into(body)];
    }
    case 'update': {
      const body = { TableName, Key: keyOrBad(r, TableName) };
      if (r.chance(0.97)) body.UpdateExpression = mangled(r, expressions.update());
      if (r.chance(0.3)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.6)) body.ReturnValues = r.pick(RETURN_VALUES);
      return ['UpdateItem', expressions.into(body)];
    }
    case 'delete': {
      const body = { TableName, Key: keyOrBad(r, TableName) };
      if (r.chance(0.4)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.4)) body.ReturnValues = 'ALL_OLD';
      return ['DeleteItem', expressions.into(body)];
    }
    case 'get': {
      const body = { TableName, Key: keyOrBad(r, TableName), ConsistentRead: r.chance(0.5) };
      if (r.chance(0.4))
        body.ProjectionExpression = mangled(r, [expressions.path(), expressions.path()].slice(r.below(2)).join(', '));
      return ['GetItem', expressions.into(body)];
    }
    case 'query': {
      const index = r.pick([undefined, undefined, 'by-n', 'by-s']);
      const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
      const clauses = [`${hash} = ${expressions.value({ S: r.pick([...KEYS, 'a', 'b']) })}`];
      if (r.chance(0.5)) {
        const bound = () => expressions.value(r.chance(0.96) ? { N: r.pick(SORTS) } : scalar(r));
        clauses.push(
          r.chance(0.3)
            ? `${sort} BETWEEN ${bound()} AND ${bound()}`
            : `${sort} ${r.pick(['=', '<', '<=', '>', '>=', '>', '<', '<>'])} ${bound()}`,
        );
      }
      if (r.chance(0.2)) clauses.reverse();
      const body = {
        TableName: 'Composite',
        KeyConditionExpression: mangled(r, clauses.join(' AND ')),
        ScanIndexForward: r.chance(0.6),
      };
      if (index) body.IndexName = index;
      if (r.chance(0.3)) body.FilterExpression = mangled(r, expressions.condition());
      if (r.chance(0.2)) body.ProjectionExpression = expressions.path();
      if (r.chance(0.3)) body.Limit = r.below(4);
      if (r.chance(0.1)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']);
      return ['Query', expressions.into(body)];
    }
    case 'scan': {
      const body = { TableName, ConsistentRead: true };
      if (r.chance(0.6)) body.FilterExpression = mangled(r, expressions.condition());
      if (r.chance(0.2)) body.ProjectionExpression = expressions.path();
      if (r.chance(0.1)) body.Select = 'COUNT';
      return ['Scan', expressions.into(body)];
    }
    case 'batchGet': {
      const keys = Array.from({ length: 1 + r.below(4) }, () => keyOrBad(r, TableName));
      return ['BatchGetItem', { RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } }];
    }
    default: {
      const writes = Array.from({ length: 1 + r.below(4) }, () =>
        r.chance(0.7)
          ? { PutRequest: { Item: { ...attributes(r, TableName), ...keyOrBad(r, TableName) } } }
          : { DeleteRequest: { Key: keyOrBad(r, TableName) } },
      );
      return ['BatchWriteItem', { RequestItems: { [TableName]: writes } }];
    }
  }
}
