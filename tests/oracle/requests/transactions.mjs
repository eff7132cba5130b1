// Transactions of reads and of writes, single items between them: `--kind transactions`.

const PARTITIONS = ['k1', 'k2', 'k3'];

function key(r, table) {
  const pk = { S: r.pick(PARTITIONS) };
  return table === 'Simple' ? { pk } : { pk, sk: { N: r.pick(['1', '2', '3']) } };
}

function attributes(r) {
  const item = {};
  if (r.chance(0.6)) item.n = { N: String(r.below(5)) };
  if (r.chance(0.5)) item.s = { S: r.pick(['p', 'q']) };
  if (r.chance(0.4)) item.x = { S: r.pick(['v', 'long'.repeat(300)]) };
  if (r.chance(0.3)) item.doc = { M: { l: { L: [{ N: '1' }] } } };
  if (r.chance(0.02)) item.bad = r.pick([{ N: 'x' }, { SS: [] }, { NULL: false }]);
  return item;
}

const CONDITIONS = [
  'attribute_exists(pk)',
  'attribute_not_exists(pk)',
  'n = :one',
  'n > :one',
  'attribute_not_exists(nothing)',
  '= n',
];
const UPDATES = [
  'SET n = :one',
  'ADD n :one',
  'REMOVE x',
  'SET s = :text',
  'SET n = n + :one',
  'SET doc.l[0] = :one',
  'SET n =',
];
const VALUES = { ':one': { N: '1' }, ':text': { S: 'q' } };

/** An action with what its expressions need, and nothing that they do not use. */
function action(r, members) {
  const expressions = [members.ConditionExpression, members.UpdateExpression].join(' ');
  const used = Object.entries(VALUES).filter(([name]) => expressions.includes(name));
  const wish = r.chance(0.3) ? { ReturnValuesOnConditionCheckFailure: r.pick(['ALL_OLD', 'NONE']) } : {};
  return { ...members, ...wish, ...(used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {}) };
}

/** A few actions, each mostly on an item of its own. */
function writes(r) {
  const taken = new Set();
  return Array.from({ length: 1 + r.below(4) }, () => {
    const TableName = r.pick(['Simple', 'Composite']);
    let Key = key(r, TableName);
    for (let tries = 0; tries < 9 && taken.has(TableName + JSON.stringify(Key)); tries += 1) Key = key(r, TableName);
    taken.add(TableName + JSON.stringify(Key));
    const condition = () => r.pick(CONDITIONS.slice(0, r.chance(0.97) ? 5 : 6));
    const may = r.chance(0.4) ? { ConditionExpression: condition() } : {};
    switch (r.below(4)) {
      case 0:
        return { Put: action(r, { TableName, Item: { ...attributes(r), ...Key }, ...may }) };
      case 1:
        return { Delete: action(r, { TableName, Key, ...may }) };
      case 2:
        return {
          Update: action(r, { TableName, Key, UpdateExpression: r.pick(UPDATES.slice(0, r.chance(0.97) ? 6 : 7)), ...may }),
        };
      default:
        return { ConditionCheck: action(r, { TableName, Key, ConditionExpression: condition() }) };
    }
  });
}

function reads(r) {
  return Array.from({ length: 1 + r.below(4) }, () => {
    const TableName = r.pick(['Simple', 'Composite']);
    const paths = r.chance(0.3) ? { ProjectionExpression: r.pick(['n', 'doc.l[0], n', 'pk', 'doc.l, doc']) } : {};
    return { Get: { TableName, Key: key(r, TableName), ...paths } };
  });
}

/** The next request. */
export function request(r) {
  if (r.chance(0.25)) return ['TransactGetItems', { TransactItems: reads(r) }];
  if (r.chance(0.1)) return ['Scan', { TableName: r.pick(['Simple', 'Composite']), ConsistentRead: true }];
  const token = r.chance(0.1) ? { ClientRequestToken: `token-${r.below(50)}` } : {};
  return ['TransactWriteItems', { TransactItems: writes(r), ...token }];
}
