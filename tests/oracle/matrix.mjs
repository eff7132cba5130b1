// Small spaces enumerated: every operator, function and clause with operands of every type. Random requests come by most of them only
// now and then, because most of what they compare is not there or of two types.

const TableName = 'Simple';
const Key = { pk: { S: 'matrix' } };

/** An item with a value of each type, and documents with something inside. */
const ATTRIBUTES = {
  s: { S: 'abc' },
  emptyText: { S: '' },
  n: { N: '5' },
  negative: { N: '-1.50' },
  b: { B: 'YWJj' },
  yes: { BOOL: true },
  nothing: { NULL: true },
  texts: { SS: ['abc', 'b'] },
  numbers: { NS: ['5', '1'] },
  bytes: { BS: ['YWJj', 'AA=='] },
  l: {
    L: [
      { S: 'abc' },
      { N: '5' },
      { L: [{ N: '1' }, { N: '2' }] },
      { M: { k: { S: 'v' } } },
      { NULL: true },
      { SS: ['b', 'abc'] },
    ],
  },
  m: { M: { k: { S: 'v' }, abc: { N: '1' }, l: { L: [{ S: 'p' }, { S: 'q' }] }, texts: { SS: ['q', 'r'] } } },
};
const VALUES = Object.values(ATTRIBUTES);
const NAMES = [...Object.keys(ATTRIBUTES), 'missing'];
const PATHS = [
  'l[0]',
  'l[2][1]',
  'l[3].k',
  'l[5]',
  'l[9]',
  'm.k',
  'm.l[0]',
  'm.texts',
  'm.nope',
  'm.nope.x',
  's.x',
  's[0]',
  'l.x',
  'm[0]',
  'missing.x',
];
const RETURN_VALUES = ['ALL_NEW', 'UPDATED_NEW', 'UPDATED_OLD', 'ALL_OLD'];

const put = () => ['PutItem', { TableName, Item: { ...Key, ...ATTRIBUTES } }];

function scan(FilterExpression, value) {
  const values = FilterExpression.includes(':v') ? { ExpressionAttributeValues: { ':v': value } } : {};
  return ['Scan', { TableName, FilterExpression, ...values }];
}

function update(UpdateExpression, value, ReturnValues) {
  const values = UpdateExpression.includes(':v') ? { ExpressionAttributeValues: { ':v': value } } : {};
  return ['UpdateItem', { TableName, Key, UpdateExpression, ReturnValues, ...values }];
}

function* conditions() {
  for (const a of NAMES) {
    for (const operator of ['=', '<>', '<', '<=', '>', '>=']) {
      for (const value of VALUES) yield scan(`${a} ${operator} :v`, value);
      for (const b of NAMES) yield scan(`${a} ${operator} ${b}`);
    }
    for (const value of VALUES) {
      for (const text of [
        `contains(${a}, :v)`,
        `contains(:v, ${a})`,
        `begins_with(${a}, :v)`,
        `begins_with(:v, ${a})`,
        `NOT contains(${a}, :v)`,
        `${a} IN (:v, n)`,
        `${a} BETWEEN :v AND :v`,
        `:v BETWEEN ${a} AND s`,
        `size(${a}) = :v`,
        `size(:v) = size(${a})`,
        `attribute_type(${a}, :v)`,
      ]) {
        yield scan(text, value);
      }
    }
    for (const type of ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M', 'X']) {
      yield scan(`attribute_type(${a}, :v)`, { S: type });
    }
    for (const b of NAMES) {
      yield scan(`contains(${a}, ${b})`);
      yield scan(`begins_with(${a}, ${b})`);
      yield scan(`size(${a}) <= size(${b})`);
    }
  }
}

/** Each update meets the same item. */
function* updates() {
  const texts = function* () {
    for (const a of NAMES) {
      for (const value of VALUES) {
        for (const text of [
          `ADD ${a} :v`,
          `DELETE ${a} :v`,
          `SET x = ${a} + :v`,
          `SET x = :v - ${a}`,
          `SET x = list_append(${a}, :v)`,
          `SET x = list_append(:v, ${a})`,
          `SET x = if_not_exists(${a}, :v)`,
        ]) {
          yield [text, value, ['ALL_NEW']];
        }
      }
      for (const b of NAMES) yield [`SET x = ${a} + ${b}, ${a} = ${b}`, undefined, ['ALL_NEW']];
    }
    for (const path of PATHS) {
      for (const value of [{ S: 'new' }, { N: '3' }, { SS: ['q', 'c'] }, { L: [{ S: 'y' }] }]) {
        for (const text of [
          `SET ${path} = :v`,
          `ADD ${path} :v`,
          `DELETE ${path} :v`,
          `SET ${path} = if_not_exists(${path}, :v)`,
        ]) {
          yield [text, value, RETURN_VALUES];
        }
      }
      yield [`REMOVE ${path}`, undefined, RETURN_VALUES];
      yield [`SET x = ${path}`, undefined, RETURN_VALUES];
    }
    for (const text of [
      'REMOVE l[0], l[4] SET l[1] = l[0], l[9] = s, l[7] = n',
      'SET s = n, n = s REMOVE m.k',
      'SET m.k = m.abc, l[3].k = m.l[1] DELETE m.texts :v',
      'SET l = list_append(l, l), x = m REMOVE m.l[0], m.l[1]',
    ]) {
      yield [text, { SS: ['q', 'r'] }, RETURN_VALUES];
    }
  };
  for (const [text, value, returned] of texts()) {
    for (const ReturnValues of returned) {
      yield put();
      yield update(text, value, ReturnValues);
    }
  }
}

/** All requests, in order. */
export function matrix() {
  return [put(), ...conditions(), ...updates()];
}
