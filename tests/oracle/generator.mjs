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

const NAMES = ['a', 'b', 'c', 'things', 'doc', 'tags', 'n', 's', 'bin'];
const RESERVED = ['name', 'status', 'year', 'size', 'list', 'map'];
const TEXTS = ['', 'a', 'ab', 'abc', 'b', 'zebra', 'ünï', '日本', 'A', '10', '9'];
const NUMBERS = ['0', '1', '-1', '10', '9', '3.14', '-2.5', '1e3', '0.001', '12345678901234567890', '1E-20', '007', '100.00'];

/** A number in one of the many ways to write one; now and then beyond what can be stored. */
function number(r) {
  if (r.chance(0.6)) return r.pick(NUMBERS);
  const digits = (most) => Array.from({ length: 1 + r.below(most) }, () => r.below(10)).join('');
  let text = r.pick(['', '', '-', '+']) + digits(r.chance(0.9) ? 6 : 39);
  if (r.chance(0.4)) text += `.${digits(r.chance(0.9) ? 4 : 20)}`;
  if (r.chance(0.3))
    text += r.pick(['e', 'E']) + r.pick(['', '+', '-']) + r.pick(['0', '2', '5', '20', '37', '120', '125', '126', '131']);
  return text;
}

function scalar(r) {
  switch (r.below(6)) {
    case 0:
      return { S: r.pick(TEXTS) };
    case 1:
    case 2:
      return { N: number(r) };
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
      return r.chance(0.7) ? { SS: subset(r, ['a', 'b', 'c', 'd', '']) } : { BS: subset(r, ['YQ==', 'Yg==', 'Yw==', '']) };
    case 1:
      return { NS: subset(r, ['1', '2', r.pick(['3.5', '3.50', '35e-1']), '-7', '0']) };
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
      clauses.push(
        `ADD ${this.path()} ${this.value(r.pick([{ N: number(r) }, { N: number(r) }, { SS: ['a', 'q'] }, { NS: ['1', '9'] }, { BS: ['YQ=='] }]))}`,
      );
    if (r.chance(0.2))
      clauses.push(
        `DELETE ${this.path()} ${this.value(r.pick([{ SS: subset(r, ['a', 'b', 'c']) }, { NS: subset(r, ['1', '2.0', '3.5']) }]))}`,
      );
    return clauses.join(' ') || 'REMOVE a';
  }

  setOperand() {
    const { r } = this;
    switch (r.below(6)) {
      case 0:
        return `${this.path()} ${r.pick(['+', '-'])} ${this.value({ N: number(r) })}`;
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

/** One condition of Expected, QueryFilter, ScanFilter or KeyConditions. */
function legacyCondition(r, operand = () => (r.chance(0.98) ? value(r) : badValue(r))) {
  const ComparisonOperator = r.pick([
    'EQ',
    'NE',
    'LT',
    'LE',
    'GT',
    'GE',
    'BETWEEN',
    'IN',
    'NULL',
    'NOT_NULL',
    'CONTAINS',
    'NOT_CONTAINS',
    'BEGINS_WITH',
  ]);
  let count = 1;
  if (ComparisonOperator === 'NULL' || ComparisonOperator === 'NOT_NULL') count = 0;
  if (ComparisonOperator === 'BETWEEN') count = 2;
  if (ComparisonOperator === 'IN') count = 1 + r.below(3);
  if (r.chance(0.03)) count = r.below(4);
  const condition = { ComparisonOperator };
  if (count > 0 || r.chance(0.2)) condition.AttributeValueList = Array.from({ length: count }, operand);
  return condition;
}

function legacyFilter(r) {
  const operand = r.chance(0.6) ? () => r.pick([{ S: r.pick(TEXTS) }, { N: number(r) }]) : undefined;
  return Object.fromEntries(subset(r, NAMES.slice(0, 4)).map((name) => [name, legacyCondition(r, operand)]));
}

function expected(r) {
  return Object.fromEntries(
    subset(r, NAMES.slice(0, 4)).map((name) => {
      if (r.chance(0.4)) return [name, legacyCondition(r)];
      const entry = r.pick([{ Exists: false }, { Value: value(r) }, { Exists: true, Value: value(r) }, { Exists: false }]);
      if (r.chance(0.1))
        Object.assign(
          entry,
          r.pick([{ Exists: true }, { Value: value(r) }, { ComparisonOperator: 'EQ' }, { AttributeValueList: [value(r)] }]),
        );
      return [name, entry];
    }),
  );
}

function attributeUpdates(r) {
  return Object.fromEntries(
    subset(r, r.chance(0.98) ? NAMES : [...NAMES, 'pk']).map((name) => {
      const Action = r.pick(['PUT', 'PUT', 'ADD', 'DELETE', undefined]);
      const Value = Action === 'ADD' ? r.pick([{ N: number(r) }, { SS: ['a', 'q'] }, { L: [scalar(r)] }, value(r)]) : value(r);
      const update = {};
      if (Action) update.Action = Action;
      if (Action === 'DELETE' ? r.chance(0.3) : r.chance(0.97))
        update.Value = Action === 'DELETE' && r.chance(0.9) ? { SS: ['a', 'b'] } : Value;
      return [name, update];
    }),
  );
}

function conditionalOperator(r, body) {
  if (r.chance(0.3)) body.ConditionalOperator = r.pick(['AND', 'OR']);
}

/** Requests in the language before expressions. */
function legacy(r) {
  const TableName = r.pick(['Simple', 'Composite']);
  switch (r.below(6)) {
    case 0: {
      const body = { TableName, Item: { ...attributes(r, TableName), ...key(r, TableName) }, Expected: expected(r) };
      conditionalOperator(r, body);
      return ['PutItem', body];
    }
    case 1: {
      const body = {
        TableName,
        Key: key(r, TableName),
        AttributeUpdates: attributeUpdates(r),
        ReturnValues: r.pick(RETURN_VALUES),
      };
      if (r.chance(0.3)) body.Expected = expected(r);
      if (r.chance(0.2)) conditionalOperator(r, body);
      return ['UpdateItem', body];
    }
    case 2: {
      const body = { TableName, Key: key(r, TableName), Expected: expected(r), ReturnValues: 'ALL_OLD' };
      conditionalOperator(r, body);
      return ['DeleteItem', body];
    }
    case 3:
      return [
        'GetItem',
        { TableName, Key: key(r, TableName), AttributesToGet: r.chance(0.95) ? subset(r, NAMES) : ['a', 'b', 'a'] },
      ];
    case 4: {
      const body = {
        TableName: 'Composite',
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: r.pick(KEYS) }] } },
      };
      if (r.chance(0.5)) body.KeyConditions.sk = legacyCondition(r, () => (r.chance(0.95) ? { N: r.pick(SORTS) } : scalar(r)));
      if (r.chance(0.5)) body.QueryFilter = legacyFilter(r);
      if (r.chance(0.2)) conditionalOperator(r, body);
      if (r.chance(0.2)) body.AttributesToGet = subset(r, NAMES);
      if (r.chance(0.2)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']);
      return ['Query', body];
    }
    default: {
      const body = { TableName, ScanFilter: legacyFilter(r) };
      conditionalOperator(r, body);
      if (r.chance(0.2)) body.AttributesToGet = subset(r, NAMES);
      return ['Scan', body];
    }
  }
}

/** Parameters of the two languages together, words that no enum has, names and values that nothing uses. */
function misfits(r) {
  const TableName = r.pick(['Simple', 'Composite']);
  const Key = key(r, TableName);
  const mixed = { UpdateExpression: 'REMOVE a', ConditionExpression: 'attribute_exists(a)' };
  const old = { AttributeUpdates: attributeUpdates(r), Expected: expected(r), ConditionalOperator: 'OR' };
  const some = (members) => Object.fromEntries(subset(r, Object.entries(members)));
  switch (r.below(7)) {
    case 0:
      return ['UpdateItem', { TableName, Key, ...some(mixed), ...some(old) }];
    case 1:
      return [
        'Query',
        {
          TableName,
          KeyConditions: {},
          ...some({ KeyConditionExpression: 'pk = :a', FilterExpression: 'a = :a', AttributesToGet: ['a'] }),
        },
      ];
    case 2:
      return [
        'Scan',
        {
          TableName,
          ...some({
            ScanFilter: legacyFilter(r),
            FilterExpression: 'a = b',
            ProjectionExpression: 'a',
            AttributesToGet: ['a'],
          }),
        },
      ];
    case 3:
      return [
        'GetItem',
        {
          TableName,
          Key,
          ...some({ ExpressionAttributeNames: { '#a': 'a', '#b': 'b' }, ProjectionExpression: 'a', AttributesToGet: ['a'] }),
        },
      ];
    case 4:
      return [
        'PutItem',
        {
          TableName,
          Item: Key,
          ...some({
            ExpressionAttributeNames: { '#a': 'a' },
            ExpressionAttributeValues: { ':a': { S: 'a' } },
            ConditionExpression: 'attribute_exists(a)',
          }),
        },
      ];
    case 5:
      return ['Scan', { TableName, ...some({ Segment: r.below(4), TotalSegments: r.below(4), Limit: r.below(2) }) }];
    default:
      return [
        'BatchGetItem',
        {
          RequestItems: {
            [TableName]: {
              Keys: [Key, ...(r.chance(0.5) ? [Key] : [])],
              ...some({ AttributesToGet: ['a'], ProjectionExpression: 'b', ExpressionAttributeNames: { '#a': 'a' } }),
            },
          },
        },
      ];
  }
}

/** Reads page by page, and from places where no page begins. */
function paging(r) {
  const index = r.pick([undefined, 'by-n', 'by-s']);
  const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
  const start = { ...key(r, 'Composite') };
  if (index === 'by-s') start.s = { S: r.pick(['a', 'b', 'c']) };
  if (index === 'by-n') start.n = { N: r.pick(SORTS) };
  if (r.chance(0.05)) delete start[r.pick(Object.keys(start))];
  if (r.chance(0.03)) start.extra = { S: 'x' };
  if (r.chance(0.03)) start.sk = { S: '1' };
  const wanted = r.chance(0.8) ? (start[hash] ?? { S: 'a' }) : { S: r.pick([...KEYS, 'a', 'b']) };
  const body = {
    TableName: 'Composite',
    KeyConditionExpression: `${hash} = :h${r.chance(0.3) ? ` AND ${sort} ${r.pick(['>', '<=', '='])} :s` : ''}`,
    ExpressionAttributeValues: { ':h': wanted },
    ExclusiveStartKey: start,
    ScanIndexForward: r.chance(0.5),
    Limit: 1 + r.below(5),
  };
  if (body.KeyConditionExpression.includes(':s')) body.ExpressionAttributeValues[':s'] = { N: r.pick(SORTS) };
  if (index) body.IndexName = index;
  if (r.chance(0.2)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']);
  if (r.chance(0.2)) body.ReturnConsumedCapacity = r.pick(['TOTAL', 'INDEXES']);
  return ['Query', body];
}

/** Whole walks of the table and its indexes, in pages and in segments; the third element is the number of segments, or zero. */
function walks(r) {
  const index = r.pick([undefined, 'by-n', 'by-s']);
  const expressions = new Expressions(r);
  const body = { TableName: 'Composite', Limit: 1 + r.below(4) };
  if (index) body.IndexName = index;
  else if (r.chance(0.5)) body.ConsistentRead = true;
  if (r.chance(0.5))
    body.FilterExpression = r.pick(['attribute_exists(a)', 'attribute_type(b, :t)', 'NOT a = b', 'size(c) > :z']);
  const values = {};
  if (body.FilterExpression?.includes(':t')) values[':t'] = { S: r.pick(['S', 'N', 'M', 'SS']) };
  if (body.FilterExpression?.includes(':z')) values[':z'] = { N: r.pick(['0', '1', '2']) };
  if (r.chance(0.5)) {
    if (Object.keys(values).length > 0) body.ExpressionAttributeValues = values;
    if (r.chance(0.3)) body.ProjectionExpression = expressions.path();
    return ['Scan', expressions.into(body), r.below(5)];
  }
  const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
  values[':h'] = { S: r.pick(index === 'by-s' ? ['a', 'b', 'c'] : KEYS) };
  body.KeyConditionExpression = `${hash} = :h`;
  if (r.chance(0.5)) {
    values[':s'] = { N: r.pick(SORTS) };
    body.KeyConditionExpression += r.pick([` AND ${sort} > :s`, ` AND ${sort} <= :s`, ` AND ${sort} BETWEEN :s AND :ten`]);
    if (body.KeyConditionExpression.includes(':ten')) values[':ten'] = { N: '10' };
  }
  body.ScanIndexForward = r.chance(0.5);
  body.ExpressionAttributeValues = values;
  return ['Query', body, 0];
}

/** Batches of both tables at once, and what may stand beside their keys. */
function batches(r) {
  const both = ['Simple', 'Composite'].filter(() => r.chance(0.8));
  const RequestItems = {};
  if (r.chance(0.5)) {
    for (const table of both) {
      const expressions = new Expressions(r);
      const keys = new Map(
        Array.from({ length: 1 + r.below(4) }, () => key(r, table)).map((one) => [JSON.stringify(one), one]),
      );
      const block = { Keys: [...keys.values()], ConsistentRead: true };
      if (r.chance(0.4))
        block.ProjectionExpression = mangled(r, [expressions.path(), expressions.path()].slice(r.below(2)).join(', '));
      else if (r.chance(0.2)) block.AttributesToGet = subset(r, [...NAMES, ...RESERVED]);
      RequestItems[table] = expressions.into(block);
    }
    return ['BatchGetItem', { RequestItems }];
  }
  for (const table of both) {
    const keys = new Map(Array.from({ length: 1 + r.below(5) }, () => key(r, table)).map((one) => [JSON.stringify(one), one]));
    RequestItems[table] = [...keys.values()].map((Key) =>
      r.chance(0.7) ? { PutRequest: { Item: { ...attributes(r, table), ...Key } } } : { DeleteRequest: { Key } },
    );
  }
  return ['BatchWriteItem', { RequestItems }];
}

/** Table definitions with something wrong or odd about them. Those that succeed are deleted by the next ones. */
function tables(r) {
  if (r.chance(0.2)) return ['DeleteTable', { TableName: 'Made' }];
  if (r.chance(0.2)) {
    const body = { TableName: r.pick(['Simple', 'Absent', 'ab', 'Made']) };
    if (r.chance(0.5)) body.ProvisionedThroughput = { ReadCapacityUnits: r.pick([5, 0]), WriteCapacityUnits: 5 };
    if (r.chance(0.2)) body.BillingMode = 'PROVISIONED';
    if (r.chance(0.2))
      body.GlobalSecondaryIndexUpdates = r.pick([
        [],
        [{}],
        [{ Delete: { IndexName: 'none' } }],
        [{ Update: { IndexName: 'none', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } } }],
      ]);
    if (r.chance(0.2)) body.StreamSpecification = { StreamEnabled: false };
    return ['UpdateTable', body];
  }
  const element = (AttributeName, KeyType) => ({ AttributeName, KeyType });
  const definition = (AttributeName) => ({ AttributeName, AttributeType: r.chance(0.95) ? r.pick(['S', 'N', 'B']) : 'X' });
  const throughput = () => ({ ReadCapacityUnits: r.pick([1, 1, 1, 0]), WriteCapacityUnits: 1 });
  const projection = () =>
    r.pick([
      { ProjectionType: 'ALL' },
      { ProjectionType: 'KEYS_ONLY' },
      { ProjectionType: 'INCLUDE', NonKeyAttributes: ['z'] },
      { ProjectionType: 'INCLUDE' },
      { ProjectionType: 'ALL', NonKeyAttributes: ['z'] },
      {},
    ]);
  const body = {
    TableName: r.chance(0.95) ? 'Made' : r.pick(['Simple', 'ab', 'a b', '']),
    AttributeDefinitions: subset(r, ['pk', 'sk', 'a', 'b']).map(definition),
    KeySchema: r.pick([
      [element('pk', 'HASH')],
      [element('pk', 'HASH')],
      [element('pk', 'HASH'), element('sk', 'RANGE')],
      [element('pk', 'HASH'), element('sk', 'RANGE')],
      [element('pk', 'RANGE')],
      [element('pk', 'HASH'), element('sk', 'HASH')],
      [element('pk', 'HASH'), element('pk', 'RANGE')],
    ]),
  };
  if (r.chance(0.6)) {
    const used = new Set(body.KeySchema.map((part) => part.AttributeName));
    body.AttributeDefinitions = [...used].map(definition);
  }
  if (r.chance(0.3)) body.BillingMode = 'PAY_PER_REQUEST';
  if (r.chance(body.BillingMode ? 0.1 : 0.9)) body.ProvisionedThroughput = throughput();
  if (r.chance(0.3)) {
    body.GlobalSecondaryIndexes = Array.from({ length: r.below(3) }, (_, n) => ({
      IndexName: r.pick([`global${n}`, 'global']),
      KeySchema: r.pick([[element('a', 'HASH')], [element('a', 'HASH'), element('b', 'RANGE')], [element('pk', 'HASH')]]),
      Projection: projection(),
      ...(r.chance(body.BillingMode ? 0.1 : 0.9) ? { ProvisionedThroughput: throughput() } : {}),
    }));
    if (r.chance(0.8))
      body.AttributeDefinitions = [
        ...new Set(
          [...body.KeySchema, ...body.GlobalSecondaryIndexes.flatMap((index) => index.KeySchema)].map(
            (part) => part.AttributeName,
          ),
        ),
      ].map(definition);
  }
  if (r.chance(0.2)) {
    body.LocalSecondaryIndexes = [
      {
        IndexName: r.pick(['local', 'global']),
        KeySchema: [element(r.pick(['pk', 'pk', 'a']), 'HASH'), element('b', 'RANGE')],
        Projection: projection(),
      },
    ];
    if (r.chance(0.8))
      body.AttributeDefinitions = [
        ...new Set(
          [
            ...body.KeySchema,
            ...(body.GlobalSecondaryIndexes ?? []).flatMap((index) => index.KeySchema),
            ...body.LocalSecondaryIndexes[0].KeySchema,
          ].map((part) => part.AttributeName),
        ),
      ].map(definition);
  }
  if (r.chance(0.1))
    body.StreamSpecification = r.pick([
      { StreamEnabled: false },
      { StreamEnabled: true },
      { StreamEnabled: false, StreamViewType: 'KEYS_ONLY' },
      { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    ]);
  return ['CreateTable', body];
}

/** A body in which one member has another type, or that is no JSON. */
function malformed(r) {
  const [operation, body] = plain(r);
  if (r.chance(0.2)) {
    const text = JSON.stringify(body);
    return [operation, text.slice(0, r.below(text.length))];
  }
  const places = [];
  const walk = (value) => {
    for (const name of Object.keys(value)) {
      places.push([value, name]);
      if (typeof value[name] === 'object' && value[name] !== null) walk(value[name]);
    }
  };
  walk(body);
  const [holder, name] = r.pick(places);
  holder[name] = r.pick([1, 1.5, 'text', true, false, [], {}, [1], null]);
  return [operation, body];
}

/** The next request: an operation's name and its body, which is JSON text where it is no object. */
export function request(r) {
  const kind = r.next();
  if (kind < 0.15) return legacy(r);
  if (kind < 0.2) return misfits(r);
  if (kind < 0.27) return paging(r);
  if (kind < 0.31) return tables(r);
  if (kind < 0.34) return malformed(r);
  if (kind < 0.38) return walks(r);
  if (kind < 0.42) return batches(r);
  const [operation, body] = plain(r);
  if (r.chance(0.1)) body.ReturnConsumedCapacity = r.pick(['TOTAL', 'INDEXES', 'NONE', 'TOTAL', 'SOME']);
  return [operation, body];
}

/** A request in the language of expressions. */
function plain(r) {
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
